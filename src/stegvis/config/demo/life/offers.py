"""Which areas people were shown, chose and left out; limits agreed; weeks planned by themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.core.values.periods import Week
from stegvis.journey.intake.words import EQUAL

REASONS = ("other_wish", "hours", "way_there", "tried_before", "language", "only_one", "health")
LIMITS = ("lift_heavy", "stand", "be_among_many", "keep_pace", "outdoors")
CAME = ("present", "late")
OWN = 11  # every so many plan their own days
WHY = {
    "SE": "Den enda platsen som var ledig.",
    "DK": "Den eneste plads, der var ledig.",
}


def offers(made: Plan, going: Sequence[Case]) -> None:
    places = {row["id"]: row["unit_id"] for row in made.of("workplaces.Workplace")}
    areas: dict[uuid.UUID, list[Row]] = {}
    for row in made.of("workplaces.WorkArea"):
        areas.setdefault(places[row["workplace_id"]], []).append(row)
    for n, case in enumerate(going):
        on = working_day(max(case.enrolment["since"] + days(9), made.today - days(400)))
        if on >= made.today:
            continue
        _equal(made, case, on)
        every = areas.get(case.enrolment["unit_id"]) or made.of("workplaces.WorkArea")
        _shown(made, case, every, on)
        if made.some(0.15):
            level = made.rng.randint(0, 2)
            said = {"function": made.rng.choice(LIMITS), "at_most": level, "until": None}
            case.dated("work.FunctionLimit", on, since=on, by_id=case.worker, **said)
        if n % OWN == 0:
            _own_weeks(case)


def _equal(made: Plan, case: Case, on: dt.date) -> None:
    """The first are asked of most; the last are often open."""
    if case.referral is None or made.some(0.2):
        return
    for question in list(EQUAL)[: made.rng.randint(3, len(EQUAL))]:
        answer = made.rng.choice(("yes", "yes", "yes", "no", "not_relevant"))
        said = {"referral_id": case.referral["id"], "question": question, "answer": answer}
        case.add("intake.EqualAnswer", on, on=on, by_id=case.worker, **said)


def _shown(made: Plan, case: Case, areas: Sequence[Row], on: dt.date) -> None:
    if not areas or made.some(0.12):
        return
    every = made.some(0.85)
    row = case.dated("work.Showing", on, on=on, by_id=case.worker)
    for area in areas:
        seen = every or area is areas[0]
        case.add("work.ShownArea", on, showing_id=row["id"], area_id=area["id"], shown=seen)
    chosen, *rest = made.rng.sample(list(areas), k=len(areas))
    own = made.some(0.8)
    words = "" if own else WHY[made.country]
    _said(case, on, chosen, "chosen", own=own, words=words)
    if rest and made.some(0.4):
        _said(case, on, rest[0], "left_out", own=True, reason=made.rng.choice(REASONS))


def _said(case: Case, on: dt.date, area: Row, what: str, *, own: bool, **more: str) -> None:
    said = {"reason": "", "words": "", "despite": []} | more
    case.dated(
        "work.AreaChoice",
        on,
        area_id=area["id"],
        what=what,
        by_person=own,
        on=on,
        by_id=case.worker,
        **said,
    )


def _own_weeks(case: Case) -> None:
    """All the half days are theirs; what came of the days the list of who came says."""
    weeks: dict[dt.date, set[dt.date]] = {}
    for slot in case.of("week.Slot"):
        slot["planned_by"] = "person"
        day = slot["day"]
        weeks.setdefault(day - dt.timedelta(days=day.weekday()), set()).add(day)
    came = {
        row["on"]: row["status"] in CAME
        for row in case.of("attendance.Attendance")
        if row["what"] == "work"
    }
    for monday, planned in weeks.items():
        week = str(Week.of(monday))
        source = {"id": uuid.uuid5(case.enrolment["id"], week)}
        values = {
            "week": week,
            "planned_by": "participant",
            "days": 5,
            "days_planned": len(planned),
        }
        if planned <= came.keys():
            values["days_done"] = sum(came[day] for day in planned)
        case.tell("planned_week", source, min(monday, case.plan.today), **values)
