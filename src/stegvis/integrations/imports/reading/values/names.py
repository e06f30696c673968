"""People's names: "Efternamn, Förnamn" and "Förnamn Efternamn" are the same person."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import shown

_LOST = re.compile(r"\w\?|\?\w|\ufffd")
_WITHIN_NAME = re.compile(r"[\s\-\u2010-\u2013']+")
_LETTERS = re.compile(r"[^\W\d_]")


# Small words that begin a family name: "Anna von Essen", "Omar el Amin".
_PARTICLES = frozenset(
    ("af", "al", "av", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do",
     "dos", "du", "el", "ibn", "la", "le", "los", "ten", "ter", "van", "von", "zu", "zum", "zur")
)  # fmt: skip


class Name(NamedTuple):
    full: str  # given names first
    fault: str = ""  # name_lost_character
    family: str = ""  # where the cell itself says which part it is


def read_name(cell: Cell) -> Name:
    text = shown(cell)
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip() and "," not in given:
        text = f"{given.strip()} {family.strip()}"
        return _checked(text.strip(" ,;"))._replace(family=family.strip(" ,;"))
    return _checked(text.strip(" ,;"))


def parts_of(full: str, family: str = "") -> tuple[str, str]:
    """Given and family name of a full name. Where nobody said which is which, the last word is the
    family's, with the small words before it."""
    if family and full.endswith(family):
        return full[: -len(family)].strip(), family
    words = full.split()
    at = max(len(words) - 1, 0)
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def name_key(full: str) -> str:
    """The same for every order and spelling of spaces, hyphens and letter case."""
    folded = unicodedata.normalize("NFC", full).casefold()
    return " ".join(sorted(part for part in _WITHIN_NAME.split(folded) if part))


def same_name(one: str, other: str) -> bool:
    """A sign lost in saving ("Petrovi?") agrees with any letter."""
    if one == other:
        return True
    first, second = name_key(one), name_key(other)
    if first == second:
        return True
    if not (_LOST.search(one) or _LOST.search(other)) or len(first) != len(second):
        return False
    lost = "?\ufffd"
    pairs = zip(first, second, strict=True)
    return all(a == b or a in lost or b in lost for a, b in pairs)


def _checked(full: str) -> Name:
    if not _LETTERS.search(full):
        return Name("")
    return Name(full, "name_lost_character" if _LOST.search(full) else "")
