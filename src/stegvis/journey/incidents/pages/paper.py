"""The warning and the notice as PDF/UA. The name of the file says nothing of the person."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.incidents.models import CompensationNotice, WrittenWarning
from stegvis.journey.incidents.pages.one import READERS, person_of
from stegvis.journey.intake.words import agency
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.platform.documents.typesetting import pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.speech import speaking
from stegvis.platform.ui.dates import long_day


@page(*READERS, shows=FieldClass.DEVIATION, person="person")
@require_safe
def warning_pdf(request: HttpRequest, person: uuid.UUID, number: int) -> HttpResponse:
    visit = visit_of(request)
    row = WrittenWarning.objects.filter(person=person, number=number).first()
    if row is None:
        raise Http404
    return file(warning_paper(row, person_of(person, visit).name, visit), f"{number}-{row.on}.pdf")


def warning_paper(row: WrittenWarning, name: str, visit: Visit) -> bytes:
    """In the municipality's language. Neither a value nor anybody else is in it."""
    lang = language(visit)
    with speaking(lang):
        values = head(row.person_id, _("Written warning"), row.on, visit) | {
            "to": [
                f"{_('Name')}: {name}",
                f"{_('Warning number')}: {row.number}",
                f"{_('Given by')}: {row.by.name if row.by else visit.tenant_name}",
            ],
            "sections": [
                {"title": _("What this is about"), "lines": [
                    _("On %(day)s you were sent home from work on suspicion of being influenced "
                      "by alcohol or drugs. At a workplace that is never accepted: it is dangerous "
                      "to you and to those you work with.") % {"day": long_day(row.on)}]},
                {"title": _("What happens now"), "lines": [
                    _("You are welcome back on %(day)s, sober. Your place is kept.")
                    % {"day": long_day(row.back_on)},
                    _("Whoever pays your compensation decides whether there is any for this day. "
                      "We do not decide that.")]},
                {"title": _("If you see it differently"), "lines": [
                    _("Say so to whoever gave you this, or to your case worker. Your words are "
                      "written down beside it.")]},
            ],
            "comment": None,
        }  # fmt: skip
    return pdf("report", values, lang)


@page(Role.CASE_WORKER, Role.PROTECTION_OFFICER, shows=FieldClass.DISCLOSURE, person="person")
@require_safe
def notice_pdf(request: HttpRequest, person: uuid.UUID, incident: uuid.UUID) -> HttpResponse:
    """The day, and never why: what the payer needs to decide, and no more."""
    visit = visit_of(request)
    row = CompensationNotice.objects.filter(person=person, part=incident).first()
    if row is None:
        raise Http404
    lang = language(visit)
    with speaking(lang):
        payer = row.payer_name or agency(row.payer_kind)
        day = {"day": long_day(row.day)}
        values = head(person, _("Notice of a day"), row.day, visit) | {
            "to": [
                f"{_('To')}: {payer}",
                f"{_('About')}: {person_of(person, visit).name}",
                _("Draft. A person hands it over."),
            ],
            "sections": [
                {"title": _("The day"), "lines": [
                    _("The person went home before the day was over on %(day)s.") % day]},
                {"title": _("Who decides"), "lines": [
                    _("Whether compensation is paid for the day is yours to decide. "
                      "We take no stand on it.")]},
            ],
            "comment": None,
        }  # fmt: skip
    return file(pdf("report", values, lang), f"notice-{row.day}.pdf")


def language(visit: Visit) -> str:
    """The municipality's: a paper does not change with who prints it."""
    return Tenant.objects.get(pk=visit.scope.tenant).language


def head(person: uuid.UUID, title: str, on: Any, visit: Visit) -> dict[str, Any]:
    """Where a protected person goes is their address: the unit is not said."""
    unit = "" if is_shielded(person) else visit.unit_name
    sender = ", ".join(part for part in (visit.tenant_name, unit) if part)
    return {"title": title, "sender": sender, "date": long_day(on)}


def file(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
