"""The mediator of one person: offered, answered, assigned, reached, and the contact in three
presses."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation import actions, facts, forms
from stegvis.journey.mediation.models import Appointment, Offer
from stegvis.journey.mediation.words import ANSWERS, FAULTS, QUALIFICATIONS, TALKS_IN_STEP_1
from stegvis.journey.people.facts import way_back
from stegvis.journey.screening.actions import check_group
from stegvis.journey.screening.facts import leading, model_of, screens
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import StaleRow

READERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)
TALKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR)
PART = Assignment.Part.JOB_MEDIATOR
SAID = {
    "offer": gettext_lazy("The offer is written down."),
    "answer": gettext_lazy("The answer is written down."),
    "appoint": gettext_lazy("The mediator is assigned."),
    "lead": gettext_lazy("Somebody else leads from day to day."),
}


def enrolment_of(person: uuid.UUID, **also: Any) -> Enrolment:
    """The open one of the person the gate has let the visitor in to, with annotations. Raises
    Http404."""
    rows = Enrolment.enrolments.open().filter(person=person).annotate(**also)
    found: Enrolment | None = rows.select_related("person", "unit").first()
    if found is None:
        raise Http404
    return found


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    return way_back(enrolment.person)


@page(*READERS, shows=FieldClass.PLAN, person="person", writes=True)
def mediator(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    sheet = _Sheet(request, person)
    if request.method == "POST" and sheet.written():
        messages.success(request, str(SAID[sheet.do]))
        return redirect("mediator", person=person)
    return render(request, "mediation/mediator.html", sheet.context())


class _Sheet:
    def __init__(self, request: HttpRequest, person: uuid.UUID) -> None:
        self.visit, self.data = visit_of(request), request.POST
        self.on = self.visit.scope.on
        self.enrolment = enrolment_of(
            person, reach=facts.reaching(self.on), leading=leading(self.on)
        )
        self.do = request.POST.get("do", "") if request.method == "POST" else ""
        rows = Assignment.assignments.filter(enrolment=self.enrolment).select_related("member")
        self.staff = list(rows.order_by("since", "created_at", "id"))
        self.offers = list(Offer.objects.filter(enrolment=self.enrolment).select_related("by"))
        self.refused = self._refused()
        self.forms: dict[str, forms.Dated] = {}
        if may(self.visit.actor, Act.WRITE, person, FieldClass.PLAN, on=self.on):
            self.forms = dict(self._forms())
        self.stale = False

    def _refused(self) -> str:
        """Why nobody may be offered one, or nothing (INV-14)."""
        try:
            check_group(self.enrolment)
        except NotNow as fault:
            return str(FAULTS[fault.code])
        return ""

    def _forms(self) -> Any:
        if not self.refused:
            waiting = self.offers and not self.offers[0].answer
            if waiting:
                yield "answer", self._form("answer", forms.AnswerForm)
            else:
                yield "offer", self._form("offer", forms.OfferForm)
            yield "appoint", self._form("appoint", forms.AppointForm, member=self._mediators())
        held = [row for row in self.staff if row.until is None]
        if len(held) > 1:
            labels = dict(Role.choices)
            who = [(str(row.pk), f"{row.member.name}, {labels[Role(row.part)]}") for row in held]
            yield "lead", self._form("lead", forms.LeadForm, assignment=who)

    def _form(self, name: str, kind: type[forms.Dated], **options: Any) -> forms.Dated:
        data = self.data if self.do == name else None
        first = {"on": self.on, "since": self.on}
        return kind(data, today=self.on, options=options, initial=first, prefix=name)

    def _mediators(self) -> list[tuple[str, str]]:
        """Colleagues with the role, each with how many they have and may have. Two queries."""
        grants = Grant.grants.held(self.on).filter(
            role=Role.JOB_MEDIATOR, member__left_on__isnull=True
        )
        named = dict(grants.order_by("member__name").values_list("member_id", "member__name"))
        has = facts.caseloads(list(named), on=self.on)
        most = facts.agreed(model_of(self.enrolment))
        said = _("%(name)s: %(n)s people, at most %(most)s")
        own = facts.own_numbers(list(named))
        return [
            (str(key), said % {"name": name, "n": has[key], "most": own.get(key) or most})
            for key, name in named.items()
        ]

    # What is written

    def written(self) -> bool:
        form = self.forms.get(self.do)
        if form is None:  # pressed on a page that was old
            self.stale = True
            return False
        if not form.is_valid():
            return False
        try:
            with transaction.atomic():
                getattr(self, f"_{self.do}")(form.cleaned_data)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        except (StaleRow, IntegrityError):
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        else:
            return True
        return False

    def _offer(self, data: dict[str, Any]) -> None:
        actions.offer(self.enrolment, by=self.visit.actor, on=data["on"])

    def _answer(self, data: dict[str, Any]) -> None:
        actions.answer_offer(self.offers[0], data["answer"], by=self.visit.actor, on=data["on"])

    def _appoint(self, data: dict[str, Any]) -> None:
        actions.appoint(
            self.enrolment,
            uuid.UUID(data["member"]),
            by=self.visit.actor,
            since=data["since"],
            because=data["because"],
            over_because=data["over_because"],
        )

    def _lead(self, data: dict[str, Any]) -> None:
        row = next(row for row in self.staff if str(row.pk) == data["assignment"])
        actions.name_lead(row, by=self.visit.actor, on=self.on)

    # What is shown

    def context(self) -> dict[str, Any]:
        mediators = [row for row in self.staff if row.part == PART]
        kept = Appointment.objects.filter(enrolment=self.enrolment)
        terms = {row.assignment_id: row for row in kept}
        known = vars(self.enrolment)  # annotated in __init__
        return about(self.enrolment) | {
            "refused": self.refused,
            "talks": self._talks(),
            "stale": self.stale,
            "forms": self.forms,
            "offers": [{"row": row, "answer": ANSWERS.get(row.answer, "")} for row in self.offers],
            "reach": facts.reach(known["reach"]),
            "lead": known["leading"] or "",
            "rows": [self._held(row, terms.get(row.pk)) for row in reversed(mediators)],
            "continuity": facts.continuous(mediators) if mediators else None,
        }

    def _talks(self) -> int:
        """How many talks step 1 has taken, when that is more than usual (FM-26): said, no more."""
        if not screens(model_of(self.enrolment)):
            return 0
        key = self.enrolment.pk
        many = facts.talks_in_step([key]).get(key, 0)
        return many if many > TALKS_IN_STEP_1 else 0

    def _held(self, row: Assignment, terms: Appointment | None) -> dict[str, Any]:
        lacks = [str(QUALIFICATIONS[code]) for code in terms.lacking] if terms else []
        over = terms.over_because if terms else ""
        return {"row": row, "lacks": lacks, "over": over, "n": terms.caseload if terms else 0}


@page(*TALKERS, shows=FieldClass.TALKS, person="person", writes=True)
def touch(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A contact on the phone: the way, how it went, done. The way most have used is chosen
    already; how it went is the button that saves."""
    visit, enrolment = visit_of(request), enrolment_of(person)
    on = visit.scope.on
    sent = request.POST if request.method == "POST" else None
    form = forms.TouchForm(sent, today=on, initial={"on": on, "way": "phone"})
    back = _back(request)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        went = data["went"] if data["went"] != "none" else ""
        new = actions.NewTouch(data["way"], went, data["on"], data["acute"], data["words"])
        try:
            actions.touch(enrolment, new, by=visit.actor)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        else:
            messages.success(request, _("The contact is written down."))
            return redirect(back)
    context = about(enrolment) | {"form": form, "back": back}
    return render(request, "mediation/touch.html", context)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted[:1] == "/"
    return wanted if ours else reverse("my_day")
