"""How often a site has been asked, who asked last, and who never answered."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from stegvis.core.progression.days_off import DaysOff
from stegvis.core.values.periods import month_of
from stegvis.journey.employers.models import (
    Dialogue,
    Headcount,
    KnockRule,
    PartnershipVersion,
    SitePause,
)
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.tenancy.scope import current

DAY = dt.timedelta(days=1)
SHOWN = 60


def rule() -> KnockRule:
    """The municipality's own, or ours, unsaved. One query."""
    return KnockRule.objects.first() or KnockRule(tenant_id=current().tenant)


@dataclass(frozen=True, slots=True)
class Knocks:
    """This month's asking for places at a site. `last`: the newest asking of any month."""

    used: int
    most: int
    last: Dialogue | None

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)

    def next(self, on: dt.date) -> dt.date:
        """From when it may be asked again, unless somebody says why before."""
        return on if self.left else (on.replace(day=1) + 31 * DAY).replace(day=1)


def knocks(site: uuid.UUID, on: dt.date, known: KnockRule | None = None) -> Knocks:
    """Two or three queries."""
    month = month_of(on)
    rows = Dialogue.objects.filter(site=site, asks=True)
    used = rows.filter(on__gte=month.since, on__lt=month.until).count()
    last = rows.select_related("by__user").order_by("-on", "-created_at", "-id").first()
    return Knocks(used, (known or rule()).most, last)


def knocks_of(talks: Sequence[Dialogue], on: dt.date, known: KnockRule) -> Knocks:
    """The same, of a site's log that has been read already, newest first."""
    month = month_of(on)
    asked = [one for one in talks if one.asks]
    used = sum(month.since <= one.on < (month.until or one.on) for one in asked)
    return Knocks(used, known.most, asked[0] if asked else None)


def worked_days(since: dt.date, until: dt.date, off: DaysOff) -> int:
    """Working days after `since` up to and with `until`."""
    days = (since + DAY * nth for nth in range(1, (until - since).days + 1))
    return sum(off.is_open(day) for day in days)


def silent(
    country: str, on: dt.date, *, site: uuid.UUID | None = None, known: KnockRule | None = None
) -> list[Dialogue]:
    """Asked for places and given no answer for as many working days as the rule says; the oldest
    first, one a site, with `waited` working days. Nobody asks them again but a person. Three
    queries."""
    rows = Dialogue.objects.filter(asks=True, answer="", on__lt=on, site__until__isnull=True)
    if site is not None:
        rows = rows.filter(site=site)
    newest: dict[uuid.UUID, Dialogue] = {}
    for row in rows.select_related("site__company", "site__entrance__user", "by__user").order_by(
        "on", "created_at", "id"
    ):
        newest[row.site_id] = row
    answered = dict(
        Dialogue.objects.filter(site__in=newest).exclude(answer="").order_by("on", "id")
        .values_list("site", "on")
    )  # fmt: skip
    waiting = [one for key, one in newest.items() if answered.get(key, dt.date.min) < one.on]
    if not waiting:
        return []
    after = (known or rule()).silent_after
    off = calendar(country, on, members=()).of(None, None)
    for one in waiting:
        vars(one)["waited"] = worked_days(one.on, on, off)
    found = [one for one in waiting if vars(one)["waited"] > after]
    return sorted(found, key=lambda one: one.on)


def used(sites: Iterable[uuid.UUID], on: dt.date) -> dict[uuid.UUID, int]:
    """How often each has been asked this month. One query."""
    month = month_of(on)
    rows = Dialogue.objects.filter(
        site__in=list(sites), asks=True, on__gte=month.since, on__lt=month.until
    )
    told = rows.order_by("site").values_list("site").annotate(n=Count("pk"))
    return dict(told)


def dialogue_of(site: uuid.UUID) -> list[Dialogue]:
    rows = Dialogue.objects.filter(site=site).select_related("by__user", "contact")
    return list(rows[:SHOWN])


def partnerships(company: uuid.UUID) -> list[PartnershipVersion]:
    """Newest first, each with its signatures."""
    rows = PartnershipVersion.objects.filter(company=company).select_related("by__user")
    return list(rows.prefetch_related("signatures").order_by("-number", "-id"))


def paused(sites: Iterable[uuid.UUID], on: dt.date) -> set[uuid.UUID]:
    """Those that take nobody that day. One query."""
    rows = SitePause.pauses.standing(on).filter(site__in=list(sites))
    return set(rows.order_by("id").values_list("site", flat=True))


def employees(site: uuid.UUID, on: dt.date) -> Decimal | None:
    """Full-time equivalents, the mean of the last four months as said last; None: not known."""
    said = Headcount.objects.filter(site=site, on__lte=on, fte__isnull=False)
    found: Decimal | None = (
        said.order_by("-on", "-created_at", "-id").values_list("fte", flat=True).first()
    )
    return found
