"""Words that make a trait of a moment: what a note is asked about before it is kept (KN-79, N-05).

Nobody is unmotivated as such; a behaviour may be hard, right now. A word found here leads to a
question beside the text. It never stops the text and never changes it, and what stands in quotation
marks is somebody's own words and is left in peace. Swedish and Danish; the lists lie in
wording.toml, how well they hit is measured in tests/core/values/test_wording.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_QUOTED = re.compile(r"[”“\"][^”“\"\n]*[”“\"]|»[^»«\n]*«|«[^»«\n]*»|„[^”“\n]*[”“]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# Of these it is never said what a person is like.
_THE = re.compile(r"(?:en|et|an|at|na|ne|rn|ln)$")
_THINGS = "det den detta denna dette vi jag jeg man".split()


@dataclass(frozen=True, slots=True)
class Trait:
    """A word and where it stands: text[start:end]."""

    word: str
    start: int
    end: int


def traits(text: str, lang: str, *, names: Iterable[str] = ()) -> tuple[Trait, ...]:
    """The words of `text` worth a question, in order; `names`: those whom it is about. Nothing in
    a language without a list."""
    rules = _rules().get(lang)
    if rules is None:
        return ()
    bare = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    about = frozenset(part.lower() for name in names for part in name.split())
    found: dict[int, Trait] = {}
    for part in _SENTENCE.finditer(bare):
        for start, end in _in_sentence(part.group(), rules, about):
            at = part.start() + start
            found.setdefault(at, Trait(text[at : part.start() + end], at, part.start() + end))
    return tuple(found[at] for at in sorted(found))


def _in_sentence(
    sentence: str, rules: _Rules, about: frozenset[str]
) -> Iterator[tuple[int, int]]:
    named = rules.moment.search(sentence) and rules.behaviour.search(sentence)
    for pattern in rules.asked:
        for hit in pattern.finditer(sentence):
            subject = hit.groupdict().get("subject")
            if subject is not None and not _of_somebody(subject, rules, about):
                continue
            start, end = hit.span("word")
            if named and sentence[start:end].lower() in rules.qualified:
                continue
            yield start, end


def _of_somebody(subject: str, rules: _Rules, about: frozenset[str]) -> bool:
    """A pronoun, a role or a name. A capital may be how the sentence begins: what looks like a
    thing of its kind (the door, bussen, opgaven) is taken for a thing."""
    word = subject.lower()
    if word in rules.people or word in about:
        return True
    return word not in _THINGS and subject[:1].isupper() and not _THE.search(subject)


@dataclass(frozen=True, slots=True)
class _Rules:
    asked: Sequence[re.Pattern[str]]
    people: frozenset[str]
    qualified: frozenset[str]
    moment: re.Pattern[str]
    behaviour: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"


@cache
def _rules() -> Mapping[str, _Rules]:
    raw = tomllib.loads(files("stegvis.core.values").joinpath("wording.toml").read_text("utf-8"))
    return {lang: _compiled(lists) for lang, lists in raw.items()}


def _compiled(lists: Mapping[str, Sequence[str]]) -> _Rules:
    word = rf"(?P<word>{_any(lists['said_of'])})\b"
    verb, between = _any(lists["verbs"]), rf"(?:{_any(lists['adverbs'])}\s+){{0,3}}"
    not_of = rf"(?!\s+{_any(lists['not_of'])})"
    flags = re.IGNORECASE
    asked = (
        re.compile(rf"\b(?P<word>{_any(lists['trait'])})\b{not_of}", flags),
        re.compile(rf"\b(?P<word>{_any(lists['lacking'])})\b", flags),
        # She is lazy
        re.compile(rf"\b(?P<subject>\w+)\s+{verb}\s+{between}{word}{not_of}", flags),
        # Today she is lazy, said the other way round: today is she lazy
        re.compile(rf"\b{verb}\s+(?P<subject>\w+)\s+{between}{word}{not_of}", flags),
        # a lazy person
        re.compile(rf"\b{between}{word}\s+{_any(lists['folk'])}\b", flags),
    )
    return _Rules(
        asked=asked,
        people=frozenset(lists["people"]),
        qualified=frozenset(lists["qualified"]),
        moment=re.compile(rf"\b{_any(lists['now'])}\b", flags),
        behaviour=re.compile(rf"\b{_any(lists['behaviour'])}\s+\w+", flags),
    )
