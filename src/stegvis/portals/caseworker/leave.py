"""One's own days away, so that nothing is planned for them. No reason is asked."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, override

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.intake.forms import Near
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Leave, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow

WORKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)
LONGEST = 366  # days of one leave; a longer one is entered again
DAY = dt.timedelta(days=1)


class LeaveForm(forms.Form):
    since = Near(label=gettext_lazy("First day away"), days=2 * LONGEST)
    last = Near(label=gettext_lazy("Last day away"), days=3 * LONGEST)

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, Near):
                field.today = on

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, last = data.get("since"), data.get("last")
        if since and last and last < since:
            self.add_error("last", _("The last day lies before the first."))
        elif since and last and (last - since).days >= LONGEST:
            self.add_error("last", _("That is more than a year. Enter it in parts."))
        return data


@page(*WORKERS)
def own_leave(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    if request.method == "POST" and request.POST.get("back"):
        _take_back(request, visit)
        return redirect("own_leave")
    form = LeaveForm(request.POST or None, on=visit.scope.on)
    if request.method == "POST" and form.is_valid():
        row = Leave(
            tenant_id=visit.actor.tenant,
            member_id=visit.actor.member,
            since=form.cleaned_data["since"],
            until=form.cleaned_data["last"] + DAY,
        )
        row.save(force_insert=True)
        wrote("leave_entered", row=str(row.pk))
        messages.success(request, _("Saved."))
        return redirect("own_leave")
    mine = Leave.objects.filter(member=visit.actor.member, until__gt=visit.scope.on)
    found = [row for row in mine.order_by("since", "id") if row.until > row.since]
    rows = [{"key": row.pk, "since": row.since, "last": row.until - DAY} for row in found]
    return render(request, "caseworker/leave.html", {"form": form, "rows": rows})


def _take_back(request: HttpRequest, visit: Visit) -> None:
    """What has been is kept: a leave under way ends today."""
    try:
        key = uuid.UUID(request.POST["back"])
    except ValueError:
        raise Http404 from None
    row = Leave.objects.filter(pk=key, member=visit.actor.member).first()
    if row is None:
        raise Http404
    row.until = max(row.since, min(row.until, visit.scope.on))
    try:
        row.save_if_unchanged("until")
    except StaleRow:
        messages.error(request, _("This has been changed meanwhile. Look again."))
    else:
        wrote("leave_taken_back", row=str(row.pk))
