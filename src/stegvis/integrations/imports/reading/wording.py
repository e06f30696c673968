"""Cell texts made comparable, and the word lists beside this module."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from stegvis.integrations.imports.reading.grid import Cell

_LONG_STEM = 8
_PUNCTUATION = re.compile(r"[^\w%+]+")
# Direction marks and soft hyphens come along when text is copied; they say nothing.
_INVISIBLE = {0x200E: None, 0x200F: None, 0x00AD: None}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212-"  # the plain one last, for character classes


def shown(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without a decimal, dates as ISO, spaces cleaned."""
    if isinstance(cell, str):
        return " ".join((cell if cell.isascii() else cell.translate(_INVISIBLE)).split())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(text: str) -> str:
    """Lower case, punctuation as single spaces: "Språkstöd?" and "språkstöd" are the same."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return _PUNCTUATION.sub(" ", folded.replace("_", " ")).strip()


@cache
def word_list(name: str) -> Mapping[str, Any]:
    """The TOML file `words/<name>.toml`."""
    source = files("stegvis.integrations.imports.reading").joinpath("words", f"{name}.toml")
    return tomllib.loads(source.read_text("utf-8"))


@cache
def terms(topic: str) -> Mapping[str, str]:
    """Code by plain word for one topic of the vocabulary, such as "referrer"."""
    table = word_list("vocabulary")[topic]
    return {plain(word): code for code, entry in table.items() for word in entry["words"]}


@cache
def stems(topic: str) -> tuple[tuple[str, str], ...]:
    """Beginnings of words with their codes, longest first."""
    table = word_list("vocabulary")[topic]
    pairs = [(plain(s), code) for code, entry in table.items() for s in entry.get("parts", ())]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def by_stem(topic: str, text: str) -> str | None:
    """The code of a stem that begins a word of plain `text`; a long one may end a compound."""
    for stem, code in stems(topic):
        if f" {stem}" in f" {text}" or (len(stem) >= _LONG_STEM and stem in text):
            return code
    return None


@cache
def listed(topic: str, key: str = "words") -> frozenset[str]:
    return frozenset(word.casefold() for word in word_list("vocabulary")[topic][key])


def begins_with(text: str, beginnings: frozenset[str]) -> bool:
    """Whether plain `text` is one of the beginnings or goes on after one as a new word."""
    return any(text == start or text.startswith(f"{start} ") for start in beginnings)
