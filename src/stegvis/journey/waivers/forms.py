"""What a person agrees may be told: to whom, what, for what, until when."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.moments import closes_at, months_later, opens_at
from stegvis.journey.waivers.actions import NewWaiver, fault_of
from stegvis.journey.waivers.models import MONTHS
from stegvis.journey.waivers.words import (
    BASES,
    BASES_OF,
    CATEGORIES,
    DIRECTIONS,
    FAULTS,
    FORMS,
    KINDS,
    KINDS_OF,
    PURPOSES,
)

WALL = "%Y-%m-%dT%H:%M"
WRITE = forms.Textarea(attrs={"rows": 2})
WHERE = {
    "nobody_named": "counterpart_name",
    "category_missing": "categories",
    "all_categories": "categories",
    "ends_before_it_begins": "valid_to",
    "longer_than_a_year": "valid_to",
}


class Wall(forms.Field):
    """A day and a time to the minute, as the clock on the wall shows it (a browser's form)."""

    @override
    def to_python(self, value: Any) -> dt.datetime | None:
        if not value:
            return None
        try:
            return dt.datetime.fromisoformat(str(value)[:16]).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write a day and a time.")) from None

    @override
    def prepare_value(self, value: Any) -> Any:
        return value.strftime(WALL) if isinstance(value, dt.datetime) else value


def _wall(label: Any) -> Wall:
    return Wall(label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class WaiverForm(forms.Form):
    counterpart_kind = forms.ChoiceField(label=_("With whom?"))
    counterpart_name = forms.CharField(
        label=_("Which office?"), max_length=120, help_text=_("By name. One waiver for each.")
    )
    categories = forms.MultipleChoiceField(
        label=_("What may be told?"),
        choices=list(CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    direction = forms.ChoiceField(label=_("Which way?"), choices=list(DIRECTIONS.items()))
    purpose = forms.ChoiceField(label=_("For what?"), choices=list(PURPOSES.items()))
    reservation = forms.CharField(
        label=_("What is not to be told, in the person’s words"),
        max_length=500,
        required=False,
        widget=WRITE,
    )
    valid_from = _wall(_("From"))
    valid_to = _wall(_("Until"))
    basis = forms.ChoiceField(label=_("On what ground?"))
    form = forms.ChoiceField(label=_("How was it given?"), choices=list(FORMS.items()))
    language = forms.CharField(label=_("Explained in"), max_length=40, required=False)
    interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)
    copy_given = forms.BooleanField(label=_("The person has a copy"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        country: str,
        now: dt.datetime,
        known: dict[str, Any] | None = None,
    ) -> None:
        zone = timezone.get_current_timezone()
        begins = now.astimezone(zone)
        ends = months_later(now, MONTHS, zone).astimezone(zone)
        first = {"valid_from": begins, "valid_to": ends, **(known or {})}
        super().__init__(data, initial=first)
        self._choose("counterpart_kind", KINDS, KINDS_OF[country])
        self._choose("basis", BASES, BASES_OF[country])

    def _choose(self, name: str, words: dict[str, Any], codes: tuple[str, ...]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(code, words[code]) for code in codes]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (code := fault_of(self.new())):
            self.add_error(WHERE[code], str(FAULTS[code]))
        return data

    def new(self) -> NewWaiver:
        zone = timezone.get_current_timezone()
        data = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        begins, ends = data.pop("valid_from"), data.pop("valid_to")
        categories = tuple(data.pop("categories"))
        return NewWaiver(
            **data,
            categories=categories,
            valid_from=opens_at(begins, zone),
            valid_to=closes_at(ends, zone),
        )
