"""A form that knows which day it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Near, Past

WRITE = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})
AHEAD = 5 * 366  # ours: how far ahead a plan reaches, in days
NONE = ("", _("– choose –"))


class OnDay(forms.Form):
    """A form that knows today's date."""

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Near | Past):
                field.today = on

    def choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
