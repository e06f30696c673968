"""What is typed about hours, self-support and after-care. What was typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind, Source
from stegvis.core.values.periods import add_months
from stegvis.journey.hours.facts import Employer, last_month
from stegvis.journey.hours.words import EVERY, KINDS, SAYABLE, SOURCES, THROUGH
from stegvis.journey.intake.forms import Near, Past

MONTHS = 13
OTHER = "other"


class Amount(forms.CharField):
    """As "29,75", "29.75" or "29:45", as parts of an hour."""

    def __init__(self, **options: Any) -> None:
        looks = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        super().__init__(max_length=9, widget=forms.TextInput(attrs=looks), **options)

    @override
    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        try:
            parts = paid.parts(said)
        except ValueError:
            raise forms.ValidationError(
                _("Write hours as 29,75 or as 29:45, no finer than a hundredth.")
            ) from None
        if parts < 0:
            raise forms.ValidationError(_("Hours are never less than none."))
        if parts > paid.MOST:
            raise forms.ValidationError(_("No month has so many hours at one employer."))
        return parts


class HoursForm(forms.Form):
    """A month's hours: a number, and what is mostly as it was."""

    hours = Amount(label=_("Hours in the month"), help_text=_("Such as 29,75 or 29:45."))
    month = forms.ChoiceField(label=_("Month"))
    employer = forms.ChoiceField(label=_("Employer"))
    other = forms.CharField(label=_("Another employer"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What kind of hours"), widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Who says so"), widget=forms.RadioSelect)
    voucher = forms.CharField(label=_("Number of the pay slip"), max_length=40, required=False)

    def __init__(
        self, *args: Any, on: dt.date, employers: Sequence[tuple[str, Employer]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        first = on.replace(day=1)
        months = [add_months(first, -back) for back in range(MONTHS)]
        wanted = self.initial.get("month")
        if wanted and wanted not in {f"{month:%Y-%m}" for month in months}:
            self.initial.pop("month")
        self.initial.setdefault("month", f"{last_month(on):%Y-%m}")
        self.initial.setdefault("kind", Kind.ORDINARY)
        self.initial.setdefault("source", Source.EMPLOYER)
        self.employers = dict(employers)
        choices = [(code, one.name) for code, one in employers]
        self.initial.setdefault("employer", choices[0][0] if choices else OTHER)
        said = {
            "month": [(f"{m:%Y-%m}", date_format(m, "F Y")) for m in months],
            "employer": [*choices, (OTHER, _("Another, by name"))],
            "kind": list(KINDS.items()),
            "source": [(one, SOURCES[one]) for one in SAYABLE],
        }
        for name, several in said.items():
            self.fields[name].choices = several  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = " ".join((data.get("other") or "").split())
        if data.get("employer") == OTHER and not other:
            self.add_error("other", _("Say at which employer."))
        return data

    @property
    def employer_name(self) -> str:
        chosen = self.cleaned_data["employer"]
        if chosen == OTHER:
            return " ".join(self.cleaned_data["other"].split())
        return self.employers[chosen].name

    @property
    def chosen_month(self) -> dt.date:
        return dt.date.fromisoformat(f"{self.cleaned_data['month']}-01")


class CorrectionForm(forms.Form):
    hours = Amount(label=_("Hours in the month"), help_text=_("Such as 29,75 or 29:45."))
    note = forms.CharField(label=_("Why it is another figure"), max_length=300, required=False)


class SelfSupportForm(forms.Form):
    through = forms.ChoiceField(
        label=_("Supports themselves through"), choices=list(THROUGH.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip
    since = Past(label=_("Since"))

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        since = self.fields["since"]
        assert isinstance(since, Past)  # noqa: S101
        since.today = on


class HandOverForm(forms.Form):
    to = forms.ChoiceField(label=_("Who goes on with the contact"))

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = members  # type: ignore[attr-defined]


class AfterCareForm(forms.Form):
    wanted = forms.BooleanField(label=_("The person wants after-care"))
    until = Near(label=_("Until"), days=2 * 366)
    every = forms.TypedChoiceField(
        label=_("How often"), choices=list(EVERY.items()), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        until = self.fields["until"]
        assert isinstance(until, Near)  # noqa: S101
        until.today = on
