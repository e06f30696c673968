"""Cells that hold one of a known set of words."""

from __future__ import annotations

import re
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import by_stem, plain, shown, terms

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_PHONE = re.compile(r"\+?[\d\s\-/().\u2010-\u2013]{5,24}")
_ENOUGH_DIGITS = 5
_ASKED = (
    re.compile(
        r"\b(?:afb|arbetsförmågebedöm\w*|arbetsförmågeutred\w*|arbejdsevnevurder\w*)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:bedöm\w*|bedömning\w*|utred\w*|pröva)\b[^.;]{0,40}\barbetsförmåga\w*"
        r"|\barbetsförmåga\w*[^.;]{0,25}\b(?:bedöm\w*|utred\w*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:assess\w*|evaluat\w*)\b[^.;]{0,40}\bwork(?:ing)? (?:ability|capacity)", re.IGNORECASE
    ),
    re.compile(r"\bvurder\w*[^.;]{0,40}\barbejdsevne\w*", re.IGNORECASE),
)
_SETTLED = re.compile(
    r"\b(?:redan|gjord|gjorts|genomförd|utförd|klar|avslutad|finns|färdig|allerede|udført|already|done"
    r"|ej|inte|ingen|inget|inga|utan|ikke|uden|not|no|without|avböj\w*|aktuell ej)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?\n]")


def read_term(topic: str, cell: Cell) -> str | None:
    """The code of a word, "" for an empty cell, None for a word nobody knows."""
    text = plain(shown(cell))
    if not text:
        return ""
    known = terms(topic).get(text)
    if known is not None:
        return known
    return by_stem(topic, text)


def read_yes_no(text: str) -> bool | None:
    known = terms("yes_no").get(plain(text))
    return None if known is None else known == "true"


class LanguageSupport(NamedTuple):
    needed: bool | None
    language: str = ""
    fault: str = ""  # language_unclear


def read_language_support(cell: Cell) -> LanguageSupport:
    """Such as "ja", "nej", "x", "ja - dari"; an empty cell says nothing."""
    text = shown(cell)
    if not plain(text) and text not in ("✓", "✔"):
        return LanguageSupport(None)
    whole = read_yes_no(text)
    if whole is not None:
        return LanguageSupport(whole)
    head, *rest = re.split(r"\s*[-–—,:/(]\s*|\s+", text, maxsplit=1)
    answer = read_yes_no(head)
    language = rest[0].strip(" ()") if rest else ""
    if answer is None and text not in ("✓", "✔"):
        return LanguageSupport(None, fault="language_unclear")
    return LanguageSupport(answer is not False, language if answer else "")


def read_email(cell: Cell) -> str | None:
    """Address, "" for empty, None for what is no address."""
    text = shown(cell)
    if text in ("", "-", "–"):
        return ""
    return text if _EMAIL.fullmatch(text) else None


def read_phone(cell: Cell) -> str | None:
    """As written; a number cell has lost its leading zero, which every such number begins with."""
    text = shown(cell)
    if text in ("", "-", "–"):
        return ""
    digits = sum(map(str.isdigit, text))
    if digits < _ENOUGH_DIGITS or not _PHONE.fullmatch(text):
        return None
    return text


def read_verbs(cell: Cell) -> set[str]:
    """What is to be done: every verb in the cell."""
    known = terms("verb")
    return {known[word] for word in plain(shown(cell)).split() if word in known}


def asks_for_assessment(why: str) -> bool:
    """Whether a purpose asks to have work ability assessed: not when that is done or unwanted."""
    return any(
        pattern.search(sentence) and not _SETTLED.search(sentence)
        for sentence in _SENTENCE.split(why)
        for pattern in _ASKED
    )
