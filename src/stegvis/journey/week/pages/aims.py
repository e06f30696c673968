"""What the municipality's proposals aim at behind the four levels that always come first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.week.actions import aim
from stegvis.journey.week.models import PlanAims
from stegvis.journey.week.words import AIMS, FAULTS
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow

PLACES = {"first": gettext_lazy("First"), "then": gettext_lazy("Then")}


class AimsForm(forms.Form):
    first = forms.ChoiceField(label=PLACES["first"], required=False)
    then = forms.ChoiceField(label=PLACES["then"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, row: PlanAims | None) -> None:
        held = dict(zip(PLACES, row.aims if row else (), strict=False))
        super().__init__(data, initial={**held, "version": row.version if row else 0})
        for name in PLACES:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [("", _("Nothing more")), *AIMS.items()]

    @property
    def aims(self) -> list[str]:
        return [said for name in PLACES if (said := self.cleaned_data[name])]


@page(Role.ADMINISTRATOR)
def plan_aims(request: HttpRequest) -> HttpResponse:
    row = PlanAims.objects.first()
    form = AimsForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            _set(form, row)
        except NotNow as fault:
            form.add_error("then", str(FAULTS[fault.code]))
        except StaleRow:
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        else:
            messages.success(request, _("Proposals aim at this from now on."))
            return redirect("plan_aims")
    return render(request, "week/aims.html", {"form": form})


def _set(form: AimsForm, row: PlanAims | None) -> None:
    if form.cleaned_data["version"] != (row.version if row else 0):
        raise StaleRow
    aim(row, form.aims)
