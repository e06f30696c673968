"""Two made-up programmes, one that is climbed in any order and one that is walked in phases, and
short ways to write facts. Nothing here is a programme that is shipped."""

from __future__ import annotations

from datetime import date
from typing import Any

from stegvis.core.programme.model import (
    Cadence,
    Category,
    CategorySet,
    Criterion,
    DropOut,
    Element,
    Entry,
    Ladder,
    LadderKind,
    Milestone,
    Programme,
    Setting,
    Step,
    Test,
    Transitions,
)
from stegvis.core.progression.facts import Fact


def day(text: str) -> date:
    return date.fromisoformat(text)


def fact(on: str, kind: str, *, until: str | None = None, **values: Any) -> Fact:
    return Fact(day(on), kind, values, day(until) if until else None)


def words(text: str) -> dict[str, str]:
    return {"sv": text, "da": text, "en": text}


def criteria(*several: Criterion) -> dict[str, Criterion]:
    return {one.code: one for one in several}


def judged(code: str, *evidence: str) -> Criterion:
    return Criterion(code, words(code), Test.JUDGED, evidence=evidence)


def auto(code: str, measure: str, **needs: object) -> Criterion:
    return Criterion(code, words(code), Test.AUTO, measure=measure, needs=needs)


def step(code: str, ordinal: int, **more: Any) -> Step:
    return Step(code, ordinal, {"office": words(f"Step {code}")}, **more)


def setting(key: str, value: float | None, *, ours: bool = True) -> Setting:
    return Setting(key, value, ours, words(key))


def climbed(**more: Any) -> Programme:
    """Five steps a1..a5 in any order; a scale of five; need categories with an expected pairing."""
    settings = (
        setting("attendance_at_least", 0.9),
        setting("attendance_weeks", 4),
        setting("late_at_most", 2),
        setting("long_step_days", 365),
        setting("dense_weeks", 1),
    )
    return _programme(
        key="climbed",
        requires_referral=True,
        ladders=(_stairs(), _scale()),
        transitions=Transitions(skip_up=True, back=True, decided_by=("case_worker",)),
        criteria=criteria(
            auto("which_step", "answered", fact="mapping_closed", field="which_step"),
            auto("plan", "recorded", fact="plan_agreed", acknowledged_by=["participant"]),
            judged("less_support", "observation"),
            auto("own_week", "planned_weeks", weeks=1, within_weeks=8),
            auto("keeps_times", "late_count", weeks="attendance_weeks", at_most="late_at_most"),
            auto(
                "good_attendance",
                "attendance_share",
                weeks="attendance_weeks",
                at_least="attendance_at_least",
            ),
        ),
        cadences=(
            Cadence(
                "mapping",
                "mapping_closed",
                words("mapping"),
                within={"weeks": 6},
                earliest={"weeks": 4},
                starts="enrolment",
            ),
            Cadence(
                "dense", "follow_up", words("dense"), steps=("a2",), every={"weeks": "dense_weeks"}
            ),
            Cadence("weekly", "goal_review", words("weekly"), every={"weeks": 1, "times": 1}),
            Cadence(
                "report", "referrer_report", words("report"), steps=("a2", "a3"), every={"times": 1}
            ),
            Cadence("check", "outcome_check", words("check"), within={"days": 90}, starts="exit"),
        ),
        milestones=(
            Milestone("M0", ({"first": "referral"},)),
            Milestone("M1", ({"first": "enrolment"},)),
            Milestone("M2", ({"leaves": ["a1"]}, {"first": "mapping_closed"})),
            Milestone("M6", ({"enters": ["a5"]}, {"first": "placement", "site": "external"})),
            Milestone("M8", ({"decided": "job_ready"}, {"reaches": ["u5"]})),
            Milestone("M11", ({"first": "exit"},)),
            Milestone("M12", ({"first": "outcome_check"},)),
        ),
        category_sets=(
            CategorySet(
                "need",
                words("need"),
                (
                    Category("AM1", words("AM1"), expected_steps=("a5",)),
                    Category("AM2", words("AM2"), expected_steps=("a4",)),
                    Category("AM3", words("AM3"), expected_steps=("a1", "a2", "a3")),
                ),
            ),
        ),
        settings={one.key: one for one in settings},
        **more,
    )


