"""Case workers by full name, signature or a first name only one has; referrers by any spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.values.names import name_key, read_name
from stegvis.integrations.imports.reading.wording import by_stem, plain, shown, terms

_FULL_NAME = re.compile(
    r"[^\W\d_a-zåäöæøé][\w'’]*(?:-\w[\w'’]*)*(?: (?:[a-z]{2,3} )?[^\W\d_][\w'’]*(?:-\w[\w'’]*)*)+"
)
_NOT_NAMES = frozenset(
    [
        "ny",
        "nya",
        "vik",
        "vikarie",
        "vakant",
        "handläggare",
        "handl",
        "okänd",
        "ingen",
        "saknas",
        "tidigare",
        "flera",
        "ukendt",
        "vikar",
    ]
)
_LONG_WORD = 7
_CLOSE = 0.86


def looks_like_full_name(text: str) -> bool:
    """Two words or more, each a name: "Gun-Britt Ekman", not "ny handl." or "LB"."""
    if not _FULL_NAME.fullmatch(text):
        return False
    return not any(word in _NOT_NAMES for word in plain(text).split())


@dataclass(frozen=True, slots=True)
class Directory:
    """Who the case workers are, as this file and the register say."""

    by_key: Mapping[str, str] = field(default_factory=dict)
    by_first: Mapping[str, str] = field(default_factory=dict)
    by_signature: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, full_names: Iterable[str], signatures: Mapping[str, str]) -> Directory:
        names = {name_key(name): name for name in (*full_names, *signatures.values())}
        firsts = Counter(plain(name.split()[0]) for name in names.values() if name)
        return cls(
            names,
            {plain(n.split()[0]): n for n in names.values() if firsts[plain(n.split()[0])] == 1},
            {plain(short): name for short, name in signatures.items()},
        )

    def read(self, cell: Cell) -> tuple[str, str]:
        """Full name and fault: worker_missing, worker_unknown."""
        text = shown(cell)
        if not text or text in ("-", "–"):
            return "", "worker_missing"
        full = read_name(text).full
        known = (
            self.by_signature.get(plain(text))
            or self.by_key.get(name_key(full))
            or self.by_first.get(plain(text))
        )
        if known:
            return known, ""
        return (full, "") if looks_like_full_name(full) else ("", "worker_unknown")


class Referrer(NamedTuple):
    code: str = ""  # AF, FK, SOC, REGION, JOBCENTER
    fault: str = ""  # referrer_missing, referrer_self, referrer_unknown
    note: str = ""  # referrer_spelling


def read_referrer(cell: Cell) -> Referrer:
    text = plain(shown(cell))
    if not text:
        return Referrer(fault="referrer_missing")
    code = (
        terms("referrer").get(text)
        or by_stem("referrer", text)
        or terms("referrer").get(text.split()[0])
    )
    note = ""
    if code is None and len(text) >= _LONG_WORD:
        close = get_close_matches(text, terms("referrer"), n=1, cutoff=_CLOSE)
        code = terms("referrer")[close[0]] if close else None
        note = "referrer_spelling"
    if code is None:
        return Referrer(fault="referrer_unknown")
    return Referrer(fault="referrer_self") if code == "self" else Referrer(code, note=note)
