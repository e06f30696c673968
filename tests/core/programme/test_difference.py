"""Two versions of a programme are told apart, thing by thing, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.difference import Change, Kind, differences
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme, Step
from stegvis.core.values.texts import LANGUAGES
from tests.core.programme.made import KEYS, model, texts

every = pytest.mark.parametrize("key", KEYS)


def _changed(*pairs: tuple[str, str], key: str = "jobbtrappa") -> tuple[Change, ...]:
    text = texts()[key]
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return differences(model(key), load(text, file=key, others=texts()))


@every
def test_a_programme_differs_from_itself_in_nothing(key: str) -> None:
    assert differences(model(key), model(key)) == ()


@pytest.mark.requirement("X-05")
def test_a_criterion_that_has_come_to_a_step_is_named() -> None:
    (change,) = _changed(("going, needs_less_support]", "going, needs_less_support, keeps_times]"))
    assert (change.kind, change.where) == (Kind.ADDED, "ladders › trappa › s3 › entry")
    assert change.sentence("sv") == (
        "Steg 3 Arbetsträning: kriteriet för att börja ”Passar tider” har tillkommit"
    )
    assert change.sentence("da") == (
        "Trin 3 Arbejdstræning: kriteriet for at begynde »Overholder mødetider« er kommet til"
    )
    assert change.affects == "judgement"


def test_a_default_that_was_changed_is_told_with_its_unit() -> None:
    (change,) = _changed(
        ("attendance_threshold: {value: 0.9", "attendance_threshold: {value: 0.85")
    )
    assert change.sentence("sv") == (
        "inställningen ”Andel av schemalagd tid som räknas som god närvaro”: "
        "värdet har ändrats från 90 % till 85 %"
    )


def test_a_new_word_changes_words_only() -> None:
    (change,) = _changed(('ac: {sv: "Kom igång"', 'ac: {sv: "Sätt igång"'))
    assert change.affects == "words"
    assert change.effect("da") == "Ændrer kun ord"


def test_an_added_and_a_removed_step_are_told() -> None:
    old = model("supported_employment")
    cut = replace(old.ladders[0], steps=old.ladders[0].steps[:4])
    found = {change.where: change for change in differences(old, replace(old, ladders=(cut,)))}
    gone = found["ladders › se5 › e5"]
    assert gone.kind is Kind.REMOVED
    assert gone.sentence("en") == "Removed: the step “Step 5 On/off-job support”"
    back = differences(replace(old, ladders=(cut,)), old)
    assert "ladders › se5 › e5" in {c.where for c in back if c.kind is Kind.ADDED}


def test_another_order_of_the_same_is_told_as_order() -> None:
    (change,) = _changed(
        (
            "documents: [ac_planning_4, job_description]",
            "documents: [job_description, ac_planning_4]",
        )
    )
    assert (
        change.sentence("sv") == "Steg 4 Självständigt arbete: ordningen har ändrats för dokumentet"
    )


def test_a_new_number_of_a_version_is_no_change() -> None:
    assert _changed(("version: 1", "version: 2")) == ()


STEP_CHANGES: dict[str, Callable[[Step], object]] = {
    "ordinal": lambda step: step.ordinal + 10,
    "names": lambda _: {"x": {"sv": "Nytt", "da": "Nyt", "en": "New"}},
    "entry": lambda step: (*step.entry, "far"),
    "exit_all": lambda step: step.exit_all[1:] or ("far",),
    "exit_any": lambda step: (*step.exit_any, "far"),
    "elements": lambda step: (*step.elements, "far"),
    "documents": lambda step: (*step.documents, "far"),
    "sites": lambda step: (*step.sites, "far"),
    "support": lambda step: "much" if step.support != "much" else "less",
    "purpose": lambda _: {"sv": "Annat", "da": "Andet", "en": "Other"},
    "planning_horizon_days": lambda step: (step.planning_horizon_days or 0) + 1,
    "duration_weeks": lambda _: (3, 77),
    "time_limited": lambda step: not step.time_limited,
    "ours": lambda step: (*step.ours, "far"),
    "easy": lambda _: {"sv": "Lätt", "da": "Let", "en": "Easy"},
    "contents": lambda step: (*step.contents, {"sv": "Mer", "da": "Mere", "en": "More"}),
    "duties": lambda step: step.duties[1:],
}


def test_every_field_of_a_step_is_tried_below() -> None:
    assert {field.name for field in fields(Step)} == {*STEP_CHANGES, "code"}


def _with_step(programme: Programme, old: Step, new: Step) -> Programme:
    ladders = tuple(
        replace(ladder, steps=tuple(new if step == old else step for step in ladder.steps))
        for ladder in programme.ladders
    )
    return replace(programme, ladders=ladders)


@given(st.data())
def test_whatever_changes_in_a_step_is_seen_both_ways_and_can_be_said(data: st.DataObject) -> None:
    programme = model(data.draw(st.sampled_from(KEYS)))
    step = data.draw(st.sampled_from([s for ladder in programme.ladders for s in ladder.steps]))
    field = data.draw(st.sampled_from(sorted(STEP_CHANGES)))
    changed: Any = {field: STEP_CHANGES[field](step)}
    other = _with_step(programme, step, replace(step, **changed))
    there, back = differences(programme, other), differences(other, programme)
    if other == programme:  # a step without duties has none to lose
        assert there == back == ()
        return
    assert there
    assert {change.where for change in there} == {change.where for change in back}
    for change in (*there, *back):
        assert all(change.sentence(lang) and change.effect(lang) for lang in LANGUAGES)


TABLES = (
    "roles", "elements", "cadences", "documents", "outcomes", "milestones", "category_sets",
    "ladders",
)  # fmt: skip
NAMED = ("criteria", "settings", "vocabularies", "tracks")


def test_every_field_of_a_programme_is_tried_or_stands_for_itself() -> None:
    own = {
        "country", "languages", "names", "source", "target_group", "aim", "requires_referral",
        "transitions", "unknown", "ours",
    }  # fmt: skip
    names = {field.name for field in fields(Programme)} - {"key", "version"}
    assert names == own | set(TABLES) | set(NAMED)


@given(st.data())
def test_whatever_is_taken_out_of_a_programme_is_seen(data: st.DataObject) -> None:
    programme = model(data.draw(st.sampled_from(KEYS)))
    table = data.draw(st.sampled_from([*TABLES, *NAMED]))
    rows = getattr(programme, table)
    if not rows:
        return
    if table in NAMED:
        gone = data.draw(st.sampled_from(sorted(rows)))
        left: Any = {key: row for key, row in rows.items() if key != gone}
    else:
        gone = data.draw(st.sampled_from([row.code for row in rows]))
        left = tuple(row for row in rows if row.code != gone)
    found = differences(programme, replace(programme, **{table: left}))
    assert f"{table} › {gone}" in {change.where for change in found}
    assert all(change.sentence(lang) for change in found for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "DK"),
        ("languages", ("sv",)),
        ("source", "Annan källa"),
        ("requires_referral", False),
        ("aim", {"sv": "Annat", "da": "Andet", "en": "Other"}),
        ("unknown", ()),
        ("ours", ()),
        ("names", {"sv": "Annat", "da": "Andet", "en": "Other"}),
        ("target_group", {"sv": "Annan", "da": "Anden", "en": "Other"}),
    ],
)
def test_what_a_programme_says_of_itself_is_compared(field: str, value: object) -> None:
    changed: Any = {field: value}
    old = model("jobbtrappa")
    found = differences(old, replace(old, **changed))
    assert {change.where for change in found} == {f"programme › {field}"}
    assert all(change.sentence(lang) for change in found for lang in LANGUAGES)


def test_a_new_rule_for_drop_outs_is_told() -> None:
    (change,) = _changed(("restart_step: t2", "restart_step: t1"), key="flere_skal_med")
    assert change.affects == "moves"
    assert change.sentence("da") == (
        "reglen for »frafald«: genstartstrinnet er ændret fra På vej mod job til Startafklaring"
    )
