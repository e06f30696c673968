"""Which version holds, what it comes to, and what has been signed of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.models import AgreementVersion, Side, Signature
from stegvis.journey.placements.models import Placement

ORDINARY, PRACTICE = "ordinary", "practice"


def placements_of(person: uuid.UUID) -> list[Placement]:
    """All of a person's, the one that began last first. One query."""
    rows = Placement.placements.filter(person=person).select_related(
        "site__company", "enrolment__unit", "person", "contact", "opening"
    )
    return list(rows.order_by("-since", "-id"))


def versions_of(placement: uuid.UUID) -> list[AgreementVersion]:
    """Every version that was not thrown away, the last first. One query."""
    rows = AgreementVersion.versions.filter(placement=placement).exclude(state="dropped")
    rows = rows.select_related("placement__site__company", "person", "contact", "enrolment", "by")
    return list(rows.order_by("-number"))


def in_force(versions: Iterable[AgreementVersion], on: dt.date) -> AgreementVersion | None:
    """Of those signed, the one that holds on a day: the last to have begun by then."""
    begun = [row for row in versions if row.state == "signed" and row.since <= on]
    return max(begun, key=lambda row: (row.since, row.number), default=None)


def latest_signed(versions: Iterable[AgreementVersion]) -> AgreementVersion | None:
    return max((r for r in versions if r.state == "signed"), key=lambda r: r.number, default=None)


def on_the_way(versions: Iterable[AgreementVersion]) -> AgreementVersion | None:
    return next((row for row in versions if row.state in {"draft", "ready"}), None)


def agreed_minutes(
    versions: Sequence[AgreementVersion], month: str, *, ended: dt.date | None = None
) -> dict[str, int]:
    """Minutes agreed for a month by kind: each version until the next one begins, and none after
    the placement ended. The two kinds are never added up (INV-11)."""
    year, number = (int(part) for part in month.split("-"))
    lines = holdings(versions, ended=ended)
    return {kind: core.month_minutes(several, year, number) for kind, several in lines.items()}


def holdings(
    versions: Sequence[AgreementVersion], *, ended: dt.date | None = None
) -> dict[str, list[core.Holding]]:
    """The lines of hours by kind with the days each holds."""
    signed = sorted((v for v in versions if v.state == "signed"), key=lambda v: (v.since, v.number))
    found: dict[str, list[core.Holding]] = {ORDINARY: [], PRACTICE: []}
    for row, following in zip(signed, [*signed[1:], None], strict=False):
        until = _first(following.since if following else None, ended)
        if row.ordinary:
            found[ORDINARY].append(core.Holding(row.ordinary, row.since, until))
        if row.practice:
            last = row.practice_ends + dt.timedelta(days=1) if row.practice_ends else None
            found[PRACTICE].append(core.Holding(row.practice, row.since, _first(until, last)))
    return found


def _first(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day), default=None)


# Signatures


@dataclass(frozen=True, slots=True)
class Signed:
    """One side's signature on the document as it stands, or that it waits."""

    side: Side
    signature: Signature | None

    @property
    def waits(self) -> bool:
        return self.signature is None


def signed_by(version: AgreementVersion) -> list[Signed]:
    """The three sides in the order they are asked. A signature on an earlier wording counts no
    more. One query."""
    rows = Signature.objects.filter(of=version, digest=version.digest).select_related("by")
    found = {row.side: row for row in rows.order_by("created_at", "id")} if version.digest else {}
    return [Signed(side, found.get(side)) for side in Side]
