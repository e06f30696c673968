"""Many people at once in the Danish town's first unit, each with a road drawn by chance. Rows
alone: the verbs are tested in their own rooms, and a thousand people would take them minutes."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Any

from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.standing.models import Category, DatedFact, StepPeriod
from stegvis.journey.voices.models import Message
from stegvis.platform.access.models import Kind, Relation
from tests.cast.people import Cast

DAY = dt.timedelta(days=1)
FACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("plan_agreed", {}),
    ("job_goal", {}),
    ("document", {"document": "cv"}),
    ("assignment", {"role": "job_mediator", "state": "offered"}),
    ("visit", {}),
    ("match", {"accepted_by": ["participant", "employer"]}),
    ("agreement", {"signed_by": ["participant", "employer"]}),
    ("follow_up_plan", {"signed_by": ["job_mediator", "participant", "employer"]}),
    ("contact_person", {}),
    ("resource", {}),
    ("placement", {"site": "external"}),
    ("contact", {"by": "job_mediator", "way": "meeting"}),
    ("activity", {}),
    ("drop_out", {"reason": "tasks"}),
)


def crowd(cast: Cast, many: int, *, on: dt.date, seed: int = 1) -> list[Enrolment]:
    """Within a job of the town. They came over the last 500 days; some have left."""
    rng = random.Random(seed)  # noqa: S311  roads for a test
    town = cast.birkeso
    people, roads, made = [], [], []
    for n in range(many):
        person = Person(tenant_id=town.tenant, given_name=f"Menge{n}", family_name=f"Folk{n}")
        person.sort_key = person.search = f"folk{n} menge{n}"
        since = on - rng.randrange(20, 500) * DAY
        left = since + rng.randrange(10, 500) * DAY if rng.random() < 0.3 else None
        road = Enrolment(
            tenant_id=town.tenant, person=person, unit_id=town.units[0],
            programme_id=town.version, agency="JC", since=since, imported=True,
            until=left if left and left <= on else None,
            exit_reason="other" if left and left <= on else "",
        )  # fmt: skip
        people.append(person)
        roads.append(road)
        made += _lived(cast, road, rng, on)
    Person.people.bulk_create(people)
    Enrolment.enrolments.bulk_create(roads)
    for model in (Relation, StepPeriod, Category, Assignment, DatedFact, Message):
        model._default_manager.bulk_create([row for row in made if isinstance(row, model)])
    return roads


def _lived(cast: Cast, road: Enrolment, rng: random.Random, on: dt.date) -> list[Any]:
    own = {"tenant_id": road.tenant_id, "enrolment": road, "person_id": road.person_id}
    rows: list[Any] = [
        Relation(
            tenant_id=road.tenant_id, person=road.person_id, kind=Kind.UNIT, unit_id=road.unit_id,
            since=road.since, until=road.until,
        ),
        Category(
            **own, category_set="screening_group", code=rng.choice("1123"), on=road.since,
            grounds="",
        ),
    ]  # fmt: skip
    at, ends = road.since, road.until or on
    for ordinal in (1, 2, 3):
        until = at + rng.randrange(10, 200) * DAY
        is_last = ordinal == 3 or until >= ends or rng.random() < 0.3
        closed = road.until if is_last else until
        if closed is not None and closed <= at:
            break
        rows.append(
            StepPeriod(
                **own, ladder="trin", step=f"t{ordinal}", ordinal=ordinal, since=at, until=closed,
                imported=rng.random() < 0.2,
            )
        )  # fmt: skip
        if is_last:
            break
        at = until
    span = max((ends - road.since).days, 1)
    for kind, values in FACTS:
        for _turn in range(rng.randrange(3)):
            day = road.since + rng.randrange(span) * DAY
            rows.append(DatedFact(**own, source=uuid.uuid4(), kind=kind, on=day, values=values))
    rows += _mediated(cast, road, own, rng)
    return rows


def _mediated(
    cast: Cast, road: Enrolment, own: dict[str, Any], rng: random.Random
) -> list[Assignment]:
    if rng.random() < 0.2:
        return []
    part, held = Assignment.Part.JOB_MEDIATOR, []
    until = road.since + 40 * DAY if rng.random() < 0.3 else None
    first = {"member_id": cast["mads"].member, "part": part, "since": road.since}
    held.append(Assignment(**own, **first, until=until))
    if until is not None:
        second = {"member_id": cast["inge"].member, "part": part, "since": until}
        held.append(Assignment(**own, **second))
    return held
