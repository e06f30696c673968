"""Who has read about me: every look and change by somebody else, newest first, in words a person
understands. Who it was is said by task and unit; the name is given to whoever asks for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from stegvis.platform.access.models import Relation
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.journal.models import Event, Sort
from stegvis.platform.ui.dates import weekday
from stegvis.portals.participant.own import Own

PAGE, LATELY = 40, dt.timedelta(days=30)
ZONE = ZoneInfo("Europe/Stockholm")  # Copenhagen keeps the same clock

WHO: dict[str, Any] = {
    "case_worker": _("Your case worker"),
    "work_supervisor": _("Your supervisor at work"),
    "job_mediator": _("Your job mediator"),
    "unit": _("The manager of the unit"),
    "intake": _("Someone who answers referrals"),
    "after": _("Whoever was your case worker"),
    "named": _("Someone who protects your data"),
}
BY_ROLE: dict[str, Any] = {
    Role.CASE_WORKER: _("A case worker"),
    Role.WORK_SUPERVISOR: _("A supervisor at work"),
    Role.JOB_MEDIATOR: _("A job mediator"),
    Role.UNIT_MANAGER: _("A manager"),
    Role.ADMINISTRATOR: _("An administrator"),
    Role.LOG_REVIEWER: _("Someone who checks who reads"),
    Role.PROTECTION_OFFICER: _("Someone who protects data"),
    Role.EVALUATOR: _("Someone who counts results"),
}
READ: dict[str, Any] = {
    "identity": _("Read your name and address."),
    "asked": _("Read your referral."),
    "plan": _("Read about your road."),
    "sensitive": _("Read about your health or money."),
    "location": _("Read where you are."),
    "reads": _("Read this list."),
    "work": _("Read about your work."),
    "talks": _("Read notes from talks."),
    "motivation": _("Read about what you want to change."),
    "disclosure": _("Read what is shared about you."),
    "voice": _("Read what you have written."),
    "outcome": _("Read how it went after you left."),
}
WROTE: dict[str, Any] = {
    "message_heard": _("Heard your message."),
    "step_decided": _("Decided about your step."),
    "way_in_given": _("Gave you a way in to this page."),
    "way_in_closed": _("Closed an older way in."),
    "assigned": _("Gave you someone to work with."),
    "assignment_ended": _("Ended someone's work with you."),
    "person_registered": _("Wrote you in the register."),
    "contact_edited": _("Changed how to reach you."),
    "person_edited": _("Changed your name or language."),
    "number_shown": _("Looked at your whole number."),
    "outcome_checked": _("Wrote how it went after you left."),
    "enrolled": _("Wrote you into the programme."),
    "criterion_judged": _("Wrote if you reach a goal."),
}
WHY: dict[str, Any] = {
    "case_work": _("To work with you."),
    "intake": _("To answer your referral."),
    "supervision": _("To check that the work is good."),
    "protection": _("To protect you."),
    "log_review": _("To check who has read."),
    "job": _("The computer did it by itself."),
}


@dataclass(frozen=True, slots=True)
class Read:
    at: dt.datetime
    day: dt.date
    who: str
    unit: str
    what: str
    why: str
    picture: str


@dataclass(frozen=True, slots=True)
class Reads:
    """`readers`: how many different people lately; `more`: where the next page begins."""

    rows: list[Read]
    readers: int
    more: int | None


def reads(own: Own, before: int | None) -> Reads:
    """Four queries. What was refused showed nobody anything and is followed up by the one who
    reviews the log; it is not listed here."""
    mine = Event.events.about(own.person).exclude(sort=Sort.DENIED)
    mine = mine.exclude(member=own.visit.actor.member)
    lately = mine.filter(at__gte=dt.datetime.now(ZONE) - LATELY, member__isnull=False)
    readers = lately.values("member").order_by("member").distinct().count()
    rows = mine.filter(seq__lt=before) if before else mine
    events = list(rows.order_by("-seq")[: PAGE + 1])
    more = events[PAGE - 1].seq if len(events) > PAGE else None
    return Reads(_told(own, events[:PAGE]), readers, more)


def _told(own: Own, events: list[Event]) -> list[Read]:
    asked = {event.member for event in events if event.member}
    rows = Member.members.filter(pk__in=asked).select_related("unit").order_by("pk")
    members = {row.pk: row for row in rows}
    who = _who(own, asked)
    told = [_read(event, who, members) for event in events]
    return list(_once(told))


def _who(own: Own, asked: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """By what ties them to the person, else by their task."""
    keys = [key for key in asked if key]
    grants = Grant.grants.filter(member__in=keys).order_by("-since", "id")
    said = {
        member: str(BY_ROLE[role])
        for member, role in grants.values_list("member", "role")
        if role in BY_ROLE
    }
    ties = Relation.relations.filter(person=own.person, member__in=keys).order_by("since", "id")
    for member, kind in ties.values_list("member", "kind"):
        if kind in WHO:
            said[member] = str(WHO[kind])
    return said


def _read(event: Event, who: Mapping[uuid.UUID, str], members: Mapping[uuid.UUID, Member]) -> Read:
    member = members.get(event.member) if event.member else None
    named = who.get(event.member, str(_("A member of staff"))) if event.member else ""
    wrote = event.sort in {Sort.WRITE, Sort.BATCH}
    at = event.at.astimezone(ZONE)
    return Read(
        at=at,
        day=at.date(),
        who=named or str(_("The computer")),
        unit=member.unit.name if member and member.unit else "",
        what=_what(event, wrote=wrote),
        why=str(WHY.get(event.purpose, "")),
        picture="check" if wrote else "people" if len(event.persons) > 1 else "folder",
    )


def _what(event: Event, *, wrote: bool) -> str:
    if wrote:
        return str(WROTE.get(event.what) or _("Wrote about you."))
    if len(event.persons) > 1:
        return str(_("Saw your name in a list."))
    return str(READ.get(event.shows) or _("Read about you."))


def _once(rows: Iterable[Read]) -> Iterable[Read]:
    """The same look again and again on one day is one line, with its latest time."""
    said: set[tuple[Any, ...]] = set()
    for row in rows:
        key = (row.day, row.who, row.unit, row.what, row.why)
        if key not in said:
            said.add(key)
            yield row


def by_day(rows: Iterable[Read], on: dt.date) -> list[tuple[str, list[Read]]]:
    named: dict[dt.date, str] = {
        on: str(_("Today")),
        on - dt.timedelta(days=1): str(_("Yesterday")),
    }
    found: dict[str, list[Read]] = {}
    for row in rows:
        found.setdefault(named.get(row.day) or weekday(row.day), []).append(row)
    return list(found.items())
