"""Whose list it is: the people a visitor works with, or those of the unit they manage."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Assignment, Enrolment, Referral
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import Pause, StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.decision import Actor
from stegvis.platform.access.worded import Worded, one_of
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.dates import short_day
from stegvis.platform.ui.rows import PersonRow

SOON = dt.timedelta(days=7)
MOST = 120  # people judged on one page; nobody works with more, and the rest is on the list
MINE = (Assignment.Part.CASE_WORKER, Assignment.Part.JOB_MEDIATOR, Assignment.Part.WORK_SUPERVISOR)
ORDERS = {
    "next": (F("look_on").asc(nulls_last=True), F("stood_since").asc(nulls_first=True), F("id")),
    "name": (F("person__sort_key").asc(), F("id")),
    "step": (F("ordinal").asc(nulls_first=True), F("person__sort_key").asc(), F("id")),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """One open enrolment as a list shows it."""

    enrolment: uuid.UUID
    person: uuid.UUID
    name: str
    programme: uuid.UUID
    since: dt.date
    ladder: str
    step: str
    ordinal: int
    stood_since: dt.date | None
    look_on: dt.date | None
    paused: bool
    paused_until: dt.date | None
    begins_on: dt.date | None  # a first step decided, for a day that has not come
    worker: str
    supervisor: str


def open_enrolments(visit: Visit, *, unit: bool) -> QuerySet[Enrolment]:
    """Open enrolments of one's own people, or of the unit's: both walls. Whose case one holds is
    asked first: the planner would otherwise walk through the whole municipality for a short list.
    """
    on = visit.scope.on
    rows = Enrolment.enrolments.visible_to(visit.actor, on).open()
    return rows if unit else rows.filter(pk__in=_held(visit))


def _held(visit: Visit) -> list[uuid.UUID]:
    on = visit.scope.on
    held = Assignment.assignments.held(on).filter(member=visit.actor.member, part__in=MINE)
    return list(held.order_by("enrolment").values_list("enrolment", flat=True))


def ordered(rows: QuerySet[Enrolment], *, on: dt.date, order: str = "next") -> QuerySet[Any]:
    """The enrolments in an order. Only what is sorted by is looked up here: it is looked up for
    every row of the list, also for those on other pages."""
    sorts: dict[str, Any] = {
        "next": {"look_on": Subquery(_latest().values("review_on")[:1])}
        | {"stood_since": Subquery(_periods(on).filter(since__lte=on).values("since")[:1])},
        "step": {"ordinal": Subquery(_periods(on).filter(since__lte=on).values("ordinal")[:1])},
    }
    return rows.annotate(**sorts.get(order, {})).order_by(*ORDERS[order])


def _periods(on: dt.date) -> QuerySet[Any]:
    """The step one stands on, then one decided for a later day."""
    rows = StepPeriod.periods.standing().filter(Q(until__isnull=True) | Q(until__gt=on))
    return rows.filter(enrolment=OuterRef("pk")).order_by("since", "id")


def _latest() -> QuerySet[Any]:
    """The latest decision. One that was corrected is never the latest: its correction is."""
    rows = StepDecision.objects.filter(enrolment=OuterRef("pk"))
    return rows.exclude(kind=StepDecision.Kind.VERSION).order_by("-created_at", "-id")


def mine(visit: Visit) -> list[Stand]:
    """One's own people, those to be looked at first in front. Two queries."""
    on = visit.scope.on
    return [_stand(row, on) for row in MINE_NOW.rows(visit.actor, on=on, keys=_held(visit))]


def of_keys(keys: Sequence[uuid.UUID], visit: Visit) -> list[Stand]:
    """Those enrolments, in that order. One query."""
    on = visit.scope.on
    rows = LISTED.rows(visit.actor, on=on, keys=keys)
    found = {stand.enrolment: stand for stand in (_stand(row, on) for row in rows)}
    return [found[key] for key in keys if key in found]


