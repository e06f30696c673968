"""Deciding about steps. The core advises, a named person decides, both are kept; what was decided
is never changed: a correction is a new decision."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.dues import Due
from stegvis.core.progression.exemptions import refusal
from stegvis.core.progression.judgement import to_json
from stegvis.core.progression.moves import Move
from stegvis.journey.followups.actions import tie_after
from stegvis.journey.intake.actions import NotNow, close_assignment, state_income
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.screening.facts import first_talk, screens
from stegvis.journey.standing.actions import (
    Landing,
    changed,
    close_period,
    let_pass,
    open_duties,
    open_period,
    reopen_period,
    void_period,
)
from stegvis.journey.standing.models import Exemption, NextDue, Pause, StepPeriod
from stegvis.journey.steps.facts import Standing, asked, judged, known, models_for, weigh
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.voices.actions import end_way_in
from stegvis.platform.access.authority import Hidden, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind as Tie
from stegvis.platform.access.relations import untie
from stegvis.platform.accounts.calendar import Calendar
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current

Kind = StepDecision.Kind


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a person has decided. `seen` is the open period they had before them: if it is another
    now, somebody else has decided meanwhile, and nothing is written."""

    to_step: str
    effective_on: dt.date
    grounds: str = ""
    reasons: tuple[str, ...] = ()
    own_words: str = ""
    own_words_missing: str = ""
    review_on: dt.date | None = None
    support: str = ""
    purpose: str = ""
    seen: uuid.UUID | None = None


@dataclass(slots=True)
class _Making:
    """A decision on its way: what it rests on and what it changes."""

    standing: Standing
    by: Actor
    kind: str
    ladder: str
    period: StepPeriod | None
    changes: dict[str, Any] = field(default_factory=dict)


def _locked(enrolment: uuid.UUID, by: Actor) -> Enrolment:
    """The enrolment, held against a second decision until this one is written."""
    row = Enrolment.enrolments.select_for_update().filter(pk=enrolment).first()
    if row is None:
        raise Hidden(enrolment, "no_relation")
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    return row


def held(enrolment: uuid.UUID, *, by: Actor) -> Standing:
    """The enrolment judged today, held against a second decision until this one is written."""
    return _judged(_locked(enrolment, by))


def _judged(row: Enrolment) -> Standing:
    if row.until is not None:
        raise NotNow("enrolment_ended")
    return judged(row, on=current().on)


def _making(standing: Standing, *, by: Actor, kind: str) -> _Making:
    return _Making(standing, by, kind, standing.programme.primary.code, standing.period)


def decide(
    enrolment: uuid.UUID, new: NewDecision, *, by: Actor, submission: uuid.UUID | None = None
) -> StepDecision:
    """Move, or stay. Any step of the ladder may be decided; one the model does not foresee, or one
    that goes back or skips, needs grounds in writing. Raises NotNow, StaleRow, Hidden."""
    return decide_on(held(enrolment, by=by), new, by=by, submission=submission)


def decide_on(
    standing: Standing, new: NewDecision, *, by: Actor, submission: uuid.UUID | None = None
) -> StepDecision:
    """The same on what the caller already holds (see `held`) and has shown: judged once."""
    permit(by, Act.WRITE, standing.enrolment.person_id, FieldClass.PLAN)
    making = _making(standing, by=by, kind=Kind.STAY)
    period = making.period
    if new.seen != (period.pk if period else None):
        raise StaleRow
    if period and period.since > current().on:
        raise NotNow("decided_ahead")
    move = _move(making.standing, making.ladder, new.to_step)
    making.kind = Kind.STAY if period and move.kind == "stay" else Kind(move.kind)
    _check(making, move, new)
    making.changes = {"skipped": list(move.skipped), "against_advice": move.needs_reason}
    if making.kind != Kind.STAY:
        landing = _landing(making, new, attempt=move.attempt)
        opened = _open(making, landing, since=new.effective_on, closes=period)
        making.changes |= {"closes": period, "opens": opened}
    return _write(making, new, submission)


