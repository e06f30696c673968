"""Who supervises which area, and how much support they can give in half a day."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from stegvis.journey.week.actions import end_lead, lead
from stegvis.journey.week.facts import open_in
from stegvis.journey.week.models import Lead
from stegvis.journey.week.pages.board import chosen_unit
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Unit


class LeadForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"))
    member = forms.ChoiceField(label=_("Who supervises?"))
    capacity = forms.IntegerField(
        label=_("Support points for half a day"), required=False, min_value=1, max_value=99,
        help_text=_("On step 2 a person takes three, on step 3 two, later one (ours)."),
    )  # fmt: skip

    def __init__(self, data: Any, *, areas: list[Any], members: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, choices in (("area", [(str(a.pk), a.name) for a in areas]), ("member", members)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [("", _("– choose –")), *choices]


@page(Role.UNIT_MANAGER, Role.WORK_SUPERVISOR)
def leads(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    unit, on = chosen_unit(request, visit), visit.scope.on
    areas = list(open_in([unit.pk], on))
    sent = request.POST if request.method == "POST" and "end" not in request.POST else None
    form = LeadForm(sent, areas=areas, members=_supervisors(unit, visit.scope.on))
    if request.method == "POST":
        if "end" in request.POST:
            end_lead(request.POST["end"], [area.pk for area in areas], on=on)
            return redirect("leads")
        if form.is_valid():
            said = form.cleaned_data
            lead(uuid.UUID(said["area"]), uuid.UUID(said["member"]), said["capacity"])
            return redirect("leads")
    rows = Lead.leads.filter(area__in=[a.pk for a in areas], until__isnull=True)
    context = {"form": form, "unit": unit.name, "rows": list(rows.select_related("area", "member"))}
    return render(request, "week/leads.html", context)


def _supervisors(unit: Unit, on: Any) -> list[tuple[str, str]]:
    held = Grant.grants.held(on).filter(role=Role.WORK_SUPERVISOR).select_related("member")
    here = [one for one in held.order_by("member__name", "id") if one.unit_id in (None, unit.pk)]
    return list({str(one.member_id): one.member.name for one in here}.items())
