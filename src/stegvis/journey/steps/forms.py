"""The forms of deciding. Their faults are one sentence at the field; what was typed stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.steps.words import NO_WORDS

WRITE = forms.Textarea(attrs={"rows": 4})
FARTHEST = dt.timedelta(days=370)


class Day(forms.DateField):
    """A day as browsers send it, ISO."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "date"}
        super().__init__(
            widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **options,
        )


class DecisionForm(forms.Form):
    to = forms.ChoiceField(label=_("What do you decide?"))
    on = Day(label=_("From which day?"))
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Taken from what is known."),
    )
    motivation = forms.CharField(
        label=_("Motivation"),
        required=False,
        max_length=4000,
        widget=WRITE,
        help_text=_("Write so that the person understands. They will read it."),
    )
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    own_words_missing = forms.ChoiceField(
        label=_("If there are no own words, why?"), required=False
    )
    review_on = Day(label=_("Look at the step again on"), required=False)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        moves: list[tuple[str, str]],
        reasons: list[tuple[str, str]],
        on: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        for name in ("motivation", "own_words", "own_words_missing"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # one of them always is
        choice(self, "to").choices = moves
        choice(self, "reasons").choices = reasons
        choice(self, "own_words_missing").choices = [("", _("– choose –")), *NO_WORDS.items()]

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if abs(day - self.today) > FARTHEST:
            raise forms.ValidationError(_("The day lies more than a year away."))
        return day


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    return field


class JudgeForm(forms.Form):
    """One criterion, judged by a person: with what they build on."""

    met = forms.ChoiceField(
        label=_("Is it so?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
    )
    basis = forms.CharField(label=_("What do you build that on?"), max_length=2000, widget=WRITE)
    on = Day(label=_("On which day was it seen?"))

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("The day has not come yet."))
        return day


class LeaveForm(forms.Form):
    on = Day(label=_("Last day plus one: the first day outside the programme"))
    reason = forms.ChoiceField(label=_("Why does the person leave?"))
    income = forms.ChoiceField(label=_("What does the person live on now?"))
    motivation = forms.CharField(label=_("Motivation"), max_length=4000, widget=WRITE)
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        reasons: list[tuple[str, Any]],
        incomes: list[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "reason").choices = reasons
        choice(self, "income").choices = incomes
