"""Who may drive what: by the classes on a licence and the last day it is valid.

What a class carries with it is the same in Sweden and Denmark (directive 2006/126/EC, article 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

CARRIES: dict[str, frozenset[str]] = {
    "AM": frozenset(),
    "B": frozenset({"AM"}),
    "BE": frozenset({"B", "AM"}),
    "C1": frozenset({"B", "AM"}),
    "C": frozenset({"C1", "B", "AM"}),
    "CE": frozenset({"C", "C1", "BE", "B", "AM"}),
    "D1": frozenset({"B", "AM"}),
    "D": frozenset({"D1", "B", "AM"}),
}
CLASSES = tuple(CARRIES)


@dataclass(frozen=True, slots=True)
class Licence:
    """`until`: the last day it is valid; None: nobody has looked, and then it lets nobody drive."""

    classes: frozenset[str]
    until: dt.date | None

    def holds_for(self, needed: str, on: dt.date) -> bool:
        if self.until is None or self.until < on:
            return False
        return any(needed == one or needed in CARRIES.get(one, ()) for one in self.classes)


def may_drive(licences: Iterable[Licence], needed: str, on: dt.date) -> bool:
    """Whether somebody with these may drive what asks for a class; what asks for none, all may."""
    return not needed or any(one.holds_for(needed, on) for one in licences)
