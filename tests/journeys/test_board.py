"""The board on a wall and in a meeting: all of it is seen, also by those who do not read."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.models import Board, BoardGoal
from stegvis.learning.boards.words import PICTURES
from tests.cast.building import as_member
from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage

LONG = "Ett ord som är mycket längre än plats finns för på en rad, och lite till"
WIDTHS = ((1920, 1080), (820, 1180), (820, 600))
CUT = """() => {
  const over = [...document.querySelectorAll('#wall section, #wall section > ul > li, #wall > *')]
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1
        || box.left < -1 || one.scrollHeight > one.clientHeight + 2;
    });
  const page = document.documentElement;
  return [over.map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`),
    page.scrollHeight <= innerHeight, page.scrollWidth <= innerWidth];
}"""


@pytest.fixture
def full(stage: Stage) -> Any:
    """A board with more of everything than a screen holds."""
    names = itertools.cycle(PICTURES)
    vera = stage.cast["vera"]
    with stage.backstage(), as_member(vera):
        board = Board.objects.get(pk=stage.cast.ekdala.board[0])
        if BoardGoal.objects.filter(board=board).exists():
            return board.pk
        for n in range(7):
            said = {"title": f"{LONG[:52]} {n}", "words": LONG, "picture": next(names)}
            actions.add_goal(board, **said)
            actions.add_deviation(board, **said)
            actions.add_line(board, **said, people=n)
            actions.propose_as_staff(board, actions.Idea(said["title"]), by=vera.actor)
        for goal in facts.goals(board, stage.cast.on):
            actions.mark(goal, "partly")
    return board.pk


@pytest.mark.requirement("KN-127")
def test_the_wall_fits_the_screen_exactly_and_nothing_is_cut_off(
    enter: Enter, stage: Stage, full: Any
) -> None:
    with enter("vera") as hands:
        hands.go(f"/boards/{full}/screen/")
        hands.page.locator("main button[type=submit]").click()
        hands.page.wait_for_url("**/wall/")
        for wide, high in WIDTHS:
            hands.page.set_viewport_size({"width": wide, "height": high})
            hands.page.wait_for_timeout(50)
            assert hands.page.evaluate(CUT) == [[], True, True], (wide, high)
        assert hands.page.locator("#wall section").count() == 4
        assert hands.page.locator("#wall .more").count() >= 3, "what does not fit is said"


@pytest.mark.requirement("KN-128")
def test_the_board_is_used_with_its_text_hidden(enter: Enter, stage: Stage, full: Any) -> None:
    with enter("vera") as hands:
        hands.go(f"/boards/{full}/screen/")
        hands.page.locator("main button[type=submit]").click()
        hands.page.wait_for_url("**/wall/")
        hands.page.set_viewport_size({"width": 1920, "height": 1080})
        hands.page.evaluate(
            "() => { const s = new CSSStyleSheet(); s.replaceSync("
            "'#wall h2, #wall h3, #wall p, #wall b { color: transparent !important }');"
            "document.adoptedStyleSheets = [s]; }"
        )
        signs = hands.page.evaluate(
            "() => [...document.querySelectorAll('#wall section > h2')]"
            ".map((one) => one.querySelector('svg').innerHTML)"
        )
        assert len(set(signs)) == 4, "each column is known by its picture"
        for column in range(3):
            pictures = hands.page.evaluate(
                "(n) => [...document.querySelectorAll('#wall section')[n]"
                ".querySelectorAll(':scope > ul > li')].map((one) => {"
                "const drawn = one.querySelector('svg.pic, img.own');"
                "const wide = drawn ? drawn.getBoundingClientRect().width : 0;"
                "return wide > 24 ? drawn.outerHTML : '';})",
                column,
            )
            assert all(pictures), column
            assert len(set(pictures)) == len(pictures), "no two lines look the same"
        turned = hands.page.locator("#wall .wheel").count()
        assert turned == hands.page.locator("#wall section:nth-of-type(4) > ul > li").count()
        marks = hands.page.locator("#wall .goal ol svg").count()
        assert marks == 5 * hands.page.locator("#wall .goal").count(), "a mark has a sign"


@pytest.mark.requirement("KN-127")
def test_a_meeting_goes_through_the_board_by_the_keys(
    enter: Enter, stage: Stage, full: Any
) -> None:
    with enter("vera") as hands:
        hands.go(f"/boards/{full}/show/1/")
        for column in (2, 3, 4):
            hands.page.keyboard.press("ArrowRight")
            hands.page.wait_for_url(f"**/show/{column}/")
        hands.page.keyboard.press("ArrowLeft")
        hands.page.wait_for_url("**/show/3/")
        large = hands.page.locator(".show h2").first.evaluate(
            "one => parseFloat(getComputedStyle(one).fontSize)"
        )
        assert large >= 22
        for wide in (1440, 820, 320):
            hands.page.set_viewport_size({"width": wide, "height": 800})
            wide_page = hands.page.evaluate("document.documentElement.scrollWidth")
            assert wide_page <= wide, wide


@pytest.mark.requirement("KN-127")
def test_a_meeting_goes_through_the_board_without_scripts(
    enter: Enter, stage: Stage, full: Any
) -> None:
    with enter("vera", script=False) as hands:
        hands.go(f"/boards/{full}/show/1/")
        for _column in range(3):
            hands.page.locator("a[rel=next]").click()
        assert hands.page.url.endswith("/show/4/")
        assert hands.page.locator("[data-listen]").is_hidden(), "no voice, no button"
