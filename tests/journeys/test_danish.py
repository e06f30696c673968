"""A Danish jobcentre: the mediator reads, the case worker decides, both in Danish."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage


@pytest.mark.requirement("FM-01", "X-12")
def test_a_mediator_reads_a_road_with_a_restart_in_danish(enter: Enter, stage: Stage) -> None:
    with enter("mads", language="da") as hands:
        hands.go("/people/?q=Mette").press("link", "Mette Genstart")
        assert hands.page.get_attribute("html", "lang") == "da"
        assert hands.sees("Trin 3 af 3")
        assert hands.sees("Kerneelementer")
        treads = hands.page.locator(".road svg").text_content()
        assert "På vej mod job" in treads
        hands.page.get_by_text("Vis som tabel").click()
        rows = hands.page.locator(".data tbody tr").all_inner_texts()
        assert len(rows) == 5, "three steps, the second again, the third again"
        assert not hands.page.get_by_role("link", name="Ny trinbeslutning").count()
        assert hands.look() == []


@pytest.mark.requirement("FM-01", "X-12")
def test_a_danish_case_worker_stays_on_a_step_with_the_reason(enter: Enter, stage: Stage) -> None:
    with enter("inge", language="da") as hands:
        hands.go(f"/people/{stage.people['mette']}/").press("link", "Ny trinbeslutning")
        hands.press("radio", "Bliv på trin 3")
        hands.write("Begrundelse", "Timerne er på vej op.")
        hands.write("Hvad siger borgeren", "Jeg vil gerne blive lidt endnu.")
        hands.press("button", "Beslut")
        assert hands.sees("Jeg vil gerne blive lidt endnu.")
