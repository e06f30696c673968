"""Deciding about a step: what the model asks and what is known beside what a person decides."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.progression.criteria import Condition
from stegvis.core.progression.judgement import say
from stegvis.core.progression.measures import State
from stegvis.core.progression.moves import Move
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.facts import Mark, evidence
from stegvis.journey.followups.actions import answer_need, evaluate
from stegvis.journey.followups.facts import open_needs
from stegvis.journey.followups.forms import EvaluationForm, NeedsForm
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.intake.words import INCOMES
from stegvis.journey.programmes.facts import compared, newer_version, programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.screening.facts import first_talk, screens
from stegvis.journey.standing.actions import judge
from stegvis.journey.steps.actions import (
    NewDecision,
    correct,
    correctable,
    decide_on,
    leave,
    move_to_version,
)
from stegvis.journey.steps.facts import Standing, judged, lacks_report
from stegvis.journey.steps.forms import DecisionForm, JudgeForm, LeaveForm, VersionForm
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.steps.words import FAULTS, decision_words, named
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

DECIDERS = (Role.CASE_WORKER,)
READERS = (*DECIDERS, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)
UNSEEN = {"to_judge_no_evidence", "judged_met_no_evidence"}
_SAID = ("to", "grounds", "own_words")
STATES = {State.MET: "met", State.NOT_MET: "lacking"}
EXITS = {
    "work": gettext_lazy("Work"),
    "education": gettext_lazy("Education"),
    "ordinary_programme": gettext_lazy("Ordinary labour market programme"),
    "other_programme": gettext_lazy("Another programme"),
    "moved": gettext_lazy("Moved away"),
    "illness": gettext_lazy("Illness"),
    "own_wish": gettext_lazy("Own wish"),
    "other": gettext_lazy("Other"),
}


def _standing(person: uuid.UUID, visit: Visit, *, hold: bool = False) -> Standing:
    """The open enrolment of the person the gate has opened to the visitor, judged today. 404 where
    there is none to decide about. `hold`: against a second decision until this one is written."""
    rows = Enrolment.enrolments.filter(person=person, until__isnull=True)
    # What is written needs neither name nor unit; a page that comes back looks them up.
    rows = rows.select_for_update() if hold else rows.select_related("person", "unit")
    row = rows.first()
    if row is None:
        raise Http404
    return judged(row, on=visit.scope.on)


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def decision(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Take a step decision. The advice shown is computed anew when the decision is written, and
    kept with it; if a colleague has decided meanwhile, nothing is written and both are shown."""
    return _deciding(request, person, wrong=None)


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def correction(request: HttpRequest, person: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Undo a decision by a new one: the only way anything decided is ever changed."""
    wrong = StepDecision.objects.filter(pk=decision, person=person).first()
    if wrong is None:
        raise Http404
    if correctable(wrong.enrolment_id) != wrong.pk:
        messages.warning(request, str(FAULTS["only_the_latest_is_corrected"]))
        return redirect("decision", person=person, decision=decision)
    return _deciding(request, person, wrong=wrong)


def _deciding(
    request: HttpRequest, person: uuid.UUID, *, wrong: StepDecision | None
) -> HttpResponse:
    visit = visit_of(request)
    standing = _standing(person, visit, hold=request.method == "POST")
    sheet = _Sheet(standing, visit)
    form = sheet.form(request)
    if request.method == "POST" and form.is_valid():
        if wrong is None and (made := _said_already(form, standing, visit)):
            return redirect("decision", person=person, decision=made.pk)
        try:
            made = _decided(form, standing, visit, wrong=wrong)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        except StaleRow:
            standing = _standing(person, visit)  # as it is now, beside what was typed
            sheet = _Sheet(standing, visit)
            form = sheet.again(request)
        else:
            return redirect("decision", person=person, decision=made.pk)
    context = sheet.context(request.GET.get("to", ""))
    context |= {"form": form, "people_url": reverse("participants"), "corrects": wrong}
    return render(request, "steps/decision.html", context)


def _said_already(form: DecisionForm, standing: Standing, visit: Visit) -> StepDecision | None:
    """The latest decision, if it was this very one: whoever goes back to the form gets a new key
    with it, and pressing again must not decide again."""
    last, data = standing.last, form.cleaned_data
    said = (data["to"], data["motivation"], data["own_words"])
    if last is None or last.on != data["on"] or said != tuple(map(last.values.get, _SAID)):
        return None
    rows = StepDecision.objects.filter(enrolment=standing.enrolment).order_by("created_at", "id")
    row: StepDecision | None = rows.filter(effective_on=last.on).last()
    if row is None or row.by_id != visit.actor.member or row.corrects_id:
        return None
    return row if row.created_at.date() == timezone.now().date() else None


def _decided(
    form: DecisionForm, standing: Standing, visit: Visit, *, wrong: StepDecision | None
) -> StepDecision:
    data = form.cleaned_data
    new = NewDecision(
        to_step=data["to"],
        effective_on=data["on"],
        grounds=data["motivation"],
        reasons=tuple(data["reasons"]),
        own_words=data["own_words"],
        own_words_missing=data["own_words_missing"],
        review_on=data["review_on"],
        seen=data["seen"],
    )
    if wrong is not None:
        return correct(wrong.pk, new, by=visit.actor)
    return decide_on(standing, new, by=visit.actor)


class _Sheet:
    """What the page shows of one standing."""

    def __init__(self, standing: Standing, visit: Visit) -> None:
        self.standing = standing
        self.visit = visit
        self.model = standing.programme
        self.lang = get_language() or "sv"
        self.ladder = self.model.primary
        self.here = standing.judged.road.current(self.ladder.code)
        self.moves = standing.moves
        self.marks: dict[str, tuple[Mark, ...]] = {}

    def form(self, request: HttpRequest) -> DecisionForm:
        wanted = request.GET.get("to", "")
        initial = {"on": self._first_day(), "to": wanted, "seen": self._open_period()}
        return self._form(request.POST if request.method == "POST" else None, initial)

    def _first_day(self) -> dt.date:
        """Today; where a road begins that is screened for, the day of the first talk (FM-03)."""
        if self._open_period() or not screens(self.model):
            return self.visit.scope.on
        return first_talk(self.standing.enrolment.pk) or self.visit.scope.on

    def again(self, request: HttpRequest) -> DecisionForm:
        """What was typed stays; sent again, it is meant of what stands on the page now."""
        data = request.POST.copy()
        data["seen"] = str(self._open_period() or "")
        form = self._form(data, {})
        form.add_error(None, self._meanwhile())
        return form

    def _open_period(self) -> uuid.UUID | None:
        return self.standing.period.pk if self.standing.period else None

    def _meanwhile(self) -> str:
        rows = StepDecision.objects.filter(enrolment=self.standing.enrolment).select_related("by")
        last = rows.order_by("created_at", "id").last()
        if last is None:
            return _("A colleague has decided meanwhile. Look again before you do.")
        return _("%(name)s has decided meanwhile: %(what)s. Look again before you do.") % {
            "name": last.by.name,
            "what": decision_words(last, self.model, self._track),
        }

    def _form(self, data: Any, initial: dict[str, Any]) -> DecisionForm:
        return DecisionForm(
            data,
            moves=[(move.to, self._label(move)) for move in self.moves],
            reasons=self._reasons(),
            on=self.visit.scope.on,
            initial=initial,
        )

    def context(self, wanted: str) -> dict[str, Any]:
        person = self.standing.enrolment.person
        asked = self._asked()
        codes = [one.criterion for one in asked]
        on = self.visit.scope.on
        self.marks = evidence(self.standing.enrolment, self.model, codes, on=on)
        to = next((m for m in self.moves if m.to == wanted), None) or self._nearest()
        name = person.given_name
        return {
            "person": {
                "name": person.name,
                "first_name": name,
                "url": reverse("person", args=[person.pk]),
            },
            "observe_url": reverse("observe_person", args=[person.pk]),
            "question": self._question(to, name),
            "lede": self._lede(),
            "step": self.here.ordinal if self.here else 0,
            "to_step": 0 if to.kind == "stay" else self.model.step(to.to).ordinal,
            "of": len(self.ladder.steps),
            "criteria": [self._criterion(one) for one in asked],
            "marked": any(self.marks.values()),
            "unseen": self._unseen(asked),
            "criteria_for": named(self.model, to.to, self.visit.track),
            "lacks_report": lacks_report(self.standing),
            "apart": self._apart(name),
            "barred": [(self._label(m), say(why, self.lang)) for m, why in self.standing.barred],
            "screening_url": reverse("screening", args=[person.pk]),
            "moves": [self._choice(move, nearest=to) for move in self._ordered(to)],
        }

    def _question(self, to: Move, name: str) -> str:
        asked = {"name": name, "n": self.model.step(to.to).ordinal}
        if to.kind == "stay":
            return _("Should %(name)s stay on step %(n)s?") % asked
        return _("Should %(name)s go to step %(n)s?") % asked

    def _nearest(self) -> Move:
        ahead = [m for m in self.moves if m.kind in {"forward", "enter", "restart"}]
        proposed = [m for m in self.moves if m.proposed]
        stay = [m for m in self.moves if m.kind == "stay"]  # the top step: nowhere further to go
        return (proposed or ahead or stay or self.moves)[0]

    def _ordered(self, to: Move) -> list[Move]:
        stay = [m for m in self.moves if m.kind == "stay"]
        rest = [m for m in self.moves if m is not to and m.kind != "stay"]
        return [to, *(m for m in stay if m is not to), *rest]

    def _label(self, move: Move) -> str:
        words = _("Stay on step %(step)s") if move.kind == "stay" else _("To step %(step)s")
        return words % {"step": named(self.model, move.to, self._track)}

    @property
    def _track(self) -> str:
        return self.visit.track

    def _choice(self, move: Move, *, nearest: Move) -> dict[str, Any]:
        return {
            "code": move.to,
            "label": self._label(move),
            "hint": say(move.because, self.lang),
            "aside": move is not nearest and move.kind != "stay",
        }

    def _lede(self) -> str:
        asked = self._asked()
        met = sum(one.is_met for one in asked)
        return _("%(met)s of %(of)s criteria have support in what is known.") % {
            "met": met,
            "of": len(asked),
        }

    def _asked(self) -> list[Condition]:
        codes = {step.code for step in self.ladder.steps}
        return [one for one in self.standing.judged.standing.conditions if one.step in codes]

    def _reasons(self) -> list[tuple[str, str]]:
        met = [one for one in self._asked() if one.is_met]
        words = [pick(self.model.criteria[one.criterion].texts, self.lang) for one in met]
        return [(text, text) for text in dict.fromkeys(words)]

    def _unseen(self, asked: list[Condition]) -> list[str]:
        """The criteria that ask for something seen in work, of which nothing counts (AJ-23)."""
        lacking = [
            self.model.criteria[one.criterion] for one in asked if one.because.code in UNSEEN
        ]
        seen = dict.fromkeys(one.code for one in lacking if "observation" in one.evidence)
        return [pick(self.model.criteria[code].texts, self.lang) for code in seen]

    def _apart(self, name: str) -> list[dict[str, Any]]:
        """The abilities where the person's own view and what was seen differ, each once."""
        every = {mark.item: mark for marks in self.marks.values() for mark in marks}
        return [{"who": name, "mark": mark} for mark in every.values() if mark.apart]

    def _criterion(self, one: Condition) -> dict[str, Any]:
        criterion = self.model.criteria[one.criterion]
        person = self.standing.enrolment.person_id
        return {
            "name": pick(criterion.texts, self.lang),
            "hint": pick(criterion.easy, self.lang),
            "state": STATES.get(one.state, "unknown"),
            "known": say(one.because, self.lang),
            "evidence": self.marks.get(one.criterion, ()),
            "judge_url": reverse("judge", args=[person, one.criterion])
            if criterion.test != "auto"
            else "",
        }


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def decided(request: HttpRequest, person: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """A decision as it was taken. This page is never changed."""
    visit = visit_of(request)
    rows = StepDecision.objects.filter(pk=decision, person=person)
    row = rows.select_related("by", "person", "enrolment", "programme", "corrects").first()
    if row is None:
        raise Http404
    from stegvis.journey.programmes.facts import programme

    model = programme(row.programme)
    may_correct = visit.actor.holds(*DECIDERS) and correctable(row.enrolment_id) == row.pk
    context = {
        "decision": row,
        "what": decision_words(row, model, visit.track),
        # Ticked on the page they are sentences, brought from elsewhere the criteria's codes.
        "reasons": [
            pick(model.criteria[one].texts, get_language() or "sv")
            if one in model.criteria
            else one
            for one in row.reasons
        ],
        "advice": [move for move in row.advice["open_moves"] if move["to"] == row.to_step],
        "lacking": [
            {
                "name": pick(model.criteria[one["criterion"]].texts, get_language() or "sv")
                if one["criterion"] in model.criteria
                else one["criterion"],
                "because": one["because"]["text"],
            }
            for one in row.advice["lacking"]
        ],
        "person_url": reverse("person", args=[person]),
        "people_url": reverse("participants"),
        "correct_url": reverse("correct", args=[person, decision]) if may_correct else "",
        "corrected_by": row.corrections.first(),
    }
    return render(request, "steps/decided.html", context)


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def judging(request: HttpRequest, person: uuid.UUID, criterion: str) -> HttpResponse:
    """Judge one criterion, with what it rests on."""
    visit = visit_of(request)
    standing = _standing(person, visit)
    asked = standing.programme.criteria.get(criterion)
    if asked is None or asked.test == "auto":
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = JudgeForm(posted, on=visit.scope.on, initial={"on": visit.scope.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        judge(
            standing.enrolment,
            by=visit.actor,
            criterion=criterion,
            met=data["met"] == "yes",
            basis=data["basis"],
            on=data["on"],
        )
        return redirect("decide", person=person)
    context = {
        "form": form,
        "criterion": pick(asked.texts, get_language() or "sv"),
        "evidence": asked.evidence,
        "person": {"name": standing.enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
        "back_url": reverse("decide", args=[person]),
    }
    return render(request, "steps/judge.html", context)


@page(*DECIDERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def leaving(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The person leaves the programme: always a decision, never a timer."""
    visit = visit_of(request)
    standing = _standing(person, visit)
    posted = request.POST if request.method == "POST" else None
    form = LeaveForm(
        posted,
        on=visit.scope.on,
        reasons=list(EXITS.items()),
        incomes=list(INCOMES.items()),
        initial={"on": visit.scope.on},
    )
    asked = [EvaluationForm(posted, of=of) for of in ("participant", "case_worker")]
    needs = NeedsForm(posted, lines=open_needs(standing.enrolment), prefix="needs")
    forms = [form, needs, *asked]
    valid = request.method == "POST" and not any(one.errors for one in forms)
    if valid:
        _answered(needs, asked, standing, visit)
        if _left(form, standing, visit):
            return redirect("participants")
    context = {
        "form": form,
        "forms": forms,
        "needs": needs,
        "asked": asked,
        "person": {"name": standing.enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
    }
    return render(request, "steps/leave.html", context)


def _answered(
    needs: NeedsForm, asked: list[EvaluationForm], standing: Standing, visit: Visit
) -> None:
    """Before the exit, since with it ends the right to write: what came of the needs, and what
    both find. Rolled back together with a leaving that is not taken."""
    how: dict[str, Any] = {"by": visit.actor, "on": visit.scope.on}
    for need in needs.answers():
        answer_need(standing.enrolment, need, **how)
    for one in asked:
        evaluate(standing.enrolment, one.answer(), **how)


def _left(form: LeaveForm, standing: Standing, visit: Visit) -> bool:
    data = form.cleaned_data
    new = NewDecision(
        to_step="",
        effective_on=data["on"],
        grounds=data["motivation"],
        own_words=data["own_words"],
        own_words_missing=data["own_words_missing"],
    )
    how = {"reason": data["reason"], "income": data["income"]}
    try:
        leave(standing.enrolment.pk, new, by=visit.actor, **how)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def changing_version(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Over to the version in force: what differs is shown, and a person decides (INV-3)."""
    visit = visit_of(request)
    standing = _standing(person, visit)
    enrolment = standing.enrolment
    newer = newer_version(enrolment.programme_id)
    if newer is None:
        raise Http404
    form = VersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewDecision(
            to_step="",
            effective_on=visit.scope.on,
            grounds=data["motivation"],
            own_words=data["own_words"],
        )
        try:
            made = move_to_version(enrolment.pk, newer, new, by=visit.actor)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        else:
            return redirect("decision", person=person, decision=made.pk)
    before = ProgrammeVersion.versions.get(pk=enrolment.programme_id)
    model = programme(newer)
    context = {
        "form": form,
        "model": model,
        "row": before,
        "other": newer,
        "compared": compared(before, newer.text, model),
        "person": {"name": enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
    }
    return render(request, "steps/version.html", context)
