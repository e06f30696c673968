"""Writing down what went wrong, what was done, how it ended; and what to do when help is needed."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from stegvis.journey.attendance.actions import Mark, mark
from stegvis.journey.attendance.facts import expected
from stegvis.journey.attendance.models import Status
from stegvis.journey.background.facts import rule_of
from stegvis.journey.incidents.facts import expired, kinds, next_working_day
from stegvis.journey.incidents.models import (
    INTOXICATION,
    MOST_THERE,
    CompensationNotice,
    Incident,
    Involved,
    Measured,
    OwnKind,
    SafetyNote,
    WrittenWarning,
)
from stegvis.journey.incidents.words import DIAGNOSES, OUTCOMES
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.sealing import seal
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current

MOST_PROMILLE = Decimal(6)


@dataclass(frozen=True, slots=True)
class NewIncident:
    kind: str
    on: dt.date
    at: dt.time | None = None
    place: str = ""
    text: str = ""
    measures: tuple[str, ...] = ()
    due: dt.date | None = None
    submission: uuid.UUID = field(default_factory=uuid7)


def note(enrolments: Sequence[Enrolment], new: NewIncident, *, by: Actor | None) -> list[Involved]:
    """Each who was there gets a part of their own. Raises NotNow."""
    for one in enrolments:
        permit(by, Act.WRITE, one.person_id, FieldClass.INCIDENT)
    _check(enrolments, new)
    persons = [one.person_id for one in enrolments]
    row = Incident(
        tenant_id=current().tenant, kind=new.kind, on=new.on, at=new.at, place=new.place.strip(),
        text=new.text.strip(), persons=persons, by_id=by.member if by else None,
        submission=new.submission,
    )  # fmt: skip
    row.save(force_insert=True)
    parts = [
        Involved(
            tenant_id=row.tenant_id, incident=row, person_id=one.person_id, enrolment=one,
            kind=row.kind, on=row.on, measures=list(new.measures), due=new.due,
        )
        for one in enrolments
    ]  # fmt: skip
    Involved.parts.bulk_create(parts)
    for part in parts:  # a row each: no log tells one of them who else was there
        wrote("incident_noted", [part.person_id], part=str(part.pk))
    return parts


def _check(enrolments: Sequence[Enrolment], new: NewIncident) -> None:
    if not enrolments:
        raise NotNow("nobody")
    if len(enrolments) > MOST_THERE:
        raise NotNow("too_many")
    kind = kinds().get(new.kind)
    if kind is None or kind.hidden:
        raise NotNow("kind_missing")
    if new.kind == INTOXICATION and len(enrolments) > 1:
        raise NotNow("one_alone")
    if new.on > current().on:
        raise NotNow("in_future")


def _still(part: Involved) -> None:
    if part.closed_on is not None:
        raise NotNow("closed")


def follow(
    part: Involved,
    *,
    own: str,
    measures: Sequence[str],
    due: dt.date | None,
    by: Actor | None,
) -> None:
    """What is about this person alone, what was done, when it is looked at again. What came of a
    test stays among the measures. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, part.person_id, FieldClass.INCIDENT)
    _still(part)
    kept = [code for code in part.measures if code in {"written_warning", "sent_home"}]
    part.own, part.due = own.strip(), due
    part.measures = list(dict.fromkeys([*measures, *kept]))
    part.save_if_unchanged("own", "measures", "due")
    wrote("incident_followed", [part.person_id], part=str(part.pk))


def close(part: Involved, outcome: str, words: str, *, by: Actor | None) -> None:
    """Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, part.person_id, FieldClass.INCIDENT)
    _still(part)
    if outcome not in OUTCOMES:
        raise NotNow("outcome_missing")
    part.closed_on, part.outcome, part.closing = current().on, outcome, words.strip()
    part.save_if_unchanged("closed_on", "outcome", "closing")
    wrote("incident_closed", [part.person_id], part=str(part.pk))


# Suspected intoxication, as the source's day tells it


def note_test(
    part: Involved, result: str, *, by: Actor | None, value: Decimal | None = None
) -> None:
    """At the case worker's. The value is optional; it is sealed, and goes by rule. Whoever may not
    read health writes none. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, part.person_id, FieldClass.DEVIATION)
    _still(part)
    if part.kind != INTOXICATION:
        raise NotNow("not_suspected")
    if part.result:
        raise NotNow("tested")
    if value is not None and not 0 <= value <= MOST_PROMILLE:
        raise NotNow("value")
    part.result = Involved.Result(result)
    part.tested_by_id = by.member if by else None
    part.save_if_unchanged("result", "tested_by_id")
    wrote("intoxication_tested", [part.person_id], part=str(part.pk))
    if value is None:
        return
    permit(by, Act.WRITE, part.person_id, FieldClass.SENSITIVE)
    Measured(
        tenant_id=part.tenant_id, part=part, person_id=part.person_id,
        sealed=seal(part.tenant_id, str(value)), by_id=by.member if by else None,
        delete_on=rule_of("measured_value").goes_on(current().on),
    ).save(force_insert=True)  # fmt: skip
    wrote("value_measured", [part.person_id], part=str(part.pk))


