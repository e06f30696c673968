"""Steps of a programme as people write them: a number, a word and a number, or a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import listed, plain, shown

_WORDS = frozenset(
    [
        "steg",
        "fas",
        "trin",
        "step",
        "nivå",
        "niveau",
        "phase",
        "fase",
        "stage",
        "nr",
        "no",
        "steget",
        "trinnet",
    ]
)
_JOINS = frozenset(("och", "og", "and", "eller", "el", "or"))  # between names that mean one step
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_JOINED = re.compile(r"\s*/\s*|\s+(?:och|og|and|&)\s+")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3})(?:[.:]?(?:e|a|st|nd|rd|th)?)(?!\w)")
_ORDINAL_SIGNS = re.compile(r"^[ea]$")


@dataclass(frozen=True, slots=True)
class StepNames:
    """The names of one programme's steps, of every track and language, and how many there are."""

    by_name: Mapping[str, int]  # plain name → ordinal
    highest: int

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> StepNames:
        """From (ordinal, name). A name of two parts ("Utredning/Kartläggning") is also known by
        each part. What could mean two steps is not known at all; a whole name goes before a
        part."""
        pairs = [(ordinal, name) for ordinal, name in names if plain(name)]
        parts = ((ordinal, part) for ordinal, name in pairs for part in _JOINED.split(name))
        return cls(_certain(parts) | _certain(pairs), max((n for n, _ in pairs), default=0))


def _certain(pairs: Iterable[tuple[int, str]]) -> dict[str, int]:
    meant: dict[str, set[int]] = {}
    for ordinal, name in pairs:
        meant.setdefault(plain(name), set()).add(ordinal)
    return {name: min(steps) for name, steps in meant.items() if name and len(steps) == 1}


class StepRead(NamedTuple):
    step: int | None
    fault: str = ""  # step_missing, step_unknown, step_two_values


def read_step(cell: Cell, names: StepNames) -> StepRead:
    text = shown(cell)
    if text.casefold() in listed("nothing"):
        return StepRead(None, "step_missing")
    words = plain(text)
    known = names.by_name.get(words)
    if known is not None:
        return StepRead(known)
    found, rest = _named(words, names)
    numbers = {int(n) for n in _NUMBER.findall(rest)}
    left = [w for w in _NUMBER.sub(" ", rest).split() if w not in _WORDS and w not in _JOINS]
    for word in [w for w in left if w in _ROMAN]:
        numbers.add(_ROMAN[word])
        left.remove(word)
    found |= numbers
    if len(found) > 1:
        return StepRead(None, "step_two_values")
    step = next(iter(found), 0)
    if not 1 <= step <= names.highest or any(not _ORDINAL_SIGNS.match(word) for word in left):
        return StepRead(None, "step_unknown")
    return StepRead(step)


def _named(words: str, names: StepNames) -> tuple[set[int], str]:
    """Steps named somewhere in the text, longest names first, and the text without them."""
    found: set[int] = set()
    rest = f" {words} "
    for name in sorted(names.by_name, key=len, reverse=True):
        if f" {name} " in rest:
            found.add(names.by_name[name])
            rest = rest.replace(f" {name} ", "  ")
    return found, rest
