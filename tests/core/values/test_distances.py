"""How far it is, and where in an address the postal code stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.distances import Place, kilometres, postal_code

places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))
HALF_ROUND = 20016


def test_two_known_towns_are_as_far_apart_as_the_maps_say() -> None:
    stockholm, copenhagen = Place(59.3293, 18.0686), Place(55.6761, 12.5683)
    assert kilometres(stockholm, copenhagen) == pytest.approx(522, abs=2)


@given(places, places)
def test_it_is_as_far_there_as_back_and_never_more_than_half_round_the_earth(
    one: Place, other: Place
) -> None:
    assert 0 <= kilometres(one, other) <= HALF_ROUND
    assert kilometres(one, other) == pytest.approx(kilometres(other, one), abs=1e-6)
    assert kilometres(one, one) == 0


@given(places, places, places)
def test_no_way_round_is_shorter(one: Place, two: Place, three: Place) -> None:
    assert kilometres(one, three) <= kilometres(one, two) + kilometres(two, three) + 1e-6


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (-90.1, 0)])
def test_what_is_not_on_the_earth_is_no_place(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="not on the earth"):
        Place(latitude, longitude)


@pytest.mark.parametrize(
    ("address", "country", "code"),
    [
        ("Torggatan 4, 123 45 Ekdala", "SE", "12345"),
        ("Torggatan 4, 12345 Ekdala", "SE", "12345"),
        ("123 45", "SE", "12345"),
        ("Torggatan 4, Ekdala", "SE", ""),
        ("Torggatan 123, 4 tr, Ekdala", "SE", ""),
        ("Havnegade 2, 8400 Birkesø", "DK", "8400"),
        ("Lange Vej 1234, 8400 Birkesø", "DK", "8400"),
        ("Havnegade 2", "DK", ""),
        ("１２３ ４５ Ekdala", "SE", ""),
        ("", "SE", ""),
        ("Torggatan 4, 123 45 Ekdala", "NO", ""),
    ],
)
def test_a_postal_code_is_read_before_the_name_of_the_town(
    address: str, country: str, code: str
) -> None:
    assert postal_code(address, country) == code


@given(st.text(max_size=80), st.sampled_from(["SE", "DK"]))
def test_anything_typed_gives_a_code_of_the_country_or_none(text: str, country: str) -> None:
    code = postal_code(text, country)
    assert code == "" or (code.isascii() and code.isdigit() and len(code) in {4, 5})
