"""The forms of the work: a figure that is left empty is not known, never zero."""

from __future__ import annotations

import re
from typing import Any, override

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.driving import CLASSES
from stegvis.journey.workplaces.actions import NewAnalysis, NewRequirement, NewStep
from stegvis.journey.workplaces.models import LINE, NAME
from stegvis.journey.workplaces.words import (
    CONTEXTS,
    FINANCING,
    KINDS,
    LEVELS,
    MANUAL,
    MONTHS,
    NEEDS,
    PICTURES,
    SOURCES,
)

LONG = 4000
STEPS = 9  # of the longest road there is; only tells which number is a slip of the hand
ROOM = 5  # empty rows for more steps and requirements; saving gives as many again
WEEK = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
_HOURS = re.compile(r"(\d{1,2})[.:]?(\d{2})?\s*[-–]\s*(\d{1,2})[.:]?(\d{2})?")
NONE = ("", _("– none –"))


def _write(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class Lines(forms.CharField):
    """One thing a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONG, widget=_write(4), **options)

    @override
    def clean(self, value: Any) -> Any:
        found = lines(super().clean(value))
        if any(len(line) > LINE for line in found):
            raise forms.ValidationError(_("A line may have 300 letters at most."))
        return list(found)

    @override
    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class Hours(forms.CharField):
    """Opening hours of one day: "7–16" or "7.00–15.30"; a pair of times, or None for closed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=20, **options)

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = _HOURS.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Write it like 7:00–16:00."))
        opens, closes = (f"{int(found[n]):02}:{int(found[n + 1] or 0):02}" for n in (1, 3))
        if not opens < closes <= "24:00" or opens[3:] > "59" or closes[3:] > "59":
            raise forms.ValidationError(_("It must close after it opens."))
        return [opens, closes]

    @override
    def prepare_value(self, value: Any) -> Any:
        return "–".join(value) if isinstance(value, list) else value


