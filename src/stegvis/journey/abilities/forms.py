"""The forms of what is rated, seen and planned. A fault is one sentence; what was typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.programme.model import Document, Term
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.actions import Planned
from stegvis.journey.abilities.models import OWN
from stegvis.journey.abilities.words import FAULTS, NO_WORDS, SEEN, SUPPORT, starter
from stegvis.journey.intake.forms import Near, Past

WRITE = forms.Textarea(attrs={"rows": 3})
type Choices = list[tuple[str, Any]]


class Told(forms.Form):
    """A form that is told today's date, and the choices of its fields by name."""

    def __init__(
        self, *args: Any, on: dt.date, choices: dict[str, Choices] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        for name, field in self.fields.items():
            if isinstance(field, Past | Near):
                field.today = on
            if isinstance(field, forms.ChoiceField) and name in (choices or {}):
                field.choices = (choices or {})[name]

    def ask(self, *names: str) -> None:
        """These are not called optional: one of them is always filled in."""
        for name in names:
            self.fields[name].asked = True  # type: ignore[attr-defined]


class RatingForm(Told):
    item = forms.ChoiceField(label=_("What is rated?"))
    named = forms.CharField(
        label=_("If it is something else: what does the person call it?"),
        max_length=80,
        required=False,
    )
    value = forms.ChoiceField(
        label=_("On a scale from 0 to 10"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in range(11)],
    )
    level = forms.ChoiceField(
        label=_("Or in words"), required=False, widget=forms.RadioSelect, choices=[]
    )
    declined = forms.BooleanField(label=_("Would rather not say"), required=False)
    words = forms.CharField(
        label=_("In the person's own words"), max_length=2000, required=False, widget=WRITE
    )
    on = Past(label=_("Said on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "sv"
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101
        level.choices = [
            (str(n), pick(texts, lang))
            for n, texts in enumerate(starter()["scale"]["function"]["levels"])
        ]
        self.ask("value", "level")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("value", "level", "declined") if data.get(name)]
        if len(given) != 1 and not {"value", "level"} & self.errors.keys():
            self.add_error("value", str(FAULTS["outside_scale"]))
        if data.get("item") == OWN and not data.get("named"):
            self.add_error("named", str(FAULTS["item_not_named"]))
        return data

    def said(self) -> dict[str, Any]:
        """Scale and value as NewRating takes them."""
        data = self.cleaned_data
        if data["declined"]:
            return {"declined": True}
        if data["level"]:
            return {"scale": "function", "value": int(data["level"])}
        return {"scale": "ten", "value": int(data["value"])}


class ObserveForm(Told):
    """`seen` is the button that sends the form: the third touch."""

    ability = forms.ChoiceField(
        label=_("What did you see?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you saw.")},
    )
    seen = forms.ChoiceField(choices=list(SEEN.items()))
    situation = forms.CharField(label=_("Where, doing what?"), max_length=120, required=False)
    words = forms.CharField(
        label=_("What happened?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say what could be seen, not what the person is like."),
    )


class SupportForm(Told):
    what = forms.ChoiceField(choices=list(SUPPORT.items()))


class TrialForm(Told):
    what = forms.CharField(
        label=_("What is to be done?"),
        max_length=600,
        widget=WRITE,
        help_text=_("A task that shows it, in words of the work. No diagnosis."),
    )
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    tried_by = forms.ChoiceField(label=_("Who is there and sees?"))
    by_when = Near(label=_("By when?"), days=200)
    shown = forms.BooleanField(
        label=_("The person agrees that whoever is there reads what they rated"), required=False
    )


class TriedForm(Told):
    seen = forms.ChoiceField(
        label=_("How did it go?"), widget=forms.RadioSelect, choices=list(SEEN.items())
    )
    words = forms.CharField(
        label=_("What could be seen?"),
        max_length=1000,
        widget=WRITE,
        help_text=_("Facts: what, how long, how often. For instance: lifts 10 kilos, two hours."),
    )
    on = Past(label=_("Seen on"))


class SummaryForm(Told):
    works = forms.CharField(label=_("What works"), max_length=4000, widget=WRITE)
    not_now = forms.CharField(
        label=_("What does not work right now"), max_length=4000, widget=WRITE
    )
    own_words = forms.CharField(
        label=_("What does the person say, in their own words?"),
        max_length=4000,
        required=False,
        widget=WRITE,
    )
    own_words_missing = forms.ChoiceField(
        label=_("If there are no own words, why?"),
        required=False,
        choices=[("", _("– choose –")), *NO_WORDS.items()],
    )
    on = Past(label=_("Day of the summary"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask("own_words", "own_words_missing")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("own_words")) == bool(data.get("own_words_missing")):
            self.add_error("own_words", str(FAULTS["own_words_missing"]))
        return data


class AdaptationForm(Told):
    what = forms.CharField(
        label=_("What helps at work?"),
        max_length=200,
        help_text=_("For instance: short instructions, one at a time. No diagnosis is needed."),
    )
    why = forms.CharField(
        label=_("Why, in the person's own words?"), max_length=1000, required=False, widget=WRITE
    )
    agreed = forms.BooleanField(
        label=_("The person agrees that those they work with read this"),
        error_messages={"required": FAULTS["not_agreed"]},
    )


class OrderForm(Told):
    site = forms.ChoiceField(label=_("Which workshop?"))
    questions = forms.CharField(
        label=_("What do you want to know? One question a line."), max_length=3000, widget=WRITE
    )
    supervisor = forms.ChoiceField(label=_("Who at the workshop?"))
    since = Near(label=_("From"))
    due_on = Near(label=_("Until"))

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, due = data.get("since"), data.get("due_on")
        if since and due and due <= since:
            self.add_error("due_on", str(FAULTS["backwards"]))
        return data

    def clean_questions(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines()]
        return tuple(line[:300] for line in lines if line)


class PlaceForm(Told):
    purpose = forms.ChoiceField(label=_("What is the step for?"), required=False)
    site = forms.ChoiceField(label=_("Where?"))
    reason = forms.CharField(
        label=_("Why there? Needed where the programme calls the place rare."),
        max_length=1000,
        required=False,
        widget=WRITE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.fields["purpose"]
        if not getattr(purpose, "choices", None):
            del self.fields["purpose"]


class PlanningForm(forms.Form):
    """One question a field, each with "not relevant"; some also take the programme's own terms."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def __init__(
        self,
        *args: Any,
        document: Document,
        picks: dict[int, tuple[Term, ...]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "sv"
        self.asked = range(1, len(document.fields) + 1)
        for n, texts in zip(self.asked, document.fields, strict=True):
            answer = forms.CharField(
                label=pick(texts, lang), required=False, max_length=2000, widget=WRITE
            )
            answer.asked = True  # type: ignore[attr-defined]
            self.fields[f"answer_{n}"] = answer
            self.fields[f"not_relevant_{n}"] = forms.BooleanField(
                label=_("Not relevant"), required=False
            )
            if n in picks:
                self.fields[f"picked_{n}"] = forms.MultipleChoiceField(
                    label=_("Choose tasks"),
                    required=False,
                    choices=[(term.code, pick(term.texts, lang)) for term in picks[n]],
                    widget=forms.CheckboxSelectMultiple,
                )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n, one in zip(self.asked, self.planned(data), strict=True):
            if not one.is_given and f"answer_{n}" not in self.errors:
                self.add_error(f"answer_{n}", str(FAULTS["not_answered"]))
        return data

    def planned(self, data: dict[str, Any] | None = None) -> tuple[Planned, ...]:
        data = self.cleaned_data if data is None else data
        return tuple(
            Planned(
                data.get(f"answer_{n}") or "",
                bool(data.get(f"not_relevant_{n}")),
                tuple(data.get(f"picked_{n}") or ()),
            )
            for n in self.asked
        )

    def rows(self) -> Iterable[dict[str, Any]]:
        """The bound fields question by question, for the template."""
        for n in self.asked:
            picked = f"picked_{n}"
            yield {
                "answer": self[f"answer_{n}"],
                "not_relevant": self[f"not_relevant_{n}"],
                "picked": self[picked] if picked in self.fields else None,
            }


class AnswersForm(forms.Form):
    """What a workshop found, one field a question."""

    def __init__(self, *args: Any, questions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, question in enumerate(questions):
            self.fields[f"answer_{n}"] = forms.CharField(
                label=question, max_length=4000, required=False, widget=WRITE
            )

    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]
