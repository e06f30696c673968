"""The forms of the road out. A fault is one sentence; what was typed stays."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.abilities.forms import Told
from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.placements.actions import NewLine
from stegvis.journey.placements.models import BEST, WORST, PlacementLine, Visit
from stegvis.journey.placements.words import ADJUSTMENTS, FAULTS, FITS, PAYS, PROFILE, SIDES, VISITS

WRITE = forms.Textarea(attrs={"rows": 3})
SHORT = forms.Textarea(attrs={"rows": 2})
LATER = 1100  # days a plan may lie ahead
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
FACES = [(str(n), str(n)) for n in range(WORST, BEST + 1)]
EMPTY = {"placeholder": " "}  # a line of hours nobody has written in may stand aside
LAW = ("group", "job_ready", "talked_on", "fte", "site_kind")
GROUPS = 13  # of § 6 of the Danish law


class ProfileForm(forms.Form):
    """Five headings, none of them of health."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in PROFILE.items():
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=1500, widget=WRITE
            )


class VisitForm(Told):
    where = forms.ChoiceField(label=_("Where?"))
    kind = forms.ChoiceField(
        label=_("What?"),
        widget=forms.RadioSelect,
        choices=[(code, words) for code, (words, _icon) in VISITS.items()],
        initial=Visit.Kind.TASTER,
    )
    on = Near(label=_("When?"), days=LATER)
    company = forms.ChoiceField(label=_("Who goes along?"), required=False)


class JudgeForm(Told):
    """How whoever went along sees the fit."""

    fit = forms.ChoiceField(
        label=_("How does it fit, as you see it?"),
        widget=forms.RadioSelect,
        choices=[(code, words) for code, (words, _kind, _icon) in FITS.items()],
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        widget=SHORT,
        help_text=_("Of the work and the place. Nothing of health."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OwnViewForm(Told):
    """The person's own view, written down for them."""

    rating = forms.TypedChoiceField(
        label=_("How was it, from 1 to 5, as the person says?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Not said")), *FACES],
    )
    words = forms.CharField(
        label=_("In the person's own words"), max_length=1000, required=False, widget=SHORT
    )


class AdjustForm(Told):
    function = forms.ChoiceField(label=_("Which requirement?"))
    kind = forms.ChoiceField(
        label=_("What is done about it?"),
        widget=forms.RadioSelect,
        choices=list(ADJUSTMENTS.items()),
    )
    words = forms.CharField(
        label=_("How?"), max_length=300, widget=SHORT, help_text=_("Nothing of health.")
    )


class ProposeForm(Told):
    why = forms.CharField(label=_("Why this one?"), max_length=300, required=False, widget=SHORT)
    despite = forms.CharField(
        label=_("Something the work must have is lacking: why all the same?"),
        max_length=300,
        required=False,
        widget=SHORT,
    )


