"""Fetch what the decision needs, decide, and answer as if the hidden did not exist."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from stegvis.platform.access.decision import (
    TABLE,
    Act,
    Actor,
    Allow,
    FieldClass,
    Subject,
    Tie,
    decide,
)
from stegvis.platform.access.models import BY_UNIT, Kind, Relation, Shield
from stegvis.platform.tenancy.scope import current


class Hidden(Http404):
    """Answers 404, word for word like what is not there. Carries the reason for the log alone."""

    def __init__(self, person: uuid.UUID, reason: str) -> None:
        super().__init__()
        self.person = person
        self.reason = reason


def subject(tenant: uuid.UUID, person: uuid.UUID) -> Subject:
    """The person's ties and shield; someone without any tie is nobody's to see. One query, once a
    transaction: page and verb ask the same, and the verbs of `relations` forget what was known."""
    scope = current()
    if scope.tenant != tenant:
        return _fetched(tenant, person)
    if person not in scope.known:
        scope.known[person] = _fetched(tenant, person)
    known: Subject = scope.known[person]
    return known


def _fetched(tenant: uuid.UUID, person: uuid.UUID) -> Subject:
    shields = Shield.objects.filter(person=OuterRef("person"), lifted_on__isnull=True)
    rows = list(
        Relation.relations.filter(person=person)
        .annotate(shielded=Exists(shields))
        .order_by("id")
        .values("kind", "member_id", "unit_id", "since", "until", "shielded")
    )
    return Subject(
        tenant=tenant,
        ties=tuple(
            Tie(Kind(row["kind"]), row["member_id"], row["unit_id"], row["since"], row["until"])
            for row in rows
        ),
        shielded=any(row["shielded"] for row in rows),
    )


def authorise(
    actor: Actor, act: Act, person: uuid.UUID, field_class: FieldClass, *, on: dt.date
) -> Allow:
    """Allow, with the tie it rests on. Raises Hidden."""
    verdict = decide(actor, act, subject(actor.tenant, person), field_class, on=on)
    if isinstance(verdict, Allow):
        return verdict
    raise Hidden(person, verdict.reason)


def may(actor: Actor, act: Act, person: uuid.UUID, field_class: FieldClass, *, on: dt.date) -> bool:
    """Whether a link to it is worth showing; the page behind it asks again."""
    return isinstance(decide(actor, act, subject(actor.tenant, person), field_class, on=on), Allow)


def permit(by: Actor | None, act: Act, person: uuid.UUID, field_class: FieldClass) -> None:
    """What every verb asks first. `by` None is a job, which must have been opened as one."""
    scope = current()
    if by is not None:
        authorise(by, act, person, field_class, on=scope.on)
    elif not scope.service:
        raise Hidden(person, "no_actor")


def reached(
    actor: Actor,
    field_class: FieldClass,
    *,
    on: dt.date,
    column: str = "pk",
    act: Act = Act.READ,
) -> Q:
    """The application's wall as a filter: rows whose `column` is a person this actor may read, or
    may write about where one form is about many.

    The same TABLE as `decide`, so that a list and its pages cannot disagree.
    """
    ties = Q(pk__in=[])
    for holding in actor.holdings:
        for kind, classes in TABLE.get(holding.role, {}).items():
            if act not in classes.get(field_class, ()):
                continue
            if kind not in BY_UNIT:
                ties |= Q(kind=kind, member=actor.member)
            elif holding.unit is None:
                ties |= Q(kind=kind)
            else:
                ties |= Q(kind=kind, unit=holding.unit)
    held = Relation.relations.held(on)
    own = held.filter(member=actor.member)
    known = own.filter(kind__in=[Kind.NAMED, Kind.SELF])
    shielded = Shield.objects.filter(lifted_on__isnull=True)
    return (
        Q(**{f"{column}__in": held.filter(ties).values("person")})
        & ~Q(**{f"{column}__in": own.filter(kind=Kind.BARRED).values("person")})
        & (
            Q(**{f"{column}__in": known.values("person")})
            | ~Q(**{f"{column}__in": shielded.values("person")})
        )
    )
