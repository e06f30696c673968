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


def sheets(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes()))
