from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.sentences import Sentence, Sentences, listed, number, words
from stegvis.core.values.texts import pick

CATALOGUE = Sentences(
    {
        "late": {
            "sv": "{n:gång|gånger} för sent sedan {since}",
            "da": "{n:gang|gange} for sent siden {since}",
            "en": "late {n:time|times} since {since}",
        },
        "because": {
            "sv": "Det saknas: {what}",
            "da": "Der mangler: {what}",
            "en": "Lacking: {what}",
        },
    }
)


@pytest.mark.requirement("X-02")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("sv", "1 gång för sent sedan 21 juni 2026"),
        ("da", "1 gang for sent siden 21. juni 2026"),
        ("en", "late 1 time since 21 June 2026"),
    ],
)
def test_a_sentence_is_said_as_its_reader_expects(lang: str, said: str) -> None:
    assert CATALOGUE.say("late", {"n": 1, "since": date(2026, 6, 21)}, lang) == said


def test_more_than_one_takes_the_plural() -> None:
    assert CATALOGUE.say("late", {"n": 0, "since": "i går"}, "sv").startswith("0 gånger")
    assert CATALOGUE.say("late", {"n": 2, "since": "i går"}, "sv").startswith("2 gånger")


def test_a_sentence_may_hold_a_list_of_sentences_and_texts() -> None:
    inner = Sentence("late", {"n": 2, "since": "1 maj"})
    what = [inner, {"sv": "ett cv", "da": "et cv"}]
    assert CATALOGUE.say("because", {"what": what}, "da") == (
        "Der mangler: 2 gange for sent siden 1 maj og et cv"
    )


def test_a_value_that_is_missing_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.say("late", {"n": 1}, "sv")


def test_an_incomplete_catalogue_says_what_is_missing() -> None:
    assert CATALOGUE.faults() == ()
    lame = Sentences({"a": {"sv": "{x}", "da": "{y}"}})
    assert lame.faults() == ("a: no en", "a: the languages name different values")


def test_a_number_has_the_decimal_sign_of_its_language() -> None:
    assert number(29.5, "da") == "29,5"
    assert number(Decimal("30.0"), "sv") == "30"
    assert number(Decimal("1.50"), "en") == "1.5"
    assert number(100, "en") == "100"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_number_keeps_its_value_in_every_language(value: Decimal) -> None:
    for lang in ("sv", "da", "en"):
        assert Decimal(number(value, lang).replace(",", ".")) == value


def test_a_list_ends_with_and() -> None:
    assert listed(["a", "b", "c"], "sv") == "a, b och c"
    assert listed([], "sv") == ""
    assert words(["a"], "da") == "a"


@pytest.mark.requirement("X-02")
def test_a_missing_language_falls_back_to_the_neighbour_tongue() -> None:
    assert pick({"sv": "steg", "en": "step"}, "da") == "steg"
    assert pick({"da": "trin", "sv": ""}, "sv-SE") == "trin"
    assert pick({"fi": "askel"}, "sv") == "askel"
    assert pick({}, "sv") == ""