def _move(standing: Standing, ladder: str, to_step: str) -> Move:
    for move in standing.judged.open_moves:
        if move.ladder == ladder and move.to == to_step:
            return move
    raise NotNow("no_such_step")


def _check(making: _Making, move: Move, new: NewDecision) -> None:
    if move in [one for one, _why in making.standing.barred]:
        raise NotNow("category_outside")
    unusual = making.kind in StepDecision.UNUSUAL or move.needs_reason
    _check_words(new, written=unusual)
    if making.kind != Kind.STAY:
        _check_day(making, making.period, new.effective_on)
        if making.kind == Kind.ENTER:
            _check_talk(making.standing, new.effective_on)
    elif new.effective_on < making.standing.enrolment.since:
        raise NotNow("before_the_enrolment")


def _check_talk(standing: Standing, on: dt.date) -> None:
    """Where people are screened, the road begins with the first talk about it (FM-03)."""
    if not screens(standing.programme):
        return
    talk = first_talk(standing.enrolment.pk)
    if talk is not None and talk != on:
        raise NotNow("begins_with_the_talk")


def _check_words(new: NewDecision, *, written: bool) -> None:
    """Reasons that were ticked are enough for the usual move; `written`: this one needs more."""
    if not new.grounds.strip() and (written or not new.reasons):
        raise NotNow("grounds_missing")
    if not new.own_words.strip() and not new.own_words_missing:
        raise NotNow("own_words_missing")


def _check_day(
    making: _Making, closes: StepPeriod | None, on: dt.date, *, undone: StepPeriod | None = None
) -> None:
    """A step may not begin on a day that belongs to another one."""
    if closes and on <= closes.since:
        raise NotNow("before_the_step_began")
    if on < making.standing.enrolment.since:
        raise NotNow("before_the_enrolment")
    if _within_another(making, closes, on, undone):
        raise NotNow("within_an_earlier_step")


def _within_another(
    making: _Making, closes: StepPeriod | None, on: dt.date, undone: StepPeriod | None
) -> bool:
    if undone is None and closes is making.period:  # as judged: no need to ask again
        stays = making.standing.judged.road.stays.get(making.ladder, ())
        return any(stay.until is not None and stay.until > on for stay in stays)
    aside = [period.pk for period in (closes, undone) if period]
    others = StepPeriod.periods.standing().filter(enrolment=making.standing.enrolment)
    return bool(others.filter(ladder=making.ladder, until__gt=on).exclude(pk__in=aside).exists())


def _landing(making: _Making, new: NewDecision, *, attempt: int) -> Landing:
    step = making.standing.programme.step(new.to_step)
    return Landing(
        ladder=making.ladder,
        step=step.code,
        ordinal=step.ordinal,
        attempt=attempt,
        support=new.support or step.support,
        purpose=new.purpose,
    )


def _open(
    making: _Making, landing: Landing, *, since: dt.date, closes: StepPeriod | None = None
) -> StepPeriod:
    """The step begins, and with it what the programme names for staff to do there."""
    opened = open_period(making.standing.enrolment, landing, since=since, closes=closes)
    open_duties(opened, making.standing.programme.step(landing.step))
    return opened


def _write(making: _Making, new: NewDecision, submission: uuid.UUID | None) -> StepDecision:
    enrolment = making.standing.enrolment
    period = making.period
    row = StepDecision(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        programme_id=enrolment.programme_id,
        kind=making.kind,
        ladder=making.ladder,
        from_step=period.step if period else "",
        to_step=new.to_step,
        effective_on=new.effective_on,
        advice=to_json(making.standing.judged),
        reasons=list(new.reasons),
        grounds=new.grounds.strip(),
        own_words=new.own_words.strip(),
        own_words_missing="" if new.own_words.strip() else new.own_words_missing,
        review_on=new.review_on,
        by_id=making.by.member,
        submission=submission or uuid7(),
        **making.changes,
    )
    row.save(force_insert=True)
    wrote(
        "step_decided",
        [enrolment.person_id],
        decision=str(row.pk),
        kind=row.kind,
        to=row.to_step,
        origin=row.from_step,
    )
    return row


