"""What a person has answered about one row that waited: a cell mended, or a question decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stegvis.integrations.imports.reading.mapping import is_texts


class Decision(StrEnum):
    SAME = "same"  # the person of this name, or of this number under another name
    APART = "apart"  # somebody else: a new person, without a number
    KEEP = "keep"  # what stands in Stegvis stays, the rest of the row is read
    TAKE = "take"  # what the file says takes its place, where a file may say it
    ASK = "ask"  # the sender is asked; the row waits
    LEAVE = "leave"  # the row is never read
    SHIELD = "shield"  # read as a protected person's
    OPEN = "open"  # the mark was none


@dataclass(frozen=True, slots=True)
class Answer:
    """`mended`: the cell's text by field. `same_as`: whose number, for SAME without a number."""

    mended: Mapping[str, str] = field(default_factory=dict)
    decision: Decision | None = None
    same_as: str = ""

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Answer:
        mended = value.get("mended", {})
        decision = value.get("decision")
        if not isinstance(mended, dict) or not is_texts(mended.values()):
            raise ValueError("mended")
        return cls(mended, Decision(decision) if decision else None, str(value.get("same_as", "")))

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"mended": dict(self.mended)} if self.mended else {}
        if self.decision:
            said["decision"] = str(self.decision)
        return said | ({"same_as": self.same_as} if self.same_as else {})


NO_ANSWERS: Mapping[tuple[str | None, int], Answer] = {}
"""Answers stand by sheet and row number, as a person sees them."""
