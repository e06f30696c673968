"""What a page is on paper: no more sheets than somebody reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.hands import kept
from tests.journeys.stage import Stage


@pytest.mark.requirement("X-09")
def test_a_road_is_three_sheets_and_a_decision_two(
    enter: Enter, stage: Stage, tmp_path: Path
) -> None:
    with enter("inge", language="da") as hands:
        hands.go(f"/people/{stage.people['mette']}/")
        assert sheets(kept(tmp_path, "road", hands)) <= 3
        hands.page.emulate_media(media="screen")
        hands.page.locator(".hist a").first.click()
        assert sheets(kept(tmp_path, "decision", hands)) <= 2


@pytest.mark.requirement("AJ-17", "KN-72", "X-09")
def test_a_planning_document_and_a_summary_are_one_sheet_each(
    enter: Enter, stage: Stage, tmp_path: Path
) -> None:
    own = stage.cast.person("own")
    with enter("asta") as hands:
        hands.go(f"/people/{own.person}/planning/ac_planning_1/")
        fields = hands.page.locator("form.panel textarea")
        assert fields.count() == 7
        for n in range(7):
            fields.nth(n).fill(f"Svar {n}: börjar med enkla uppgifter och en handledare nära. " * 2)
        hands.page.locator("form.panel button[type=submit]").click()
        hands.page.wait_for_url("**/abilities/")
        hands.go(f"/people/{own.person}/planning/ac_planning_1/1/")
        assert hands.page.locator(".paper dt").count() == 7
        assert own.name in hands.page.locator("main").inner_text()
        assert sheets(kept(tmp_path, "planning", hands)) == 1
        hands.page.emulate_media(media="screen")
        hands.go(f"/people/{own.person}/abilities/summaries/{own.rows['gathered']}/")
        assert sheets(kept(tmp_path, "summary", hands)) == 1
        hands.page.emulate_media(media="print")
        foot = hands.page.locator(".sheet-foot")
        assert "ingen arbetsförmågebedömning" in foot.inner_text()
        where = foot.evaluate("one => getComputedStyle(one).position")
        assert where == "fixed", "repeated at the foot of every sheet"


def sheets(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes()))
