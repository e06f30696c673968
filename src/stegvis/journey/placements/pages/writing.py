"""Writing the profile, visits, answers to a match, and what is done first."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers.models import ContactPerson
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.facts.fitting import open_openings
from stegvis.journey.placements.facts.profile import begun
from stegvis.journey.placements.forms import (
    AnswerForm,
    JudgeForm,
    MeasuresForm,
    OwnViewForm,
    ProfileForm,
    VisitForm,
)
from stegvis.journey.placements.models import FirstMeasures, Match, MatchProfile, Said
from stegvis.journey.placements.models import Visit as Going
from stegvis.journey.placements.pages.finding import (
    READERS,
    WRITERS,
    about,
    colleagues,
    contact_choices,
    contacts,
    latest,
    open_one,
    sent,
    standing_sites,
    where,
    wheres,
    written,
)
from stegvis.journey.placements.words import FITS, PROFILE, STATES, VISITS
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.documents.typesetting import pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.speech import speaking
from stegvis.platform.ui.dates import long_day


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def match_profile(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Begun from the job goal and the resources that are written already."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    if enrolment.until is not None:
        raise Http404
    row = MatchProfile.objects.filter(enrolment=enrolment).first()
    parts = MatchProfile.PARTS
    known = {part: getattr(row, part) for part in parts} if row else begun(enrolment, visit.actor)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={**known, "seen": row.version if row else None},
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("seen")
        if written(form, lambda: actions.write_profile(
            enrolment, data, by=visit.actor, seen=seen, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("placements", person=person)
    context = about(enrolment) | {"form": form, "row": row, "goal": vars(enrolment)["goal"]}
    return render(request, "placements/profile.html", context)


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def match_profile_pdf(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """One page for the talk with a company (FM-28): of health there is nothing in it."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    row = MatchProfile.objects.filter(enrolment=enrolment).first()
    if row is None:
        raise Http404
    lang = Tenant.objects.get(pk=visit.scope.tenant).language
    with speaking(lang):
        values = {
            "title": _("Match profile"),
            "sender": visit.tenant_name,
            "date": long_day(row.on),
            "to": [enrolment.person.given_name],
            "sections": [
                {"title": str(words), "lines": getattr(row, part).splitlines()}
                for part, words in PROFILE.items()
                if getattr(row, part)
            ],
            "comment": None,
        }
    answer = HttpResponse(pdf("report", values, lang), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="match.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


# Going there


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def plan_visit(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    offered, sites = open_openings(on=on), standing_sites(visit)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        on=on,
        choices={"where": wheres(offered, sites), "company": colleagues(enrolment, visit)},
        initial={"on": on, "where": request.GET.get("where", ""), "company": visit.actor.member},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        site, opening = where(data["where"], offered, sites)
        company = uuid.UUID(data["company"]) if data["company"] else None
        new = actions.NewVisit(site, data["kind"], data["on"], opening, company, data["on"] < on)
        if written(form, lambda: actions.plan_visit(
            enrolment, new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("placements", person=person)
    lede = _("To look, to try, or to go along the first day.")
    context = {"form": form, "title": _("Plan a visit"), "lede": lede, "button": _("Save")}
    return render(request, "placements/form.html", about(enrolment) | context)


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def visit_seen(request: HttpRequest, person: uuid.UUID, visited: uuid.UUID) -> HttpResponse:
    """How it was: as the person says, and as whoever went along sees it."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    rows = Going.visits.filter(pk=visited, enrolment=enrolment)
    row = rows.select_related("site", "opening", "enrolment").first()
    if row is None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    first = {"fit": row.fit, "why": row.fit_why, "seen": row.version}
    judge = JudgeForm(request.POST if do == "judge" else None, on=on, initial=first)
    own = OwnViewForm(
        request.POST if do == "own" else None, on=on, prefix="own",
        initial={"rating": row.rating or "", "words": row.words},
    )  # fmt: skip
    form, write = _visit_verb(request, row, judge, own)
    if do and form.is_valid() and written(form, write):
        messages.success(request, _("Saved."))
        return redirect("placements", person=person)
    context = {
        "row": row, "kind": VISITS[row.kind], "judge": judge, "own": None if row.own else own,
        "form": form, "coming": row.on > on, "fit": FITS.get(row.fit),
    }  # fmt: skip
    return render(request, "placements/visit.html", about(enrolment) | context)


def _visit_verb(
    request: HttpRequest, row: Any, judge: JudgeForm, own: OwnViewForm
) -> tuple[Any, Any]:
    by, do = visit_of(request).actor, request.POST.get("do", "")
    if do == "own":
        return own, lambda: actions.say_visit(row, by=by, **own.cleaned_data)
    if do == "judge" and "off" in request.POST:
        return judge, lambda: actions.call_off(row, by=by, seen=judge.cleaned_data["seen"])
    return judge, lambda: actions.judge_visit(row, by=by, **judge.cleaned_data)


# A match


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def match(request: HttpRequest, person: uuid.UUID, match: uuid.UUID) -> HttpResponse:
    """Each side answers for itself; with one yes it stays proposed (FM-30)."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    rows = Match.matches.filter(pk=match, enrolment=enrolment)
    row = rows.select_related("site", "opening", "enrolment", "contact").first()
    if row is None:
        raise Http404
    there = contacts(visit, row.site)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    sides = {
        side: AnswerForm(
            request.POST if do == side else None, on=on, prefix=side,
            choices={"contact": contact_choices(there, alone=True)},
            initial={"seen": row.version, "said": answered},
        )
        for side, answered in (("person", row.person_said), ("company", row.employer_said))
    }  # fmt: skip
    del sides["person"].fields["contact"]
    form = sides.get(do)
    if (
        form is not None
        and form.is_valid()
        and written(form, lambda: _answered(row, do, form.cleaned_data, there, visit))
    ):
        messages.success(request, _("Saved."))
        return redirect("match", person=person, match=row.pk)
    answered = {"person": row.person_said, "company": row.employer_said}
    context = {
        "row": row, "state": STATES[row.state], "sides": sides, "form": form,
        "placed": row.placements.exists(), "yes": Said.YES, "answered": answered,
        "both": row.state == Match.State.ACCEPTED, "aside": row.state == Match.State.SET_ASIDE,
    }  # fmt: skip
    return render(request, "placements/match.html", about(enrolment) | context)


def _answered(
    row: Match, do: str, data: dict[str, Any], there: list[ContactPerson], visit: Visit
) -> None:
    said, seen = data["said"], data["seen"]
    if do == "person":
        actions.answer_match(row, by=visit.actor, said=said, seen=seen)
        return
    contact = next((one for one in there if str(one.pk) == data["contact"]), None)
    actions.answer_for_company(row, by=visit.actor, said=said, contact=contact, seen=seen)


# What is done first


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def first_measures(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = latest(person, visit), visit.scope.on
    if enrolment.until is not None:
        raise Http404
    health = may(visit.actor, Act.WRITE, person, FieldClass.SENSITIVE, on=on)
    form = MeasuresForm(
        request.POST if request.method == "POST" else None, on=on, initial=_first(enrolment, health)
    )
    if not health:
        del form.fields["condition"]
    if request.method == "POST" and form.is_valid():
        new = actions.NewMeasures(**form.cleaned_data)
        if written(form, lambda: actions.plan_first(
            enrolment, new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("placements", person=person)
    lede = _("As much as the person can now, so that a placement can begin early.")
    context = {
        "form": form, "title": _("First measures"), "lede": lede, "button": _("Save"),
        "rare": ["condition"], "fold": _("What it takes, of body and mind"),
    }  # fmt: skip
    return render(request, "placements/form.html", about(enrolment) | context)


def _first(enrolment: Enrolment, health: bool) -> dict[str, Any]:  # noqa: FBT001 -- who reads it
    row = FirstMeasures.objects.filter(enrolment=enrolment).order_by("-on", "-created_at").first()
    if row is None:
        return {}
    known = {"measures": row.measures, "hours_week": row.hours_week, "earliest": row.earliest}
    return known | ({"condition": row.condition} if health else {})
