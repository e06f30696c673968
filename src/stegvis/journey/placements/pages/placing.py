"""Registering a placement, and what is decided of it afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.matching import limits
from stegvis.core.values.texts import pick
from stegvis.journey.employers.models import ContactPerson
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.actions.deciding import change_contact
from stegvis.journey.placements.facts.fitting import open_openings
from stegvis.journey.placements.forms import (
    ContactForm,
    DropOutForm,
    ExceptionForm,
    PlaceForm,
    TurnForm,
)
from stegvis.journey.placements.models import DropOut, Match, Placement, PlacementDecision
from stegvis.journey.placements.pages.finding import (
    WRITERS,
    about,
    colleagues,
    contact_choices,
    contacts,
    open_one,
    sent,
    standing_sites,
    where,
    wheres,
    worded,
    written,
)
from stegvis.journey.placements.pages.out import placement_shown
from stegvis.journey.placements.words import DECIDED, LIMITED, kinds, places, reasons
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def place(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """`?match=` fills in what both have said yes to."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    offered, sites, there = open_openings(on=on), standing_sites(visit), contacts(visit)
    match = _match(request, enrolment)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        on=on,
        danish=visit.country == "DK",
        choices={
            "where": wheres(offered, sites),
            "kind": [(one.code, one.name.capitalize()) for one in kinds(visit.country).values()],
            "site_kind": [(one.code, one.name) for one in places(visit.country).values()],
            "contact": contact_choices(there, alone=False),
            "company": colleagues(enrolment, visit),
        },
        initial={"since": on, "kind": "practice", **_from(match)},
    )
    if request.method == "POST" and form.is_valid():
        site, opening = where(form.cleaned_data["where"], offered, sites)
        new = _new(form, site, opening, match, there)
        if written(form, lambda: actions.place(
            enrolment, new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Placed. The way there is planned: see the visits."))
            return redirect("placements", person=person)
    context = {"form": form, "match": match, "danish": visit.country == "DK"}
    return render(request, "placements/place.html", about(enrolment) | context)


def _match(request: HttpRequest, enrolment: Enrolment) -> Match | None:
    try:
        key = uuid.UUID(request.GET.get("match", "") or request.POST.get("match", ""))
    except ValueError:
        return None
    rows = Match.matches.filter(pk=key, enrolment=enrolment, state=Match.State.ACCEPTED)
    found: Match | None = rows.select_related("site", "opening").first()
    return found


def _from(match: Match | None) -> dict[str, Any]:
    if match is None:
        return {}
    key = f"opening:{match.opening_id}" if match.opening_id else f"site:{match.site_id}"
    return {"where": key, "contact": match.contact_id}


def _new(
    form: PlaceForm, site: Any, opening: Any, match: Match | None, there: list[ContactPerson]
) -> actions.NewPlacement:
    data = form.cleaned_data
    contact = next((one for one in there if str(one.pk) == data["contact"]), None)
    if match is not None and match.site_id != site.pk:
        match = None
    chosen = ("kind", "site_kind", "aim", "since", "ends", "guide")
    law = ("group", "job_ready", "talked_on", "fte")
    said: dict[str, Any] = {name: data[name] for name in chosen}
    said |= {name: data.get(name) for name in law}
    return actions.NewPlacement(
        site=site, opening=opening, match=match, contact=contact, lines=form.lines(),
        tasks=match.tasks if match else "", **said,
    )  # fmt: skip


def _placement(person: uuid.UUID, key: uuid.UUID, visit: Visit) -> tuple[Enrolment, Placement]:
    enrolment = open_one(person, visit)
    rows = Placement.placements.filter(pk=key, enrolment=enrolment).prefetch_related("lines")
    row: Placement | None = rows.select_related("site__company", "contact", "enrolment").first()
    if row is None:
        raise Http404
    return enrolment, row


FIELDS = {
    "begin": ("day",),
    "extend": ("day", "grounds", "paragraph", "assessed", "special", "talked_on"),
    "end": ("day", "grounds"),
}


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def placement(request: HttpRequest, person: uuid.UUID, placement: uuid.UUID) -> HttpResponse:
    """What was agreed, and what is decided: it began, goes on longer, ends; who answers there."""
    visit = visit_of(request)
    enrolment, row = _placement(person, placement, visit)
    on = visit.scope.on
    do = request.POST.get("do", "") if request.method == "POST" else ""
    danish = visit.country == "DK" and row.kind in LIMITED
    turns = {
        what: TurnForm(
            request.POST if do == what else None, on=on, prefix=what,
            only=names if danish else tuple(n for n in names if n in {"day", "grounds"}),
            initial={"seen": row.version, "day": row.since if what == "begin" else row.ends or on},
        )
        for what, names in FIELDS.items()
    }  # fmt: skip
    there = contacts(visit, row.site)
    turns["contact"] = ContactForm(  # type: ignore[assignment]
        request.POST if do == "contact" else None, on=on, prefix="contact",
        choices={"contact": contact_choices(there, alone=True)},
        initial={"contact": row.contact_id, "guide": row.guide, "seen": row.version},
    )  # fmt: skip
    form = turns.get(do)
    if form is not None and form.is_valid() and written(form, _verb(request, row, form, there)):
        messages.success(request, _("Decided. It is kept with its grounds."))
        return redirect("placement", person=person, placement=row.pk)
    taken = PlacementDecision.objects.filter(placement=row).select_related("by")
    context = {
        "one": placement_shown(row, on), "turns": turns, "form": form, "danish": danish,
        "decisions": [(d, DECIDED[d.what]) for d in taken.order_by("created_at", "id")],
        "longest": _longest(row) if danish else None,
    }  # fmt: skip
    return render(request, "placements/placement.html", about(enrolment) | context)


def _longest(row: Placement) -> limits.Longest | None:
    if row.group is None or row.kind != "practice":
        return None
    return limits.longest(row.group, row.job_ready, row.since)


def _verb(
    request: HttpRequest, row: Placement, form: Any, there: list[ContactPerson]
) -> Callable[[], Any]:
    by, do, data = visit_of(request).actor, request.POST["do"], form.cleaned_data
    if do == "contact":
        contact = next((one for one in there if str(one.pk) == data["contact"]), None)
        guide, seen = data["guide"], data["seen"]
        return lambda: change_contact(row, contact, guide, by=by, seen=seen)
    verbs: dict[str, Callable[..., Any]] = {
        "begin": actions.begin_placement,
        "extend": actions.extend_placement,
        "end": actions.end_placement,
    }

    def write() -> None:
        found = verbs[do](row, actions.NewTurn(**data), by=by, submission=sent(request))
        for words in worded(found) if do == "extend" else ():
            messages.warning(request, words)

    return write


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def drop_out(request: HttpRequest, person: uuid.UUID, placement: uuid.UUID) -> HttpResponse:
    """Broken off. It proposes a new attempt; the step is decided where steps are."""
    visit = visit_of(request)
    enrolment, row = _placement(person, placement, visit)
    choices = [(one.code, one.name) for one in reasons().values()]
    if visit.actor.holds(Role.PROTECTION_OFFICER) and not visit.actor.holds(*WRITERS[:2]):
        choices = [(one.code, one.name) for one in reasons().values() if not one.sensitive]
    form = DropOutForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        choices={"reason": [("", _("– choose –")), *choices]},
        initial={"on": visit.scope.on, "seen": row.version},
    )
    if request.method == "POST" and form.is_valid():
        new = actions.NewDropOut(**form.cleaned_data)
        if written(form, lambda: actions.drop_out(
            row, new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Written. A new attempt is proposed on the road."))
            return redirect("placements", person=person)
    lede = _("Nothing moves by itself: a person decides about the step. Everything before stays.")
    context = {
        "form": form, "title": _("Register a drop-out"), "lede": lede, "button": _("Save"),
        "rare": ["words"], "fold": _("Say more about it"),
    }  # fmt: skip
    return render(request, "placements/form.html", about(enrolment) | context)


@page(Role.CASE_WORKER, shows=FieldClass.SENSITIVE, person="person", writes=True)
def drop_out_exception(request: HttpRequest, person: uuid.UUID, dropped: uuid.UUID) -> HttpResponse:
    """Of the case worker who holds the case alone (FM-51)."""
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    row = (
        DropOut.objects.filter(pk=dropped, enrolment=enrolment).select_related("enrolment").first()
    )
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    rule = model.transitions.drop_out
    if row is None or rule is None:
        raise Http404
    form = ExceptionForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        choices={"code": [(code, pick(t, get_language() or "sv"))
                          for code, t in rule.exceptions.items()]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        new = actions.NewException(**form.cleaned_data)
        if written(form, lambda: actions.set_exception(
            row, new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Decided. It is kept with its grounds."))
            return redirect("placements", person=person)
    context = {
        "form": form, "title": _("The exception"), "button": _("Decide"),
        "lede": pick(rule.exception_next, get_language() or "sv"),
    }  # fmt: skip
    return render(request, "placements/form.html", about(enrolment) | context)
