"""What the person has been told of and offered beside the mapping."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions.ground import common, still_open
from stegvis.journey.mapping.models import FundStatus, Guidance, LanguageNeed, ToldOfMethods
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote


def tell_of_methods(
    enrolment: Enrolment, *, by: Actor | None, on: dt.date, cards: Iterable[uuid.UUID] = ()
) -> ToldOfMethods:
    """The person was told which methods and tools there are (AJ-11)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    still_open(enrolment)
    row = ToldOfMethods(**common(enrolment, by), cards=list(cards), on=on)
    row.save(force_insert=True)
    tell(enrolment, "information", source=row.pk, on=on, about="methods")
    wrote("told_of_methods", [enrolment.person_id], cards=len(row.cards))
    return row


@dataclass(frozen=True, slots=True)
class _Fund:
    told_on: dt.date | None
    applied_on: dt.date | None
    member: str


def note_fund(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    told_on: dt.date | None,
    applied_on: dt.date | None = None,
    member: str = FundStatus.Member.UNKNOWN,
    seen: int = 0,
) -> FundStatus:
    """How it stands with the unemployment fund, one row an enrolment. `seen`: the version one had
    before one, 0 for none. Raises StaleRow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    still_open(enrolment)
    if told_on and applied_on and applied_on < told_on:
        raise NotNow("applied_before_told")
    row = FundStatus.objects.filter(enrolment=enrolment).first()
    now = _Fund(told_on, applied_on, member)
    row = _first(enrolment, now, by) if row is None else _again(row, now, seen)
    if told_on:
        tell(enrolment, "information", source=row.pk, on=told_on, about="unemployment_fund")
    wrote("fund_noted", [enrolment.person_id], row=str(row.pk))
    return row


def _first(enrolment: Enrolment, now: _Fund, by: Actor | None) -> FundStatus:
    row = FundStatus(
        **common(enrolment, by),
        told_on=now.told_on,
        applied_on=now.applied_on,
        member=now.member,
    )
    row.save(force_insert=True)
    return row


def _again(row: FundStatus, now: _Fund, seen: int) -> FundStatus:
    row.told_on, row.applied_on, row.member, row.version = (
        now.told_on,
        now.applied_on,
        now.member,
        seen,
    )
    row.save_if_unchanged("told_on", "applied_on", "member")
    return row


def note_guidance(enrolment: Enrolment, *, by: Actor | None, on: dt.date, about: str) -> Guidance:
    """A study guidance session (AJ-45). The goal may be changed to studies after it."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    still_open(enrolment)
    if not about.strip():
        raise NotNow("nothing_said")
    row = Guidance(**common(enrolment, by), about=about.strip(), on=on)
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=on, what="study_guidance")
    wrote("study_guidance_held", [enrolment.person_id], row=str(row.pk))
    return row


def note_language_need(
    enrolment: Enrolment, *, by: Actor | None, on: dt.date, need: str, how: str = ""
) -> LanguageNeed:
    """A new dated row; an earlier one stays as it was."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    still_open(enrolment)
    row = LanguageNeed(**common(enrolment, by), need=need, how=how, on=on)
    row.save(force_insert=True)
    wrote("language_need_judged", [enrolment.person_id], need=need)
    return row
