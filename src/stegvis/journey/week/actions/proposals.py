"""Asking for a week to be worked out, and what becomes of it: taken over, undone, thrown away.

A proposal is its asker's alone. Taken over, each person's part is written by the same verb as a
press on the board, and only where their week still stands as it did when it was worked out.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from procrastinate.contrib.django import app

from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.actions.planning import NewSlot, plan
from stegvis.journey.week.facts import states
from stegvis.journey.week.models import Half, Proposal, ProposedWeek
from stegvis.platform.access.authority import may, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

WORK = FieldClass.WORK
TASK, QUEUE = "week.propose", "planning"
S = Proposal.State
GOING, LIVE = (S.ASKED, S.WORKING), (S.ASKED, S.WORKING, S.READY)


@dataclass(frozen=True, slots=True)
class Absence:
    """A person or a member who supervises, and the half days they are not there."""

    halves: tuple[tuple[dt.date, str], ...]
    person: Enrolment | None = None
    lead: uuid.UUID | None = None


def ask(
    unit: uuid.UUID, monday: dt.date, what: str, *, by: Actor, absence: Absence | None = None
) -> Proposal:
    """Have the week worked out by the worker, with the rights of `by`. What they had asked before
    of the same week and not taken over is thrown away. Raises NotNow: "over", "nobody_away"."""
    if monday + dt.timedelta(days=5) <= current().on:
        raise NotNow("over")
    if (what == Proposal.What.REPAIR) != (absence is not None and bool(absence.halves)):
        raise NotNow("nobody_away")
    before = Proposal.proposals.filter(by=by.member, unit=unit, monday=monday, state__in=LIVE)
    for old in before.select_for_update().order_by("id"):
        _end(old, S.THROWN)
    row = Proposal(
        tenant_id=current().tenant,
        unit_id=unit,
        monday=monday,
        what=what,
        lead_id=absence.lead if absence else None,
        away=[f"{day}|{half}" for day, half in absence.halves] if absence else [],
        by_id=by.member,
    )
    row.save(force_insert=True)
    if absence and absence.person:
        ill = absence.person
        permit(by, Act.WRITE, ill.person_id, WORK)
        ProposedWeek(
            tenant_id=row.tenant_id, proposal=row, enrolment=ill, person_id=ill.person_id, ill=True
        ).save(force_insert=True)
    job = app.configure_task(TASK, queue=QUEUE)
    job.defer(tenant=str(row.tenant_id), proposal=str(row.pk), member=str(by.member))
    wrote("proposal_asked", week=str(Week.of(monday)), kind=what)
    return row


def cancel(row: Proposal, *, by: Actor) -> None:
    """The worker sees it at its next step; what it finds after that is not kept."""
    if row.by_id == by.member and row.state in GOING:
        _end(row, S.CANCELLED)
        wrote("proposal_cancelled", week=str(Week.of(row.monday)))


def throw(row: Proposal, *, by: Actor) -> None:
    """Nothing of it is kept but that it was asked for."""
    if row.by_id == by.member and row.state in (*LIVE, S.FAILED):
        _end(row, S.THROWN)
        wrote("proposal_thrown_away", week=str(Week.of(row.monday)))


def _end(row: Proposal, state: Proposal.State) -> None:
    row.state = state
    row.save_if_unchanged("state")
    ProposedWeek.weeks.filter(proposal=row).delete()


def take_over(row: Proposal, *, by: Actor, only: uuid.UUID | None = None) -> tuple[int, int]:
    """Onto the board, for all or for one person: how many half days, and how many people's weeks
    were left because somebody has changed them since. Raises NotNow: "not_ready"."""
    if row.by_id != by.member or row.state != S.READY:
        raise NotNow("not_ready")
    put = left = 0
    for one in _weeks(row, only, ProposedWeek.State.OPEN):
        if not _may(one, by):
            continue
        Enrolment.enrolments.select_for_update().only("pk").get(pk=one.enrolment_id)
        halves = _put(one, row, by=by)
        if halves is None:
            one.state = ProposedWeek.State.CHANGED
            one.save_if_unchanged("state")
            left += 1
            continue
        put += halves
        one.state, one.after = ProposedWeek.State.TAKEN, _now(one, row)
        one.save_if_unchanged("state", "after")
    wrote("proposal_taken_over", week=str(Week.of(row.monday)), halves=put, left=left)
    return put, left


def _put(one: ProposedWeek, row: Proposal, *, by: Actor) -> int | None:
    """One person's half days; None where their week, an area or a licence is no longer as it was:
    what cannot be for one keeps nobody else waiting."""
    if _now(one, row) != one.seen:
        return None
    try:
        return plan(one.enrolment, [_slot(at, to) for at, _from, to in one.moves], by=by)
    except NotNow:
        return None


def undo(row: Proposal, *, by: Actor) -> tuple[int, int]:
    """Back to what stood before, of all who still stand as it was taken over; how many half days,
    and how many people were left since somebody has changed their week after that."""
    if row.by_id != by.member or row.state != S.READY:
        raise NotNow("not_ready")
    back = left = 0
    for one in _weeks(row, None, ProposedWeek.State.TAKEN):
        if not _may(one, by):
            continue
        Enrolment.enrolments.select_for_update().only("pk").get(pk=one.enrolment_id)
        if _now(one, row) != one.after:
            left += 1
            continue
        back += plan(one.enrolment, [_slot(at, was) for at, was, _to in one.moves], by=by)
        one.state, one.seen = ProposedWeek.State.OPEN, _now(one, row)
        one.save_if_unchanged("state", "seen")
    wrote("proposal_undone", week=str(Week.of(row.monday)), halves=back, left=left)
    return back, left


def _weeks(
    row: Proposal, only: uuid.UUID | None, state: ProposedWeek.State
) -> Iterable[ProposedWeek]:
    rows = ProposedWeek.weeks.filter(proposal=row, state=state).select_related("enrolment")
    rows = rows.filter(person=only) if only else rows
    return [one for one in rows.order_by("enrolment", "id") if one.moves]


def _may(one: ProposedWeek, by: Actor) -> bool:
    return may(by, Act.WRITE, one.person_id, WORK, on=current().on)


def _now(one: ProposedWeek, row: Proposal) -> str:
    return states([one.person_id], row.monday)[one.person_id]


def _slot(at: str, area: str | None) -> NewSlot:
    day, _bar, half = at.partition("|")
    return NewSlot(dt.date.fromisoformat(day), Half(half), uuid.UUID(area) if area else None)


__all__ = ["GOING", "Absence", "ask", "cancel", "take_over", "throw", "undo"]
