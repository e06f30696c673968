"""The figures of a unit and a period for whoever manages it, and the people behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.fidelity import LARGE, Told, kind_of
from stegvis.core.programme.model import Element as Demand
from stegvis.core.progression.days_off import DaysOff
from stegvis.core.progression.elements import Element
from stegvis.core.progression.judgement import say
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.placements.facts.lists import seeking
from stegvis.learning.fidelity.facts.counting import counted
from stegvis.learning.fidelity.facts.people import Enrolled, enrolled, judged
from stegvis.learning.fidelity.facts.spans import Span
from stegvis.learning.fidelity.facts.telling import Figures, told
from stegvis.learning.fidelity.forms import FiguresForm
from stegvis.learning.fidelity.words import AGES, KINDS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.calendar import free_days
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen, wrote
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import scope

MOST = 60


def days_off(country: str, span: Span) -> DaysOff:
    """Of the whole span, and of the year after it, when the last messages were answered."""
    years = range(span.since.year, span.until.year + 2)
    closed = frozenset[Any]().union(*(free_days(country, year) for year in years))
    return DaysOff(closed, weekends=True)


class _Asked:
    """Which unit, programme and period; what is not said is the first unit, the programme of most
    people, and this year."""

    def __init__(self, request: HttpRequest) -> None:
        self.visit: Visit = visit_of(request)
        self.said = request.GET
        self.units = _units(self.visit)
        if not self.units:
            raise Http404
        self.unit = self._unit()

    def _unit(self) -> Unit:
        said = self.said.get("unit") or str(self.visit.unit or "")
        known = {str(one.pk): one for one in self.units}
        if self.said.get("unit") and said not in known:
            raise Http404
        return known.get(said, self.units[0])

    @cached_property
    def form(self) -> FiguresForm:
        lang = get_language() or "sv"
        data = self.said.copy()
        data["unit"] = str(self.unit.pk)
        data["programme"] = self.of.programme.key if self.of else ""
        data.setdefault("period", "" if data.get("since") else str(self.visit.scope.on.year))
        return FiguresForm(
            data,
            on=self.visit.scope.on,
            units=[(str(one.pk), one.name) for one in self.units],
            programmes=[
                (key, pick(one.programme.names, lang)) for key, one in self.enrolled.items()
            ]
            or [("", "–")],
        )

    @cached_property
    def span(self) -> Span:
        data = self.said.copy()
        data.setdefault("period", "" if data.get("since") else str(self.visit.scope.on.year))
        for name in ("unit", "programme"):
            data.pop(name, None)
        bare = FiguresForm(data, on=self.visit.scope.on, units=[], programmes=[])
        return bare.span()

    @cached_property
    def enrolled(self) -> dict[str, Enrolled]:
        return enrolled(
            [self.unit.pk], self.span, on=self.visit.scope.on, barred=self.visit.actor.member
        )

    @cached_property
    def of(self) -> Enrolled | None:
        said = self.said.get("programme", "")
        return self.enrolled.get(said) or next(iter(self.enrolled.values()), None)

    @property
    def query(self) -> str:
        """As an address carries it on to the people behind a number."""
        said = {
            name: self.said[name] for name in ("period", "since", "until") if self.said.get(name)
        }
        said["unit"] = str(self.unit.pk)
        if self.of:
            said["programme"] = self.of.programme.key
        return urlencode(said)


def _units(visit: Visit) -> list[Unit]:
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    held = visit.actor.units(Role.UNIT_MANAGER)
    return list(rows if None in held else rows.filter(pk__in=[unit for unit in held if unit]))


@page(Role.UNIT_MANAGER)
@require_safe
def fidelity(request: HttpRequest) -> HttpResponse:
    """Counted as the unit's own work and not as one reader's list: those who have left are in it
    too. Of nobody in particular, and what is small is not told."""
    asked = _Asked(request)
    visit = asked.visit
    with scope(visit.actor.tenant, member=visit.actor.member, service="fidelity"):
        of = asked.of
        off = days_off(visit.country, asked.span)
        figures = told(counted(of, asked.span, on=visit.scope.on, off=off)) if of else None
    wrote("fidelity_counted", sort=Sort.BATCH, unit=str(asked.unit.pk), period=asked.span.code)
    context = {
        "form": asked.form,
        "fault": next(iter(asked.form.errors.get("since", [])), ""),
        "unit": asked.unit,
        "span": asked.span,
        "day": asked.span.last(visit.scope.on),
        "fewest": K,
        "large": LARGE,
    }
    if figures:
        context |= _shown(figures, asked.query)
    return render(request, "fidelity/unit.html", context)


def _shown(of: Figures, query: str) -> dict[str, Any]:
    lang = get_language() or "sv"
    people = f"{reverse('fidelity_people')}?{query}"
    ages = [(AGES[code], n) for code, n in of.ages.items()]
    known = [n for _words, n in ages if n]
    return {
        "figures": of,
        "programme": pick(of.programme.names, lang),
        "elements": [
            {
                "number": number,
                "code": one.code,
                "words": pick(one.texts, lang),
                "said": of.elements.get(one.code, Told()),
                "url": f"{people}&element={one.code}",
            }
            for number, one in enumerate(of.programme.elements, 1)
        ],
        "ages": [(words, n, max(known, default=0)) for words, n in ages],
        "searching": bool(seeking(of.programme)) and bool(of.programme.transitions.drop_out),
        "loads": _loads(of),
    }


def _loads(of: Figures) -> dict[str, int] | None:
    if not of.loads:
        return None
    over = sum(n > of.most_load for n in of.loads)
    middle = of.loads[len(of.loads) // 2]
    return {
        "n": len(of.loads), "least": of.loads[0], "median": middle, "most": of.loads[-1],
        "over": over, "agreed": of.most_load,
    }  # fmt: skip


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def fidelity_people(request: HttpRequest) -> HttpResponse:
    """Whom a number is about, of those the reader may read: nobody else is named, and how many are
    not is not said."""
    asked = _Asked(request)
    kind = request.GET.get("kind", "lacking")
    element = _element(asked, request.GET.get("element", ""))
    if kind not in KINDS:
        raise Http404
    lang = get_language() or "sv"
    day = asked.span.last(asked.visit.scope.on)
    found = _who(asked, element.code, kind) if element else []
    seen([person.pk for person, _one in found[:MOST]], shows=FieldClass.PLAN)
    context = {
        "element": pick(element.texts, lang) if element else "",
        "kinds": _kinds(asked.query, element.code, kind) if element else [],
        "people": [
            {"name": person.name, "key": person.pk, "why": say(one.because, lang)}
            for person, one in found[:MOST]
        ],
        "more": max(len(found) - MOST, 0),
        "day": day,
        "unit": asked.unit,
        "back": f"{reverse('fidelity')}?{asked.query}",
    }
    return render(request, "fidelity/people.html", context)


def _element(asked: _Asked, code: str) -> Demand | None:
    """The one that is asked for, or the first; None where the programme names none."""
    known = asked.of.programme.elements if asked.of else ()
    if not code:
        return next(iter(known), None)
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _who(asked: _Asked, code: str, kind: str) -> list[tuple[Person, Element]]:
    on = asked.visit.scope.on
    keys = [row.pk for row in asked.of.rows] if asked.of else []
    rows = Enrolment.enrolments.visible_to(asked.visit.actor, on).filter(pk__in=keys)
    rows = rows.select_related("person").order_by("person__sort_key", "id")
    return [
        (case.enrolment.person, one)
        for case in judged(rows, asked.span.last(on))
        for one in case.elements
        if one.code == code and kind_of(one) == kind
    ]


def _kinds(query: str, code: str, here: str) -> Iterable[dict[str, Any]]:
    return [
        {"words": words, "here": kind == here, "url": f"?{query}&element={code}&kind={kind}"}
        for kind, words in KINDS.items()
    ]
