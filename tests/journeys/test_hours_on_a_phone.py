"""The month's hours on a telephone: two taps from My day, and a number."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast.building import as_service
from tests.journey.agreements.conftest import place
from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage


@pytest.mark.requirement("FM-44")
def test_a_months_hours_are_two_taps_and_a_number(enter: Enter, stage: Stage) -> None:
    one = stage.cast.person("abroad")
    with stage.backstage(), as_service(stage.cast.birkeso.tenant):
        place(one, since=stage.cast.on - dt.timedelta(days=70))
    with enter("mads", width=390, language="da") as hands:
        hands.go("/my-day/").press("link", "Registrér timer")
        assert hands.look() == []
        hands.write("Timer i måneden", "31,5").send("Gem")
        assert (hands.presses, hands.texts) == (2, 1)
        assert hands.sees("31,5")
        assert hands.look() == []
