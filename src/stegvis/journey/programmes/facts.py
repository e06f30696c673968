"""From a published version's row to the programme the core reads."""

from __future__ import annotations

import uuid
from functools import lru_cache

from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.journey.programmes.models import ProgrammeVersion


@lru_cache(maxsize=256)
def _read(version: uuid.UUID, text: str, others: tuple[tuple[str, str], ...]) -> Programme:
    return load(text, file=f"{version}.yaml", others=dict(others))


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
