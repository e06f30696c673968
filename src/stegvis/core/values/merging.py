"""Two hands at one text: what each changed since both began, put together field by field.

A document is units by key (the head, each goal, each thing to do), a unit is its fields by name.
What only one hand changed is taken; what both changed differently is a clash for a person to look
at. Nothing of either hand is lost, and nothing stands twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

type Unit = Mapping[str, str]
type Document = Mapping[str, Unit]

WHOLE = ""
"""The field of a clash about the unit itself: one hand took it away, the other changed it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed. With `field` WHOLE, an empty side has taken the unit away."""

    unit: str
    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`document` holds mine where there is a clash; a unit one hand took away and the other
    changed is kept until somebody has looked."""

    document: Document
    clashes: tuple[Clash, ...]


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    clashes: list[Clash] = []
    found = {
        key: unit
        for key in dict.fromkeys((*theirs, *mine))
        if (unit := _unit(key, (base, mine, theirs), clashes)) is not None
    }
    return Merged(found, tuple(clashes))


def _unit(
    key: str, three: tuple[Document, Document, Document], clashes: list[Clash]
) -> Unit | None:
    was, mine, theirs = (document.get(key) for document in three)
    if mine is not None and theirs is not None:
        return dict(_fields(key, was or {}, mine, theirs, clashes))
    left = mine if mine is not None else theirs
    if left is None or was == left:  # both took it away, or the other never touched it
        return None
    if was is not None:
        clashes.append(Clash(key, WHOLE, _said(mine), _said(theirs)))
    return left


def _fields(
    key: str, was: Unit, mine: Unit, theirs: Unit, clashes: list[Clash]
) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((*theirs, *mine)):
        before, one, other = (side.get(name, "") for side in (was, mine, theirs))
        if one in (before, other):
            yield name, other
            continue
        if other != before:
            clashes.append(Clash(key, name, one, other))
        yield name, one


def _said(unit: Unit | None) -> str:
    return unit.get("text", "") if unit is not None else ""
