"""The partnership agreement with a company: its versions, and the next one."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import partnering
from stegvis.journey.employers.facts.talking import partnerships
from stegvis.journey.employers.forms import PartnershipForm, SignedForm
from stegvis.journey.employers.models import Company, PartnershipSigned, PartnershipVersion
from stegvis.journey.employers.pages.ground import done, edits, got, posted, saved, sheet
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

COPIED = ("company_does", "we_do", "together", "until")


@page(*facts.READERS)
@require_safe
def partnership(request: HttpRequest, company: uuid.UUID) -> HttpResponse:
    """The newest as a sheet to print and sign; those before below it, as they were."""
    row: Company = got(Company.objects, company)
    versions = partnerships(row.pk)
    context = {
        "row": row,
        "newest": versions[0] if versions else None,
        "older": versions[1:],
        "town": visit_of(request).tenant_name,
        "edits": edits(request),
    }
    return render(request, "employers/partnership.html", context)


@page(*facts.EDITORS)
def new_partnership(request: HttpRequest, company: uuid.UUID) -> HttpResponse:
    """Begins with what the newest says; what is saved is a version of its own."""
    row, visit = got(Company.objects, company), visit_of(request)
    newest = next(iter(partnerships(row.pk)), None)
    known: dict[str, Any] = {name: getattr(newest, name) for name in COPIED} if newest else {}
    form = PartnershipForm(posted(request), initial=known | {"since": visit.scope.on})
    if form.is_valid():
        new = partnering.Agreed(**form.said())
        if done(
            form, lambda: partnering.agree(row, new, by=visit.actor.member), PartnershipVersion()
        ):
            return saved(request, "partnership", row.pk)
    return sheet(
        request,
        form,
        title=_("New version of the partnership agreement"),
        back="partnership",
        key=row.pk,
        place=row.name,
    )


@page(*facts.EDITORS)
def sign_partnership(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Both have signed on paper: who, and on which day."""
    rows = PartnershipVersion.objects.select_related("company")
    row, visit = got(rows, partnership), visit_of(request)
    known = {"signed_for_us": visit.member_name, "signed_on": visit.scope.on}
    form = SignedForm(posted(request), initial=known)
    if form.is_valid() and done(
        form,
        lambda: partnering.sign(row, **form.said(), by=visit.actor.member),
        PartnershipSigned(),
    ):
        return saved(request, "partnership", row.company_id)
    return sheet(
        request,
        form,
        title=_("Signed on paper: version %(n)s") % {"n": row.number},
        back="partnership",
        key=row.company_id,
        place=row.company.name,
    )
