"""Every answer carries the headers that keep it where it belongs, faults and files included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from stegvis.config.headers import ALWAYS
from stegvis.platform.access.pages import everyone
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]


@everyone
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Karin Ekwall, 19801212-1234")


@everyone
def without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server on socket failed: Karin Ekwall")


urlpatterns = [
    path("breaks/", breaks),
    path("without-database/", without_database),
    path("", include("stegvis.config.urls")),
]
for name, answer in {
    400: "bad_request", 403: "forbidden", 404: "not_found", 500: "broken"
}.items():  # fmt: skip
    globals()[f"handler{name}"] = f"stegvis.platform.ui.errors.{answer}"

LARGE = {"CONTENT_LENGTH": str(10**9)}
# status: method, address, and what else is sent
ANSWERS: dict[str, tuple[int, str, str, dict[str, Any]]] = {
    "a page": (200, "get", "/people/", {}),
    "a page before sign-in": (200, "get", "/accounts/password/reset/", {}),
    "health": (200, "get", "/healthz", {}),
    "a file": (200, "get", "/static/ui/tokens.css", {}),
    "a redirect": (302, "get", "/", {}),
    "a form without its key": (400, "post", "/referrals/new/", {}),
    "a host that is not ours": (400, "get", "/people/", {"HTTP_HOST": "evil.example"}),
    "NUL in a query": (400, "get", "/people/?q=%00", {}),
    "a page that is shut": (403, "get", "/accounts/email/", {}),
    "what is not there": (404, "get", "/nothing/", {}),
    "a file that is not there": (404, "get", "/static/nothing.css", {}),
    "a method nobody serves": (405, "put", "/people/", {}),
    "a method the page does not serve": (405, "get", "/theme", {}),
    "too large": (413, "post", "/referrals/new/", LARGE),
    "a fault": (500, "get", "/breaks/", {}),
    "no database": (503, "get", "/without-database/", {}),
}


@pytest.fixture
def asta(cast: Cast, sign_in: Callable[..., Any]) -> Any:
    visitor = sign_in(cast["asta"])
    visitor.raise_request_exception = False
    return visitor


def _ask(visitor: Any, method: str, url: str, extra: dict[str, Any]) -> Any:
    if method == "post":
        return visitor.generic("POST", url, b"a=1", "application/x-www-form-urlencoded", **extra)
    return getattr(visitor, method)(url, **extra)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("which", ANSWERS)
def test_every_answer_carries_the_headers(which: str, asta: Any) -> None:
    status, method, url, extra = ANSWERS[which]
    response = _ask(asta, method, url, extra)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    response.close()  # a file's
    kept = status == 200 and url.startswith("/static/")
    assert (response.headers.get("Cache-Control") == "no-store") is not kept


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("which", ["a fault", "no database"])
def test_a_fault_is_noted_as_the_page_says_and_tells_nothing(
    which: str, asta: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    _status, method, url, extra = ANSWERS[which]
    response = _ask(asta, method, url, extra)
    written = "".join(capsys.readouterr()) + caplog.text
    assert "answer_failed" in written
    for text in (response.content.decode(), written):
        assert "Ekwall" not in text
        assert "Traceback" not in text
    assert (which == "no database") is ("Retry-After" in response.headers)


def test_a_browser_is_told_to_come_back_encrypted_and_only_where_that_is_so(visitor: Any) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31536000):
        kept = visitor.get("/healthz", secure=True).headers["Strict-Transport-Security"]
        assert "max-age=31536000" in kept
        assert "Strict-Transport-Security" not in visitor.get("/healthz").headers
    assert "Strict-Transport-Security" not in visitor.get("/healthz", secure=True).headers


def test_signing_out_empties_what_the_browser_kept(asta: Any) -> None:
    response = asta.post("/accounts/logout/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert asta.get("/people/").status_code == 302
