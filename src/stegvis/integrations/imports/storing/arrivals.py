"""A judged row on its way into the register."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from stegvis.integrations.imports.reading.results import HELD, Row


@dataclass(slots=True)
class Arrival:
    """`person` … `referral`: the rows it made or is about. `before`: what it changed, by what."""

    key: uuid.UUID
    row: Row
    person: uuid.UUID | None = None
    enrolment: uuid.UUID | None = None
    period: uuid.UUID | None = None
    referral: uuid.UUID | None = None
    before: dict[str, Any] = field(default_factory=dict)
    mark: bytes | None = None  # of the number, if the row has one

    def wait(self) -> None:
        """The register has changed under it: a person looks."""
        self.row.say("", "conflicts_with_register")
        self.row.outcome = HELD
        self.person = self.enrolment = self.period = self.referral = None
