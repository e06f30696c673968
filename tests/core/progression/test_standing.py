from __future__ import annotations

from dataclasses import replace

import pytest

from stegvis.core.programme.model import Vocabulary
from stegvis.core.progression.criteria import Condition
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.road import history
from stegvis.core.progression.standing import Standing, lacking, standing
from tests.core.progression.made import climbed, day, fact, walked, words

BEGUN = (fact("2026-01-07", "referral"), fact("2026-01-12", "enrolment"))


def stands(*facts: Fact, on: str = "2026-06-01") -> Standing:
    made = climbed()
    return standing(made, history(made, (*BEGUN, *facts), day(on)))


def missing(*facts: Fact, on: str = "2026-06-01") -> dict[str, Condition]:
    made = climbed()
    found = lacking(made, history(made, (*BEGUN, *facts), day(on)))
    return {one.criterion: one for one in found}


def notices(*facts: Fact, on: str = "2026-06-01") -> list[str]:
    return [notice.code for notice in stands(*facts, on=on).notices]


@pytest.mark.requirement("AJ-08")
def test_leaving_the_first_step_lacks_the_answers_not_given() -> None:
    facts = (
        fact("2026-01-12", "step", step="a1"),
        fact("2026-02-16", "plan_agreed", acknowledged_by=("participant",)),
    )
    assert list(missing(*facts)) == ["which_step"]
    closed = fact("2026-02-16", "mapping_closed", which_step="a2")
    assert missing(*facts, closed) == {}


@pytest.mark.requirement("AJ-30", "N-03")
def test_a_judged_criterion_is_met_by_a_dated_judgement_only() -> None:
    on_two = fact("2026-01-12", "step", step="a2")
    seen = [fact(f"2026-02-0{n}", "observation", ability="social") for n in range(1, 6)]
    condition = missing(on_two, *seen)["less_support"]
    assert (condition.state, condition.because.values["n"]) == ("to_judge", 5)
    said = fact("2026-02-09", "judgement", criterion="less_support", met=True, by="case_worker")
    assert "less_support" not in missing(on_two, *seen, said)


@pytest.mark.requirement("AJ-23")
def test_a_judgement_without_evidence_is_met_and_says_so() -> None:
    on_two = fact("2026-01-12", "step", step="a2")
    said = fact("2026-02-09", "judgement", criterion="less_support", met=True)
    (found,) = (one for one in stands(on_two, said).conditions if one.criterion == "less_support")
    assert (found.state, found.because.code) == ("met", "judged_met_no_evidence")


def test_the_latest_judgement_is_the_one_that_counts() -> None:
    on_two = fact("2026-01-12", "step", step="a2")
    words = [
        fact(f"2026-02-0{n}", "judgement", criterion="less_support", met=met)
        for n, met in ((1, True), (2, False))
    ]
    assert missing(on_two, *words)["less_support"].state == "not_met"
    assert missing(on_two, words[0], on="2026-06-01") == {}


@pytest.mark.requirement("AJ-37")
def test_readiness_for_the_last_step_names_what_is_unknown() -> None:
    found = missing(fact("2026-01-12", "step", step="a4"))
    assert {code: one.state for code, one in found.items()} == {
        "keeps_times": "unknown",
        "good_attendance": "unknown",
    }


def test_of_several_ways_out_one_is_enough() -> None:
    made = walked()
    on_three = (fact("2026-01-12", "enrolment"), fact("2026-01-12", "step", step="p3"))
    on = day("2026-06-01")
    both = [one.criterion for one in lacking(made, history(made, on_three, on))]
    assert both == ["thirty_hours", "self_support"]
    paid = fact("2026-05-06", "hours", month="2026-04", ordinary=30.0)
    assert lacking(made, history(made, (*on_three, paid), on)) == ()


@pytest.mark.requirement("AJ-05", "N-13")
def test_a_long_stay_is_a_reminder_and_changes_nothing() -> None:
    long = fact("2025-01-12", "step", step="a2")
    assert notices(long, on="2026-01-11") == []
    found = stands(long, on="2026-02-16")
    assert [(n.code, n.values["days"]) for n in found.notices] == [("stay_long", 400)]
    assert found.ladders[0].current is not None
    assert found.ladders[0].current.step == "a2"
    assert found.exited is None


@pytest.mark.requirement("AJ-63")
def test_an_unexpected_need_category_is_a_notice_only() -> None:
    facts = (
        fact("2026-01-12", "category", set="need", code="AM3"),
        fact("2026-01-12", "step", step="a4", ends=day("2026-12-31")),
    )
    assert notices(*facts) == ["category_unexpected"]
    pairs = [("AM1", "a5"), ("AM2", "a4"), ("AM3", "a1"), ("AM3", "a3")]
    for code, step in pairs:
        expected = (
            fact("2026-05-25", "category", set="need", code=code),
            fact("2026-05-25", "step", step=step, ends=day("2026-12-31")),
        )
        assert notices(*expected) == []


@pytest.mark.requirement("AJ-06")
def test_support_other_than_the_steps_own_is_noticed() -> None:
    assert notices(fact("2026-05-01", "step", step="a3", support="much")) == ["support_differs"]
    assert notices(fact("2026-05-01", "step", step="a3", support="less")) == []


@pytest.mark.requirement("AJ-33", "INV-15")
def test_a_time_limited_step_without_an_end_date_is_noticed() -> None:
    assert notices(fact("2026-05-01", "step", step="a4")) == ["no_end_date"]
    dated = fact("2026-05-01", "work_assignment", ends=day("2026-10-31"))
    assert notices(fact("2026-05-01", "step", step="a4"), dated) == []


@pytest.mark.requirement("N-12")
def test_a_parallel_measure_is_never_in_the_way() -> None:
    on_two = fact("2026-01-12", "step", step="a2")
    debts = fact("2026-01-20", "parallel_measure", measure="debt_counselling")
    assert missing(on_two, debts) == missing(on_two)
    assert notices(on_two, debts) == notices(on_two)


def test_a_mapping_longer_than_the_model_reckons_is_noticed() -> None:
    on_one = fact("2026-01-12", "step", step="a1")
    assert notices(on_one, on="2026-02-23") == []
    assert notices(on_one, on="2026-02-24") == ["stay_longer"]


def test_nothing_is_asked_of_one_who_has_left() -> None:
    facts = (fact("2026-01-12", "step", step="a2"), fact("2026-04-01", "exit", reason="work"))
    found = stands(*facts)
    assert (found.exited, found.conditions, found.notices) == (day("2026-04-01"), (), ())


@pytest.mark.requirement("AJ-62")
def test_what_one_lives_on_is_asked_at_entry_and_exit_and_unknown_is_an_answer() -> None:
    sources = {"income_sources": Vocabulary("income_sources", words("sources"), ())}
    made = replace(climbed(), vocabularies=sources)

    def told(*facts: Fact) -> list[str]:
        road = history(made, (*BEGUN, *facts), day("2026-06-01"))
        return [notice.code for notice in standing(made, road).notices]

    entry = fact("2026-01-12", "income_source", source="unknown", at="entry")
    left = fact("2026-05-04", "exit", reason="work")
    final = fact("2026-05-04", "income_source", source="wage", at="exit")
    assert told() == ["income_not_told_entry"]
    assert told(entry) == []
    assert told(entry, left) == ["income_not_told_exit"]
    assert told(entry, left, final) == []
