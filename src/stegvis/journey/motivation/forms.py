"""The small forms of a talk about a behaviour."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.traits import traits
from stegvis.journey.intake.forms import Past
from stegvis.journey.motivation.models import MOST
from stegvis.journey.motivation.words import AREAS, PROPOSERS, STAGES

WRITE = forms.Textarea(attrs={"rows": 3})
SCALE = forms.NumberInput(attrs={"min": 0, "max": MOST, "inputmode": "numeric"})


def write(label: Any, *, most: int = 2000, required: bool = True, hint: Any = "") -> Any:
    return forms.CharField(
        label=label, max_length=most, required=required, widget=WRITE, help_text=hint
    )


class Talk(forms.Form):
    """A form of the day's talk. It stands where it was typed, with its day."""

    on = Past(label=_("Day"))

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Past):
                field.today = day
        self.order_fields([name for name in self.fields if name != "on"])


class Act(forms.CharField):
    """Something one could film; a word about what somebody is like is asked back."""

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = traits(text or "")
        if found:
            raise forms.ValidationError(
                _("“%(word)s” says what somebody is like. Write what the person does, where, when.")
                % {"word": found[0].word}
            )
        return text


class BehaviourForm(Talk):
    behaviour = Act(label=_("What would the person do?"), max_length=120)
    context = forms.CharField(label=_("Where and when?"), max_length=160)
    frequency = forms.CharField(label=_("How often?"), max_length=80)
    problem = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        required=False,
        help_text=_("In a few words, as both would say it."),
    )
    proposed_by = forms.ChoiceField(
        label=_("Who brought it up?"), choices=list(PROPOSERS.items()), widget=forms.RadioSelect
    )
    on = Past(label=_("Agreed on"))


class StageForm(Talk):
    stage = forms.ChoiceField(label=_("Where in the change?"), choices=list(STAGES.items()))
    sign = write(
        _("The sign of it, word for word"),
        hint=_("What the person said or did that shows it, for this behaviour."),
    )


class RulerForm(Talk):
    importance = forms.IntegerField(
        label=_("How important is it?"), min_value=0, max_value=MOST, widget=SCALE
    )
    confidence = forms.IntegerField(
        label=_("How sure of managing it?"), min_value=0, max_value=MOST, widget=SCALE
    )


class CrossForm(Talk):
    now_good = write(_("As now: what is good about it?"), required=False)
    now_less = write(_("As now: what is less good?"), required=False)
    change_good = write(_("If it changes: what is good about that?"), required=False)
    change_less = write(_("If it changes: what is less good?"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Areas of life that were looked at"),
        choices=list(AREAS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fields = ("now_good", "now_less", "change_good", "change_less")
        if not self.errors and not any(data.get(name, "").strip() for name in fields):
            self.add_error("now_good", _("Write in at least one of the four."))
        return data


class AnalysisForm(Talk):
    situation = write(_("Situation: what was around it?"))
    act = Act(
        label=_("Behaviour: what was done?"),
        max_length=2000,
        widget=WRITE,
        help_text=_("Something one could film."),
    )
    consequence = write(_("Consequence: what came of it, at once and later?"))
    reinforcer = forms.CharField(label=_("What keeps it going?"), max_length=120, required=False)


class RelapseForm(Talk):
    trigger = write(_("What set it off?"))
    learnt = write(_("What do we know now that we did not know?"))
    next_try = write(_("The next try"))


class CopingForm(Talk):
    situation = write(_("A hard situation"))
    instead = write(_("What to do instead"))


class AnswerForm(Talk):
    question = forms.CharField(max_length=200, widget=forms.HiddenInput)
    words = write(_("The answer, word for word"))
