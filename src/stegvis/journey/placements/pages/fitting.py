"""What fits one person among the openings: each requirement beside what is known, with why."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.grades import Grade
from stegvis.journey.employers.facts.near import NEAR, away
from stegvis.journey.employers.models import Access, Opening
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions import NewMatch, adjust, propose_match, set_aside
from stegvis.journey.placements.facts.answers import Answer, OpeningFit
from stegvis.journey.placements.facts.fitting import fits_for, open_openings
from stegvis.journey.placements.facts.near import home
from stegvis.journey.placements.forms import AdjustForm, ProposeForm
from stegvis.journey.placements.pages.finding import (
    READERS,
    WRITERS,
    about,
    knows_where,
    latest,
    open_one,
    sent,
    written,
)
from stegvis.journey.placements.words import ADJUSTMENTS, ANSWERS, GRADES, LEVEL_WORDS, STATES
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

BAR = ("met", "adapted", "trained", "unknown", "not_met", "unwanted")
TOP = 4
MOST = 100_000  # kilometres: further than anywhere
PARTS = 10  # in which an interval is told
REACHED = (Access.YES, Access.PARTLY)
REACHES = tuple(str(km) for km in NEAR)


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def openings(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Every opening beside the person; `?q=` by interest or where it lies, `?free=1` those with
    room, `?example=1` at example companies, `?reach=1` where one can come in, `?km=10` near."""
    visit = visit_of(request)
    enrolment, on = latest(person, visit), visit.scope.on
    if not knows_where(visit, person):
        raise Http404
    found = _searched(
        request, fits_for(enrolment, open_openings(on=on, enrolment=enrolment), on=on)
    )
    found, far, reaches = _near(request, enrolment, found)
    context = about(enrolment) | _listed(request, found, found[0] if found else None, far)
    context["reaches"] = reaches
    context["writes"] = enrolment.until is None and visit.actor.holds(*WRITERS)
    return render(request, "placements/openings.html", context)


def _searched(request: HttpRequest, found: list[OpeningFit]) -> list[OpeningFit]:
    """By words, by room, at an example company, and where one can come in (JI-30, JI-45)."""
    words = request.GET.get("q", "").casefold().split()
    tests: dict[str, Callable[[OpeningFit], bool]] = {
        "free": lambda one: not one.full,
        "example": lambda one: one.grade == Grade.EXAMPLE,
        "reach": lambda one: one.opening.site.physical in REACHED,
    }
    asked = [test for name, test in tests.items() if request.GET.get(name)]
    return [
        one
        for one in found
        if all(test(one) for test in asked) and all(word in _text(one) for word in words)
    ]


def _near(
    request: HttpRequest, enrolment: Enrolment, found: list[OpeningFit]
) -> tuple[list[OpeningFit], dict[uuid.UUID, int], list[tuple[str, bool]]]:
    """Those within reach of home, how far each is where that is known, and what can be chosen:
    nothing where home is not known, or not for this visitor to know (JI-30)."""
    charted = home(enrolment, visit_of(request))
    if charted is None:
        return found, {}, []
    near, start = charted
    told = {one.opening.pk: away(start, near.site(one.opening.site)) for one in found}
    far = {key: km for key, km in told.items() if km is not None}
    asked = request.GET.get("km", "")
    if asked in REACHES:
        found = [one for one in found if far.get(one.opening.pk, MOST) <= int(asked)]
    return found, far, [(km, km == asked) for km in REACHES]


def _text(one: OpeningFit) -> str:
    row = one.opening
    texts = (row.name, row.area, row.tasks, row.site.name, row.site.address)
    return " ".join(texts).casefold()


def _listed(
    request: HttpRequest,
    found: list[OpeningFit],
    chosen: OpeningFit | None,
    far: Mapping[uuid.UUID, int] = MappingProxyType({}),
) -> dict[str, Any]:
    return {
        "rows": [_row(one, here=one is chosen) | {"far": far.get(one.opening.pk)} for one in found],
        "reaches": [],
        "chosen": chosen,
        "groups": _groups(chosen) if chosen else [],
        "sure": _sure(chosen) if chosen else None,
        "bar": bar_of(chosen) if chosen else [],
        "q": request.GET.get("q", ""),
        "asked": [name for name in ("free", "example", "reach") if request.GET.get(name)],
        "wanted": sum(bool(one.wanted) for one in found),
    }


