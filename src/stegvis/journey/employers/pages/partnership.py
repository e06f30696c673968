"""The partnership agreement with a company: its versions, and the next one."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import talking
from stegvis.journey.employers.facts.talking import partnerships
from stegvis.journey.employers.forms import PartnershipForm
from stegvis.journey.employers.models import Company, PartnershipVersion
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
        new = talking.Agreed(**form.said())
        if done(form, lambda: talking.agree(row, new, by=visit.actor.member), PartnershipVersion()):
            return saved(request, "partnership", row.pk)
    return sheet(
        request,
        form,
        title=_("New version of the partnership agreement"),
        back="partnership",
        key=row.pk,
        place=row.name,
    )
