"""What stands on a board, and which meetings are missing. A board shows no person who is shielded,
and of others a first name by their own consent alone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum

from stegvis.journey.workplaces.models import Symbol
from stegvis.learning.boards.models import (
    Board,
    BoardDeviation,
    BoardGoal,
    CouncilSeat,
    CouncilStaff,
    GoalDay,
    Improvement,
    Meeting,
    MeetingItem,
    NameConsent,
    Proposer,
    TodayLine,
)
from stegvis.learning.boards.words import DAYS, MARK_SIGNS, MARKS, NOT_YET, QUARTERS, STATES
from stegvis.platform.access.models import Shield

WEEK = len(DAYS)
# As many as a screen holds, read from four metres; the rest is said in a number.
MOST = {"goals": 4, "deviations": 3, "today": 6, "improvements": 4}
MOST_WAITING = 30
SOLVED_STAYS = dt.timedelta(days=7)
YEAR = 13  # months, this one included
MONTHLY = 1  # ours: the source says "regularly"


@dataclass(frozen=True, slots=True)
class Box:
    """A day of a goal: its letters, its sign and its word."""

    day: Any
    code: str
    sign: str
    word: Any


@dataclass(frozen=True, slots=True)
class Zone:
    rows: list[Any]
    more: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A board as it stands at a moment."""

    board: Board
    on: dt.date
    at: dt.datetime
    goals: Zone
    deviations: Zone
    today: Zone
    improvements: Zone
    expected: int | None
    next_break: dt.time | None


def symbols(board: Board) -> Any:
    """The own pictures of the board's unit that may be chosen."""
    rows = Symbol.objects.filter(unit=board.unit_id, removed_on__isnull=True)
    return rows.defer("image").order_by("words", "id")


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def shown(board: Board, on: dt.date, now: dt.datetime, *, whole: bool = False) -> Shown:
    """The board as of `now`, the municipality's time. `whole`: without the bounds of a screen."""
    lines = todays(board, on)
    counted = lines.aggregate(people=Sum("people"))["people"]
    return Shown(
        board=board,
        on=on,
        at=now,
        goals=_cut("goals", _goals(board, on), whole=whole),
        deviations=_cut("deviations", _deviations(board, on), whole=whole),
        today=_cut("today", list(lines), whole=whole),
        improvements=_cut("improvements", _improvements(board), whole=whole),
        expected=counted,
        next_break=next((one for one in board.breaks if one >= now.time()), None),
    )


def _cut(name: str, rows: list[Any], *, whole: bool) -> Zone:
    most = len(rows) if whole else MOST[name]
    return Zone(rows[:most], max(len(rows) - most, 0))


def goals(board: Board, on: dt.date) -> Any:
    running = Q(until__isnull=True) | Q(until__gt=on)
    rows = BoardGoal.objects.filter(running, board=board, since__lte=on)
    return rows.select_related("symbol").defer("symbol__image").order_by("since", "id")


def _goals(board: Board, on: dt.date) -> list[dict[str, Any]]:
    first = monday(on)
    days = GoalDay.objects.filter(
        goal__board=board, on__gte=first, on__lt=first + dt.timedelta(days=WEEK)
    )
    known = {(row.goal_id, row.on.weekday()): row.mark for row in days.order_by("id")}
    return [
        {"row": row, "boxes": [_box(n, known.get((row.pk, n), "")) for n in range(WEEK)]}
        for row in goals(board, on)
    ]


def _box(day: int, code: str) -> Box:
    return Box(DAYS[day], code or "open", MARK_SIGNS[code], MARKS.get(code, NOT_YET))


def todays(board: Board, on: dt.date) -> Any:
    rows = TodayLine.objects.filter(board=board, on=on, removed_at__isnull=True)
    rows = rows.select_related("supervisor", "symbol").defer("symbol__image")
    return rows.order_by("created_at", "id")


def _deviations(board: Board, on: dt.date) -> list[BoardDeviation]:
    """Those that go on, then those solved within a week."""
    rows = BoardDeviation.objects.filter(
        Q(solved_on__isnull=True) | Q(solved_on__gt=on - SOLVED_STAYS), board=board, on__lte=on
    )
    rows = rows.select_related("solver", "symbol").defer("symbol__image")
    found = list(rows.order_by("-on", "-id"))
    return sorted(found, key=lambda row: row.solved_on is not None)


def _improvements(board: Board) -> list[dict[str, Any]]:
    rows = Improvement.objects.filter(board=board).exclude(state=Improvement.State.NOT_NOW)
    return with_names(list(rows.select_related("by").order_by("-week", "id")))


