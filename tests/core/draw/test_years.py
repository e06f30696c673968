"""The years before as a picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from stegvis.core.programme.draw import Shade, YearBar, YearLane, YearsPicture, years

BARS = (
    YearBar(date(2017, 3, 1), date(2018, 7, 1), "Jobbgaranti", number=1),
    YearBar(date(2018, 1, 1), date(2019, 1, 1), "Stöd", number=2, rough=(True, True)),
)
PICTURE = YearsPicture(
    key="y",
    title="Åren före & efter",
    desc="AF: Jobbgaranti",
    since=date(2016, 11, 16),
    until=date(2026, 11, 17),
    lanes=(
        YearLane("AF", "Arbetsförmedlingen", BARS),
        YearLane("FK", "FK", (YearBar(date(2015, 1, 1), None, "Sjukpenning", helps=False),)),
        YearLane("Nu", "AME", (YearBar(date(2026, 9, 1), None, "Trappan", own=True),)),
    ),
    without=(Shade(date(2019, 1, 1), date(2020, 9, 1), "20 mån utan"),),
    together=(Shade(date(2018, 1, 1), date(2018, 7, 1), "två i taget"),),
)
NS = "{http://www.w3.org/2000/svg}"


def drawn(picture: YearsPicture) -> ET.Element:
    return ET.fromstring(years(picture))  # noqa: S314


@pytest.mark.requirement("JI-03")
def test_every_agency_has_a_lane_and_every_measure_its_bar() -> None:
    root = drawn(PICTURE)
    words = [text.text for text in root.iter(f"{NS}text")]
    assert {"AF", "FK", "Nu", "2017", "2026", "1", "2", "Jobbgaranti"} <= set(words)
    looks = [path.get("class") for path in root.iter(f"{NS}path")]
    assert looks.count("d-st-6 d-rim") == 2
    assert looks.count("d-money") == 2, "the bar and its arrow: it goes on"
    assert looks.count("d-own") == 2


def test_it_says_in_words_what_it_shows() -> None:
    root = drawn(PICTURE)
    assert root.get("role") == "img"
    title, desc = root.find(f"{NS}title"), root.find(f"{NS}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == ("Åren före & efter", "AF: Jobbgaranti")
    assert root.get("aria-labelledby") == "y-t y-d"


def test_what_overlaps_in_a_lane_is_drawn_on_rows_of_its_own() -> None:
    tops = {p.get("d", "").split()[1].partition("L")[0] for p in drawn(PICTURE).iter(f"{NS}path")}
    one = replace(PICTURE, lanes=(PICTURE.lanes[0],))
    assert len(tops) > len({1})
    high = [
        float(drawn(p).get("viewBox", "").split()[3])
        for p in (one, replace(one, lanes=(replace(one.lanes[0], bars=BARS[:1]),)))
    ]
    assert high[0] > high[1]


def test_nothing_leaves_the_sheet_in_either_direction_of_writing() -> None:
    for picture in (PICTURE, replace(PICTURE, rtl=True)):
        for rect in drawn(picture).iter(f"{NS}rect"):
            if rect.get("x"):
                x, wide = float(rect.get("x", "")), float(rect.get("width", ""))
                assert x >= 0
                assert x + wide <= 1160.1


def test_a_window_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no day"):
        years(replace(PICTURE, until=PICTURE.since))
