"""Completing a training, giving the diploma, taking it up among the person's certificates."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Max

from stegvis.journey.certificates.models import Certificate, Completion, TrainingModule
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions import CredentialText, note_credential
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


def add_module(name: str, holds: str, place: str) -> TrainingModule:
    """Raises NotNow."""
    row = TrainingModule(
        tenant_id=current().tenant, name=name.strip(), holds=holds.strip(), place=place.strip()
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "training_named_once" not in str(fault):
            raise
        raise NotNow("named_before") from None
    wrote("training_added", module=str(row.pk))
    return row


def complete(
    enrolment: Enrolment,
    module: TrainingModule,
    *,
    by: Actor | None,
    on: dt.date,
    submission: uuid.UUID | None = None,
) -> Certificate:
    """All of it is done: the diploma follows, and there is no other way to one. Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if on > current().on:
        raise NotNow("ahead")
    if Completion.objects.filter(person=enrolment.person_id, module=module).exists():
        raise NotNow("done_before")
    row = Completion(
        tenant_id=enrolment.tenant_id, person_id=enrolment.person_id, enrolment=enrolment,
        module=module, name=module.name, holds=module.holds, on=on,
        by_id=by.member if by else None, submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("training_completed", [row.person_id], module=str(module.pk))
    return _issue(row, by)


def _issue(completion: Completion, by: Actor | None) -> Certificate:
    rows = Certificate.objects.filter(person=completion.person_id)
    row = Certificate(
        tenant_id=completion.tenant_id, person_id=completion.person_id, completion=completion,
        number=(rows.aggregate(n=Max("number"))["n"] or 0) + 1, on=current().on,
        by_id=by.member if by else None,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("diploma_given", [row.person_id], number=row.number)
    return row


def take_up(certificate: Certificate, *, by: Actor | None) -> None:
    """Among the certificates of the CV. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, certificate.person_id, FieldClass.PLAN)
    if certificate.credential_id is not None:
        raise NotNow("in_cv")
    done = certificate.completion
    text = CredentialText("certificate", done.name, "yes")
    certificate.credential = note_credential(done.enrolment, text, by=by)
    certificate.save_if_unchanged("credential")
    wrote("diploma_taken_up", [certificate.person_id], number=certificate.number)
