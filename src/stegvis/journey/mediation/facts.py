"""Who has how many, what they lack, how long the mediator has been the same, how soon messages are
answered, how many talks a step took: numbers per enrolment, in one query each, for pages and for
whoever counts over a unit. None of them names or tells of anybody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from stegvis.core.programme.model import Programme
from stegvis.core.progression.days_off import DaysOff
from stegvis.journey.followups.models import ContactEvent
from stegvis.journey.intake.models import Assignment
from stegvis.journey.mediation.models import Hindrance, Mediator, Qualification, Touch
from stegvis.journey.mediation.words import MOST, QUALIFICATIONS, RESPONSE_DAYS
from stegvis.journey.screening.models import Talk
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.journey.voices.models import Message
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.access.models import Kind, Relation, Shield

DAY = dt.timedelta(days=1)
LATELY = dt.timedelta(days=60)
FACE_TO_FACE = ("meeting", "video")
"""Ways of a contact that is a talk; a call or a message is a contact."""


# Of mediators


def caseloads(members: Collection[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, int]:
    """How many people each is the mediator of, counted by their ties, so that the number is the
    same whoever asks. Those with a protected identity are in no number: it would tell that there is
    one. One query."""
    ties = Relation.relations.held(on).filter(kind=Kind.JOB_MEDIATOR, member__in=members)
    shielded = Shield.objects.filter(lifted_on__isnull=True).values("person")
    ties = ties.exclude(person__in=shielded)
    rows = ties.order_by().values("member_id").annotate(n=Count("person", distinct=True))
    found = {row["member_id"]: row["n"] for row in rows}
    return {member: found.get(member, 0) for member in members}


def caseload(member: uuid.UUID, *, on: dt.date) -> int:
    return caseloads([member], on=on)[member]


def agreed(model: Programme) -> int:
    """How many a mediator has at most where nothing else is agreed with them."""
    said = model.settings.get("mediator_max_caseload")
    return int(said.value) if said and said.value else MOST


def most_of(member: uuid.UUID, model: Programme) -> int:
    """How many this one has at most. One query."""
    rows = Mediator.objects.filter(member=member)
    own: int | None = rows.values_list("max_caseload", flat=True).first()
    return own or agreed(model)


def own_numbers(members: Collection[uuid.UUID]) -> dict[uuid.UUID, int | None]:
    """What is agreed with each that is otherwise than the programme says. One query."""
    rows = Mediator.objects.filter(member__in=members)
    return dict(rows.values_list("member_id", "max_caseload"))


def lacking(member: uuid.UUID) -> list[str]:
    """Which of the three nobody has shown of the member (FM-23). One query."""
    rows = Qualification.objects.filter(member=member, ended_on__isnull=True)
    shown = set(rows.values_list("code", flat=True))
    return [code for code in QUALIFICATIONS if code not in shown]


@dataclass(frozen=True, slots=True)
class Reach:
    """How the person reaches somebody who works with them (FM-20)."""

    name: str
    phone: str = ""
    hours: str = ""
    deputy: str = ""
    deputy_phone: str = ""


def reaching(on: dt.date) -> Subquery:
    """The same of an enrolment, as an annotation for a page that asks for the row anyway; `reach`
    reads it."""
    one = JSONObject(
        phone="phone", hours="hours", deputy="deputy__name", deputy_phone="deputy_phone"
    )
    kept = Mediator.objects.filter(member=OuterRef("member")).values(one=one)[:1]
    rows = Assignment.assignments.held(on).filter(
        enrolment=OuterRef("pk"), part=Assignment.Part.JOB_MEDIATOR
    )
    found = rows.order_by("-since", "-id").values(
        one=JSONObject(name="member__name", kept=Subquery(kept))
    )
    return Subquery(found[:1])


def reach(found: Any) -> Reach | None:
    if found is None:
        return None
    said = {field: value or "" for field, value in (found["kept"] or {}).items()}
    return Reach(found["name"], **said)


# Of enrolments


@dataclass(frozen=True, slots=True)
class Continuity:
    """`mediators`: how many different members; `changes`: how often one took over from another."""

    mediators: int
    changes: int
    current: uuid.UUID | None = None

    @property
    def is_one(self) -> bool:
        return self.mediators == 1


def continuity(
    enrolments: Iterable[uuid.UUID], *, on: dt.date = dt.date.max
) -> dict[uuid.UUID, Continuity]:
    """How long the mediator has been the same (FM-19), as it was on a day; enrolments that never
    had one are left out: they belong in no share. One query."""
    rows = Assignment.assignments.filter(
        enrolment__in=list(enrolments), part=Assignment.Part.JOB_MEDIATOR, since__lte=on
    ).order_by("since", "created_at", "id")
    held: dict[uuid.UUID, list[Assignment]] = {}
    for row in rows:
        held.setdefault(row.enrolment_id, []).append(row)
    return {key: continuous(several) for key, several in held.items()}


def continuous(rows: Sequence[Assignment]) -> Continuity:
    """The same of one enrolment's mediators, the earliest first."""
    members = [row.member_id for row in rows]
    changes = sum(a != b for a, b in pairwise(members))
    now = next((row.member_id for row in rows if row.until is None), None)
    return Continuity(len(set(members)), changes, now)


