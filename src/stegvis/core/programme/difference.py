"""What changed between two versions of a programme, thing by thing, in words an admin can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from stegvis.core.programme import wording
from stegvis.core.programme.faults import SENTENCES
from stegvis.core.programme.model import (
    Ladder,
    Programme,
    Texts,
)
from stegvis.core.values.sentences import Sentence
from stegvis.core.values.texts import LANGUAGES


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """`where` names the thing and its field; `affects` what it means for people on the road:
    judgement, due, moves, figures, forms or words."""

    kind: Kind
    where: str
    before: object
    after: object
    affects: str
    says: Sentence

    def sentence(self, lang: str) -> str:
        return SENTENCES.tell(self.says, lang)

    def effect(self, lang: str) -> str:
        return SENTENCES.say(f"affects_{self.affects}", {}, lang)


@dataclass(frozen=True, slots=True)
class _Thing:
    kind: str
    where: str
    name: object  # Texts, or a Sentence
    holds: Mapping[str, Any]


def differences(old: Programme, new: Programme) -> tuple[Change, ...]:
    """Every difference, in the order of the new version; its number alone is none."""
    before = {thing.where: thing for thing in _things(old)}
    after = {thing.where: thing for thing in _things(new)}
    found = [_whole(Kind.REMOVED, thing) for at, thing in before.items() if at not in after]
    for where, thing in after.items():
        if where not in before:
            found.append(_whole(Kind.ADDED, thing))
        elif before[where].holds != thing.holds:
            found += _inside(before[where], thing, old=old, new=new)
    return tuple(found)


def _whole(kind: Kind, thing: _Thing) -> Change:
    said = Sentence(
        f"change_{kind}", {"thing": Sentence(f"thing_{thing.kind}"), "name": thing.name}
    )
    gone = kind is Kind.REMOVED
    before, after = (thing.name, None) if gone else (None, thing.name)
    return Change(kind, thing.where, before, after, _AFFECTS[thing.kind], said)


def _inside(before: _Thing, after: _Thing, *, old: Programme, new: Programme) -> Iterator[Change]:
    for field, value in after.holds.items():
        was = before.holds[field]
        if was == value:
            continue
        where = f"{after.where} › {field}"
        named = {"thing": Sentence(f"thing_{after.kind}"), "name": after.name}
        named["field"] = Sentence(f"field_{field}") if f"field_{field}" in SENTENCES else field
        affects = "words" if field in _WORDS else _AFFECTS[after.kind]
        if field in _CODES:
            yield from _codes(named, (was, value), where=where, affects=affects, of=(old, new))
            continue
        words = {"before": _word(old, was), "after": _word(new, value)}
        if after.kind == "setting" and field == "value":
            key = after.where.rpartition(" › ")[2]
            both = (old.settings[key], new.settings[key])
            words = dict(zip(words, map(wording.setting, both), strict=True))
        said = Sentence("change_field", {**named, **words})
        yield Change(Kind.CHANGED, where, was, value, affects, said)


def _codes(
    named: Mapping[str, object],
    codes: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    where: str,
    affects: str,
    of: tuple[Programme, Programme],
) -> Iterator[Change]:
    """A list of codes, item by item; only a list with the same items can be in another order."""
    was, now = codes
    for code in (one for one in was if one not in now):
        said = Sentence("change_item_removed", {**named, "item": _named(of[0], code)})
        yield Change(Kind.REMOVED, where, code, None, affects, said)
    for code in (one for one in now if one not in was):
        said = Sentence("change_item_added", {**named, "item": _named(of[1], code)})
        yield Change(Kind.ADDED, where, None, code, affects, said)
    if set(was) == set(now):
        yield Change(Kind.CHANGED, where, was, now, affects, Sentence("change_order", named))


def _things(programme: Programme) -> Iterator[_Thing]:
    yield _Thing("programme", "programme", programme.names, _plain(programme, _PARTS))
    yield from _rows("tracks", "track", programme.tracks)
    yield from _listed("roles", "role", programme.roles)
    for ladder in programme.ladders:
        yield from _ladder(ladder)
    yield from _transitions(programme)
    yield from _listed("criteria", "criterion", programme.criteria.values())
    yield from _listed("elements", "element", programme.elements)
    yield from _listed("cadences", "cadence", programme.cadences)
    yield from _listed("documents", "document", programme.documents)
    yield from _listed("outcomes", "outcome", programme.outcomes)
    for milestone in programme.milestones:
        name = Sentence("milestone_name", {"code": milestone.code})
        where = f"milestones › {milestone.code}"
        yield _Thing("milestone", where, name, {"when": milestone.when})
    for one in programme.category_sets:
        where = f"category_sets › {one.code}"
        yield _Thing("category_set", where, one.texts, {"texts": one.texts})
        yield from _listed(where, "category", one.categories)
    for key, setting in programme.settings.items():
        yield _Thing("setting", f"settings › {key}", setting.texts, _plain(setting, {"key"}))
    for code, vocabulary in programme.vocabularies.items():
        where = f"vocabularies › {code}"
        holds = _plain(vocabulary, {"code", "terms"})
        yield _Thing("vocabulary", where, vocabulary.texts, holds)
        yield from _listed(where, "term", vocabulary.terms)


def _ladder(ladder: Ladder) -> Iterator[_Thing]:
    where = f"ladders › {ladder.code}"
    yield _Thing("ladder", where, ladder.texts, _plain(ladder, {"code", "steps"}))
    for step in ladder.steps:
        name = Sentence(
            "step_name", {"n": step.ordinal, "name": next(iter(step.names.values()), {})}
        )
        at = f"{where} › {step.code}"
        yield _Thing("step", at, name, _plain(step, {"code", "duties"}))
        for duty in step.duties:
            said = Sentence("duty_name", {"step": name, "duty": duty.texts})
            yield _Thing("duty", f"{at} › {duty.code}", said, _plain(duty, {"code"}))


def _transitions(programme: Programme) -> Iterator[_Thing]:
    rules = programme.transitions
    holds = _plain(rules, {"drop_out"})
    yield _Thing("transitions", "transitions", Sentence("name_transitions"), holds)
    if rules.drop_out:
        name = Sentence("name_drop_out")
        yield _Thing("drop_out", "transitions › drop_out", name, _plain(rules.drop_out, set()))


def _rows(table: str, kind: str, rows: Mapping[str, Texts]) -> Iterator[_Thing]:
    for code, texts in rows.items():
        yield _Thing(kind, f"{table} › {code}", texts, {"texts": texts})


def _listed(table: str, kind: str, rows: Iterable[Any]) -> Iterator[_Thing]:
    for row in rows:
        yield _Thing(kind, f"{table} › {row.code}", row.texts, _plain(row, {"code"}))


def _plain(thing: Any, without: set[str]) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing) if f.name not in without}


def _named(programme: Programme, code: object) -> object:
    """What a code is called: a criterion, a setting, a document, a step … else the code."""
    if not isinstance(code, str):
        return str(code) if not isinstance(code, int | float) else code
    things: list[Any] = [*programme.documents, *programme.elements, *programme.roles]
    texts = {one.code: one.texts for one in things}
    texts |= {key: one.texts for key, one in programme.criteria.items()}
    texts |= {key: one.texts for key, one in programme.settings.items()}
    if code in texts:
        return texts[code]
    for ladder in programme.ladders:
        for step in ladder.steps:
            if step.code == code:
                return next(iter(step.names.values()), code)
    return code


def _word(programme: Programme, value: object) -> object:
    """A value as it can stand in a sentence of any language."""
    if value is None or value in ("", (), {}):
        return Sentence("nothing")
    if isinstance(value, bool):
        return Sentence("yes" if value else "no")
    if isinstance(value, Mapping):
        return _rows_in_words(programme, value)
    if isinstance(value, list | tuple):
        return [_word(programme, one) for one in value]
    return _named(programme, value)


def _rows_in_words(programme: Programme, value: Mapping[str, object]) -> object:
    if set(value) <= set(LANGUAGES):
        return value
    if set(value) <= {"days", "weeks", "months", "times"}:
        spans = {unit: wording.amount(programme, n) for unit, n in value.items()}
        return [
            Sentence("not_set") if n is None else Sentence(f"unit_{unit}", {"n": n})
            for unit, n in spans.items()
        ]
    return [Sentence("pair", {"key": k, "value": _word(programme, v)}) for k, v in value.items()]


_PARTS = {
    "key", "version", "tracks", "roles", "ladders", "transitions", "criteria", "elements",
    "cadences", "documents", "outcomes", "milestones", "category_sets", "settings", "vocabularies",
}  # fmt: skip
_CODES = {
    "entry", "exit_all", "exit_any", "elements", "documents", "sites", "evidence", "steps",
    "decided_by", "expected_steps", "languages",
}  # fmt: skip
_WORDS = {
    "texts",
    "names",
    "easy",
    "purpose",
    "contents",
    "notes",
    "aim",
    "target_group",
    "source",
    "word",
    "next",
    "place",
    "unknown",
    "ours",
}
_AFFECTS = {
    "programme": "judgement", "track": "words", "role": "words", "ladder": "moves",
    "step": "judgement", "duty": "forms", "transitions": "moves", "drop_out": "moves",
    "criterion": "judgement", "element": "judgement", "cadence": "due", "document": "forms",
    "outcome": "figures", "milestone": "figures", "category_set": "forms", "category": "forms",
    "setting": "judgement", "vocabulary": "forms", "term": "forms",
}  # fmt: skip
