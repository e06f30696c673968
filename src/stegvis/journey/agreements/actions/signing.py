"""Each side signs exactly the document that lay before it; when all three have, it holds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.facts import latest_signed, signed_by, versions_of
from stegvis.journey.agreements.models import (
    AgreementVersion,
    EmployerLink,
    FollowUpDate,
    Side,
    Signature,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import Hidden, authorise, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind
from stegvis.platform.accounts.models import Member
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current

How, State = Signature.How, AgreementVersion.State


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of signing: which side, how, and the hash of what was read."""

    side: str
    how: str
    digest: str
    submission: uuid.UUID = field(default_factory=uuid7)


def sign(version: AgreementVersion, act: Signing, *, by: Actor) -> AgreementVersion:
    """The municipality for itself; the person on their own page, beside a colleague or on paper;
    the company on paper, with who saw it. Raises NotNow, StaleRow, Hidden."""
    person = version.person_id
    if act.side == Side.PARTICIPANT:
        own = authorise(by, Act.WRITE, person, FieldClass.VOICE, on=current().on)
        if (own.basis is Kind.SELF) != (act.how == How.OWN_PAGE):
            raise Hidden(person, "another_hand")
        return _sign(version, act, role="participant", name=version.person.name, by=by)
    allowed = authorise(by, Act.WRITE, person, FieldClass.WORK, on=current().on)
    if act.side == Side.EMPLOYER:
        if act.how != How.PAPER:
            raise Hidden(person, "another_hand")
        name = version.contact.name if version.contact else ""
        return _sign(version, act, role="employer", name=name, by=by)
    role = "job_mediator" if allowed.basis is Kind.JOB_MEDIATOR else "case_worker"
    name = Member.members.get(pk=by.member).name
    return _sign(version, act, role=role, name=name, by=by)


def sign_by_link(link: EmployerLink, act: Signing) -> AgreementVersion:
    """The company, by a link that has been opened with its code. Raises NotNow, StaleRow."""
    permit(None, Act.WRITE, link.person_id, FieldClass.WORK)
    version = AgreementVersion.versions.filter(placement=link.placement_id, state="ready").first()
    if version is None:
        raise NotNow("not_ready")
    return _sign(version, act, role="employer", name=link.contact.name, link=link)


def _sign(
    version: AgreementVersion,
    act: Signing,
    *,
    role: str,
    name: str,
    by: Actor | None = None,
    link: EmployerLink | None = None,
) -> AgreementVersion:
    """Two hands at one moment: the second waits for the first, and then reads what it wrote."""
    rows = AgreementVersion.versions.select_for_update(of=("self",)).filter(pk=version.pk)
    now: AgreementVersion = rows.select_related("placement__site", "person", "contact").get()
    if now.state == State.SIGNED and now.digest == act.digest:
        return now  # pressed twice, or on two devices
    if now.state != State.READY:
        raise NotNow("already_signed" if now.state == State.SIGNED else "not_ready")
    if now.digest != act.digest:
        raise StaleRow
    if Signature.objects.filter(of=now, side=act.side, digest=act.digest).exists():
        return now
    row = Signature(
        tenant_id=now.tenant_id, of=now, person_id=now.person_id, side=act.side, role=role,
        name=name, how=act.how, digest=act.digest, on=current().on,
        by_id=by.member if by else None, link=link, submission=act.submission,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("agreement_signed", [now.person_id], version=str(now.pk), side=act.side, how=act.how)
    _complete(now)
    return now


def _complete(version: AgreementVersion) -> None:
    found = signed_by(version)
    if any(one.waits for one in found):
        return
    earlier = latest_signed(versions_of(version.placement_id))
    version.state, version.signed_on = State.SIGNED, current().on
    version.save_if_unchanged("state", "signed_on")
    _plan(version, earlier)
    roles = [one.signature.role for one in found if one.signature]
    _tell(version, roles)
    wrote("agreement_holds", [version.person_id], version=str(version.pk), number=version.number)


def _plan(version: AgreementVersion, earlier: AgreementVersion | None) -> None:
    """The days of the follow-up plan. A change of tasks or hours leaves the days as they are; a
    change of rhythm puts new ones in the place of those to come."""
    if earlier is not None and earlier.rhythm == version.rhythm:
        return
    rows = FollowUpDate.objects.filter(placement=version.placement_id, on__gte=version.since)
    for row in rows.filter(state=FollowUpDate.State.PLANNED).order_by("on", "id"):
        row.state = FollowUpDate.State.DROPPED
        row.save_if_unchanged("state")
    until = core.months_after(version.placement.since, core.YEAR_MONTHS)
    if version.placement.ends:
        until = min(until, version.placement.ends)
    planned = core.meetings(core.RHYTHMS[version.rhythm], version.since, until)
    FollowUpDate.objects.bulk_create(
        FollowUpDate(
            tenant_id=version.tenant_id, of=version, person_id=version.person_id,
            placement_id=version.placement_id, on=one.on, way=one.way, phase=one.phase,
        )
        for one in planned
    )  # fmt: skip


def _tell(version: AgreementVersion, roles: list[str]) -> None:
    """What a programme's conditions ask for: who has signed, and whether pay begins at once."""
    on, when = current().on, version.ordinary_on
    later = when.isoformat() if when else "on_condition"
    tell(
        version.enrolment, "agreement", source=version.pk, on=on, signed_by=roles,
        sections=list(core.PARTS), ordinary_hours_from_start=version.ordinary is not None,
        ordinary_when=None if version.ordinary else later,
    )  # fmt: skip
    tell(version.enrolment, "follow_up_plan", source=version.pk, on=on, signed_by=roles)
