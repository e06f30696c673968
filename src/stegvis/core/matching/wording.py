"""What matching says, in every language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stegvis.core.values.sentences import Sentence, Sentences, catalogue


@cache
def sentences() -> Sentences:
    return catalogue("stegvis.core.matching")


def said(found: Iterable[Sentence], lang: str) -> list[str]:
    return [sentences().tell(one, lang) for one in found]
