"""Words by language code."""

from __future__ import annotations

from collections.abc import Mapping

type Texts = Mapping[str, str]

LANGUAGES = ("sv", "da", "en")

_NEXT_BEST = {"sv": ("da", "en"), "da": ("sv", "en"), "en": ("sv", "da")}


def pick(texts: Texts, lang: str) -> str:
    """The words in `lang`, else in the language its readers understand next best, else any.

    "sv-SE" is read as "sv".
    """
    short = lang.partition("-")[0].lower()
    for code in (lang, short, *_NEXT_BEST.get(short, ("en", "sv", "da"))):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")
