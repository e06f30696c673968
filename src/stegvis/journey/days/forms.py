"""What is typed about a day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.driving import CLASSES
from stegvis.journey.days.facts import Named
from stegvis.journey.days.models import LINE
from stegvis.journey.days.words import ANSWERS, PARTS

NOBODY: tuple[str, Any] = ("", _("– nobody yet –"))
GOOD, BAD = "good", "bad"


def _fill(field: forms.Field, choices: Iterable[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = list(choices)


class LogForm(forms.Form):
    text = forms.CharField(
        label=_("What happened in the workplace?"),
        max_length=LINE,
        help_text=_("A short line. Never a participant's name, and nothing about health."),
    )


class BriefingForm(forms.Form):
    items = forms.CharField(
        label=_("Today's work, a line each"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Never a participant's name, and nothing about health."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Safety topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label=_("Who took part?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who took part.")},
    )

    def __init__(self, data: Any, *, topics: list[Named], people: list[Any], **more: Any) -> None:
        super().__init__(data, **more)
        _fill(self.fields["topics"], ((one.code, one.name) for one in topics))
        _fill(self.fields["people"], ((str(one.person_id), one.person.name) for one in people))


class VehicleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    plate = forms.CharField(label=_("Registration number"), max_length=12, required=False)
    licence = forms.ChoiceField(
        label=_("Driving licence that is needed"),
        required=False,
        initial="B",
        choices=[("", _("– none –")), *((one, one) for one in CLASSES)],
    )
    points = forms.MultipleChoiceField(
        label=_("What is checked before it leaves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, points: list[Named], **more: Any) -> None:
        super().__init__(data, **more)
        _fill(self.fields["points"], ((one.code, one.name) for one in points))
        self.fields["points"].initial = [one.code for one in points]


class BookingForm(forms.Form):
    part = forms.ChoiceField(
        label=_("When?"), choices=list(PARTS.items()), widget=forms.RadioSelect, initial="day"
    )
    errand = forms.CharField(
        label=_("What for?"),
        max_length=80,
        required=False,
        help_text=_("Never a participant's name, and nothing about health."),
    )
    driver = forms.ChoiceField(label=_("Who drives?"), required=False)

    def __init__(self, data: Any, *, drivers: Sequence[Any], **more: Any) -> None:
        super().__init__(data, **more)
        _fill(self.fields["driver"], [NOBODY, *drivers])


class CheckForm(forms.Form):
    """A choice for each point, and whose hand it was if it was not one's own."""

    hand = forms.ChoiceField(
        label=_("Who went through it?"),
        required=False,
        help_text=_("You answer for the check, whoever did it."),
    )

    def __init__(
        self, data: Any, *, way: str, points: list[Named], people: list[Any], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.codes = [one.code for one in points]
        _fill(
            self.fields["hand"],
            [("", _("I did")), *((str(one.person_id), one.person.name) for one in people)],
        )
        good, bad = ANSWERS[way]
        for one in points:
            self.fields[f"p-{one.code}"] = forms.ChoiceField(
                label=one.name,
                choices=[(GOOD, good), (BAD, bad)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say how it is.")},
            )
        self.order_fields([*(f"p-{code}" for code in self.codes), "hand"])

    def said(self) -> dict[str, bool]:
        return {code: self.cleaned_data[f"p-{code}"] == GOOD for code in self.codes}


class FaultForm(forms.Form):
    words = forms.CharField(label=_("What is wrong?"), max_length=LINE)
    owner = forms.ChoiceField(label=_("Who sees to it?"))

    def __init__(self, data: Any, *, members: list[Any], me: uuid.UUID, **more: Any) -> None:
        super().__init__(data, **more)
        _fill(self.fields["owner"], ((str(one.pk), one.name) for one in members))
        self.fields["owner"].initial = str(me)


class LicenceForm(forms.Form):
    member = forms.ChoiceField(label=_("Colleague"))
    classes = forms.MultipleChoiceField(
        label=_("Classes"),
        choices=[(one, one) for one in CLASSES],
        widget=forms.CheckboxSelectMultiple,
    )
    valid_to = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, members: list[Any], **more: Any) -> None:
        super().__init__(data, **more)
        _fill(self.fields["member"], ((str(one.pk), one.name) for one in members))


class PointForm(forms.Form):
    name = forms.CharField(label=_("One more"), max_length=80)


class BreakForm(forms.Form):
    name = forms.CharField(label=_("Break"), max_length=40)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    counted = forms.BooleanField(label=_("Counts as work"), required=False)

    def clean_end(self) -> dt.time:
        end: dt.time = self.cleaned_data["end"]
        start = self.cleaned_data.get("start")
        if start and end <= start:
            raise forms.ValidationError(_("A break ends after it begins."))
        return end
