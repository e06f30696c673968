"""The language guard asks "to do what?" and is seldom wrong, so that nobody switches it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.traits import traits

pytestmark = pytest.mark.requirement("KN-79")

ASKED = (
    "Han är omotiverad.",
    "Tord verkar inte motiverad just nu",
    "Hon är lat och slarvig.",
    "En hopplös vecka, ovillig till samtal",
    "Rätt slö på förmiddagarna",
    "Motivationen saknas helt",
    "Lathet är problemet",
    "De var bråkiga idag",
    "Umotiveret i dag, kom ikke",
    "Borgeren er doven",
    "Hun virker umotiveret og sjusket",
    "Besværlig samtale, uvillig",
    "Hans motivation er lav",
    "She is lazy",
    "OMOTIVERAD",
)
LEFT_ALONE = (
    "Just nu är Tord motiverad att komma varje dag.",
    "Motiverad för att söka praktik i kök",
    "Motiveret til at prøve køkkenet",
    'Han sa: "Jag är så lat på morgnarna"',
    "Hun sagde »jeg er doven«",
    "Latinska namn på växter",
    "Platsen är lätt att nå",
    "Slöjdsalen öppnar klockan åtta",
    "Slöja på arbetet är inget hinder",
    "Dovendyr på væggen",
    "Salaten var klar",
    "Bråket i fredags är utrett",
    "Han ville gerne blive",
    "Han läste latin",
    "Vi talade om motiv till bilden",
    "Platt fall i trappan",
    "Klarade slaget med hammaren",
    "Besväret i knät är mindre",
    "Hon är villig att prova",
    "Emotiv reaktion nämndes i utlåtandet",
)


@pytest.mark.parametrize("text", ASKED)
def test_a_word_about_the_person_is_asked_about(text: str) -> None:
    assert traits(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_behaviour_a_quotation_and_a_likeness_are_left_alone(text: str) -> None:
    assert traits(text) == []


def test_of_a_hundred_hints_at_least_ninety_five_are_right() -> None:
    """methods §5: precision of at least .95 on the labelled list."""
    hits = sum(bool(traits(text)) for text in ASKED)
    wrong = sum(bool(traits(text)) for text in LEFT_ALONE)
    assert hits / (hits + wrong) >= 0.95
    assert hits / len(ASKED) >= 0.95


@given(st.text(max_size=200))
def test_a_hint_names_the_very_letters_it_found(text: str) -> None:
    for one in traits(text):
        assert text[one.since : one.until] == one.word
