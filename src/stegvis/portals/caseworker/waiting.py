"""What else waits on My day: what the person has said, what soon ends, goals nobody has looked at.

Tables of several rooms are asked in one query: the page has twelve in all, and a section of its own
for each would take seven. No words of anybody are shown here; a screen is seen by who walks past.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.judgement import Judgement
from stegvis.core.progression.road import Stay
from stegvis.journey.agreements.facts import calls_waiting, follow_ups_ahead
from stegvis.journey.agreements.words import WAYS
from stegvis.journey.employers.facts.sharing import to_take
from stegvis.journey.followups.facts.after import to_ask
from stegvis.journey.hours.facts import (
    confirmed_hours,
    contacts_due,
    last_month,
    without_hours,
)
from stegvis.journey.incidents.facts import open_parts, suspected
from stegvis.journey.intake.models import Assignment
from stegvis.journey.mapping.facts import REVIEW
from stegvis.journey.mapping.models import Paper
from stegvis.journey.mediation.facts import needing, worked_days
from stegvis.journey.mediation.words import RESPONSE_DAYS
from stegvis.journey.plans.facts import left_by, to_look_at
from stegvis.journey.reports.facts import LOOK_BACK, commented
from stegvis.journey.screening.facts import to_notify, to_prepare
from stegvis.journey.steps.facts import reporting_steps
from stegvis.journey.voices.facts import unheard
from stegvis.journey.voices.models import Message
from stegvis.journey.voices.words import SIGNS, told
from stegvis.journey.waivers.facts import soon_over
from stegvis.platform.access.decision import Actor
from stegvis.platform.access.worded import Worded
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.dates import short_day
from stegvis.platform.ui.day import DayAct, DayItem, Part

MOST = 60
NOTHING = Value(None)
YES_DAYS = 60  # a place that was said yes to is told of; after that it is known or let go
COMPANY = frozenset({"company_call", "company_day"})
PAPERS: Mapping[str, Any] = {
    Paper.Kind.CV: gettext_lazy("Go through the CV again"),
    Paper.Kind.LETTER: gettext_lazy("Go through the letter again"),
}


_OPEN = gettext_lazy("Open")
WAITS: Mapping[str, tuple[str, str, Any, Any]] = {
    "prepare": (
        "late",
        "clock-alert",
        gettext_lazy("The preparatory part for the rehabilitation team is to be begun."),
        _OPEN,
    ),
    "notify": (
        "late",
        "clock-alert",
        gettext_lazy("The notice to the social administration waits."),
        _OPEN,
    ),
    "comment": ("", "", gettext_lazy("Has commented on the report."), _OPEN),
    "after": (
        "info", "user-check", gettext_lazy("Left %(day)s. Ask how it went."), gettext_lazy("Ask")
    ),
    "suspicion": ("late", "flag", gettext_lazy("Something waits for you today."), _OPEN),
    "deviation": ("late", "flag", gettext_lazy("A deviation to look at again."), _OPEN),
    "more": (
        "warn", "circle-alert", gettext_lazy("Needed more %(day)s."), gettext_lazy("Follow up")
    ),
    "waiver": ("info", "hourglass", gettext_lazy("A waiver of secrecy ends %(day)s."), _OPEN),
}  # fmt: skip
"""What a row is shown as: sign, picture, why, and what to press."""


@dataclass(frozen=True, slots=True)
class _Row:
    sort: str
    said: str
    key: uuid.UUID
    on: dt.date
    person: uuid.UUID
    minutes: int | None
    name: str


def from_rooms(visit: Visit) -> list[DayItem]:
    """Messages nobody has heard, comments on reports, waivers that soon end, whom to ask how it
    went after the exit, months without hours, contacts of after-care. One query, and one
    for the days on which nobody waits for an answer."""
    on = visit.scope.on
    found = WAITING.rows(visit.actor, on=on, at=timezone.now())
    said = [_row(*row) for row in found]
    asked = any(row.sort == "message" for row in said)
    off = calendar(visit.country, on, members=[]).of(None, visit.unit) if asked else ALWAYS_OPEN
    return [_one(row, visit, off) for row in said]


def _waiting(actor: Actor, on: dt.date, at: dt.datetime) -> QuerySet[Any, Any]:
    """Of all the tables, the latest first."""
    texts = CharField()
    sent = unheard(actor, on=on)
    rows = _columns(sent, "message", Cast("kind", texts), F("on"), F("minutes")).union(
        _columns(commented(actor, on=on), "comment", Value(""), Cast("commented_at", DateField())),
        _columns(
            soon_over(actor, at=at, on=on), "waiver", Value(""), Cast("valid_to", DateField())
        ),
        _columns(_asked_after(actor, on), "after", Value(""), F("until")),
        _columns(without_hours(actor, on=on), "hours", Value(""), Value(last_month(on))),
        _columns(confirmed_hours(actor, on=on), "take", Value(""), Value(on)),
        _columns(contacts_due(actor, on=on), "care", Value(""), F("planned")),
        _columns(suspected(actor, on=on), "suspicion", Value(""), F("on")),
        _columns(to_prepare(actor, on=on), "prepare", Value(""), F("due_on")),
        _columns(needing(actor, on=on), "more", Value(""), F("on")),
        _columns(to_notify(actor, on=on), "notify", Value(""), F("on")),
        _columns(open_parts(actor, on=on).filter(due__lte=on), "deviation", Value(""), F("due")),
        _columns(calls_waiting(actor, on=on), "company_call", F("at"), F("on")),
        _columns(follow_ups_ahead(actor, on=on), "company_day", F("way"), F("on")),
        _places(actor, on),
        all=True,
    )
    return rows.order_by("-d_on", "-d_key")[:MOST]


WAITING = Worded(_waiting)


def _one(row: _Row, visit: Visit, off: DaysOff) -> DayItem:
    if row.sort == "place":
        return _place(row)
    if row.sort in COMPANY:
        return _company(row, visit.scope.on)
    return _item(row, visit, off)


def _places(actor: Actor, on: dt.date) -> QuerySet[Any, Any]:
    """Places another municipality has said yes to, for whoever asked; of nobody."""
    rows = to_take(actor.member, on - dt.timedelta(days=YES_DAYS))
    nobody = rows.annotate(person_id=Cast(NOTHING, UUIDField()))
    return _columns(nobody, "place", F("opening"), F("answered_on"), given=F("peer_name"))


def _place(row: _Row) -> DayItem:
    to = reverse("shared_places")
    return DayItem(
        part=Part.FOLLOW_UPS, name=row.name, url=to, on=row.on, kind="ok",
        icon="briefcase-business",
        what=_("Said yes to %(place)s") % {"place": row.said}, tag=_("To take over"),
        acts=(DayAct(to, _("Open")),),
    )  # fmt: skip


def _company(row: _Row, on: dt.date) -> DayItem:
    """A company that asks to be called stands first, with the hour (FM-46); a day of the follow-up
    plan stands among those to come (FM-36)."""
    to = reverse("agreement", args=[row.person])
    acts = (DayAct(to, _("Open")),)
    if row.sort == "company_call":
        at = dt.datetime.fromisoformat(row.said).astimezone(timezone.get_current_timezone())
        day = "" if row.on == on else short_day(row.on, on)
        why = _("The company asks to be called. Asked %(when)s.") % {
            "when": f"{day} {at:%H.%M}".strip()
        }
        return DayItem(
            part=Part.NEEDS, name=row.name, person=row.person, url=to, kind="acute", icon="phone",
            why=why, acts=acts,
        )  # fmt: skip
    late = row.on < on
    return DayItem(
        part=Part.FOLLOW_UPS, name=row.name, person=row.person, url=to, on=row.on, acts=acts,
        what=_("At the company: %(way)s") % {"way": str(WAYS[row.said]).lower()},
        kind="late" if late else "", icon="calendar-days",
        tag=_("Has passed") if late else _("By the agreement"),
    )  # fmt: skip


def _asked_after(actor: Actor, on: dt.date) -> QuerySet[Any]:
    """Whoever plans after-care may write its contacts down and is not asked how it went."""
    rows = to_ask(actor, on=on)
    asks = actor.holds(Role.CASE_WORKER, Role.PROTECTION_OFFICER)
    return rows if asks else rows.none()


def _row(*row: Any) -> _Row:
    sort, said, key, day, person, minutes, given, family = row
    return _Row(sort, said, key, day, person, minutes, f"{given} {family}".strip())


def _columns(
    rows: QuerySet[Any], sort: str, said: Any, on: Any, minutes: Any = NOTHING, *, given: Any = None
) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            d_sort=Value(sort, output_field=CharField()),
            d_said=Cast(said, CharField()),
            d_key=F("pk"),
            d_on=on,
            d_person=F("person_id"),
            d_minutes=Cast(minutes, IntegerField()),
            d_given=given or F("person__given_name"),
            d_family=Value("", output_field=CharField()) if given else F("person__family_name"),
        )
        .values_list(
            "d_sort", "d_said", "d_key", "d_on", "d_person", "d_minutes", "d_given", "d_family"
        )
    )
    return found


def _message(row: _Row, said: dict[str, Any], to: str, visit: Visit, off: DaysOff) -> DayItem:
    """Red from the third working day (FM-21). A mediator sees what cannot wait above all else."""
    on = visit.scope.on
    waited = worked_days(row.on, on, off)
    late = waited > RESPONSE_DAYS
    why = told(row.said, row.minutes)
    if late:
        why += " " + ngettext(
            "Unanswered for %(n)s working day.", "Unanswered for %(n)s working days.", waited
        ) % {"n": waited}  # fmt: skip
    if visit.actor.holds(Role.JOB_MEDIATOR) and (late or row.said == Message.Kind.CALL):
        said = said | {"part": Part.ACUTE}
    acts = (DayAct(to, _("Open")),)
    return DayItem(
        **said, kind="late" if late else "warn", icon=SIGNS[row.said], why=why, acts=acts
    )


def _item(row: _Row, visit: Visit, off: DaysOff) -> DayItem:
    on = visit.scope.on
    to = {
        "message": reverse("voices", args=[row.person]),
        "comment": reverse("report", args=[row.person, row.key]),
        "waiver": reverse("sharing", args=[row.person]),
        "after": reverse("outcome", args=[row.person]),
        "suspicion": reverse("incident", args=[row.person, row.key]),
        "deviation": reverse("incident", args=[row.person, row.key]),
        "prepare": reverse("screening", args=[row.person]),
        "notify": reverse("screening", args=[row.person]),
        "more": reverse("touch", args=[row.person]),
        "hours": f"{reverse('enter_hours', args=[row.person])}?month={row.on:%Y-%m}",
        "take": reverse("take_hours", args=[row.person]),
        "care": reverse("after_care", args=[row.person]),
    }[row.sort]
    said: dict[str, Any] = {"part": Part.NEEDS, "name": row.name, "person": row.person, "url": to}
    if row.sort == "message":
        return _message(row, said, to, visit, off)
    if row.sort in {"hours", "take", "care"}:
        return _of_the_year(row, on, to)
    kind, icon, why, act = WAITS[row.sort]
    signs = {"kind": kind, "icon": icon} if kind else {"part": Part.REPORTS}
    words = str(why) % {"day": short_day(row.on, on)}
    return DayItem(**said | signs, why=words, acts=(DayAct(to, str(act)),))


def _of_the_year(row: _Row, on: dt.date, to: str) -> DayItem:
    """A month without hours, hours a company has confirmed, a contact of after-care."""
    said: dict[str, Any] = {"part": Part.NEEDS, "name": row.name, "person": row.person, "url": to}
    if row.sort == "hours":
        why = _("No hours for %(month)s yet.") % {"month": date_format(row.on, "F")}
        acts = (DayAct(to, _("Enter hours")),)
        return DayItem(**said, kind="warn", icon="timer", why=why, acts=acts, event="hours")
    if row.sort == "take":
        acts = (DayAct(to, _("Take over")),)
        why = _("The company has confirmed hours.")
        return DayItem(**said, kind="info", icon="timer", why=why, acts=acts, event="hours")
    why = _("After-care: a contact was planned %(day)s.") % {"day": short_day(row.on, on)}
    return DayItem(**said, kind="info", icon="phone", why=why, acts=(DayAct(to, _("Open")),))


def goals_left(visit: Visit) -> list[DayItem]:
    """One's own people with goals that two rounds have passed by (AJ-48). One query."""
    on = visit.scope.on
    rows = GOALS.rows(visit.actor, on=on)
    counted = Counter(left_by(rows, on=on))
    return [
        DayItem(
            part=Part.NEEDS, name="", person=person, kind="warn", icon="clock-alert",
            url=reverse("plan", args=[person]),
            why=ngettext(
                "%(n)s goal has not been looked at in two rounds.",
                "%(n)s goals have not been looked at in two rounds.",
                n,
            ) % {"n": n},
            acts=(DayAct(reverse("plan_goals", args=[person]), _("Look at the goals")),),
        )
        for person, n in counted.items()
    ]  # fmt: skip


