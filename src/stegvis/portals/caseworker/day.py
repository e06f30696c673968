"""My day: who needs me, which steps wait for a decision, which referrals wait for an answer.

Only what the product knows is asked about; a list that cries about what cannot yet be written down
would teach people not to read it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.judgement import Judgement, judgement, say
from stegvis.core.progression.moves import Move
from stegvis.journey.intake.models import Referral
from stegvis.journey.intake.pages import as_waiting
from stegvis.journey.steps.facts import cases
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.portals.caseworker import people
from stegvis.portals.caseworker.people import Stand

DECIDERS = (Role.CASE_WORKER,)
MOST = 120  # people judged on one page; nobody works with more, and the rest is on the list
SIGNS = {"forward": "arrow-up", "back": "arrow-down", "skip": "skip-forward"}


@dataclass(slots=True)
class MyDay:
    needs: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    referrals: list[dict[str, Any]] = field(default_factory=list)
    persons: list[uuid.UUID] = field(default_factory=list)
    count: int = 0


def my_day(visit: Visit) -> MyDay:
    """Five queries and one judgement a person."""
    on = visit.scope.on
    mine_now = people.ordered(people.open_enrolments(visit, unit=False), on=on)
    found = people.fetched(mine_now[:MOST], on=on)
    models = people.models_of(found)
    facts = cases(stand.enrolment for stand in found)
    mine = MyDay(count=len(found))
    for stand in found:
        model = models[stand.programme]
        judged = judgement(model, facts[stand.enrolment], on)
        _place(mine, stand, model, judged, visit)
    if visit.actor.holds(Role.CASE_WORKER):
        waiting = Referral.referrals.visible_to(visit.actor, on).waiting()
        rows = list(waiting.order_by("answer_by", "id").prefetch_related("lines")[:20])
        mine.referrals = [as_waiting(row, on=on) for row in rows]
        mine.persons += [row.person_id for row in rows]
    return mine


def _place(mine: MyDay, stand: Stand, model: Programme, judged: Judgement, visit: Visit) -> None:
    ready = _ready(judged) if visit.actor.holds(*DECIDERS) else None
    if ready:
        mine.decisions.append(_decision(stand, model, ready))
        mine.persons.append(stand.person)
    why = _why(stand, judged, visit.scope.on) if not ready else None
    if why:
        kind, icon, words = why
        mine.needs.append(
            _item(stand, model) | {"kind": kind, "icon": icon, "why": words, "acts": _acts(stand)}
        )
        mine.persons.append(stand.person)


def _ready(judged: Judgement) -> Move | None:
    """The move that the model asks for, or whose every criterion is met by what people judged."""
    for move in judged.open_moves:
        if move.proposed:
            return move
    known = any(condition.is_met for condition in judged.standing.conditions if condition.step)
    for move in judged.open_moves:
        if move.kind == "forward" and not move.needs_reason and known:
            return move
    return None


def _why(stand: Stand, judged: Judgement, on: dt.date) -> tuple[str, str, str] | None:
    lang = get_language() or "sv"
    if stand.paused or stand.begins_on:
        return None
    if not stand.step:
        return "warn", "triangle-alert", _("Enrolled, and no first step has been decided.")
    if stand.look_on and stand.look_on <= on:
        return "late", "clock-alert", _("You decided to look at the step again by now.")
    for notice in judged.standing.notices:
        if notice.code in {"dropped_out", "stay_longer"}:
            return "warn", "triangle-alert", say(notice, lang)
    return None


def _item(stand: Stand, model: Programme) -> dict[str, Any]:
    return {
        "name": stand.name,
        "url": reverse("person", args=[stand.person]),
        "step": stand.ordinal,
        "of": people.ladder_length(model, stand),
    }


def _acts(stand: Stand) -> list[dict[str, str]]:
    return [{"url": reverse("person", args=[stand.person]), "label": _("Open")}]


def _decision(stand: Stand, model: Programme, move: Move) -> dict[str, Any]:
    return _item(stand, model) | {
        "kind": "info" if move.kind == "back" else "ok",
        "icon": SIGNS.get(move.kind, "rotate-ccw"),
        "why": say(move.because, get_language() or "sv"),
        "decide_url": f"{reverse('decide', args=[stand.person])}?to={move.to}",
    }
