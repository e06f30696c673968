"""The years before: lanes, what was learnt, the holes, the handlers, and how far it is mapped."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from stegvis.core.programme import draw
from stegvis.core.values.lanes import Gap, Together
from stegvis.core.values.texts import pick
from stegvis.journey.background import actions, words
from stegvis.journey.background.facts import (
    Continuity,
    Years,
    continuity,
    handlers_of,
    inventory_state,
    years_of,
)
from stegvis.journey.background.forms import WithoutForm
from stegvis.journey.background.models import AgencyHandler, EarlierIntervention, Spell
from stegvis.journey.background.pages.roads import MAPPERS, adding, changing, framed, road_of
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of

_LONG = 28  # days: a shorter hole is drawn and not listed


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def background(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    road = road_of(person, visit)
    form = WithoutForm(request.POST if request.POST.get("do") == "without" else None)
    if request.method == "POST" and _written(request, road, form, visit):
        return redirect("background", person=person)
    on = visit.scope.on
    years = years_of(person, on=on)
    context = {
        **framed(road),
        **shown(years, road, on),
        **_handlers(person, on),
        "inventory": _inventory(road, form),
        "without": form,
    }
    return render(request, "background/years.html", context)


def _written(request: HttpRequest, road: Enrolment, form: WithoutForm, visit: Visit) -> bool:
    """Close a part of the inventory, or say why the plan comes first."""
    do, _sep, part = request.POST.get("do", "").partition(":")
    try:
        if do == "close" and road.until is None:
            actions.close_part(road, part, by=visit.actor)
            messages.success(request, _("The inventory is written down as done."))
            return True
        if do == "without" and road.until is None and form.is_valid():
            actions.go_on_without(road, form.cleaned_data["why"], by=visit.actor)
            messages.success(request, _("Saved."))
            return True
    except NotNow as fault:
        messages.warning(request, str(words.FAULTS[fault.code]))
        return True
    return False


def shown(years: Years, road: Enrolment, on: dt.date) -> dict[str, Any]:
    """Lanes, rows and holes of the years before; without a way to change anything."""
    person, numbered = road.person_id, list(enumerate(years.measures, start=1))
    without = [gap for gap in years.lanes.without if _days(gap) >= _LONG]
    helping = [row for row in years.measures if row.helps]
    return {
        "picture": picture(years, road) if numbered or years.periods else None,
        "counts": _counts(years, without),
        "measures": [_measure(row, number, person) for number, row in numbered],
        "taught": len(helping) - len(years.untaught),
        "to_teach": len(helping),
        "periods": [_period(row, person) for row in years.periods],
        "holes": [_hole(gap, years) for gap in without],
        "unknown_years": _year_words(years),
        "add_period": adding(person, "period"),
        "add_measure": adding(person, "measure"),
    }


def _counts(years: Years, without: list[Gap]) -> str:
    measures = ngettext("%(n)s measure", "%(n)s measures", len(years.measures))
    months = sum(words.months(_days(gap)) for gap in without)
    said = ngettext("%(n)s month without any", "%(n)s months without any", months)
    return f"{measures % {'n': len(years.measures)}}, {said % {'n': months}}"


def _days(gap: Gap) -> int:
    return gap.period.days(gap.period.until or gap.period.since)


def _precisions(row: Spell) -> tuple[str, str]:
    return row.since_precision, row.until_precision


def _when(row: Spell) -> str:
    return words.span(row.since, row.until, _precisions(row))


def _measure(row: EarlierIntervention, number: int, person: uuid.UUID) -> dict[str, Any]:
    return {
        "number": number,
        "kind": row.kind,
        "agency": words.agency(row.agency),
        "when": words.span(row.since, row.until, _precisions(row)),
        "result": words.RESULTS.get(row.result, "") if row.result else "",
        "result_words": row.result_words,
        "learnt": row.learnt,
        "asks": row.helps and not row.learnt,
        "source": row.source,
        "url": changing(person, "measure", row.pk),
    }


def _period(row: Spell, person: uuid.UUID) -> dict[str, Any]:
    return {
        "agency": words.agency(row.agency),
        "what": getattr(row, "what", ""),
        "when": words.span(row.since, row.until, _precisions(row)),
        "url": changing(person, "period", row.pk),
    }


def _hole(gap: Gap, years: Years) -> dict[str, Any]:
    """Days without a measure, and who was there all the same."""
    there = [
        words.agency(agency)
        for agency, periods in years.lanes.by_agency
        if any(period.overlap(gap.period) for period in periods)
    ]
    months = words.months(_days(gap))
    said = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return {
        "when": words.span(gap.period.since, gap.period.until, ("month", "month")),
        "length": _("at least %(length)s") % {"length": said} if gap.at_least else said,
        "there": there,
    }


def _year_words(years: Years) -> str:
    return ", ".join(str(year) for year in years.lanes.uncovered_years)


def picture(years: Years, road: Enrolment) -> draw.YearsPicture:
    """The lanes as a picture, with the road that goes on as the last of them."""
    lang, window = get_language() or "sv", years.lanes.window
    end = window.until or window.since
    every = [
        *((row, 0) for row in years.periods),
        *((m, n) for n, m in enumerate(years.measures, 1)),
    ]
    inside = [(row, n) for row, n in every if (row.until or end) > window.since and row.since < end]
    lanes = [
        draw.YearLane(str(words.SHORT[code]), words.agency(code).partition(" (")[0], bars)
        for code in words.AGENCIES
        if (bars := tuple(_bar(row, n) for row, n in inside if row.agency == code))
    ]
    model = programmes({road.programme_id})[road.programme_id]
    name = pick(model.names, lang)
    own = draw.YearBar(road.since, road.until, name, own=True)
    if road.since < end:
        lanes.append(draw.YearLane(_("Now"), road.unit.name, (own,)))
    title = _("The years before, %(name)s") % {"name": road.person.name}
    return draw.YearsPicture(
        key="years",
        title=title,
        desc=_told(years),
        since=window.since,
        until=end,
        lanes=tuple(lanes),
        without=tuple(_shade_hole(gap) for gap in years.lanes.without),
        together=tuple(_shade_both(one) for one in years.lanes.together),
        rtl=get_language_bidi(),
    )


def _bar(row: Spell, number: int) -> draw.YearBar:
    measure = isinstance(row, EarlierIntervention)
    label = row.kind if isinstance(row, EarlierIntervention) else getattr(row, "what", "")
    return draw.YearBar(
        row.since,
        row.until,
        label,
        number=number,
        helps=measure and getattr(row, "helps", False),
        rough=(row.since_precision != "day", row.until_precision != "day"),
    )


def _shade_hole(gap: Gap) -> draw.Shade:
    months = words.months(_days(gap))
    label = _("%(n)s mo. without") % {"n": months} if months else ""
    return draw.Shade(gap.period.since, gap.period.until or gap.period.since, label)


def _shade_both(one: Together) -> draw.Shade:
    count = len(one.agencies)
    label = _("two at once") if count == 2 else _("%(n)s at once") % {"n": count}  # noqa: PLR2004
    return draw.Shade(one.period.since, one.period.until or one.period.since, label)


def _told(years: Years) -> str:
    """The picture in words, for those who do not see it."""
    said = [f"{words.agency(row.agency)}, {row.kind}: {_when(row)}" for row in years.measures]
    return "; ".join(said) or _("No measures are known.")


# Handlers and inventory


def _handlers(person: uuid.UUID, on: dt.date) -> dict[str, Any]:
    rows = handlers_of(person)
    by_agency = continuity(rows, on=on)
    many, places = len(rows), len(by_agency)
    handlers = ngettext("%(n)s handler", "%(n)s handlers", many) % {"n": many}
    agencies = ngettext("%(n)s authority", "%(n)s authorities", places) % {"n": places}
    return {
        "handlers": [_handler(row, person) for row in rows],
        "handlers_count": f"{handlers}, {agencies}" if many else "",
        "continuity": [_met(one) for one in by_agency],
        "add_handler": adding(person, "handler"),
    }


def _handler(row: AgencyHandler, person: uuid.UUID) -> dict[str, Any]:
    return {
        "agency": words.agency(row.agency),
        "name": row.name or _("Name not known"),
        "since": words.edge(row.since, row.since_precision) if row.since else "",
        "left": row.left,
        "url": changing(person, "handler", row.pk),
    }


def _met(one: Continuity) -> dict[str, Any]:
    """Days since the last meeting, as the person would count them."""
    changes = ngettext("%(n)s change", "%(n)s changes", one.changes) % {"n": one.changes}
    if one.days is None:
        met = _("No meeting is known")
    else:
        met = ngettext(
            "%(n)s day since the last meeting", "%(n)s days since the last meeting", one.days
        ) % {"n": one.days}
    return {
        "agency": words.agency(one.agency),
        "changes": changes if one.changes else _("the same handler all along"),
        "met": met,
        "foresight": words.FORETOLD.get(one.foresight, ""),
    }


def _inventory(road: Enrolment, form: WithoutForm) -> dict[str, Any] | None:
    state = inventory_state(road)
    if not state.parts:
        return None
    return {
        "parts": [_part(part, state.done.get(part)) for part in state.parts],
        "warns": (state.warns or form.is_bound) and road.until is None,
        "why": state.why,
        "open": road.until is None,
    }


def _part(part: str, done: dt.date | None) -> dict[str, Any]:
    return {"code": part, "name": words.PARTS[part], "done": done}
