"""What a mediator does: a contact in three presses, others drawn in, barriers, advice, sparring."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from stegvis.journey.followups.actions import NewContact, contact
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mediation.models import (
    Advice,
    Exchange,
    Hindrance,
    Partner,
    SparredCase,
    Sparring,
    Touch,
)
from stegvis.journey.standing.actions import tell
from stegvis.journey.waivers.facts import Counterpart, for_person
from stegvis.journey.waivers.models import Category, Direction, Waiver
from stegvis.platform.access.authority import Hidden, may, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

TALKS = FieldClass.TALKS
DIAGNOSIS = re.compile(r"\bD[A-Z]\d{2,4}\b|\b[A-Z]\d{2}\.\d")
"""What looks like a code of ICD-10, or of its Danish edition (SKS, with a D before)."""


def _asked(enrolment: Enrolment, by: Actor | None) -> None:
    permit(by, Act.WRITE, enrolment.person_id, TALKS)
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")


def _common(enrolment: Enrolment, by: Actor | None) -> dict[str, Any]:
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by else None,
    }


@dataclass(frozen=True, slots=True)
class NewTouch:
    """`went` "": there was no answer."""

    way: str
    went: str
    on: dt.date
    acute: bool = False
    words: str = ""


def touch(
    enrolment: Enrolment,
    new: NewTouch,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Touch | None:
    """A contact and how it went. An acute one is told as such (FM-37); none came about: no touch.
    Raises NotNow."""
    _asked(enrolment, by)
    made = contact(
        enrolment.person_id,
        NewContact("participant", new.way, new.on, reached=bool(new.went), outcome=new.words),
        by=by,
        enrolment=enrolment,
        submission=submission,
    )
    if not new.went:
        return None
    common = _common(enrolment, by)
    del common["by_id"]
    row = Touch(**common, contact=made, on=new.on, went=new.went, acute=new.acute)
    row.save(force_insert=True)
    if new.acute:
        tell(enrolment, "event", source=row.pk, on=new.on, what="acute_contact", by=made.part)
    wrote("touched", [enrolment.person_id], row=str(row.pk), went=new.went, acute=new.acute)
    return row


# Others who work with the person


@dataclass(frozen=True, slots=True)
class NewPartner:
    counterpart: str
    organisation: str
    since: dt.date
    name: str = ""
    reach: str = ""


def consent(person: uuid.UUID, counterpart: str, organisation: str) -> Waiver | None:
    """A waiver in force for this counterpart, the one that lasts longest. One query."""
    return consenting(for_person(person), counterpart, organisation)


def consenting(waivers: Iterable[Waiver], counterpart: str, organisation: str) -> Waiver | None:
    at, told = timezone.now(), Counterpart(counterpart, organisation)
    fit = [row for row in waivers if row.in_force(at) and told.is_of(row)]
    return max(fit, key=lambda row: (row.over_at, row.pk), default=None)


def add_partner(enrolment: Enrolment, new: NewPartner, *, by: Actor | None) -> Partner:
    """Only on the person's consent. Raises NotNow: "no_consent"."""
    _asked(enrolment, by)
    if not new.organisation.strip():
        raise NotNow("text_missing")
    waiver = consent(enrolment.person_id, new.counterpart, new.organisation)
    if waiver is None:
        raise NotNow("no_consent")
    row = Partner(**_common(enrolment, by), waiver=waiver, **asdict(new))
    row.save(force_insert=True)
    wrote("partner_added", [enrolment.person_id], row=str(row.pk), kind=new.counterpart)
    return row


def end_partner(row: Partner, *, by: Actor | None, on: dt.date) -> None:
    permit(by, Act.WRITE, row.person_id, TALKS)
    row.until = max(on, row.since)
    row.save_if_unchanged("until")
    wrote("partner_ended", [row.person_id], row=str(row.pk))


def exchange(
    enrolment: Enrolment,
    partners: Sequence[Partner],
    *,
    by: Actor | None,
    on: dt.date,
    joint: bool = False,
    words: str = "",
) -> Exchange:
    """A contact with one of them, or a meeting of several with the person. Raises NotNow."""
    _asked(enrolment, by)
    if not partners:
        raise NotNow("nobody_chosen")
    waivers = for_person(enrolment.person_id)
    for one in partners:
        if consenting(waivers, one.counterpart, one.organisation) is None:
            raise NotNow("consent_over")
    keys = [one.pk for one in partners]
    row = Exchange(**_common(enrolment, by), on=on, partners=keys, joint=joint, words=words.strip())
    row.save(force_insert=True)
    what = "joint_meeting" if joint else "other_contact"
    tell(enrolment, "event", source=row.pk, on=on, what=what)
    wrote("exchanged", [enrolment.person_id], row=str(row.pk), n=len(keys), joint=joint)
    return row


# Barriers


@dataclass(frozen=True, slots=True)
class NewHindrance:
    sort: str
    text: str
    on: dt.date
    about: str = ""
    action: str = ""
    action_by: str = ""


