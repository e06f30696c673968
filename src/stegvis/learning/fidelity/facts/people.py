"""Who is counted, and what of each: their roads as they were known on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from stegvis.core.programme.model import Programme
from stegvis.core.progression.elements import Element, elements
from stegvis.core.progression.road import Road, history
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.facts import cases
from stegvis.learning.fidelity.facts.spans import Span
from stegvis.platform.access.models import Kind, Relation, Shield


@dataclass(frozen=True, slots=True)
class Case:
    """One person's road in a programme, judged on a day."""

    enrolment: Enrolment
    programme: Programme
    road: Road
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Of one programme, whatever its version; `programme`: the latest of them."""

    programme: Programme
    rows: tuple[Enrolment, ...]


def enrolled(
    units: Iterable[uuid.UUID] | None,
    span: Span,
    *,
    on: dt.date,
    barred: uuid.UUID | None = None,
) -> dict[str, Enrolled]:
    """Who was in a programme at some time of the span, by programme, the largest first. One a
    person, the latest. `units` None: the whole municipality. Nobody with a protected identity is
    in any figure: whoever knows of one could work out more. `barred`: nor anybody this member may
    know nothing of. At most two queries."""
    shielded = Shield.objects.filter(lifted_on__isnull=True).values("person")
    rows = Enrolment.enrolments.filter(
        Q(until__isnull=True) | Q(until__gte=span.since), since__lte=span.last(on)
    ).exclude(person__in=shielded)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    if barred is not None:
        held = Relation.relations.held(on).filter(kind=Kind.BARRED, member=barred)
        rows = rows.exclude(person__in=held.values("person"))
    return _by_programme(rows.order_by("-since", "-id"))


def _by_programme(rows: Iterable[Enrolment]) -> dict[str, Enrolled]:
    several = list(rows)
    models = programmes({row.programme_id for row in several})
    latest: dict[str, Programme] = {}
    people: dict[str, dict[uuid.UUID, Enrolment]] = {}
    for row in several:
        model = models[row.programme_id]
        people.setdefault(model.key, {}).setdefault(row.person_id, row)
        known = latest.get(model.key)
        if known is None or known.version < model.version:
            latest[model.key] = model
    order = sorted(people, key=lambda key: (-len(people[key]), key))
    return {key: Enrolled(latest[key], tuple(people[key].values())) for key in order}


def judged(rows: Iterable[Enrolment], on: dt.date) -> list[Case]:
    """Each as it was known on the day. One query, and one for models not read yet."""
    several = list(rows)
    models = programmes({row.programme_id for row in several})
    facts = cases([row.pk for row in several])
    made = []
    for row in several:
        model = models[row.programme_id]
        road = history(model, facts[row.pk], on)
        made.append(Case(row, model, road, elements(model, road)))
    return made
