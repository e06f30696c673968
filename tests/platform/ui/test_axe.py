"""What axe-core and a ruler find on the pages: nothing, in every width and both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from stegvis.config.browser import find_chromium
from stegvis.config.headers import POLICY
from tests.platform.ui.samples import PAGES, a_request, the_rail

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "src/stegvis/platform/ui/static"
AXE = (ROOT / "tests/vendor/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
SAMPLE = [("gallery", 820, "light"), ("person", 320, "dark"), ("decision", 1440, "light")]
ALL = [(n, w, s) for n in PAGES for w in (320, 820, 1440) for s in ("light", "dark")]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium was found"),
]


def rendered(name: str) -> str:
    template, build = PAGES[name]
    with translation.override("sv"):
        frame = {"rail": the_rail(), "here": "", "looks_up": True}
        return render_to_string(template, build() | frame, a_request())


def opened(chromium: Any, name: str, *, width: int, scheme: str) -> tuple[Any, list[str]]:
    """The page under the product's own content policy, and what it complained of."""
    html = rendered(name)
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    def serve(route: Any) -> None:
        path = route.request.url.partition("://")[2].partition("/")[2]
        if not path.startswith("static/"):
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
            return
        file = STATIC / path.removeprefix("static/")
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])

    page.route("**/*", serve)
    page.goto("http://stegvis.test/")
    return page, complaints


def look(chromium: Any, name: str, width: int, scheme: str) -> None:
    page, complaints = opened(chromium, name, width=width, scheme=scheme)
    try:
        assert complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
        page.evaluate(AXE)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
        )
        faults = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]
        assert faults == []
    finally:
        page.close()


@pytest.mark.requirement("X-09")
@pytest.mark.parametrize(("name", "width", "scheme"), SAMPLE)
def test_a_page_can_be_used_by_everyone(chromium: Any, name: str, width: int, scheme: str) -> None:
    look(chromium, name, width, scheme)


@pytest.mark.night
@pytest.mark.requirement("X-09")
@pytest.mark.parametrize(("name", "width", "scheme"), ALL)
def test_every_page_in_every_width_and_theme(
    chromium: Any, name: str, width: int, scheme: str
) -> None:
    look(chromium, name, width, scheme)


def test_the_slash_moves_to_the_search_field(chromium: Any) -> None:
    page, _ = opened(chromium, "my-day", width=1440, scheme="light")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "lookup"
    page.keyboard.type("a/b")
    assert page.input_value("#lookup") == "a/b", "inside a field it is a letter like others"
    page.close()


def test_j_walks_down_the_list_and_k_up_again(chromium: Any) -> None:
    page, _ = opened(chromium, "participants", width=1440, scheme="light")
    names = []
    for key in "jjk":
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.textContent"))
    assert names == ["Amina Warde", "Stig Hallengren", "Amina Warde"]
    page.close()


def test_a_form_pressed_twice_is_sent_once(chromium: Any) -> None:
    page, _ = opened(chromium, "decision", width=1440, scheme="light")
    page.evaluate(
        """() => {
        window.refused = [];
        window.addEventListener("submit", (event) => {
          window.refused.push(event.defaultPrevented);
          event.preventDefault();
        });
        const form = document.querySelector("main form[method=post]");
        form.noValidate = true;
        form.requestSubmit();
        form.requestSubmit();
      }"""
    )
    assert page.evaluate("window.refused") == [False, True]
    page.close()
