"""Every component on one page, with invented people: what a designer looks at and axe tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stegvis.core.programme.draw import (
    Lane,
    Move,
    Period,
    Plan,
    RoadPicture,
    Tread,
    Week,
    road_words,
)
from stegvis.platform.ui.rows import PersonRow

_CHOICES = [("1", gettext_lazy("The first")), ("2", gettext_lazy("The second"))]
_NAMES = ("Alva Björkvall", "Esther Nygren Holt", "Ömer Fallqvist", "Ida Thorsø")


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(
        label=gettext_lazy("Words"), help_text=gettext_lazy("As the person says it.")
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    one = forms.ChoiceField(label=gettext_lazy("One of them"), choices=_CHOICES)
    few = forms.ChoiceField(
        label=gettext_lazy("One of few"), choices=_CHOICES, widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label=gettext_lazy("Several"),
        choices=_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    yes = forms.BooleanField(label=gettext_lazy("Yes"), required=False)
    more = forms.CharField(
        label=gettext_lazy("More"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


def showcase(on: dt.date) -> dict[str, Any]:
    """What ui/gallery.html shows on the day `on`."""
    people = [_person(i, name) for i, name in enumerate(_NAMES, 1)]
    return {
        "today": on,
        "roads": [a_road(n, on) for n in (3, 6, 9)],
        "ramps": [[(i, n) for i in range(1, n + 1)] for n in range(3, 10)],
        "page": Paginator(people * 3, 4).page(2),
        "page_query": "",
        "columns": _columns(),
        "tabs": [
            {"url": "#", "label": _("All"), "current": True, "count": 4},
            {"url": "#", "label": _("Late"), "current": False, "count": None},
        ],
        "good": SampleForm(),
        "wrong": SampleForm({"wrong-day": "31-11-2026", "wrong-few": "9"}, prefix="wrong"),
    }


def a_road(n: int, on: dt.date) -> RoadPicture:
    """Someone's road of about a year: a skip, a way back, a pause, a plan, support beside."""
    days = [on - dt.timedelta(days=back) for back in (330, 290, 250, 200, 150, 60)]
    steps = (1, n, max(1, n - 1), max(1, n - 1), n)
    periods = [
        Period(since, until, step, _("Pause") if i == 3 else "", paused=i == 3)  # noqa: PLR2004
        for i, (since, until, step) in enumerate(zip(days, days[1:], steps, strict=False))
    ]
    return RoadPicture(
        key=f"road-{n}",
        title=_("A road on %(n)s steps") % {"n": n},
        desc=_("An invented road with a skip, a way back and a pause."),
        treads=tuple(Tread(i, _("Step %(step)s") % {"step": i}) for i in range(1, n + 1)),
        periods=(*periods, Period(days[5], None, min(2, n))),
        today=on,
        words=road_words(get_language() or "sv"),
        plans=(Plan(on, on + dt.timedelta(days=60), n, _("Plan")),),
        moves=(Move(days[2], _("Back, at their own wish")),),
        lanes=(Lane(days[0], days[3], _("Language course")), Lane(days[4], None, _("Counsel"))),
        weeks=tuple(
            Week(days[0] + dt.timedelta(days=7 * i), None if 26 <= i <= 32 else (i % 5 + 1) / 5)  # noqa: PLR2004
            for i in range(46)
        ),
    )


def _person(i: int, name: str) -> PersonRow:
    kind = ("late", "warn", "", "")[i - 1]
    due = (_("9 days late"), _("Today"), "18 nov", "–")[i - 1]
    return PersonRow(
        url="#", name=name, step=i, of=6, step_name=_("Step %(step)s") % {"step": i},
        next=_("Follow-up"), due=due, due_kind=kind, programme="Jobbtrappan",
        supervisor="Bo Grönlid", worker="Karin Ekwall",
    )  # fmt: skip


def _columns() -> list[dict[str, str]]:
    labels = [
        _("Name"), _("Step"), _("Next"), _("When"),
        _("Programme"), _("Supervisor"), _("Case worker"),
    ]  # fmt: skip
    sorts = ["", "", "", "ascending", "", "", ""]
    return [
        {"label": label, "url": "#" if sort else "", "sort": sort}
        for label, sort in zip(labels, sorts, strict=True)
    ]


__all__ = ["SampleForm", "a_road", "showcase"]
