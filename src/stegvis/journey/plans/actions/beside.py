"""What goes on beside the plan: measures of other actors, never a condition of anything (N-12), and
what the person was offered, told to nobody (KN-139)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.plans.models import Choice, ParallelMeasure
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

UNNAMED = "other"
"""What the core is told of a measure that tells of health: that there is one, not which."""


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """`since` empty: it is asked for and has not begun."""

    kind: str
    what: str
    owner: str
    legal_basis: str = ""
    health: bool = False
    requested_on: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def ask_measure(
    enrolment: Enrolment,
    new: NewMeasure,
    *,
    by: Actor | None,
    flagged: ParallelMeasure | None = None,
    submission: uuid.UUID | None = None,
) -> ParallelMeasure:
    """Write down what another actor is asked for or already does. `flagged`: the need that a
    supervisor had seen, which this answers. Raises NotNow, Hidden."""
    _permit(by, enrolment.person_id, health=new.health)
    if not new.owner.strip():
        raise NotNow("owner_organisation_missing")
    row = flagged or ParallelMeasure(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    names = ("kind", "what", "owner", "legal_basis", "health", "requested_on", "since", "until")
    for name in names:
        setattr(row, name, getattr(new, name))
    if row.requested_on is None and row.since is None:
        row.requested_on = current().on
    if flagged is None:
        row.save(force_insert=True)
    else:
        row.save_if_unchanged(*names)
    _told(row)
    return row


def need_support(
    enrolment: Enrolment, what: str, *, by: Actor | None, submission: uuid.UUID | None = None
) -> ParallelMeasure:
    """Whoever meets the person at work sees that another's support is needed; the case worker is
    to ask for it (KN-33). Raises NotNow, Hidden."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if not what.strip():
        raise NotNow("words_missing")
    row = ParallelMeasure(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        kind=UNNAMED,
        what=what.strip(),
        flagged_on=current().on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("support_needed", [enrolment.person_id], measure=str(row.pk))
    return row


def answer_measure(measure: ParallelMeasure, *, answer: str, on: dt.date, by: Actor | None) -> None:
    """The other actor has answered. Raises NotNow, StaleRow, Hidden."""
    _permit(by, measure.person_id, health=measure.health)
    if measure.requested_on and on < measure.requested_on:
        raise NotNow("day_order")
    measure.answer, measure.answered_on = ParallelMeasure.Answer(answer), on
    measure.save_if_unchanged("answer", "answered_on")
    _told(measure)


def begin_measure(measure: ParallelMeasure, *, on: dt.date, by: Actor | None) -> None:
    """Raises NotNow, StaleRow, Hidden."""
    _permit(by, measure.person_id, health=measure.health)
    if measure.until is not None:
        raise NotNow("measure_ended")
    measure.since = on
    measure.save_if_unchanged("since")
    _told(measure)


def end_measure(measure: ParallelMeasure, *, on: dt.date, by: Actor | None) -> None:
    """Raises NotNow, StaleRow, Hidden."""
    _permit(by, measure.person_id, health=measure.health)
    if measure.since is None or on < measure.since:
        raise NotNow("day_order")
    measure.until = on
    measure.save_if_unchanged("until")
    _told(measure)


def _permit(by: Actor | None, person: uuid.UUID, *, health: bool) -> None:
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    if health:
        permit(by, Act.WRITE, person, FieldClass.SENSITIVE)


def _told(row: ParallelMeasure) -> None:
    since = row.since or row.requested_on or current().on
    measure = UNNAMED if row.health else row.kind
    tell(
        row.enrolment, "parallel_measure",
        source=row.pk, on=since, until=row.until, measure=measure, state=row.state,
    )  # fmt: skip
    wrote("measure_written", [row.person_id], measure=str(row.pk), state=row.state)


@dataclass(frozen=True, slots=True)
class NewChoice:
    offered: str
    answer: str
    chosen: str = ""
    reason: str = ""
    on: dt.date | None = None


def choose(
    enrolment: Enrolment, new: NewChoice, *, by: Actor | None, submission: uuid.UUID | None = None
) -> Choice:
    """The person's own choice, or that they declined. It stays here: no fact is told of it and
    no message made, and the journal does not say which it was (KN-139). Raises NotNow, Hidden."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.VOICE)
    on = new.on or current().on
    if on > current().on:
        raise NotNow("not_yet")
    row = Choice(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        offered=new.offered.strip(),
        answer=Choice.Answer(new.answer),
        chosen=new.chosen.strip(),
        reason=new.reason.strip(),
        on=on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("choice_written", [enrolment.person_id])
    return row
