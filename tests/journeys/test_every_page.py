"""Every page of the product as each of its visitors meets it: what axe-core, a ruler and the
browser's own console find is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands

WIDTHS, SCHEMES = (320, 820, 1440), ("light", "dark")
VISITORS = {
    "": "sv", "asta": "sv", "vera": "sv", "jonna": "sv", "mona": "sv", "ada": "sv", "loke": "sv",
    "petra": "sv", "olle": "sv", "inge": "da", "agnes": "en",
}  # fmt: skip
DOORS = (
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/inactive/",
    "/nowhere",
    "/my/in/",
    "/my/in/pictures/",
    "/my/in/no-such-link/",
)
ACCOUNT = ("/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/")
OFTEN = ("/people/", "/people/*/", "/my-day/")  # differ with who looks
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}")
SAMPLE = [("asta", 320, "dark"), ("ada", 1440, "light"), ("inge", 820, "light")]

# A browser keeps these instead of showing them.
FILES = {"plan_pdf", "planning_pdf", "report_paper", "summary_pdf"}

# Addresses no visitor of the stage meets as a page, with the reason.
ELSEWHERE = {
    "healthz": "for machines",
    "gallery": "for those who build; tests/platform/ui looks at it",
    "language": "takes a choice", "theme": "takes a choice",
    "landing": "leads on", "reads_check": "takes a press",
    "leave": "asks for a case that has a step", "programme_publish": "takes a press",
    "staff_give_role": "takes a press", "staff_invitation": "takes a press",
    "my_leave": "takes a press", "my_mood": "takes a press", "my_place": "takes a press",
    "my_told": "follows a press", "way_in_sheet": "follows a press",
    "staff_return": "takes a press", "unit_close": "takes a press", "drafts": "for the script",
    "plan_pdf": "a file", "report_paper": "a file", "planning_pdf": "a file",
    "summary_pdf": "a file",
}  # fmt: skip


def walk(hands: Hands, *, most: int = 200) -> Iterator[str]:
    """Every kind of address that links lead to, each once: one person stands for all."""
    waiting = ["/"] if hands.page.context.cookies() else list(DOORS)
    waiting += list(ACCOUNT)
    met: set[str] = set()
    while waiting and len(met) < most:
        path = waiting.pop(0)
        kind = KEY.sub("*", path.partition("?")[0].partition("#")[0])
        if kind in met or name_of(path) in FILES:
            continue
        met.add(kind)
        hands.go(path)
        yield kind
        links = "all => all.map(one => one.getAttribute('href'))"
        found = hands.page.eval_on_selector_all("a[href^='/']", links)
        waiting += [link for link in found if not link.startswith("/static/")]


def look_at_all(enter: Enter, width: int, scheme: str) -> tuple[list[str], set[str]]:
    """What is wrong, and the names of the pages met; each kind of page is looked at once."""
    faults: list[str] = []
    names: set[str] = set()
    looked: set[str] = set()
    for who, language in VISITORS.items():
        with enter(who, width=width, scheme=scheme, language=language) as hands:
            for kind in walk(hands):
                names.add(name_of(hands.path))
                if kind not in looked or kind in OFTEN:
                    looked.add(kind)
                    faults += [f"{who} {kind}: {fault}" for fault in hands.look()]
                hands.complaints.clear()
    return faults, names


def name_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


@pytest.mark.requirement("X-09")
@pytest.mark.parametrize(("who", "width", "scheme"), SAMPLE)
def test_the_first_pages_of_a_visitor_can_be_used_by_everyone(
    enter: Enter, who: str, width: int, scheme: str
) -> None:
    faults: list[str] = []
    with enter(who, width=width, scheme=scheme, language=VISITORS[who]) as hands:
        for kind in walk(hands, most=7):
            faults += [f"{kind}: {fault}" for fault in hands.look()]
    assert "\n".join(faults) == ""


@pytest.mark.night
@pytest.mark.requirement("X-09")
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_used_by_everyone(enter: Enter, width: int, scheme: str) -> None:
    faults, met = look_at_all(enter, width, scheme)
    assert "\n".join(faults) == ""
    missed = set(_names(get_resolver().url_patterns)) - met - set(ELSEWHERE)
    assert " ".join(sorted(missed)) == "", "pages nobody was led to"


def _names(patterns: list[Any]) -> Iterator[str]:
    """The product's own; of the libraries' pages the visitor's account is walked above."""
    for one in patterns:
        if isinstance(one, URLResolver):
            if "accounts" not in str(one.pattern):
                yield from _names(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name
