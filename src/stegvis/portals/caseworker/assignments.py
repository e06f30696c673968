"""Who works with the person, as what, since when: seen, given and ended."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.intake.actions import NotNow, assign, end_assignment
from stegvis.journey.intake.forms import Near
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation.actions import appoint
from stegvis.journey.mediation.words import FAULTS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

GIVERS = (Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)
PARTS = {
    "case_worker": Role.CASE_WORKER,
    "work_supervisor": Role.WORK_SUPERVISOR,
    "job_mediator": Role.JOB_MEDIATOR,
}


class AssignForm(forms.Form):
    """Part and colleague are chosen in one: nobody is offered for a part they have no role for."""

    who = forms.ChoiceField(label=gettext_lazy("Who, and as what?"))
    since = Near(label=gettext_lazy("From"))
    because = forms.CharField(label=gettext_lazy("Why?"), max_length=200, required=False)

    def __init__(self, *args: Any, who: list[tuple[str, Any]], on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen, since = self.fields["who"], self.fields["since"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        assert isinstance(since, Near)  # noqa: S101
        chosen.choices, since.today = who, on


@page(*GIVERS, shows=FieldClass.PLAN, person="person", writes=True)
def assignments(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on)
    enrolment = rows.filter(person=person).select_related("person").order_by("-since").first()
    if enrolment is None:
        raise Http404
    sheet = _Sheet(enrolment, visit, request)
    if request.method == "POST" and sheet.written():
        # The giver may just have handed the person over; then the list is where they go on.
        return redirect("participants")
    return render(request, "caseworker/assignments.html", sheet.context())


class _Sheet:
    def __init__(self, enrolment: Enrolment, visit: Visit, request: HttpRequest) -> None:
        self.enrolment, self.visit, self.request = enrolment, visit, request
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        rows = Assignment.assignments.filter(enrolment=enrolment).select_related("member")
        self.rows = list(rows.order_by("-since", "-id"))
        data = request.POST if self.sent == "assign" else None
        self.form = AssignForm(
            data, who=self._who(), on=visit.scope.on, initial={"since": visit.scope.on}
        )

    def _who(self) -> list[tuple[str, Any]]:
        """Colleagues at work with the role for a part, part by part. One query."""
        roles = {role: part for part, role in PARTS.items()}
        grants = Grant.grants.held(self.visit.scope.on).filter(
            role__in=roles, member__left_on__isnull=True
        )
        named = grants.order_by("role", "member__name").values_list(
            "role", "member_id", "member__name"
        )
        labels = dict(Role.choices)
        found = {
            f"{roles[Role(role)]}:{member}": f"{name}, {labels[Role(role)]}"
            for role, member, name in named
        }
        return list(found.items())

    def context(self) -> dict[str, Any]:
        labels = dict(Role.choices)
        person = self.enrolment.person
        return {
            "person": {"name": person.name, "url": reverse("person", args=[person.pk])},
            "people_url": reverse("participants"),
            "rows": [
                {
                    "key": row.pk,
                    "name": row.member.name,
                    "part": labels[PARTS[row.part]],
                    "since": row.since,
                    "until": row.until,
                    "because": row.because,
                }
                for row in self.rows
            ],
            "form": self.form if self.enrolment.until is None else None,
        }

    def written(self) -> bool:
        try:
            if self.sent.startswith("end-"):
                return self._end()
            return self.sent == "assign" and self.form.is_valid() and self._assign()
        except StaleRow:
            said = _("A colleague has changed this meanwhile. Look again.")
            if self.form.is_bound:
                self.form.add_error(None, said)
            else:
                messages.warning(self.request, said)
            return False

    def _end(self) -> bool:
        row = next((r for r in self.rows if self.sent == f"end-{r.pk}" and r.until is None), None)
        if row is None:
            return False
        end_assignment(row, by=self.visit.actor, on=self.visit.scope.on)
        return True

    def _assign(self) -> bool:
        data = self.form.cleaned_data
        part, _colon, member = data["who"].partition(":")
        if part == Assignment.Part.JOB_MEDIATOR:
            return self._appoint(uuid.UUID(member))
        assign(
            self.enrolment,
            by=self.visit.actor,
            member=uuid.UUID(member),
            part=Assignment.Part(part),
            since=data["since"],
            because=data["because"],
        )
        return True

    def _appoint(self, member: uuid.UUID) -> bool:
        """A mediator comes with terms of their own: the group, the number, what they lack."""
        data = self.form.cleaned_data
        try:
            with transaction.atomic():
                appoint(
                    self.enrolment,
                    member,
                    by=self.visit.actor,
                    since=data["since"],
                    because=data["because"],
                )
        except NotNow as fault:
            self.form.add_error(None, str(FAULTS[fault.code]))
            return False
        return True