def note_hindrance(enrolment: Enrolment, new: NewHindrance, *, by: Actor | None) -> Hindrance:
    """As the person says and rates it."""
    _asked(enrolment, by)
    if not new.text.strip():
        raise NotNow("text_missing")
    row = Hindrance(**_common(enrolment, by), **asdict(new))
    row.about = new.about if new.sort == Hindrance.Sort.DERIVED else ""
    row.save(force_insert=True)
    _tell(row)
    wrote("hindrance_noted", [enrolment.person_id], row=str(row.pk), kind=row.sort)
    return row


def _tell(row: Hindrance) -> None:
    """A derived one by its word; of the others only that there is one: it may be health."""
    state = "solved" if row.solved_on else "open"
    about = row.about or None
    tell(row.enrolment, "barrier", source=row.pk, on=row.on, state=state, about=about)


def act_on(row: Hindrance, action: str, action_by: str, *, by: Actor | None) -> None:
    """What is done about it, and by whom. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, TALKS)
    if row.solved_on:
        raise NotNow("solved_already")
    if not action.strip():
        raise NotNow("text_missing")
    row.action, row.action_by = action.strip(), action_by.strip()
    row.save_if_unchanged("action", "action_by")
    wrote("hindrance_acted_on", [row.person_id], row=str(row.pk))


def solve(row: Hindrance, result: str, *, by: Actor | None, on: dt.date) -> None:
    """It hinders no more: closed, with what came of it. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, TALKS)
    if row.solved_on:
        raise NotNow("solved_already")
    if not result.strip():
        raise NotNow("result_missing")
    row.result, row.solved_on = result.strip(), on
    row.save_if_unchanged("result", "solved_on")
    _tell(row)
    wrote("hindrance_solved", [row.person_id], row=str(row.pk))


# Advice on health at work


def ask_advice(
    enrolment: Enrolment, kind: str, question: str, *, by: Actor | None, on: dt.date
) -> Advice:
    """Only where the person has agreed that health is told to them. Raises NotNow."""
    _asked(enrolment, by)
    _check_words(question)
    at = timezone.now()
    fit = [
        row
        for row in for_person(enrolment.person_id)
        if row.counterpart_kind == kind
        and Category.HEALTH in row.categories
        and row.direction in {Direction.GIVE, Direction.BOTH}
        and row.in_force(at)
    ]
    if not fit:
        raise NotNow("no_consent")
    row = Advice(
        **_common(enrolment, by), waiver=fit[0], kind=kind, question=question.strip(), on=on
    )
    row.save(force_insert=True)
    wrote("advice_asked", [enrolment.person_id], row=str(row.pk), kind=kind)
    return row


def answer_advice(
    row: Advice, answer: str, answered_by: str, *, by: Actor | None, on: dt.date
) -> None:
    """How work can be mastered, in a few words of the adviser's. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, TALKS)
    if row.answer:
        raise NotNow("answered_already")
    _check_words(answer)
    row.answer, row.answered_by, row.answered_on = answer.strip(), answered_by.strip(), on
    row.save_if_unchanged("answer", "answered_by", "answered_on")
    wrote("advice_answered", [row.person_id], row=str(row.pk))


def _check_words(text: str) -> None:
    if not text.strip():
        raise NotNow("text_missing")
    if DIAGNOSIS.search(text):
        raise NotNow("a_diagnosis")


# Talking cases over


@dataclass(frozen=True, slots=True)
class NewSparring:
    kind: str
    on: dt.date
    theme: str
    members: tuple[uuid.UUID, ...] = ()
    unit: uuid.UUID | None = None


def spar(
    new: NewSparring,
    cases: Sequence[tuple[Enrolment, str]],
    *,
    by: Actor,
    submission: uuid.UUID | None = None,
) -> Sparring:
    """Cases talked over; of each what came of it, where those who may see the person read it.
    Raises NotNow, Hidden."""
    for enrolment, _result in cases:
        _may_spar(enrolment.person_id, by)
    if not cases:
        raise NotNow("no_case_chosen")
    if not new.theme.strip():
        raise NotNow("text_missing")
    row = Sparring(
        tenant_id=current().tenant,
        unit_id=new.unit,
        kind=new.kind,
        on=new.on,
        theme=new.theme.strip(),
        members=list(new.members),
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    SparredCase.objects.bulk_create(
        SparredCase(
            tenant_id=row.tenant_id,
            sparring=row,
            enrolment=enrolment,
            person_id=enrolment.person_id,
            result=result.strip(),
        )
        for enrolment, result in cases
    )
    persons = [enrolment.person_id for enrolment, _result in cases]
    wrote("sparred", persons, row=str(row.pk), kind=new.kind)
    return row


def _may_spar(person: uuid.UUID, by: Actor) -> None:
    """Whoever works with the person, or manages the unit: they write here as they do elsewhere."""
    on = current().on
    if not any(
        may(by, Act.WRITE, person, one, on=on) for one in (FieldClass.WORK, FieldClass.PLAN)
    ):
        raise Hidden(person, "field_class")
