"""The forms of a week: ten half days, a wish, and whom somebody is kept apart from."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, override

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from stegvis.journey.week.facts import days_of
from stegvis.journey.week.models import Half, Slot
from stegvis.journey.week.words import HALVES

NOTHING = ""
TAKEN = "taken"


class WeekForm(forms.Form):
    """A choice for each half day: an area, nothing, or taken by something else."""

    own = forms.BooleanField(label=_("The person has planned this week themselves"), required=False)

    def __init__(
        self, data: Any, *, monday: dt.date, areas: list[Any], slots: list[Slot],
        taken: set[tuple[dt.date, str]], free: frozenset[Any] | None,
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.days = days_of(monday)
        own = [one.planned_by == Slot.By.PERSON for one in slots]
        self.fields["own"].initial = bool(own) and all(own)
        there = {(one.day, one.half): one for one in slots}
        choices = [(NOTHING, _("– nothing –")), *((str(one.pk), one.name) for one in areas)]
        choices.append((TAKEN, _("Taken by something else")))
        for day in self.days:
            for half in Half.values:
                slot = there.get((day, half))
                self.fields[f"{day}-{half}"] = forms.ChoiceField(
                    choices=choices,
                    required=False,
                    label=f"{date_format(day, 'l')} {HALVES[half]}",
                    initial=TAKEN
                    if (day, half) in taken
                    else str(slot.area_id)
                    if slot
                    else NOTHING,
                )
                self.fields[f"try-{day}-{half}"] = forms.BooleanField(
                    required=False, label=_("tries"), initial=bool(slot and slot.trying)
                )
        self.free = free

    @property
    def rows(self) -> list[tuple[dt.date, list[tuple[Any, Any, Any, bool]]]]:
        """Day by day: (word of the half, choice, tries, outside the hours) of each."""
        return [
            (
                day,
                [
                    (
                        HALVES[half],
                        self[f"{day}-{half}"],
                        self[f"try-{day}-{half}"],
                        self.free is not None and (day, half) not in self.free,
                    )
                    for half in Half.values
                ],
            )
            for day in self.days
        ]

    def slots(self) -> Iterator[tuple[dt.date, str, uuid.UUID | None, bool]]:
        for day in self.days:
            for half in Half.values:
                said = self.cleaned_data[f"{day}-{half}"]
                area = uuid.UUID(said) if said not in (NOTHING, TAKEN) else None
                yield day, half, area, bool(area) and self.cleaned_data[f"try-{day}-{half}"]

    def taken(self) -> Iterator[tuple[dt.date, str, bool]]:
        for day in self.days:
            for half in Half.values:
                yield day, half, self.cleaned_data[f"{day}-{half}"] == TAKEN


class WishForm(forms.Form):
    words = forms.CharField(label=_("What does the person wish?"), max_length=200)
    granted = forms.ChoiceField(
        label=_("Can it be so?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("Not this week"))],
    )
    answer = forms.CharField(label=_("Why not, or what instead?"), max_length=200, required=False)


class ApartForm(forms.Form):
    other = forms.ChoiceField(label=_("Not together with"))
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who hold this case read it. Whoever plans sees that, never why."),
    )

    def __init__(self, data: Any, *, others: list[Any]) -> None:
        super().__init__(data)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("– choose –"))] + [
            (str(one.person_id), one.person.name) for one in others
        ]


class AwayForm(forms.Form):
    """Who is ill, and until when: a person or somebody who supervises."""

    who = forms.ChoiceField(label=_("Who is away?"))
    since = forms.ChoiceField(label=_("From"))
    until = forms.ChoiceField(label=_("Up to and including"))

    def __init__(
        self, data: Any, *, people: list[Any], leads: dict[uuid.UUID, str], days: list[dt.date]
    ) -> None:
        super().__init__(data)
        self.days = days
        named = [(str(one.person_id), one.person.name) for one in people]
        led = [(str(key), name) for key, name in leads.items()]
        said = [(day.isoformat(), date_format(day, "l j F").capitalize()) for day in days]
        groups: list[Any] = [("", _("– choose –")), (_("Participants"), named)]
        choices = {
            "who": [*groups, (_("Supervisors"), led)] if led else groups,
            "since": said,
            "until": said,
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = options
        if days:
            self.fields["since"].initial = self.fields["until"].initial = days[0].isoformat()

    @property
    def key(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["who"])

    @property
    def chosen_days(self) -> list[dt.date]:
        first, last = self.cleaned_data["since"], self.cleaned_data["until"]
        return [day for day in self.days if first <= day.isoformat() <= last]

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since", "") > said.get("until", "9"):
            self.add_error("until", _("The last day comes before the first."))
        return said