def _goals(actor: Actor, on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    held = Assignment.assignments.held(on).filter(member=actor.member)
    return to_look_at(held.values("enrolment"), on=on)


GOALS = Worded(_goals)

# Read out of what has been judged already


def of_road(person: uuid.UUID, name: str, judged: Judgement, visit: Visit) -> Iterator[DayItem]:
    """Reports owed and papers to go through. No query: the core has been told of both."""
    if visit.actor.holds(Role.CASE_WORKER):
        yield from _owed(person, name, judged, visit.scope.on)
    if visit.actor.holds(Role.CASE_WORKER, Role.JOB_MEDIATOR):
        yield from _papers(person, name, judged, visit.scope.on)


def _owed(person: uuid.UUID, name: str, judged: Judgement, on: dt.date) -> Iterator[DayItem]:
    """A step was left and no report has gone out since it began (AJ-47)."""
    asked = reporting_steps(judged.programme)
    sent = [fact.on for fact in judged.road.of("report")]
    for stay in judged.road.stays.get(judged.programme.primary.code, ()):
        closed = stay.until is not None and on - LOOK_BACK < stay.until <= on
        if not closed or stay.step not in asked or any(day >= stay.since for day in sent):
            continue
        why = _("Step %(n)s ended %(day)s.") % {
            "n": stay.ordinal,
            "day": short_day(stay.until or on, on),
        }
        to = reverse("reports", args=[person])
        yield DayItem(
            part=Part.REPORTS, name=name, person=person, url=to, why=why,
            acts=(DayAct(to, _("Write")),),
        )  # fmt: skip


def _papers(person: uuid.UUID, name: str, judged: Judgement, on: dt.date) -> Iterator[DayItem]:
    """On a step that asks for it, what has not been gone through since it began (AJ-12)."""
    stay = judged.road.current(judged.programme.primary.code)
    if stay is None or not _asks(judged, stay):
        return
    looked = {
        fact.values.get("about")
        for fact in judged.road.of("event")
        if fact.values.get("what") == "paper_reviewed" and fact.on >= stay.since
    }
    written = {
        fact.values.get("document") for fact in judged.road.of("document") if fact.on >= stay.since
    }
    for kind, what in PAPERS.items():
        if kind in looked | written:
            continue
        why = _("Once more on this step, before it is sent to anybody.")
        yield DayItem(
            part=Part.FOLLOW_UPS, name=name, person=person, url=reverse("person", args=[person]),
            what=str(what), why=why, kind="", icon="file-text", tag=_("To do"), on=on,
            acts=(DayAct(reverse("papers", args=[person]), _("Open")),),
        )  # fmt: skip


def _asks(judged: Judgement, stay: Stay) -> bool:
    step = judged.programme.step(stay.step)
    return any(duty.code == REVIEW for duty in step.duties)
