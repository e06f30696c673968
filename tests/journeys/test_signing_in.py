"""The second factor, from none to a picture to photograph to a code."""

from __future__ import annotations

from tests.cast.building import PASSWORD
from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage, code


def test_whoever_has_no_second_factor_sets_one_up_before_any_page(
    enter: Enter, stage: Stage
) -> None:
    with enter(width=390) as hands:
        hands.go("/people/").write("E-postadress", stage.cast["aron"].user.email)
        hands.write("Lösenord", PASSWORD).press("button", "Logga in")
        assert hands.path.startswith("/accounts/reauthenticate/"), "who turns it on says who it is"
        hands.write("Lösenord", PASSWORD).press("button", "Gå vidare")
        assert hands.path.startswith("/accounts/2fa/totp/activate/")
        picture = hands.page.locator("main .qr")
        assert picture.evaluate("one => one.complete !== false && one.clientWidth") >= 200
        assert hands.look() == []
        hands.write("Autentiseringskod", "000000").press("button", "Slå på")
        assert hands.path.startswith("/accounts/2fa/totp/activate/"), "a wrong code opens nothing"
        secret = hands.page.locator("main b").first.inner_text().strip()
        hands.write("Autentiseringskod", code(secret)).press("button", "Slå på")
        hands.go("/people/").write("Kod", code(secret)).press("button", "Gå vidare")
        assert hands.path == "/people/"


def test_the_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B, SHA-1 with the secret "12345678901234567890", shortened to six digits.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code(secret, at) for at in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]
