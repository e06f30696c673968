"""A version of this municipality, or the page that says there is nothing here."""

from __future__ import annotations

import uuid

from django.http import Http404

from stegvis.journey.programmes.models import ProgrammeVersion


def versions_with(version: uuid.UUID) -> tuple[ProgrammeVersion, list[ProgrammeVersion]]:
    """The version and all versions of the same programme, newest first, in one query."""
    key = ProgrammeVersion.versions.filter(pk=version).values("key")
    rows = list(ProgrammeVersion.versions.filter(key__in=key).order_by("-number"))
    return one_of(rows, version), rows


def one_of(rows: list[ProgrammeVersion], version: uuid.UUID) -> ProgrammeVersion:
    for row in rows:
        if row.pk == version:
            return row
    raise Http404
