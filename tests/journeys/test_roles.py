"""An administrator gives a role; the colleague's next request has it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage


@pytest.mark.requirement("X-03")
def test_a_role_given_with_its_reason_holds_at_the_next_request(enter: Enter, stage: Stage) -> None:
    with enter("nils") as nils, enter("ada") as ada:
        assert nils.go("/people/").page.title().startswith("Här finns inget")
        ada.go("/").press("link", "Personal och roller").press("link", "Nils")
        ada.choose("Roll", "Handläggare").choose("Var", "AME-kontoret")
        ada.write("Varför rollen behövs", "Tar över Lages deltagare.")
        ada.press("button", "Ge rollen")
        assert ada.sees("Tar över Lages deltagare.")
        assert ada.look() == []
        assert nils.go("/people/").page.title().startswith("Deltagare")
        assert ada.go("/people/").page.title().startswith("Här finns inget"), "she sees nobody"
