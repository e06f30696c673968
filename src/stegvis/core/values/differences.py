"""What has changed between two texts, unit by unit and, where it is small, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from stegvis.core.values.merging import Document, Unit

_WORDS = re.compile(r"\s+|[^\s]+")
SMALL = 0.4  # ours: less alike than this, two texts are read easier beside each other


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text: `how` None stands in both."""

    text: str
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit with the names of the fields that differ; of a new or removed one, those it has."""

    unit: str
    how: How
    fields: tuple[str, ...]


def changes(old: Document, new: Document) -> tuple[Changed, ...]:
    """In the new document's order, what was removed last."""
    found = []
    for key, unit in new.items():
        if key not in old:
            found.append(Changed(key, How.ADDED, tuple(n for n, v in unit.items() if v)))
        elif names := _differing(old[key], unit):
            found.append(Changed(key, How.CHANGED, names))
    found += [
        Changed(key, How.REMOVED, tuple(n for n, v in unit.items() if v))
        for key, unit in old.items()
        if key not in new
    ]
    return tuple(found)


def _differing(old: Unit, new: Unit) -> tuple[str, ...]:
    return tuple(
        name for name in dict.fromkeys((*new, *old)) if old.get(name, "") != new.get(name, "")
    )


def words(old: str, new: str) -> tuple[Part, ...]:
    """The new text with what was taken out and put in. Read without the removed parts it is `new`,
    read without the added ones it is `old`."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    if old and new and matcher.ratio() < SMALL:
        return Part(old, How.REMOVED), Part(new, How.ADDED)
    return tuple(_parts(matcher, one, other))


def _parts(matcher: SequenceMatcher[str], one: list[str], other: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Part("".join(one[a:b]))
            continue
        if b > a:
            yield Part("".join(one[a:b]), How.REMOVED)
        if d > c:
            yield Part("".join(other[c:d]), How.ADDED)
