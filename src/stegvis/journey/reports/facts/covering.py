"""On what grounds each passage may go, asked at the moment it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stegvis.journey.intake.models import OrderLine
from stegvis.journey.reports.models import Report, ReportLine
from stegvis.journey.waivers.facts import Counterpart, covering
from stegvis.journey.waivers.facts import for_person as waivers_of
from stegvis.journey.waivers.models import Direction, Waiver
from stegvis.journey.waivers.models import Purpose as For

REFERRAL_COVERS = frozenset({"steps"})
"""Ours: what whoever referred gets to know on the referral alone, where it says what for: what has
been done of what they asked. All else needs the person's own waiver."""
REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What of a report may go now. `kept`: section → "referral" or the key of a waiver; `struck`:
    section → a code of words.STRUCK."""

    kept: dict[str, str] = field(default_factory=dict)
    struck: dict[str, str] = field(default_factory=dict)
    waivers: dict[str, Waiver] = field(default_factory=dict)


def grounds(
    report: Report,
    lines: Iterable[ReportLine],
    *,
    orders: Sequence[OrderLine],
    waivers: Sequence[Waiver],
    at: dt.datetime,
) -> Grounds:
    """Every line on its grounds, or struck with the reason. Pure: the caller has read the rows."""
    found = Grounds()
    agreed = any(order.uses for order in orders) and report.referral_id is not None
    to = Counterpart(report.recipient_kind, report.recipient_name)
    for line in lines:
        if not line.text.strip():
            found.struck[line.section] = "empty"
        elif line.left_out:
            found.struck[line.section] = "left_out"
        elif agreed and line.category in REFERRAL_COVERS:
            found.kept[line.section] = REFERRAL
        elif waiver := covering(waivers, to, line.category, For.REPORT, at=at):
            found.kept[line.section] = str(waiver.pk)
            found.waivers[str(waiver.pk)] = waiver
        else:
            found.struck[line.section] = _why(line, to, waivers, agreed=agreed, at=at)
    return found


def _why(
    line: ReportLine,
    to: Counterpart,
    waivers: Sequence[Waiver],
    *,
    agreed: bool,
    at: dt.datetime,
) -> str:
    about = [
        row
        for row in waivers
        if line.category in row.categories
        and row.purpose == For.REPORT
        and row.direction != Direction.RECEIVE
    ]
    if any(to.is_of(row) and row.over_at <= at for row in about):
        return "ended"
    if any(row.in_force(at) for row in about):
        return "other_office"
    if line.category in REFERRAL_COVERS and not agreed:
        return "no_uses"
    return "no_waiver"


def grounds_of(report: Report, lines: Sequence[ReportLine], *, at: dt.datetime) -> Grounds:
    """What may go at this moment. Two queries."""
    orders = list(OrderLine.objects.filter(referral=report.referral_id).order_by("id"))
    return grounds(report, lines, orders=orders, waivers=waivers_of(report.person_id), at=at)


def unseen(report: Report, lines: Sequence[ReportLine], found: Grounds) -> set[str]:
    """Passages that would go now and did not lie before the person when they saw it: a waiver noted
    since lets out what was struck then (INV-7). Two queries, and none where no waiver is fresh."""
    at = report.seen_at
    if at is None or report.refused_at is not None:
        return set()
    if all(row.valid_from <= at and row.created_at <= at for row in found.waivers.values()):
        return set()
    orders = list(OrderLine.objects.filter(referral=report.referral_id).order_by("id"))
    known = [row for row in waivers_of(report.person_id) if row.created_at <= at]
    then = grounds(report, lines, orders=orders, waivers=known, at=at)
    return set(found.kept) - set(then.kept)


def passages(report: Report, *, at: dt.datetime) -> list[ReportLine]:
    """The passages that would go now, for whoever reads it before it goes; those that went, of a
    report that is sent."""
    lines = list(report.lines.all())
    if sent := report.dispatches.first():
        return [line for line in lines if line.section in sent.grounds]
    kept = grounds_of(report, lines, at=at).kept
    return [line for line in lines if line.section in kept]
