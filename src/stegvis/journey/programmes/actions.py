"""Publishing a programme model in a municipality."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping

from django.db.models import Max

from stegvis.core.programme.load import load
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current


def publish(
    text: str,
    *,
    on: dt.date,
    by: uuid.UUID | None = None,
    others: Mapping[str, str] | None = None,
    note: str = "",
    submission: uuid.UUID | None = None,
) -> ProgrammeVersion:
    """Check a model and publish it as the municipality's next version of that programme.

    Raises core's Faults, all at once, with nothing stored. The same text again is the version it
    already is. Enrolments under way stay where they are.
    """
    model = load(text, file="model.yaml", others=others or {})
    whole = text + "".join(f"\n{k}\n{v}" for k, v in sorted((others or {}).items()))
    checksum = hashlib.sha256(whole.encode()).hexdigest()
    versions = ProgrammeVersion.versions.filter(key=model.key)
    latest = versions.order_by("-number").first()
    if latest and latest.checksum == checksum:
        return latest
    number = (versions.aggregate(n=Max("number"))["n"] or 0) + 1
    row = ProgrammeVersion(
        tenant_id=current().tenant,
        key=model.key,
        number=number,
        text=text,
        others=dict(others or {}),
        checksum=checksum,
        note=note,
        published_on=on,
        published_by_id=by,
        **({"submission": submission} if submission else {}),
    )
    row.save(force_insert=True)
    wrote("programme_published", version=str(row.pk), key=model.key, number=number)
    return row
