"""The planner's sentences, and half days in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from stegvis.core.values.sentences import Sentence, Sentences, catalogue
from stegvis.core.values.texts import LANGUAGES

_DAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_HALVES = {
    "am": {"sv": "förmiddag", "da": "formiddag", "en": "morning"},
    "pm": {"sv": "eftermiddag", "da": "eftermiddag", "en": "afternoon"},
}
_CODES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@cache
def sentences() -> Sentences:
    return catalogue("stegvis.core.scheduling")


def said(found: Iterable[Sentence], lang: str) -> list[str]:
    return [sentences().tell(one, lang) for one in found]


def half_day(code: str) -> Mapping[str, str]:
    """A code such as mon_am in words; another code as it stands."""
    day, _, half = code.partition("_")
    if day not in _CODES or half not in _HALVES:
        return dict.fromkeys(LANGUAGES, code)
    number = _CODES.index(day)
    return {lang: f"{_DAYS[lang].split()[number]} {_HALVES[half][lang]}" for lang in LANGUAGES}
