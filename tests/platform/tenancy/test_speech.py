"""A municipality's own word for the participant, in every message of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import polib
import pytest
from django.utils.translation import get_language, gettext, ngettext, override, trans_real
from hypothesis import given
from hypothesis import strategies as st

from stegvis.config.translations import FOLDER
from stegvis.core.values.traits import traits
from stegvis.platform.tenancy import speech
from stegvis.platform.tenancy.speech import NONE, Word, ours, several, speak, speaking, words

LANGUAGES = ("sv", "da", "en")
CHOICES = [
    pytest.param(language, word, id=f"{language}-{code}")
    for language in LANGUAGES
    for code, word in words(language).items()
    if word != ours(language)
]
NAMES = re.compile(r"%\(\w+\)[a-z]|<[^>]*>|\{\w*\}")
SINGLE = re.compile(r"\b(?:person|participant)\b", re.IGNORECASE)


class Message(NamedTuple):
    source: str
    text: str


def messages(language: str) -> Iterator[Message]:
    """Every message as it is looked up; of a plural both, the second with its own English."""
    for entry in polib.pofile(str(FOLDER / ("sv" if language == "en" else language) / PLACE)):
        plurals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        said = sorted(entry.msgstr_plural.items()) if entry.msgid_plural else [(0, entry.msgstr)]
        for source, (_n, text) in zip(plurals, said, strict=True):
            yield Message(source, source if language == "en" else text)


SILENT = "%(borger)s <b class='borger'>"
FILE = "Danish citizens"  # a list that is called so whoever reads it
PLACE = "LC_MESSAGES/django.po"


def forms_of(word: Word) -> re.Pattern[str]:
    """Any form, genitive or not, or a longer word that begins with its stem."""
    forms = "|".join(sorted(word.forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?:{forms})s?(?!\w)|{word.stem}(?=\w))", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with override("sv"):
        yield
    speak("sv", NONE)


@pytest.mark.requirement("X-02")
@pytest.mark.parametrize(("language", "word"), CHOICES)
def test_every_message_that_names_the_participant_says_the_chosen_word(
    language: str, word: Word
) -> None:
    """Form for form: with ours put back in its place the message is what it was."""
    old, found = ours(language), 0
    back = {new.lower(): was for new, was in zip(word.forms, old.forms, strict=True)}
    for source, text in messages(language):
        changed = speech._changed(language, word, source, text)
        if changed == text:
            continue
        found += 1
        assert not forms_of(old).search(NAMES.sub("", changed)), changed
        assert NAMES.findall(changed) == NAMES.findall(text), changed
        again = forms_of(word).sub(lambda hit: _back(hit[0], word, old, back), changed)
        assert again.lower() == text.lower(), changed
        assert [one.isupper() for one in changed[:1]] == [one.isupper() for one in text[:1]]
    assert found > (20 if language == "en" else 250)


def _back(said: str, word: Word, old: Word, back: dict[str, str]) -> str:
    bare = said.lower()
    if bare in back:
        return back[bare]
    if bare.endswith("s") and bare[:-1] in back:
        return f"{back[bare[:-1]]}s"
    return old.stem


@pytest.mark.requirement("X-02")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_hides_our_word_where_it_would_be_left_behind(language: str) -> None:
    """Inside or at the end of a longer word, say, or with an ending nobody has thought of."""
    word = ours(language)
    known = re.compile(rf"{NAMES.pattern}|{forms_of(word).pattern}", re.IGNORECASE)
    for _source, text in messages(language):
        assert word.stem not in known.sub("", text).lower(), text


@pytest.mark.requirement("X-02")
def test_whether_one_or_several_are_meant_is_told_by_the_english() -> None:
    """Deltagare is both, klient is not: the English names one or several, never the two."""
    either = re.compile(r"(?<!\w)deltagares?(?!\w)", re.IGNORECASE)
    for source, text in messages("sv"):
        if either.search(text):
            bare = NAMES.sub("", source)
            assert several(source) != bool(SINGLE.search(bare)), f"{source}: {text}"


@pytest.mark.parametrize(("language", "word"), CHOICES)
def test_a_word_to_choose_is_used_for_nobody_else(language: str, word: Word) -> None:
    """Else a page would call two kinds of people the same. A longer word may: a brukarråd is of
    the same people."""
    forms = re.compile(rf"(?<!\w)(?:{'|'.join(word.forms)})s?(?!\w)", re.IGNORECASE)
    assert [
        text for _source, text in messages(language) if forms.search(text.removeprefix(FILE))
    ] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "{the} är lat. En lat {one}."), ("da", "{the} er doven. En doven {one}.")],
)
def test_a_judgement_of_character_is_asked_about_whatever_the_word(
    language: str, said: str
) -> None:
    for word in words(language).values():
        note = said.format(the=word.forms[2].capitalize(), one=word.name)
        assert len(traits(note)) == 2, note


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_language_take_the_same_articles_and_endings(language: str) -> None:
    ends = {"sv": ["n", "na"], "da": ["n", "ne"], "en": ["", "s"]}[language]
    for word in words(language).values():
        assert [form[: len(word.stem)] for form in word.forms] == [word.stem] * 4
        assert all(form.endswith(end) for form, end in zip(word.forms[2:], ends, strict=True))
        assert language != "en" or word.name[0] not in "aeiou"  # "a participant"
        assert language == "en" or not any(form.endswith("s") for form in word.forms)


def test_the_forms_are_those_of_the_word() -> None:
    client, employee = words("sv")["client"], words("sv")["employee"]
    assert _said("sv", client, "a participant", "En deltagares väg.") == "En klients väg."
    assert _said("sv", client, "participants", "Deltagare, deltagarnas") == "Klienter, klienternas"
    assert _said("sv", client, "the list", "deltagarlistan") == "klientlistan"
    assert _said("sv", employee, "list", "DELTAGARE, deltagande") == "ARBETSTAGARE, deltagande"
    other = words("da")["participant"]
    assert _said("da", other, "x", "Borgernes borgerplan") == "Deltagernes deltagerplan"
    assert _said("da", other, "x", SILENT) == SILENT
    citizen = words("en")["citizen"]
    assert _said("en", citizen, "x", "Participants' a participant's") == "Citizens' a citizen's"


def _said(language: str, word: Word, source: str, text: str) -> str:
    return speech._changed(language, word, source, text)


@given(text=st.text(alphabet=st.characters(codec="utf-8")), source=st.text())
def test_what_does_not_name_the_participant_stays_letter_for_letter(text: str, source: str) -> None:
    for language in LANGUAGES:
        for word in words(language).values():
            if ours(language).stem not in text.lower():
                assert _said(language, word, source, text) == text


@pytest.mark.requirement("X-02")
def test_the_language_keeps_its_code_whatever_word_it_speaks_with() -> None:
    speak("sv", {"sv": "employee"})
    assert (get_language(), gettext("Participants")) == ("sv", "Arbetstagare")
    with speaking("da"):
        assert (get_language(), gettext("Participants")) == ("da", "Borgere")
        with speaking("en", {"en": "client"}):
            assert (get_language(), gettext("Participants")) == ("en", "Clients")
            many = "All your %(n)s participants"
            assert ngettext("Your one participant", many, 1) == "Your one client"
            assert ngettext("Your one participant", many, 3) == "All your %(n)s clients"
    assert (get_language(), gettext("Participants")) == ("sv", "Arbetstagare")


def test_the_municipality_goes_on_speaking_where_a_paper_is_in_its_language() -> None:
    speak("en", {"sv": "client", "da": "candidate"})
    with speaking("da"):
        assert gettext("Participants") == "Kandidater"
    with speaking("sv", NONE):
        assert gettext("Participants") == "Deltagare"
    assert gettext("Participants") == "Participants"


@pytest.mark.parametrize("chosen", [{}, {"sv": "unheard_of"}, {"sv": ""}, {"da": "client"}])
def test_a_word_we_do_not_know_is_ours(chosen: dict[str, str]) -> None:
    speak("sv", chosen)
    assert gettext("Participants") == "Deltagare"
    assert trans_real.catalog() is trans_real.translation("sv")


def test_only_the_messages_that_name_the_participant_are_made_anew() -> None:
    plain = vars(trans_real.translation("sv")._catalog)["_catalogs"]
    worded = vars(speech._messages("sv", "client")._catalog)["_catalogs"]
    assert len(worded) == len(plain)  # looked up in as many steps as before
    shared = 0
    for before, now in zip(plain, worded, strict=True):
        assert before.keys() == now.keys()
        plainly = [key for key, text in before.items() if "deltagar" not in text.lower()]
        assert all(now[key] is before[key] for key in plainly)
        shared += len(plainly)
    assert shared > 3000
