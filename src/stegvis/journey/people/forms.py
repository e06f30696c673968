"""Who someone is and how they are reached, one small form each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.identity import Number, read_number
from stegvis.journey.people.models import plain
from stegvis.journey.people.words import GRADES


class Versioned(forms.Form):
    """Carries which version of the row its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NameForm(Versioned):
    given = forms.CharField(label=_("First name"), max_length=80)
    family = forms.CharField(label=_("Last name"), max_length=80)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)

    def clean_given(self) -> str:
        return self._name("given")

    def clean_family(self) -> str:
        return self._name("family")

    def _name(self, field: str) -> str:
        name = plain(self.cleaned_data[field])
        if not name:
            raise forms.ValidationError(_("A name has letters."))
        return name


class ContactForm(Versioned):
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    preferred = forms.CharField(
        label=_("How they want to be reached"), max_length=80, required=False
    )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("New number"),
        max_length=20,
        help_text=_("The earlier number stays, so that old papers still find the person."),
    )

    def __init__(self, *args: Any, country: str, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.on = country, on

    def clean_number(self) -> Number:
        found = read_number(self.cleaned_data["number"], country=self.country, on=self.on)
        if found is None:
            raise forms.ValidationError(_("This is not a valid number. Check the digits."))
        return found


class ProtectForm(forms.Form):
    grade = forms.ChoiceField(label=_("Which protection?"), choices=list(GRADES.items()))
    sure = forms.BooleanField(
        label=_("Only those on the person's list will find them from now on. You stay on it.")
    )


class KnownForm(forms.Form):
    """Who else is to know of a protected person, and why."""

    member = forms.ChoiceField(label=_("Colleague"))
    because = forms.CharField(label=_("Why do they need to know?"), max_length=200)

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = members


class LiftForm(forms.Form):
    because = forms.CharField(
        label=_("How do you know that the protection has ended?"), max_length=200
    )
