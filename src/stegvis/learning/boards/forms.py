"""The forms of the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stegvis.journey.workplaces.models import Symbol
from stegvis.learning.boards.models import Improvement
from stegvis.learning.boards.words import HEADINGS, KINDS, MEETINGS, PICTURES, STATES
from stegvis.platform.accounts.models import Member
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import current


def _colleagues() -> QuerySet[Member]:
    found: QuerySet[Member] = Member.members.working(current().on).order_by("name", "id")
    return found


def _colleague(label: Any) -> forms.ModelChoiceField[Member]:
    return forms.ModelChoiceField(
        Member.members.none(), label=label, required=False, empty_label=_("– nobody –")
    )


def _words(label: Any, most: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BoardForm(forms.Form):
    name = forms.CharField(label=_("What the board is called"), max_length=60)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=_("– choose –"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class Pictured(forms.Form):
    title = forms.CharField(label=_("In a few words"), max_length=60)
    words = forms.CharField(label=_("More"), max_length=120, required=False)
    picture = forms.ChoiceField(label=_("Picture"), choices=list(PICTURES.items()))
    symbol = forms.ChoiceField(label=_("A picture of our own"), required=False)

    def __init__(self, *args: Any, symbols: Sequence[Symbol], **kwargs: Any) -> None:
        """`symbols`: read once for the three forms of a page."""
        super().__init__(*args, **kwargs)
        self.own = {str(one.pk): one for one in symbols}
        choices = [("", _("– none –")), *((key, one.words) for key, one in self.own.items())]
        self.fields["symbol"].choices = choices  # type: ignore[attr-defined]
        for name in {"solver", "supervisor"} & set(self.fields):
            self.fields[name].queryset = _colleagues()  # type: ignore[attr-defined]

    def clean_symbol(self) -> Symbol | None:
        return self.own.get(self.cleaned_data["symbol"])


class DeviationForm(Pictured):
    solver = _colleague(_("Who solves it"))


class LineForm(Pictured):
    people = forms.IntegerField(
        label=_("How many people"), min_value=0, max_value=200, required=False
    )
    supervisor = _colleague(_("Supervisor"))


class IdeaForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=list(KINDS.items()))
    title = forms.CharField(label=_("In a few words"), max_length=60)
    words = _words(_("More"), 500, required=False)


class AnswerForm(forms.Form):
    answer = _words(_("Our answer"), 500)


class TurnForm(forms.Form):
    state = forms.ChoiceField(label=_("Where is it now?"), choices=list(STATES.items()))
    words = forms.CharField(label=_("What has been seen"), max_length=200, required=False)


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Meeting"), choices=list(MEETINGS.items()))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    came = forms.IntegerField(label=_("How many came"), min_value=0, max_value=500, required=False)
    minutes = _words(_("Minutes"), 4000, required=False)

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > current().on:
            raise forms.ValidationError(_("The day has not come yet."))
        return day


class ItemForm(forms.Form):
    words = _words(_("What was taken up"), 1000)
    heading = forms.ChoiceField(
        label=_("Where in the plan"),
        required=False,
        choices=[("", _("– choose –")), *HEADINGS.items()],
    )
    own_heading = forms.CharField(label=_("The plan's own heading"), max_length=80, required=False)
    improvement = forms.ModelChoiceField(
        Improvement.objects.none(),
        label=_("The idea or area it is about"),
        required=False,
        empty_label=_("– none –"),
        help_text=_("Whoever proposed it reads here what was said and decided."),
    )
    decision = forms.BooleanField(label=_("It is a decision"), required=False)
    doer = _colleague(_("Who does it"))
    due_on = forms.DateField(
        label=_("Done by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, improvements: QuerySet[Improvement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].queryset = _colleagues()  # type: ignore[attr-defined]
        about = self.fields["improvement"]
        about.queryset = improvements.order_by("kind", "title", "id")  # type: ignore[attr-defined]
        about.label_from_instance = _titled  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("decision"):
            data["doer"] = data["due_on"] = None
        return data


def _titled(row: Any) -> str:
    return f"{row.title} ({KINDS[row.kind]})"


class SeatForm(forms.Form):
    """A colleague into the user council."""

    member = _colleague(_("Colleague"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = _colleagues()  # type: ignore[attr-defined]
        self.fields["member"].required = True