class AnswerForm(Told):
    said = forms.ChoiceField(
        label=_("What is the answer?"), widget=forms.RadioSelect, choices=YES_NO
    )
    contact = forms.ChoiceField(label=_("Who at the company said it?"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(Told):
    """A company placement: at most fifteen presses and fields from the person's page (§ 1.9)."""

    where = forms.ChoiceField(label=_("Where?"))
    kind = forms.ChoiceField(label=_("Which kind of placement?"), widget=forms.RadioSelect)
    site_kind = forms.ChoiceField(label=_("Which kind of place?"))
    aim = forms.CharField(
        label=_("Which ordinary hours does it aim at?"),
        max_length=300,
        required=False,
        help_text=_("How many from the start, or whether and when."),
    )
    since = Near(label=_("First day"), days=LATER)
    ends = Near(label=_("Last day"), required=False, days=LATER)
    contact = forms.ChoiceField(label=_("Fixed contact person"), required=False)
    guide = forms.CharField(label=_("Who guides day by day?"), max_length=120, required=False)
    group = forms.TypedChoiceField(
        label=_("Target group (§ 6)"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("– choose –")), *((n, str(n)) for n in range(1, GROUPS + 1))],
    )
    job_ready = forms.NullBooleanField(label=_("Ready for a job"), required=False)
    talked_on = Past(label=_("Talked over with the employees on"), required=False)
    fte = forms.DecimalField(
        label=_("Ordinary full-time employees there"),
        required=False, min_value=0, max_digits=7, decimal_places=1,
        help_text=_("The mean of the last four months, as the company says."),
    )  # fmt: skip

    def __init__(self, *args: Any, danish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pay, words in PAYS.items():
            self.fields[f"hours_{pay}"] = forms.DecimalField(
                label=_("%(pay)s: hours a week") % {"pay": words},
                required=False, min_value=0, max_value=40, max_digits=4, decimal_places=1,
                widget=forms.NumberInput(attrs=EMPTY),
            )  # fmt: skip
            self.fields[f"function_{pay}"] = forms.CharField(
                label=_("%(pay)s: in which function?") % {"pay": words},
                max_length=120, required=False, widget=forms.TextInput(attrs=EMPTY),
            )  # fmt: skip
            self.ask(f"hours_{pay}", f"function_{pay}")
        self.ask("aim")
        if not danish:
            for name in ("group", "job_ready", "talked_on", "fte"):
                del self.fields[name]

    def law_asked(self) -> bool:
        """Something there has to be looked at before it can be saved."""
        return any(name in self.errors for name in LAW) or bool(self.non_field_errors())

    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"hours_{pay}"], self[f"function_{pay}"]) for pay in PAYS]

    def lines(self) -> list[NewLine]:
        data = self.cleaned_data
        return [
            NewLine(pay, data[f"function_{pay}"], data[f"hours_{pay}"])
            for pay in PlacementLine.Pay.values
            if data.get(f"hours_{pay}")
        ]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for pay in PlacementLine.Pay.values:
            if data.get(f"hours_{pay}") and not data.get(f"function_{pay}"):
                self.add_error(f"function_{pay}", str(FAULTS["no_hours"]))
        return data


class TurnForm(Told):
    """It began, goes on longer, or ends."""

    day = Near(label=_("Day"), days=LATER)
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, required=False, widget=SHORT)
    paragraph = forms.CharField(label=_("Paragraph"), max_length=80, required=False)
    assessed = forms.BooleanField(label=_("This case has been looked at"), required=False)
    special = forms.BooleanField(label=_("There is a very special need"), required=False)
    talked_on = Past(label=_("Talked over with the employees on"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, only: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*only, "seen"}:
            del self.fields[name]
        self.ask(*({"grounds", "paragraph"} & {*self.fields}))


class ContactForm(Told):
    contact = forms.ChoiceField(label=_("Fixed contact person"), required=False)
    guide = forms.CharField(label=_("Who guides day by day?"), max_length=120, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DropOutForm(Told):
    on = Past(label=_("Which day was it broken off?"))
    reason = forms.ChoiceField(label=_("Why?"))
    side = forms.ChoiceField(
        label=_("By whom?"), widget=forms.RadioSelect, choices=list(SIDES.items())
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=2000,
        required=False,
        widget=WRITE,
        help_text=_("Read by those alone who read notes of talks."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ExceptionForm(Told):
    code = forms.ChoiceField(label=_("Which target group?"), widget=forms.RadioSelect)
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, widget=WRITE)


class MeasuresForm(Told):
    measures = forms.CharField(label=_("What is done first?"), max_length=300, widget=SHORT)
    hours_week = forms.DecimalField(
        label=_("Hours a week from the start"),
        required=False, min_value=0, max_value=40, max_digits=4, decimal_places=1,
    )  # fmt: skip
    earliest = Near(label=_("How early could a placement begin?"), days=LATER)
    condition = forms.CharField(
        label=_("What it takes, of body and mind"),
        max_length=1000,
        required=False,
        widget=SHORT,
        help_text=_("Health: read by those alone who may."),
    )


class TrialForm(Told):
    name = forms.CharField(label=_("What it is called"), max_length=120)
    early_days = forms.IntegerField(
        label=_("Early is within how many days of the enrolment?"), min_value=1, max_value=1000
    )
    step = forms.IntegerField(
        label=_("Which step is it to lead to? Its number."), min_value=1, max_value=20
    )
    since = Near(label=_("Enrolled from"), days=LATER)
    until = Near(label=_("Enrolled before"), days=LATER)


class ReminderForm(forms.Form):
    code = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=2000)
