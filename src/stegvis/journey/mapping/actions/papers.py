"""The CV, the application letter, grades, certificates and references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions.ground import common, is_own, still_open
from stegvis.journey.mapping.models import Credential, Paper, PaperReview
from stegvis.journey.standing.actions import tell, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow


@dataclass(frozen=True, slots=True)
class NewPaper:
    """`seen`: the number of the version one had before one; 0 when there was none."""

    kind: str
    state: str
    on: dt.date
    seen: int
    sections: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    reason: str = ""


def write_paper(enrolment: Enrolment, new: NewPaper, *, by: Actor | None) -> Paper:
    """A new version; the ones before stay. The person may write their own. Raises StaleRow."""
    own = FieldClass.VOICE if is_own(by) else FieldClass.PLAN
    permit(by, Act.WRITE, enrolment.person_id, own)
    still_open(enrolment)
    written = {code: text for code, text in new.sections.items() if text.strip()}
    made = new.state == Paper.State.MADE
    _check(new, written)
    before = list(
        Paper.objects.filter(enrolment=enrolment, kind=new.kind)
        .order_by("number")
        .values_list("pk")
    )
    if new.seen != len(before):
        raise StaleRow
    row = Paper(
        **common(enrolment, by),
        kind=new.kind,
        number=new.seen + 1,
        state=new.state,
        source="own" if made else new.source,
        sections=written if made else {},
        reason=new.reason if new.state == Paper.State.NOT_MADE else "",
        on=new.on,
    )
    _insert(row)
    if new.state == Paper.State.NOT_MADE:
        for (key,) in before:
            untell(key)
    else:
        tell(
            enrolment,
            "document",
            source=row.pk,
            on=row.on,
            document=row.kind,
            state=row.source or None,
        )
    wrote("paper_written", [enrolment.person_id], paper=row.kind, number=row.number)
    return row


def _check(new: NewPaper, written: Mapping[str, str]) -> None:
    if new.state == Paper.State.MADE and not written:
        raise NotNow("nothing_said")
    if new.state == Paper.State.NOT_MADE and not new.reason.strip():
        raise NotNow("reason_missing")


def _insert(row: Paper) -> None:
    """Two who save at once: the second has not seen the first's version."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "paper_numbered_once" not in str(fault):
            raise
        raise StaleRow from None


def review_paper(enrolment: Enrolment, kind: str, *, by: Actor | None, on: dt.date) -> PaperReview:
    """Gone through together, late on the road (AJ-12)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    still_open(enrolment)
    rows = Paper.objects.filter(enrolment=enrolment, kind=kind)
    if not rows.exclude(state=Paper.State.NOT_MADE).aggregate(n=Max("number"))["n"]:
        raise NotNow("nothing_to_review")
    row = PaperReview(**common(enrolment, by), kind=kind, on=on)
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=on, what="paper_reviewed", about=kind)
    wrote("paper_reviewed", [enrolment.person_id], paper=kind)
    return row


@dataclass(frozen=True, slots=True)
class CredentialText:
    """`owner` and `due`: who obtains what is missing, by when."""

    kind: str
    what: str
    exists: str
    owner: str = ""
    due: dt.date | None = None
    contact: str = ""
    consent_on: dt.date | None = None
    classes: tuple[str, ...] = ()
    valid_to: dt.date | None = None


LICENCE = "licence"
CHANGED = (
    "kind", "what", "exists", "owner", "due", "contact", "consent_on", "classes", "valid_to",
)  # fmt: skip


def _check_credential(new: CredentialText) -> None:
    if not new.what.strip():
        raise NotNow("nothing_said")
    if new.exists == Credential.Exists.NO and not (new.owner and new.due):
        raise NotNow("owner_missing")
    if new.contact.strip() and not (new.kind == "reference" and new.consent_on):
        raise NotNow("consent_missing")
    looked_at = new.classes and new.valid_to
    if new.kind == LICENCE and new.exists == Credential.Exists.YES and not looked_at:
        raise NotNow("licence_not_seen")
    if new.kind != LICENCE and (new.classes or new.valid_to):
        raise NotNow("classes_of_a_licence")


def _said(new: CredentialText) -> dict[str, Any]:
    return asdict(new) | {"classes": list(new.classes)}


def note_credential(enrolment: Enrolment, new: CredentialText, *, by: Actor | None) -> Credential:
    """What is missing is an open task until it is obtained (AJ-13)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    still_open(enrolment)
    _check_credential(new)
    row = Credential(**common(enrolment, by), **_said(new))
    row.save(force_insert=True)
    wrote("credential_noted", [enrolment.person_id], kind=row.kind, exists=row.exists)
    return row


def change_credential(row: Credential, new: CredentialText, *, by: Actor | None) -> None:
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    still_open(row.enrolment)
    _check_credential(new)
    for name, value in _said(new).items():
        setattr(row, name, value)
    row.save_if_unchanged(*CHANGED)
    wrote("credential_changed", [row.person_id], kind=row.kind, exists=row.exists)


def obtained(row: Credential, *, by: Actor | None, on: dt.date) -> None:
    """It has come: the task is done."""
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    still_open(row.enrolment)
    if row.kind == LICENCE and not (row.classes and row.valid_to):
        raise NotNow("licence_not_seen")
    row.exists, row.obtained_on = Credential.Exists.YES, on
    row.save_if_unchanged("exists", "obtained_on")
    wrote("credential_obtained", [row.person_id], kind=row.kind)
