"""Answers over time: every answer is drawn, nothing is made of them."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.draw import CurvePicture, Series, curves

pytestmark = pytest.mark.requirement("KN-75", "KN-86")
START = date(2026, 10, 5)
Marks = list[tuple[date, float]]


def _drawn(*series: Series, rtl: bool = False) -> ET.Element:
    picture = CurvePicture("k", "Linjaler", "Två", series, 0, 10, "sv", rtl=rtl)
    return ET.fromstring(curves(picture))  # noqa: S314 our own


def _of(root: ET.Element, look: str) -> list[ET.Element]:
    return [one for one in root.iter() if look in one.get("class", "").split()]


def _series(name: str, values: list[int], step: int = 7) -> Series:
    return Series(name, [(START + timedelta(days=step * n), v) for n, v in enumerate(values)])


answers = st.lists(st.integers(0, 10), min_size=1, max_size=20)


@given(first=answers, second=answers, rtl=st.booleans())
def test_every_answer_has_its_own_mark_and_series_differ_by_shape(
    *, first: list[int], second: list[int], rtl: bool
) -> None:
    root = _drawn(_series("Viktigt", first), _series("Säker", second), rtl=rtl)
    dots, squares = _of(root, "d-dot-1"), _of(root, "d-dot-2")
    assert [len(dots), len(squares)] == [len(first), len(second)]
    assert {one.tag.rpartition("}")[2] for one in dots} == {"circle"}
    assert {one.tag.rpartition("}")[2] for one in squares} == {"rect"}


@given(answers)
def test_the_last_value_stands_at_the_end_and_the_whole_scale_beside(values: list[int]) -> None:
    root = _drawn(_series("Viktigt", values))
    words = [one.text for one in root.iter() if one.tag.endswith("text")]
    assert str(values[-1]) in words
    assert {"0", "10", "Viktigt"} <= set(words)


@given(st.integers(0, 10), st.integers(0, 10))
def test_the_names_of_two_series_never_stand_on_each_other(first: int, second: int) -> None:
    root = _drawn(_series("Viktigt", [first]), _series("Säker", [second]))
    at = [float(one.get("y", 0)) for one in root.iter() if one.text in {"Viktigt", "Säker"}]
    assert abs(at[0] - at[1]) >= 30


@given(st.lists(st.integers(0, 700), min_size=1, max_size=40, unique=True))
def test_the_days_below_have_room(days: list[int]) -> None:
    marks: Marks = [(START + timedelta(days=day), 5) for day in sorted(days)]
    root = _drawn(Series("Viktigt", marks))
    months = re.compile(r"^\d+ [a-z]+$")
    places = [float(one.get("x", 0)) for one in root.iter() if months.match(one.text or "")]
    assert places
    assert all(b - a >= 50 for a, b in itertools.pairwise(places))


def test_nothing_answered_is_an_empty_scale() -> None:
    assert _of(_drawn(Series("Viktigt", [])), "d-dot") == []


def test_names_are_text_whatever_they_hold() -> None:
    assert len(_drawn(_series('<script>"&', [4])))
