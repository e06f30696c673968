"""Which word a municipality uses for the person on the road: its own, per language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import StaleRow, Tenant
from stegvis.platform.tenancy.scope import current
from stegvis.platform.tenancy.speech import LANGUAGE_OF, ours, preview, words
from stegvis.portals.administrator.actions import call_participants
from stegvis.portals.administrator.forms import Differs

LANGUAGES = ("sv", "da", "en")
MOST_SAID = 200  # letters of what stood: a word for each language
# One, several, the one: where a word is wrong it shows in one of these.
SHOWN = ("Look up a participant", "The list of participants", "the participant has not answered")


@dataclass(frozen=True, slots=True)
class Choice:
    tag: Any
    word: str
    examples: list[str]
    ours: bool


class WordsForm(forms.Form):
    """A word for each language. `was`: what stood when the form was drawn."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stands: Mapping[str, str], first: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stands, self.differs = stands, list[Differs]()
        self.fields["was"].initial = json.dumps(dict(stands))
        for language in sorted(LANGUAGES, key=lambda one: one != first):
            self.fields[language] = forms.ChoiceField(
                label=get_language_info(language)["name_local"].capitalize(),
                choices=[(code, word.name) for code, word in words(language).items()],
                initial=word_of(language, stands),
                widget=forms.RadioSelect,
            )

    def clean_was(self) -> dict[str, str]:
        """Nothing where it is not what a form of ours says: then both are shown, and no word is
        written over. Cut short, so that nobody makes it deeper than can be read."""
        try:
            said = json.loads(self.cleaned_data["was"][:MOST_SAID])
        except ValueError:
            return {}
        pairs = said.items() if isinstance(said, dict) else ()
        return {name: code for name, code in pairs if _is_said(name, code)}

    @property
    def chosen(self) -> dict[str, str]:
        """Only what is not ours: where ours changes one day, whoever chose nothing goes along."""
        said = {language: self.cleaned_data[language] for language in LANGUAGES}
        return {language: code for language, code in said.items() if code != ours(language).code}

    def compare(self, now: Mapping[str, str]) -> bool:
        """A colleague was faster: show both, and let the next save be of what stands now. False:
        what they chose is the same."""
        for language in LANGUAGES:
            typed = self.cleaned_data[language]
            if (stands := word_of(language, now)) != typed:
                told = (words(language)[code].name for code in (stands, typed))
                self.differs.append(Differs(str(self.fields[language].label), *told))
        self.data = {**dict(self.data.items()), "was": json.dumps(dict(now))}
        return bool(self.differs)

    def languages(self) -> Iterator[tuple[str, Any, list[Choice]]]:
        """Language, its field, and each choice with the word in use."""
        for bound in (self[name] for name in self.fields if name in LANGUAGES):
            yield bound.name, bound, [_choice(bound.name, one) for one in bound.subwidgets]


def _is_said(language: str, code: object) -> bool:
    return language in LANGUAGES and isinstance(code, str) and code.isalpha()


def _choice(language: str, widget: Any) -> Choice:
    code = widget.data["value"]
    examples = [preview(language, code, message) for message in SHOWN]
    return Choice(widget, words(language)[code].name, examples, code == ours(language).code)


def word_of(language: str, stands: Mapping[str, str]) -> str:
    """The code of the word in use; ours where nothing, or nothing we know, is chosen."""
    code = stands.get(language, "")
    return code if code in words(language) else ours(language).code


@page(Role.ADMINISTRATOR)
def participant_word(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    form = WordsForm(request.POST or None, stands=visit.words, first=LANGUAGE_OF[visit.country])
    if request.method == "POST" and form.is_valid() and _chosen(form):
        messages.success(request, _("Saved."))
        return redirect("participant_word")
    return render(request, "administrator/participant_word.html", {"form": form, "kind": "called"})


def _chosen(form: WordsForm) -> bool:
    try:
        call_participants(form.chosen, was=form.cleaned_data["was"])
    except StaleRow:
        return not form.compare(Tenant.objects.get(pk=current().tenant).words)
    return True
