from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stegvis.core.programme.model import Milestone, Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.milestones import milestones
from stegvis.core.progression.road import history
from stegvis.core.progression.scales import climb
from tests.core.progression.made import climbed, day, fact, walked


def reached(
    *facts: Fact, on: str = "2026-12-01", programme: Programme | None = None
) -> dict[str, date]:
    made = programme or climbed()
    return {one.code: one.on for one in milestones(made, history(made, facts, day(on)))}


def test_milestones_are_the_first_days_of_what_gave_them() -> None:
    found = reached(
        fact("2026-01-07", "referral"),
        fact("2026-01-12", "enrolment"),
        fact("2026-01-12", "step", step="a1"),
        fact("2026-02-20", "step", step="a2"),
        fact("2026-05-04", "placement", site="external", until="2026-06-01"),
        fact("2026-08-03", "exit", reason="work"),
        fact("2026-11-02", "outcome_check", status="work"),
    )
    assert found == {
        "M0": day("2026-01-07"),
        "M1": day("2026-01-12"),
        "M2": day("2026-02-20"),
        "M6": day("2026-05-04"),
        "M11": day("2026-08-03"),
        "M12": day("2026-11-02"),
    }


def test_a_placement_at_a_sheltered_site_is_no_external_one() -> None:
    assert "M6" not in reached(fact("2026-05-04", "placement", site="sheltered"))


def test_job_ready_is_a_decision_or_the_top_of_the_scale() -> None:
    decided = fact("2026-06-01", "decision", what="job_ready", by="case_worker")
    levels = [
        fact(f"2026-0{level}-01", "scale_reading", ladder="scale", level=level) for level in (4, 5)
    ]
    assert reached(decided) == {"M8": day("2026-06-01")}
    assert reached(levels[0]) == {}
    assert reached(*levels, decided) == {"M8": day("2026-05-01")}


@pytest.mark.requirement("INV-11", "INV-12")
def test_thirty_hours_are_reached_the_day_they_are_known() -> None:
    facts = (
        fact("2026-03-04", "hours", month="2026-02", ordinary=29.5),
        fact("2026-04-07", "hours", month="2026-03", ordinary=20, employer="a"),
        fact("2026-04-09", "hours", month="2026-03", ordinary=10, employer="b"),
    )
    assert reached(*facts[:2], programme=walked()) == {}
    assert reached(*facts, programme=walked()) == {"M9": day("2026-04-09")}


@pytest.mark.requirement("INV-11")
def test_a_milestone_reached_by_mistake_goes_with_the_mistake() -> None:
    wrong = fact("2026-04-07", "hours", month="2026-03", ordinary=31)
    right = fact("2026-04-20", "hours", month="2026-03", ordinary=13)
    assert reached(wrong, programme=walked()) == {"M9": day("2026-04-07")}
    assert reached(wrong, right, programme=walked()) == {}
    assert reached(wrong, right, on="2026-04-10", programme=walked()) == {"M9": day("2026-04-07")}


def test_a_milestone_that_was_met_once_stays_when_attendance_falls_later() -> None:
    ready = Milestone("M8", ({"met": ["less_support", "good_attendance"]},))
    made = replace(climbed(), milestones=(ready,))
    good = [
        fact(f"2026-{m:02}-{d:02}", "attendance", status="present", expected_hours=8)
        for m in (2, 3)
        for d in range(1, 27, 2)
    ]
    said = fact("2026-03-10", "judgement", criterion="less_support", met=True)
    gone = [
        fact(f"2026-04-{d:02}", "attendance", status="absent", expected_hours=8)
        for d in range(1, 29, 2)
    ]
    assert reached(*good, said, *gone, programme=made) == {"M8": day("2026-03-10")}
    assert reached(*good, *gone, programme=made) == {}


def test_days_after_a_milestone_are_reached_when_they_have_passed() -> None:
    three = (
        Milestone("M1", ({"first": "enrolment"},)),
        Milestone("M12", ({"after": "M1", "days": 90},)),
    )
    made = replace(climbed(), milestones=three)
    enrolled = fact("2026-01-12", "enrolment")
    assert "M12" not in reached(enrolled, on="2026-04-11", programme=made)
    assert reached(enrolled, on="2026-04-12", programme=made)["M12"] == day("2026-04-12")


@pytest.mark.requirement("JI-32")
@pytest.mark.parametrize(
    ("first", "last", "early", "counts"),
    [
        (1, 3, True, True),
        (3, 4, True, False),
        (4, 5, True, True),
        (2, 4, False, False),
        (4, 2, True, False),
    ],
)
def test_a_climb_goes_from_the_first_reading_to_the_last(
    *, first: int, last: int, early: bool, counts: bool
) -> None:
    made = climbed()
    facts = [
        fact("2026-02-01", "scale_reading", ladder="scale", level=first),
        fact("2026-03-01", "placement", site="external", grade="example", early=early),
        fact("2026-09-01", "scale_reading", ladder="scale", level=last),
    ]
    found = climb(history(made, facts, day("2026-12-01")), made.ladder("scale"))
    assert found is not None
    assert (found.steps, found.is_far_and_early) == (last - first, counts)


def test_without_a_reading_nothing_is_known_of_a_climb() -> None:
    made = climbed()
    assert climb(history(made, [], day("2026-12-01")), made.ladder("scale")) is None
