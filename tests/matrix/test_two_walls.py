"""The two walls, held against each other: `decide()` in Python, `stegvis_reach()` in SQL, and
`reached()`, the filter that lists are made with. Each was written for itself.

Random worlds of roles, ties, bars, shields and dates; for each member and person the three must
say the same. Worlds are made in bulk and the member is changed by setting the context only.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from stegvis.journey.people.models import Person
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import (
    Act,
    Actor,
    Allow,
    FieldClass,
    Holding,
    Subject,
    Tie,
    decide,
)
from stegvis.platform.access.models import BY_UNIT, Kind, Relation, Shield
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-01", "X-03")]
ON = dt.date(2026, 3, 2)
PEOPLE, MEMBERS = 40, 10


@dataclass(slots=True)
class World:
    """Ties are denser than in life, so that every combination meets every other."""

    tenant: uuid.UUID
    members: list[Member]
    grants: list[Grant]
    people: list[Person]
    relations: list[Relation]
    shields: list[Shield]

    def actors(self) -> list[Actor]:
        held = defaultdict(list)
        for grant in self.grants:
            if grant.since <= ON and (grant.until is None or grant.until > ON):
                held[grant.member_id].append(Holding(Role(grant.role), grant.unit_id))
        return [Actor(self.tenant, m.pk, tuple(held[m.pk])) for m in self.members]

    def subjects(self) -> dict[uuid.UUID, Subject]:
        ties = defaultdict(list)
        for r in self.relations:
            ties[r.person].append(Tie(Kind(r.kind), r.member_id, r.unit_id, r.since, r.until))
        shielded = {s.person for s in self.shields if s.lifted_on is None}
        return {
            p.pk: Subject(self.tenant, tuple(ties[p.pk]), shielded=p.pk in shielded)
            for p in self.people
        }


def _dates(dice: random.Random) -> tuple[dt.date, dt.date | None]:
    """Near the day itself, where half-open ends go wrong."""
    since = ON + dt.timedelta(days=dice.choice([-9, -9, -1, 0, 0, 1]))
    until = dice.choice([None, None, None, None, 0, 1, -1])
    return since, None if until is None else max(since, ON + dt.timedelta(days=until))


def _grants(dice: random.Random, members: list[Member], units: list[Unit]) -> list[Grant]:
    made = []
    for member in members:
        for role in dice.sample(list(Role), dice.choice([0, 2, 3, 4])):
            since, until = _dates(dice)
            unit, tenant = dice.choice([None, *units]), member.tenant_id
            held = {"role": role, "unit": unit, "since": since, "until": until}
            made.append(Grant(tenant_id=tenant, member=member, **held))
    return Grant.grants.bulk_create(made)


def _relations(
    dice: random.Random, people: list[Person], members: list[Member], units: list[Unit]
) -> list[Relation]:
    made = {}
    for person in people:
        for _ in range(dice.randrange(12)):
            kind = dice.choice(list(Kind))
            since, until = _dates(dice)
            row = Relation(
                tenant_id=person.tenant_id,
                person=person.pk,
                kind=kind,
                member=None if kind in BY_UNIT else dice.choice(members),
                unit=dice.choice(units) if kind in BY_UNIT else None,
                since=since,
                until=until,
            )
            key = (person.pk, kind, row.member_id, row.unit_id, until and uuid.uuid4())
            made[key] = row
    return Relation.relations.bulk_create(made.values())


def _shields(dice: random.Random, people: list[Person], lifter: Member) -> list[Shield]:
    made = []
    for person in people:
        if dice.random() < 0.35:
            lifted = dice.choice([None, None, ON, ON + dt.timedelta(days=9)])
            by = lifter if lifted else None
            made.append(
                Shield(
                    tenant_id=person.tenant_id, person=person.pk, grade="marked", source="staff",
                    since=ON + dt.timedelta(days=dice.choice([-9, 3])),
                    lifted_on=lifted, lifted_by=by,
                )
            )  # fmt: skip
    return Shield.objects.bulk_create(made)


def _world(cast: Cast, seed: int) -> World:
    """A world of its own inside Ekdala; the cast's own members take the parts."""
    dice = random.Random(seed)  # noqa: S311 — a world to be made again from its number
    tenant = cast.ekdala.tenant
    with scope(tenant, service="test", on=ON):
        Grant.grants.update(until=dt.date(2025, 1, 1), since=dt.date(2024, 1, 1))
        members = list(Member.members.order_by("pk")[:MEMBERS])
        units = list(Unit.objects.order_by("pk"))
        people = [
            Person(tenant_id=tenant, given_name=f"p{n}", family_name="x", sort_key="x", search="x")
            for n in range(PEOPLE)
        ]
        Person.people.bulk_create(people)
        return World(
            tenant=tenant,
            members=members,
            grants=_grants(dice, members, units),
            people=people,
            relations=_relations(dice, people, members, units),
            shields=_shields(dice, people, members[0]),
        )


