"""From a programme file's text to a Programme, or every fault it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from stegvis.core.programme import build, checks, shape
from stegvis.core.programme.faults import Fault, Faults
from stegvis.core.programme.model import Criterion, Ladder, Programme
from stegvis.core.programme.parts import Part, read


def load(text: str, *, file: str, others: Mapping[str, str] | None = None) -> Programme:
    """The programme in `text`; `file` is what the faults call it.

    `others` are the texts of the programmes whose ladders this one may use, by key. Raises Faults
    with all faults of the file. The same texts give the same object: nothing changes a Programme.
    """
    return _load(text, file, tuple(sorted((others or {}).items())))


@lru_cache(maxsize=64)  # a municipality's programmes, each published, read and used by others
def _load(text: str, file: str, used: tuple[tuple[str, str], ...]) -> Programme:
    others = dict(used)
    tree = read(text, file=file)
    if not isinstance(tree.data, Mapping):
        raise Faults(tree.faults)
    taken = list(_taken(tree.root, others))
    found = [*tree.faults, *(fault for one in taken for fault in one.faults)]
    found += shape.faults(tree.root)
    found += checks.faults(
        checks.index(
            tree.root,
            steps=[step.code for one in taken if one.ladder for step in one.ladder.steps],
            criteria=[code for one in taken for code in one.criteria],
        )
    )
    if found:
        raise Faults(found)
    return _joined(build.programme(tree.data), [one for one in taken if one.ladder])


@dataclass(frozen=True, slots=True)
class _Taken:
    """A ladder taken from another programme, with what its steps refer to."""

    faults: tuple[Fault, ...] = ()
    programme: Programme | None = None
    ladder: Ladder | None = None

    @property
    def criteria(self) -> dict[str, Criterion]:
        if self.programme is None or self.ladder is None:
            return {}
        steps = self.ladder.steps
        codes = {code for s in steps for code in (*s.entry, *s.exit_all, *s.exit_any)}
        return {code: one for code, one in self.programme.criteria.items() if code in codes}


def _taken(root: Part, others: Mapping[str, str]) -> Iterator[_Taken]:
    me = root["programme"].word
    rest = {key: text for key, text in others.items() if key != me}
    for ladder in root["ladders"]:
        use = ladder["use"]
        key = use["programme"].word
        if not key:
            continue
        if key not in rest:
            yield _Taken((use["programme"].fault("fault_use_unknown", code=key),))
            continue
        try:
            other = load(rest[key], file=key, others=_without(rest, key))
        except Faults as broken:
            n = len(broken.faults)
            yield _Taken((use["programme"].fault("fault_use_broken", code=key, n=n),))
            continue
        yield _one(ladder, other)


def _one(ladder: Part, other: Programme) -> _Taken:
    wanted = ladder["use"]["ladder"]
    there = {one.code: one for one in other.ladders}
    if wanted.word not in there:
        near = shape.known(wanted.word, list(there))
        table = f"{other.key} › ladders"
        return _Taken((wanted.fault("fault_unknown", code=wanted.word, table=table, known=near),))
    taken = replace(
        there[wanted.word],
        code=ladder["code"].word,
        optional=ladder["optional"].value is True,
        primary=ladder["primary"].value is True,
        uses=other.key,
        place=ladder["place"].word,
    )
    return _Taken((*_clashes(ladder, _Taken((), other, taken)),), other, taken)


def _clashes(ladder: Part, taken: _Taken) -> Iterator[Fault]:
    """A code must not mean one thing here and another where the ladder comes from."""
    if taken.programme is None or taken.ladder is None:
        return
    root = ladder.tree.root
    steps = {s["code"].word for one in root["ladders"] for s in one["steps"]}
    clashing = [step.code for step in taken.ladder.steps if step.code in steps]
    clashing += [code for code in taken.criteria if code in root["criteria"]]
    clashing += [key for key in _settings(taken) if key in root["settings"]]
    for code in clashing:
        yield ladder["use"].fault("fault_use_clash", code=code, other=taken.programme.key)


def _settings(taken: _Taken) -> list[str]:
    """The keys of the settings the taken criteria read."""
    there = taken.programme.settings if taken.programme else {}
    used = [value for one in taken.criteria.values() for value in one.needs.values()]
    return [value for value in used if isinstance(value, str) and value in there]


def _joined(own: Programme, taken: Iterable[_Taken]) -> Programme:
    """The programme with the ladders it takes, and with all that their steps refer to."""
    whole = own
    for one in taken:
        if one.programme is None or one.ladder is None:
            continue
        other, ladder = one.programme, one.ladder
        documents = {code for step in ladder.steps for code in step.documents}
        roles = {duty.role for step in ladder.steps for duty in step.duties}
        whole = replace(
            whole,
            ladders=tuple(ladder if has.code == ladder.code else has for has in whole.ladders),
            criteria={**one.criteria, **whole.criteria},
            settings={**{key: other.settings[key] for key in _settings(one)}, **whole.settings},
            documents=_more(whole.documents, other.documents, documents),
            roles=_more(whole.roles, other.roles, roles),
        )
    return whole


def _more(own: tuple[Any, ...], other: tuple[Any, ...], codes: set[str]) -> tuple[Any, ...]:
    have = {one.code for one in own}
    return (*own, *(one for one in other if one.code in codes and one.code not in have))


def _without(texts: Mapping[str, str], key: str) -> dict[str, str]:
    return {code: text for code, text in texts.items() if code != key}
