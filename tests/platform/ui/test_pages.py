"""Every page renders from the context its template describes: whole and strict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.utils import translation

from tests.platform.ui.samples import PAGES, a_request, the_rail

UNDEFINED = "UNDEFINED"
ERRORS = ("400.html", "403.html", "404.html", "429.html", "500.html")
SIGN_IN = (
    "account/login.html",
    "account/logout.html",
    "account/reauthenticate.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "mfa/authenticate.html",
    "mfa/index.html",
    "mfa/reauthenticate.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
)
VOID = {"meta", "link", "input", "br", "hr", "img"}


@pytest.fixture(autouse=True)
def _strict() -> Iterator[None]:
    """A name that a context does not hold is written out, so that a test can see it."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    engine.string_if_invalid = UNDEFINED + "(%s)"
    yield
    engine.string_if_invalid = ""


def rendered(name: str, language: str = "sv") -> str:
    template, build = PAGES[name]
    context = build()
    with translation.override(language):
        return render_to_string(template, {**context, "rail": the_rail(), "here": ""}, a_request())


class Balance(HTMLParser):
    """Open elements, ids and what a strict content policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.points: list[str] = []
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.points += (given.get(name) or "").split()
        self.refused += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.refused.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def checked(html: str) -> Balance:
    balance = Balance()
    balance.feed(html)
    assert not balance.open
    return balance


@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_uses_only_what_its_context_holds(name: str, language: str) -> None:
    assert UNDEFINED not in rendered(name, language)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_passes_a_strict_content_policy(name: str) -> None:
    balance = checked(rendered(name))
    assert balance.refused == []
    assert len(balance.ids) == len(set(balance.ids)), "an id stands twice"
    assert set(balance.points) <= set(balance.ids), "a label points at nothing"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_of_the_first_level(name: str) -> None:
    assert rendered(name).count("<h1") == 1


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_needs_no_context(template: str) -> None:
    html = render_to_string(template)
    checked(html)
    assert UNDEFINED not in html
    assert 'href="/"' in html


def test_the_page_for_what_one_may_not_see_is_the_page_for_what_is_not_there() -> None:
    with translation.override("sv"):
        assert render_to_string("404.html") == render_to_string("404.html", {"exception": "secret"})


def test_a_chosen_theme_is_written_on_the_page() -> None:
    template, build = PAGES["my-day"]
    context = {**build(), "rail": the_rail(), "here": ""}
    dark = render_to_string(template, context, a_request(theme="dark"))
    assert 'data-theme="dark"' in dark
    assert "data-theme" not in render_to_string(template, context, a_request(theme='"><script>'))


def test_what_people_wrote_is_shown_as_text() -> None:
    template, build = PAGES["person"]
    context = build()
    person = {"name": "<b>Bobby</b>", "url": "#"}
    html = render_to_string(
        template, {**context, "person": person, "rail": the_rail(), "here": ""}, a_request()
    )
    assert "<b>Bobby" not in html
    assert "&lt;b&gt;Bobby" in html


def test_no_page_names_a_person_in_an_address() -> None:
    for name in PAGES:
        for address in re.findall(r'(?:href|action)="([^"]*)"', rendered(name)):
            assert "Samira" not in address
            assert "Tord" not in address


def test_the_road_stands_beside_its_table() -> None:
    html = rendered("person")
    assert html.index('class="draw d-road"') < html.index('<details class="data">')
    assert "21 september" in rendered("person", "sv")


def test_an_error_in_a_form_leads_to_its_field() -> None:
    html = rendered("refused-decision")
    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert targets
    assert set(targets) <= set(checked(html).ids)


@pytest.mark.parametrize("template", SIGN_IN)
def test_signing_in_wears_our_face(template: str) -> None:
    origin = get_template(template).origin.name
    assert "platform/ui/templates" in origin, f"{template} comes from a library"


@pytest.mark.requirement("X-02")
@pytest.mark.parametrize(
    ("language", "said"), [("sv", "Behöver dig i dag"), ("da", "Har brug for dig i dag")]
)
def test_a_page_is_said_in_the_language_of_its_reader(language: str, said: str) -> None:
    html = rendered("my-day", language)
    assert said in html
    assert f'<html lang="{language}"' in html
    assert "Needs you today" not in html