def _through_rows(world: World, actor: Actor, about: uuid.UUID | None = None) -> set[uuid.UUID]:
    """What row security lets through, no filter of the application's added."""
    with scope(world.tenant, member=actor.member, on=ON), connection.cursor() as cursor:
        cursor.execute("select set_config('stegvis.about', %s, true)", [str(about or "")])
        cursor.execute("select id from people_person where family_name = 'x'")
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute("select set_config('stegvis.about', '', true)")
        return found


def _through_lists(world: World, actor: Actor, field_class: FieldClass) -> set[uuid.UUID]:
    """What a list shows, with the database's wall out of the way."""
    with scope(world.tenant, service="test", on=ON):
        rows = Person.people.filter(reached(actor, field_class, on=ON), family_name="x")
        return set(rows.order_by("pk").values_list("pk", flat=True))


def _decided(world: World, actor: Actor, field_class: FieldClass) -> set[uuid.UUID]:
    return {
        person
        for person, subject in world.subjects().items()
        if isinstance(decide(actor, Act.READ, subject, field_class, on=ON), Allow)
    }


def _compare(cast: Cast, seed: int, *, lists: bool) -> tuple[int, int]:
    """Pairs compared, and how many of them were open: a test of closed doors proves little."""
    world = _world(cast, seed)
    pairs = opened = 0
    for actor in world.actors():
        by_class = {one: _decided(world, actor, one) for one in FieldClass}
        allowed = set().union(*by_class.values())
        assert _through_rows(world, actor) == allowed, (seed, actor)
        for about in random.Random(seed).sample([p.pk for p in world.people], 3):  # noqa: S311
            # Whom a page is about is a shorter way to the same answer, and opens nobody.
            assert _through_rows(world, actor, about) == allowed, (seed, actor, about)
        for one in FieldClass if lists else ():
            assert _through_lists(world, actor, one) == by_class[one], (seed, one, actor)
        pairs += PEOPLE
        opened += len(allowed)
    return pairs, opened


def _over(cast: Cast, seeds: range) -> tuple[int, int]:
    pairs = opened = 0
    for seed in seeds:
        with transaction.atomic():
            more = _compare(cast, seed, lists=seed % 4 == 0)
            transaction.set_rollback(True)
        pairs, opened = pairs + more[0], opened + more[1]
    return pairs, opened


def test_both_walls_and_the_lists_open_the_same_doors(cast: Cast) -> None:
    pairs, opened = _over(cast, range(12))
    assert pairs == 12 * PEOPLE * MEMBERS
    assert opened > 200


@pytest.mark.night
@pytest.mark.parametrize("block", range(20))
def test_both_walls_agree_over_two_hundred_thousand_pairs(cast: Cast, block: int) -> None:
    pairs, opened = _over(cast, range(1000 + block * 25, 1025 + block * 25))
    assert pairs * 20 == 200_000
    assert opened > 400


def test_the_comparison_notices_when_a_wall_says_something_else(cast: Cast) -> None:
    """A positive control: one tie more than the decision is told of."""
    world = _world(cast, 7)
    actor = next(a for a in world.actors() if a.holds(Role.CASE_WORKER))
    unseen = next(p for p in world.people if p.pk not in _through_rows(world, actor))
    world.relations = [r for r in world.relations if r.person != unseen.pk]
    with scope(world.tenant, service="test", on=ON):
        Relation.relations.filter(person=unseen.pk).update(
            until=dt.date(2025, 1, 1), since=dt.date(2024, 1, 1)
        )
        Shield.objects.filter(person=unseen.pk, lifted_on=None).update(
            lifted_on=ON, lifted_by=actor.member
        )
        Relation.relations.create(
            tenant_id=world.tenant, person=unseen.pk, kind=Kind.CASE_WORKER,
            member_id=actor.member, since=ON,
        )  # fmt: skip
    assert unseen.pk in _through_rows(world, actor)
    assert all(unseen.pk not in _decided(world, actor, one) for one in FieldClass)
