"""How it goes: my goals, what I have said of myself over time, and my steps (KN-117)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme import draw
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts as abilities
from stegvis.journey.abilities.models import SelfRating
from stegvis.journey.abilities.words import SEEN
from stegvis.journey.attendance.pages import person as attendance
from stegvis.journey.plans import facts as plans
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.ui.dates import long_day
from stegvis.portals.participant.own import Own, own, shown

MOST = 6  # pictures on a page
SAID = gettext_lazy("I said")
TOPS: dict[str, int] = {SelfRating.Scale.TEN: 10, SelfRating.Scale.FUNCTION: 4}


@page(Role.PARTICIPANT, shows=FieldClass.SENSITIVE, purpose=Purpose.OWN)
@require_safe
def my_development(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.SENSITIVE)
    goals = plans.goals(mine.latest, on=mine.visit.scope.on) if mine.latest else []
    return shown(
        request,
        "development",
        mine,
        reached=[one for one in goals if one.status == "reached"],
        going=[one for one in goals if one.is_open],
        curves=_curves(mine),
        **_steps(mine),
        came=attendance.known_of(mine.person, on=mine.visit.scope.on),
    )


def _curves(mine: Own) -> list[dict[str, Any]]:
    """A picture for each thing rated or looked for more than once: what I said on its own whole
    scale, what was seen on rows of its own. Two marks, joined by nothing and added up nowhere."""
    if mine.latest is None:
        return []
    rows = SelfRating.objects.filter(
        enrolment=mine.latest, person=mine.person, value__isnull=False
    ).order_by("on", "created_at", "id")
    said: dict[tuple[str, str], dict[dt.date, int]] = {}
    for row in rows:
        said.setdefault((row.key, row.scale), {})[row.on] = row.value or 0
    seen = abilities.sightings(mine.latest)
    both = [Both(key, scale, marks, seen.pop(key, [])) for (key, scale), marks in said.items()]
    both += [Both(key, SelfRating.Scale.TEN, {}, marks) for key, marks in seen.items()]
    often = sorted((one for one in both if one.often), key=lambda one: one.last, reverse=True)
    if not often:
        return []
    model = mine.model or abilities.model_of(mine.latest)
    marks = abilities.marks(mine.latest, on=mine.visit.scope.on, model=model, bodily=True)
    names = {mark.item: (mark.name, mark.high) for mark in marks}
    return [
        _curve(f"c{n}", names.get(one.key, (one.key, "")), one)
        for n, one in enumerate(often[:MOST])
    ]


@dataclass(frozen=True, slots=True)
class Both:
    """One thing from two sides, oldest first: `said` by day, `seen` in words."""

    key: str
    scale: str
    said: dict[dt.date, int]
    seen: list[tuple[dt.date, str]]

    @property
    def often(self) -> bool:
        return len({*self.said, *(on for on, _what in self.seen)}) > 1

    @property
    def last(self) -> dt.date:
        return max([*self.said, *(on for on, _what in self.seen)])


def _curve(key: str, named: tuple[str, str], both: Both) -> dict[str, Any]:
    name, high = named
    marks = list(both.said.items())
    said = _said(marks)
    picture = draw.CurvePicture(
        key, name, said, [draw.Series(str(SAID), marks)], 0, TOPS[both.scale],
        get_language() or "sv", rtl=get_language_bidi(), seen=_rows(both) if both.seen else (),
    )  # fmt: skip
    return {
        "key": key,
        "name": name,
        "said": said,
        "ends": abilities.ends(high) if both.scale == SelfRating.Scale.TEN and marks else {},
        "top": TOPS[both.scale],
        "picture": SafeString(draw.curves(picture)),
        "table": _table(both),
        "seen": bool(both.seen),
    }


def _said(marks: list[tuple[dt.date, int]]) -> str:
    if not marks:
        return _("You have not said how it goes. You can.")
    if len(marks) == 1:
        return _("You said %(n)s.") % {"n": marks[0][1]}
    ends = {"first": marks[0][1], "last": marks[-1][1]}
    return _("First you said %(first)s. Last you said %(last)s.") % ends


def _rows(both: Both) -> list[draw.SeenRow]:
    return [
        draw.SeenRow(str(words), [on for on, seen in both.seen if seen == code])
        for code, words in SEEN.items()
    ]


def _table(both: Both) -> list[tuple[dt.date, int | None, str]]:
    """Each day with what I said and what was seen, the latest first; either may be missing."""
    seen: dict[dt.date, list[str]] = {}
    for on, code in both.seen:
        seen.setdefault(on, []).append(str(SEEN[code]))
    days = sorted({*both.said, *seen}, reverse=True)
    return [(on, both.said.get(on), ", ".join(seen.get(on, []))) for on in days]


def _steps(mine: Own) -> dict[str, Any]:
    """Every step I have stood on, the latest first, and the same as a picture over time."""
    if mine.latest is None:
        return {"steps": []}
    model = mine.model or abilities.model_of(mine.latest)
    rows = StepPeriod.periods.standing().filter(enrolment=mine.latest, ladder=model.primary.code)
    lang, track = get_language() or "sv", mine.latest.unit.track
    steps = [
        (pick(step_name(model, model.step(row.step), track), lang), row)
        for row in rows.order_by("-since", "-id")
    ]
    picture = draw.RoadPicture(
        key="steps",
        title=_("My road"),
        desc=_said_of(steps),
        treads=draw.treads(model.primary, track=track, lang=lang),
        periods=tuple(draw.Period(row.since, row.until, row.ordinal) for _n, row in steps[::-1]),
        today=mine.visit.scope.on,
        words=draw.road_words(lang),
        rtl=get_language_bidi(),
    )
    return {"steps": steps, "road": picture}


def _said_of(steps: list[tuple[str, StepPeriod]]) -> str:
    """The picture in words: each step and since when, the first of them first."""
    return " ".join(
        _("%(step)s since %(day)s.") % {"step": name, "day": long_day(row.since)}
        for name, row in steps[::-1]
    )
