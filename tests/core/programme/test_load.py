"""A file that cannot be used says everything that is wrong with it, line by line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.programme.faults import SENTENCES, Fault, Faults
from stegvis.core.programme.load import load
from stegvis.core.programme.measures import MEASURES, WHENS
from stegvis.core.programme.shape import schema
from stegvis.core.values.texts import LANGUAGES
from tests.core.programme.made import ROOT, texts

GOOD = Path(__file__).with_name("sixth.yaml").read_text("utf-8")


def _faults(text: str, others: dict[str, str] | None = None) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as refused:
        load(text, file="broken.yaml", others=others or {})
    return refused.value.faults


def _line(text: str, planted: str) -> int:
    return text[: text.index(planted)].count("\n") + 1


ROWS = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8"))
PLANTED = [
    *((row["good"], row["bad"], row["mark"], row["fault"]) for row in ROWS),
    ("country: DK", "country: D\x00K", "country: D\x00K", "fault_control_character"),
    ("country: DK", "country: D\ud800K", "country: D\ud800K", "fault_control_character"),
]


@pytest.mark.parametrize(("good", "bad", "mark", "sentence"), PLANTED)
def test_a_planted_fault_is_named_with_its_line(
    good: str, bad: str, mark: str, sentence: str
) -> None:
    assert good in GOOD
    text = GOOD.replace(good, bad, 1)
    found = [(fault.line, fault.sentence_code) for fault in _faults(text)]
    assert (_line(text, mark), sentence) in found


def test_at_least_fifty_faults_are_planted() -> None:
    assert len({(good, bad) for good, bad, _, _ in PLANTED}) == len(PLANTED) >= 50


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = GOOD
    some = [row for row in PLANTED if row[3] in {"fault_unknown", "fault_ordinal", "fault_none_of"}]
    for good, bad, _, _ in some:
        text = text.replace(good, bad, 1)
    assert len(_faults(text)) == 14


def test_a_good_file_has_no_fault() -> None:
    assert load(GOOD, file="sixth.yaml").key == "brobygning"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_is_one_sentence_naming_file_line_and_place(lang: str) -> None:
    text = GOOD.replace("exit_all: [wants_to]", "exit_all: [want_to]")
    (fault,) = _faults(text)
    said = fault.sentence(lang)
    assert said.startswith("broken.yaml, ")
    for part in (str(fault.line), "ladders › bro › b1"[:7], "want_to", "wants_to", "exit_all"):
        assert part in said
    assert said.endswith(".")


def test_a_fault_says_where_in_the_words_of_the_file() -> None:
    text = GOOD.replace("exit_all: [wants_to]", "exit_all: [want_to]")
    assert _faults(text)[0].where == "ladders › bro › steps › b1 › exit_all › 1"


@pytest.mark.parametrize("text", ["", "   \n", "- a\n- b", "just words", "42", "null", "[]"])
def test_what_is_no_programme_is_refused(text: str) -> None:
    assert [fault.sentence_code for fault in _faults(text)] == ["fault_no_model"]


def test_a_file_too_large_is_refused_unread() -> None:
    (fault,) = _faults("# " + "x" * 500_000)
    assert (fault.line, fault.sentence_code) == (0, "fault_too_large")
    assert "broken.yaml" in fault.sentence("da")


def test_a_file_that_would_grow_without_end_is_refused() -> None:
    grown = (f"{new}: &{new} [*{old}, *{old}]" for old, new in pairwise("abcdefghi"))
    bomb = "\n".join(["a: &a [x, x]", *grown])
    assert {fault.sentence_code for fault in _faults(bomb)} == {"fault_alias"}


def test_nesting_without_end_is_refused() -> None:
    assert _faults("a: " + "[" * 5000)[0].sentence_code == "fault_too_deep"


def test_a_number_too_long_to_be_one_is_refused() -> None:
    text = GOOD.replace("version: 1", "version: " + "9" * 10_000)
    assert "fault_number" in {fault.sentence_code for fault in _faults(text)}


USER = GOOD.replace(
    "  - code: mod\n    kind: scale\n    entry: any_step\n"
    '    texts: {da: "Mod på skole", sv: "Lust på skola", en: "Courage for school"}\n    steps:\n',
    "  - code: trappa\n    use: {programme: jobbtrappa, ladder: trappa}\n    optional: true\n",
)
USER = "\n".join(line for line in USER.split("\n") if "{code: m" not in line)


def test_a_ladder_of_another_programme_comes_with_what_it_refers_to() -> None:
    programme = load(USER, file="user.yaml", others=texts())
    taken = programme.ladder("trappa")
    assert (taken.uses, taken.optional, len(taken.steps)) == ("jobbtrappa", True, 6)
    assert "keeps_times" in programme.criteria
    assert programme.settings["late_at_most"].ours
    assert "ac_planning_2" in {one.code for one in programme.documents}
    assert "case_worker" in {one.code for one in programme.roles}


def test_a_ladder_can_only_be_taken_from_a_programme_that_is_whole_and_there() -> None:
    assert [f.sentence_code for f in _faults(USER)] == ["fault_use_unknown"]
    broken = {"jobbtrappa": texts()["jobbtrappa"].replace("ordinal: 3", "ordinal: 5", 1)}
    assert [f.sentence_code for f in _faults(USER, broken)] == ["fault_use_broken"]
    other = USER.replace("ladder: trappa}", "ladder: stegen}")
    assert [f.sentence_code for f in _faults(other, texts())] == ["fault_unknown"]


def test_two_programmes_that_take_from_each_other_are_refused_not_followed_for_ever() -> None:
    one = USER.replace("programme: jobbtrappa", "programme: two")
    two = one.replace("programme: brobygning", "programme: two", 1)
    two = two.replace("{programme: two,", "{programme: brobygning,")
    others = {"brobygning": one, "two": two}
    assert [f.sentence_code for f in _faults(one, others)] == ["fault_use_broken"]


def test_a_code_that_means_something_else_where_the_ladder_is_from_is_refused() -> None:
    clash = USER.replace("wants_to", "keeps_times")
    assert [f.sentence_code for f in _faults(clash, texts())] == ["fault_use_clash"]


def test_the_schema_in_the_docs_is_the_one_files_are_read_by() -> None:
    printed = json.loads((ROOT / "docs/formats/programme.schema.json").read_text("utf-8"))
    assert printed == schema()


def test_the_sentences_are_complete_in_three_languages() -> None:
    assert SENTENCES.faults() == ()


def test_every_condition_of_a_milestone_and_every_measure_is_known_to_both_readers() -> None:
    from stegvis.core.progression.measures import MEASURES as MEASURED
    from stegvis.core.progression.milestones import _WHENS as READ

    assert set(MEASURED) == set(MEASURES)
    assert {*READ, "after"} == set(WHENS)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_mangled_file_does_anything_but_load_or_list_its_faults(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        odd = data.draw(
            st.sampled_from(["", "x", "- x", "  a: 1", "steps:", "code: 7", "null", "\t"])
        )
        lines[at] = odd if data.draw(st.booleans()) else lines[at] + odd
    for fault in _tried("\n".join(lines)):
        assert 0 <= fault.line <= len(lines) + 1
        assert all(fault.sentence(lang) for lang in LANGUAGES)


def _tried(text: str) -> tuple[Fault, ...]:
    try:
        load(text, file="mangled.yaml")
    except Faults as refused:
        return refused.faults
    return ()
