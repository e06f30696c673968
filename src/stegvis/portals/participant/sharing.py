"""What is shared with whom: what the person has said yes to, and the way to take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stegvis.journey.waivers.actions import CannotBe, withdraw
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own

WHAT: dict[str, Any] = {
    "steps": _("Your steps and what comes next."),
    "goals": _("Your goals and your plan."),
    "attendance": _("When you are here."),
    "absence_reasons": _("Why you are away."),
    "progress": _("What goes well at work."),
    "job_seeking": _("How you look for a job."),
    "considerations": _("What you need at work."),
    "contact": _("How to reach you."),
    "economy": _("Your money and your debts."),
    "health": _("Your health and care."),
    "life": _("Your home and family."),
}
WHY: dict[str, Any] = {
    "report": _("It is for the report about you."),
    "planning": _("It is to plan together."),
    "benefit": _("It is to decide about your money."),
    "care": _("It is for your care."),
    "placement": _("It is to find you a workplace."),
}
DIRECTIONS: dict[str, Any] = {
    "give": _("We may tell them:"),
    "receive": _("They may tell us:"),
    "both": _("We may tell each other:"),
}


@page(Role.PARTICIPANT, shows=FieldClass.DISCLOSURE, purpose=Purpose.OWN)
def my_shared(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.DISCLOSURE)
    now = timezone.now()
    rows = list(Waiver.waivers.filter(person=mine.person).order_by("-valid_from", "-id"))
    if request.method == "POST":
        for row in rows:
            if str(row.pk) == request.POST.get("withdraw"):
                _take_back(row, mine.visit.actor)
        return redirect("my_shared")
    context = {
        "own": mine,
        "rows": [_shown(row) for row in rows if row.over_at > now],
        "over": [{"who": row.counterpart_name, "until": _day(row)} for row in rows
                 if row.over_at <= now],
    }  # fmt: skip
    return render(request, "participant/shared.html", context)


def _take_back(row: Waiver, by: Any) -> None:
    try:
        withdraw(row, by=by)
    except CannotBe:
        return  # it has ended already, which is what was asked for


def _day(row: Waiver) -> Any:
    return timezone.localtime(row.over_at).date()


def _shown(row: Waiver) -> dict[str, Any]:
    return {
        "key": str(row.pk),
        "who": row.counterpart_name,
        "what": [WHAT[code] for code in row.categories],
        "why": WHY[row.purpose],
        "direction": DIRECTIONS[row.direction],
        "until": _day(row),
    }
