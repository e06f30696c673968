"""What a sheet says about its own signs: colours, and signatures of case workers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from stegvis.integrations.imports.reading.grid import Cells, Place, Sheet
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.styles import hue
from stegvis.integrations.imports.reading.values.marks import names_protection
from stegvis.integrations.imports.reading.values.people import looks_like_full_name
from stegvis.integrations.imports.reading.wording import plain, shown, word_list

_ENTRY = re.compile(r"(?P<sign>[^=:–]{1,40}?)\s*[=:–]\s*(?P<meaning>\S.*)", re.DOTALL)
_SIGNATURE = re.compile(r"[^\W\d_]{1,5}")
_NEAR = {"red": ("red", "pink"), "yellow": ("yellow", "orange"), "pink": ("pink", "red", "purple")}


@dataclass(frozen=True, slots=True)
class Entry:
    colour: str  # a plain word: "green"
    meaning: str
    place: Place


@cache
def _colour_words() -> Mapping[str, str]:
    table = word_list("vocabulary")["colours"]
    return {word: colour for colour, words in table.items() for word in words}


def colour_entries(cells: Cells, index: int) -> list[Entry]:
    """Cells such as "Grön = klar för praktik"."""
    found = []
    for at, cell in enumerate(cells):
        entry = _ENTRY.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if entry is not None:
            words = plain(entry["sign"]).split()
            colour = next((_colour_words()[w] for w in words if w in _colour_words()), "")
            if colour:
                found.append(Entry(colour, entry["meaning"], (index, at)))
    return found


def signatures(rows: Iterable[Cells]) -> dict[str, str]:
    """Initials → full name, from two cells beside each other or "LB = Lena Berggren"."""
    found: dict[str, str] = {}
    for cells in rows:
        texts = [text for text in map(shown, cells) if text]
        if len(texts) == 1:
            entry = _ENTRY.fullmatch(texts[0].strip())
            texts = [entry["sign"], entry["meaning"]] if entry else texts
        if len(texts) == 2 and _SIGNATURE.fullmatch(texts[0]) and looks_like_full_name(texts[1]):  # noqa: PLR2004
            found[texts[0]] = texts[1]
    return found


def protected_rows(
    sheet: Sheet, outside: Iterable[tuple[int, Cells]], decided: Decided
) -> frozenset[int]:
    """Rows (from 0) painted in a colour that means protection. Refusal: legend_protection, when
    something outside the records says that a sign means protection and we cannot see the sign."""
    if decided.colours_without_meaning:
        return frozenset()
    claims = [
        (index, at, cell)
        for index, cells in outside
        for at, cell in enumerate(cells)
        if isinstance(cell, str) and names_protection(cell)
    ]
    colours = set(decided.protected_colours)
    painted: Mapping[Place, str] = sheet.colours() if sheet.colours and (claims or colours) else {}
    for index, at, text in claims:
        if not decided.protected_colours:
            colours |= _colours_meant(index, at, text, painted, sheet)
    return frozenset(row for (row, _), colour in painted.items() if colour in colours)


def _colours_meant(
    index: int, at: int, text: str, painted: Mapping[Place, str], sheet: Sheet
) -> set[str]:
    entry = _ENTRY.fullmatch(text.strip())
    sign = plain(entry["sign"]).split() if entry else plain(text).split()
    word = next((_colour_words()[w] for w in sign if w in _colour_words()), "")
    meant = {painted[p] for p in ((index, at), (index, at - 1)) if at >= 0 and p in painted}
    if not meant and not word and entry is None:
        return set()  # a remark about protection, not the meaning of a sign
    if word:
        alike = _NEAR.get(word, (word,))
        meant |= {colour for colour in set(painted.values()) if hue(colour) in alike}
    if not meant or sheet.painted_by_rule:
        raise Refusal("legend_protection", sheet=sheet.name, row=sheet.numbers[index])
    return meant