def _groups(one: OpeningFit) -> list[tuple[Any, list[dict[str, Any]]]]:
    """What must be there before, apart from what is trained there."""
    parts = [(_("Must be there before"), one.hard)]
    parts.append((_("Is trained there"), tuple(a for a in one.answers if not a.hard)))
    return [(words, [_answer(each) for each in rows]) for words, rows in parts if rows]


def _sure(one: OpeningFit) -> dict[str, Any] | None:
    """How far what is not known could move it, in tenths of what is asked; never one figure."""
    if one.ranked is None or not one.answers:
        return None
    least, most = int(one.ranked.least * PARTS), math.ceil(one.ranked.most * PARTS)
    return {
        "least": least, "most": most, "span": most - least,
        "known": sum(each.state != "unknown" for each in one.answers), "of": len(one.answers),
        "lacks": [each.name for each in one.answers if each.lacks],
        "hard": [each.name for each in one.hard],
    }  # fmt: skip


def _row(one: OpeningFit, *, here: bool) -> dict[str, Any]:
    return {"one": one, "bar": bar_of(one), "here": here, "grade": GRADES.get(one.grade)}


def bar_of(one: OpeningFit) -> list[tuple[str, int, Any]]:
    """How many of each answer, in words and in a picture; no sum of them."""
    return [(state, one.counts[state], ANSWERS[state][0]) for state in BAR if one.counts[state]]


def _answer(one: Answer) -> dict[str, Any]:
    words, kind, icon = ANSWERS[one.state]
    return {
        "one": one,
        "words": words,
        "kind": kind,
        "icon": icon,
        "asks": LEVEL_WORDS[one.asks],
        "seen": LEVEL_WORDS[one.seen.level] if one.seen else "",
        "said": LEVEL_WORDS[one.said.level] if one.said else "",
        "at_most": LEVEL_WORDS[one.at_most] if one.at_most is not None else "",
        "done": ADJUSTMENTS[one.adjustment.kind] if one.adjustment else "",
        "steps": [
            (n <= (one.seen.level if one.seen else 0), n == one.asks) for n in range(1, TOP + 1)
        ],
    }


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def opening_fit(request: HttpRequest, person: uuid.UUID, opening: uuid.UUID) -> HttpResponse:
    """One opening: what is done about what lacks, and a match proposed or set aside with why."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    found = fits_for(enrolment, open_openings(on=on, enrolment=enrolment), on=on)
    chosen = next((one for one in found if one.opening.pk == opening), None)
    if chosen is None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    left = [(one.function, one.name) for one in chosen.answers if one.state != "met"]
    propose = ProposeForm(request.POST if do in {"propose", "aside"} else None, on=on)
    done = AdjustForm(
        request.POST if do == "adjust" else None, on=on, choices={"function": left},
        prefix="done",
    )  # fmt: skip
    match = vars(chosen.opening)["match"]

    form = done if do == "adjust" else propose
    if (
        do
        and form.is_valid()
        and written(form, _verb(request, enrolment, chosen.opening, form.cleaned_data))
    ):
        messages.success(request, _("Saved."))
        there = ("opening_fit", person, opening) if do == "adjust" else ("placements", person)
        return redirect(*there)
    context = about(enrolment) | _listed(request, found, chosen)
    lacks = any(one.lacks for one in chosen.answers)
    context |= {
        "propose": propose, "done": done if left else None, "lacks": lacks, "writes": True,
        "match": match, "match_state": STATES[match["state"]] if match else None, "form": form,
    }  # fmt: skip
    return render(request, "placements/openings.html", context)


def _verb(
    request: HttpRequest, enrolment: Enrolment, opening: Opening, data: dict[str, Any]
) -> Callable[[], Any]:
    by, key, do = visit_of(request).actor, sent(request), request.POST["do"]
    if do == "adjust":
        said = {"kind": data["kind"], "words": data["words"], "submission": key}
        return lambda: adjust(enrolment, opening, data["function"], by=by, **said)
    if do == "aside":
        return lambda: set_aside(enrolment, opening, data["why"], by=by, submission=key)
    new = NewMatch(opening.site, opening, why=data["why"], despite=data["despite"])
    return lambda: propose_match(enrolment, new, by=by, submission=key)
