"""Working a proposal out, beside all requests: read, search without a transaction, write.

The worker opens the municipality as the member who asked, so it reads what they may read and
nothing else; what they may no longer see when it is done is not written.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from stegvis.core.scheduling.explain import Unmet, unmet
from stegvis.core.scheduling.instance import Plan
from stegvis.core.scheduling.placing import placing
from stegvis.core.scheduling.repair import repair, without
from stegvis.core.scheduling.solve import plan as solve
from stegvis.core.values.sentences import Sentence
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.facts.board import board
from stegvis.journey.week.facts.proposing import Ground, ground
from stegvis.journey.week.models import Proposal, ProposedWeek
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Act, Actor, FieldClass, Holding, Purpose
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope

SECONDS = 20.0  # of search; ours
PLACING, READ, HALF_WAY, FOUND = 4.0, 10, 55, 90  # seconds; and how far of a hundred
S = Proposal.State

type Clock = Callable[[], float]


class Stopped(Exception):
    """Whoever asked does not want it any more."""


@dataclass(frozen=True, slots=True)
class _Job:
    tenant: uuid.UUID
    proposal: uuid.UUID
    member: uuid.UUID


@dataclass(frozen=True, slots=True)
class _Made:
    """`none`: no plan was found in the time there was."""

    plan: Plan
    short: tuple[Unmet, ...] = ()
    proven: bool = False
    none: bool = False


def work_out(tenant: uuid.UUID, proposal: uuid.UUID, member: uuid.UUID, *, clock: Clock) -> None:
    """Leaves the proposal ready, failed, or as it was if it is not to be worked out any more."""
    job = _Job(tenant, proposal, member)
    try:
        read = _read(job)
        made = _searched(job, *read, clock)
        _write(job, read[1], made)
    except Stopped:
        return
    except Exception:
        _failed(job)
        raise


@contextmanager
def _at_work(job: _Job) -> Iterator[Proposal]:
    with scope(job.tenant, member=job.member), keeping(Page("week_proposal", Purpose.CASE_WORK)):
        rows = Proposal.proposals.select_for_update().filter(pk=job.proposal, by=job.member)
        row: Proposal | None = rows.first()
        if row is None or row.state not in (S.ASKED, S.WORKING):
            raise Stopped
        yield row


def _read(job: _Job) -> tuple[Proposal, Ground, frozenset[str]]:
    """The week as the asker sees it, and who of their people is ill."""
    with _at_work(job) as row:
        actor, on = _actor(job), current().on
        rows = Enrolment.enrolments.visible_to(actor, on).open()
        own = actor.holds(Role.WORK_SUPERVISOR, Role.CASE_WORKER)
        people = rows if own else rows.filter(unit=row.unit_id)
        write = reached(actor, FieldClass.WORK, on=on, column="person_id", act=Act.WRITE)
        mine = set(rows.filter(write).order_by().values_list("person_id", flat=True))
        country = Tenant.objects.only("country").get(pk=job.tenant).country
        made = board(people, row.unit_id, row.monday, calendar(country, row.monday))
        found = ground(made, mine, on=on, what=row.what)
        ill = ProposedWeek.weeks.filter(proposal=row, ill=True).order_by("id")
        ids = frozenset(str(one) for one in ill.values_list("person_id", flat=True))
        row.state, row.done = S.WORKING, READ
        row.save_if_unchanged("state", "done")
    return row, found, ids


def _actor(job: _Job) -> Actor:
    held = Grant.grants.held(current().on).filter(member=job.member).order_by("id")
    holdings = tuple(Holding(Role(one.role), one.unit_id) for one in held)
    return Actor(job.tenant, job.member, tuple(h for h in holdings if h.role != Role.PARTICIPANT))


def _searched(job: _Job, row: Proposal, read: Ground, ill: frozenset[str], clock: Clock) -> _Made:
    if row.what == Proposal.What.REPAIR:
        return _repaired(row, read, ill, clock)

    def told(bounds: dict[str, int], spent: float) -> None:
        with _at_work(job) as now:
            now.done = FOUND if now.done >= HALF_WAY else HALF_WAY
            now.save_if_unchanged("done")

    week = placing(read.week, seconds=PLACING, seed=0)
    found = solve(week, seconds=SECONDS, seed=0, clock=clock, progress=told)
    if found.status not in ("optimal", "feasible"):
        return _Made({}, none=True)
    return _Made(found.plan, found.unmet, found.status == "optimal")


def _repaired(row: Proposal, read: Ground, ill: frozenset[str], clock: Clock) -> _Made:
    away = frozenset(row.away)
    absent = dict.fromkeys([*ill, *(read.leads.get(row.lead_id, ()) if row.lead_id else ())], away)
    published = _movable(read)
    people = {
        name: replace(one, target=sum(s not in away for s in published.get(name, {})))
        if name in ill
        else one
        for name, one in read.week.people.items()
    }
    week = replace(read.week, people=people)
    found = repair(
        week, published, absent=absent, seconds=SECONDS / 2, seed=0, clock=clock, bearing=True
    )
    if found.plan is None:
        return _Made({}, none=True)
    short = tuple(one for one in unmet(without(week, absent), found.plan) if one.person not in ill)
    return _Made(found.plan, short, found.proven)


def _movable(read: Ground) -> Plan:
    held = set(read.week.held)
    return {
        who: {s: area for s, area in there.items() if _is_free(read, held, who, s, area)}
        for who, there in read.standing.items()
    }


def _is_free(read: Ground, held: set[Any], who: str, slot: str, area: str) -> bool:
    return (who, area, slot) not in held and slot not in read.week.people[who].fixed


def _write(job: _Job, read: Ground, made: _Made) -> None:
    with _at_work(job) as row:
        row.state, row.done, row.proven = S.READY, 100, made.proven
        if made.none:
            row.state = S.FAILED
        row.save_if_unchanged("state", "done", "proven")
        actor = _actor(job)
        write = reached(actor, FieldClass.WORK, on=current().on, column="person_id", act=Act.WRITE)
        still = Enrolment.enrolments.open().filter(write).order_by()
        keys = {str(one) for one in still.values_list("person_id", flat=True)}
        ill = {str(one.person_id): one for one in ProposedWeek.weeks.filter(proposal=row)}
        short = {one.person: one for one in made.short}
        persons = []
        for who, enrolment in sorted(read.of.items()) if not made.none else ():
            moves = _moves(read, made.plan, who)
            if who in keys and (moves or who in short or who in ill):
                one = ill.get(who) or _part(row, enrolment)
                one.moves, one.seen = moves, read.seen[who]
                _say_short(one, short.get(who))
                one.save()
                persons.append(enrolment.person_id)
        wrote("week_proposed", persons, people=len(persons))


def _moves(read: Ground, plan: Plan, who: str) -> list[list[str | None]]:
    """Half day, area now, area then; nothing of what is not to be planned."""
    now, then, fixed = read.standing.get(who, {}), plan.get(who, {}), read.week.people[who].fixed
    return [
        [slot, now.get(slot), then.get(slot)]
        for slot in read.week.slots
        if slot not in fixed and now.get(slot) != then.get(slot)
    ]


def _part(row: Proposal, enrolment: Enrolment) -> ProposedWeek:
    return ProposedWeek(
        tenant_id=row.tenant_id, proposal=row, enrolment=enrolment, person_id=enrolment.person_id
    )


def _say_short(one: ProposedWeek, short: Unmet | None) -> None:
    if short is not None:
        one.planned, one.target, one.why = short.planned, short.target, _codes(short.because)


def _codes(because: Sentence) -> dict[str, Any]:
    """Codes and keys of areas; which pair is kept apart stands in none of it."""
    rules = [
        {"code": one.code, "area": str(one.values.get("area") or one.values.get("team") or "")}
        for one in because.values.get("rules", ())
    ]
    numbers = {k: v for k, v in because.values.items() if isinstance(v, int)}
    return {"code": because.code, "rules": rules, **numbers}


def _failed(job: _Job) -> None:
    try:
        with _at_work(job) as row:
            row.state = S.FAILED
            row.save_if_unchanged("state")
    except Stopped:
        return
