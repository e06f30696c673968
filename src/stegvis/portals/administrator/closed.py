"""Days on which a unit, or the whole municipality, is closed beyond weekends and holidays."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, override

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import ClosedDays, StaleRow, Unit
from stegvis.platform.tenancy.scope import current
from stegvis.portals.administrator import rows
from stegvis.portals.administrator.forms import day_field, open_units

LONGEST = 92  # days; what is closed longer is a closed unit
DAY = dt.timedelta(days=1)


class ClosedForm(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Where"),
        required=False,
        empty_label=gettext_lazy("The whole municipality"),
    )
    since = day_field(gettext_lazy("First day closed"))
    last = day_field(gettext_lazy("Last day closed"))
    why = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=80,
        help_text=gettext_lazy("For example summer, or a planning day."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, last = data.get("since"), data.get("last")
        if since and last and last < since:
            self.add_error("last", _("The last day lies before the first."))
        elif since and last and (last - since).days >= LONGEST:
            self.add_error("last", _("That is more than three months. Close the unit instead."))
        return data


@page(Role.ADMINISTRATOR)
def closed_days(request: HttpRequest) -> HttpResponse:
    form = ClosedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = ClosedDays(
            tenant_id=current().tenant,
            unit=said["unit"],
            since=said["since"],
            until=said["last"] + DAY,
            why=said["why"],
        )
        row.save(force_insert=True)
        wrote("closed_days_added", row=str(row.pk))
        messages.success(request, _("Saved."))
        return redirect("closed_days")
    ahead = ClosedDays.objects.filter(until__gt=visit_of(request).scope.on)
    found = ahead.select_related("unit").order_by("since", "id")
    listed = [(row, row.until - DAY) for row in found if row.until > row.since]
    return render(request, "administrator/closed_days.html", {"form": form, "rows": listed})


@page(Role.ADMINISTRATOR)
def open_again(request: HttpRequest, closed: uuid.UUID) -> HttpResponse:
    """Take it back. Days that have been stay closed: they were."""
    row = rows.one(ClosedDays, closed)
    if request.method == "POST":
        row.until = max(row.since, min(row.until, visit_of(request).scope.on))
        try:
            row.save_if_unchanged("until")
        except StaleRow:
            messages.error(request, _("A colleague has changed this meanwhile. Look again."))
        else:
            wrote("closed_days_taken_back", row=str(row.pk))
            messages.success(request, _("Saved."))
    return redirect("closed_days")
