"""Somebody's hours by month against the line, and the twelve months of contact."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme import draw
from stegvis.core.progression.windows import Kept, Series
from stegvis.core.values import paid
from stegvis.core.values.paid import Kind
from stegvis.core.values.periods import add_months
from stegvis.journey.hours.facts import Ledger, aims, last_month, ledger, proposals, wanted, years
from stegvis.journey.hours.models import HoursEntry, SelfSupport
from stegvis.journey.hours.pages.confirmed import beside
from stegvis.journey.hours.pages.finding import (
    READERS,
    WORK,
    WRITERS,
    about,
    latest,
    month_name,
    names_employers,
    told,
)
from stegvis.journey.hours.words import BOXES, KINDS, SOURCES, THROUGH
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

SHOWN = 12


@page(*READERS, shows=WORK, person="person")
@require_safe
def month_hours(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = latest(person, visit), visit.scope.on
    found = ledger(enrolment.pk)
    (year,) = years([enrolment], on=on)
    line, months = wanted(year.programme)
    aimed = aims(year.programme)
    reached = paid.reached(found.months, line) if aimed else ()
    named = names_employers(person, visit)
    supports = SelfSupport.objects.filter(enrolment=enrolment, struck_on__isnull=True).first()
    writes = enrolment.until is None and visit.actor.holds(*WRITERS)
    decides = may(visit.actor, Act.WRITE, person, FieldClass.PLAN, on=on)
    context = about(enrolment) | {
        "lede": _lede(found, line if aimed else None, on),
        "picture": picture(found, line if aimed else 0, on),
        "months": table(found, named=named),
        "line": told(int(line * paid.PARTS)),
        "reached": [month_name(month) for month in reached] if len(reached) >= months else [],
        "self_support": _supported(supports),
        "decides": decides and enrolment.until is None,
        "waits": beside(proposals(enrolment.pk, found), found, named=named) if writes else [],
        "year": shown_year(year.series, on),
        "hand_over": writes and year.hand_over,
        "writes": writes,
        "after_care": vars(enrolment)["cared"],
        "cares": may(visit.actor, Act.READ, person, FieldClass.OUTCOME, on=on),
    }
    return render(request, "hours/hours.html", context)


def _lede(found: Ledger, line: Any, on: dt.date) -> str:
    """What the latest month that anything is said of holds, and what is aimed at, if anything."""
    aim = _("Any paid hour is a step forward.")
    if line:
        aim = _("The aim is at least %(n)s a month.") % {"n": told(int(line * paid.PARTS))}
    said = [month for month in found.months if found.of(month, Kind.ORDINARY) is not None]
    if not said:
        return f"{_('No ordinary hours are written down yet.')} {aim}"
    latest_month = said[-1]
    hours = told(found.of(latest_month, Kind.ORDINARY))
    words = {"n": hours, "month": month_name(latest_month)}
    return f"{_('%(n)s ordinary hours in %(month)s.') % words} {aim}"


def picture(found: Ledger, line: Any, on: dt.date, *, key: str = "hours") -> Any:
    """The last twelve months, from the first of which anything is said; nothing of nothing."""
    if not found.months:
        return None
    first = max(min(found.months), add_months(on.replace(day=1), 1 - SHOWN))
    last = max(*found.months, last_month(on))
    shown, month = [], first
    while month <= last:
        shown.append(month)
        month = add_months(month, 1)
    lang = get_language() or "sv"
    names = draw.road_words(lang).months
    bars = [_bar(found, one, names[one.month - 1], on) for one in shown]
    said = "; ".join(f"{bar.name} {bar.said or '–'}" for bar in bars)
    return draw.BarPicture(
        key, _("Ordinary hours by month"), said, bars, float(line),
        _("The aim: %(n)s ordinary hours") % {"n": told(int(line * paid.PARTS))} if line else "",
    )  # fmt: skip


def _bar(found: Ledger, month: dt.date, name: str, on: dt.date) -> draw.Bar:
    parts = [(found.of(month, kind) or 0) / paid.PARTS for kind in _ORDER]
    under = _("so far") if month == on.replace(day=1) else ""
    if month.month == 1 and not under:
        under = str(month.year)
    return draw.Bar(name, parts, told(found.of(month, Kind.ORDINARY)), under)


_ORDER = (Kind.ORDINARY, Kind.PRACTICE, Kind.SUBSIDISED)


def table(found: Ledger, *, named: bool) -> list[dict[str, Any]]:
    """By month, the latest first: each kind for itself, and the rows behind it with who said them.
    A row in whose place another stands is kept to be read."""
    gone = {row.corrects_id for row in found.rows if row.corrects_id}
    numbers = {key: n for n, key in enumerate(found.names, 1)}
    rows: dict[dt.date, list[dict[str, Any]]] = {}
    for row in found.rows:
        name = row.employer if named else _("Employer %(n)s") % {"n": numbers[row.employer_key]}
        rows.setdefault(row.month, []).append(_row(row, name, gone=row.pk in gone))
    return [
        {
            "month": month,
            "name": month_name(month),
            "totals": [told(found.of(month, kind)) for kind in _ORDER],
            "differs": [one for one in several if one.others],
            "others": _others(several, found, numbers, named=named),
            "rows": rows[month],
        }
        for month, several in sorted(found.months.items(), reverse=True)
    ]


def _others(several: Any, found: Ledger, numbers: Any, *, named: bool) -> list[str]:
    """What another source says of the same month, employer and kind: nothing is added to it."""
    return [
        _("%(employer)s, %(kind)s: %(source)s says %(n)s; %(first)s counts.")
        % {
            "employer": found.names[one.employer]
            if named
            else _("Employer %(n)s") % {"n": numbers[one.employer]},
            "kind": str(KINDS[one.kind]).lower(),
            "source": SOURCES[source],
            "n": told(amount),
            "first": str(SOURCES[one.source]).lower(),
        }
        for one in several
        for source, amount in one.others
    ]


def _row(row: HoursEntry, employer: str, *, gone: bool) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "hours": told(row.amount),
        "employer": employer,
        "kind": KINDS[Kind(row.kind)],
        "source": SOURCES[paid.Source(row.source)],
        "voucher": row.voucher,
        "note": row.note,
        "on": row.created_at.date(),
        "by": row.by.name if row.by else (_("Read in") if row.imported else ""),
        "gone": gone,
    }


def _supported(row: SelfSupport | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"through": THROUGH[row.through], "since": row.since, "pk": row.pk}


def shown_year(found: Series | None, on: dt.date) -> dict[str, Any] | None:
    """The boxes of a year, and what they come to."""
    if found is None:
        return None
    names = draw.road_words(get_language() or "sv").months
    boxes = []
    for window in found.windows:
        look, icon, word = BOXES[window.kept]
        name = names[window.since.month - 1]
        boxes.append({"look": look, "icon": icon, "word": word, "name": name, "window": window})
    latest_on = max((w.on for w in found.windows if w.on), default=None)
    return {
        "boxes": boxes,
        "met": found.count(Kept.MET),
        "asked": found.asked,
        "missed": [w for w in found.windows if w.kept is Kept.MISSED],
        "since": found.since,
        "over": found.over if on >= found.over else None,
        "latest": latest_on,
    }
