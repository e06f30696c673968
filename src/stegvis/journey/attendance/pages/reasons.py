"""The list of reasons, which a municipality makes its own."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.attendance.actions import NewReason, change_reason
from stegvis.journey.attendance.words import FAULTS, reasons
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role

LONGEST = 60


class ReasonForm(forms.Form):
    sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=LONGEST)
    da = forms.CharField(label=gettext_lazy("In Danish"), max_length=LONGEST)
    en = forms.CharField(label=gettext_lazy("In English"), max_length=LONGEST)
    leave = forms.BooleanField(
        label=gettext_lazy("Granted beforehand: in neither sum of the share"), required=False
    )
    closed = forms.BooleanField(label=gettext_lazy("Not used any more"), required=False)


@page(Role.ADMINISTRATOR)
def reasons_page(request: HttpRequest) -> HttpResponse:
    """Ours, until the municipality changes them; `?code=` opens one."""
    known = reasons()
    code = request.GET.get("code", "")
    if code and code not in known:
        raise Http404
    one = known.get(code)
    initial = {**one.texts, "leave": one.leave, "closed": one.closed} if one else None
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_reason(NewReason(**form.cleaned_data), code=code)
        except NotNow as refused:
            form.add_error("sv", str(FAULTS[refused.code]))
        else:
            messages.success(request, _("Saved."))
            return redirect("absence_reasons")
    context = {"rows": known.values(), "form": form, "one": one}
    return render(request, "attendance/reasons.html", context)
