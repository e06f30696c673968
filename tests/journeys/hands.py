"""A visitor's hands: what a test does on a page, counted as a person would count it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stegvis.config.checkout import ROOT
from tests.journeys.stage import Stage

AXE = (ROOT / "tests/vendor/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What can be pressed and is smaller than 24 by 24 CSS pixels, links in running text left aside.
SMALL = """() => [...document.querySelectorAll(
    "a[href], button, summary, input:not([type=hidden]), select, textarea")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || one.closest(".vh, .skip")) return false;
  const text = one.tagName === "A" && getComputedStyle(one).display === "inline";
  const labelled = one.labels && one.labels.length
    && [...one.labels].some((label) => label.getBoundingClientRect().height >= 24);
  return !text && !labelled && (box.width < 24 || box.height < 24);
}).map((one) => one.outerHTML.slice(0, 120))"""


SENDS = """b => b.type === "submit" && !!b.form && b.form.matches("[data-draft]")
  && b.form.checkValidity()"""


class Hands:
    """A page with what it complained of, and how often it was pressed and written in."""

    def __init__(self, page: Any, stage: Stage) -> None:
        self.page = page
        self.stage = stage
        self.presses = 0
        self.texts = 0
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def _heard(self, said: Any) -> None:
        # The browser itself reports every answer of 400 and above; tests that want one say so.
        if said.type == "error" and "status of 40" not in said.text:
            self.complaints.append(said.text)

    def go(self, path: str) -> Hands:
        self.page.goto(self.stage.address + path)
        return self

    def press(self, role: str, name: str, *rest: str) -> Hands:
        """`rest`: what else the name says, in this order."""
        wanted = re.compile(".*".join(re.escape(part) for part in (name, *rest)))
        one = self.page.get_by_role(role, name=wanted).first
        if role == "button" and one.evaluate(SENDS):
            # What is typed is kept before it is sent: the page that answers comes a moment later.
            with self.page.expect_navigation():
                one.click()
        else:
            one.click()
        self.presses += 1
        return self

    def send(self, name: str, *rest: str) -> Hands:
        """Press the button that sends the form, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.press("button", name, *rest)
        return self

    def write(self, label: str, text: str) -> Hands:
        self._field(label).fill(text)
        self.texts += 1
        return self

    def choose(self, label: str, words: str) -> Hands:
        self._field(label).select_option(label=words)
        self.presses += 2  # opening the list, taking from it
        return self

    def _field(self, label: str) -> Any:
        """The field whose label begins so."""
        fields = self.page.locator("input, select, textarea")
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).and_(fields).first

    def sees(self, words: str) -> bool:
        return words in self.page.inner_text("main")

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self.stage.address)

    def look(self) -> list[str]:
        """What a ruler and axe-core find on the page as it stands."""
        found = list(self.complaints)
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"scrolls {wide} px sideways")
        found += [f"small target: {html}" for html in self.page.evaluate(SMALL)]
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        told = self.page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
        )
        found += [
            f"{fault['id']}: {node['html'][:120]}"
            for fault in told["violations"]
            for node in fault["nodes"]
        ]
        return found


@contextmanager
def visiting(
    chromium: Any,
    stage: Stage,
    who: str = "",
    *,
    width: int = 1440,
    scheme: str = "light",
    language: str = "sv",
    script: bool = True,
) -> Iterator[Hands]:
    """A browser of its own; `who` has signed in with both factors, nobody when it is empty."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale={"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}[language],
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    cookies = [{"name": "django_language", "value": language, "url": stage.address}]
    if who:
        cookies.append({"name": "session", "value": stage.cookie(who), "url": stage.address})
    context.add_cookies(cookies)
    hands = Hands(context.new_page(), stage)
    try:
        yield hands
        assert hands.complaints == [], "the page complained"
    finally:
        context.close()


def kept(folder: Path, name: str, hands: Hands) -> Path:
    """The page as it would be printed."""
    file = folder / f"{name}.pdf"
    hands.page.emulate_media(media="print")
    hands.page.pdf(path=str(file), format="A4", print_background=True)
    return file
