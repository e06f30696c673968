"""How a programme's amounts, cadences and criteria are said in words; shared by binder and diff."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from stegvis.core.programme.faults import SENTENCES
from stegvis.core.programme.measures import AMOUNTS
from stegvis.core.programme.model import Cadence, Criterion, Programme, Setting, Test
from stegvis.core.values.sentences import Sentence

type Saying = tuple[Sentence, ...]
"""Phrases that make one line when they are told one after the other."""

_PER = {"months": "per_month", "weeks": "per_week", "days": "per_day"}
_ONCE = {"months": "once_a_month", "weeks": "once_a_week", "days": "once_a_day"}
_APART = {"months": "months_apart", "weeks": "weeks_apart", "days": "days_apart"}
_YEAR = 12


def tell(saying: Saying, lang: str) -> str:
    """A saying in `lang`; a phrase that begins with a comma clings to the one before it."""
    return " ".join(SENTENCES.tell(one, lang) for one in saying).replace(" ,", ",")


def cadence(programme: Programme, one: Cadence) -> Saying:
    """How often or by when: "at least once a month during the first year from the placement"."""
    said = [*_again(programme, one.every), *_span(programme, "within", one.within)]
    said += _lasting(programme, one.lasts)
    if one.starts:
        said.append(Sentence("from_start", {"event": event(one.starts)}))
    said += _span(programme, "earliest", one.earliest)
    if not said:
        return (Sentence("as_source_says", {"word": one.word}),) if one.word else ()
    if one.word:
        said.append(Sentence("source_word", {"word": one.word}))
    return tuple(said)


def criterion(programme: Programme, one: Criterion) -> Sentence:
    """How it is settled whether the criterion holds, and by whom."""
    if one.test is Test.YES_NO:
        return Sentence("test_yes_no")
    if one.test is Test.JUDGED:
        evidence = tuple(event(code) for code in one.evidence)
        return Sentence("test_judged", {"evidence": evidence}) if evidence else Sentence("judged")
    code = f"measure_{one.measure}"
    if code not in SENTENCES:
        return Sentence("test_auto")
    values = {name: _said(programme, name, value) for name, value in one.needs.items()}
    return Sentence(code, values)


def settings_of(programme: Programme, amounts: Mapping[str, object]) -> tuple[Setting, ...]:
    """The settings a mapping of amounts refers to."""
    keys = [value for value in amounts.values() if isinstance(value, str)]
    return tuple(programme.settings[key] for key in keys if key in programme.settings)


def amount(programme: Programme, value: object) -> object:
    """A plain value, or what the setting it names holds."""
    if isinstance(value, str) and value in programme.settings:
        return programme.settings[value].value
    return value


def event(code: str) -> Sentence | str:
    """The word for a kind of fact, or its code where we have none."""
    return Sentence(f"event_{code}") if f"event_{code}" in SENTENCES else f"“{code}”"


def setting(one: Setting) -> Sentence:
    """A setting's value with its unit."""
    if one.value is None:
        return Sentence("not_set")
    if isinstance(one.value, bool):
        return Sentence("yes" if one.value else "no")
    if one.unit == "share":
        return Sentence("unit_share", {"n": _percent(one.value)})
    code = f"unit_{one.unit}"
    return Sentence(code if code in SENTENCES else "unit_none", {"n": one.value})


def _again(programme: Programme, every: Mapping[str, object]) -> Saying:
    if not every:
        return ()
    times = amount(programme, every.get("times", 1))
    unit = next((unit for unit in _PER if unit in every), None)
    if unit is None:
        return (Sentence("once_a_step" if times == 1 else "per_step", {"n": times}),)
    n = amount(programme, every[unit])
    if n is None:
        return (Sentence("how_often_not_set"),)
    if n == 1:
        return (Sentence(_ONCE[unit] if times == 1 else _PER[unit], {"n": times}),)
    return (Sentence(_APART[unit], {"n": n}),)


def _span(programme: Programme, word: str, amounts: Mapping[str, object]) -> Saying:
    return tuple(
        Sentence(f"{word}_{unit}", {"n": amount(programme, value)})
        for unit, value in amounts.items()
        if unit in _PER
    )


def _lasting(programme: Programme, amounts: Mapping[str, object]) -> Saying:
    if amount(programme, amounts.get("months")) == _YEAR:
        return (Sentence("lasts_year"),)
    return _span(programme, "lasts", amounts)


def _said(programme: Programme, name: str, value: object) -> object:
    if name not in AMOUNTS:
        return value
    found = amount(programme, value)
    if found is None:
        return Sentence("not_set")
    if name == "at_least" and isinstance(found, float) and found <= 1:
        return Sentence("unit_share", {"n": _percent(found)})
    return found


def _percent(share: float | str) -> Decimal:
    return Decimal(str(share)) * 100
