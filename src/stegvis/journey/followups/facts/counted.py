"""Counts over many: always n of N, and small groups stay hidden (INV-17, N-14).

Each is counted within the walls of whoever asks: somebody protected is in nobody's count but that
of those named for them, and whoever has left is counted by jobs that see the whole municipality.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce, ExtractIsoYear, ExtractWeek

from stegvis.core.progression.chain import LONGEST, Break, broken
from stegvis.journey.followups.models import ContactEvent, Evaluation, FollowUp, OutcomeCheck, Pulse
from stegvis.journey.intake.models import Enrolment, Income
from stegvis.journey.standing.facts import cases

SMALL = 5  # ours: fewer answers than this are not shown
WELL = 4  # of five: from here on it is well
TOLERANCE = dt.timedelta(days=14)  # ours: how far from day 90 a check may lie (INV-18)
RETENTION = dt.timedelta(days=90)
WAGES = ("wage", "subsidised_wage")
ASKED = ("thriving", "belonging", "needed")


@dataclass(frozen=True, slots=True)
class PulseCell:
    """One question in one month: of `followed` people followed up, `answered` answered, and `well`
    of these said 4 or 5. None: hidden. Too few answers, or so few that all or none said it, which
    would tell what each of them said."""

    month: dt.date
    question: str
    followed: int
    answered: int | None
    well: int | None


def pulse_trend(unit: uuid.UUID, *, on: dt.date, months: int = 6) -> list[PulseCell]:
    """How it is to be in the unit, month by month; each person counts once a month, with their
    latest answer. Two queries."""
    first = _month(on, back=months - 1)
    talked = FollowUp.follow_ups.filter(enrolment__unit=unit, on__gte=first, on__lte=on)
    people: dict[dt.date, set[uuid.UUID]] = {}
    for person, day in talked.order_by("on").values_list("person_id", "on"):
        people.setdefault(day.replace(day=1), set()).add(person)
    rows = Pulse.objects.filter(unit=unit, on__gte=first, on__lte=on).order_by("on", "id")
    latest: dict[tuple[dt.date, str], dict[uuid.UUID, int]] = {}
    for row in rows:
        for question in ASKED:
            value = getattr(row, question)
            if value is not None:
                said = latest.setdefault((row.on.replace(day=1), question), {})
                said[row.person_id] = value
    return [
        _cell(month, question, len(people.get(month, ())), latest.get((month, question), {}))
        for question in ASKED
        for month in (_month(on, back=back) for back in range(months - 1, -1, -1))
    ]


def _cell(month: dt.date, question: str, followed: int, said: Mapping[Any, int]) -> PulseCell:
    answered, well = len(said), sum(value >= WELL for value in said.values())
    if answered < SMALL:
        return PulseCell(month, question, followed, None, None)
    if answered < 2 * SMALL and well in {0, answered}:
        return PulseCell(month, question, followed, answered, None)
    return PulseCell(month, question, followed, answered, well)


def _month(on: dt.date, *, back: int) -> dt.date:
    turned = on.year * 12 + on.month - 1 - back
    return dt.date(turned // 12, turned % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Dose:
    """Coaching in one ISO week: talks that came about, and minutes of those where they were said.
    `timed` of `count` have a length (JI-51)."""

    year: int
    week: int
    count: int
    timed: int
    minutes: int


def dose(rows: Iterable[Enrolment] | Any, *, since: dt.date, until: dt.date) -> list[Dose]:
    """Follow-ups, and contacts with the person, week by week. Two queries."""
    within = {"enrolment__in": rows, "on__gte": since, "on__lt": until}
    found: dict[tuple[int, int], list[int]] = {}
    talks = ContactEvent.events.filter(**within, party="participant", reached=True)
    for query in (talks, FollowUp.follow_ups.filter(**within)):
        weeks = query.annotate(y=ExtractIsoYear("on"), w=ExtractWeek("on")).order_by()
        said = weeks.values("y", "w").annotate(
            n=Count("pk"), timed=Count("minutes"), m=Coalesce(Sum("minutes"), 0)
        )
        for one in said:
            held = found.setdefault((one["y"], one["w"]), [0, 0, 0])
            for turn, name in enumerate(("n", "timed", "m")):
                held[turn] += one[name]
    return [Dose(year, week, *found[year, week]) for year, week in sorted(found)]


def gaps(
    enrolments: Iterable[Enrolment], *, on: dt.date, longest: int = LONGEST
) -> list[tuple[Enrolment, Break]]:
    """Those whose chain from referral to report is broken, the longest wait first (KN-10)."""
    rows = list(enrolments)
    facts = cases(row.pk for row in rows)
    found = [(row, broken(facts[row.pk], on, longest=longest)) for row in rows]
    lacking = [(row, gap) for row, gap in found if gap is not None]
    return sorted(lacking, key=lambda one: (-one[1].days, str(one[0].pk)))


# After the exit


@dataclass(frozen=True, slots=True)
class Kept:
    """Of `left` who left: in work at the exit, and about day 90, counted apart (KN-04). Whoever
    nobody asked is `unasked`, whose day has not come `pending`: in no share, and never left out."""

    left: int
    at_exit: int
    at_exit_unknown: int
    after: int
    unknown: int
    pending: int


def kept_in_work(since: dt.date, until: dt.date, *, on: dt.date) -> Kept:
    """Those who left from `since` until the day before `until`. Three queries."""
    rows = dict(
        Enrolment.enrolments.filter(until__gte=since, until__lt=until)
        .order_by("pk")
        .values_list("pk", "until")
    )
    checks: dict[uuid.UUID, list[OutcomeCheck]] = {pk: [] for pk in rows}
    for check in OutcomeCheck.objects.filter(enrolment__in=list(rows)).order_by("on", "created_at"):
        checks[check.enrolment_id].append(check)
    said = Income.objects.filter(enrolment__in=list(rows), moment="exit")
    sources = dict(said.order_by("pk").values_list("enrolment", "source"))
    at_exit = [_at_exit(sources.get(pk, "unknown")) for pk in rows]
    after = [_after(checks[pk], left, on) for pk, left in rows.items()]
    return Kept(
        left=len(rows),
        at_exit=at_exit.count("work"),
        at_exit_unknown=at_exit.count("unknown"),
        after=after.count("work"),
        unknown=after.count("unknown"),
        pending=after.count("pending"),
    )


def _at_exit(source: str) -> str:
    """What the person lives on is asked of everyone who leaves (AJ-62)."""
    return source if source == "unknown" else "work" if source in WAGES else "else"


def _after(checks: list[OutcomeCheck], left: dt.date | None, on: dt.date) -> str:
    assert left is not None  # noqa: S101  asked of those who have left
    day = left + RETENTION
    near = [one for one in checks if abs(one.on - day) <= TOLERANCE]
    if not near and on <= day + TOLERANCE:
        return "pending"
    return _status(min(near, key=lambda one: abs(one.on - day), default=None))


def _status(check: OutcomeCheck | None) -> str:
    if check is None or check.status == "unknown":
        return "unknown"
    return "work" if check.status in OutcomeCheck.WORK else "else"


def exit_reasons(since: dt.date, until: dt.date) -> dict[str, int]:
    """How many left for each reason (JI-47)."""
    rows = Enrolment.enrolments.filter(until__gte=since, until__lt=until).order_by("exit_reason")
    said = rows.values("exit_reason").annotate(n=Count("pk"))
    return {one["exit_reason"]: one["n"] for one in said}


def evaluations(since: dt.date, until: dt.date) -> dict[str, dict[str, int]]:
    """Per side, how many found the measures right, partly, or not; "" did not answer (AJ-49)."""
    rows = Evaluation.objects.filter(on__gte=since, on__lt=until).order_by("of", "right")
    found: dict[str, dict[str, int]] = {"participant": {}, "case_worker": {}}
    for one in rows.values("of", "right").annotate(n=Count("pk")):
        found[one["of"]][one["right"]] = one["n"]
    return found
