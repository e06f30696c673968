"""What a person's road is judged from: dated facts, whatever system they come from.

A case is a list of facts. Facts come from a file (`./run judge`) or from the rooms of the product
(`journey/*/facts.py`); the kinds and their fields are listed in docs/formats/case.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    on: date
    kind: str  # "referral", "enrolment", "step", "pause", "observation", "hours", "contact" ...
    values: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None  # half-open end for facts with a length (step, pause, placement)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in one sentence: a code of core/progression/sentences with its values."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
