"""The statement of hours, month by month, as a paper in the municipality's language."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.paid import Kind
from stegvis.journey.hours.facts import Ledger, ledger
from stegvis.journey.hours.pages.finding import (
    READERS,
    WORK,
    latest,
    month_name,
    names_employers,
    told,
)
from stegvis.journey.hours.words import KINDS, SOURCES
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.pages import page
from stegvis.platform.documents.typesetting import pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.speech import speaking
from stegvis.platform.ui.dates import long_day


@page(*READERS, shows=WORK, person="person")
@require_safe
def hours_statement(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    return statement(latest(person, visit), visit, named=names_employers(person, visit))


def statement(enrolment: Enrolment, visit: Visit, *, named: bool) -> HttpResponse:
    """PDF/UA. Of a protected person no employer is named, unless to who may know."""
    lang = Tenant.objects.get(pk=visit.scope.tenant).language
    found = ledger(enrolment.pk)
    with speaking(lang):
        values = {
            "title": _("Statement of hours"),
            "sender": visit.tenant_name,
            "date": long_day(visit.scope.on),
            "person": enrolment.person.name,
            "head": [_("Month"), *(str(KINDS[kind]) for kind in _ORDER)],
            "rows": [
                [month_name(month), *(told(found.of(month, kind)) or "–" for kind in _ORDER)]
                for month in found.months
            ],
            "behind": _("What it rests on"),
            "lines": _lines(found, named=named),
            "foot": _("Each kind of hours stands for itself; kinds are never added."),
            "none": _("No hours are written down."),
        }
        made = pdf("hours", values, lang)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="hours.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


_ORDER = (Kind.ORDINARY, Kind.SUBSIDISED, Kind.PRACTICE)


def _lines(found: Ledger, *, named: bool) -> list[str]:
    numbers = {key: n for n, key in enumerate(found.names, 1)}

    def name(key: str) -> Any:
        return found.names[key] if named else _("Employer %(n)s") % {"n": numbers[key]}

    return [
        f"{month_name(month)}: {name(one.employer)}, {str(KINDS[one.kind]).lower()}, "
        f"{told(one.amount)} ({str(SOURCES[one.source]).lower()})"
        for month, several in found.months.items()
        for one in several
    ]
