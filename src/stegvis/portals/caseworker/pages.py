"""The case worker's and the mediator's pages. The manager and the supervisor share the list and the
road: what they see of it is decided by the wall, not by another page."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stegvis.journey.mediation.facts import caseload, own_numbers
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.ui.day import Part
from stegvis.portals.caseworker import day, people, road
from stegvis.portals.caseworker.looking import look_up, spelled_alike

WORKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)
OWN_LIST = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR)
DECIDERS = (Role.CASE_WORKER,)
PAGE = 50
MOST_FOLLOW_UPS = 25  # on My day; the number of all stands above them
LANDINGS = (
    (OWN_LIST, "my_day"),
    ((Role.UNIT_MANAGER,), "participants"),
    ((Role.ADMINISTRATOR,), "administration"),
    ((Role.LOG_REVIEWER,), "reads"),
    ((Role.PROTECTION_OFFICER,), "protected"),
    ((Role.PARTICIPANT,), "my_today"),
)


@page(*STAFF, Role.PARTICIPANT)
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Each role begins where its day begins."""
    for roles, name in LANDINGS:
        if visit_of(request).actor.holds(*roles):
            return redirect(name)
    return redirect("binders")


@page(*OWN_LIST, shows=FieldClass.PLAN)
@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    found = day.my_day(visit)
    seen(found.persons, shows=FieldClass.PLAN)
    may_receive = visit.actor.holds(Role.CASE_WORKER)
    follow_ups = found.part(Part.FOLLOW_UPS)
    needs = {item.person or item.url for item in found.part(Part.NEEDS)}
    context = {part.value: found.part(part) for part in Part} | {
        "today": visit.scope.on,
        "needing": len(needs),
        "first_name": visit.member_name.partition(" ")[0],
        "follow_ups": follow_ups[:MOST_FOLLOW_UPS],
        "late_count": sum(item.kind == "late" for item in follow_ups),
        "soon_count": sum(item.kind != "late" for item in follow_ups),
        "over": _over(visit, found),
        "asks_silent": visit.actor.holds(Role.JOB_MEDIATOR),
        "next_words": day.next_words(found, visit.scope.on),
        "referrals_url": reverse("referrals") if may_receive else "",
        "new_referral_url": reverse("new_referral") if may_receive else "",
        "people_url": reverse("participants"),
        "people_count": found.count,
        "leave_url": reverse("own_leave"),
    }
    return render(request, "caseworker/my_day.html", context)


def _over(visit: Visit, found: day.MyDay) -> tuple[int, int] | None:
    """A mediator's number of people and the one agreed, where it is passed (FM-24)."""
    if not visit.actor.holds(Role.JOB_MEDIATOR):
        return None
    most = own_numbers([visit.actor.member]).get(visit.actor.member) or found.most
    many = caseload(visit.actor.member, on=visit.scope.on)
    return (many, most) if many > most else None


@page(*WORKERS, shows=FieldClass.IDENTITY)
@require_safe
def participants(request: HttpRequest) -> HttpResponse:
    """The dense list: one's own people, or the unit's for who manages it."""
    visit = visit_of(request)
    unit = _whole_unit(request, visit)
    show = "mine" if visit.actor.holds(Role.UNIT_MANAGER) and not unit else ""
    order = request.GET.get("sort", "next")
    order = order if order in people.ORDERS else "next"
    q = request.GET.get("q", "").strip()
    rows = people.open_enrolments(visit, unit=unit)
    shown, others = rows, []
    if q:
        looked = look_up(q, visit)
        shown = rows.filter(person__in=looked.people)
        others = people.not_listed(looked.people, rows, visit)
    on = visit.scope.on
    # Keys in order and their number in one query; then what the page shows of fifty of them.
    keys = list(people.ordered(shown, on=on, order=order).values_list("pk", flat=True))
    part = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    found = people.of_keys(list(part.object_list), visit)
    part.object_list = [*_rows(found, visit), *people.other_rows(others, on=on)]
    seen(
        [*(stand.person for stand in found), *(one.person_id for one in others)],
        shows=FieldClass.IDENTITY,
    )
    context = {
        "page": part,
        "page_query": _query(q=q, sort=order if order != "next" else "", show=show),
        "show": show,
        "total": part.paginator.count,
        "q": q,
        "lede": _lede(part.paginator.count, unit=unit, visit=visit),
        "tabs": [],
        "scopes": _scopes(visit, unit=unit),
        "columns": _columns(order, q=q, show=show),
        "similar": _similar(q, rows) if q and not part.object_list else [],
        "list_url": reverse("participants"),
        "new_referral_url": _new_referral_url(visit),
    }
    return render(request, "caseworker/participants.html", context)


def _whole_unit(request: HttpRequest, visit: Visit) -> bool:
    if not visit.actor.holds(Role.UNIT_MANAGER):
        return False
    return request.GET.get("show") != "mine" or not visit.actor.holds(*OWN_LIST)


def _new_referral_url(visit: Visit) -> str:
    return reverse("new_referral") if visit.actor.holds(Role.CASE_WORKER) else ""


def _rows(found: list[people.Stand], visit: Visit) -> list[Any]:
    models = people.models_of(found)
    return [
        people.person_row(
            stand,
            models[stand.programme],
            track=visit.track,
            on=visit.scope.on,
            url=f"/people/{stand.person}/",
        )
        for stand in found
    ]


def _lede(count: int, *, unit: bool, visit: Visit) -> str:
    if unit:
        words = ngettext("%(n)s person enrolled in", "%(n)s people enrolled in", count)
        return f"{words % {'n': count}} {visit.unit_name or visit.tenant_name}."
    words = ngettext("%(n)s person you work with.", "%(n)s people you work with.", count)
    return words % {"n": count}


def _query(**values: str) -> str:
    kept = {name: value for name, value in values.items() if value}
    return f"{urlencode(kept)}&" if kept else ""


def _scopes(visit: Visit, *, unit: bool) -> list[dict[str, Any]]:
    if not (visit.actor.holds(Role.UNIT_MANAGER) and visit.actor.holds(*OWN_LIST)):
        return []
    return [
        {"url": "?show=mine", "label": _("Mine"), "current": not unit},
        {"url": "?show=unit", "label": _("The unit"), "current": unit},
    ]


def _columns(order: str, **kept: str) -> list[dict[str, str]]:
    def column(label: str, key: str = "") -> dict[str, str]:
        sort = "ascending" if key and key == order else ""
        return {"label": label, "url": f"?{_query(sort=key, **kept)}" if key else "", "sort": sort}

    return [
        column(_("Name"), "name"),
        column(_("Step"), "step"),
        column(_("Next"), "next"),
        column(_("By")),
        column(_("Programme")),
        column(_("Supervisor")),
        column(_("Case worker")),
    ]


def _similar(q: str, rows: Any) -> list[dict[str, str]]:
    alike = spelled_alike(q, rows)
    seen([person for person, _name in alike])
    return [{"url": f"/people/{person}/", "name": name} for person, name in alike]


@page(
    *WORKERS,
    Role.PROTECTION_OFFICER,
    shows=FieldClass.PLAN,
    purpose=Purpose.CASE_WORK,
    person="person",
)
@require_safe
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The road of one person, and what is asked, known and decided along it."""
    visit = visit_of(request)
    wanted = request.GET.get("enrolment", "")
    context = road.road_page(person, visit, wanted=wanted)
    context["people_url"] = reverse("participants")
    return render(request, "caseworker/person.html", context)
