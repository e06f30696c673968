"""What is typed about an order."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.orders.words import SORTS


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


def _money() -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Price each"), min_value=0, max_digits=9, decimal_places=2, required=False
    )


class OrderForm(forms.Form):
    number = forms.CharField(label=_("Order number"), max_length=30)
    customer = forms.CharField(label=_("Customer"), max_length=120)
    sort = forms.ChoiceField(
        label=_("Which customer"), choices=tuple(SORTS.items()), widget=forms.RadioSelect
    )
    what = forms.CharField(label=_("What is to be done"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    amount = forms.CharField(label=_("Parts or pieces"), max_length=60, required=False)
    rule = forms.CharField(
        label=_("Rule"), max_length=60, required=False, help_text=_("Such as 2 m around.")
    )
    price = _money()
    first = _day(_("First day"))
    second = _day(_("Second day"), required=False)
    recurring = forms.BooleanField(label=_("Done again and again"), required=False)


class VisitForm(forms.Form):
    on = _day(_("Day"))
    part = forms.CharField(label=_("Which part"), max_length=120, required=False)


class ObjectForm(forms.Form):
    name = forms.CharField(label=_("Object"), max_length=60)
    east = forms.IntegerField(label=_("Metres east"), min_value=-100_000, max_value=100_000)
    north = forms.IntegerField(label=_("Metres north"), min_value=-100_000, max_value=100_000)


class PeriodForm(forms.Form):
    since = _day(_("From"))
    last = _day(_("Last day"))

    @override
    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("last") and said["last"] < said["since"]:
            self.add_error("last", _("The last day is before the first."))
        return said


class PurchaseForm(forms.Form):
    what = forms.CharField(label=_("What is needed"), max_length=120)
    amount = forms.CharField(label=_("How much"), max_length=40, required=False)
