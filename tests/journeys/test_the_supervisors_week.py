"""A supervisor with twenty-two people, from Monday morning to Friday afternoon, on one tablet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from stegvis.core.values.periods import Week
from stegvis.journey.abilities.models import Observation
from stegvis.journey.attendance.models import Attendance, Statement
from stegvis.journey.incidents.models import Incident
from stegvis.journey.week.models import Slot
from tests.cast.building import as_member
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands, kept
from tests.journeys.stage import PEOPLE, Stage
from tests.journeys.test_paper import sheets

TABLET = {"width": 1180, "height": 820}


def _workday(stage: Stage, back: int = 0) -> dt.date:
    """The latest weekday, and so many weekdays before it."""
    day = stage.cast.on
    while day.isoweekday() > 5 or back:
        back -= day.isoweekday() <= 5
        day -= dt.timedelta(days=1)
    return day


def _list(hands: Hands, day: dt.date) -> Any:
    hands.page.set_viewport_size(TABLET)
    hands.go("/".join(("", "attendance", str(day), "work", "")))
    rows = hands.page.locator("fieldset[data-slot]")
    assert rows.count() >= PEOPLE, "other journeys may have given her somebody more"
    return rows


def _fits(page: Any) -> bool:
    """Whether a list of PEOPLE needs no scrolling; whom other journeys gave her is folded away
    while it is measured."""
    return page.evaluate(
        """(most) => {
            const more = [...document.querySelectorAll("fieldset[data-slot]")].slice(most);
            more.forEach((one) => one.style.setProperty("display", "none"));
            const fits = document.documentElement.scrollHeight <= innerHeight;
            more.forEach((one) => one.style.removeProperty("display"));
            return fits;
        }""",
        PEOPLE,
    )


def _touch(hands: Hands, one: Any) -> None:
    one.click()
    hands.presses += 1


def _stored(stage: Stage, vera: Any, day: dt.date) -> list[Attendance]:
    with stage.backstage(), as_member(vera):
        return list(Attendance.attendances.filter(on=day, what="work"))


@pytest.mark.requirement("KN-43", "KN-58", "AJ-51")
def test_monday_everyone_is_here_but_three_in_seven_touches(
    enter: Enter, stage: Stage, vera: Any
) -> None:
    day = _workday(stage, 1)
    with enter("vera") as hands:
        rows, page = _list(hands, day), hands.page
        people = rows.count()
        assert _fits(page)
        _touch(hands, page.locator("[data-is=all]"))
        _touch(hands, rows.nth(3).locator("label.o.l"))
        _touch(hands, page.locator("[data-is=late] button", has_text="45"))
        _touch(hands, rows.nth(7).locator("label.o.s"))
        _touch(hands, rows.nth(11).locator("label.o.u"))
        _touch(hands, page.locator("[data-is=done]"))
        page.locator("[data-is=done-word]").wait_for()
        assert hands.presses <= 7
    told = _stored(stage, vera, day)
    assert len(told) == people
    assert sorted(one.status for one in told if one.status != "present") == [
        "late",
        "sick",
        "unknown",
    ]
    assert [one.minutes for one in told if one.status == "late"] == [45]


@pytest.mark.requirement("KN-43")
def test_tuesday_two_hours_without_a_network_lose_nobody(
    enter: Enter, stage: Stage, vera: Any
) -> None:
    day = _workday(stage)
    with enter("vera") as hands:
        page = hands.page
        page.clock.install()
        rows = _list(hands, day)
        people = rows.count()
        names = rows.locator(".fn").all_inner_texts()
        page.wait_for_load_state("networkidle")
        page.context.set_offline(True)
        page.locator("[data-is=all]").click()
        rows.nth(5).locator("label.o.s").click()
        page.clock.fast_forward("02:00:00")
        page.locator("[data-is=locked]").wait_for()
        assert not any(name in page.content() for name in names), "names are put away"
        storage = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert not any(name in storage for name in names)
        assert _stored(stage, vera, day) == []
        page.context.set_offline(False)
        page.clock.run_for(20_000)
        page.wait_for_function(
            "() => !Object.keys(localStorage).some((key) => key.startsWith('attendance-'))"
        )
        away = "net::ERR_INTERNET_DISCONNECTED"  # what the browser says of each attempt
        hands.complaints = [said for said in hands.complaints if away not in said]
    told = _stored(stage, vera, day)
    assert len(told) == people
    assert sum(one.status == "sick" for one in told) == 1
    with stage.backstage(), as_member(vera):
        assert Statement.objects.filter(on=day).count() == people + 1


@pytest.mark.requirement("KN-54", "AJ-15")
def test_wednesday_a_deviation_is_four_touches_and_an_observation_three(
    enter: Enter, stage: Stage, vera: Any
) -> None:
    with stage.backstage(), as_member(vera):
        incidents, seen = Incident.objects.count(), Observation.observations.count()
    with enter("vera") as hands:
        page = hands.page
        hands.go("/")
        hands.press("link", "Avvikelse")
        tiles = page.locator("form.watch fieldset")
        _touch(hands, tiles.nth(0).locator("label.tile").nth(1))
        _touch(hands, tiles.nth(1).locator("label.tile").nth(0))
        hands.send("Spara")
        assert hands.presses <= 4
        hands.presses = 0
        hands.go("/observe/")
        _touch(hands, page.locator(".tiles a").first)
        _touch(hands, page.locator("form.watch .tile").first)
        with page.expect_navigation():
            _touch(hands, page.locator(".three button").first)
        assert hands.presses <= 3
    with stage.backstage(), as_member(vera):
        assert Incident.objects.count() == incidents + 1
        assert Observation.observations.count() == seen + 1


@pytest.mark.requirement("AJ-53", "KN-57", "X-07")
def test_friday_next_week_is_copied_shown_and_printed_a_sheet_each(
    enter: Enter, stage: Stage, vera: Any, tmp_path: Path
) -> None:
    this = Week.of(stage.cast.on)
    with enter("vera") as hands:
        page = hands.page
        hands.go(f"/week/{this}/")
        chosen = page.locator("[aria-labelledby=lacking] a")
        for n in (0, 1):
            chosen.nth(n).click()
            page.locator("td button[name=place]").first.click()
        hands.go(f"/week/{this.plus(1)}/")
        hands.press("button", "Kopiera förra veckan")
        hands.press("button", "Visa vecka")
        hands.presses = 0
        hands.press("link", "Skriv ut allas veckor")
        assert hands.presses == 1
        articles = page.locator("article.pw").count()
        assert articles >= 2
        assert sheets(kept(tmp_path, "week", hands)) == articles
    with stage.backstage(), as_member(vera):
        assert Slot.slots.filter(day__gte=this.plus(1).monday).exists()
