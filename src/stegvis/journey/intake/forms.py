"""The forms of intake: a referral, the answer to it, the enrolment."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.identity import Number, read_number
from stegvis.journey.intake.actions import Order
from stegvis.journey.intake.words import (
    AGENCIES,
    BY_COUNTRY,
    EQUAL,
    EQUAL_ANSWERS,
    INCOMES,
    USES,
    VERBS,
    WAYS,
)
from stegvis.journey.people.models import plain

WRITE = forms.Textarea(attrs={"rows": 3})


class Day(forms.DateField):
    """A day as browsers send it, ISO."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **options,
        )


class Near(Day):
    """A day within `days` of today, either way: further off it is a slip of the hand."""

    def __init__(self, *, days: int = 370, **options: Any) -> None:
        super().__init__(**options)
        self.days = days
        self.today = dt.date.max

    @override
    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and abs((day - self.today).days) > self.days:
            raise forms.ValidationError(_("The day lies too far away. Is the year right?"))
        return day


class Past(Day):
    """A day that has come, and not longer ago than anybody's working life."""

    def __init__(self, *, years: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.years = years
        self.today = dt.date.max

    @override
    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > self.today:
            raise forms.ValidationError(_("The day has not come yet."))
        if day and day.year < self.today.year - self.years:
            raise forms.ValidationError(_("The day lies too far back. Is the year right?"))
        return day


class Intake(forms.Form):
    """A form that knows today's date and the municipality's country."""

    def __init__(self, *args: Any, on: dt.date, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.country = on, country
        for field in self.fields.values():
            if isinstance(field, Past):
                field.today = on

    def choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


class Name(forms.CharField):
    """A name as it is stored; one of nothing but unseen signs is no name."""

    @override
    def to_python(self, value: Any) -> Any:
        return plain(super().to_python(value) or "")


class OrderForm(Intake):
    """What is to be trained, tried or clarified, and why. One line; more are added afterwards."""

    verb = forms.ChoiceField(label=_("What is asked for?"), choices=list(VERBS.items()))
    what = forms.CharField(label=_("What exactly?"), max_length=300)
    why = forms.CharField(
        label=_("Why? What is the answer to be used for?"), max_length=500, widget=WRITE
    )
    uses = forms.MultipleChoiceField(
        label=_("The answer is used for"),
        choices=list(USES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    leads_to = forms.CharField(label=_("What is it to lead to?"), max_length=300, required=False)

    def order(self) -> Order:
        data = self.cleaned_data
        return Order(
            verb=data["verb"],
            what=data["what"],
            why=data["why"],
            leads_to=data["leads_to"],
            uses=tuple(data["uses"]),
        )


class ReferralForm(Intake):
    """A referral that has come in by post, telephone or mail, as the case worker registers it."""

    given = Name(label=_("First name"), max_length=80)
    family = Name(label=_("Last name"), max_length=80)
    number = forms.CharField(
        label=_("Personal number"),
        max_length=20,
        required=False,
        help_text=_("Leave it empty if there is none yet."),
    )
    protected = forms.BooleanField(label=_("Protected identity"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    referrer_kind = forms.ChoiceField(label=_("Who refers?"))
    referrer_contact = forms.CharField(
        label=_("Contact person there"), max_length=120, required=False
    )
    scheme = forms.ChoiceField(label=_("Under which measure?"), required=False)
    received_on = Past(label=_("When did it come in?"))
    need = forms.CharField(label=_("The need, as stated"), required=False, widget=WRITE)
    services = forms.MultipleChoiceField(
        label=_("Which services are asked for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick also what we do not deliver: the difference is then answered."),
    )
    verb = forms.ChoiceField(
        label=_("What is asked for?"),
        choices=[("", _("– choose –")), *VERBS.items()],
        required=False,
    )
    what = forms.CharField(label=_("What exactly?"), max_length=300, required=False)
    why = forms.CharField(label=_("Why?"), max_length=500, required=False, widget=WRITE)
    uses = forms.MultipleChoiceField(
        label=_("The answer is used for"),
        choices=list(USES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        schemes: list[tuple[str, str]],
        services: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, AGENCIES[code]) for code in BY_COUNTRY[self.country]]
        self.choose("referrer_kind", kinds)
        self.choose("scheme", [("", _("– none –")), *schemes])
        self.choose("services", services)
        if not services:
            del self.fields["services"]

    def clean_number(self) -> Number | None:
        text = self.cleaned_data["number"].strip()
        if not text:
            return None
        number = read_number(text, country=self.country, on=self.on)
        if number is None:
            raise forms.ValidationError(_("This is not a valid number. Check the digits."))
        return number

    @override
    def clean(self) -> dict[str, Any]:
        """A purpose is given whole or not at all: half of one would look like a purpose."""
        data = super().clean() or {}
        parts = ("verb", "what", "why", "uses")
        if any(data.get(part) for part in parts):
            for part in parts:
                if not data.get(part) and part not in self.errors:
                    self.add_error(part, _("Say this too, or leave the whole purpose empty."))
        return data

    def orders(self) -> tuple[Order, ...]:
        data = self.cleaned_data
        if not data["what"]:
            return ()
        return (
            Order(verb=data["verb"], what=data["what"], why=data["why"], uses=tuple(data["uses"])),
        )


class QuestionForm(forms.Form):
    question = forms.CharField(label=_("Your question"), max_length=2000, widget=WRITE)


class DeclineForm(forms.Form):
    why = forms.CharField(label=_("Why is it declined?"), max_length=2000, widget=WRITE)


class EnrolForm(Intake):
    """Accept and enrol in one go: the everyday case. `asked`: the referrer named services, so what
    of them is not delivered must be answered (KN-61)."""

    programme = forms.ChoiceField(label=_("Programme"))
    since = Past(label=_("Enrolled from"))
    case_worker = forms.ChoiceField(label=_("Case worker"))
    eligibility = forms.CharField(
        label=_("Why does the person belong here?"),
        max_length=2000,
        widget=WRITE,
        help_text=_("Earlier measures, how long out of work, what stands in the way."),
    )
    income = forms.ChoiceField(
        label=_("What does the person live on?"), choices=list(INCOMES.items()), initial="unknown"
    )
    services = forms.MultipleChoiceField(
        label=_("What we take on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    difference_told = forms.CharField(
        label=_("What was asked for and is not delivered, and why"),
        required=False,
        max_length=2000,
        widget=WRITE,
    )

    def __init__(
        self,
        *args: Any,
        programmes: list[tuple[str, str]],
        workers: list[tuple[str, str]],
        services: list[tuple[str, str]],
        asked: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("programme", programmes)
        self.choose("case_worker", workers)
        self.choose("services", services)
        if not services:
            del self.fields["services"]
        if not asked:
            del self.fields["difference_told"]


class EqualForm(forms.Form):
    """The checklist for an equal referral. A question that is left is left open."""

    def __init__(self, data: Any, *, answers: dict[str, str]) -> None:
        super().__init__(data, prefix="equal")
        for code, question in EQUAL.items():
            self.fields[code] = forms.ChoiceField(
                label=question,
                required=False,
                widget=forms.RadioSelect,
                choices=list(EQUAL_ANSWERS.items()),
                initial=answers.get(code),
            )
            self.fields[code].asked = True  # type: ignore[attr-defined]


class ToldForm(Intake):
    """The referrer has been told what is delivered instead."""

    way = forms.ChoiceField(
        label=_("How was the referrer told?"), choices=list(WAYS.items()), widget=forms.RadioSelect
    )
    to = forms.CharField(label=_("Who was told?"), max_length=120, required=False)
    told_on = Past(label=_("When?"))
