"""The forms of talks. What was typed stays; a fault is one sentence at its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.followups.actions import NewEvaluation, NewNeed
from stegvis.journey.followups.models import FollowUp, NeedResult
from stegvis.journey.followups.words import (
    ABOUT,
    FAULTS,
    JOB_KINDS,
    JOB_RESULTS,
    NEEDS,
    NO_WORDS,
    PARTICIPANTS,
    PARTIES,
    PULSE,
    RESULTS,
    RIGHT,
    SOURCES,
    STATUSES,
    STEPS_OF_PULSE,
    WAYS,
)
from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.intake.models import OrderLine
from stegvis.journey.plans.facts import Stand
from stegvis.journey.plans.words import STATUSES as GOAL_STATUSES

NOT_SAID = ("", _("– choose –"))
TEXT = 8000


def write(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def own_words(*, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=_("What does the person say, in their own words?"),
        required=False,
        max_length=TEXT,
        widget=write(rows),
    )


class Dated(forms.Form):
    """A form that knows today's date."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, Past | Near):
                field.today = today

    def choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


class NoteForm(Dated):
    text = forms.CharField(
        label=_("Note"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
        help_text=_("Write so that the person can read it. They do."),
    )
    about = forms.ChoiceField(label=_("About"), required=False, choices=[NOT_SAID, *ABOUT.items()])
    on = Past(label=_("Day"))


class ContactForm(Dated):
    party = forms.ChoiceField(label=_("With whom?"))
    on = Past(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    accompanied = forms.BooleanField(label=_("I was there with the person"), required=False)
    unreached = forms.BooleanField(label=_("I got no answer"), required=False)
    outcome = forms.CharField(
        label=_("What came of it?"), required=False, max_length=TEXT, widget=write(3)
    )
    way = forms.ChoiceField(choices=WAYS.items(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("party", [(code, PARTIES[code]) for code in parties])


class Following(Dated):
    """What every kind of follow-up asks."""

    on = Past(label=_("Day"))
    own_words = own_words()
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=TEXT,
        widget=write(4),
        help_text=_("The person reads it on their own page."),
    )
    next_step = forms.CharField(
        label=_("What do we do next?"), required=False, max_length=300, widget=write(2)
    )
    next_when = forms.ChoiceField(label=_("Next meeting"), required=False)
    next_on = Near(label=_("Another day"), required=False)
    next_at = forms.TimeField(
        label=_("Time of day"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)

    def __init__(self, *args: Any, days: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("next_when", [*days, ("other", _("Another day")), ("", _("None yet"))])
        for name in PULSE:
            self.fields[name] = forms.ChoiceField(
                label=PULSE[name], required=False, choices=STEPS_OF_PULSE.items()
            )

    @override
    def clean(self) -> dict[str, Any]:
        """The day of the next meeting: one of those offered, or one written."""
        data = super().clean() or {}
        chosen = data.get("next_when", "")
        if chosen == "other":
            day = data.get("next_on")
            if day is None and "next_on" not in self.errors:
                self.add_error("next_on", _("Choose the day."))
            elif day is not None and day < data.get("on", self.today):
                self.add_error("next_on", _("That day has passed. Choose one that comes."))
        else:
            data["next_on"] = dt.date.fromisoformat(chosen) if chosen else None
        return data

    def pulse(self) -> dict[str, int | None]:
        said = {name: self.cleaned_data.get(name) for name in PULSE}
        return {name: int(value) if value else None for name, value in said.items()}


def _name(one: Stand) -> str:
    return f"goal-{one.goal.thread}"


class WeekForm(Following):
    """`goals`: those open in the plan, each answered with one touch or left as it was."""

    supervisor = forms.BooleanField(label=_("The work supervisor took part"), required=False)

    def __init__(self, *args: Any, goals: Sequence[Stand] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for one in goals:
            self.fields[_name(one)] = forms.ChoiceField(
                label=one.goal.text, required=False, choices=GOAL_STATUSES.items()
            )

    def goal_rows(self) -> list[tuple[Stand, Any]]:
        """For the page: a goal with its field."""
        return [(one, self[_name(one)]) for one in self.goals]

    def looked_at(self) -> list[tuple[Stand, str]]:
        """The goals that were answered, and how."""
        said = [(one, self.cleaned_data[_name(one)]) for one in self.goals]
        return [(one, status) for one, status in said if status]


class ReviewForm(Following):
    kind = forms.ChoiceField(
        label=_("What kind of talk?"),
        widget=forms.RadioSelect,
        choices=[
            (FollowUp.Kind.STEP_REVIEW, _("Step review")),
            (FollowUp.Kind.THREE_PARTY, _("Three-party talk")),
        ],
    )
    participants = forms.MultipleChoiceField(
        label=_("Who takes part?"),
        choices=PARTICIPANTS.items(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": FAULTS["nobody_there"]},
    )
    own_step = forms.ChoiceField(label=_("Where does the person place themselves?"), required=False)
    worker_step = forms.ChoiceField(label=_("Where do you place the person?"), required=False)
    result = forms.ChoiceField(
        label=_("What did you agree?"), required=False, choices=RESULTS.items()
    )
    own_words_missing = forms.ChoiceField(
        label=_("If there are no own words, why?"),
        required=False,
        choices=[NOT_SAID, *NO_WORDS.items()],
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("own_step", "worker_step"):
            self.choose(name, [*steps, ("", _("Not said"))])
        for name in ("own_words", "own_words_missing", "result"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # a result asks for them

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == FollowUp.Kind.STEP_REVIEW and not data.get("result"):
            self.add_error("result", str(FAULTS["result_missing"]))
        said = data.get("own_words") or data.get("own_words_missing")
        if data.get("result") and not said:
            self.add_error("own_words", str(FAULTS["own_words_missing"]))
        return data


class JobSearchForm(Dated):
    kind = forms.ChoiceField(label=_("What was done?"), choices=JOB_KINDS.items())
    employer = forms.CharField(label=_("Where?"), required=False, max_length=160)
    on = Past(label=_("Day"))
    result = forms.ChoiceField(label=_("How did it go?"), choices=JOB_RESULTS.items())


class ReadyForm(forms.Form):
    ready = forms.ChoiceField(
        label=_("Ready for work within reasonable time?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
    )
    grounds = forms.CharField(
        label=_("What do you build that on?"), max_length=2000, widget=write(2)
    )


class OutcomeForm(Dated):
    status = forms.ChoiceField(label=_("How is it now?"), choices=STATUSES.items())
    source = forms.ChoiceField(label=_("How do you know?"), choices=SOURCES.items())
    on = Past(label=_("Day"))


# Before somebody leaves: asked on the page of leaving


class NeedsForm(forms.Form):
    """What came of each line of the referral. Lacking is said, and a person may leave some open all
    the same, in writing (KN-05)."""

    otherwise = forms.CharField(
        label=_("If some are left open: why?"), required=False, max_length=2000, widget=write(2)
    )

    def __init__(self, *args: Any, lines: Sequence[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            result = forms.ChoiceField(
                label=_("What came of it?"), required=False, choices=[NOT_SAID, *NEEDS.items()]
            )
            why = forms.CharField(label=_("In a few words"), required=False, max_length=1000)
            result.asked = True  # type: ignore[attr-defined] # lacking is said
            self.fields |= {f"result-{line.pk}": result, f"why-{line.pk}": why}

    def rows(self) -> list[tuple[OrderLine, Any, Any]]:
        """For the page: a line of the order with its two fields."""
        return [(one, self[f"result-{one.pk}"], self[f"why-{one.pk}"]) for one in self.lines]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.lines:
            result, why = data.get(f"result-{line.pk}"), data.get(f"why-{line.pk}")
            if result == NeedResult.Result.NOT_WORKED_ON and not why:
                self.add_error(f"why-{line.pk}", str(FAULTS["reason_missing"]))
            if not result and not data.get("otherwise"):
                self.add_error(f"result-{line.pk}", str(FAULTS["need_unanswered"]))
        return data

    def answers(self) -> list[NewNeed]:
        data, open_ = self.cleaned_data, NeedResult.Result.LEFT_OPEN
        return [
            NewNeed(line.pk, result, data[f"why-{line.pk}"])
            if (result := data[f"result-{line.pk}"])
            else NewNeed(line.pk, open_, data["otherwise"])
            for line in self.lines
        ]


class EvaluationForm(forms.Form):
    """Were the measures the right ones? Asked of one side; no answer says why (AJ-49)."""

    right = forms.ChoiceField(required=False, choices=RIGHT.items(), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What helped, and what was lacking?"),
        required=False,
        max_length=4000,
        widget=write(2),
    )
    missing = forms.ChoiceField(
        label=_("If there is no answer, why?"),
        required=False,
        choices=[NOT_SAID, *NO_WORDS.items()],
    )

    def __init__(self, data: Any, *, of: str) -> None:
        super().__init__(data, prefix=of)
        self.of = of
        labels = {
            "participant": _("Does the person find that the measures were right?"),
            "case_worker": _("Do you find that the measures were right?"),
        }
        self.fields["right"].label = labels[of]
        for name in ("right", "missing"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # one of them always is

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("right") and not data.get("missing"):
            self.add_error("right", _("Write down the answer, or say why there is none."))
        return data

    def answer(self) -> NewEvaluation:
        data = self.cleaned_data
        return NewEvaluation(self.of, data["right"], data["words"], data["missing"])
