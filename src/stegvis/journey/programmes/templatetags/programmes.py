"""A programme's own words in the reader's language: {% load programmes %}."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from stegvis.core.programme.difference import Change
from stegvis.core.programme.faults import SENTENCES
from stegvis.core.programme.model import Step
from stegvis.core.programme.wording import Saying, tell
from stegvis.core.values.sentences import Sentence
from stegvis.core.values.sentences import words as say
from stegvis.core.values.texts import Texts, pick

register = template.Library()


def _lang() -> str:
    return get_language() or "sv"


@register.filter
def words(texts: Texts) -> str:
    return pick(texts, _lang())


@register.filter
def told(saying: Saying) -> str:
    """A saying, beginning with a capital."""
    line = tell(saying, _lang())
    return line[:1].upper() + line[1:]


@register.filter
def sentence(one: Sentence) -> str:
    return SENTENCES.tell(one, _lang())


@register.filter
def named(step: Step, track: str) -> str:
    """What the step is called where the reader works."""
    return pick(step.names.get(track) or next(iter(step.names.values())), _lang())


@register.filter
def at(table: Mapping[str, Texts], code: str) -> Texts:
    """What a code is called; the code itself where the table has lost it."""
    return table.get(code) or {"sv": code}


@register.filter
def in_language(texts: Texts, lang: str) -> str:
    return texts.get(lang, "")


@register.filter
def change(one: Change) -> str:
    return one.sentence(_lang())


@register.filter
def effect(one: Change) -> str:
    return one.effect(_lang())


@register.filter
def plain(value: object) -> str:
    """A number or a list beside a word of the vocabulary, as the reader writes it."""
    return say(value, _lang())
