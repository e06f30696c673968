"""Changing a value in a programme file changes that value and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.amend import Scalar, amend, name_slots, renames, setting_slots
from stegvis.core.programme.load import load
from stegvis.core.programme.parts import read
from stegvis.core.programme.uses import used

TEXT = Path(__file__).parents[3].joinpath("programmes/jobbtrappa/model.yaml").read_text("utf-8")
SMALL = """# 🌱 a comment with letters of two and four bytes: åäö
settings:
  days: {value: 30, ours: true}  # our own
  weeks: {value: 2, ours: false}
ladders:
  - code: l
    steps:
      - {code: s1, ordinal: 1, names: {a: {sv: "Först 🌱"}}}
      - {code: s2, ordinal: 2, names: {a: {sv: Sen}}}
"""
NAMES = name_slots(TEXT)
SETTINGS = setting_slots(TEXT)


@pytest.mark.requirement("AJ-64")
def test_a_step_is_renamed_for_one_office_and_no_other() -> None:
    slot = next(s for s in NAMES if (s.step, s.track, s.lang) == ("s2", "ac", "sv"))
    assert slot.value == "Kom igång"
    changed = load(amend(TEXT, {slot.way: 'Starta "lugnt": ja'}), file="x")
    before = load(TEXT, file="x")
    assert changed.step("s2").names["ac"]["sv"] == 'Starta "lugnt": ja'
    assert changed.step("s2").names["ame"] == before.step("s2").names["ame"]


def test_comments_and_line_numbers_stay() -> None:
    ways = {slot.way: "Nytt" for slot in NAMES}
    changed = amend(TEXT, ways)
    assert changed.count("\n") == TEXT.count("\n")
    comments = [line for line in TEXT.splitlines() if line.startswith("#")]
    assert comments
    assert [line for line in changed.splitlines() if line.startswith("#")] == comments


def test_only_settings_of_ours_are_offered() -> None:
    settings = load(TEXT, file="x").settings
    assert {slot.key for slot in SETTINGS} == {key for key, one in settings.items() if one.ours}
    assert all(slot.value == settings[slot.key].value for slot in SETTINGS)


@given(st.integers(0, 400) | st.floats(0, 1) | st.booleans() | st.none())
def test_any_plain_value_is_read_back_as_it_was_written(value: Scalar) -> None:
    way = setting_slots(SMALL)[0].way
    found = read(amend(SMALL, {way: value}), file="x").root["settings"]["days"]["value"].value
    assert found == value
    assert type(found) is type(value)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])), st.sampled_from([0, 1])
)
def test_any_printable_name_is_read_back_as_it_was_written(name: str, which: int) -> None:
    changed = amend(SMALL, {name_slots(SMALL)[which].way: name})
    assert not read(changed, file="x").faults
    expected = ["Först 🌱", "Sen"]
    expected[which] = name
    assert [slot.value for slot in name_slots(changed)] == expected


def test_a_rename_is_told_per_office_and_language() -> None:
    slot = next(s for s in NAMES if (s.step, s.track, s.lang) == ("s2", "ac", "da"))
    (told,) = renames(TEXT, amend(TEXT, {slot.way: "Begynd roligt"}))
    assert (told.slot.track, told.slot.lang, told.before, told.after) == (
        "ac",
        "da",
        "Kom i gang",
        "Begynd roligt",
    )
    assert renames(TEXT, TEXT) == ()
    shorter = SMALL.replace("{a: {sv: Sen}}", "{b: {sv: Sen}}")
    assert [(one.slot.track, one.before, one.after) for one in renames(SMALL, shorter)] == [
        ("b", "", "Sen"),
        ("a", "Sen", ""),
    ]


@pytest.mark.parametrize("way", [("ladders", 9), ("nothing",), ("settings",), ("programme", "x")])
def test_a_way_that_leads_nowhere_is_refused(way: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        amend(TEXT, {way: 1})


def test_a_model_is_given_the_ladders_it_uses_and_no_more() -> None:
    texts = {
        "a": "ladders: [{code: x, use: {programme: b, ladder: y}}]",
        "b": "ladders: [{code: y, use: {programme: c, ladder: z}}]",
        "c": "ladders: []",
        "d": "ladders: []",
    }
    assert set(used(texts["a"], texts)) == {"b", "c"}
    assert used(texts["c"], texts) == {}
    round_and_round = {**texts, "c": "ladders: [{code: z, use: {programme: a, ladder: x}}]"}
    assert set(used(texts["a"], round_and_round)) == {"a", "b", "c"}
