"""The forms of companies: what is left empty is not known, never zero."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.distances import postal_code
from stegvis.journey.employers.models import CODE, LINE, NAME, AmbassadorModule
from stegvis.journey.employers.words import (
    ACCESS,
    ASKED,
    ASPECTS,
    SCALE,
    SECTORS,
    SOURCES,
    STATES,
    TALKS,
)
from stegvis.journey.workplaces.forms import Said
from stegvis.journey.workplaces.models import Function
from stegvis.journey.workplaces.words import LEVELS

LONG = 4000
LIST = 100_000
MOST_HOURS = 40
MOST_HEADS = 99_999
DAY = dt.timedelta(days=1)
NUMBER = {"SE": _("Organisation number"), "DK": _("CVR number")}
MUST = "must"


def _line(label: Any, most: int = LINE, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def _day(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, input_formats=["%Y-%m-%d"], **more
    )


def _text(label: Any, *, most: int = LONG, required: bool = False, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4 if most == LONG else 12})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, **more)


def _figure(label: Any, least: int = 0, *, required: bool = False, **more: Any) -> Any:
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=MOST_HEADS, **more
    )


class Dated(Said):
    """Whoever writes says the last day; the row holds the first day after it."""

    theirs: tuple[tuple[Any, Any], ...] = ()
    """What a colleague wrote meanwhile, by field, where it differs from what was typed."""

    def __init__(self, *args: Any, initial: Mapping[str, Any] | None = None, **kw: Any) -> None:
        shown = dict(initial or {})
        if shown.get("until"):
            shown["until"] -= DAY
        super().__init__(*args, initial=shown, **kw)

    @override
    def said(self) -> dict[str, Any]:
        data = {name: value for name, value in super().said().items() if name in self.base_fields}
        if data.get("until"):
            data["until"] += DAY
        return data

    def beside(self, row: Any) -> None:
        """Both versions: theirs is shown, what was typed stays in the fields."""
        self.meanwhile(row.version)
        found = []
        for name, typed in self.said().items():
            there = getattr(row, name)
            if str(there or "") == str(typed or ""):
                continue
            field: Any = self.fields[name]
            shown = there - DAY if name == "until" and there else there
            words = {str(code): words for code, words in getattr(field, "choices", ())}
            found.append((field.label, words.get(str(shown), shown) or "–"))
        self.theirs = tuple(found)


class CompanyForm(Dated):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    number = _line(_("Organisation number"), 20)
    sector = forms.ChoiceField(label=_("Sector"), choices=list(SECTORS.items()))
    until = _day(_("Last day with us"))

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = NUMBER[country]


class SiteForm(Dated):
    name = forms.CharField(label=_("Name of the site"), max_length=NAME)
    number = _line(_("P-number"), 20)
    address = _line(_("Address"))
    entrance_id = forms.ChoiceField(
        label=_("Their entrance to us"),
        required=False,
        help_text=_("One colleague through whom the site reaches the municipality."),
    )
    physical = forms.ChoiceField(label=ASPECTS["physical"], choices=list(ACCESS.items()))
    communicative = forms.ChoiceField(label=ASPECTS["communicative"], choices=list(ACCESS.items()))
    informative = forms.ChoiceField(label=ASPECTS["informative"], choices=list(ACCESS.items()))
    reception = forms.ChoiceField(label=ASPECTS["reception"], choices=list(ACCESS.items()))
    until = _day(_("Last day with us"))

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if country != "DK":
            del self.fields["number"]

    @override
    def said(self) -> dict[str, Any]:
        data = super().said()
        chosen = data["entrance_id"]
        return data | {"entrance_id": uuid.UUID(chosen) if chosen else None}


class ContactForm(Dated):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    title = _line(_("Title"), 80)
    phone = _line(_("Telephone"), 30)
    email = forms.EmailField(label=_("E-mail"), required=False)
    since = _day(_("First day"))
    until = _day(_("Last day there"))


def _hours(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=MOST_HOURS, decimal_places=1
    )


class OpeningForm(Dated):
    name = forms.CharField(label=_("What work is it?"), max_length=NAME)
    area = _line(_("Kind of work"), 40, help_text=_("As you would look for it: kitchen, store."))
    tasks = _line(_("Tasks"), LONG, widget=forms.Textarea(attrs={"rows": 4}))
    can_grow_into = _line(_("What it can grow into"))
    hours_from = _hours(_("Least hours a week"))
    hours_to = _hours(_("Most hours a week"))
    places = forms.IntegerField(
        label=_("Places at the same time"), required=False, min_value=1, max_value=99
    )
    state = forms.ChoiceField(label=_("State"), choices=list(STATES.items()))
    since = _day(_("Open from"))
    until = _day(_("Last day it is open"))

    def __init__(
        self,
        *args: Any,
        functions: Iterable[Function],
        asks: Mapping[str, tuple[int, bool]],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.functions = list(functions)
        trained = [(str(level), words) for level, words in LEVELS.items()]
        must = [(f"{level}{MUST}", words) for level, words in LEVELS.items()]
        for one in self.functions:
            level, hard = asks.get(one.code, (0, False))
            self.fields[f"asks_{one.code}"] = forms.ChoiceField(
                label=one.name,
                required=False,
                choices=[
                    ("", _("– not asked –")),
                    (_("Trained here"), trained),
                    (_("Must be known before"), must),
                ],
                initial=f"{level}{MUST if hard else ''}" if level else "",
            )

    def plain(self) -> list[Any]:
        return [self[name] for name in self.base_fields]

    def asked(self) -> list[Any]:
        return [self[f"asks_{one.code}"] for one in self.functions]

    def asks(self) -> dict[str, tuple[int, bool]]:
        chosen = {one.code: self.cleaned_data[f"asks_{one.code}"] for one in self.functions}
        return {
            code: (int(level.removesuffix(MUST)), level.endswith(MUST))
            for code, level in chosen.items()
            if level
        }


class ModuleForm(Dated):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    selected = forms.BooleanField(
        label=_("For the whole workforce of an example company"),
        required=False,
        help_text=_("Cannot be changed afterwards: end the module and write a new one."),
    )
    since = _day(_("Asked for from"), help_text=_("Empty: as long as there have been modules."))
    until = _day(_("Last day it is asked for"))


class EmployeeForm(Dated):
    name = forms.CharField(label=_("Name"), max_length=NAME)
    since = _day(_("First day"))
    until = _day(_("Last day there"))

    def __init__(
        self,
        *args: Any,
        modules: Iterable[AmbassadorModule],
        done: Mapping[uuid.UUID, dt.date | None],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.modules = list(modules)
        for one in self.modules:
            self.fields[f"done_{one.pk}"] = forms.BooleanField(
                label=one.name, required=False, initial=one.pk in done
            )
            self.fields[f"on_{one.pk}"] = _day(_("Gone through on"))
            self.initial[f"on_{one.pk}"] = done.get(one.pk)

    def plain(self) -> list[Any]:
        return [self[name] for name in self.base_fields]

    def ticks(self) -> list[tuple[Any, Any]]:
        return [(self[f"done_{one.pk}"], self[f"on_{one.pk}"]) for one in self.modules]

    def done(self) -> dict[uuid.UUID, dt.date | None]:
        """A day without a tick is a tick: nobody writes the day of what was not."""
        data = self.cleaned_data
        return {
            one.pk: data[f"on_{one.pk}"]
            for one in self.modules
            if data[f"done_{one.pk}"] or data[f"on_{one.pk}"]
        }


class FreeForm(Dated):
    free = _figure(_("Places the company says are free"), help_text=_("Empty: nobody has said."))
    shared = forms.BooleanField(
        label=_("Show it to municipalities we have an agreement with"), required=False
    )


class ReviewForm(Dated):
    physical = forms.ChoiceField(label=ASPECTS["physical"], choices=list(ACCESS.items()))
    communicative = forms.ChoiceField(label=ASPECTS["communicative"], choices=list(ACCESS.items()))
    informative = forms.ChoiceField(label=ASPECTS["informative"], choices=list(ACCESS.items()))
    reception = forms.ChoiceField(label=ASPECTS["reception"], choices=list(ACCESS.items()))
    access_note = _line(_("Worth knowing before one comes"))
    plan = _text(
        _("Plan of preparedness"),
        help_text=_("What is done there when somebody needs it. No participant's name."),
    )
    preparedness = forms.ChoiceField(label=_("Is the plan ready?"), choices=list(ACCESS.items()))
    looked_by = _line(_("The expert who signs for it"), NAME)
    looked_from = _line(_("From which organisation"), NAME)
    looked_on = _day(_("Signed on"))


class TalkForm(Dated):
    kind = forms.ChoiceField(label=_("How"), choices=list(TALKS.items()))
    on = _day(_("Day"), required=True)
    contact_id = forms.ChoiceField(label=_("With whom"), required=False)
    asks = forms.BooleanField(label=_("We asked for places"), required=False)
    over = _line(
        _("Why once more, when it has been asked enough this month"),
        help_text=_("Only then. It stays in the log."),
    )
    note = _text(_("What was said"), help_text=_("About the company. Never about a participant."))


class PauseForm(Dated):
    since = _day(_("First day"), required=True)
    until = _day(_("Last day"), help_text=_("Empty: until further notice."))
    why = _line(_("Why"), help_text=_("Never about a person."))


class CountForm(Dated):
    on = _day(_("As it was on"), required=True)
    heads = _figure(_("How many work there"), 1)
    trained = _figure(_("Of them, trained in the parts meant for all"))
    fte = forms.DecimalField(
        label=_("Full-time positions, mean of the last four months"), required=False, min_value=0,
        max_digits=7, decimal_places=2,
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where from"), choices=list(SOURCES.items()))


class RuleForm(Dated):
    most = _figure(_("Times a month a site is asked for places, at most"), 1, required=True)
    silent_after = _figure(_("Working days without an answer until it is silent"), 1, required=True)


class PartnershipForm(Dated):
    company_does = _text(_("What the company does"), required=True)
    we_do = _text(_("What the municipality does"), required=True)
    together = _text(_("What we follow up together"))
    since = _day(_("From"), required=True)
    until = _day(_("Last day"), help_text=_("Empty: until further notice."))


class SignedForm(Dated):
    signed_by = forms.CharField(label=_("Signed for the company by"), max_length=NAME)
    signed_for_us = forms.CharField(label=_("Signed for us by"), max_length=NAME)
    signed_on = _day(_("Signed on paper on"), required=True)


class PactForm(Dated):
    peer = forms.ChoiceField(label=_("With which municipality"))
    since = _day(_("From"), required=True)
    until = _day(_("Last day"), help_text=_("Empty: until one of us ends it."))


class AskForm(Dated):
    wanted_from = _day(_("From which day"), required=True)


class AnswersForm(Dated):
    """Three questions with four answers each; no sum is made of them."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name, label in ASKED.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=list(SCALE.items()), widget=forms.RadioSelect
            )

    def answers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in ASKED}


class PostalForm(Dated):
    code = forms.CharField(label=_("Postal code"), max_length=CODE)
    name = forms.CharField(label=_("Name"), max_length=NAME)
    latitude = forms.DecimalField(
        label=_("Latitude of its middle"), min_value=-90, max_value=90, max_digits=8,
        decimal_places=5, help_text=_("In degrees, with a point: 59.33"),
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude of its middle"), min_value=-180, max_value=180, max_digits=8,
        decimal_places=5,
    )  # fmt: skip

    def __init__(self, *args: Any, country: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.country = country

    def clean_code(self) -> str:
        code = postal_code(self.cleaned_data["code"], self.country)
        if not code:
            raise forms.ValidationError(_("That is no postal code of the country."))
        return code


class ListForm(Dated):
    lines = _text(
        _("The list, one line each"), most=LIST, required=True,
        help_text=_("Company (name or number); site; name; module; day. The day may be missing."),
    )  # fmt: skip
