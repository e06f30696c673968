"""Language and colours are the visitor's own choice, and lead back to where one was."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import RequestFactory

from stegvis.platform.ui.pages import choose_language, choose_theme


@pytest.mark.requirement("X-02")
def test_a_chosen_language_is_kept() -> None:
    response = choose_language(RequestFactory().post("/", {"language": "da", "next": "/d/1/"}))
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "da"
    assert response["Location"] == "/d/1/"


def test_a_chosen_theme_is_kept() -> None:
    response = choose_theme(RequestFactory().post("/", {"theme": "dark", "next": "/"}))
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["httponly"]


@pytest.mark.parametrize("value", ["", "xx", "sv; path=/", "<script>"])
def test_what_is_no_choice_changes_nothing(value: str) -> None:
    assert not choose_language(RequestFactory().post("/", {"language": value})).cookies
    assert not choose_theme(RequestFactory().post("/", {"theme": value})).cookies


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_a_choice_leads_nowhere_else(target: str) -> None:
    response = choose_theme(RequestFactory().post("/", {"theme": "dark", "next": target}))
    assert response["Location"] == "/"


def test_a_choice_is_not_made_by_a_link() -> None:
    assert choose_theme(RequestFactory().get("/", {"theme": "dark"})).status_code == 405
