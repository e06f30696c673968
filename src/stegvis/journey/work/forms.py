"""The forms of hours, tried tasks and language. A fault is one sentence; what was typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.abilities.forms import Told
from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.work.actions import DayHours
from stegvis.journey.work.models import WorkingDay
from stegvis.journey.work.words import (
    CAN,
    CHOICES,
    DECISIONS,
    FAULTS,
    LEVEL_WORDS,
    LIKED,
    SCOPES,
    WEEKDAYS,
    WHOSE,
)

WRITE = forms.Textarea(attrs={"rows": 2})
PARTS = ("start", "end", "rest")
MOST_AGREED = 3  # above it a limit limits nothing


class Clock(forms.TimeField):
    """An hour as browsers send it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TimeInput(attrs={"type": "time", "class": "in"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
            **options,
        )


class HoursForm(Told):
    """A row of fields for each weekday. An empty row is a day off."""

    since = Near(label=_("From which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[f"start{number}"] = Clock(label=_("%(day)s, from") % {"day": name})
            self.fields[f"end{number}"] = Clock(label=_("%(day)s, until") % {"day": name})
            self.fields[f"rest{number}"] = forms.IntegerField(
                label=_("%(day)s, unpaid break in minutes") % {"day": name},
                required=False,
                min_value=0,
                max_value=240,
                widget=forms.NumberInput(attrs={"class": "in"}),
            )

    def rows(self) -> Iterator[tuple[Any, list[Any]]]:
        for number, name in WEEKDAYS.items():
            yield name, [self[f"{part}{number}"] for part in PARTS]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in WEEKDAYS:
            start, end = data.get(f"start{number}"), data.get(f"end{number}")
            if bool(start) != bool(end) and not {f"start{number}", f"end{number}"} & {*self.errors}:
                self.add_error(
                    f"{'end' if start else 'start'}{number}",
                    _("Say both when the day begins and when it ends."),
                )
        return data

    def days(self) -> tuple[DayHours, ...]:
        data = self.cleaned_data
        return tuple(
            DayHours(
                number, data[f"start{number}"], data[f"end{number}"], data[f"rest{number}"] or 0
            )
            for number in WEEKDAYS
            if data.get(f"start{number}")
        )


def as_typed(days: list[WorkingDay]) -> dict[str, Any]:
    """The hours that hold, as the form's first words."""
    found: dict[str, Any] = {}
    for day in days:
        found |= {
            f"start{day.weekday}": day.start,
            f"end{day.weekday}": day.end,
            f"rest{day.weekday}": day.break_minutes or None,
        }
    return found


def like_monday(data: Any) -> Any:
    """What was typed, with Monday's hours on every day: one row to fill instead of five."""
    data = data.copy()
    for number in WEEKDAYS:
        for part in PARTS:
            data[f"{part}{number}"] = data.get(f"{part}1", "")
    return data


class TryForm(Told):
    task = forms.ChoiceField(label=_("Which task?"), required=False)
    named = forms.CharField(
        label=_("If it is not on the list: what was it?"), max_length=120, required=False
    )
    since = Past(label=_("First day"))
    until = Past(label=_("Last day"))
    can_do = forms.ChoiceField(
        label=_("How did it go?"), widget=forms.RadioSelect, choices=list(CAN.items())
    )
    liked = forms.ChoiceField(
        label=_("What does the person think of it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Not said")), *LIKED.items()],
    )
    support_needed = forms.CharField(
        label=_("Which support was needed?"), max_length=300, required=False
    )
    words = forms.CharField(
        label=_("In the person's own words"), max_length=1000, required=False, widget=WRITE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask("task", "named")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("task")) == bool(data.get("named")) and "task" not in self.errors:
            self.add_error("task", str(FAULTS["task_missing"]))
        first, last = data.get("since"), data.get("until")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("until", str(FAULTS["tried_backwards"]))
        return data


class LanguageForm(Told):
    task = forms.ChoiceField(label=_("Through which task?"), required=False)
    words = forms.CharField(
        label=_("How is the language trained by it?"),
        max_length=300,
        widget=WRITE,
        help_text=_("For instance: takes orders in the café, names the tools of the day."),
        error_messages={"required": FAULTS["exercise_empty"]},
    )


class GiveForm(Told):
    scope = forms.ChoiceField(
        label=_("How much?"), widget=forms.RadioSelect, choices=list(SCOPES.items())
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    tasks = forms.MultipleChoiceField(
        label=_("Tasks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours_week = forms.DecimalField(
        label=_("Hours a week"),
        required=False,
        min_value=1,
        max_value=40,
        max_digits=4,
        decimal_places=1,
    )
    since = Near(label=_("From"))
    ends = Near(
        label=_("Last day"),
        required=False,
        days=1100,
        help_text=_("On that day somebody decides. It ends nothing by itself."),
    )
    description = forms.ChoiceField(label=_("Description of the job"), required=False)
    otherwise = forms.CharField(
        label=_("If something the step asks for is lacking: why all the same?"),
        max_length=1000,
        required=False,
        widget=WRITE,
    )
    despite = forms.CharField(
        label=_("If a known limit speaks against it: why all the same?"),
        max_length=1000,
        required=False,
        widget=WRITE,
        help_text=_("Say what speaks for it. Nothing of health: those who plan the work read it."),
    )


class EndForm(Told):
    what = forms.ChoiceField(
        label=_("What do you decide?"), widget=forms.RadioSelect, choices=list(DECISIONS.items())
    )
    ends = Near(label=_("New last day"), days=1100)
    grounds = forms.CharField(label=_("Why?"), max_length=2000, widget=WRITE)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ChoiceForm(Told):
    """What has come of an area. The reason is asked of what is left out alone."""

    what = forms.ChoiceField(
        label=_("What has come of it?"),
        widget=forms.RadioSelect,
        choices=[(code, words) for code, (words, _kind, _icon) in CHOICES.items()],
    )
    whose = forms.ChoiceField(
        label=_("Whose choice?"),
        widget=forms.RadioSelect,
        choices=list(WHOSE.items()),
        initial="person",
    )
    reason = forms.ChoiceField(label=_("If it is left out: why?"), required=False)
    words = forms.CharField(label=_("Why, in words"), max_length=300, required=False, widget=WRITE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask("reason", "words")


class LimitForm(Told):
    function = forms.ChoiceField(label=_("What is work to ask less of?"))
    at_most = forms.TypedChoiceField(
        label=_("At most"),
        coerce=int,
        choices=[(level, words) for level, words in LEVEL_WORDS.items() if level <= MOST_AGREED],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("The person agrees that those who plan the work know it"))


class WhyForm(forms.Form):
    """A reason why an area is left out, in each language."""

    sv = forms.CharField(label=_("In Swedish"), max_length=60)
    da = forms.CharField(label=_("In Danish"), max_length=60)
    en = forms.CharField(label=_("In English"), max_length=60)
    health = forms.BooleanField(
        label=_("Of health: read by those alone who may read of health"), required=False
    )
    closed = forms.BooleanField(label=_("Not used any more"), required=False)
