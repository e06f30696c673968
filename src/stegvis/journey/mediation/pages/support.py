"""What a mediator helps with: barriers, others drawn in, advice on health at work."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.values.texts import pick
from stegvis.journey.followups.actions import note
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.mapping.actions.goal import NewGoal, set_job_goal
from stegvis.journey.mapping.actions.life import EntryText, note_entry
from stegvis.journey.mapping.words import FAULTS as MAPPING_FAULTS
from stegvis.journey.mediation import actions, forms
from stegvis.journey.mediation.actions.helping import consenting
from stegvis.journey.mediation.models import Advice, Exchange, Hindrance, Partner
from stegvis.journey.mediation.pages.person import TALKERS, about, enrolment_of
from stegvis.journey.mediation.words import ADVISERS, DERIVED, FAULTS, GUIDE, SORTS, term, terms
from stegvis.journey.screening.facts import model_of
from stegvis.journey.waivers.facts import for_person
from stegvis.journey.waivers.words import KINDS, KINDS_OF
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import StaleRow


@page(*TALKERS, shows=FieldClass.TALKS, person="person", writes=True)
def support(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    sheet = _Sheet(request, person)
    if request.method == "POST" and sheet.written():
        messages.success(request, _("Written down."))
        return redirect("support", person=person)
    return render(request, "mediation/support.html", sheet.context())


class _Sheet:
    """`do` names the form and, after a colon, the row it is about."""

    def __init__(self, request: HttpRequest, person: uuid.UUID) -> None:
        self.visit, self.data = visit_of(request), request.POST
        self.on = self.visit.scope.on
        self.enrolment = enrolment_of(person)
        self.model = model_of(self.enrolment)
        self.do = request.POST.get("do", "") if request.method == "POST" else ""
        mine = {"enrolment": self.enrolment}
        self.hindrances = list(Hindrance.objects.filter(**mine))
        self.partners = list(Partner.objects.filter(**mine))
        self.advice = list(Advice.objects.filter(**mine))
        self.exchanges = list(Exchange.objects.filter(**mine).select_related("by"))
        self.waivers = for_person(person)
        self.stale = False
        self.forms = dict(self._forms())

    def _forms(self) -> Any:
        derived = terms(self.model, "derived_barriers", DERIVED, self.on)
        yield "hindrance", self._form(
            "hindrance", forms.HindranceForm, sort=list(SORTS.items()),
            about=[forms.CHOOSE, *derived],
        )  # fmt: skip
        for row in self.hindrances:
            if row.solved_on is None:
                yield f"solve:{row.pk}", self._form(f"solve:{row.pk}", forms.SolveForm)
        kinds = [(code, KINDS[code]) for code in KINDS_OF[self.visit.country]]
        yield "partner", self._form("partner", forms.PartnerForm, counterpart=kinds)
        with_whom = [(str(one.pk), one.organisation) for one in self.partners if self._holds(one)]
        if with_whom:
            yield "exchange", self._form("exchange", forms.ExchangeForm, partners=with_whom)
        yield "ask", self._form("ask", forms.AskForm, kind=list(ADVISERS.items()))
        for asked in self.advice:
            if not asked.answer:
                yield f"advise:{asked.pk}", self._form(f"advise:{asked.pk}", forms.AdviceForm)

    def _holds(self, row: Partner) -> bool:
        running = row.until is None or row.until > self.on
        return running and consenting(self.waivers, row.counterpart, row.organisation) is not None

    def _form(self, name: str, of: type[forms.Dated], **options: Any) -> forms.Dated:
        data = self.data if self.do == name else None
        first = {"on": self.on, "since": self.on}
        return of(data, today=self.on, options=options, initial=first, prefix=name)

    # What is written

    def written(self) -> bool:
        if self.do.startswith("part:"):
            return self._part(self.do.partition(":")[2])
        form = self.forms.get(self.do)
        if form is None:
            self.stale = True
            return False
        if not form.is_valid():
            return False
        verb, _colon, key = self.do.partition(":")
        try:
            with transaction.atomic():
                getattr(self, f"_{verb}")(form.cleaned_data, key)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        except (StaleRow, IntegrityError):
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        else:
            return True
        return False

    def _part(self, key: str) -> bool:
        row = next((one for one in self.partners if str(one.pk) == key and not one.until), None)
        if row is None:
            self.stale = True
            return False
        actions.end_partner(row, by=self.visit.actor, on=self.on)
        return True

    def _hindrance(self, data: dict[str, Any], _key: str) -> None:
        new = actions.NewHindrance(**data)
        actions.note_hindrance(self.enrolment, new, by=self.visit.actor)

    def _solve(self, data: dict[str, Any], key: str) -> None:
        row = next(one for one in self.hindrances if str(one.pk) == key)
        actions.solve(row, data["result"], by=self.visit.actor, on=data["on"])

    def _partner(self, data: dict[str, Any], _key: str) -> None:
        actions.add_partner(self.enrolment, actions.NewPartner(**data), by=self.visit.actor)

    def _exchange(self, data: dict[str, Any], _key: str) -> None:
        chosen = [one for one in self.partners if str(one.pk) in data["partners"]]
        said = {"on": data["on"], "joint": data["joint"], "words": data["words"]}
        actions.exchange(self.enrolment, chosen, by=self.visit.actor, **said)

    def _ask(self, data: dict[str, Any], _key: str) -> None:
        actions.ask_advice(
            self.enrolment, data["kind"], data["question"], by=self.visit.actor, on=data["on"]
        )

    def _advise(self, data: dict[str, Any], key: str) -> None:
        row = next(one for one in self.advice if str(one.pk) == key)
        actions.answer_advice(
            row, data["answer"], data["answered_by"], by=self.visit.actor, on=data["on"]
        )

    # What is shown

    def context(self) -> dict[str, Any]:
        solved = sum(one.solved_on is not None for one in self.hindrances)
        return about(self.enrolment) | {
            "stale": self.stale,
            "forms": self.forms,
            "hindrances": [self._hindered(row) for row in self.hindrances],
            "solved": solved,
            "partners": [self._with(row) for row in self.partners],
            "advice": [
                {
                    "row": row,
                    "kind": ADVISERS[row.kind],
                    "do": f"advise:{row.pk}",
                    "form": self.forms.get(f"advise:{row.pk}"),
                }
                for row in self.advice
            ],
        }

    def _hindered(self, row: Hindrance) -> dict[str, Any]:
        name = f"solve:{row.pk}"
        what = term(self.model, "derived_barriers", row.about, DERIVED) if row.about else ""
        return {
            "row": row, "sort": SORTS[row.sort], "what": what, "do": name,
            "form": self.forms.get(name),
        }  # fmt: skip

    def _with(self, row: Partner) -> dict[str, Any]:
        """With the last contact, the joint meetings and until when the person has agreed."""
        waiver = consenting(self.waivers, row.counterpart, row.organisation)
        met = [one for one in self.exchanges if row.pk in one.partners]
        return {
            "row": row,
            "kind": KINDS[row.counterpart],
            "until": waiver.over_at.date() if waiver else None,
            "last": met[0] if met else None,
            "joint": sum(one.joint for one in met),
        }


@page(Role.CASE_WORKER, shows=FieldClass.SENSITIVE, person="person", writes=True)
def guide(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Questions for the talk about job goal and barriers beside the note; what is answered goes
    where the plan takes it from: the resource, the goal, the barrier (FM-18)."""
    visit, enrolment = visit_of(request), enrolment_of(person)
    on, model = visit.scope.on, model_of(enrolment)
    options: dict[str, Any] = {
        "goal_kind": terms(model, "job_goal_kinds", {"area": _("Area of work")}),
        "strength": terms(model, "job_goal_strengths", {"own": _("Own goal")}),
    }
    sent = request.POST if request.method == "POST" else None
    form = forms.GuideForm(sent, today=on, options=options, initial={"on": on})
    if sent is not None and form.is_valid():
        try:
            with transaction.atomic():
                _said(enrolment, form.cleaned_data, by=visit.actor)
        except NotNow as fault:
            words = FAULTS.get(fault.code) or MAPPING_FAULTS[fault.code]
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Written down where the plan takes it from."))
            return redirect("guide", person=person)
    parts = [
        {"title": title, "questions": questions, "fields": [form[name] for name in _FIELDS[code]]}
        for code, title, questions in GUIDE
    ]
    named = next((one for one in model.documents if one.code == "conversation_guide"), None)
    source = pick(named.texts, get_language() or "sv") if named else ""
    context = about(enrolment) | {"form": form, "parts": parts, "source": source}
    return render(request, "mediation/guide.html", context)


_FIELDS = {
    "resource": ("resource",),
    "goal": ("goal", "goal_kind", "strength"),
    "barrier": ("barrier", "derived"),
}


def _said(enrolment: Any, data: dict[str, Any], *, by: Any) -> None:
    on, wrote_any = data["on"], False
    if data["resource"].strip():
        note_entry(enrolment, "resource", EntryText("work", data["resource"], on), by=by)
        wrote_any = True
    if data["goal"].strip():
        goal = NewGoal(data["goal_kind"] or "area", data["goal"], data["strength"] or "own", on)
        set_job_goal(enrolment, goal, by=by)
        wrote_any = True
    if data["barrier"].strip():
        entry = EntryText("work", data["barrier"], on, derived=data["derived"])
        note_entry(enrolment, "barrier", entry, by=by)
        wrote_any = True
    if data["note"].strip():
        note(enrolment.person_id, data["note"], by=by, on=on, enrolment=enrolment)
        wrote_any = True
    if not wrote_any:
        raise NotNow("text_missing")
