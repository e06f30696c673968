"""A YAML text as parts that know their line, read without trusting it.

Only what a programme needs is read: one document of mappings, lists, words, numbers, yes and no.
Anchors and aliases are refused (a small file could grow without end), and so are keys that YAML
reads as something else than words: a bare `no:` is false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from stegvis.core.programme.faults import Fault

LARGEST = 400_000  # characters; our largest model has a tenth of that
DEEPEST = 24  # levels; ours have nine

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))

type Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file: its value, the way to it, its line. Asking a wrong kind gives nothing."""

    value: Any
    way: Way
    tree: Tree

    @property
    def line(self) -> int:
        return self.tree.line(self.way)

    @property
    def where(self) -> str:
        return self.tree.where(self.way)

    def __getitem__(self, key: str | int) -> Part:
        inside = self.value.get(key) if isinstance(self.value, Mapping) else None
        return Part(inside, (*self.way, key), self.tree)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and key in self.value

    def __iter__(self) -> Iterator[Part]:
        if isinstance(self.value, list):
            for index, inside in enumerate(self.value):
                yield Part(inside, (*self.way, index), self.tree)

    def pairs(self) -> Iterator[tuple[str, Part]]:
        if isinstance(self.value, Mapping):
            for key in self.value:
                yield key, self[key]

    @property
    def word(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    def fault(self, code: str, /, **values: Any) -> Fault:
        return Fault(self.tree.file, self.line, self.where, code, values)


class Tree:
    """The whole file: plain data, and the line of every way into it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.faults: list[Fault] = []
        self.construct = yaml.constructor.SafeConstructor()
        self._lines: dict[Way, int] = {(): 1}

    @property
    def root(self) -> Part:
        return Part(self.data, (), self)

    def line(self, way: Way) -> int:
        """The line of a way, or of the nearest thing around it that is there."""
        while way not in self._lines:
            way = way[:-1]
        return self._lines[way]

    def where(self, way: Way) -> str:
        """The way in words: items of lists are called by their code, or by their place from 1."""
        said, here = [], self.data
        for key in way:
            here = here[key] if _has(here, key) else None
            code = here.get("code") if isinstance(here, Mapping) else None
            name = (code or str(key + 1)) if isinstance(key, int) else key
            said.append(str(name))
        return " › ".join(said)

    def mark(self, way: Way, line: int) -> None:
        self._lines[way] = line

    def complain(self, line: int, code: str, /, *, way: Way = (), **values: Any) -> None:
        self.faults.append(Fault(self.file, line, self.where(way), code, values))


def read(text: str, *, file: str) -> Tree:
    """The file as a tree; what kept it from being read, or is refused in it, stands in `faults`."""
    tree = Tree(file)
    if _refused(text, tree):
        return tree
    try:
        if _walks(text, tree):
            node = yaml.compose(text, Loader=_Loader)
            tree.data = None if node is None else _plain(node, (), tree)
    except yaml.YAMLError as broken:
        line = _broken_at(broken)
        tree.complain(line, "fault_syntax", problem=str(getattr(broken, "problem", broken)))
    if not tree.faults and not isinstance(tree.data, Mapping):
        tree.complain(1, "fault_no_model")
    return tree


def _broken_at(broken: yaml.YAMLError) -> int:
    """The line of a syntax fault; for a bracket never closed, the line it was opened on."""
    opened = "flow" in (getattr(broken, "context", "") or "")
    mark = getattr(broken, "context_mark" if opened else "problem_mark", None)
    return mark.line + 1 if mark else 1


def _refused(text: str, tree: Tree) -> bool:
    if len(text) > LARGEST:
        tree.complain(0, "fault_too_large", size=len(text), largest=LARGEST)
    elif odd := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        tree.complain(line, "fault_control_character", number=f"U+{ord(odd.group()):04X}")
    return bool(tree.faults)


def _walks(text: str, tree: Tree) -> bool:
    """Whether the file can be built without surprises, from its events, building nothing."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = _line(event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if name := getattr(event, "anchor", None):  # of an anchor, or of an alias to one
            tree.complain(line, "fault_alias", name=name)
        if depth > DEEPEST or documents > 1:
            tree.complain(line, "fault_too_deep" if depth > DEEPEST else "fault_documents")
            return False
    return not tree.faults


def _line(thing: Any) -> int:
    return int(thing.start_mark.line) + 1


def _plain(node: yaml.Node, way: Way, tree: Tree) -> Any:
    tree.mark(way, _line(node))
    if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
        return _mapping(node, way, tree)
    if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
        return [_plain(inside, (*way, index), tree) for index, inside in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.tag in _PLAIN:
        return _scalar(node, way, tree)
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        return node.value  # dates stay words until a field asks for a date
    tree.complain(_line(node), "fault_tag", way=way, tag=node.tag.rpartition(":")[2])
    return None


def _scalar(node: yaml.ScalarNode, way: Way, tree: Tree) -> Any:
    try:
        value = tree.construct.construct_object(node)
    except ValueError:
        value = math.nan
    if isinstance(value, float) and not math.isfinite(value):
        tree.complain(_line(node), "fault_number", way=way)
        return None
    return value


def _mapping(node: yaml.MappingNode, way: Way, tree: Tree) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, inside in node.value:
        line = _line(key_node)
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _PLAIN:
            tree.complain(line, "fault_key", way=way)
            continue
        if key_node.tag == "tag:yaml.org,2002:bool":
            tree.complain(line, "fault_yes_no_key", way=way, key=key)
        elif key in found:
            first = tree.line((*way, key))
            tree.complain(line, "fault_twice", way=way, key=key, first=first)
            continue
        found[key] = _plain(inside, (*way, key), tree)
        tree.mark((*way, key), line)
    return found


def _has(here: Any, key: str | int) -> bool:
    if isinstance(key, int):
        return isinstance(here, list) and key < len(here)
    return isinstance(here, Mapping) and key in here
