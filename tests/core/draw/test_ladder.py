"""The ladder of the binder, drawn from a model."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.draw import ladder
from stegvis.core.programme.model import Entry, Ladder, LadderKind, Programme, Step, Transitions

SVG = "{http://www.w3.org/2000/svg}"


def a_programme(n: int, kind: LadderKind = LadderKind.PHASE, word: str = "Steg") -> Programme:
    steps = tuple(
        Step(
            f"s{i}", i, {"office": {"sv": f"{word} {i}", "da": f"Trin {i}"}, "ac": {"sv": f"AC{i}"}}
        )
        for i in range(1, n + 1)
    )
    drawn = Ladder("main", kind, {"sv": "Trappan"}, Entry.ANY, steps, primary=True)
    empty: dict[str, object] = dict.fromkeys(
        ["roles", "elements", "cadences", "documents", "outcomes", "milestones", "category_sets"],
        (),
    )
    return Programme(
        key="p", version=1, country="SE", languages=("sv",), names={"sv": "Trappan"}, source="",
        target_group={}, aim={}, requires_referral=True, tracks={"office": {}, "ac": {}},
        ladders=(drawn,), transitions=Transitions(skip_up=True, back=True, decided_by=()),
        criteria={}, settings={}, vocabularies={}, unknown=(), **empty,  # type: ignore[arg-type]
    )  # fmt: skip


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own writing


def texts(svg: ET.Element) -> list[str]:
    return ["".join(shape.itertext()) for shape in svg.iter(f"{SVG}text")]


def edges(svg: ET.Element) -> list[float]:
    return [float(s.attrib["y1"]) for s in svg if "d-tread" in s.attrib.get("class", "")]


@pytest.mark.requirement("AJ-61")
@given(st.integers(1, 9), st.text(min_size=1, max_size=40))
def test_any_ladder_has_one_rising_tread_a_step(n: int, word: str) -> None:
    svg = parsed(ladder(a_programme(n, word=word), "office", "sv"))
    levels = edges(svg)
    assert len(levels) == n
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == n


def test_categories_stand_at_one_height() -> None:
    svg = parsed(ladder(a_programme(3, LadderKind.CATEGORY), "office", "sv"))
    assert len(set(edges(svg))) == 1
    assert "ingen högre" in (svg.findtext(f"{SVG}title") or "")


def test_each_office_and_language_has_its_own_words() -> None:
    programme = a_programme(3)
    assert "AC2" in texts(parsed(ladder(programme, "ac", "sv")))
    assert "Trin 2" in texts(parsed(ladder(programme, "office", "da")))


def test_an_office_without_names_uses_those_of_the_first() -> None:
    assert "Steg 2" in texts(parsed(ladder(a_programme(3), "nowhere", "sv")))


def test_a_file_carries_its_own_colours_and_a_page_does_not() -> None:
    programme = a_programme(4)
    assert "--st-6:" in ladder(programme, "office", "sv", standalone=True)
    assert "<style" not in ladder(programme, "office", "sv")


def test_ten_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="1 to 9"):
        ladder(replace(a_programme(10)), "office", "sv")
