"""The language guard: "unmotivated" is asked back "to do what?", since motivation belongs to a
behaviour, right now, and never to a person (seed 002, methods §5).

A hint beside the text, never a refusal and never a rewrite. What says the behaviour itself
("motiverad att komma varje dag") is left alone, and so is what somebody is quoted as saying.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# "motivated to …": the sentence goes on with what for.
TOWARDS = r"(?!\s+(att|för|till|at|til|to|for|om)\b)"
QUOTED = re.compile(r"[\"”“»„][^\"”“»«„]*[\"”“«]")


@dataclass(frozen=True, slots=True)
class Trait:
    """A word about the person, and where it stands: half-open, in characters."""

    word: str
    since: int
    until: int


@cache
def _pattern() -> re.Pattern[str]:
    """Every language at once: notes are written in more than one."""
    text = files("stegvis.core.values").joinpath("traits.toml").read_text("utf-8")
    stems = {
        stem for group in tomllib.loads(text).values() for words in group.values() for stem in words
    }
    return re.compile(rf"(?<!\w)({'|'.join(sorted(stems))})(?!\w){TOWARDS}", re.IGNORECASE)


def traits(text: str) -> list[Trait]:
    """The words to ask about, in their order. What stands between quotation marks is somebody's
    own and is not asked about."""
    said = QUOTED.sub(lambda found: " " * len(found.group()), text)
    return [Trait(text[m.start() : m.end()], m.start(), m.end()) for m in _pattern().finditer(said)]
