"""Changing single values of a programme file, so that its comments, order and lines stay.

A municipality changes names and its own settings in a form; what it gets is still the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from stegvis.core.programme.parts import Part, Way, read

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

type Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class NameSlot:
    """The name of a step in one track and language. `where` is what a fault calls the place."""

    way: Way
    where: str
    ladder: str
    step: str
    ordinal: int
    track: str
    lang: str
    value: str


@dataclass(frozen=True, slots=True)
class SettingSlot:
    """A setting that is ours to change."""

    way: Way
    where: str
    key: str
    value: Scalar


@lru_cache(maxsize=32)  # a page of differences reads two versions, an editor one at each press
def name_slots(text: str) -> tuple[NameSlot, ...]:
    """Every step name a checked file gives itself, in the file's order."""
    return tuple(_names(read(text, file="model.yaml").root))


@lru_cache(maxsize=32)
def setting_slots(text: str) -> tuple[SettingSlot, ...]:
    """The settings a checked file marks as ours, in the file's order."""
    settings = read(text, file="model.yaml").root["settings"]
    return tuple(
        SettingSlot(one["value"].way, one["value"].where, key, one["value"].value)
        for key, one in settings.pairs()
        if one["ours"].value is True
    )


@dataclass(frozen=True, slots=True)
class Rename:
    """A step's name that is another now; `before` or `after` is empty where there was none."""

    slot: NameSlot
    before: str
    after: str


def renames(old: str, new: str) -> tuple[Rename, ...]:
    """What the steps of two checked files are called differently, in the new file's order."""
    before, after = ({_place(s): s for s in name_slots(text)} for text in (old, new))
    return tuple(
        Rename(
            after.get(key) or before[key],
            before[key].value if key in before else "",
            after[key].value if key in after else "",
        )
        for key in {**after, **before}
        if key not in before or key not in after or before[key].value != after[key].value
    )


def _place(slot: NameSlot) -> tuple[str, str, str, str]:
    return slot.ladder, slot.step, slot.track, slot.lang


def amend(text: str, changes: Mapping[Way, Scalar]) -> str:
    """The text with the scalar at each way replaced. KeyError for a way that is not there."""
    root = yaml.compose(text, Loader=_Loader)
    spans = []
    for way, value in changes.items():
        node = _at(root, way)
        spans.append((node.start_mark.index, node.end_mark.index, _said(value)))
    for start, end, said in sorted(spans, reverse=True):
        text = text[:start] + said + text[end:]
    return text


def _names(root: Part) -> Iterator[NameSlot]:
    for ladder in root["ladders"]:
        for step in ladder["steps"]:
            for track, names in step["names"].pairs():
                for lang, name in names.pairs():
                    yield NameSlot(
                        way=name.way,
                        where=name.where,
                        ladder=ladder["code"].word,
                        step=step["code"].word,
                        ordinal=step["ordinal"].value,
                        track=track,
                        lang=lang,
                        value=name.word,
                    )


def _at(node: Any, way: Way) -> yaml.ScalarNode:
    for key in way:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key] if key < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            node = {name.value: inside for name, inside in node.value}.get(str(key))
        else:
            raise KeyError(way)
    if not isinstance(node, yaml.ScalarNode):
        raise KeyError(way)
    return node


def _said(value: Scalar) -> str:
    """JSON is YAML: quoted words, plain numbers, true, false and null; but not 1e-05."""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return json.dumps(value, ensure_ascii=False)
