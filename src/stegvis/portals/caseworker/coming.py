"""What is due of a person, worded for lists: the same windows on every page."""

from __future__ import annotations

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stegvis.core.progression.dues import DECIDE_END, Due
from stegvis.core.progression.judgement import Judgement, say
from stegvis.core.values.texts import pick
from stegvis.journey.steps.facts import asked
from stegvis.platform.ui.dates import weekday
from stegvis.platform.ui.day import WRITTEN, DayAct, DayItem, Part

SOON = dt.timedelta(days=7)


def follow_ups(judged: Judgement) -> list[Due]:
    """What a cadence asks for, the most pressing first; an end to decide is no follow-up."""
    return [due for due in asked(judged) if due.what != DECIDE_END]


def most_pressing(
    judged: Judgement, on: dt.date, *, by: dt.date, but: frozenset[str] = frozenset()
) -> DayItem | None:
    """The follow-up that has waited longest, or is due next up to `by`; how many more there are is
    said in its reason. Whom it is about the caller fills in. `but`: events asked for elsewhere."""
    said = {one.code for one in judged.programme.cadences if one.event in but}
    dues = [one for one in follow_ups(judged) if one.by and one.by <= by and one.what not in said]
    if not dues:
        return None
    first = min(dues, key=lambda due: (due.late_from or dt.date.max, due.what))
    because = reason(judged, first)
    if len(dues) > 1:
        more = len(dues) - 1
        because += " " + ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}
    kind, icon, tag = state(first, on)
    return DayItem(
        part=Part.FOLLOW_UPS, name="", url="", why=because, kind=kind, icon=icon, tag=tag,
        on=first.by, what=first.what,
    )  # fmt: skip


def reason(judged: Judgement, due: Due) -> str:
    """Why, without repeating what."""
    lang = get_language() or "sv"
    what = words(judged, due.what)
    said = say(due.because, lang).removeprefix(f"{what}: ")
    return f"{said[:1].upper()}{said[1:]}."


def words(judged: Judgement, what: str) -> str:
    """A cadence in the programme's words."""
    cadence = next((one for one in judged.programme.cadences if one.code == what), None)
    return pick(cadence.texts, get_language() or "sv") if cadence else _("End or extend")


def state(due: Due, on: dt.date) -> tuple[str, str, str]:
    """Kind, icon and a word or two: 9 days late, today, Thu 26 Nov."""
    assert due.by is not None  # noqa: S101  only dated ones are listed
    if due.overdue:
        late = (on - max(due.by, due.latest or due.by)).days
        words = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
        return "late", "clock-alert", words
    if due.by <= on:
        return "warn", "calendar-clock", _("Today")
    return ("warn" if due.by <= on + SOON / 7 else ""), "calendar", weekday(due.by)


def way(person: uuid.UUID, judged: Judgement, what: str, *, event: str = "") -> DayAct:
    """Where it is written down, or the road as long as no page takes it."""
    cadence = next((one for one in judged.programme.cadences if one.code == what), None)
    name = WRITTEN.get(event or (cadence.event if cadence else ""))
    if name:
        return DayAct(reverse(name, args=[person]), _("Follow up"))
    return DayAct(reverse("person", args=[person]), _("Open"))
