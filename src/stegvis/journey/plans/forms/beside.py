"""The small forms: agreeing, words, looking at goals, measures of others, choices."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.forms import Near, Past
from stegvis.journey.plans.forms.day import AHEAD, NONE, SHORT, WRITE, OnDay
from stegvis.journey.plans.words import ANSWERS, CHOICES, MARKS, STATUSES


class DecideForm(forms.Form):
    """The case worker's side. `lacks`: something is lacking, so a reason is asked for;
    `warns`: the programme's inventory is not done (JI-05)."""

    otherwise = forms.CharField(
        label=_("Why does the plan apply all the same?"), max_length=2000, widget=SHORT
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    without = forms.CharField(
        label=_("Why is the plan made before the inventory is done?"), max_length=1000, widget=SHORT
    )

    def __init__(self, *args: Any, lacks: bool, warns: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lacks:
            del self.fields["otherwise"]
        if not warns:
            del self.fields["without"]


class NoteForm(forms.Form):
    """The person's side, as staff note it."""

    how = forms.ChoiceField(
        label=_("How has the person said yes?"),
        widget=forms.RadioSelect,
        choices=[("paper", _("On paper")), ("read_out", _("Read out together"))],
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class WordsForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[("words", _("Own words to the plan")), ("disagreement", _("Sees it otherwise"))],
        initial="words",
    )
    about = forms.ChoiceField(label=_("About which goal?"), required=False)
    text = forms.CharField(
        label=_("What does the person say, in their own words?"),
        max_length=4000,
        widget=WRITE,
        help_text=_("Word for word. Nobody edits them afterwards."),
    )

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("The whole plan")), *about]


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=SHORT)


class ReviewForm(forms.Form):
    status = forms.ChoiceField(
        label=_("How does it go?"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(STATUSES.items()),
    )
    comment = forms.CharField(label=_("Comment"), required=False, max_length=1000, widget=SHORT)


class MarkForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(MARKS.items()),
    )


class MeasureForm(OnDay):
    kind = forms.ChoiceField(label=_("Kind"))
    what = forms.CharField(label=_("What exactly?"), max_length=200)
    owner = forms.CharField(label=_("With whom? The organisation"), max_length=120)
    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    requested_on = Past(label=_("Asked for on"), years=5, required=False)
    since = Near(label=_("Began on, if it has"), required=False, days=AHEAD)
    until = Near(label=_("Ends on, if that is known"), required=False, days=AHEAD)
    health = forms.BooleanField(
        label=_("It tells of the person’s health"),
        required=False,
        help_text=_("Then only the case worker and the person see what it is."),
    )

    def __init__(self, *args: Any, kinds: Any, bases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", [*kinds, ("other", _("Other"))])
        self.choose("legal_basis", [NONE, *bases])

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if until and (since is None or until < since):
            self.add_error("until", _("The days do not follow each other."))
        if not data.get("requested_on") and not since and "requested_on" not in self.errors:
            self.add_error("requested_on", _("Say when it was asked for, or when it began."))
        return data


class MeasureAnswerForm(OnDay):
    """What has happened with it since."""

    answer = forms.ChoiceField(
        label=_("Their answer"), required=False, choices=[NONE, *ANSWERS.items()]
    )
    answered_on = Past(label=_("Answered on"), years=5, required=False)
    since = Near(label=_("Began on"), required=False, days=AHEAD)
    until = Near(label=_("Ended on"), required=False, days=AHEAD)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("answer")) != bool(data.get("answered_on")) and not self.errors:
            missing = "answered_on" if data.get("answer") else "answer"
            self.add_error(missing, _("Say both what they answered and when."))
        return data


class SupportForm(forms.Form):
    what = forms.CharField(
        label=_("What support is needed, and from whom?"),
        max_length=200,
        help_text=_("In plain words. No diagnoses."),
    )


class ChoiceForm(OnDay):
    offered = forms.CharField(label=_("What was offered?"), max_length=300)
    answer = forms.ChoiceField(
        label=_("What does the person want?"),
        widget=forms.RadioSelect,
        choices=list(CHOICES.items()),
    )
    chosen = forms.CharField(label=_("What did they choose?"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Why, in the person’s own terms"), required=False, max_length=2000, widget=SHORT
    )
    on = Past(label=_("On which day?"), years=5)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == "declined" and not data.get("reason"):
            self.add_error("reason", _("Write the reason in the person’s own terms."))
        return data
