"""What is written down of the years before, one small form each.

Every note's form gives the row's values (`values`) and is filled from one (`of`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.rough import Rough, read_rough
from stegvis.journey.background import words
from stegvis.journey.background.models import Note, Spell
from stegvis.journey.intake.forms import Near, Past

LINES = forms.Textarea(attrs={"rows": 3})
_DAY = dt.timedelta(days=1)
_WORKING_LIFE = 50  # years back that a day may lie


class About(forms.CharField):
    """A day as roughly as somebody knows it. Gives a Rough, or None."""

    today = dt.date.max

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("A year, 2018-03, 2018-03-14 or spring 2018."))
        super().__init__(max_length=30, **options)

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            rough = read_rough(text, today=self.today)
        except ValueError as fault:
            raise forms.ValidationError(_("There is no such day.")) from fault
        if rough is None:
            raise forms.ValidationError(_("Write a year, a month, a day or a half-year."))
        if rough.since.year < self.today.year - _WORKING_LIFE:
            raise forms.ValidationError(_("The day lies too far back. Is the year right?"))
        return rough


class NoteForm(forms.Form):
    """`of_contacts`: the fields that choose among contacts."""

    of_contacts: tuple[str, ...] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: dt.date, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        for field in self.fields.values():
            if isinstance(field, Past | Near | About):
                field.today = on
        agency = self.fields.get("agency")
        if isinstance(agency, forms.ChoiceField):
            codes = words.BY_COUNTRY[country]
            agency.choices = [(code, words.AGENCIES[code]) for code in codes]
        for name in self.of_contacts:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = words.contacts_of(country)

    def values(self) -> dict[str, Any]:
        return {name: said for name, said in self.cleaned_data.items() if name != "version"}

    @classmethod
    def of(cls, row: Note) -> dict[str, Any]:
        named = [name for name in cls.base_fields if hasattr(row, name)]
        return {name: getattr(row, name) for name in named}


class SpellForm(NoteForm):
    agency = forms.ChoiceField(label=_("Authority"))
    since = About(label=_("From"))
    until = About(
        label=_("Until, with the last day"), required=False, help_text=_("Empty: it goes on.")
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and since.since > self.today:
            self.add_error("since", _("The day has not come yet."))
        if since and until and until.last < since.since:
            self.add_error("until", _("It would end before it begins."))
        return data

    @override
    def values(self) -> dict[str, Any]:
        said = super().values()
        since: Rough = said.pop("since")
        until: Rough | None = said.pop("until")
        return {
            **said,
            "since": since.since,
            "since_precision": since.precision,
            "until": until.last + _DAY if until else None,
            "until_precision": until.precision if until else "day",
        }

    @override
    @classmethod
    def of(cls, row: Note) -> dict[str, Any]:
        said = super().of(row)
        if isinstance(row, Spell):
            last = row.until - _DAY if row.until else None
            said["since"] = words.typed(row.since, row.since_precision)
            said["until"] = words.typed(last, row.until_precision)
        return said


class PeriodForm(SpellForm):
    what = forms.CharField(label=_("Enrolled in what?"), max_length=120, required=False)
    field_order = ("agency", "what", "since", "until")


class InterventionForm(SpellForm):
    kind = forms.CharField(label=_("What was done?"), max_length=120)
    result = forms.ChoiceField(
        label=_("How did it go?"), choices=list(words.RESULTS.items()), required=False
    )
    learnt = forms.CharField(
        label=_("What was learnt of it?"),
        max_length=2000,
        required=False,
        widget=LINES,
        help_text=_("What worked and what did not. No diagnoses."),
    )
    source = forms.CharField(label=_("Who or what says so?"), max_length=120, required=False)
    only_money = forms.BooleanField(label=_("Only a benefit: nothing was tried"), required=False)
    field_order = ("agency", "kind", "since", "until", "learnt", "result", "source", "only_money")

    @override
    def values(self) -> dict[str, Any]:
        said = super().values()
        only_money = said.pop("only_money")
        return {**said, "helps": not only_money}

    @override
    @classmethod
    def of(cls, row: Note) -> dict[str, Any]:
        return {**super().of(row), "only_money": not getattr(row, "helps", True)}


class HandlerForm(NoteForm):
    agency = forms.ChoiceField(label=_("Authority"))
    name = forms.CharField(label=_("Name, if it is known"), max_length=80, required=False)
    since = About(label=_("Since when?"), required=False)
    left = forms.BooleanField(label=_("Another has taken over"), required=False)
    last_meeting = Past(label=_("Last meeting"), years=_WORKING_LIFE, required=False)
    foresight = forms.ChoiceField(
        label=_("Does the person know what happens next there?"),
        choices=list(words.FORESIGHT.items()),
        required=False,
    )

    @override
    def values(self) -> dict[str, Any]:
        said = super().values()
        since: Rough | None = said.pop("since")
        precision = since.precision if since else "day"
        return {**said, "since": since.since if since else None, "since_precision": precision}

    @override
    @classmethod
    def of(cls, row: Note) -> dict[str, Any]:
        precision = getattr(row, "since_precision", "day")
        return {**super().of(row), "since": words.typed(getattr(row, "since", None), precision)}


class ContactForm(NoteForm):
    of_contacts = ("kind",)
    kind = forms.ChoiceField(label=_("Who is it?"))
    name = forms.CharField(label=_("Name or place"), max_length=80)
    about = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        required=False,
        help_text=_("Letters, meetings, travel. No diagnoses."),
    )
    hours_month = forms.DecimalField(
        label=_("Hours a month"),
        min_value=0,
        max_value=744,
        max_digits=5,
        decimal_places=1,
        required=False,
        localize=True,
        help_text=_("With travel and letters. Empty: nobody knows."),
    )
    ended_on = Near(label=_("No longer from"), required=False)


class MeetingForm(NoteForm):
    of_contacts = ("parties",)
    on = Past(label=_("Day of the meeting"))
    parties = forms.MultipleChoiceField(
        label=_("Who took part?"),
        widget=forms.CheckboxSelectMultiple,
    )
    person_was_there = forms.BooleanField(label=_("The person was there"), required=False)
    picture = forms.CharField(
        label=_("The picture that all share"), max_length=3000, widget=forms.Textarea({"rows": 4})
    )
    differs = forms.CharField(
        label=_("Where somebody sees it otherwise"),
        max_length=2000,
        required=False,
        widget=LINES,
    )
    agreed = forms.CharField(
        label=_("Who does what, until when?"), max_length=3000, required=False, widget=LINES
    )


class SaidForm(NoteForm):
    said_by = forms.ChoiceField(label=_("In whose words?"), choices=list(words.SAID_BY.items()))

    @override
    def values(self) -> dict[str, Any]:
        return {**super().values(), "on": self.today}


class CritiqueForm(SaidForm):
    words = forms.CharField(label=_("What was wrong, or is?"), max_length=400, widget=LINES)
    instead = forms.CharField(
        label=_("How would it be if it were good?"), max_length=400, required=False, widget=LINES
    )
    field_order = ("words", "said_by", "instead")


class AssetForm(SaidForm):
    sort = forms.ChoiceField(label=_("What is it?"), choices=list(words.LISTS.items()))
    words = forms.CharField(label=_("In a few words"), max_length=300)
    field_order = ("sort", "words", "said_by")


class OutsideForm(NoteForm):
    role_now = forms.CharField(label=_("Occupational role now"), max_length=120, required=False)
    role_ahead = forms.CharField(label=_("Occupational role ahead"), max_length=120)
    demand = forms.ChoiceField(
        label=_("Is it asked for?"), choices=list(words.DEMAND.items()), required=False
    )
    lacking = forms.CharField(
        label=_("What has to be learnt for it?"), max_length=2000, required=False, widget=LINES
    )

    @override
    def values(self) -> dict[str, Any]:
        return {**super().values(), "on": self.today}


class WithoutForm(forms.Form):
    """A plan before the inventory (JI-05)."""

    why = forms.CharField(
        label=_("Why is the plan made before the inventory?"), max_length=1000, widget=LINES
    )


class TestForm(NoteForm):
    """A test to be ordered. Its questions have no place here (N-15)."""

    kind = forms.ChoiceField(label=_("Which test?"), choices=list(words.TESTS.items()))
    why = forms.CharField(label=_("Why is it needed?"), max_length=400, widget=LINES)
    provider = forms.CharField(label=_("Who does it?"), max_length=120)
    ordered_on = Past(label=_("Ordered on"))
    consent = forms.ChoiceField(
        label=_("The person has agreed to this test"),
        choices=list(words.CONSENTS.items()),
        widget=forms.RadioSelect,
    )
    consent_on = Past(label=_("Agreed on"))
    own_consent = forms.BooleanField(
        label=_("Drug test: the person has agreed to it separately, in writing"), required=False
    )
    cost = forms.DecimalField(
        label=_("Cost"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=True,
    )


class ResultForm(forms.Form):
    """The provider's summary, and nothing else."""

    came_on = Past(label=_("Came on"))
    summary = forms.CharField(
        label=_("The provider's summary"),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In the provider's words. Neither questions nor answers of the test."),
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came_on"].today = on  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    role = forms.ChoiceField(label=_("Who is needed?"), choices=list(words.TEAM.items()))
    what = forms.CharField(
        label=_("For what?"),
        max_length=400,
        widget=LINES,
        help_text=_("What is to be tried or arranged at work. Nothing of health."),
    )


class TeamAnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[(code, words.ANSWERS[code]) for code in ("granted", "declined")],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Who comes and when, or why not"), max_length=400, required=False, widget=LINES
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") == "declined" and not data.get("answer", "").strip():
            self.add_error("answer", _("Write why it is declined."))
        return data


class KeepForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days that a drug test is kept, counted from the result"),
        min_value=1,
        max_value=365,
    )