class Said(forms.Form):
    """A form whose fields are columns; beside them the version the hand has before it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, options: dict[str, list[tuple[str, Any]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (options or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def meanwhile(self, version: int) -> None:
        """A colleague was faster. What was typed stays; saving again writes it over theirs."""
        self.data = {**self.data, self.add_prefix("version"): str(version)}
        self.add_error(None, _("A colleague has changed this meanwhile: look, and save again."))

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WorkplaceForm(Said):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    unit_id = forms.ChoiceField(label=_("Unit"))
    kind_id = forms.ChoiceField(label=_("Kind"), required=False)
    new_kind = forms.CharField(
        label=_("Another kind"),
        max_length=NAME,
        required=False,
        help_text=_("It is then in the list for everybody in the municipality."),
    )
    offer = forms.CharField(
        label=_("What is offered here?"), max_length=LONG, required=False, widget=_write()
    )
    target_group = forms.CharField(label=_("For whom?"), max_length=LINE, required=False)
    financing = forms.ChoiceField(label=_("Who pays?"), choices=list(FINANCING.items()))
    closed_on = _day(_("Closed for good from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, label in enumerate(WEEK):
            self.fields[f"day_{n}"] = Hours(label=label)

    @override
    def said(self) -> dict[str, Any]:
        data = super().said()
        hours = [data.pop(f"day_{n}") for n in range(len(WEEK))]
        data["hours"] = hours if any(hours) else []
        data["kind_id"] = data["kind_id"] or None
        return data


class AreaForm(Said):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    hours_week = forms.DecimalField(
        label=_("Hours a week"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        localize=True,
        help_text=_("Leave it empty if nobody knows: not known is not zero."),
    )
    places = forms.IntegerField(
        label=_("Places at the same time"),
        required=False,
        min_value=1,
        max_value=500,
        help_text=_("How many can work there at once."),
    )
    demands = forms.CharField(
        label=_("What the work asks"), max_length=LONG, required=False, widget=_write()
    )
    risks = forms.CharField(label=_("Risks"), max_length=LONG, required=False, widget=_write())
    manual = forms.ChoiceField(label=_("Is there a manual?"), choices=list(MANUAL.items()))
    pictogram = forms.ChoiceField(
        label=_("Picture"), required=False, choices=[NONE, *PICTURES.items()]
    )
    licence = forms.ChoiceField(
        label=_("Driving licence that is needed"),
        required=False,
        choices=[("", _("– none –")), *((one, one) for one in CLASSES)],
        help_text=_("Only those whose licence has been seen are given half days there."),
    )
    since = _day(_("In use from"))
    until = _day(_("No longer from"))

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("hours_week") == 0:
            self.add_error("hours_week", _("Leave it empty if nobody knows."))
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it begins."))
        return data


class TaskForm(Said):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    place = forms.ChoiceField(label=_("Where?"))
    group = forms.CharField(label=_("Group"), max_length=NAME, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    source = forms.ChoiceField(label=_("Where it comes from"), choices=list(SOURCES.items()))
    from_month = forms.TypedChoiceField(
        label=_("Season from"), required=False, coerce=int, empty_value=None,
        choices=[("", _("– all the year –")), *enumerate(MONTHS, 1)],
    )  # fmt: skip
    to_month = forms.TypedChoiceField(
        label=_("to and with"), required=False, coerce=int, empty_value=None,
        choices=[("", _("– all the year –")), *enumerate(MONTHS, 1)],
    )  # fmt: skip
    pictogram = forms.ChoiceField(
        label=_("Picture"), required=False, choices=[NONE, *PICTURES.items()]
    )
    symbol_id = forms.ChoiceField(label=_("A picture of our own"), required=False)
    like_a_job = forms.BooleanField(
        label=_("Like a regular job"),
        required=False,
        help_text=_("It gives a taste of what the labour market asks."),
    )
    min_step = forms.IntegerField(
        label=_("Not before step"), required=False, min_value=1, max_value=STEPS
    )
    until = _day(_("No longer from"))

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("from_month") is None) != (data.get("to_month") is None):
            self.add_error("to_month", _("A season has a beginning and an end."))
        return data

    @override
    def said(self) -> dict[str, Any]:
        """`place` is a workplace, or a workplace and an area with a colon between."""
        data = super().said()
        workplace, _colon, area = data.pop("place").partition(":")
        data["symbol_id"] = data["symbol_id"] or None
        return data | {"workplace_id": workplace, "area_id": area or None}


class SymbolForm(forms.Form):
    """A picture of the unit's own. It says what it shows: that is read where it is not seen."""

    file = forms.FileField(
        label=_("The picture"),
        help_text=_("PNG, WebP or SVG. It is drawn anew, so nothing else in the file is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.webp,.svg"}),
    )
    words = forms.CharField(
        label=_("What it shows, in words"),
        max_length=60,
        help_text=_("Read aloud, and read by those who do not see the picture. No person’s name."),
    )
    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class DescriptionForm(forms.Form):
    steps = Lines(label=_("How it is done, one step a line"))
    text = forms.CharField(
        label=_("What else to know"), max_length=LONG, required=False, widget=_write(5)
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class ServiceForm(Said):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    unit_id = forms.ChoiceField(label=_("Unit"))
    definition = forms.CharField(
        label=_("What it is"), max_length=LONG, required=False, widget=_write()
    )
    includes = forms.CharField(
        label=_("What is part of it"), max_length=LONG, required=False, widget=_write()
    )
    excludes = forms.CharField(
        label=_("What is not part of it"), max_length=LONG, required=False, widget=_write()
    )
    target_group = forms.CharField(label=_("For whom?"), max_length=LINE, required=False)
    needs = forms.ChoiceField(label=_("Who delivers it?"), choices=list(NEEDS.items()))
    partner = forms.CharField(label=_("Which partner?"), max_length=NAME, required=False)
    contributes = forms.CharField(
        label=_("What we can contribute"), max_length=LINE, required=False
    )
    assesses_work_ability = forms.BooleanField(
        label=_("It is an assessment of work ability"), required=False
    )
    until = _day(_("No longer from"))

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("needs") == "partner" and not data.get("partner"):
            self.add_error("partner", _("Say with whom."))
        return data


class StepForm(forms.Form):
    pictogram = forms.ChoiceField(
        label=_("Picture"), required=False, choices=[NONE, *PICTURES.items()]
    )
    text = forms.CharField(label=_("What is done"), max_length=LINE, required=False)


class RequirementForm(forms.Form):
    function = forms.ChoiceField(label=_("What is asked"), required=False)
    level = forms.TypedChoiceField(
        label=_("How far"), coerce=int, choices=list(LEVELS.items()), initial=2
    )
    hard = forms.ChoiceField(
        label=_("Must or train"),
        choices=[("train", _("Trained here")), ("must", _("Must be known before"))],
    )
    step = forms.IntegerField(
        label=_("In step"),
        required=False,
        min_value=1,
    )
    why = forms.CharField(label=_("Why"), max_length=LINE, required=False)

    def __init__(self, *args: Any, functions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["function"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [NONE, *functions]


StepRows: type[BaseFormSet[StepForm]] = formset_factory(StepForm, extra=ROOM, max_num=60)
RequirementRows: type[BaseFormSet[RequirementForm]] = formset_factory(
    RequirementForm, extra=ROOM, max_num=80
)


class AnalysisForm(forms.Form):
    context = forms.ChoiceField(label=_("Who is it done for?"), choices=list(CONTEXTS.items()))
    tools = Lines(label=_("Tools and material, one a line"))
    risks = forms.CharField(label=_("Risks"), max_length=LONG, required=False, widget=_write())
    occupations = Lines(
        label=_("Occupations that need it, one a line"),
        help_text=_("With a code of SSYK, DISCO or ESCO if you know it, like: SSYK 9412 Diner."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def analysis(
        self, steps: BaseFormSet[StepForm], asked: BaseFormSet[RequirementForm]
    ) -> NewAnalysis | None:
        """What was filled in; None, with the fault said, when a requirement does not fit."""
        data = self.cleaned_data
        rows = [one.cleaned_data for one in steps if one.cleaned_data.get("text")]
        wanted = [one for one in asked if one.cleaned_data.get("function")]
        if not self._fit(wanted, len(rows)):
            return None
        return NewAnalysis(
            steps=tuple(NewStep(row["text"], row["pictogram"]) for row in rows),
            requirements=tuple(
                NewRequirement(
                    function=one.cleaned_data["function"],
                    level=one.cleaned_data["level"],
                    hard=one.cleaned_data["hard"] == "must",
                    why=one.cleaned_data["why"],
                    step=one.cleaned_data["step"],
                )
                for one in wanted
            ),
            context=data["context"],
            occupations=tuple(data["occupations"]),
            tools=tuple(data["tools"]),
            risks=data["risks"],
            seen=data["seen"],
        )

    def _fit(self, wanted: list[RequirementForm], steps: int) -> bool:
        taken: set[tuple[str, int | None]] = set()
        for one in wanted:
            key = (one.cleaned_data["function"], one.cleaned_data["step"])
            if key[1] and key[1] > steps:
                one.add_error("step", _("There is no such step."))
            if key in taken:
                one.add_error("function", _("It is asked twice of the same step."))
            taken.add(key)
        return all(one.is_valid() for one in wanted)


class IdeaForm(TaskForm):
    """The task an idea becomes, or why not now."""

    answer = forms.CharField(
        label=_("Answer to whoever had the idea"), max_length=LINE, required=False
    )
