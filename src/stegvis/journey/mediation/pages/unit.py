"""Mediators as the manager sees them, how one is reached, and talking cases over."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation import actions, facts, forms
from stegvis.journey.mediation.models import Mediator, Qualification, SparredCase, Sparring
from stegvis.journey.mediation.words import FAULTS, MOST, PROFESSIONS, QUALIFICATIONS, SPARRING
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow

MEDIATORS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)
FEW = 5  # ours: of fewer answers no median is told
BACK = dt.timedelta(days=183)


def _colleagues(visit: Visit, *, everywhere: bool = False) -> list[Member]:
    """Those who are mediators now: of the units one manages, or in the whole municipality."""
    on = visit.scope.on
    grants = Grant.grants.held(on).filter(role=Role.JOB_MEDIATOR, member__left_on__isnull=True)
    units = visit.actor.units(Role.UNIT_MANAGER)
    if not everywhere and None not in units:
        grants = grants.filter(unit__in=[one for one in units if one])
    rows = Member.members.filter(pk__in=grants.values("member")).order_by("name", "id")
    return list(rows)


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def mediators(request: HttpRequest) -> HttpResponse:
    """How many each has, what has been shown of them, how soon messages are answered. Numbers: who
    the people are is not told here."""
    visit = visit_of(request)
    on = visit.scope.on
    rows = _colleagues(visit)
    keys = [row.pk for row in rows]
    has = facts.caseloads(keys, on=on)
    kept = {row.member_id: row for row in Mediator.objects.filter(member__in=keys)}
    shown: dict[uuid.UUID, set[str]] = {}
    quals = Qualification.objects.filter(member__in=keys, ended_on__isnull=True)
    for member, code in quals.values_list("member_id", "code"):
        shown.setdefault(member, set()).add(code)
    waits = _waits(visit, keys)
    listed = []
    for row in rows:
        own = kept.get(row.pk)
        most = (own.max_caseload if own else None) or MOST
        lacks = [
            QUALIFICATIONS[code] for code in QUALIFICATIONS if code not in shown.get(row.pk, ())
        ]
        answers = waits.get(row.pk, [])
        listed.append(
            {
                "name": row.name, "url": reverse("mediator_kept", args=[row.pk]),
                "profession": PROFESSIONS.get(own.profession, "") if own else "",
                "authority": bool(own and own.has_authority), "n": has[row.pk], "most": most,
                "over": has[row.pk] > most, "lacks": lacks,
                "answered": sum(one.answered for one in answers),
                "median": facts.median_days(answers)
                if sum(one.answered for one in answers) >= FEW else None,
            }
        )  # fmt: skip
    context = {"rows": listed, "few": FEW, "months": 6}
    return render(request, "mediation/mediators.html", context)


def _waits(visit: Visit, members: list[uuid.UUID]) -> dict[uuid.UUID, list[facts.Response]]:
    """Answers of half a year by the mediator the person has now; on days the house is closed nobody
    is waited for. Three queries."""
    on = visit.scope.on
    mine = reached(visit.actor, FieldClass.PLAN, on=on, column="person_id")
    held = Assignment.assignments.held(on).filter(
        mine, member__in=members, part=Assignment.Part.JOB_MEDIATOR
    )
    whose = dict(held.values_list("enrolment_id", "member_id"))
    off = calendar(visit.country, on, members=[]).of(None, visit.unit)
    said = facts.response_days(
        whose, since=on - BACK, until=on + dt.timedelta(days=1), on=on, off=off
    )
    found: dict[uuid.UUID, list[facts.Response]] = {}
    for one in said:
        found.setdefault(whose[one.enrolment], []).append(one)
    return found


@page(Role.UNIT_MANAGER)
def mediator_kept(request: HttpRequest, mediator: uuid.UUID) -> HttpResponse:
    """What the manager keeps of one mediator."""
    visit = visit_of(request)
    who = next((one for one in _colleagues(visit, everywhere=True) if one.pk == mediator), None)
    if who is None:
        raise Http404
    return _kept(request, who, manages=True)


@page(Role.JOB_MEDIATOR)
def own_reach(request: HttpRequest) -> HttpResponse:
    """How the people one works with reach one: it stands on their own page."""
    visit = visit_of(request)
    return _kept(request, Member.members.get(pk=visit.actor.member), manages=False)


def _kept(request: HttpRequest, who: Member, *, manages: bool) -> HttpResponse:
    visit = visit_of(request)
    on = visit.scope.on
    row = Mediator.objects.filter(member=who).first() or Mediator(member=who)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    others = Member.members.working(on).exclude(pk=who.pk).order_by("name", "id")
    options: dict[str, Any] = {
        "profession": [forms.CHOOSE, *PROFESSIONS.items()],
        "deputy": [("", _("Nobody"))] + [(str(one.pk), one.name) for one in others],
    }
    names = ("profession", "has_authority", "max_caseload", "phone", "hours", "deputy_phone")
    first = {name: getattr(row, name) for name in names} | {"deputy": row.deputy_id}
    form = forms.ProfileForm(
        request.POST if do == "keep" else None, today=on, options=options, initial=first,
        manages=manages,
    )  # fmt: skip
    qualify = forms.QualifyForm(
        request.POST if do == "qualify" else None, today=on,
        options={"code": list(QUALIFICATIONS.items())}, prefix="qualify",
    )  # fmt: skip
    here = redirect("mediator_kept", mediator=who.pk) if manages else redirect("own_reach")
    if do == "keep" and form.is_valid() and _keep(row, form, visit):
        messages.success(request, _("Saved."))
        return here
    if manages and do == "qualify" and qualify.is_valid():
        data = qualify.cleaned_data
        actions.qualify(who.pk, data["code"], data["evidence"], by=visit.actor, on=on)
        messages.success(request, _("Saved."))
        return here
    rows = Qualification.objects.filter(member=who, ended_on__isnull=True)
    shown = [(QUALIFICATIONS[one.code], one.evidence, one.on) for one in rows]
    context = {
        "who": who, "form": form, "qualify": qualify if manages else None, "shown": shown,
        "manages": manages, "mediators_url": reverse("mediators"),
    }  # fmt: skip
    return render(request, "mediation/kept.html", context)


def _keep(row: Mediator, form: forms.ProfileForm, visit: Visit) -> bool:
    data = form.cleaned_data
    new = actions.Profile(
        profession=data.get("profession", row.profession),
        has_authority=data.get("has_authority", row.has_authority),
        max_caseload=data.get("max_caseload", row.max_caseload),
        phone=data["phone"],
        hours=data["hours"],
        deputy_id=uuid.UUID(data["deputy"]) if data["deputy"] else None,
        deputy_phone=data["deputy_phone"],
    )
    try:
        with transaction.atomic():
            actions.keep_mediator(row, new, by=visit.actor)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


@page(*MEDIATORS, shows=FieldClass.WORK)
def sparring(request: HttpRequest) -> HttpResponse:
    """Cases talked over with colleagues or the manager. A case is named to those who may see the
    person, and to nobody else it is even counted."""
    visit = visit_of(request)
    on = visit.scope.on
    mine = reached(visit.actor, FieldClass.WORK, on=on, column="person_id")
    rows = Enrolment.enrolments.filter(mine).open().select_related("person")
    people = {str(row.pk): row for row in rows.order_by("person__given_name", "id")[:200]}
    sent = request.POST if request.method == "POST" else None
    form = forms.SparringForm(
        sent, today=on, initial={"on": on, "kind": "peer"},
        options={
            "kind": list(SPARRING.items()),
            "cases": [(key, row.person.name) for key, row in people.items()],
        },
    )  # fmt: skip
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        new = actions.NewSparring(data["kind"], data["on"], data["theme"], unit=visit.unit)
        cases = [(people[key], data["result"]) for key in data["cases"]]
        actions.spar(new, cases, by=visit.actor)
        messages.success(request, _("Written down."))
        return redirect("sparring")
    known = SparredCase.objects.filter(mine).select_related("sparring__by", "person")
    talks: dict[uuid.UUID, dict[str, Any]] = {}
    for one in known.order_by("-sparring__on", "-sparring__created_at", "created_at")[:100]:
        row: Sparring = one.sparring
        said = {"row": row, "kind": SPARRING[row.kind], "cases": []}
        talks.setdefault(row.pk, said)["cases"].append(one)
    shown = [*(row.person_id for row in people.values())]
    shown += [one.person_id for talk in talks.values() for one in talk["cases"]]
    seen(shown, shows=FieldClass.WORK)
    return render(request, "mediation/sparring.html", {"form": form, "talks": list(talks.values())})
