"""A proposal in words: what would be new, moved or gone for each, and why somebody is short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from stegvis.core.scheduling.wording import sentences
from stegvis.core.values.sentences import Sentence
from stegvis.journey.week.facts import states
from stegvis.journey.week.models import Proposal, ProposedWeek
from stegvis.journey.week.words import SHORT_HALVES
from stegvis.journey.workplaces.models import WorkArea
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.scope import current

State = ProposedWeek.State


def difference(row: Proposal, actor: Actor) -> list[dict[str, Any]]:
    """Those this actor may read, the ill first, then in the order of their names. Four queries."""
    wall = reached(actor, FieldClass.WORK, on=current().on, column="person_id")
    rows = ProposedWeek.weeks.filter(wall, proposal=row).select_related("person")
    found = list(rows.order_by("-ill", "person__given_name", "person__family_name", "id"))
    areas = {str(pk): name for pk, name in WorkArea.areas.order_by().values_list("pk", "name")}
    now = states([one.person_id for one in found], row.monday) if found else {}
    return [_told(one, areas, now.get(one.person_id, "")) for one in found]


def _told(one: ProposedWeek, areas: Mapping[str, str], now: str) -> dict[str, Any]:
    state = one.state
    stood = one.after if state == State.TAKEN else one.seen
    changed = bool(stood) and now != stood
    return {
        "person": one.person_id,
        "name": f"{one.person.given_name} {one.person.family_name[:1]}".strip(),
        "ill": one.ill,
        "state": state,
        "changed": changed,
        "open": state == State.OPEN and bool(one.moves) and not changed,
        "moves": [_move(at, was, to, areas) for at, was, to in one.moves],
        "lacks": (one.target or 0) - (one.planned or 0),
        "none": one.planned == 0,
        "why": _why(one.why, areas),
    }


def _move(at: str, was: str | None, to: str | None, areas: Mapping[str, str]) -> dict[str, Any]:
    day, _bar, half = at.partition("|")
    kind = "new" if was is None else "away" if to is None else "moved"
    when = date_format(dt.date.fromisoformat(day), "l").capitalize()
    return {
        "kind": kind,
        "when": f"{when} {SHORT_HALVES[half]}",
        "was": areas.get(was or "", ""),
        "to": areas.get(to or "", ""),
    }


def _why(kept: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    if not kept:
        return ""
    rules = [_rule(one, areas) for one in kept.get("rules", ())]
    values = {key: value for key, value in kept.items() if key not in ("code", "rules")}
    if rules:
        values["rules"] = rules
    return sentences().tell(Sentence(kept["code"], values), get_language() or "sv")


def _rule(one: Mapping[str, str], areas: Mapping[str, str]) -> Sentence:
    name = areas.get(one["area"], "")
    return Sentence(one["code"], {"area": name, "team": name} if one["area"] else {})
