"""What is wrong with a programme file, in sentences a person who writes one can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stegvis.core.values.sentences import catalogue

SENTENCES = catalogue("stegvis.core.programme")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `line` from 1 (0 = the file as a whole); `where` is the way to it in words."""

    file: str
    line: int
    where: str
    sentence_code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        place = {"file": self.file, "line": self.line, "where": self.where}
        said = SENTENCES.say(self.sentence_code, {**self.values, **place}, lang)
        if not self.line:
            return SENTENCES.say("fault_in_file", {**place, "what": said}, lang)
        code = "fault_at" if self.where else "fault_on_line"
        return SENTENCES.say(code, {**place, "what": said}, lang)


class Faults(ValueError):
    """A file that cannot be used, with every fault found in it, by line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set_of(faults), key=lambda one: (one.line, one.where)))
        super().__init__("\n".join(fault.sentence("en") for fault in self.faults))


def set_of(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once: two rules may see the same one."""
    seen: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.line, fault.where, fault.sentence_code, str(fault.values)), fault)
    return list(seen.values())
