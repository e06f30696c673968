"""What is written down about where someone stands, one small form each."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.standing.words import PAUSES, SUPPORT

WRITE = forms.Textarea(attrs={"rows": 3})


class Dated(forms.Form):
    """A form whose days may not lie ahead. `options`: choices by field name."""

    def __init__(
        self, *args: Any, on: dt.date, options: dict[str, list[tuple[str, Any]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Past | Near):
                field.today = on
            if name in options and isinstance(field, forms.ChoiceField):
                field.choices = options[name]


class PauseForm(Dated):
    reason = forms.ChoiceField(label=_("Why?"), choices=list(PAUSES.items()))
    since = Past(label=_("From"))
    until = Near(label=_("Until, if it is known"), days=3 * 366, required=False)
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=WRITE)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The pause would end before it begins."))
        return data


class EndPauseForm(Dated):
    on = Near(label=_("First day back"))


class CategoryForm(Dated):
    code = forms.ChoiceField(label=_("Category"))
    on = Past(label=_("Set on"), years=30)
    instrument = forms.CharField(
        label=_("By which instrument?"),
        max_length=80,
        required=False,
        help_text=_("Its name only. Questions and answers are not kept here."),
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, required=False, widget=WRITE)


class ReadingForm(Dated):
    level = forms.ChoiceField(label=_("Level"))
    persons_own = forms.ChoiceField(label=_("Where the person places themselves"), required=False)
    on = Past(label=_("Read on"))
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, widget=WRITE)


class SupportForm(Dated):
    support = forms.ChoiceField(label=_("Support"), choices=list(SUPPORT.items()))
    note = forms.CharField(label=_("Why does it differ?"), max_length=1000, widget=WRITE)
