"""Days as people say them: with the ISO week, in the reader's language."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.draw import road_words


def _dot() -> str:
    return "." if (get_language() or "").startswith("da") else ""


def day_and_week(day: dt.date) -> str:
    """Tisdag 17 november, vecka 47; Tirsdag 17. november, uge 47; Tuesday 17 November, week 47."""
    said = date_format(day, rf"l j\{_dot()} F" if _dot() else "l j F")
    sentence = _("%(day)s, week %(week)s") % {"day": said, "week": day.isocalendar().week}
    return sentence[:1].upper() + sentence[1:]


def long_day(day: dt.date) -> str:
    """17 november 2026; 17. november 2026; 17 November 2026."""
    return date_format(day, r"j\. F Y" if _dot() else "j F Y")


def day_time(at: dt.datetime) -> str:
    """17 november 2026 kl. 9.05; 17. november 2026 kl. 9.05; 17 November 2026 at 9:05."""
    local = timezone.localtime(at)
    clock = f"{local.hour}.{local:%M}" if get_language() != "en" else f"{local.hour}:{local:%M}"
    return _("%(day)s at %(time)s") % {"day": long_day(local.date()), "time": clock}


def short_day(day: dt.date, on: dt.date | None = None) -> str:
    """17 nov, with the year when it is not that of `on`."""
    month = road_words(get_language() or "sv").months[day.month - 1]
    year = "" if on is not None and on.year == day.year else f" {day.year}"
    return f"{day.day}{_dot()} {month}{year}"


def weekday(day: dt.date) -> str:
    """Ti 17 nov: for lists of what comes next."""
    return f"{date_format(day, 'D')} {short_day(day, day)}".capitalize()
