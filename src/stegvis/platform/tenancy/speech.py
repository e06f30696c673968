"""Speaking a language the way a municipality does: with its own word for the person on the road.

Our messages say deltagare, borger and participant. Where a municipality has chosen another word
(Tenant.words), its messages are those of the language with the forms of the one word put in the
place of the other's: made once per language and word, and then looked up like any others. What
people type, what a programme says and what is stored never passes here.

`speak` and `speaking` are the one way to change the language in this system (tests/house).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any, override

from django.utils.translation import trans_real

type Change = Callable[[str, str], str]

LANGUAGE_OF = {"SE": "sv", "DK": "da"}
CONTEXT = trans_real.CONTEXT_SEPARATOR
NONE: Mapping[str, str] = {}
SOURCE = "sv"  # whose catalogue names every English message: English itself has none
# What stands inside a message and is not said: a value's name, a tag.
_SILENT = r"%\(\w+\)[a-z]|<[^>]*>"
_SEVERAL = re.compile(r"\b(?:participants|people|persons|citizens)\b", re.IGNORECASE)

_spoken: ContextVar[Mapping[str, str]] = ContextVar("words", default=NONE)


@dataclass(frozen=True, slots=True)
class Word:
    """The forms of one word: one, several, the one, those; and how longer words begin with it."""

    code: str
    forms: tuple[str, str, str, str]
    stem: str

    @property
    def name(self) -> str:
        return self.forms[0]


@cache
def words(language: str) -> dict[str, Word]:
    """What there is to choose from, the word of our own messages first. Empty: another language."""
    told = tomllib.loads(files(__package__).joinpath("participant.toml").read_text("utf-8"))
    return {
        code: Word(code, tuple(said["forms"]), said["stem"])
        for code, said in told.get(language, {}).items()
    }


def ours(language: str) -> Word:
    return next(iter(words(language).values()))


def speak(language: str, chosen: Mapping[str, str]) -> None:
    """From here on this language, with the words a municipality has chosen."""
    _spoken.set(chosen)
    _use(_messages(language, chosen.get(language, "")))


@contextmanager
def speaking(language: str, chosen: Mapping[str, str] | None = None) -> Iterator[None]:
    """This language for a while. Without `chosen` the municipality stays the one that speaks."""
    before, spoken = getattr(_active(), "value", None), _spoken.get()
    speak(language, spoken if chosen is None else chosen)
    try:
        yield
    finally:
        _spoken.set(spoken)
        _use(before)


def preview(language: str, word: str, message: str) -> str:
    """A message of ours as it would be said."""
    return str(_messages(language, word).gettext(message))


def _active() -> Any:
    """Where the framework keeps what a thread speaks."""
    return vars(trans_real)["_active"]


def _use(messages: Any) -> None:
    if messages is None:
        trans_real.deactivate()
    else:
        _active().value = messages


def _messages(language: str, code: str) -> trans_real.DjangoTranslation:
    """The messages of a language with the word of that code. A code we no longer know: our own."""
    if code not in words(language) or code == ours(language).code:
        return trans_real.translation(language)
    return _worded(language, code)


@lru_cache(maxsize=64)
def _worded(language: str, code: str) -> Worded:
    plain, word = trans_real.translation(language), words(language)[code]
    return (English if language == "en" else Worded)(plain, partial(_changed, language, word))


class Worded(trans_real.DjangoTranslation):
    """The messages of a language with one word changed, laid out whole: a look-up costs what it
    always did. Those that do not name the participant are shared with the plain ones."""

    _catalog: Any

    def __init__(self, plain: trans_real.DjangoTranslation, change: Change) -> None:
        vars(self).update(vars(plain))
        self._change = change
        self._catalog = copy(self._catalog)
        inside = vars(self._catalog)
        inside["_catalogs"] = [self._reworded(one) for one in inside["_catalogs"]]

    def _reworded(self, messages: Mapping[Any, str]) -> dict[Any, str]:
        """The English tells whether one or several are meant; a plural's second says several."""
        return {
            key: self._change(
                key if isinstance(key, str) else f"{key[0]} {'people' if key[1] else ''}", text
            )
            for key, text in messages.items()
        }


class English(Worded):
    """English messages are their own keys; those that name the participant get an entry."""

    @override
    def _reworded(self, messages: Mapping[Any, str]) -> dict[Any, str]:
        own = dict(messages)
        for key, here in vars(trans_real.translation(SOURCE))["_catalog"].items():
            text = key.rpartition(CONTEXT)[2] if here and isinstance(key, str) else ""
            if (new := self._change(text, text)) != text:
                own[key] = new
        return own

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = super().ngettext(msgid1, msgid2, n)
        return self._change(text, text)


# Forms


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    word = ours(language)
    forms = "|".join(sorted({*word.forms}, key=len, reverse=True))
    stem = f"(?P<stem>{word.stem})(?=[a-zåäöæø-])"
    return re.compile(
        rf"(?P<silent>{_SILENT})|(?<!\w)(?:(?P<form>{forms})(?P<of>s?)(?!\w)|{stem})",
        re.IGNORECASE,
    )


def _changed(language: str, word: Word, source: str, text: str) -> str:
    old = ours(language)
    if old.stem not in text.lower():
        return text

    def put(found: re.Match[str]) -> str:
        if found["silent"]:
            return found[0]
        if found["stem"]:
            return _cased(word.stem, found["stem"])
        which = [n for n, form in enumerate(old.forms) if form == found["form"].lower()]
        new = {word.forms[n] for n in which}
        if len(new) > 1:
            new = {word.forms[which[several(source)]]}
        return _cased(new.pop(), found["form"]) + found["of"]

    return _pattern(language).sub(put, text)


def several(source: str) -> bool:
    """Deltagare is one and several; klient is not. The English message says which is meant."""
    return bool(_SEVERAL.search(re.sub(_SILENT, "", source)))


def _cased(new: str, old: str) -> str:
    if old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