def correct(
    decision: uuid.UUID, new: NewDecision, *, by: Actor, submission: uuid.UUID | None = None
) -> StepDecision:
    """The last decision was wrong: what it opened is void, what it closed goes on, and the right
    step, if another, is opened. Both decisions stay to be read."""
    wrong = StepDecision.objects.filter(pk=decision).first()
    if wrong is None:
        raise Hidden(decision, "no_relation")
    making = _making(held(wrong.enrolment_id, by=by), by=by, kind=Kind.CORRECT)
    if correctable(wrong.enrolment_id) != wrong.pk:
        raise NotNow("only_the_latest_is_corrected")
    _move(making.standing, making.ladder, new.to_step)
    _check_words(new, written=True)
    # What the wrong one closed; if it was itself a correction that took someone back, where they
    # have stood since.
    before = wrong.closes or (None if wrong.opens else making.period)
    moves = before is None or before.step != new.to_step
    if moves:
        _check_day(making, before, new.effective_on, undone=wrong.opens)
    if before and before.step not in {s.code for s in making.standing.programme.primary.steps}:
        raise NotNow("step_not_in_version")
    if wrong.opens:
        void_period(wrong.opens)
    if wrong.closes:
        reopen_period(wrong.closes)
    making.changes = {"corrects": wrong}
    if moves:
        landing = _landing(making, new, attempt=_attempt(making, new.to_step))
        opened = _open(making, landing, since=new.effective_on, closes=before)
        making.changes |= {"closes": before, "opens": opened}
    return _write(making, new, submission)


def correctable(enrolment: uuid.UUID) -> uuid.UUID | None:
    """The one decision that can still be corrected: the latest that moved someone. To stay moved
    nobody, nor did another version of the programme."""
    rows = StepDecision.objects.filter(enrolment=enrolment, corrections__isnull=True)
    latest = rows.exclude(kind__in=(Kind.STAY, Kind.VERSION)).order_by("-created_at", "-id").first()
    return latest.pk if latest and latest.kind != Kind.LEAVE else None


def _attempt(making: _Making, step: str) -> int:
    """Which time on the step it is, those undone not counted."""
    periods = StepPeriod.periods.standing().filter(enrolment=making.standing.enrolment)
    return 1 + periods.filter(ladder=making.ladder, step=step).count()


def move_to_version(
    enrolment: uuid.UUID,
    version: ProgrammeVersion,
    new: NewDecision,
    *,
    by: Actor,
    submission: uuid.UUID | None = None,
) -> StepDecision:
    """A running enrolment goes over to another version of its programme: a decision of its own
    (INV-3). The step stays; a step of the road so far that the new version lacks could not be read
    there, so nobody with such a step goes over."""
    row = _locked(enrolment, by)
    making = _making(_judged(row), by=by, kind=Kind.VERSION)
    if version.key != row.programme.key or version.pk == row.programme_id:
        raise NotNow("another_programme")
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    if _walked(row) - _steps_of(version):
        raise NotNow("step_not_in_version")
    row.programme = version
    row.save_if_unchanged("programme")
    changed(row.pk)
    if making.period:
        open_duties(making.period, programmes({version.pk})[version.pk].step(making.period.step))
    step = making.period.step if making.period else ""
    return _write(making, _at(new, step), submission)


def _walked(enrolment: Enrolment) -> set[tuple[str, str]]:
    periods = StepPeriod.periods.standing().filter(enrolment=enrolment)
    return set(periods.values_list("ladder", "step"))


def _steps_of(version: ProgrammeVersion) -> set[tuple[str, str]]:
    ladders = programmes({version.pk})[version.pk].ladders
    return {(ladder.code, step.code) for ladder in ladders for step in ladder.steps}


def _at(new: NewDecision, step: str) -> NewDecision:
    return NewDecision(
        to_step=step,
        effective_on=new.effective_on,
        grounds=new.grounds,
        own_words=new.own_words,
        own_words_missing=new.own_words_missing or "not_asked",
    )


