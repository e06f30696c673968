"""The time that figures are of: a quarter, half a year, a year, or chosen days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stegvis.core.values.periods import add_months

DAY = dt.timedelta(days=1)
_CODE = re.compile(r"(20\d\d)(?:-(Q[1-4]|H[12]))?")
QUARTER, HALF, YEAR = 3, 6, 12
LONGEST = dt.timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to, not with, `until`. `code`: as an address takes it; empty: chosen days."""

    since: dt.date
    until: dt.date
    code: str = ""

    def last(self, today: dt.date) -> dt.date:
        """The day as of which people are judged: its last, or today while it runs."""
        return min(self.until - DAY, today)

    def ended(self, today: dt.date) -> bool:
        return self.until <= today

    @property
    def name(self) -> str:
        if not self.code:
            return f"{self.since.isoformat()} – {(self.until - DAY).isoformat()}"
        year, _dash, part = self.code.partition("-")
        if not part:
            return year
        words = {"year": year, "n": part[1]}
        if part[0] == "H":
            return _("half-year %(n)s of %(year)s") % words
        return _("quarter %(n)s of %(year)s") % words


def span_of(code: str) -> Span | None:
    """The span of a code such as 2026, 2026-H1 or 2026-Q3."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    first, part = dt.date(int(found[1]), 1, 1), found[2] or ""
    months = {"Q": QUARTER, "H": HALF}.get(part[:1], YEAR)
    since = add_months(first, months * (int(part[1]) - 1)) if part else first
    return Span(since, add_months(since, months), code)


def spans(on: dt.date, *, quarters: int = 6, halves: int = 3, years: int = 2) -> Iterator[Span]:
    """Those a page offers: years, half-years and quarters, the one that runs first of each."""
    for months, many in ((YEAR, years), (HALF, halves), (QUARTER, quarters)):
        begun = dt.date(on.year, (on.month - 1) // months * months + 1, 1)
        for back in range(many):
            yield _of_months(add_months(begun, -months * back), months)


def quarters(on: dt.date, many: int = 8) -> list[Span]:
    """Those that have ended, the latest first."""
    begun = dt.date(on.year, (on.month - 1) // QUARTER * QUARTER + 1, 1)
    return [_of_months(add_months(begun, -QUARTER * (n + 1)), QUARTER) for n in range(many)]


def _of_months(since: dt.date, months: int) -> Span:
    n = (since.month - 1) // months + 1
    part = {QUARTER: f"-Q{n}", HALF: f"-H{n}", YEAR: ""}[months]
    return Span(since, add_months(since, months), f"{since.year}{part}")
