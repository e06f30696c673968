"""Who takes the person's time, as both of them see it (JI-07): the same words for the mentor's page
and for the person's own, whoever builds it. `ui` of both: background/_surfaces.html."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.journey.background import words
from stegvis.journey.background.facts import Contacts
from stegvis.journey.background.models import ContactSurface

_TONES = 6  # of the staircase, for the parts of the bar
_WIDE = 100.0


def surfaces(picture: Contacts) -> dict[str, Any]:
    """The context of background/_surfaces.html."""
    total = picture.taken
    return {
        "surfaces": [_row(row, at) for at, row in enumerate(picture.rows)],
        "ended": [row.name for row in picture.ended],
        "bar": _bar(picture),
        "sum": _sum(picture),
        "week": _week(picture),
        "unknown": total.unknown,
        "share": total.share,
        "waivers_url": "",  # whoever only looks invites nobody
    }


def _row(row: ContactSurface, at: int) -> dict[str, Any]:
    return {
        "key": row.pk,
        "name": row.name,
        "kind": words.contact(row.kind),
        "about": row.about,
        "tone": at % _TONES + 1,
        "hours": _hours(row.hours_month),
        "cooperates": words.COOPERATION[row.cooperates],
        "together": row.cooperates == "yes",
    }


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return _("not known")
    return _("%(hours)s h a month") % {"hours": _number(hours)}


def _number(hours: Decimal) -> str:
    """32 rather than 32.0."""
    return number_format(hours, 0 if hours == hours.to_integral_value() else 1)


def _sum(picture: Contacts) -> str:
    """Such as "9 contacts, at least 32 hours a month": unknown is said, never added as nothing."""
    total = picture.taken
    count = ngettext("%(n)s contact", "%(n)s contacts", total.count) % {"n": total.count}
    if total.month is None:
        return _("%(contacts)s, hours not known") % {"contacts": count} if total.count else ""
    words_ = _("%(contacts)s, at least %(hours)s hours a month")
    if not total.at_least:
        words_ = _("%(contacts)s, %(hours)s hours a month")
    return words_ % {"contacts": count, "hours": _number(total.month)}


def _week(picture: Contacts) -> str:
    total = picture.taken
    if total.week is None:
        return ""
    words_ = _("%(hours)s hours a week, %(share)s percent of a full working week.")
    said = words_ % {"hours": _number(total.week), "share": total.share}
    if not total.at_least:
        return said
    lacking = ngettext(
        "Of %(n)s contact nobody knows the hours.",
        "Of %(n)s contacts nobody knows the hours.",
        total.unknown,
    )
    return f"{said} {lacking % {'n': total.unknown}}"


def _bar(picture: Contacts) -> list[dict[str, Any]]:
    """Parts of the known hours, for a picture 100 wide."""
    known = [(at, row.hours_month) for at, row in enumerate(picture.rows) if row.hours_month]
    total = sum((hours for _at, hours in known), Decimal(0))
    made, x = [], 0.0
    for at, hours in known:
        wide = _WIDE * float(hours / total)
        made.append(
            {"x": f"{x:.2f}", "wide": f"{max(wide - 0.4, 0.2):.2f}", "tone": at % _TONES + 1}
        )
        x += wide
    return made
