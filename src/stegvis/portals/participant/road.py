"""My road in plain words: where I stand, what the next step asks, what is coming."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.judgement import Judgement
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.steps.facts import recordable
from stegvis.journey.voices.facts import own_placing
from stegvis.portals.participant.own import Own
from stegvis.portals.participant.stair import stair

SOON = dt.timedelta(days=14)


def road(own: Own) -> dict[str, Any] | None:
    """None for someone who is in no programme now."""
    model, judged = own.model, own.judgement
    if model is None or judged is None or own.enrolment is None:
        return None
    here = _here(model, judged)
    of, at = len(model.primary.steps), here.ordinal if here else 0
    said = _said(of, at)
    return {
        "picture": stair(of, at, title=said, rtl=get_language_bidi()),
        "at": at,
        "said": said,
        "step": _named(model, here.step, own) if here else "",
        "next": _next(model, at, own),
        "asked": _asked(model, judged),
        "steps": [(step.code, step.ordinal, _named(model, step.code, own))
                  for step in model.primary.steps],
    }  # fmt: skip


def placed(own: Own) -> str:
    """The step on which the person has said they stand."""
    key = own.enrolment.pk if own.enrolment else None
    placing = own_placing([key]).get(key) if key else None
    return placing.step if placing else ""


def _here(model: Programme, judged: Judgement) -> Any:
    stands = {one.ladder: one for one in judged.standing.ladders}
    return stands[model.primary.code].current


def _named(model: Programme, code: str, own: Own) -> str:
    return pick(step_name(model, model.step(code), own.track), get_language() or "sv")


def _said(of: int, at: int) -> str:
    if not at:
        return _("The stairs have %(of)s steps. You start soon.") % {"of": of}
    return _("You are on step %(at)s of %(of)s.") % {"at": at, "of": of}


def _next(model: Programme, at: int, own: Own) -> str:
    step = next((one for one in model.primary.steps if one.ordinal == at + 1), None)
    return _named(model, step.code, own) if step else ""


def _asked(model: Programme, judged: Judgement) -> list[tuple[str, bool]]:
    """What leaving this step and entering the next asks, in the programme's words, and whether it
    is there. The reasons are the staff's language and stay with them."""
    lang = get_language() or "sv"
    found: dict[str, bool] = {}
    for one in judged.standing.conditions:
        criterion = model.criteria.get(one.criterion)
        if criterion and one.step:
            words = pick(criterion.easy or criterion.texts, lang)
            found[words] = found.get(words, True) and one.is_met
    return list(found.items())


def coming(own: Own) -> list[tuple[dt.date, str]]:
    """What is planned in the two weeks ahead, and what should have been. In order of days."""
    model, judged = own.model, own.judgement
    if model is None or judged is None:
        return []
    on, lang = own.visit.scope.on, get_language() or "sv"
    found: list[tuple[dt.date, str]] = []
    for one in judged.due:
        cadence = next((c for c in model.cadences if c.code == one.what), None)
        if cadence and one.by and on <= one.by <= on + SOON and recordable(cadence.event):
            found.append((one.by, pick(cadence.texts, lang)))
    found += _meetings(own)
    look = _look_on(own)
    if look and on <= look <= on + SOON:
        found.append((look, _("We talk about your next step.")))
    return sorted(found)


def _meetings(own: Own) -> list[tuple[dt.date, str]]:
    """What the latest talk agreed: when to meet again. Of the talk itself nothing is told."""
    on = own.visit.scope.on
    rows = FollowUp.follow_ups.filter(person=own.person, next_on__gte=on, next_on__lte=on + SOON)
    agreed = rows.order_by("-on", "-created_at").values_list("next_on", "next_at")[:1]
    return [
        (day, _("We meet at %(time)s.") % {"time": f"{at:%H.%M}"} if at else str(_("We meet.")))
        for day, at in agreed
    ]


def _look_on(own: Own) -> dt.date | None:
    """As the latest decision that stands says; one that was corrected says nothing."""
    corrected = {one.corrects_id for one in own.decisions}
    standing = [d for d in own.decisions if d.kind != "version" and d.pk not in corrected]
    return standing[-1].review_on if standing else None
