"""How it goes: what company and person answered, side by side, with reasons for absence counted."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import placements_of, side_by_side
from stegvis.journey.agreements.facts.answers import Month, before, month_of, share_of_days
from stegvis.journey.agreements.forms import AnswersForm
from stegvis.journey.agreements.models import WorkplaceForm
from stegvis.journey.agreements.pages.ground import READERS, chosen, crumbs, named, submission
from stegvis.journey.agreements.words import FAULTS, QUESTIONS, REASONS, WRITTEN
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*READERS, shows=FieldClass.WORK, person="person", writes=True)
def agreement_forms(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit, rows = visit_of(request), placements_of(person)
    row = chosen(rows, request.GET.get("placement", ""))
    months = side_by_side(row.pk) if row else []
    writes = may(visit.actor, Act.WRITE, person, FieldClass.VOICE, on=visit.scope.on)
    form = None
    if row is not None and writes:
        open_ones = open_months(row, months, "participant", on=visit.scope.on)
        data = request.POST if request.method == "POST" else None
        if open_ones or data is not None:
            form = AnswersForm(data, months=open_ones, name=row.person.given_name, own=True)
    if request.method == "POST":
        if form is None or row is None:
            raise Http404
        if form.is_valid() and _written(request, form, row):
            return redirect("agreement_forms", person=person)
    head = named(row.person) if row else crumbs(person)
    context = head | {
        "placement": row, "months": [_month(one) for one in months], "form": form,
        "pdf_url": reverse("agreement_form_pdf", args=[person, row.pk]) if row else "",
    }  # fmt: skip
    return render(request, "agreements/forms.html", context)


def _written(request: HttpRequest, form: AnswersForm, row: Placement) -> bool:
    by = visit_of(request).actor
    try:
        actions.answer_form(row, form.said, by=by, submission=submission(request))
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return False
    messages.success(request, _("It is written down."))
    return True


def open_months(
    row: Placement, answered: list[Month], respondent: str, *, on: dt.date
) -> list[tuple[str, str]]:
    """This month and the one before, of those that touch the placement and are not answered; the
    earlier first."""
    done = {one.month for one in answered if getattr(one, respondent) is not None}
    first, last = month_of(row.since), month_of(row.until or on)
    now = month_of(on)
    found = [one for one in (before(now), now) if first <= one <= last and one not in done]
    return [(one, month_name(one)) for one in found]


def month_name(month: str) -> str:
    year, number = month.split("-")
    return str(date_format(dt.date(int(year), int(number), 1), "F Y"))


def _month(one: Month) -> dict[str, Any]:
    """The two answers to each question beside each other, and whether they say the same."""
    company, own = one.employer, one.participant
    rows = []
    for code, (asked, _own, words) in QUESTIONS.items():
        said = [words.get(getattr(form, code)) if form else None for form in (company, own)]
        asked_of = str(asked).replace("%(name)s", _("the participant"))
        differs = company is not None and own is not None and said[0] != said[1]
        rows.append({"what": asked_of, "company": said[0], "own": said[1], "differs": differs})
    texts = [
        {
            "what": asked,
            "company": getattr(company, code) if company else "",
            "own": getattr(own, code) if own else "",
        }
        for code, (asked, _own) in WRITTEN.items()
    ]
    return {
        "name": month_name(one.month), "company": company, "own": own, "rows": rows,
        "texts": [text for text in texts if text["company"] or text["own"]],
        "days": [_days(form) for form in (company, own)],
        "reasons": [
            (REASONS[code], by.get("employer"), by.get("participant"))
            for code, by in one.reasons.items() if code in REASONS
        ],
    }  # fmt: skip


def _days(form: WorkplaceForm | None) -> str:
    if form is None or form.days_came is None or form.days_agreed is None:
        return ""
    said = {"n": form.days_came, "of": form.days_agreed, "share": share_of_days(form)}
    if not form.days_agreed:
        return _("%(n)s of %(of)s days") % said
    return _("%(n)s of %(of)s days (%(share)s %%)") % said
