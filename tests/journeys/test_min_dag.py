"""The mediator's Min dag on the phone: who had no contact this month, and a contact in three."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Enter


@pytest.mark.requirement("FM-20", "FM-35")
def test_a_contact_is_three_presses_on_a_phone(enter: Enter) -> None:
    with enter("mads", width=390, language="da") as hands:
        hands.go("/my-day/")
        silent = hands.page.locator("section[aria-labelledby=silent] li")
        first = silent.count()
        assert first, "whom nobody has been in touch with stands there at once"
        hands.press("link", "Følg op")
        hands.press("radio", "Møde")
        assert hands.look() == []
        hands.press("button", "Gik godt")
        assert hands.presses == 3
        assert hands.page.url.endswith("/my-day/")
        assert silent.count() == first - 1
        assert hands.look() == []
