"""The forms of mediation. What was typed stays; a fault is one sentence at its field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.mediation.words import ANSWERS

CHOOSE = ("", _("– choose –"))


class Dated(forms.Form):
    """A form that knows today's date. `options`: choices by the field's name."""

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        options: dict[str, list[tuple[str, Any]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Past | Near):
                field.today = today
            if options and name in options and isinstance(field, forms.ChoiceField):
                field.choices = options[name]


class OfferForm(Dated):
    on = Past(label=_("Offered on"))


class AnswerForm(Dated):
    answer = forms.ChoiceField(
        label=_("What did the person say?"), widget=forms.RadioSelect, choices=list(ANSWERS.items())
    )
    on = Past(label=_("Answered on"))


class AppointForm(Dated):
    member = forms.ChoiceField(label=_("Who?"))
    since = Near(label=_("From"))
    because = forms.CharField(
        label=_("Why is the mediator changed?"),
        max_length=200,
        required=False,
        help_text=_("Only when there has been another. The person reads it."),
    )
    over_because = forms.CharField(
        label=_("Why more people than agreed?"),
        max_length=300,
        required=False,
        help_text=_("Only when the number is passed, and only the unit manager."),
    )


class LeadForm(Dated):
    assignment = forms.ChoiceField(label=_("Who leads from day to day?"))


class TouchForm(Dated):
    """`went` is the button that was pressed; `way` is chosen before."""

    way = forms.ChoiceField(
        label=_("How was the contact?"),
        widget=forms.RadioSelect,
        choices=[
            ("phone", _("Phone")),
            ("meeting", _("Meeting")),
            ("message", _("Message")),
            ("video", _("Video")),
        ],
    )
    went = forms.ChoiceField(
        choices=[("well", ""), ("more", ""), ("none", "")], widget=forms.HiddenInput
    )
    acute = forms.BooleanField(label=_("It was acute"), required=False)
    on = Past(label=_("Day"))
    words = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ProfileForm(Dated):
    """`manages`: the manager keeps all of it, the mediator how they are reached."""

    profession = forms.ChoiceField(label=_("Profession"), required=False)
    has_authority = forms.BooleanField(label=_("Holds authority as well"), required=False)
    max_caseload = forms.IntegerField(
        label=_("How many people at most?"), required=False, min_value=1, max_value=200
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    hours = forms.CharField(
        label=_("When can you be reached?"),
        max_length=200,
        required=False,
        help_text=_("As the person reads it: weekdays 8 to 16."),
    )
    deputy = forms.ChoiceField(label=_("Who stands in?"), required=False)
    deputy_phone = forms.CharField(label=_("The deputy’s phone"), max_length=40, required=False)

    def __init__(self, *args: Any, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not manages:
            for name in ("profession", "has_authority", "max_caseload"):
                del self.fields[name]


class QualifyForm(Dated):
    code = forms.ChoiceField(label=_("What?"))
    evidence = forms.CharField(
        label=_("What shows it?"),
        max_length=300,
        help_text=_("A course, years of work, companies one knows."),
    )


TEXT = 2000


def write(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HindranceForm(Dated):
    text = forms.CharField(
        label=_("What stands in the way, as the person says it?"), max_length=300
    )
    sort = forms.ChoiceField(label=_("How does the person rate it?"), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("If it follows from another: what?"), required=False)
    action = forms.CharField(
        label=_("What do we do about it?"), required=False, max_length=TEXT, widget=write()
    )
    action_by = forms.CharField(label=_("Who does it?"), required=False, max_length=120)
    on = Past(label=_("Day"))


class SolveForm(Dated):
    result = forms.CharField(label=_("What came of it?"), max_length=TEXT, widget=write())
    on = Past(label=_("Solved on"))


class PartnerForm(Dated):
    counterpart = forms.ChoiceField(label=_("What kind?"))
    organisation = forms.CharField(
        label=_("Which office or organisation?"),
        max_length=120,
        help_text=_("As the person named it in the waiver."),
    )
    name = forms.CharField(label=_("Who there?"), max_length=120, required=False)
    reach = forms.CharField(label=_("Phone or mail"), max_length=120, required=False)
    since = Past(label=_("Since"))


class ExchangeForm(Dated):
    partners = forms.MultipleChoiceField(
        label=_("With whom?"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    joint = forms.BooleanField(label=_("A meeting together with the person"), required=False)
    words = forms.CharField(
        label=_("What came of it?"), required=False, max_length=TEXT, widget=write()
    )
    on = Past(label=_("Day"))


class AskForm(Dated):
    kind = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("The question"),
        max_length=TEXT,
        widget=write(3),
        help_text=_("About how work can be mastered. No diagnosis."),
    )
    on = Past(label=_("Asked on"))


class AdviceForm(Dated):
    answer = forms.CharField(
        label=_("The answer in a few words"),
        max_length=TEXT,
        widget=write(3),
        help_text=_("How work can be mastered. No diagnosis."),
    )
    answered_by = forms.CharField(label=_("Who answered?"), required=False, max_length=120)
    on = Past(label=_("Answered on"))


class SparringForm(Dated):
    kind = forms.ChoiceField(label=_("With whom?"), widget=forms.RadioSelect)
    theme = forms.CharField(
        label=_("About what?"), max_length=200, help_text=_("Name nobody here.")
    )
    cases = forms.MultipleChoiceField(
        label=_("Which cases?"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    result = forms.CharField(
        label=_("What came of it for them?"), required=False, max_length=TEXT, widget=write(3)
    )
    on = Past(label=_("Day"))


class GuideForm(Dated):
    """Beside the questions: what was said goes where the plan takes it from."""

    resource = forms.CharField(label=_("What carries"), required=False, max_length=300)
    goal = forms.CharField(label=_("Job goal"), required=False, max_length=300)
    goal_kind = forms.ChoiceField(label=_("What kind of goal?"), required=False)
    strength = forms.ChoiceField(label=_("How strong?"), required=False)
    barrier = forms.CharField(
        label=_("What stands in the way, as the person says it?"), required=False, max_length=300
    )
    derived = forms.BooleanField(label=_("It follows from another barrier"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=TEXT, widget=write(6))
    on = Past(label=_("Day"))
