"""Marks of protected identity, in any column. A mark missed puts a person in danger; a mark too
many costs somebody a minute: doubt counts as a mark."""

from __future__ import annotations

import re

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.values.vocabulary import read_yes_no
from stegvis.integrations.imports.reading.wording import plain, shown

# Cheap first look: a row without any of these stems holds no mark.
_STEMS = (
    "skyd", "sekr", "kvarskr", "hemlig", "finger", "spärrmark", "sparrmark", "beskyt", "hemmel",
    "protect", "confident", "undisclos",
)  # fmt: skip
_GAP = r"[\s.:_/\-]*"
_MARK = re.compile(
    r"(?:"
    rf"\bskydd(?:ad|at|ade|as|s|\.)?{_GAP}(?:id\b|ident|adress|pers\b|persond|personu|uppgif|folkbok|boend|namn)"
    rf"|\bsekr(?:\.|etess)?{_GAP}(?:mark|skydd|pers\b|personu|adress|uppgif|id\b|ident)"
    rf"|\bkvarskriv"
    rf"|\bhemlig\w*{_GAP}(?:adress|ident|uppgif|tele)"
    rf"|\bfinger(?:ad|ade|at)?{_GAP}(?:person|ident|uppgif|id\b)"
    rf"|\bspärrmark|\bsparrmark|\bskyddsmark"
    rf"|\b(?:navne|adresse)\w*{_GAP}(?:og{_GAP}\w+{_GAP})?beskyt|\badressebeskyt|\bnavnebeskyt"
    rf"|\bbeskyttet{_GAP}(?:adr|ident|navn|person)|\bhemmelig\w*{_GAP}(?:adr|ident|bopæl)"
    rf"|\bprotected{_GAP}(?:id\b|ident|address|person)|\b(?:confidential|undisclosed){_GAP}address"
    r")",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:skyddad|skyddade|skyddat|skydd|sekretess|sekr|sekretessmarkerad|beskyttet|protected)[\s!.*]*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:ej|inte|ingen|inga|icke|ikke|uden|utan|no|not|without)\s+\Z", re.IGNORECASE
)


def is_marked(text: str) -> bool:
    """Whether free text says that the person is protected. skyddsskor, skyddsombud, skyddad
    anställning and sekretessupphörande say nothing of the kind."""
    if not may_be_marked(text):
        return False
    if _ALONE.fullmatch(text.strip()):
        return True
    return any(not _DENIED.search(text, 0, m.start()) for m in _MARK.finditer(text))


def may_be_marked(text: str) -> bool:
    folded = text.casefold()
    for stem in _STEMS:  # noqa: SIM110 a generator costs three times as much, on every row
        if stem in folded:
            return True
    return False


def column_says(cell: Cell) -> bool:
    """A column of its own: anything but empty or a plain no is a mark."""
    text = shown(cell)
    if not any(sign.isalnum() or sign in "✓✔☑*!" for sign in text):
        return False
    return read_yes_no(plain(text)) is not False or not plain(text)


def names_protection(text: str) -> bool:
    """Whether a legend's words are about protection."""
    folded = text.casefold()
    return is_marked(text) or bool(
        re.search(r"\b(?:skydd(?:ad\w*|at)?\b|sekretess\w*|beskytt\w*|protected)", folded)
        and not re.search(r"skyddad anst|skyddat arb|sekretessupp", folded)
    )
