"""The road over any ladder: well formed, inside its sheet, true to the periods it is given."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.draw import (
    Lane,
    Move,
    Period,
    Plan,
    RoadPicture,
    Tread,
    Week,
    glyph,
    ramp,
    road,
    road_words,
)

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 17)
WORDS = road_words("sv")
TEXTS = st.text(max_size=60)  # any text: marks, controls and scripts from the right too


@st.composite
def pictures(draw: st.DrawFn) -> RoadPicture:
    n = draw(st.integers(1, 9))
    periods, day = [], date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 900)))
    for _ in range(draw(st.integers(0, 8))):
        end = day + timedelta(days=draw(st.integers(0, 400)))
        step, paused = draw(st.integers(1, n)), draw(st.booleans())
        periods.append(Period(day, end, step, draw(TEXTS), paused))
        day = end + timedelta(days=draw(st.sampled_from([0, 0, 0, 30])))
    since = TODAY - timedelta(days=draw(st.integers(0, 3000)))
    return RoadPicture(
        key="road",
        title=draw(TEXTS),
        desc=draw(TEXTS),
        treads=tuple(Tread(i, draw(TEXTS)) for i in range(1, n + 1)),
        periods=tuple(periods),
        today=TODAY,
        words=WORDS,
        plans=(Plan(TODAY, TODAY + timedelta(days=90), n, draw(TEXTS)),),
        moves=tuple(Move(period.since, draw(TEXTS)) for period in periods),
        lanes=(Lane(since, None, draw(TEXTS)), Lane(since, TODAY, draw(TEXTS))),
        weeks=(Week(TODAY, draw(st.none() | st.floats(0, 1))),),
        rtl=draw(st.booleans()),
    )


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own writing


def places(svg: ET.Element) -> list[tuple[float, float]]:
    """Every corner of every shape on the sheet; the hatching has a space of its own."""
    found = []
    for shape in svg:
        at = {key: float(value) for key, value in shape.attrib.items() if _number(value)}
        if shape.tag == f"{SVG}rect":
            found += [(at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])]
        if shape.tag == f"{SVG}line":
            found += [(at["x1"], at["y1"]), (at["x2"], at["y2"])]
        if shape.tag == f"{SVG}path":
            pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", shape.attrib["d"])
            found += [(float(x), float(y)) for x, y in pairs]
        if shape.tag == f"{SVG}text":
            found.append((at["x"], at["y"]))
    return found


def _number(value: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", value) is not None


def classed(svg: ET.Element, look: str) -> list[ET.Element]:
    return [shape for shape in svg.iter() if look in shape.get("class", "").split()]


@given(pictures())
def test_every_road_is_well_formed_and_stays_on_its_sheet(picture: RoadPicture) -> None:
    svg = parsed(road(picture))
    _, _, wide, high = (float(side) for side in svg.attrib["viewBox"].split())
    for x, y in places(svg):
        assert -8 <= x <= wide + 8, "half a mark may stand over the edge, not more"
        assert 0 <= y <= high


@given(pictures())
def test_a_ladder_of_n_steps_has_n_treads(picture: RoadPicture) -> None:
    assert len(classed(parsed(road(picture)), "d-tread")) == len(picture.treads)


@given(pictures())
def test_the_same_road_is_drawn_the_same(picture: RoadPicture) -> None:
    assert road(picture) == road(picture)
    assert road(picture, standalone=True) != road(picture)


@given(pictures())
def test_a_picture_carries_nothing_a_strict_page_would_refuse(picture: RoadPicture) -> None:
    for shape in parsed(road(picture)).iter():
        assert shape.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image"}
        assert not {key for key in shape.attrib if key == "style" or key.startswith("on")}


@given(pictures())
def test_from_the_right_every_place_is_mirrored(picture: RoadPicture) -> None:
    left = parsed(road(_turned(picture, rtl=False)))
    right = parsed(road(_turned(picture, rtl=True)))
    wide = float(left.attrib["viewBox"].split()[2])
    for here, there in zip(classed(left, "d-level"), classed(right, "d-level"), strict=True):
        assert float(here.attrib["x1"]) == pytest.approx(wide - float(there.attrib["x1"]), abs=0.2)
    assert right.attrib["direction"] == "rtl"


def _turned(picture: RoadPicture, *, rtl: bool) -> RoadPicture:
    fields = {name: getattr(picture, name) for name in RoadPicture.__slots__}
    return RoadPicture(**{**fields, "rtl": rtl})


def _samira(**more: object) -> RoadPicture:
    names = ["Utredning", "Lättare", "Arbetsträning", "Självständigt", "Praktik", "Arbete"]
    fields: dict[str, object] = {
        "key": "r",
        "title": "Vägen hit",
        "desc": "Steg 1, sedan 3, sedan 2",
        "treads": tuple(Tread(i, name) for i, name in enumerate(names, 1)),
        "periods": (
            Period(date(2026, 1, 12), date(2026, 2, 23), 1),
            Period(date(2026, 2, 23), date(2026, 4, 6), 3),
            Period(date(2026, 4, 6), date(2026, 5, 25), 2),
            Period(date(2026, 5, 25), date(2026, 7, 13), 2, "Paus, vård av barn", paused=True),
            Period(date(2026, 7, 13), None, 3),
        ),
        "today": TODAY,
        "words": WORDS,
        "moves": (Move(date(2026, 4, 6), "Tillbaka, ny medicin"),),
    }
    return RoadPicture(**{**fields, **more})  # type: ignore[arg-type]


def texts(svg: ET.Element) -> list[str]:
    return ["".join(shape.itertext()) for shape in svg.iter(f"{SVG}text")]


def test_down_is_drawn_with_the_ink_of_up() -> None:
    svg = parsed(road(_samira()))
    assert len(classed(svg, "d-line")) == 1, "one unbroken stroke over up, down and pause"
    assert len(classed(svg, "d-landing")) == 3
    assert "Tillbaka, ny medicin" in texts(svg)


@pytest.mark.requirement("AJ-04")
def test_a_step_passed_over_is_a_ring_and_a_word() -> None:
    svg = parsed(road(_samira()))
    assert len(classed(svg, "d-skipped")) == 1
    assert "Hoppade över 2" in texts(svg)


def test_a_pause_is_hatched_and_says_why() -> None:
    svg = parsed(road(_samira()))
    assert [shape.get("fill") for shape in classed(svg, "d-break")] == ["url(#r-h)"]
    assert "Paus, vård" in " ".join(texts(svg))


def test_a_pause_inside_a_step_cuts_it_and_leaves_the_line_whole() -> None:
    through = (
        Period(date(2026, 1, 12), date(2026, 6, 1), 2),
        Period(date(2026, 3, 1), date(2026, 4, 1), 2, paused=True),
        Period(date(2026, 6, 1), None, 4),
    )
    svg = parsed(road(_samira(periods=through, moves=())))
    assert len([s for s in classed(svg, "d-st-2") if float(s.attrib["height"]) > 22]) == 2
    assert len(classed(svg, "d-line")) == 1
    assert len(classed(svg, "d-landing")) == len(classed(svg, "d-skipped")) == 1


def test_one_who_is_on_a_pause_stands_in_it_today() -> None:
    away = (
        Period(date(2026, 1, 12), None, 3),
        Period(date(2026, 10, 1), None, 3, "Sjuk", paused=True),
    )
    svg = parsed(road(_samira(periods=away, moves=())))
    (column,) = [s for s in classed(svg, "d-st-3") if float(s.attrib["height"]) > 22]
    (pause,) = classed(svg, "d-break")
    end = float(column.attrib["x"]) + float(column.attrib["width"])
    assert end == pytest.approx(float(pause.attrib["x"]), abs=2)
    assert len(classed(svg, "d-here")) == 1


def test_a_missing_day_breaks_the_line() -> None:
    apart = (
        Period(date(2025, 1, 1), date(2025, 3, 1), 1),
        Period(date(2025, 6, 1), date(2025, 9, 1), 2),
    )
    svg = parsed(road(_samira(periods=apart, moves=())))
    assert len(classed(svg, "d-line")) == 2
    assert not classed(svg, "d-landing"), "a new beginning is no move"
    assert not classed(svg, "d-here"), "an ended road stands nowhere today"


def test_what_lies_after_today_is_dashed() -> None:
    current = (Period(date(2026, 9, 1), date(2027, 2, 1), 4),)
    svg = parsed(road(_samira(periods=current, moves=())))
    (planned,) = classed(svg, "d-plan")
    (lived,) = [shape for shape in classed(svg, "d-st-4") if float(shape.attrib["width"]) > 22]
    end = float(lived.attrib["x"]) + float(lived.attrib["width"])
    assert end <= float(planned.attrib["x"])
    assert len(classed(svg, "d-here")) == 1


def test_a_day_of_imported_history_is_still_seen() -> None:
    short = (Period(date(2026, 1, 1), date(2026, 1, 1), 2), Period(date(2026, 1, 1), None, 3))
    svg = parsed(road(_samira(periods=short, moves=())))
    columns = [s for s in classed(svg, "d-st-2") if float(s.attrib["height"]) > 22]
    assert [float(column.attrib["width"]) for column in columns] == [0.5]


def test_no_word_stands_upon_another() -> None:
    days = [date(2026, 9, 1) + timedelta(days=i) for i in range(12)]
    steps = [1 + i % 6 for i in range(12)]
    periods = tuple(
        Period(day, day + timedelta(days=1), step) for day, step in zip(days, steps, strict=True)
    )
    moves = tuple(Move(day, "En lång motivering till flytten") for day in days)
    svg = parsed(road(_samira(periods=periods, moves=moves)))
    notes = [(float(s.attrib["x"]), float(s.attrib["y"])) for s in classed(svg, "d-note")]
    assert len(set(notes)) == len(notes) > 1


@pytest.mark.parametrize("bad", [Period(TODAY, None, 7), Period(TODAY, None, 0)])
def test_a_period_on_no_step_is_refused(bad: Period) -> None:
    with pytest.raises(ValueError, match=r"step [07] of 6"):
        road(_samira(periods=(bad,)))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        road(_samira(periods=(Period(TODAY, date(2026, 1, 1), 1),)))


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_glyph_has_one_bar_a_step_and_one_yellow_tread(place: tuple[int, int]) -> None:
    step, of = place
    svg = parsed(glyph(step, of).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    assert len(classed(svg, "d-passed")) == max(step - 1, 0)
    assert len(classed(svg, "d-ahead")) == of - step
    assert len(classed(svg, "d-now")) == len(classed(svg, "d-at")) == (step > 0)


@given(st.integers(1, 9))
def test_a_higher_step_is_always_further_along_the_ramp(of: int) -> None:
    tones = [ramp(step, of) for step in range(1, of + 1)]
    assert tones == sorted(set(tones))
    assert tones[-1] in {"st-6", "sr-9"}
