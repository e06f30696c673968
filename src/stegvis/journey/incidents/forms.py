"""What is typed when something has gone wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.incidents.actions import MOST_PROMILLE, NewIncident, NewSafetyNote
from stegvis.journey.incidents.words import BY_HAND, FAULTS, MEASURES, OUTCOMES, RESULTS

WRITE = forms.Textarea(attrs={"rows": 3})


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class IncidentForm(forms.Form):
    """Who and what are touched; the rest can wait."""

    persons = forms.MultipleChoiceField(
        label=_("Who is it about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": FAULTS["nobody"]},
    )
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=forms.RadioSelect,
        error_messages={"required": FAULTS["kind_missing"]},
    )
    text = forms.CharField(
        label=_("What did you see?"),
        help_text=_("What happened, not what you think of somebody."),
        widget=WRITE,
        required=False,
        max_length=4000,
    )
    measures = forms.MultipleChoiceField(
        label=_("What was done"), widget=forms.CheckboxSelectMultiple, required=False,
        choices=[(code, MEASURES[code]) for code in BY_HAND],
    )  # fmt: skip
    place = forms.CharField(label=_("Where"), required=False, max_length=80)
    on = _day(_("Day"))
    at = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    due = _day(_("Look at it again"), required=False)

    def __init__(self, data: Any, *, people: Any, kinds: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["persons"].choices = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def new(self, submission: Any) -> NewIncident:
        said = self.cleaned_data
        return NewIncident(
            kind=said["kind"], on=said["on"], at=said["at"], place=said["place"],
            text=said["text"], measures=tuple(said["measures"]), due=said["due"],
            submission=submission,
        )  # fmt: skip


class FollowForm(forms.Form):
    own = forms.CharField(
        label=_("What is about this person alone"), widget=WRITE, required=False, max_length=4000
    )
    measures = forms.MultipleChoiceField(
        label=_("What was done"), widget=forms.CheckboxSelectMultiple, required=False,
        choices=[(code, MEASURES[code]) for code in BY_HAND],
    )  # fmt: skip
    due = _day(_("Look at it again"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect, choices=list(OUTCOMES.items())
    )
    closing = forms.CharField(
        label=_("In a sentence"), widget=WRITE, required=False, max_length=1000
    )


class TestForm(forms.Form):
    __test__ = False  # nothing for the test runner

    result = forms.ChoiceField(
        label=_("What did the test show?"), widget=forms.RadioSelect, choices=list(RESULTS.items())
    )
    value = forms.DecimalField(
        label=_("Measured value, per mille"),
        help_text=_("Not needed. Only you and the person see it, and it is deleted by rule."),
        required=False, min_value=0, max_value=MOST_PROMILLE, max_digits=3, decimal_places=2,
        localize=True, error_messages={"invalid": FAULTS["value"]},
    )  # fmt: skip

    def __init__(self, data: Any, *, measures: bool) -> None:
        super().__init__(data)
        if not measures:
            del self.fields["value"]


class FirstAidForm(forms.Form):
    todo = forms.CharField(
        label=_("What to do"),
        help_text=_("What helps and whom to call. Never what the person has."),
        widget=WRITE,
        max_length=300,
    )
    consent = forms.ChoiceField(
        label=_("The person has agreed"),
        widget=forms.RadioSelect,
        choices=[("written", _("In writing")), ("oral", _("Orally"))],
    )
    consent_on = _day(_("Agreed on"))

    def new(self, submission: Any) -> NewSafetyNote:
        said = self.cleaned_data
        return NewSafetyNote(said["todo"], said["consent"], said["consent_on"], submission)


class KindForm(forms.Form):
    name = forms.CharField(label=_("A kind of your own"), max_length=60)
