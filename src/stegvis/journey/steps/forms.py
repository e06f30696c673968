"""The forms of deciding. Their faults are one sentence at the field; what was typed stays."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.steps.words import FAULTS, NO_WORDS

WRITE = forms.Textarea(attrs={"rows": 4})
AHEAD = dt.timedelta(days=31)
"""Ours: how far ahead a leaving may be written down; the person leaves the lists at once."""


class DecisionForm(forms.Form):
    to = forms.ChoiceField(label=_("What do you decide?"))
    on = Near(label=_("From which day?"))
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
    review_on = Near(label=_("Look at the step again on"), days=2 * 366, required=False)
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
        for name in ("on", "review_on"):
            self.fields[name].today = on  # type: ignore[attr-defined]
        choice(self, "to").choices = moves
        choice(self, "reasons").choices = reasons
        choice(self, "own_words_missing").choices = [("", _("– choose –")), *NO_WORDS.items()]

    def clean_review_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["review_on"]
        if day and day <= self.today:
            raise forms.ValidationError(_("That day has passed. Choose one that comes."))
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
    on = Past(label=_("On which day was it seen?"))

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].today = on  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    on = Near(label=_("Last day plus one: the first day outside the programme"))
    reason = forms.ChoiceField(label=_("Why does the person leave?"))
    income = forms.ChoiceField(label=_("What does the person live on now?"))
    motivation = forms.CharField(label=_("Motivation"), max_length=4000, widget=WRITE)
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    own_words_missing = forms.ChoiceField(
        label=_("If there are no own words, why?"), required=False
    )

    def __init__(
        self,
        *args: Any,
        reasons: list[tuple[str, Any]],
        incomes: list[tuple[str, Any]],
        on: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        self.fields["on"].today = on  # type: ignore[attr-defined]
        for name in ("own_words", "own_words_missing"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # one of them always is
        choice(self, "own_words_missing").choices = [("", _("– choose –")), *NO_WORDS.items()]
        choice(self, "reason").choices = reasons
        choice(self, "income").choices = incomes

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > self.today + AHEAD:
            raise forms.ValidationError(_("A leaving is written down at most a month ahead."))
        return day

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("own_words") and not data.get("own_words_missing"):
            self.add_error("own_words", str(FAULTS["own_words_missing"]))
        return data


class VersionForm(forms.Form):
    """To another version of the programme: why, and what the person says about it."""

    motivation = forms.CharField(label=_("Motivation"), max_length=4000, widget=WRITE)
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
