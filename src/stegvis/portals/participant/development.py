"""How it goes: my goals, what I have said of myself over time, and my steps (KN-117)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme import draw
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts as abilities
from stegvis.journey.abilities.models import SelfRating
from stegvis.journey.attendance.pages import person as attendance
from stegvis.journey.plans import facts as plans
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown

MOST = 4  # pictures on a page
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
        steps=_steps(mine),
        came=attendance.known_of(mine.person, on=mine.visit.scope.on),
    )


def _curves(mine: Own) -> list[dict[str, Any]]:
    """A picture for each thing rated more than once, each on its own whole scale; nothing is
    added up."""
    rows = SelfRating.objects.filter(
        enrolment=mine.latest, person=mine.person, value__isnull=False
    ).order_by("on", "created_at", "id")
    series: dict[tuple[str, str], list[SelfRating]] = {}
    for row in rows:
        series.setdefault((row.key, row.scale), []).append(row)
    often = sorted(
        ((key, one) for key, one in series.items() if len({row.on for row in one}) > 1),
        key=lambda pair: pair[1][-1].on,
        reverse=True,
    )[:MOST]
    if not often or mine.latest is None:
        return []
    model = mine.model or abilities.model_of(mine.latest)
    marks = abilities.marks(mine.latest, on=mine.visit.scope.on, model=model, bodily=True)
    names = {mark.item: (mark.name, mark.high) for mark in marks}
    return [
        _curve(f"c{n}", names.get(key, (key, "")), scale, one)
        for n, ((key, scale), one) in enumerate(often)
    ]


def _curve(key: str, named: tuple[str, str], scale: str, rows: list[SelfRating]) -> dict[str, Any]:
    name, high = named
    marks = [(row.on, row.value or 0) for row in {row.on: row for row in rows}.values()]
    first, last = marks[0][1], marks[-1][1]
    said = _("First you said %(first)s. Last you said %(last)s.") % {"first": first, "last": last}
    picture = draw.CurvePicture(
        key, name, said, [draw.Series("", marks)], 0, TOPS[scale], get_language() or "sv",
        rtl=get_language_bidi(),
    )  # fmt: skip
    return {
        "key": key,
        "name": name,
        "said": said,
        "ends": abilities.ends(high) if scale == SelfRating.Scale.TEN else {},
        "top": TOPS[scale],
        "picture": SafeString(draw.curves(picture)),
        "marks": marks[::-1],
    }


def _steps(mine: Own) -> list[tuple[str, StepPeriod]]:
    """Every step I have stood on, the latest first."""
    if mine.latest is None:
        return []
    model = mine.model or abilities.model_of(mine.latest)
    rows = StepPeriod.periods.standing().filter(enrolment=mine.latest, ladder=model.primary.code)
    lang, track = get_language() or "sv", mine.latest.unit.track
    return [
        (pick(step_name(model, model.step(row.step), track), lang), row)
        for row in rows.order_by("-since", "-id")
    ]
