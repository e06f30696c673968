"""A name as it is stored: what is seen is what is there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.people.models import Person, plain, sort_key


def test_marks_that_turn_the_direction_of_writing_are_dropped() -> None:
    assert plain("Anna\u202enosredyL\u202c") == "AnnanosredyL"
    assert plain("\u2066Anna\u2069 \u200fLyberg\u200e") == "Anna Lyberg"


def test_line_breaks_and_control_signs_become_one_space() -> None:
    assert plain("  Anna\r\n\tMaria \x1b Lyberg\x7f") == "Anna Maria Lyberg"


def test_the_joiners_of_persian_and_indic_names_stay() -> None:
    assert plain("می\u200cنا") == "می\u200cنا"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_name_typed_in_decomposed_letters_is_found_by_composed_ones() -> None:
    person = Person()
    person.rename(given=unicodedata.normalize("NFD", "Åsa"), family="Öberg", country="SE")
    assert person.search == "åsa öberg"
    assert plain(unicodedata.normalize("NFD", "Öberg")) == "Öberg"


@pytest.mark.parametrize(
    ("country", "order"),
    [("SE", ["Zorn", "Åberg", "Ärling", "Öst"]), ("DK", ["Zorn", "Æbelø", "Øst", "Åby"])],
)
def test_a_list_follows_the_alphabet_of_the_country(country: str, order: list[str]) -> None:
    keys = [sort_key(name, "A", country=country) for name in order]
    assert keys == sorted(keys)
