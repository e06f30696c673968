"""Who is expected on a day, what holds of it, and what it comes to over weeks."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from stegvis.core.values.presence import Day, Share, Stated, share
from stegvis.journey.attendance.models import Attendance, DayMark, Statement, What
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.voices.models import Message
from stegvis.journey.work.facts import hours_on
from stegvis.journey.work.models import WorkingDay
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.calendar import calendar

OPEN_DAYS = 10  # working days back that a list may be left open and still be asked for (ours)
FEW = 5  # fewer people than this behind a figure are not shown


@dataclass(frozen=True, slots=True)
class Expected:
    """When somebody is expected; all None where no hours were agreed."""

    start: dt.time | None = None
    end: dt.time | None = None
    minutes: int | None = None


def group(
    actor: Actor, *, on: dt.date, held: bool = False, names: bool = True
) -> dict[uuid.UUID, Any]:
    """The enrolments of the people whose day the visitor marks, by person: their own list, those
    they may write about. `held`: whoever marks one of them at the same moment waits. `names`: with
    the person, for who is shown. One query."""
    mine = Assignment.assignments.held(on).filter(member=actor.member).values("enrolment")
    rows = Enrolment.enrolments.open().filter(
        reached(actor, FieldClass.WORK, on=on, column="person_id", act=Act.WRITE), pk__in=mine
    )
    rows = rows.order_by("pk")
    if names:
        rows = rows.select_related("person")
    if held:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return {row.person_id: row for row in rows}


def expected(persons: Collection[uuid.UUID], day: dt.date, *, country: str) -> dict[Any, Expected]:
    """Who is expected on the day: the one place where it is decided. Those with hours that day,
    and, on a day when work is done at all, those whose hours nobody has agreed with them yet."""
    hours = hours_on(persons, day, country=country)
    found = {who: Expected(one.start, one.end, one.minutes) for who, one in hours.items()}
    others = set(persons) - found.keys()
    if others and calendar(country, day, members=()).of(None, None).is_open(day):
        agreed = WorkingDay.objects.filter(person__in=others, time__struck_on__isnull=True)
        with_hours = set(agreed.values_list("person", flat=True))
        found |= {who: Expected() for who in sorted(others - with_hours)}
    return found


def slot(actor: Actor, person: uuid.UUID, day: dt.date, what: str) -> str:
    """What stands for one person's day on one colleague's tablet. It leads nowhere without the
    server's key, and is another one tomorrow and for everybody else."""
    said = f"{actor.tenant}|{actor.member}|{person}|{day}|{what}"
    made = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256)
    return made.hexdigest()[:20]


def owner(actor: Actor) -> str:
    """Whose marks wait on a shared tablet: a colleague's are never sent under another's name."""
    return slot(actor, actor.member, dt.date.min, "owner")[:12]


def of_day(persons: Iterable[uuid.UUID], day: dt.date, what: str) -> dict[uuid.UUID, Attendance]:
    rows = Attendance.attendances.filter(person__in=list(persons), on=day, what=what)
    return {row.person_id: row for row in rows}


def own_words(persons: Iterable[uuid.UUID], day: dt.date) -> dict[uuid.UUID, Message]:
    """Late or ill, as the person has said it of the day; the latest holds."""
    rows = Message.messages.standing().filter(
        person__in=list(persons), on=day, kind__in=(Message.Kind.LATE, Message.Kind.SICK)
    )
    return {row.person_id: row for row in rows.order_by("created_at", "id")}


def stated(row: Statement) -> Stated:
    words = says(row.status, row.minutes, row.reason)
    return Stated(row.at, str(row.submission), row.device, row.turn, words, row.over)


def says(status: str, minutes: int | None, reason: str) -> str:
    """A mark as it is held against others."""
    return f"{status} {minutes or ''}{reason}".strip()


def counted(row: Attendance) -> Day:
    return Day(row.status, row.expected, row.minutes, row.attended, row.leave)


def share_of(rows: Iterable[Attendance]) -> Share:
    return share(counted(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Open:
    on: dt.date
    member: uuid.UUID
    name: str = ""


def open_days(
    members: Mapping[uuid.UUID, str], *, on: dt.date, country: str, since: dt.date | None = None
) -> list[Open]:
    """Working days whose list somebody has not said is done, the latest first: of those who had
    people to mark. Three queries."""
    first = since or on - dt.timedelta(days=OPEN_DAYS * 7 // 5)
    held = Assignment.assignments.filter(
        member__in=list(members), since__lt=on, enrolment__until=None
    )
    begins: dict[uuid.UUID, dt.date] = {}
    for row in held.filter(part=Assignment.Part.WORK_SUPERVISOR).order_by("pk"):
        if row.until is None:
            begins[row.member_id] = min(row.since, begins.get(row.member_id, row.since))
    marks = DayMark.objects.filter(member__in=list(members), on__gte=first, what=What.WORK)
    done = set(marks.values_list("member", "on"))
    off = calendar(country, on, members=()).of(None, None)
    days = [on - dt.timedelta(days=n) for n in range(1, (on - first).days + 1)]
    return [
        Open(day, member, members[member])
        for day in days
        if off.is_open(day)
        for member in sorted(begins, key=lambda one: members[one])
        if begins[member] <= day and (member, day) not in done
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of a map of days. `tone`: 0 to 4, None: nothing is known of it."""

    on: dt.date
    words: str
    tone: int | None = None
    sign: str = ""


def tone(percent: int | None) -> int | None:
    return None if percent is None else min(4, percent // 20)


def weeks_of(days: Iterable[dt.date], *, until: dt.date, weeks: int) -> list[dt.date]:
    """The Mondays of the map, the latest first."""
    monday = until - dt.timedelta(days=until.weekday())
    return [monday - dt.timedelta(weeks=n) for n in range(weeks)]
