"""What lies in my folder: what takes my time, what helps and what is hard, my papers, what I do
instead, my cross."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stegvis.journey.background.facts import contact_picture
from stegvis.journey.background.pages.surfaces import surfaces
from stegvis.journey.certificates.facts import diplomas
from stegvis.journey.certificates.pages import diploma
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.mapping.actions import note_words
from stegvis.journey.mapping.facts import Summary, summary
from stegvis.journey.mapping.models import LifeEntry, Paper
from stegvis.journey.mapping.words import CREDENTIALS, PAPERS, SECTIONS
from stegvis.journey.motivation import actions as motivation
from stegvis.journey.motivation.facts import behaviours_of
from stegvis.journey.motivation.models import Coping, Cross
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import CROSS, LONGEST, REFUSED, STATES


@page(Role.PARTICIPANT, shows=FieldClass.SENSITIVE, purpose=Purpose.OWN)
@require_safe
def my_time(request: HttpRequest) -> HttpResponse:
    """The same picture as the one who works with me sees (JI-07)."""
    mine = own(request, FieldClass.SENSITIVE)
    picture = contact_picture(mine.person, by=mine.visit.actor, on=mine.visit.scope.on)
    return shown(request, "time", mine, **surfaces(picture))


def _summary(mine: Own) -> Summary:
    if mine.latest is None:
        return Summary()
    return summary(mine.latest, by=mine.visit.actor, on=mine.visit.scope.on)


@page(Role.PARTICIPANT, shows=FieldClass.SENSITIVE, purpose=Purpose.OWN)
def my_situation(request: HttpRequest) -> HttpResponse:
    """What helps me and what is hard, as staff wrote it, with my own words beside it (FM-13)."""
    posts = request.method == "POST"
    mine = own(request, FieldClass.VOICE if posts else FieldClass.SENSITIVE)
    known = _summary(mine)
    words, about, fault = request.POST.get("words", "").strip(), request.POST.get("about", ""), ""
    if posts:
        fault = "no_words" if not words else "too_long" if len(words) > LONGEST else ""
        fault = fault or _noted(mine, known, words, about)
        if not fault:
            return redirect("my_situation")
    said: dict[Any, list[Any]] = {}
    for row in known.words:
        said.setdefault(row.entry_id, []).append(row)
    return shown(
        request,
        "situation",
        mine,
        resources=[(row, said.get(row.pk, [])) for row in known.resources],
        goal=known.goal,
        barriers=[(row, STATES[row.state], said.get(row.pk, [])) for row in known.barriers],
        free=said.get(None, []),
        words=words,
        about=about,
        fault=REFUSED[fault] if fault else "",
    )


def _noted(mine: Own, known: Summary, words: str, about: str) -> str:
    rows: dict[str, LifeEntry] = {str(row.pk): row for row in known.barriers}
    if mine.enrolment is None:
        return "not_enrolled"
    try:
        note_words(
            mine.enrolment, words, by=mine.visit.actor, on=mine.visit.scope.on,
            entry=rows.get(about),
        )  # fmt: skip
    except NotNow:
        return "not_enrolled"
    return ""


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
@require_safe
def my_papers(request: HttpRequest) -> HttpResponse:
    """CV and letter, certificates and what is missing. The same page is the paper."""
    mine = own(request, FieldClass.PLAN)
    known = _summary(mine)
    return shown(
        request,
        "papers",
        mine,
        papers=[_paper(kind, known.papers.get(kind)) for kind in Paper.Kind],
        there=[(CREDENTIALS[row.kind], row) for row in known.credentials if row.exists == "yes"],
        missing=[(CREDENTIALS[row.kind], row) for row in known.credentials if row.exists == "no"],
    )


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
@require_safe
def my_diploma(request: HttpRequest) -> HttpResponse:
    """The one whose number is asked for (`?n=2`); the list where none is."""
    mine, wanted = own(request, FieldClass.WORK), request.GET.get("n", "")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 5):  # noqa: PLR2004
        return shown(request, "diplomas", mine, diplomas=diplomas(mine.person))
    return diploma(mine.person, int(wanted), mine.row.name, mine.visit)


def _paper(kind: Paper.Kind, row: Paper | None) -> dict[str, Any]:
    made = row is not None and row.state == Paper.State.MADE
    sections = row.sections if row and made else {}
    return {
        "kind": kind,
        "name": PAPERS[kind],
        "row": row,
        "elsewhere": row is not None and row.state == Paper.State.ELSEWHERE,
        "sections": [(name, sections[code]) for code, name in SECTIONS[kind].items()
                     if sections.get(code)],
    }  # fmt: skip


# What I want to change


@page(Role.PARTICIPANT, shows=FieldClass.MOTIVATION, purpose=Purpose.OWN)
@require_safe
def my_instead(request: HttpRequest) -> HttpResponse:
    """A hard situation, and what I do instead."""
    mine = own(request, FieldClass.MOTIVATION)
    rows = Coping.objects.filter(person=mine.person, behaviour__ended_on__isnull=True)
    on = mine.visit.scope.on
    going = [row for row in rows.order_by("-on", "-id") if row.until is None or row.until > on]
    return shown(request, "instead", mine, rows=going)


@page(Role.PARTICIPANT, shows=FieldClass.MOTIVATION, purpose=Purpose.OWN)
def my_cross(request: HttpRequest) -> HttpResponse:
    """My cross is mine: I share it or not, and what I take away is gone (KN-85)."""
    mine = own(request, FieldClass.MOTIVATION)
    going = behaviours_of(mine.enrolment.pk) if mine.enrolment else []
    rows = list(Cross.objects.filter(person=mine.person).order_by("-on", "-created_at", "id"))
    if request.method == "POST":
        fault = _crossed(request, mine, rows, going)
        if not fault:
            return redirect("my_cross")
    else:
        fault = ""
    typed = {name: request.POST.get(name, "") for name in CROSS}
    return shown(
        request,
        "cross",
        mine,
        fault=REFUSED[fault] if fault else "",
        about=request.POST.get("behaviour", ""),
        crosses=[
            {
                "behaviour": one,
                "rows": [_cross(row) for row in rows if row.behaviour_id == one.pk],
                "fields": [(name, CROSS[name], typed[name]) for name in CROSS],
            }
            for one in going
        ],
    )


def _cross(row: Cross) -> dict[str, Any]:
    return {"row": row, "said": [(CROSS[name], getattr(row, name)) for name in CROSS]}


def _crossed(request: HttpRequest, mine: Own, rows: list[Cross], going: list[Any]) -> str:
    """Shared, kept, taken away, or filled in. What could not be is said."""
    by, posted = mine.visit.actor, request.POST
    row = next((one for one in rows if str(one.pk) == posted.get("cross")), None)
    if row is not None and posted.get("do") == "away":
        motivation.take_away_cross(row, by=by)
    elif row is not None and posted.get("do") in {"share", "keep"}:
        motivation.share_cross(row, by=by, shared=posted["do"] == "share")
    behaviour = next((one for one in going if str(one.pk) == posted.get("behaviour")), None)
    if behaviour is None:
        return ""
    words = {name: posted.get(name, "").strip() for name in CROSS}
    if not any(words.values()):
        return "no_words"
    if max(map(len, words.values())) > LONGEST:
        return "too_long"
    fields: dict[str, Any] = {**words, "shared": posted.get("do") == "share"}
    motivation.fill_cross(behaviour, motivation.NewCross(**fields), by=by, on=mine.visit.scope.on)
    return ""
