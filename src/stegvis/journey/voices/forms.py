"""The staff's forms: pictures with the person beside them, a device's name, an answer."""

from __future__ import annotations

import uuid
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.voices.words import PICTURES
from stegvis.platform.accounts.doors import OWN_PICTURES, PICKS, SECRET_PICTURES


def _choices(names: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((name, PICTURES[name]) for name in names)]


class PicturesForm(forms.Form):
    device = forms.ChoiceField(label=_("Device"))
    picture = forms.ChoiceField(label=_("Own picture"), choices=_choices(OWN_PICTURES))

    def __init__(self, *args: Any, devices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["device"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = devices
        for turn in range(1, PICKS + 1):
            self.fields[f"pick_{turn}"] = forms.ChoiceField(
                label=_("Secret picture %(n)s") % {"n": turn}, choices=_choices(SECRET_PICTURES)
            )

    @property
    def chosen(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["device"])

    @property
    def picked(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data[f"pick_{turn}"] for turn in range(1, PICKS + 1))

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        picks = {found.get(f"pick_{turn}") for turn in range(1, PICKS + 1)}
        if len(picks) == 1 and None not in picks:
            self.add_error("pick_1", _("Four times the same picture is too easy to guess."))
        return found


class DeviceForm(forms.Form):
    name = forms.CharField(
        label=_("What the device is called"),
        max_length=60,
        help_text=_("Where it lies, such as the laundry's tablet. No names of people."),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Short words and short sentences. The person sees it on their own page."),
    )