def with_names(rows: list[Improvement]) -> list[dict[str, Any]]:
    names = first_names({row.pk for row in rows})
    return [
        {
            "row": row,
            "by": first(row.by.name) if row.by else names.get(row.pk, ""),
            "quarters": QUARTERS[row.state],
            "state": STATES[row.state],
        }
        for row in rows
    ]


def first(name: str) -> str:
    """A colleague's first name: a board shows no surnames."""
    return name.split(maxsplit=1)[0] if name.strip() else ""


def first_names(improvements: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Of participants who have said yes, are in a programme, and are not shielded now."""
    shields = Shield.objects.filter(person=OuterRef("person"), lifted_on__isnull=True)
    yes = NameConsent.objects.filter(
        person=OuterRef("person"), withdrawn_on__isnull=True, enrolment__until__isnull=True
    )
    rows = Proposer.objects.filter(Exists(yes), ~Exists(shields), improvement__in=improvements)
    named = rows.order_by("id").values_list("improvement", "person__given_name")
    return {key: first(name) for key, name in named}


# Meetings


def taken_up(improvements: Collection[uuid.UUID]) -> dict[uuid.UUID, list[MeetingItem]]:
    """Where each was taken up and what was decided, the latest first (KN-119). One query."""
    rows = MeetingItem.objects.filter(improvement__in=improvements)
    rows = rows.select_related("meeting", "doer").order_by("-meeting__on", "-created_at", "-id")
    found: dict[uuid.UUID, list[MeetingItem]] = {}
    for row in rows:
        if row.improvement_id is not None:
            found.setdefault(row.improvement_id, []).append(row)
    return found


def not_taken_up(board: Board) -> list[Improvement]:
    """Ideas and areas that are still open and that no workplace meeting has worked on."""
    had = MeetingItem.objects.filter(improvement=OuterRef("pk"), meeting__kind=Meeting.Kind.APT)
    rows = open_improvements(board).filter(~Exists(had))
    return list(rows.order_by("kind", "week", "id")[:MOST_WAITING])


def open_improvements(board: Board) -> Any:
    closed = (Improvement.State.STANDARD, Improvement.State.NOT_NOW)
    return Improvement.objects.filter(board=board).exclude(state__in=closed)


def decisions(board: Board, *, kind: str = "") -> Any:
    """Those still to be done, the one due first before the others."""
    rows = MeetingItem.objects.filter(meeting__board=board, decision=True, done_on__isnull=True)
    if kind:
        rows = rows.filter(meeting__kind=kind)
    due_first = F("due_on").asc(nulls_last=True)
    return rows.select_related("doer", "meeting").order_by(due_first, "created_at", "id")


@dataclass(frozen=True, slots=True)
class Council:
    """Who sits in it: colleagues, and the first names of participants who have said so."""

    staff: list[CouncilStaff]
    names: list[str]
    persons: list[uuid.UUID]


def council(board: Board) -> Council:
    """Called as the council's own work, so that whoever keeps the board sees all who sit there by
    their own yes; of somebody shielded neither name nor count. Two queries."""
    shields = Shield.objects.filter(person=OuterRef("person"), lifted_on__isnull=True)
    seats = CouncilSeat.objects.filter(
        ~Exists(shields), board=board, left_on__isnull=True, enrolment__until__isnull=True
    )
    rows = list(seats.order_by("since", "id").values_list("person", "person__given_name"))
    staff = CouncilStaff.objects.filter(board=board, until__isnull=True).select_related("member")
    return Council(
        staff=list(staff.order_by("since", "id")),
        names=[first(name) for _person, name in rows],
        persons=[person for person, _name in rows],
    )


def months(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def missed(since: dt.date, on: dt.date, held: Iterable[dt.date], every: int) -> list[dt.date]:
    """The first days of the spans of `every` months that have gone by whole without a meeting,
    counted from the month after `since`; the last year's."""
    had = {months(day) for day in held}
    begin, now = months(since) + 1, months(on)
    return [
        dt.date(start // 12, start % 12 + 1, 1)
        for start in range(begin, now - every + 1, every)
        if start > now - YEAR and not had & set(range(start, start + every))
    ]


def missed_apt(board: Board, on: dt.date) -> list[dt.date]:
    held = Meeting.objects.filter(board=board, kind=Meeting.Kind.APT, on__lte=on)
    days = held.order_by("on").values_list("on", flat=True)
    return missed(board.since, on, days, board.apt_months or MONTHLY)