def leave(
    enrolment: uuid.UUID,
    new: NewDecision,
    *,
    by: Actor,
    reason: str,
    income: str,
    submission: uuid.UUID | None = None,
) -> StepDecision:
    """The person leaves the programme. Income at exit is stated, if only as unknown (AJ-62)."""
    row = _locked(enrolment, by)
    making = _making(_judged(row), by=by, kind=Kind.LEAVE)
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    _check_day(making, making.period, new.effective_on)
    for period in StepPeriod.periods.standing().filter(enrolment=row, until__isnull=True):
        if period.since >= new.effective_on:  # on another ladder than the primary one
            raise NotNow("before_the_step_began")
        close_period(period, on=new.effective_on)
    making.changes = {"closes": making.period}
    for pause in Pause.objects.filter(enrolment=row, until__isnull=True):
        pause.until = max(new.effective_on, pause.since + dt.timedelta(days=1))
        pause.save_if_unchanged("until")
    state_income(row, by=by, moment="exit", source=income, on=new.effective_on)
    decision = _write(making, _at(new, ""), submission)
    row.until, row.exit_reason = new.effective_on, reason
    row.save_if_unchanged("until", "exit_reason")
    end_way_in(row.person_id)
    held = Assignment.assignments.filter(enrolment=row, until__isnull=True).order_by("id")
    # One's own last: with it ends the right to see the others.
    for assignment in sorted(held, key=lambda one: one.member_id == by.member):
        if assignment.part == Assignment.Part.CASE_WORKER:
            tie_after(row, assignment.member_id, on=new.effective_on)
        close_assignment(assignment, on=new.effective_on)
    untie(row.person_id, Tie.UNIT, until=new.effective_on, unit=row.unit_id)
    return decision


def exempt(
    enrolment: uuid.UUID,
    cadence: str,
    reason: str,
    *,
    by: Actor,
    off: DaysOff = ALWAYS_OPEN,
    submission: uuid.UUID | None = None,
) -> Exemption:
    """What is due of this cadence is let pass this time. Raises NotNow: nothing of that kind is
    due, its window has not begun, or the same reason was used the last time; Hidden."""
    row = _locked(enrolment, by)
    on = current().on
    one = known([row.pk])[row.pk]
    models = models_for([row.programme_id], [one])
    found = weigh(row.programme_id, one, models, on=on, off=off)
    due = next((due for due in asked(found) if due.what == cadence and due.window), None)
    if due is None or due.window is None or due.window.since > on:
        raise NotNow("not_due")
    refused = refusal(found.programme, found.road, cadence, reason)
    if refused:
        raise NotNow(refused.code)
    return let_pass(
        row, by=by, cadence=cadence, window=due.window, reason=reason, submission=submission
    )


def plan_dues(enrolments: Sequence[Enrolment], calendar: Calendar, *, on: dt.date) -> None:
    """Work out anew what is due of these, and keep it for lists. It decides and moves nothing: it
    is what any page says when it judges. Four queries."""
    held = Assignment.assignments.held(on).filter(part=Assignment.Part.CASE_WORKER)
    keys = [row.pk for row in enrolments]
    workers = dict(
        held.filter(enrolment__in=keys).order_by("since", "id").values_list("enrolment", "member")
    )
    several = known(keys)
    models = models_for({row.programme_id for row in enrolments}, several.values())
    now = timezone.now()
    rows = []
    for row in enrolments:
        off = calendar.of(workers.get(row.pk), row.unit_id)
        found = weigh(row.programme_id, several[row.pk], models, on=on, off=off)
        rows.append(_next_due(row, list(asked(found)), now))
    NextDue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "enrolment"],
        update_fields=["late_from", "dues", "judged_at", "stale"],
    )


def _next_due(row: Enrolment, dues: list[Due], now: dt.datetime) -> NextDue:
    late = [one.late_from for one in dues if one.late_from]
    return NextDue(
        tenant_id=row.tenant_id,
        enrolment=row,
        person_id=row.person_id,
        late_from=min(late, default=None),
        dues=[
            {
                "what": one.what,
                "by": one.by and one.by.isoformat(),
                "late_from": one.late_from and one.late_from.isoformat(),
                "missed": one.missed,
            }
            for one in dues
        ],
        judged_at=now,
        stale=False,
    )
