"""What differs between two texts of a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from stegvis.core.progression.plans import ACTION, GOAL, HEAD, units
from stegvis.core.values.differences import Changed, How, Part, changes, words
from stegvis.core.values.merging import WHOLE, Clash, Document
from stegvis.journey.plans.words import FIELDS, value_words

ICONS = {How.ADDED: "plus", How.CHANGED: "pencil", How.REMOVED: "minus"}
ASIDE = ("source", "source_key", "behaviour", "scope", "change_note")
LONG = ("situation", "resources", "barriers", "change_note")
"""Fields of more than a line: two texts of these can both be kept, one after the other."""


def goal_texts(*documents: Document) -> dict[str, str]:
    """What each goal says, by its key; the last document's words count."""
    found: dict[str, str] = {}
    for document in documents:
        found |= {key: unit.get("text", "") for key, unit in units(document, GOAL).items()}
    return found


def lines(old: Document, new: Document, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """One line per unit: an icon, what it is about, and its fields with their words."""
    goals = goal_texts(old, new)
    found = []
    for one in changes(old, new):
        fields = list(_fields(one, (old, new), goals, names))
        if fields:
            found.append({"icon": ICONS[one.how], "name": _name(one, old, new), "fields": fields})
    return found


def _name(one: Changed, old: Document, new: Document) -> str:
    unit = (old if one.how is How.REMOVED else new)[one.unit]
    text = unit.get("text", "")
    if one.unit == HEAD:
        return _("The plan")
    if one.unit.startswith(ACTION):
        said = {How.ADDED: _("New action"), How.REMOVED: _("Taken away"), How.CHANGED: text}
    elif unit.get("kind") == "sub":
        said = {How.ADDED: _("New sub-goal"), How.REMOVED: _("Taken away"), How.CHANGED: text}
    else:
        said = {How.ADDED: _("New goal"), How.REMOVED: _("Taken away"), How.CHANGED: text}
    return said[one.how]


def _fields(
    one: Changed,
    two: tuple[Document, Document],
    goals: Mapping[str, str],
    names: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    """Of a new or removed line its words and day; of a changed one what differs."""
    wanted = one.fields if one.how is How.CHANGED else ("text", "due")
    for name in wanted:
        if name in ASIDE:
            continue
        old, new = (
            value_words(name, doc.get(one.unit, {}).get(name, ""), goals, names) for doc in two
        )
        if old != new:
            yield {"label": str(FIELDS[name]), "parts": parts(old, new), "plain": name == "text"}


def parts(old: str, new: str) -> list[dict[str, str]]:
    return [_part(one) for one in words(old, new)]


def _part(one: Part) -> dict[str, str]:
    return {"text": one.text, "how": one.how.value if one.how else ""}


def clashes(
    found: tuple[Clash, ...], theirs: Document, mine: Document, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What both hands changed, side by side. A line that one hand took away is chosen whole."""
    goals = goal_texts(theirs, mine)
    return [_clash(one, goals, names) for one in found]


def _clash(one: Clash, goals: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    about = goals.get(one.unit.removeprefix(GOAL), "")
    picks = ("mine", "theirs")
    if one.field == WHOLE:
        picks = ("mine", "away") if one.mine else ("away", "theirs")
        label = _("Taken away by one, changed by the other")
        mine, theirs = (text or _("Taken away") for text in (one.mine, one.theirs))
        differs = [{"text": theirs, "how": ""}]
    else:
        label = str(FIELDS.get(one.field, one.field))
        mine = value_words(one.field, one.mine, goals, names)
        theirs = value_words(one.field, one.theirs, goals, names)
        differs = parts(mine, theirs)
    return {
        "name": f"pick:{one.unit}:{one.field}",
        "label": f"{about}: {label}" if about else label,
        "mine": mine or _("Left empty"),
        "theirs": theirs or _("Left empty"),
        "differs": differs,
        "both": one.field in LONG,
        "pick_mine": picks[0],
        "pick_theirs": picks[1],
    }
