"""The day of a place: ticks, the log, the briefing. About the place alone, but for who took part.

The page has asked for the role and looked the workplace up in the visitor's units.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from stegvis.journey.attendance.facts import group
from stegvis.journey.days.facts import BACK, Lists, points
from stegvis.journey.days.models import Briefed, Briefing, Listed, LogLine, Tick
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.workplaces.models import Workplace
from stegvis.platform.access.decision import Actor
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


def tick(at: Workplace, on: dt.date, listed: str, code: str, *, by: Actor) -> None:
    """One point is done. Pressed twice, or by two, it is done once. Raises NotNow."""
    _near(on)
    if listed not in {Listed.OPENING, Listed.CLOSING} or code not in _codes(at, listed):
        raise NotNow("not_listed")
    _row, made = Tick.objects.get_or_create(
        tenant_id=current().tenant, workplace=at, on=on, listed=listed, code=code,
        defaults={"by_id": by.member},
    )  # fmt: skip
    if made:
        wrote("point_ticked", workplace=str(at.pk), list=listed, point=code)


def take_back(at: Workplace, on: dt.date, listed: str, code: str) -> None:
    _near(on)
    rows = Tick.objects.filter(workplace=at, on=on, listed=listed, code=code)
    for row in rows.order_by("id"):
        row.delete()
        wrote("point_taken_back", workplace=str(at.pk), list=listed, point=code)


def note(
    at: Workplace, on: dt.date, text: str, *, by: Actor, submission: uuid.UUID | None = None
) -> LogLine:
    """A line of the log. Raises NotNow."""
    _near(on)
    if not text.strip():
        raise NotNow("nothing_said")
    row = LogLine(
        tenant_id=current().tenant, workplace=at, on=on, text=text.strip(), by_id=by.member,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("log_line_written", workplace=str(at.pk))
    return row


def unnote(row: LogLine, *, by: Actor) -> None:
    """One's own line, taken away; that it was there is remembered."""
    if row.by_id == by.member:
        row.delete()
        wrote("log_line_taken_away", workplace=str(row.workplace_id))


def brief(
    at: Workplace, on: dt.date, items: str, topics: Collection[str], persons: Collection[uuid.UUID],
    *, by: Actor, submission: uuid.UUID | None = None,
) -> Briefing:  # fmt: skip
    """The work and its safety, gone through with these of one's own people; each gets a line in
    their own log (KN-45). Who is not the visitor's is left out. Raises NotNow."""
    _near(on)
    known = [code for code in _codes(at, Listed.SAFETY) if code in topics]
    if not items.strip() and not known:
        raise NotNow("briefing_empty")
    people = {who: row for who, row in group(by, on=current().on).items() if who in set(persons)}
    if not people:
        raise NotNow("nobody_there")
    tenant = current().tenant
    row = Briefing(
        tenant_id=tenant, workplace=at, on=on, items=items.strip(), topics=known,
        by_id=by.member, submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    Briefed.objects.bulk_create(
        Briefed(
            tenant_id=tenant, briefing=row, person_id=who, enrolment=enrolment, on=on, topics=known
        )
        for who, enrolment in people.items()
    )
    wrote("briefing_held", people, workplace=str(at.pk), topics=known)
    return row


def _codes(at: Workplace, listed: str) -> list[str]:
    lists: Lists = points(at.unit_id)
    return [one.code for one in lists[listed]]


def _near(on: dt.date) -> None:
    if not dt.timedelta() <= current().on - on <= dt.timedelta(days=BACK):
        raise NotNow("other_day")
