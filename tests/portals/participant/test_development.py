"""My own development: my goals, what I said and what was seen, my days and my steps, and nobody's
else."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.draw import CurvePicture, SeenRow, Series, curves
from stegvis.journey.abilities.actions import NewObservation, NewRating, observe, rate
from stegvis.journey.abilities.facts import sightings
from stegvis.journey.abilities.models import Observation
from tests.cast.people import Cast
from tests.journey.plans.writing import enrolment_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-117")]
ABILITY = "plan_work"
HOW = "/my/plan/how/"
START = dt.date(2026, 1, 5)
PER_PAGE = 12


@pytest.fixture
def marked(cast: Cast, at_work: Callable[..., Any]) -> None:
    """Two ratings of one ability, and it was seen three times; each of a day of its own."""
    with at_work(cast["asta"]):
        row, by = enrolment_of(cast), cast["asta"].actor
        for ago, value in ((60, 2), (20, 6)):
            rate(row, NewRating(ABILITY, cast.on - dt.timedelta(days=ago), value), by=by)
        for ago, seen in ((50, "not_now"), (30, "with_support"), (10, "works")):
            new = NewObservation(ABILITY, seen, cast.on - dt.timedelta(days=ago))
            observe(row, new, by=by)


def _page(cast: Cast, sign_in: Callable[..., Any]) -> str:
    page: str = sign_in(cast["olle"]).get(HOW).content.decode()
    return page


def _tables(page: str) -> list[list[str]]:
    found = []
    for table in re.findall(r'<table class="two">.*?</table>', page, re.DOTALL):
        rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
        found.append([" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows])
    return found


def test_i_see_what_i_said_and_what_was_seen_as_two_marks(
    cast: Cast, marked: None, sign_in: Callable[..., Any]
) -> None:
    page = _page(cast, sign_in)
    assert "Först sa du 2. Sist sa du 6." in page
    picture = next(one for one in re.findall(r"<svg.*?</svg>", page, re.DOTALL) if "d-seen" in one)
    assert picture.count("d-dot-1") == 2
    assert picture.count('class="d-seen"') == 3
    assert picture.count("d-curve-1") == 1, "what I said is one line, what was seen is none"
    assert "Prickar är vad du sa." in page


def test_beside_the_picture_stands_a_table_of_the_same_marks(
    cast: Cast, marked: None, sign_in: Callable[..., Any]
) -> None:
    rows = next(one for one in _tables(_page(cast, sign_in)) if len(one) == 5)
    ends = (
        "inget Fungerar",
        " 6 inget",
        "inget Fungerar med stöd",
        "inget Inte just nu",
        " 2 inget",
    )
    for row, end in zip(rows, ends, strict=True):
        assert row.endswith(end)


def test_no_number_is_made_of_the_two(
    cast: Cast, marked: None, sign_in: Callable[..., Any]
) -> None:
    words = re.sub(r"<[^>]+>", " ", _page(cast, sign_in)).casefold()
    assert not [one for one in ("medel", "genomsnitt", "snitt", "totalt") if one in words]


def test_what_was_struck_is_not_shown(
    cast: Cast, marked: None, as_job: Callable[..., Any], sign_in: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        row = Observation.observations.filter(ability=ABILITY, seen="not_now").latest("on")
        row.struck_on = cast.on
        row.save_if_unchanged("struck_on")
        kept = sightings(enrolment_of(cast))[ABILITY]
    assert [seen for _on, seen in kept][-2:] == ["with_support", "works"]
    assert "Inte just nu" not in " ".join(
        next(one for one in _tables(_page(cast, sign_in)) if len(one) == 4)
    )


def test_my_steps_stand_as_a_picture_and_as_words(cast: Cast, sign_in: Callable[..., Any]) -> None:
    page = _page(cast, sign_in)
    steps = page[page.index('id="steps"') :]
    assert "<svg" in steps
    assert "<desc" in steps
    assert "Lättare arbetsträning" in steps
    assert "Sedan " in steps


def test_it_is_read_with_few_queries(
    cast: Cast, marked: None, sign_in: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    olle = sign_in(cast["olle"])
    with queries() as made:
        olle.get(HOW)
    assert made.count <= PER_PAGE + 2, "with who signed in, and the journal"


days = st.lists(st.integers(0, 700).map(lambda n: START + dt.timedelta(days=n)), max_size=12)


@given(said=days, seen=st.lists(days, min_size=3, max_size=3), rtl=st.booleans())
def test_what_was_seen_stands_below_the_scale_and_is_joined_to_nothing(
    *, said: list[dt.date], seen: list[list[dt.date]], rtl: bool
) -> None:
    marks = [(on, 5.0) for on in sorted(set(said))]
    rows = [SeenRow(name, one) for name, one in zip("abc", seen, strict=True)]
    picture = CurvePicture("k", "t", "d", [Series("s", marks)], 0, 10, "sv", rtl=rtl, seen=rows)
    root = ET.fromstring(curves(picture))  # noqa: S314 our own
    wide, high = (float(n) for n in root.get("viewBox", "").split()[2:])
    squares = [one for one in root.iter() if one.get("class") == "d-seen"]
    assert len(squares) == sum(len(one) for one in seen)
    zero = max(float(one.get("y2", 0)) for one in root.iter() if one.get("class") == "d-grid")
    dots = [float(one.get("cy", 0)) for one in root.iter() if "d-dot" in (one.get("class") or "")]
    for one in squares:
        assert max(dots, default=0) < float(one.get("y", 0)) < high
        assert 0 <= float(one.get("x", 0)) <= wide
    assert zero < high
    lines = [one for one in root.iter() if "d-curve" in (one.get("class") or "").split()]
    assert len(lines) == (1 if len(marks) > 1 else 0)
