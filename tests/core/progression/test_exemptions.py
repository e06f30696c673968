"""Letting one time pass: what it does, and what it may not be used for."""

from __future__ import annotations

import pytest

from stegvis.core.progression.exemptions import refusal
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import say
from stegvis.core.progression.road import history
from tests.core.progression.made import climbed, day, fact

BEGUN = (fact("2026-03-02", "referral"), fact("2026-03-02", "enrolment"))
FIRST = fact("2026-03-09", "exemption", until="2026-03-16", cadence="weekly", reason="absent")


def refused(*facts: Fact, reason: str, cadence: str = "weekly", on: str = "2026-03-18") -> str:
    made = climbed()
    found = refusal(made, history(made, (*BEGUN, *facts), day(on)), cadence, reason)
    return found.code if found else ""


@pytest.mark.requirement("X-06")
def test_the_same_reason_does_not_do_twice_in_a_row() -> None:
    assert refused(reason="absent") == ""
    assert refused(FIRST, reason="absent") == "exemption_twice"


def test_another_reason_does() -> None:
    assert refused(FIRST, reason="agreed") == ""
    second = fact("2026-03-16", "exemption", until="2026-03-23", cadence="weekly", reason="agreed")
    assert refused(FIRST, second, reason="absent", on="2026-03-25") == ""
    assert refused(FIRST, second, reason="agreed", on="2026-03-25") == "exemption_twice"


def test_once_it_has_happened_in_between_the_reason_is_new_again() -> None:
    assert refused(FIRST, fact("2026-03-17", "goal_review"), reason="absent") == ""
    before = fact("2026-03-06", "goal_review")
    assert refused(FIRST, before, reason="absent") == "exemption_twice"


def test_another_cadence_has_reasons_of_its_own() -> None:
    assert refused(FIRST, reason="absent", cadence="dense") == ""


def test_what_the_programme_does_not_ask_for_cannot_be_let_pass() -> None:
    assert refused(reason="absent", cadence="invented") == "exemption_unknown"


def test_the_refusal_is_said_in_a_sentence() -> None:
    made = climbed()
    road = history(made, (*BEGUN, FIRST), day("2026-03-18"))
    found = refusal(made, road, "weekly", "absent")
    assert found is not None
    assert say(found, "en").startswith(
        "weekly: the exemption from 9 March 2026 has the same reason"
    )
