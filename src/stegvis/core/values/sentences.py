"""Sentences by code: what the core says to people, in every language, one data file per package.

A catalogue is a TOML file beside the code that speaks, one table per code:

    [late_too_often]
    sv = "{n:gång|gånger} för sent på {weeks:vecka|veckor}; högst {at_most:gång|gånger}"
    da = "..."
    en = "..."

Values are put in as a reader of that language expects: numbers with its decimal sign, dates as
21 June 2026, Texts in that language, lists joined with "and", a Sentence as its own sentence.
A format with a bar, {n:day|days}, writes the number and the singular or the plural after it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files
from string import Formatter
from typing import Any, override

from stegvis.core.values.texts import LANGUAGES, Texts, pick

_AND = {"sv": "och", "da": "og", "en": "and"}
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of a catalogue with the values it needs; kept as data and worded when it is read."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Sentences:
    """One package's catalogue."""

    def __init__(self, entries: Mapping[str, Texts]) -> None:
        self._entries = entries

    def __contains__(self, code: str) -> bool:
        return code in self._entries

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def say(self, code: str, values: Mapping[str, Any], lang: str) -> str:
        """The sentence `code` in `lang`. KeyError for a code or a value that is missing."""
        template = pick(self._entries[code], lang)
        return _Reader(lang, self).vformat(template, (), values)

    def tell(self, sentence: Sentence, lang: str) -> str:
        return self.say(sentence.code, sentence.values, lang)

    def faults(self) -> tuple[str, ...]:
        """What makes the catalogue incomplete: a language missing, or one naming other values."""
        found = []
        for code, texts in self._entries.items():
            found += [f"{code}: no {lang}" for lang in LANGUAGES if not texts.get(lang)]
            if len({_fields(text) for text in texts.values()}) > 1:
                found.append(f"{code}: the languages name different values")
        return tuple(found)


def catalogue(package: str, file: str = "sentences.toml") -> Sentences:
    """The catalogue lying in `package`, a dotted name such as "stegvis.core.progression"."""
    return Sentences(tomllib.loads(files(package).joinpath(file).read_text("utf-8")))


def words(value: Any, lang: str, *, within: Sentences | None = None) -> str:
    """One value as it stands inside a sentence of `lang`."""
    if isinstance(value, Sentence) and within is not None:
        return within.tell(value, lang)
    if isinstance(value, Mapping):
        return pick(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number(value, lang)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return listed([words(one, lang, within=within) for one in value], lang)
    return str(value)


def number(value: float | Decimal, lang: str) -> str:
    """29.5 → "29,5" in Swedish and Danish; trailing zeros are dropped."""
    plain = format(Decimal(str(value)), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if lang == "en" else plain.replace(".", ",")


def day(value: date, lang: str) -> str:
    """A date in words: "21 juni 2026", "21. juni 2026", "21 June 2026"."""
    language = lang if lang in _MONTHS else "en"
    dot = "." if language == "da" else ""
    return f"{value.day}{dot} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def listed(parts: list[str], lang: str) -> str:
    """["a", "b", "c"] → "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND.get(lang, 'and')} {parts[-1]}"


class _Reader(Formatter):
    def __init__(self, lang: str, within: Sentences) -> None:
        self._lang, self._within = lang, within

    @override
    def format_field(self, value: Any, format_spec: str) -> str:
        said = words(value, self._lang, within=self._within)
        one, bar, many = format_spec.partition("|")
        if not bar:
            return said
        return f"{said} {one if value == 1 else many}"


def _fields(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)
