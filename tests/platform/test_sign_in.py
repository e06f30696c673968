"""Signing in: nothing tells who has an account, half a sign-in opens nothing, a session ends when
it is said to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.cast.building import PASSWORD
from tests.cast.people import Cast
from tests.matrix.walk import addresses, of_person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]
SIGN_IN = "/accounts/login/"
# What half a sign-in opens: one's own account, to set up or show the second factor.
OWN_ACCOUNT = {
    "account_change_password", "account_reauthenticate", "mfa_index", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _sign_in(visitor: Any, who: str, password: str = PASSWORD, **sent: Any) -> Any:
    return visitor.post(SIGN_IN, {"login": who, "password": password, **sent})


def _told(response: Any, who: str) -> tuple[int, str]:
    text = response.content.decode().replace(who, "#")
    return response.status_code, re.sub(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}", "#", text)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(cast: Cast, visitor: Any) -> None:
    asked = [cast["asta"].user.email, cast["lena"].user.email, "nobody@ekdala.example"]
    assert len({_told(_sign_in(visitor, who, "not the password"), who) for who in asked}) == 1


def test_a_forgotten_password_is_answered_alike_also_without_a_mail_server(
    cast: Cast, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise ConnectionRefusedError(111, "no mail server")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
    answers = set()
    for who in (cast["asta"].user.email, cast["lena"].user.email, "nobody@ekdala.example"):
        response = visitor.post("/accounts/password/reset/", {"email": who})
        answers.add((response.status_code, response.headers["Location"]))
    assert answers == {(302, "/accounts/password/reset/done/")}


def test_one_account_is_guessed_at_few_times_and_the_others_of_the_house_get_in(
    cast: Cast, visitor: Any
) -> None:
    """A municipality sits behind one address: one who guesses must not shut out the rest."""
    for turn in range(12):
        _sign_in(visitor, f"guess{turn}@ekdala.example", f"guess {turn}")
    for turn in range(5):
        _sign_in(visitor, cast["asta"].user.email, f"guess {turn}")
    assert _sign_in(visitor, cast["asta"].user.email).status_code == 200, "right, but too late"
    assert _sign_in(visitor, cast["aron"].user.email).status_code == 302


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(cast: Cast, visitor: Any, target: str) -> None:
    asked = visitor.get(SIGN_IN, {"next": target})
    assert "evil" not in asked.headers.get("Location", "")
    answer = _sign_in(visitor, cast["asta"].user.email, next=target)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_the_session_is_a_new_one_after_sign_in_and_none_after_sign_out(
    cast: Cast, visitor: Any
) -> None:
    visitor.cookies["session"] = "a" * 32
    _sign_in(visitor, cast["asta"].user.email)
    mine = visitor.cookies["session"]
    assert mine.value != "a" * 32
    assert mine["httponly"]
    assert mine["samesite"] == "Lax"
    assert not mine["max-age"], "it ends with the browser"
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert visitor.get("/people/").status_code == 200
    kept = mine.value
    visitor.post("/accounts/logout/")
    visitor.cookies["session"] = kept
    assert visitor.get("/people/").headers["Location"].startswith(SIGN_IN)


def test_half_a_sign_in_opens_ones_own_account_and_nothing_else(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    half = sign_in(cast["asta"], second_factor=False)
    opened = set()
    objects = of_person(cast.person("own"), cast)
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        for address in addresses():
            if address.policy and not address.policy.open_to_all:
                answer = half.get(address.at(objects))
                asked = answer.headers.get("Location", "")
                if address.policy.roles:
                    assert asked == "/accounts/2fa/totp/activate/", address.name
                else:
                    opened.add(address.name)
    assert opened == OWN_ACCOUNT


def test_signing_in_shows_no_address_on_the_next_page(cast: Cast, visitor: Any) -> None:
    _sign_in(visitor, cast["aron"].user.email)
    kept = visitor.get("/accounts/2fa/", follow=True)
    assert cast["aron"].user.email not in kept.content.decode()
    assert not list(kept.context["messages"])
