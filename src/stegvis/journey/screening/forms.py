"""The forms of screening. What was typed stays; a fault is one sentence at its field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Past
from stegvis.journey.screening.words import DECISIONS, MISSING

CHOOSE = ("", _("– choose –"))
TEXT = 4000


def write(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Dated(forms.Form):
    """A form of something that has happened. `options`: choices by the field's name."""

    on = Past(label=_("Day"))

    def __init__(
        self, *args: Any, today: dt.date, options: dict[str, list[tuple[str, Any]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Past):
                field.today = today
            if name in options and isinstance(field, forms.ChoiceField):
                field.choices = options[name]


class TalkForm(Dated):
    on = Past(label=_("Day of the first talk"))
    in_course = forms.BooleanField(
        label=_("It was part of the ordinary course of talks"), required=False
    )


class ScreenForm(Dated):
    group = forms.TypedChoiceField(
        label=_("Which group?"), coerce=int, widget=forms.RadioSelect, choices=()
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=TEXT,
        widget=write(4),
        help_text=_("The person reads it. Who mediates, supervises or manages does not."),
    )
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=TEXT,
        widget=write(),
    )
    own_words_missing = forms.ChoiceField(
        label=_("If there are no own words, why?"),
        required=False,
        choices=[CHOOSE, *MISSING.items()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("own_words", "own_words_missing"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # one of them always is


class ExceptionForm(ScreenForm):
    exception = forms.ChoiceField(label=_("Which target group?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["group"]
        self.order_fields(["exception", "grounds"])


class NoticeForm(Dated):
    to = forms.CharField(label=_("To whom was it sent?"), max_length=120)
    on = Past(label=_("Sent on"))
    reason = forms.CharField(label=_("Reason"), max_length=TEXT, widget=write(4))
    support = forms.MultipleChoiceField(
        label=_("Suggested support"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    support_words = forms.CharField(
        label=_("Other support, in words"), required=False, max_length=300
    )


class DayForm(Dated):
    """One more day on the way to the rehabilitation team."""


class RecommendedForm(Dated):
    recommendation = forms.CharField(
        label=_("What does the team recommend?"), max_length=TEXT, widget=write()
    )


class DecidedForm(Dated):
    decision = forms.ChoiceField(
        label=_("What did the municipality decide?"),
        widget=forms.RadioSelect,
        choices=list(DECISIONS.items()),
    )
    words = forms.CharField(label=_("Words"), required=False, max_length=TEXT, widget=write(2))
