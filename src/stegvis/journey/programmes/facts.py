"""From a published version's row to the programme the core reads."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Subquery

from stegvis.core.programme.amend import Rename, renames
from stegvis.core.programme.difference import Change, differences
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.journey.programmes.models import ProgrammeVersion


@lru_cache(maxsize=256)
def _read(version: uuid.UUID, text: str, others: tuple[tuple[str, str], ...]) -> Programme:
    # By the name it was published under: what has been checked there is not checked again here.
    return load(text, file="model.yaml", others=dict(others))


def programme(version: ProgrammeVersion) -> Programme:
    """The model a version holds. A version never changes, so it is read once per process."""
    return _read(version.pk, version.text, tuple(sorted(version.others.items())))


_known: dict[uuid.UUID, Programme] = {}


def programmes(versions: set[uuid.UUID]) -> dict[uuid.UUID, Programme]:
    """Models by version key; a query only for those this process has not read yet."""
    lacking = versions - _known.keys()
    if lacking:
        rows = ProgrammeVersion.versions.filter(pk__in=lacking).order_by("pk")
        _known.update({row.pk: programme(row) for row in rows})
    return {key: _known[key] for key in versions if key in _known}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions told apart: names of steps each by itself, the rest thing by thing."""

    renames: tuple[Rename, ...]
    changes: tuple[Change, ...]

    def __len__(self) -> int:
        return len(self.renames) + len(self.changes)


def compared(before: ProgrammeVersion, text: str, after: Programme) -> Compared:
    """What `after`, read from `text`, has otherwise than the published version `before`."""
    renamed = renames(before.text, text)
    told = {f"ladders › {one.slot.ladder} › {one.slot.step} › names" for one in renamed}
    changes = differences(programme(before), after)
    return Compared(renamed, tuple(one for one in changes if one.where not in told))


def newer_version(version: uuid.UUID) -> ProgrammeVersion | None:
    """The version in force of the same programme, when it is a later one. One query."""
    mine = ProgrammeVersion.versions.filter(pk=version).values("key")[:1]
    number = ProgrammeVersion.versions.filter(pk=version).values("number")[:1]
    rows = ProgrammeVersion.versions.filter(
        key=Subquery(mine), number__gt=Subquery(number), withdrawn_on__isnull=True
    )
    return rows.order_by("-number").first()