def _mine_now(actor: Actor, on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    rows = (
        Enrolment.enrolments.visible_to(actor, on).open().filter(one_of('"intake_enrolment"."id"'))
    )
    return _columns(ordered(rows, on=on), on)[:MOST]


def _listed(_actor: Actor, on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    rows = Enrolment.enrolments.filter(one_of('"intake_enrolment"."id"'))
    return _columns(rows.order_by("pk"), on)


MINE_NOW, LISTED = Worded(_mine_now), Worded(_listed)


def _columns(rows: QuerySet[Any], on: dt.date) -> QuerySet[Any, Any]:
    """The columns of the list. One query, and in it each table once: the walls ask anew who is
    reached for every table that is named."""
    paused = Pause.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    pause = paused.filter(enrolment=OuterRef("pk")).order_by("-since")
    held = Assignment.assignments.held(on).filter(enrolment=OuterRef("pk")).order_by("since", "id")
    period = JSONObject(ladder="ladder", step="step", ordinal="ordinal", since="since")
    found = rows.annotate(
        periods_now=ArraySubquery(_periods(on).values(found=period)),
        look_on=Subquery(_latest().values("review_on")[:1]),
        pause_now=Subquery(pause.values(found=JSONObject(since="since", until="until"))[:1]),
        held_now=ArraySubquery(held.values(found=JSONObject(part="part", name="member__name"))),
    )
    listed: QuerySet[Any, Any] = found.values_list(
        "pk", "person_id", "person__given_name", "person__family_name", "programme_id", "since",
        "look_on", "periods_now", "held_now", "pause_now",
    )  # fmt: skip
    return listed


def _stand(row: tuple[Any, ...], on: dt.date) -> Stand:
    """The names come with the rows; a name is fetched in no other way."""
    enrolment, person, given, family, programme, since, look_on = row[:7]
    periods, staff = ([_read(one) for one in several] for several in row[7:9])
    begun = [one for one in periods if one["since"] <= on.isoformat()]
    ahead = [one for one in periods if one["since"] > on.isoformat()]
    here = begun[-1] if begun else {}
    held = {one["part"]: one["name"] for one in staff}
    pause = _read(row[9] or "{}")
    return Stand(
        enrolment=enrolment,
        person=person,
        name=f"{given} {family}".strip(),
        programme=programme,
        since=since,
        ladder=here.get("ladder", ""),
        step=here.get("step", ""),
        ordinal=here.get("ordinal", 0),
        stood_since=_day(here.get("since")),
        look_on=look_on,
        paused=bool(pause),
        paused_until=_day(pause.get("until")),
        begins_on=_day(ahead[0]["since"]) if ahead and not here else None,
        worker=held.get(Assignment.Part.CASE_WORKER, ""),
        supervisor=held.get(Assignment.Part.WORK_SUPERVISOR, ""),
    )


def _read(cell: Any) -> Any:
    """JSON as the driver gives it: text, or already read."""
    return json.loads(cell) if isinstance(cell, str) else cell


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def ladder_length(model: Programme, stand: Stand) -> int:
    return len(model.ladder(stand.ladder).steps) if stand.ladder else 0


def named_step(model: Programme, code: str, track: str) -> str:
    """The step as the reader's office calls it, in the reader's language."""
    return pick(step_name(model, model.step(code), track), get_language() or "sv") if code else ""


def person_row(stand: Stand, model: Programme, *, track: str, on: dt.date, url: str) -> PersonRow:
    coming, due, kind = _next(stand, on)
    lang = get_language() or "sv"
    return PersonRow(
        url=url,
        name=stand.name,
        step=stand.ordinal,
        of=ladder_length(model, stand),
        step_name=named_step(model, stand.step, track),
        next=coming,
        due=due,
        due_kind=kind,
        programme=pick(model.names, lang),
        supervisor=stand.supervisor,
        worker=stand.worker,
    )


def not_listed(
    found: Collection[uuid.UUID], rows: QuerySet[Enrolment], visit: Visit
) -> list[Referral]:
    """Who was looked up and is on no list yet: their referrals that wait. At most twenty; nobody
    looks one person up among more."""
    if not found:
        return []
    waiting = Referral.referrals.visible_to(visit.actor, visit.scope.on).unanswered()
    others = waiting.filter(person__in=found).exclude(person__in=rows.values("person"))
    return list(others.select_related("person").order_by("person__sort_key", "id")[:20])


def other_rows(waiting: list[Referral], *, on: dt.date) -> list[PersonRow]:
    return [
        PersonRow(
            url=reverse("referral", args=[one.person_id, one.pk]), name=one.person.name,
            step=0, of=0, step_name="", next=_("Referral to answer"),
            due=short_day(one.answer_by, on) if one.answer_by else "", due_kind="",
            programme="", supervisor="", worker="",
        )
        for one in waiting
    ]  # fmt: skip


def _next(stand: Stand, on: dt.date) -> tuple[str, str, str]:
    """What comes next, by when, and how pressing it is."""
    if stand.paused:
        until = stand.paused_until
        return _("On a pause"), short_day(until, on) if until else "", ""
    if stand.begins_on:
        return _("First step begins"), short_day(stand.begins_on, on), ""
    if not stand.step:
        return _("First step to decide"), short_day(stand.since, on), "warn"
    if stand.look_on is None:
        return "", "", ""
    if stand.look_on < on:
        return _("Look at the step"), short_day(stand.look_on, on), "late"
    kind = "warn" if stand.look_on <= on + SOON else ""
    return _("Look at the step"), short_day(stand.look_on, on), kind


def models_of(found: list[Stand]) -> dict[uuid.UUID, Programme]:
    return programmes({stand.programme for stand in found})
