"""Broken off: what is told and proposed. Nothing moves until somebody decides about the step."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions.asking import about, ask
from stegvis.journey.placements.actions.placing import tell_placement
from stegvis.journey.placements.models import DropOut, DropOutException, Placement
from stegvis.journey.placements.words import reasons
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.actions import tell
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class NewDropOut:
    """`on`: the day it was broken off; it does not hold from that day on. `seen`: the version of
    the placement the writer had before them."""

    on: dt.date
    reason: str
    side: str
    seen: int
    words: str = ""


def drop_out(
    placement: Placement, new: NewDropOut, *, by: Actor | None, submission: uuid.UUID | None = None
) -> DropOut:
    """The placement was broken off. Everything before stays; the core proposes the next attempt
    from the day after, and a person decides (FM-50, INV-13). Raises NotNow: "ended",
    "placement_over", "dropped_before", "no_reason", "not_yet", "ends_before"; StaleRow."""
    ask(by, placement.person_id)
    if new.words.strip():
        permit(by, Act.WRITE, placement.person_id, FieldClass.TALKS)
    given = about(placement.enrolment, by)
    _check(placement, new)
    placement.version = new.seen
    placement.until = max(new.on, placement.since)
    placement.save_if_unchanged("until")
    row = DropOut(
        **given,
        placement=placement,
        step=_stood(placement.enrolment, new.on),
        on=new.on,
        reason=new.reason,
        side=new.side,
        words=new.words.strip(),
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell_placement(placement)
    # Why may be health, and is not told.
    tell(placement.enrolment, "drop_out", source=row.pk, on=row.on, step=row.step or None)
    wrote("dropped_out", [row.person_id], placement=str(placement.pk), side=row.side)
    return row


def _check(placement: Placement, new: NewDropOut) -> None:
    if placement.drop_outs.exists():
        raise NotNow("dropped_before")
    if placement.until is not None:
        raise NotNow("placement_over")
    if new.reason not in reasons() or new.side not in DropOut.Side.values:
        raise NotNow("no_reason")
    if new.on > current().on:
        raise NotNow("not_yet")
    if new.on < placement.since:
        raise NotNow("ends_before")


def _stood(enrolment: Enrolment, on: dt.date) -> str:
    """The step of the programme's first ladder that day."""
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    rows = StepPeriod.periods.on(on).filter(enrolment=enrolment, ladder=model.primary.code)
    period = rows.order_by("-since", "-id").first()
    return period.step if period else ""


@dataclass(frozen=True, slots=True)
class NewException:
    """`code`: one of the programme's exceptions."""

    code: str
    grounds: str


def set_exception(
    row: DropOut, new: NewException, *, by: Actor, submission: uuid.UUID | None = None
) -> DropOutException:
    """The road is broken off instead, as the programme knows it (FM-51): of the case worker who
    holds the case, of nobody else. Raises NotNow: "ended", "no_exception", "grounds_missing",
    "excepted_before"."""
    permit(by, Act.WRITE, row.person_id, FieldClass.SENSITIVE)
    given = about(row.enrolment, by)
    model = programmes({row.enrolment.programme_id})[row.enrolment.programme_id]
    rule = model.transitions.drop_out
    if rule is None or new.code not in rule.exceptions:
        raise NotNow("no_exception")
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    if row.exceptions.exists():
        raise NotNow("excepted_before")
    made = DropOutException(
        **given,
        drop_out=row,
        code=new.code,
        grounds=new.grounds.strip(),
        on=current().on,
        submission=submission or uuid7(),
    )
    made.save(force_insert=True)
    on = max(made.on, row.on)
    tell(row.enrolment, "exception", source=made.pk, on=on, code=made.code, by=rule.exception_by)
    wrote("drop_out_excepted", [row.person_id], drop_out=str(row.pk), code=made.code)
    return made
