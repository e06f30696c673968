"""The person lets a company know of one consideration, or not: their own answer, one by one."""

from __future__ import annotations

import uuid

from stegvis.journey.abilities.models import Adaptation
from stegvis.journey.agreements.actions.writing import unlaid
from stegvis.journey.agreements.models import AgreementVersion, ShareAnswer
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


def answer_share(
    placement: Placement,
    adaptation: uuid.UUID,
    *,
    shared: bool,
    by: Actor,
    submission: uuid.UUID | None = None,
) -> ShareAnswer | None:
    """From the person's own page, or as they said it to a colleague. A "no" takes what it is about
    out of a document that waits to be signed. The same answer again writes nothing. Raises NotNow,
    Hidden."""
    allowed = authorise(by, Act.WRITE, placement.person_id, FieldClass.VOICE, on=current().on)
    rows = Adaptation.objects.filter(pk=adaptation, person=placement.person_id)
    if not rows.filter(until__isnull=True).exists():
        raise NotNow("no_adaptation")
    said = ShareAnswer.objects.filter(placement=placement, adaptation=adaptation)
    last = said.order_by("-created_at", "-id").first()
    if last is not None and last.shared == shared:
        return None
    row = ShareAnswer(
        tenant_id=placement.tenant_id, person_id=placement.person_id, placement=placement,
        enrolment_id=placement.enrolment_id, adaptation_id=adaptation, shared=shared,
        aloud=allowed.basis is not Kind.SELF, on=current().on, by_id=by.member,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("share_answered", [row.person_id], adaptation=str(adaptation), shared=shared)
    _out_of_what_waits(row)
    return row


def _out_of_what_waits(said: ShareAnswer) -> None:
    ready = AgreementVersion.versions.filter(placement=said.placement_id, state="ready")
    for version in ready.select_for_update(of=("self",)).order_by("pk"):
        held = {one["key"] for one in version.document["considerations"]}
        if said.shared != (str(said.adaptation_id) in held):
            unlaid(version)
