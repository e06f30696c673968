"""Showing areas, and what is said of them: offered, chosen, left out. Nothing here bars anybody
from anything; what speaks against a place is said and kept with why (KN-99)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.facts.fits import Against, speaks_against
from stegvis.journey.work.models import (
    AreaChoice,
    FunctionLimit,
    Showing,
    ShownArea,
    WhyLeftOut,
)
from stegvis.journey.work.words import why_left_out
from stegvis.journey.workplaces.facts import areas_offered
from stegvis.journey.workplaces.models import Function, WorkArea
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

MOST = 3  # the highest level a limit may have: above it there is none
OFFERED, CHOSEN, LEFT_OUT = AreaChoice.What


def _is_own(by: Actor | None) -> bool:
    return by is not None and by.holds(Role.PARTICIPANT)


def _permit(by: Actor | None, person: uuid.UUID) -> None:
    """The choice is the person's own to say; staff write it as work."""
    permit(by, Act.WRITE, person, FieldClass.VOICE if _is_own(by) else FieldClass.WORK)


def _about(enrolment: Enrolment, by: Actor | None) -> dict[str, Any]:
    if enrolment.until is not None:
        raise NotNow("ended")
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by else None,
    }


def show_areas(
    enrolment: Enrolment,
    shown: Collection[uuid.UUID] | None = None,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Showing:
    """The areas that are open in the unit today were shown: all, or only these. Raises NotNow:
    "ended", "none_shown"."""
    _permit(by, enrolment.person_id)
    about = _about(enrolment, by)
    areas = areas_offered(enrolment.unit_id, on=current().on)
    seen = {one.pk for one in areas} & set(shown if shown is not None else (a.pk for a in areas))
    if not seen:
        raise NotNow("none_shown")
    row = Showing(**about, on=current().on, submission=submission or uuid7())
    row.save(force_insert=True)
    each = {"tenant_id": row.tenant_id, "showing": row, "person_id": row.person_id}
    ShownArea.objects.bulk_create(
        [ShownArea(**each, area=one, shown=one.pk in seen) for one in areas]
    )
    wrote("areas_shown", [row.person_id], shown=len(seen), open=len(areas), own=_is_own(by))
    return row


@dataclass(frozen=True, slots=True)
class NewChoice:
    """`by_person`: the choice is the person's own; said by themselves it always is."""

    area: WorkArea
    what: str
    by_person: bool = True
    reason: str = ""
    words: str = ""


def choose_area(
    enrolment: Enrolment,
    new: NewChoice,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> AreaChoice:
    """Offered, chosen or left out, from today on. Where a known limit speaks against what is chosen
    and staff write it, it is said why. Raises NotNow: "ended", "nothing_said", "reason_missing",
    "why_missing", "speaks_against"."""
    _permit(by, enrolment.person_id)
    about = _about(enrolment, by)
    by_person = _is_own(by) or (new.by_person and new.what != OFFERED)
    _check(new, by_person=by_person)
    despite = against_area(enrolment, new.area) if new.what == CHOSEN else ()
    if despite and not _is_own(by) and not new.words.strip():
        raise NotNow("speaks_against")
    row = AreaChoice(
        **about,
        area=new.area,
        what=new.what,
        by_person=by_person,
        reason=new.reason if new.what == LEFT_OUT else "",
        words=new.words.strip(),
        despite=[one.function for one in despite],
        on=current().on,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote(
        "area_choice_written", [row.person_id],
        choice=str(row.pk), outcome=row.what, own=by_person, despite=len(row.despite),
    )  # fmt: skip
    return row


def against_area(enrolment: Enrolment, area: WorkArea) -> tuple[Against, ...]:
    return speaks_against(enrolment.pk, on=current().on, area=area)


def _check(new: NewChoice, *, by_person: bool) -> None:
    if new.what not in AreaChoice.What.values:
        raise NotNow("nothing_said")
    known = why_left_out()
    if new.what == LEFT_OUT and (new.reason not in known or known[new.reason].closed):
        raise NotNow("reason_missing")
    if new.what == CHOSEN and not by_person and not new.words.strip():
        raise NotNow("why_missing")


@dataclass(frozen=True, slots=True)
class NewLimit:
    function: str
    at_most: int


def agree_limit(
    enrolment: Enrolment,
    new: NewLimit,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> FunctionLimit:
    """Of a function no more than a level from today on; one that held gives way. Raises NotNow:
    "ended", "no_such_function"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    about = _about(enrolment, by)
    known = Function.objects.filter(code=new.function, until__isnull=True)
    if not 0 <= new.at_most <= MOST or not known.exists():
        raise NotNow("no_such_function")
    # Two who agree at once follow each other: one limit of a function holds.
    Enrolment.enrolments.select_for_update().only("pk").get(pk=enrolment.pk)
    for held in FunctionLimit.objects.filter(
        enrolment=enrolment, function=new.function, until__isnull=True
    ).order_by("id"):
        _end(held)
    row = FunctionLimit(
        **about,
        function=new.function,
        at_most=new.at_most,
        since=current().on,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("limit_agreed", [row.person_id], limit=str(row.pk))
    return row


def end_limit(row: FunctionLimit, *, by: Actor | None) -> None:
    """It speaks against nothing any more; that it did stays."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    if row.until is None:
        _end(row)
        wrote("limit_ended", [row.person_id], limit=str(row.pk))


def _end(row: FunctionLimit) -> None:
    row.until = current().on
    row.save_if_unchanged("until")


@dataclass(frozen=True, slots=True)
class NewReason:
    sv: str
    da: str
    en: str
    health: bool
    closed: bool = False


def change_reason(new: NewReason, *, code: str = "") -> WhyLeftOut:
    """One of the list in other words or out of use from now on; without `code` one more. What once
    was of health stays so: what is written under it was. Raises NotNow: "reason_twice"."""
    known = why_left_out()
    names = {one.texts["sv"].casefold() for key, one in known.items() if key != code}
    if new.sv.casefold() in names:
        raise NotNow("reason_twice")
    row = WhyLeftOut.objects.filter(code=code).first() if code else None
    if row is None:
        row = WhyLeftOut(tenant_id=current().tenant, code=code or f"own_{uuid7().hex[-12:]}")
    for name in ("sv", "da", "en", "closed"):
        setattr(row, name, getattr(new, name))
    row.health = new.health or (code in known and known[code].health)
    row.save()
    wrote("why_left_out_changed", code=row.code, closed=row.closed)
    return row
