"""What the person was told of and offered: methods, language, the fund, studies."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.forms import Dated, FundForm, GuidanceForm, LanguageForm, ToldForm
from stegvis.journey.mapping.models import FundStatus, JobGoal
from stegvis.journey.mapping.pages.ground import WRITERS, about, done, enrolment_of
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of

FORMS: dict[str, type[Dated]] = {
    "methods": ToldForm,
    "language": LanguageForm,
    "guidance": GuidanceForm,
    "fund": FundForm,
}


@page(*WRITERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def told(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    sheet = _Sheet(request, enrolment, visit)
    if request.method == "POST" and sheet.written():
        messages.success(request, _("Saved."))
        return redirect("mapping", person=person)
    goal = reverse("job_goal", args=[person])
    context = about(
        enrolment,
        forms=sheet.shown(),
        methods_url=reverse("methods"),
        studies_url=f"{goal}?kind={JobGoal.STUDIES}",
    )
    return render(request, "mapping/told.html", context)


class _Sheet:
    """Four small forms, and the writing of the one that was sent."""

    def __init__(self, request: HttpRequest, enrolment: Enrolment, visit: Visit) -> None:
        self.enrolment, self.by, self.on = enrolment, visit.actor, visit.scope.on
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.fund = FundStatus.objects.filter(enrolment=enrolment).first()
        cards = facts.method_cards()
        self.forms: dict[str, Dated] = {}
        for name, kind in FORMS.items():
            initial = FundForm.shown(self.fund) if name == "fund" else {"on": self.on}
            if name == "methods":
                initial |= {"cards": [str(card.pk) for card in cards]}
            self.forms[name] = kind(
                request.POST if self.sent == name else None,
                on=self.on,
                options={"cards": [(str(card.pk), card.title) for card in cards]},
                initial=initial,
                prefix=name,
            )

    def shown(self) -> list[dict[str, Any]]:
        titles = {
            "methods": _("Told of methods and tools"),
            "language": _("Language training"),
            "guidance": _("Study guidance"),
            "fund": _("Unemployment fund"),
        }
        return [
            {"form": form, "name": name, "title": titles[name]} for name, form in self.forms.items()
        ]

    def written(self) -> bool:
        form = self.forms.get(self.sent)
        if form is None or not form.is_valid():
            return False
        verb = getattr(self, f"_{self.sent}")
        stands = self.fund.version if self.fund else 0
        newest = (lambda: stands) if self.sent == "fund" else None
        return done(form, lambda: verb(form.cleaned_data), newest=newest)

    def _methods(self, data: dict[str, Any]) -> None:
        cards = [uuid.UUID(key) for key in data["cards"]]
        actions.tell_of_methods(self.enrolment, by=self.by, on=data["on"], cards=cards)

    def _language(self, data: dict[str, Any]) -> None:
        actions.note_language_need(
            self.enrolment, by=self.by, on=data["on"], need=data["need"], how=data["how"]
        )

    def _guidance(self, data: dict[str, Any]) -> None:
        actions.note_guidance(self.enrolment, by=self.by, on=data["on"], about=data["about"])

    def _fund(self, data: dict[str, Any]) -> None:
        actions.note_fund(
            self.enrolment,
            by=self.by,
            told_on=data["told_on"],
            applied_on=data["applied_on"],
            member=data["member"],
            seen=data["version"] or 0,
        )
