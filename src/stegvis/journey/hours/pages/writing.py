"""Entering a month's hours, correcting a row, self-support, handing over after the year."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.values.paid import Kind, Source
from stegvis.journey.hours import actions
from stegvis.journey.hours.facts import employers, key_of, last_month, ledger
from stegvis.journey.hours.forms import CorrectionForm, HandOverForm, HoursForm, SelfSupportForm
from stegvis.journey.hours.models import HoursEntry, SelfSupport
from stegvis.journey.hours.pages.finding import (
    WORK,
    WRITERS,
    about,
    coded,
    month_name,
    names_employers,
    open_one,
    sent,
    told,
    written,
)
from stegvis.journey.hours.words import KINDS, SOURCES, THROUGH
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*WRITERS, shows=WORK, person="person", writes=True)
def enter_hours(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A number and one press; the rest is filled in as it mostly is. What stands there already is
    shown beside what was typed, and may be corrected by it."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    named = names_employers(person, visit)
    several = employers(enrolment, ledger(enrolment.pk), on)
    wanted = request.GET.get("month") or f"{last_month(on):%Y-%m}"
    form = HoursForm(
        request.POST or None,
        on=on,
        employers=coded(enrolment, several, named=named),
        initial={"month": wanted},
    )
    stands = None
    if request.method == "POST" and form.is_valid():
        new = _new(form, {code: one.key for code, one in form.employers.items()}, several)
        fault = _entered(request, form, enrolment, new)
        if not fault:
            messages.success(request, _("Saved."))
            return redirect("month_hours", person=person)
        stands = _stands(enrolment, new) if fault == "stated_before" else None
    context = about(enrolment) | {
        "form": form,
        "month": _month(form),
        "employer": next((one.name for _code, one in form.employers.items()), ""),
        "stands": _standing(stands),
        "folded": not form.errors.keys() & {"month", "employer", "other", "kind", "source"}
        and bool(form.employers),
    }
    return render(request, "hours/enter.html", context)


def _entered(
    request: HttpRequest, form: HoursForm, enrolment: Enrolment, new: actions.NewHours
) -> str:
    """Stated, or put in the place of the row that was shown; the code of a fault, or nothing."""
    sending: dict[str, Any] = {"by": visit_of(request).actor, "submission": sent(request)}
    stands = _stands(enrolment, new)
    if stands is not None and request.POST.get("instead") == str(stands.pk):
        return written(form, partial(actions.correct_hours, stands, new.amount, **sending))
    return written(form, partial(actions.state_hours, enrolment, new, **sending))


def _new(form: HoursForm, keys: dict[str, str], several: Any) -> actions.NewHours:
    data = form.cleaned_data
    names = {one.key: one.name for one in several}
    employer = names.get(keys.get(data["employer"], ""), "") or form.employer_name
    return actions.NewHours(
        form.chosen_month, employer, data["hours"], Kind(data["kind"]), Source(data["source"]),
        data["voucher"].strip() if data["source"] == Source.PAY_SLIP else "",
    )  # fmt: skip


def _month(form: HoursForm) -> str:
    said = form.data.get("month") if form.is_bound else form.initial["month"]
    try:
        return month_name(dt.date.fromisoformat(f"{said}-01"))
    except ValueError:
        return ""


def _stands(enrolment: Enrolment, new: actions.NewHours) -> HoursEntry | None:
    rows = HoursEntry.entries.standing().filter(
        enrolment=enrolment, month=new.month, employer_key=key_of(new.employer), kind=new.kind,
        source=new.source, voucher=new.voucher,
    )  # fmt: skip
    found: HoursEntry | None = rows.select_related("by", "enrolment").first()
    return found


def _standing(row: HoursEntry | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "pk": row.pk,
        "hours": told(row.amount),
        "by": row.by.name if row.by else "",
        "on": row.created_at.date(),
    }


@page(*WRITERS, shows=WORK, person="person", writes=True)
def correct_hours(request: HttpRequest, person: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    rows = HoursEntry.entries.filter(pk=entry, person=person, enrolment=enrolment)
    row = rows.select_related("enrolment", "by").prefetch_related("corrected_by").first()
    if row is None:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fault = written(
            form,
            lambda: actions.correct_hours(
                row, data["hours"], by=visit.actor, note=data["note"], submission=sent(request)
            ),
        )
        if not fault:
            messages.success(request, _("Corrected. The earlier row stays to be read."))
            return redirect("month_hours", person=person)
    named = names_employers(person, visit)
    context = about(enrolment) | {
        "form": form,
        "row": _standing(row),
        "month": month_name(row.month),
        "employer": row.employer if named else "",
        "kind": KINDS[Kind(row.kind)],
        "source": SOURCES[Source(row.source)],
        "over": [told(one.amount) for one in row.corrected_by.all()],
    }
    return render(request, "hours/correct.html", context)


@page(*WRITERS, shows=WORK, person="person", writes=True)
def self_support(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    row = SelfSupport.objects.filter(enrolment=enrolment, struck_on__isnull=True).first()
    is_striking = "strike" in request.POST
    form = SelfSupportForm(
        request.POST if request.method == "POST" and not is_striking else None,
        on=on,
        initial={"since": on},
    )
    if is_striking:
        if row is None:
            raise Http404
        form = SelfSupportForm({}, on=on)
        if not written(form, lambda: actions.strike_self_support(row, by=visit.actor)):
            messages.success(request, _("Struck. It counts no more."))
            return redirect("month_hours", person=person)
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fault = written(
            form,
            lambda: actions.say_self_support(
                enrolment, data["through"], by=visit.actor, since=data["since"],
                submission=sent(request),
            ),
        )  # fmt: skip
        if not fault:
            messages.success(request, _("Saved. Whether it ends the step, a person decides."))
            return redirect("month_hours", person=person)
    said = THROUGH[row.through] if row else ""
    context = about(enrolment) | {"form": form, "row": row, "through": said}
    return render(request, "hours/self_support.html", context)


@page(*WRITERS, shows=WORK, person="person", writes=True)
def hand_over(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The monthly rule is over; somebody goes on in the ordinary course of contact."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    held = Assignment.assignments.held(on).filter(
        Q(part=Assignment.Part.CASE_WORKER) | Q(part=Assignment.Part.JOB_MEDIATOR),
        enrolment=enrolment,
    )
    rows = held.select_related("member").order_by("part", "since", "id")
    members = {str(row.member_id): row.member.name for row in rows}
    form = HandOverForm(request.POST or None, members=list(members.items()))
    if request.method == "POST" and form.is_valid():
        to = uuid.UUID(form.cleaned_data["to"])
        fault = written(
            form,
            lambda: actions.hand_over(enrolment, to, by=visit.actor, submission=sent(request)),
        )
        if not fault:
            messages.success(request, _("Handed over."))
            return redirect("month_hours", person=person)
    return render(request, "hours/hand_over.html", about(enrolment) | {"form": form})
