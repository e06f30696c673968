"""What every row of a file stands on."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from stegvis.core.programme.model import Programme
from stegvis.integrations.imports.models import ImportFile
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.reading.wording import plain
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class Units:
    """Units by the name a file gives them. A name nobody knows is the unit the file came to."""

    here: uuid.UUID
    by_name: Mapping[str, uuid.UUID]
    allowed: Collection[uuid.UUID] | None = None  # None: all of the municipality

    @classmethod
    def of(
        cls,
        here: uuid.UUID,
        chosen: Mapping[str, str],
        allowed: Collection[uuid.UUID] | None = None,
    ) -> Units:
        """`chosen`: the key of a unit by name, as a person has decided for this sender."""
        rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
        by_name = {plain(name): key for key, name in rows.values_list("id", "name")}
        there = {str(key) for key in by_name.values()}
        mapped = {plain(n): uuid.UUID(key) for n, key in chosen.items() if key in there}
        return cls(here, by_name | mapped, allowed)

    def knows(self, name: str | None) -> bool:
        return not name or plain(name) in self.by_name

    def named(self, name: str | None) -> uuid.UUID:
        return self.by_name.get(plain(name), self.here) if name else self.here

    def may(self, name: str | None) -> bool:
        return self.allowed is None or self.named(name) in self.allowed


@dataclass(frozen=True, slots=True)
class Ground:
    country: str
    on: dt.date
    version: uuid.UUID
    ladder: str
    steps: Mapping[int, str]  # code by ordinal
    units: Units
    workers: Mapping[str, uuid.UUID]  # member by the key of the name; a name two have is none's
    officers: tuple[uuid.UUID, ...]  # those responsible for protected identities

    @classmethod
    def of(cls, file: ImportFile, model: Programme, units: Units, *, country: str) -> Ground:
        members = Member.members.working(current().on).order_by("id").values_list("id", "name")
        times = Counter(name_key(name) for _, name in members)
        held = Grant.grants.held(current().on).filter(role=Role.PROTECTION_OFFICER)
        return cls(
            country=country,
            on=file.day,
            version=file.programme_id,
            ladder=model.primary.code,
            steps={step.ordinal: step.code for step in model.primary.steps},
            units=units,
            workers={name_key(n): key for key, n in members if times[name_key(n)] == 1},
            officers=tuple(sorted(set(held.order_by("id").values_list("member", flat=True)))),
        )

    def worker(self, name: str | None) -> uuid.UUID | None:
        return self.workers.get(_key_of(name)) if name else None


@lru_cache(maxsize=4_096)
def _key_of(worker: str) -> str:
    """Kept, since a list names the same few on every row."""
    return name_key(worker)
