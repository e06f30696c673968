"""A report's small forms: its days, a passage, what the person says, how it is sent."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Day
from stegvis.journey.reports.models import Dispatch

WRITE = forms.Textarea(attrs={"rows": 4})
MOST_DAYS = 400
WAYS = [
    (Dispatch.By.LINK, _("A link by e-mail, opened once with a code")),
    (Dispatch.By.PAPER, _("On paper, handed over or by post")),
]


class PeriodForm(forms.Form):
    """The first and the last day it tells of."""

    since = Day(label=_("From"))
    until = Day(label=_("Until and with"))

    def __init__(
        self, data: Any = None, *, on: dt.date, initial: dict[str, Any], prefix: str | None = None
    ) -> None:
        super().__init__(data, initial=initial, prefix=prefix)
        self.on = on

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until:
            if until < since:
                self.add_error("until", _("The last day lies before the first."))
            elif until > self.on:
                self.add_error("until", _("The day has not come yet."))
            elif (until - since).days > MOST_DAYS:
                self.add_error("since", _("At most a year in one report."))
        return data


class PassageForm(forms.Form):
    """`most` letters: the form is one page."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int = 2000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("The words"), max_length=most, required=False, widget=WRITE
        )


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("In the person’s own words"),
        max_length=2000,
        widget=WRITE,
        help_text=_("Word by word, as it was said. It goes with the report."),
    )


class SendForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How?"),
        choices=WAYS,
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("E-mail address of whoever gets it"),
        max_length=120,
        required=False,
        help_text=_("The mail says nothing about the person. Tell the code by telephone."),
    )

    def __init__(self, data: Any = None, *, shielded: bool, address: str) -> None:
        first = Dispatch.By.PAPER if shielded else Dispatch.By.LINK
        super().__init__(data, initial={"way": first, "address": address})
        if shielded:
            field = self.fields["way"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [WAYS[1]]
            del self.fields["address"]
        else:
            self.fields["address"].asked = True  # type: ignore[attr-defined] # for a link only

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == Dispatch.By.LINK and not self.errors and not data.get("address"):
            self.add_error("address", _("Write where the link is to be sent."))
        return data