def walked(**more: Any) -> Programme:
    """Three phases p1..p3, a rule that begins p2 again, groups of which one goes on, hours."""
    return _programme(
        key="walked",
        requires_referral=False,
        ladders=(_phases(),),
        transitions=Transitions(
            skip_up=False,
            back=True,
            decided_by=("case_worker",),
            drop_out=DropOut(
                "phases", "p3", "p2", "case_worker", {"other_target_group": words("other target")}
            ),
        ),
        criteria=criteria(
            auto("cv", "recorded", fact="document", document="cv"),
            auto("mediator", "recorded", fact="assignment", role="job_mediator", state="assigned"),
            auto("group_one", "category_is", set="group", category="1"),
            auto("signed", "recorded", fact="agreement", signed_by=["participant", "employer"]),
            auto("contact_person", "recorded", fact="contact_person"),
            auto("thirty_hours", "ordinary_hours_in_month", hours=30.0, months=1),
            judged("self_support"),
            auto(
                "contact_monthly",
                "monthly",
                fact="mediator_contact",
                per_month=1,
                months=12,
                starts="placement_start",
            ),
        ),
        elements=(
            Element("e1", words("e1"), mandatory=True, step="p1", evidence=("cv", "mediator")),
            Element("e2", words("e2"), mandatory=True, step="p2", evidence=("signed",)),
            Element(
                "e3",
                words("e3"),
                mandatory=True,
                step="p3",
                evidence=("contact_monthly",),
                due_after={"months": 1},
            ),
        ),
        cadences=(
            Cadence(
                "first_year",
                "mediator_contact",
                words("first_year"),
                every={"months": 1, "times": 1},
                starts="placement_start",
                lasts={"months": 12},
            ),
            Cadence(
                "at_once",
                "first_activity",
                words("at_once"),
                within={"days": 14},
                starts="plan_agreed",
            ),
        ),
        milestones=(
            Milestone("M6", ({"enters": ["p3"]},)),
            Milestone("M9", ({"met": ["thirty_hours"]},)),
        ),
        category_sets=(
            CategorySet(
                "group",
                words("group"),
                (
                    Category("1", words("group 1")),
                    Category("2", words("group 2"), in_programme=False),
                    Category("3", words("group 3"), in_programme=False),
                ),
            ),
        ),
        settings={},
        **more,
    )


def _stairs() -> Ladder:
    return Ladder(
        "stairs",
        LadderKind.ABILITY,
        words("stairs"),
        Entry.ANY,
        (
            step("a1", 1, exit_all=("which_step", "plan"), duration_weeks=(4, 6)),
            step("a2", 2, support="much"),
            step("a3", 3, entry=("less_support",), support="less"),
            step(
                "a4",
                4,
                entry=("own_week",),
                support="little",
                time_limited=True,
                documents=("job_description",),
            ),
            step("a5", 5, entry=("keeps_times", "good_attendance")),
        ),
        primary=True,
    )


def _scale() -> Ladder:
    steps = tuple(step(f"u{level}", level) for level in range(1, 6))
    return Ladder("scale", LadderKind.SCALE, words("scale"), Entry.ANY, steps)


def _phases() -> Ladder:
    return Ladder(
        "phases",
        LadderKind.PHASE,
        words("phases"),
        Entry.FIRST,
        (
            step("p1", 1, exit_all=("cv", "mediator"), elements=("e1",)),
            step("p2", 2, entry=("group_one",), exit_all=("signed", "contact_person")),
            step("p3", 3, exit_any=("thirty_hours", "self_support")),
        ),
        primary=True,
    )


def _programme(**more: Any) -> Programme:
    plain: dict[str, Any] = {
        "version": 1,
        "country": "SE",
        "languages": ("en", "sv", "da"),
        "names": words("made"),
        "source": "made for tests",
        "target_group": words("those of the test"),
        "aim": words("to be tested"),
        "tracks": {"office": words("office")},
        "roles": (),
        "elements": (),
        "documents": (),
        "outcomes": (),
        "vocabularies": {},
        "unknown": (),
    }
    return Programme(**(plain | more))