@dataclass(frozen=True, slots=True)
class Response:
    """A message of the person's and how many working days it waited (or has waited so far)."""

    enrolment: uuid.UUID
    message: uuid.UUID
    sent_on: dt.date
    days: int
    answered: bool


def target_days(model: Programme) -> int:
    said = model.settings.get("response_days")
    return int(said.value) if said and said.value else RESPONSE_DAYS


def worked_days(sent: dt.date, until: dt.date, off: DaysOff) -> int:
    """Working days after `sent` up to and with `until`: the same day is 0, so that what is not
    answered on day 3 is one day late where two are the target."""
    days = (sent + DAY * n for n in range(1, (until - sent).days + 1))
    return sum(off.is_worked(day) for day in days)


def response_days(
    enrolments: Iterable[uuid.UUID],
    *,
    since: dt.date,
    until: dt.date,
    on: dt.date,
    off: DaysOff,
) -> list[Response]:
    """How soon the messages sent in [since, until) were heard (FM-21), those still waiting on
    the day too. What the person took back is nobody's to answer. One query."""
    rows = Message.messages.standing().filter(
        enrolment__in=list(enrolments), created_at__date__gte=since, created_at__date__lt=until
    )
    found = []
    for row in rows.order_by("created_at", "id"):
        sent = row.created_at.astimezone().date()
        heard = row.heard_at.astimezone().date() if row.heard_at else None
        heard = heard if heard and heard <= on else None
        days = worked_days(sent, heard or on, off)
        found.append(Response(row.enrolment_id, row.pk, sent, days, answered=heard is not None))
    return found


def median_days(responses: Iterable[Response]) -> float | None:
    """Of those that were answered; None where none was."""
    days = [one.days for one in responses if one.answered]
    return float(median(days)) if days else None


def talks_in_step(
    enrolments: Iterable[uuid.UUID], *, ordinal: int = 1, on: dt.date = dt.date.max
) -> dict[uuid.UUID, int]:
    """How many talks each had during its first stay on a step (FM-26), up to a day: follow-ups and
    meetings with the person, and the first talk about screening. Who never stood there is left out.
    One query."""
    periods = StepPeriod.periods.standing().filter(
        enrolment__in=list(enrolments), ordinal=ordinal, since__lte=on
    )
    talks = Q(kind="follow_up") | Q(kind="contact", values__way__in=FACE_TO_FACE)
    told = DatedFact.objects.filter(talks, struck=False, on__lte=on)
    first = Talk.objects.filter(on__lte=on)
    rows = periods.annotate(told=_within(told), first=_within(first)).order_by("-since", "-id")
    # The earliest stay is read last, and is the one that is kept.
    return {key: n + m for key, n, m in rows.values_list("enrolment_id", "told", "first")}


def _within(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows lie in the period."""
    ends = Coalesce(OuterRef("until"), Value(dt.date.max))
    mine = rows.filter(enrolment=OuterRef("enrolment"), on__gte=OuterRef("since"), on__lt=ends)
    counted = mine.order_by().values("enrolment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def barriers(enrolments: Iterable[uuid.UUID]) -> dict[str, dict[str, int]]:
    """How many barriers are open and solved, by their word ("" for those of their own) (FM-40).
    One query."""
    rows = Hindrance.objects.filter(enrolment__in=list(enrolments))
    found: dict[str, dict[str, int]] = {}
    for about, solved in rows.values_list("about", "solved_on"):
        counted = found.setdefault(about, {"open": 0, "solved": 0})
        counted["solved" if solved else "open"] += 1
    return found


def need_more(enrolments: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, dt.date]:
    """Where the latest contact said that more is needed, since when. One query."""
    rows = Touch.objects.filter(enrolment__in=list(enrolments)).order_by("on", "created_at", "id")
    latest = {row.enrolment_id: row for row in rows}
    return {key: row.on for key, row in latest.items() if row.went == Touch.Went.MORE}


def needing(actor: Actor, *, on: dt.date) -> QuerySet[Touch]:
    """The contacts after which more is needed and none has followed, for whoever may read them."""
    mine = reached(actor, FieldClass.TALKS, on=on, column="person_id")
    later = ContactEvent.events.filter(
        enrolment=OuterRef("enrolment"), created_at__gt=OuterRef("created_at"), reached=True
    )
    rows = Touch.objects.filter(mine, ~Exists(later), went=Touch.Went.MORE)
    return rows.filter(enrolment__until__isnull=True, on__gte=on - LATELY)