def send_home(part: Involved, *, by: Actor | None) -> WrittenWarning:
    """At once, with a numbered warning, welcome back the next working day. The notice to whoever
    pays is a draft. Nothing here touches tomorrow's place: the schedule stands as it stood.
    Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, part.person_id, FieldClass.DEVIATION)
    _still(part)
    if part.sent_home_at is not None:
        raise NotNow("sent_home")
    if part.kind != INTOXICATION or not part.result:
        raise NotNow("not_tested")
    if part.result == Involved.Result.NEGATIVE:
        raise NotNow("sober")
    town = Tenant.objects.get(pk=part.tenant_id)
    part.sent_home_at = timezone.now()
    part.back_on = next_working_day(town.country, part.enrolment.unit_id, current().on)
    part.measures = list(dict.fromkeys([*part.measures, "written_warning", "sent_home"]))
    part.save_if_unchanged("sent_home_at", "back_on", "measures")
    _mark_the_day(part, town.country, by)
    warning = _warn(part, part.back_on, by)
    _draft_notice(part, by)
    wrote("sent_home", [part.person_id], part=str(part.pk), back_on=str(part.back_on))
    return warning


def _mark_the_day(part: Involved, country: str, by: Actor | None) -> None:
    """The day says that they were sent home, and never why."""
    on, person = current().on, part.person_id
    said = Mark(part.enrolment, Status.SENT_HOME, part.sent_home_at or timezone.now())
    mark([said], on, expected([person], on, country=country), by=by)


def _warn(part: Involved, back_on: dt.date, by: Actor | None) -> WrittenWarning:
    rows = WrittenWarning.objects.filter(person=part.person_id)
    last = rows.aggregate(n=Max("number"))["n"] or 0
    row = WrittenWarning(
        tenant_id=part.tenant_id, part=part, person_id=part.person_id, number=last + 1,
        on=current().on, back_on=back_on, by_id=by.member if by else None,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("warning_given", [part.person_id], number=row.number)
    return row


def _draft_notice(part: Involved, by: Actor | None) -> None:
    referral = part.enrolment.referral
    CompensationNotice(
        tenant_id=part.tenant_id, part=part, person_id=part.person_id, day=current().on,
        payer_kind=part.enrolment.agency, by_id=by.member if by else None,
        payer_name=referral.referrer_name if referral else "",
    ).save(force_insert=True)  # fmt: skip
    wrote("notice_drafted", [part.person_id], part=str(part.pk))


def hand_over(notice: CompensationNotice, *, by: Actor | None) -> None:
    """A person has printed and handed it over; nothing is sent from here. Raises NotNow."""
    permit(by, Act.WRITE, notice.person_id, FieldClass.DISCLOSURE)
    if notice.handed_on is not None:
        raise NotNow("handed")
    notice.handed_on = current().on
    notice.save_if_unchanged("handed_on")
    wrote("notice_handed_over", [notice.person_id], part=str(notice.part_id))


def forget_expired() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Delete the values whose day has come; the warnings stay (INV-23). For a job alone."""
    permit(None, Act.WRITE, current().tenant, FieldClass.SENSITIVE)
    due = [row.pk for row in expired(current().on)]
    with connection.cursor() as cursor:
        cursor.execute("select value, about from incidents_forget(%s)", [due])
        gone = list(cursor.fetchall())
    if gone:
        persons = dict.fromkeys(person for _, person in gone)
        keys = [str(key) for key, _ in gone]
        wrote("deleted_by_rule", persons, sort=Sort.BATCH, rule="measured_value", rows=keys)
    return gone


# First aid


@dataclass(frozen=True, slots=True)
class NewSafetyNote:
    todo: str
    consent: str
    consent_on: dt.date
    submission: uuid.UUID = field(default_factory=uuid7)


def named_diagnosis(text: str) -> str:
    """The first word that names what somebody has, or nothing."""
    for word in re.findall(r"\w+ ?", text.casefold()):
        if word.startswith(DIAGNOSES):
            return str(word).strip()
    return ""


def note_first_aid(person: uuid.UUID, new: NewSafetyNote, *, by: Actor | None) -> SafetyNote:
    """What to do, as the person has agreed that it may be known. Raises NotNow."""
    permit(by, Act.WRITE, person, FieldClass.FIRST_AID)
    if not new.todo.strip():
        raise NotNow("nothing_said")
    if named_diagnosis(new.todo):
        raise NotNow("diagnosis")
    if new.consent_on > current().on:
        raise NotNow("consent_ahead")
    row = SafetyNote(
        tenant_id=current().tenant, person_id=person, todo=new.todo.strip(), consent=new.consent,
        consent_on=new.consent_on, by_id=by.member if by else None, submission=new.submission,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("first_aid_noted", [person], note=str(row.pk))
    return row


def withdraw_first_aid(row: SafetyNote, *, by: Actor | None) -> None:
    """From now on nobody reads it. The person can do it at any time. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.FIRST_AID)
    if row.withdrawn_on is not None:
        raise NotNow("withdrawn")
    row.withdrawn_on = current().on
    row.save_if_unchanged("withdrawn_on")
    wrote("first_aid_withdrawn", [row.person_id], note=str(row.pk))


# The list of kinds


def add_kind(name: str) -> None:
    """Raises NotNow."""
    said = " ".join(name.split())[:60]
    code = f"own_{slugify(said)}"[:40]
    if code == "own_":
        raise NotNow("name_missing")
    OwnKind.objects.update_or_create(
        tenant_id=current().tenant, code=code, defaults={"name": said, "hidden": False}
    )
    wrote("incident_kind_set", code=code, hidden=False)


def hide_kind(code: str, *, hidden: bool) -> None:
    """One that has been used keeps its name where it stands; suspected intoxication stays."""
    if code not in kinds() or code == INTOXICATION:
        raise NotNow("kind_missing")
    OwnKind.objects.update_or_create(
        tenant_id=current().tenant, code=code, defaults={"hidden": hidden}
    )
    wrote("incident_kind_set", code=code, hidden=hidden)
