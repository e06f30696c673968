"""How long the municipality keeps what is deleted by rule (X-11)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.background import actions, words
from stegvis.journey.background.facts import rule_of
from stegvis.journey.background.forms import KeepForm
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role


@page(Role.ADMINISTRATOR)
def retention(request: HttpRequest) -> HttpResponse:
    rule = rule_of("drug_test")
    data = request.POST if request.method == "POST" else None
    form = KeepForm(data, initial={"days": rule.days})
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_for("drug_test", form.cleaned_data["days"])
        except NotNow as fault:
            form.add_error("days", str(words.FAULTS[fault.code]))
        else:
            messages.success(request, _("Saved."))
            return redirect("retention")
    return render(request, "background/retention.html", {"form": form, "rule": rule})
