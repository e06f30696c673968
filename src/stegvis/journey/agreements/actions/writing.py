"""Writing a version, laying it out to be signed, taking it back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import IntegrityError, transaction

from stegvis.core.progression.agreements import lacking, same_function
from stegvis.journey.agreements.facts import (
    latest_signed,
    on_the_way,
    shares,
    versions_of,
)
from stegvis.journey.agreements.facts.document import digest_of, document
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.people.models import plain
from stegvis.journey.placements.actions.deciding import change_contact
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow

State = AgreementVersion.State


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in a version; the names are those of the row."""

    since: dt.date
    tasks: tuple[str, ...] = ()
    grows_into: str = ""
    times: str = ""
    ordinary_minutes: int = 0
    ordinary_per: str = "week"
    ordinary_function: str = ""
    practice_minutes: int = 0
    practice_function: str = ""
    practice_ends: dt.date | None = None
    ordinary_on: dt.date | None = None
    ordinary_if: str = ""
    discussed_on: dt.date | None = None
    sub_goals: tuple[dict[str, str], ...] = ()
    considered: bool = False
    rhythm: str = "taper"
    topics: tuple[str, ...] = ()
    contact_id: uuid.UUID | None = None
    guide: str = ""
    change_note: str = ""
    submission: uuid.UUID = field(default_factory=uuid7)


COLUMNS = tuple(one.name for one in fields(Written) if one.name != "submission")


def save(
    placement: Placement, said: Written, *, by: Actor | None, seen: int = 0
) -> AgreementVersion:
    """Write the version on its way, or begin one. `seen`: the revision that lay before the writer,
    0 for none. What was laid out to be signed becomes a draft again: it is signed anew. Raises
    NotNow, StaleRow."""
    permit(by, Act.WRITE, placement.person_id, FieldClass.WORK)
    versions = versions_of(placement.pk)
    row, before = on_the_way(versions), latest_signed(versions)
    if before is not None and said.since < before.since:
        raise NotNow("begins_before")
    if row is None:
        if seen:
            raise StaleRow
        return _begin(placement, said, by, number=max((v.number for v in versions), default=0) + 1)
    if row.revision != seen:
        raise StaleRow
    for name, value in _values(said).items():
        setattr(row, name, value)
    row.state, row.revision = State.DRAFT, row.revision + 1
    row.document, row.digest = {}, ""
    row.save_if_unchanged(*COLUMNS, "state", "revision", "document", "digest")
    wrote("agreement_saved", [row.person_id], version=str(row.pk), number=row.number)
    return row


def _begin(
    placement: Placement, said: Written, by: Actor | None, *, number: int
) -> AgreementVersion:
    if placement.until is not None:
        raise NotNow("over")
    row = AgreementVersion(
        tenant_id=placement.tenant_id, placement=placement, enrolment_id=placement.enrolment_id,
        person_id=placement.person_id, number=number, submission=said.submission,
        by_id=by.member if by else None, **_values(said),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "agreement_one_on_the_way" in str(fault) or "agreement_numbered" in str(fault):
            raise StaleRow from None
        raise
    wrote("agreement_begun", [row.person_id], version=str(row.pk), number=number)
    return row


def _values(said: Written) -> dict[str, Any]:
    values = {name: getattr(said, name) for name in COLUMNS}
    values["tasks"] = list(dict.fromkeys(plain(one) for one in said.tasks if one.strip()))
    values["sub_goals"] = [dict(one) for one in said.sub_goals if one["text"].strip()]
    values["topics"] = list(said.topics)
    for name in ("ordinary_function", "practice_function", "guide"):
        values[name] = plain(values[name])
    return values


def lay_out(version: AgreementVersion, *, by: Actor | None) -> AgreementVersion:
    """Make the document that all sign. Whom it names at the company is the placement's contact
    from then on (FM-38). Raises NotNow with what is wrong, StaleRow."""
    permit(by, Act.WRITE, version.person_id, FieldClass.WORK)
    if version.state == State.SIGNED:
        raise NotNow("already_signed")
    said = shares(version.person_id, version.placement_id)
    version.considered = all(one.shared is not None for one in said) if said else version.considered
    if same_function(version.terms):
        raise NotNow("same_function")
    if lacking(version.terms):
        raise NotNow("lacking")
    if version.number > 1 and not version.change_note.strip():
        raise NotNow("why_missing")
    version.document = document(version, said)
    version.digest = digest_of(version.document)
    version.state = State.READY
    version.save_if_unchanged("considered", "document", "digest", "state")
    wrote("agreement_laid_out", [version.person_id], version=str(version.pk))
    _keep_contact(version, by)
    return version


def _keep_contact(version: AgreementVersion, by: Actor | None) -> None:
    row = Placement.placements.get(pk=version.placement_id)
    if version.contact_id and version.contact_id != row.contact_id and row.until is None:
        change_contact(row, version.contact, version.guide or row.guide, by=by, seen=row.version)


def take_back(version: AgreementVersion, *, by: Actor | None) -> None:
    """A draft again, or thrown away when nothing was signed yet and it is a draft."""
    permit(by, Act.WRITE, version.person_id, FieldClass.WORK)
    if version.state == State.SIGNED:
        raise NotNow("already_signed")
    if version.state == State.READY:
        unlaid(version)
        return
    version.state = State.DROPPED
    version.save_if_unchanged("state")
    wrote("agreement_dropped", [version.person_id], version=str(version.pk))


def unlaid(version: AgreementVersion) -> None:
    """What was to be signed is to be signed no longer as it stands."""
    version.state, version.document, version.digest = State.DRAFT, {}, ""
    version.revision += 1
    version.save_if_unchanged("state", "document", "digest", "revision")
    wrote("agreement_taken_back", [version.person_id], version=str(version.pk))


__all__ = ["COLUMNS", "Written", "lay_out", "save", "take_back", "unlaid"]
