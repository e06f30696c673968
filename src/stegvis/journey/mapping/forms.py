"""The forms of the mapping, each as small as what it writes."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.driving import CLASSES
from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.mapping.actions import CardText, CredentialText, EntryText, NewAssessment
from stegvis.journey.mapping.actions.closing import ANSWERS
from stegvis.journey.mapping.models import Credential, FundStatus, LifeEntry, MethodCard, Paper
from stegvis.journey.mapping.words import ANSWERS as QUESTIONS
from stegvis.journey.mapping.words import (
    CREDENTIALS,
    EXISTS,
    FAULTS,
    LANGUAGE_NEEDS,
    LICENCES,
    MEMBER,
    OWNERS,
    PAPER_SOURCES,
    PAPER_STATES,
    SECTIONS,
    SOURCES,
    STATES,
    TRAINING_OR_READY,
)

type Choices = list[tuple[str, Any]]
LINE, LONG = 300, 4000


def _write(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Dated(forms.Form):
    """A form that knows the day, and takes its choices by the fields' names."""

    def __init__(
        self, *args: Any, on: dt.date, options: dict[str, Choices] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Past | Near):
                field.today = on
            if options and name in options and isinstance(field, forms.ChoiceField):
                field.choices = options[name]


class SeenForm(Dated):
    """Beside the fields, the version the hand has before it: a newer one is not written over."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def meanwhile(self, version: int) -> None:
        """A colleague was faster. What was typed stays; saving again writes it over theirs."""
        self.data = {**self.data, self.add_prefix("version"): str(version)}
        self.add_error(None, _("A colleague has changed this meanwhile: look, and save again."))


class EntryForm(SeenForm):
    area = forms.ChoiceField(label=_("Area of life"))
    text = forms.CharField(label=_("In a few words"), max_length=LINE)
    more = forms.CharField(
        label=_("More about it"), max_length=LONG, required=False, widget=_write()
    )
    own_words = forms.CharField(
        label=_("What the person said, word for word"),
        max_length=LONG,
        required=False,
        widget=_write(2),
        help_text=_("Kept as it was said. Only the person can change it."),
    )
    source = forms.ChoiceField(label=_("Said by"), choices=list(SOURCES.items()))
    on = Past(label=_("Said on"))
    worry = forms.BooleanField(label=_("The person worries about it"), required=False)
    derived = forms.BooleanField(label=_("It follows from something else"), required=False)
    helper = forms.CharField(label=_("Who helps?"), max_length=120, required=False)
    state = forms.ChoiceField(label=_("How it stands"), choices=list(STATES.items()))

    def __init__(self, *args: Any, sort: str, row: LifeEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sort == LifeEntry.Sort.RESOURCE:
            for name in ("worry", "derived", "helper", "state"):
                del self.fields[name]
        if row:
            del self.fields["own_words"]

    def entry(self) -> EntryText:
        data = self.cleaned_data
        return EntryText(
            area=data["area"],
            text=data["text"].strip(),
            on=data["on"],
            more=data["more"],
            source=data["source"],
            derived=data.get("derived", False),
            worry=data.get("worry", False),
            helper=data.get("helper", "").strip(),
            state=data.get("state") or LifeEntry.State.OPEN,
        )


class WordsForm(SeenForm):
    text = forms.CharField(label=_("In the person's own words"), max_length=LONG, widget=_write(4))


class CloseForm(Dated):
    """The four answers. What is left open is named, and a person may close all the same."""

    which_step = forms.ChoiceField(label=QUESTIONS["which_step"], required=False)
    which_measures = forms.MultipleChoiceField(
        label=QUESTIONS["which_measures"], required=False, widget=forms.CheckboxSelectMultiple
    )
    measures_words = forms.CharField(
        label=_("The measures in words"), max_length=LONG, required=False, widget=_write(2)
    )
    training_or_ready = forms.ChoiceField(
        label=QUESTIONS["training_or_ready"],
        choices=list(TRAINING_OR_READY.items()),
        required=False,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=QUESTIONS["summary"],
        max_length=LONG,
        required=False,
        widget=_write(5),
        help_text=_("Resources first. This is not an assessment of work ability."),
    )
    rests_on = forms.MultipleChoiceField(
        label=_("What does it rest on?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    on = Past(label=_("Closed on"))
    despite = forms.CharField(
        label=_("Closed without an answer, because"),
        max_length=LONG,
        required=False,
        widget=_write(2),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*ANSWERS, "despite", "rests_on"):
            self.fields[name].asked = True  # type: ignore[attr-defined] # says so itself

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("despite") or "").strip():
            for name in self.assessment(data, dt.date.min).unanswered:
                if name not in self.errors:
                    self.add_error(name, str(FAULTS[f"{name}_missing"]))
        return data

    def assessment(self, data: dict[str, Any], on: dt.date) -> NewAssessment:
        return NewAssessment(
            on=data.get("on") or on,
            which_step=data.get("which_step") or "",
            which_measures=tuple(data.get("which_measures") or ()),
            measures_words=data.get("measures_words") or "",
            training_or_ready=data.get("training_or_ready") or "",
            summary=data.get("summary") or "",
            despite=data.get("despite") or "",
        )


class TalkForm(Dated):
    """To find a direction. It may be left empty when the person knows already."""

    work = forms.CharField(
        label=_("What have you worked with?"), max_length=LONG, required=False, widget=_write(2)
    )
    education = forms.CharField(
        label=_("What have you learnt, at school or elsewhere?"),
        max_length=LONG,
        required=False,
        widget=_write(2),
    )
    leisure = forms.CharField(
        label=_("What do you like to do when you are free?"),
        max_length=LONG,
        required=False,
        widget=_write(2),
    )
    done = forms.MultipleChoiceField(
        label=_("What do you do at home?"), required=False, widget=forms.CheckboxSelectMultiple
    )


class GoalForm(Dated):
    area = forms.ChoiceField(
        label=_("Proposed areas: the person picks"), required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("The goal is said as"))
    text = forms.CharField(
        label=_("The goal, in the person's words"), max_length=LINE, required=False
    )
    strength = forms.ChoiceField(label=_("How sure is it?"))
    why = forms.CharField(label=_("Why?"), max_length=LONG, required=False, widget=_write(2))
    on = Past(label=_("Said on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "area"):  # one of them is needed
            self.fields[name].asked = True  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said, picked = (data.get("text") or "").strip(), data.get("area")
        if not said and not picked:
            self.add_error("text", _("Write the goal, or pick one of the proposed areas."))
        elif not said:
            data["kind"] = "area"  # whatever the list beside it stands on
        return data


class PaperForm(Dated):
    """A CV or a letter, section by section."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=_("How does it stand?"), choices=list(PAPER_STATES.items()), widget=forms.RadioSelect
    )
    source = forms.ChoiceField(
        label=_("Where is it kept?"), choices=list(PAPER_SOURCES.items()), required=False
    )
    reason = forms.CharField(
        label=_("Why is it not made?"), max_length=LONG, required=False, widget=_write(2)
    )
    on = Past(label=_("Made on"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(SECTIONS[Paper.Kind(kind)])
        for code, label in SECTIONS[Paper.Kind(kind)].items():
            self.fields[f"s_{code}"] = forms.CharField(
                label=label, max_length=LONG, required=False, widget=_write()
            )
            self.fields[f"s_{code}"].asked = True  # type: ignore[attr-defined] # one of them is

    @property
    def parts(self) -> list[forms.BoundField]:
        return [self[f"s_{code}"] for code in self.codes]

    def sections(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"s_{code}"] for code in self.codes}

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        state = data.get("state")
        if state == Paper.State.NOT_MADE and not (data.get("reason") or "").strip():
            self.add_error("reason", str(FAULTS["reason_missing"]))
        written = any((data.get(f"s_{code}") or "").strip() for code in self.codes)
        if state == Paper.State.MADE and not written:
            self.add_error(f"s_{self.codes[0]}", _("Write at least one part."))
        return data


class CredentialForm(SeenForm):
    kind = forms.ChoiceField(label=_("What kind?"), choices=list(CREDENTIALS.items()))
    what = forms.CharField(label=_("Which one, from where?"), max_length=LINE)
    exists = forms.ChoiceField(
        label=_("Is it there?"), choices=list(EXISTS.items()), widget=forms.RadioSelect
    )
    owner = forms.ChoiceField(
        label=_("If not: who gets it?"), choices=[("", "–"), *OWNERS.items()], required=False
    )
    due = Near(label=_("By when?"), days=2 * 366, required=False)
    consent_on = Past(
        label=_("A reference: the person agreed that we ask, on"), required=False, years=5
    )
    contact = forms.CharField(
        label=_("A reference: how we reach them"), max_length=LINE, required=False
    )
    classes = forms.MultipleChoiceField(
        label=_("A driving licence: which classes?"),
        required=False,
        choices=[(one, one) for one in CLASSES],
        widget=forms.CheckboxSelectMultiple,
    )
    valid_to = forms.DateField(
        label=_("A driving licence: the last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("exists") == Credential.Exists.NO and not (
            data.get("owner") and data.get("due")
        ):
            self.add_error("owner", str(FAULTS["owner_missing"]))
        agreed = data.get("kind") == "reference" and data.get("consent_on")
        if (data.get("contact") or "").strip() and not agreed:
            self.add_error("contact", str(FAULTS["consent_missing"]))
        is_there = data.get("kind") == "licence" and data.get("exists") == Credential.Exists.YES
        if is_there and not (data.get("classes") and data.get("valid_to")):
            self.add_error("classes", str(FAULTS["licence_not_seen"]))
        return data

    def credential(self) -> CredentialText:
        data = self.cleaned_data
        missing = data["exists"] == Credential.Exists.NO
        return CredentialText(
            kind=data["kind"],
            what=data["what"].strip(),
            exists=data["exists"],
            owner=data["owner"] if missing else "",
            due=data["due"] if missing else None,
            contact=data["contact"].strip(),
            consent_on=data["consent_on"],
            classes=tuple(data["classes"]) if data["kind"] == "licence" else (),
            valid_to=data["valid_to"] if data["kind"] == "licence" else None,
        )


class ToldForm(Dated):
    cards = forms.MultipleChoiceField(
        label=_("Cards you showed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    on = Past(label=_("Told on"))


class LanguageForm(Dated):
    need = forms.ChoiceField(label=_("Is there a need?"), choices=list(LANGUAGE_NEEDS.items()))
    how = forms.CharField(
        label=_("It can be trained by"), max_length=LONG, required=False, widget=_write(2)
    )
    on = Past(label=_("Judged on"))


class FundForm(SeenForm):
    told_on = Past(label=_("Told on"), required=False, years=10)
    applied_on = Past(label=_("Helped to apply on"), required=False, years=10)
    member = forms.ChoiceField(label=_("Member?"), choices=list(MEMBER.items()))

    def now(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("told_on", "applied_on", "member")}

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told, applied = data.get("told_on"), data.get("applied_on")
        if told and applied and applied < told:
            self.add_error("applied_on", str(FAULTS["applied_before_told"]))
        return data

    @staticmethod
    def shown(row: FundStatus | None) -> dict[str, Any]:
        if row is None:
            return {"version": 0}
        names = ("told_on", "applied_on", "member", "version")
        return {name: getattr(row, name) for name in names}


class GuidanceForm(Dated):
    about = forms.CharField(label=_("What was it about?"), max_length=LINE)
    on = Past(label=_("Held on"))


class CardForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONG,
        widget=_write(8),
        help_text=_("In words of your own. What somebody else has written needs a licence."),
    )
    tags = forms.CharField(
        label=_("Words to find it by, with commas between"), max_length=LINE, required=False
    )
    licence = forms.ChoiceField(label=_("Whose content is it?"), choices=list(LICENCES.items()))
    licence_words = forms.CharField(label=_("Which licence?"), max_length=LINE, required=False)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        licensed = data.get("licence") == MethodCard.Licence.LICENSED
        if licensed and not (data.get("licence_words") or "").strip():
            self.add_error("licence_words", str(FAULTS["licence_unnamed"]))
        tags = [word.strip() for word in (data.get("tags") or "").split(",") if word.strip()]
        if any(len(word) > 40 for word in tags):  # noqa: PLR2004 -- the column's length
            self.add_error("tags", _("A word may have 40 letters at most."))
        data["tag_list"] = tuple(dict.fromkeys(tags))
        return data

    def card(self) -> CardText:
        data = self.cleaned_data
        licensed = data["licence"] == MethodCard.Licence.LICENSED
        return CardText(
            title=data["title"].strip(),
            text=data["text"],
            tags=data["tag_list"],
            licence=data["licence"],
            licence_words=data["licence_words"].strip() if licensed else "",
        )
