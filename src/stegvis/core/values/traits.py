"""The language guard: "unmotivated" is asked back "to do what?", since motivation belongs to a
behaviour, right now, and never to a person (seed 002, methods §5; KN-79, N-05).

A hint beside the text, never a refusal and never a rewrite. What says the behaviour itself
("motiverad att komma varje dag") is left alone, so is what somebody is quoted as saying, and so is
a thing that happens to be slow, heavy or hopeless. The lists lie in traits.toml; how well they hit
is measured in tests/core/values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_QUOTED = re.compile(r"[\"”“»„][^\"”“»«„\n]*[\"”“«]|«[^»«\n]*»")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# A capital may be how a sentence begins: the door, bussen, opgaven.
_THE = re.compile(r"(?:en|et|an|at|na|ne|rn|ln)$")
_THINGS = frozenset(
    ["det", "den", "detta", "denna", "dette", "vi", "jag", "jeg", "man", "it", "this"]
)


@dataclass(frozen=True, slots=True)
class Trait:
    """A word about the person, and where it stands: half-open, in characters."""

    word: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class _Rules:
    asked: Sequence[re.Pattern[str]]
    people: frozenset[str]
    qualified: frozenset[str]
    towards: re.Pattern[str]


def traits(text: str, *, names: Iterable[str] = ()) -> list[Trait]:
    """The words to ask about, in their order; `names`: those whom the text is about."""
    about = frozenset(part.lower() for name in names for part in name.split())
    bare = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    found: dict[int, Trait] = {}
    for part in _SENTENCE.finditer(bare):
        for rules in _rules().values():
            for start, end in _in_sentence(part.group(), rules, about):
                since, until = part.start() + start, part.start() + end
                found.setdefault(since, Trait(text[since:until], since, until))
    return [found[since] for since in sorted(found)]


def _in_sentence(sentence: str, rules: _Rules, about: frozenset[str]) -> Iterator[tuple[int, int]]:
    for pattern in rules.asked:
        for hit in pattern.finditer(sentence):
            subject = hit.groupdict().get("subject")
            if subject is not None and not _of_somebody(subject, rules, about):
                continue
            start, end = hit.span("word")
            word = sentence[start:end].lower()
            if word in rules.qualified and rules.towards.match(sentence, end):
                continue
            yield start, end


def _of_somebody(subject: str, rules: _Rules, about: frozenset[str]) -> bool:
    """A pronoun, a role or a name; what looks like a thing of its kind is taken for a thing."""
    word = subject.lower()
    if word in rules.people or word in about:
        return True
    return word not in _THINGS and subject[:1].isupper() and not _THE.search(subject)


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"


@cache
def _rules() -> Mapping[str, _Rules]:
    raw = tomllib.loads(files("stegvis.core.values").joinpath("traits.toml").read_text("utf-8"))
    return {lang: _compiled(lists) for lang, lists in raw.items()}


def _compiled(lists: Mapping[str, Sequence[str]]) -> _Rules:
    word = rf"(?P<word>{_any(lists['said_of'])})\b"
    verb, between = _any(lists["verbs"]), rf"(?:{_any(lists['adverbs'])}\s+){{0,3}}"
    joined = r"(?:\w+\s+(?:och|og|and)\s+)?"
    not_of = rf"(?!\s+{_any(lists['not_of'])})"
    flags = re.IGNORECASE
    asked = (
        re.compile(rf"\b(?P<word>{_any(lists['trait'])})\b{not_of}", flags),
        re.compile(rf"\b(?P<word>{_any(lists['lacking'])})\b", flags),
        # she is (slow and) lazy
        re.compile(rf"\b(?P<subject>\w+)\s+{verb}\s+{between}{joined}{word}{not_of}", flags),
        # today is she lazy, as Swedish and Danish turn it round
        re.compile(rf"\b{verb}\s+(?P<subject>\w+)\s+{between}{joined}{word}{not_of}", flags),
        # a lazy person
        re.compile(rf"\b{between}{word}\s+{_any(lists['folk'])}\b", flags),
        # "Rather slow in the mornings": a note that leaves out who, as one scribbles it
        re.compile(
            rf"(?:^|[,;:])\s*{between}{word}(?=\s*(?:$|[,.;!]|(?:på|til|till|i|in)\b))", flags
        ),
    )
    return _Rules(
        asked=asked,
        people=frozenset(lists["people"]),
        qualified=frozenset(lists["qualified"]),
        towards=re.compile(rf"\s+{_any(lists['towards'])}\s+\w+", flags),
    )
