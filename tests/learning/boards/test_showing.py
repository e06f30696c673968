"""The board shown: in a meeting column after column, and with the unit's own pictures."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stegvis.journey.workplaces.models import Symbol
from stegvis.learning.boards import actions
from stegvis.learning.boards.models import Board, TodayLine
from tests.cast.people import Cast
from tests.platform.documents.test_redrawing import png

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-127")]
COLUMNS = ("Mål", "Avvikelser", "I dag", "Förbättringar")


@pytest.fixture
def board(cast: Cast, at_work: Any) -> Board:
    with at_work(cast["vera"]):
        found: Board = Board.objects.get(pk=cast.ekdala.board[0])
        actions.add_goal(found, title="Rätt tvätt", words="Till rätt hus", picture="wash")
        actions.add_deviation(found, title="Halt vid kajen", words="Sand framme", picture="key")
        actions.add_line(found, title="Köket", words="Lunch för 18", picture="pan", people=4)
    return found


def _show(board: Board, column: int) -> str:
    return f"/boards/{board.pk}/show/{column}/"


def test_the_columns_follow_each_other_as_pages_by_links_alone(
    cast: Cast, board: Board, sign_in: Any
) -> None:
    vera = sign_in(cast["vera"])
    for column, name in enumerate(COLUMNS, 1):
        page = vera.get(_show(board, column)).content.decode()
        assert f'aria-current="page">{name}' in page
        assert page.count('rel="next"') == 1
        assert page.count('rel="prev"') == (0 if column == 1 else 1)
    assert f'rel="next" href="/boards/{board.pk}/meetings/"' in page, (
        "the last leads to the minutes"
    )
    assert f'href="{_show(board, 1)}"' in vera.get(f"/boards/{board.pk}/").content.decode()


def test_a_column_that_is_not_there_is_not_found(cast: Cast, board: Board, sign_in: Any) -> None:
    for column in (0, 5):
        assert sign_in(cast["vera"]).get(_show(board, column)).status_code == 404


def test_each_column_says_what_stands_there_with_a_picture(
    cast: Cast, board: Board, sign_in: Any, queries: Any
) -> None:
    vera = sign_in(cast["vera"])
    for column, says in enumerate(("Rätt tvätt", "Halt vid kajen", "Köket", "Hyllor med foto"), 1):
        with queries() as made:
            page = vera.get(_show(board, column)).content.decode()
        row = page[page.index("<ul>") : page.index("</section>")]
        assert says in row
        assert row.count('class="pic') >= 1
        assert made.count <= 14


@pytest.mark.requirement("KN-128")
def test_the_units_own_picture_stands_on_the_board_in_the_meeting_and_on_the_wall(
    cast: Cast, board: Board, sign_in: Any, as_job: Any, visitor: Any
) -> None:
    vera = sign_in(cast["vera"])
    file = SimpleUploadedFile("a.png", png(64, 64))
    said = {"do": "add", "words": "Mangeln", "unit": str(board.unit_id), "file": file}
    assert sign_in(cast["marta"]).post("/symbols/", said).status_code == 302
    with as_job(cast.ekdala.tenant):
        symbol = Symbol.objects.get(words="Mangeln")
    line = {"do": "line", "title": "Tvätten", "picture": "wash", "symbol": str(symbol.pk)}
    assert vera.post(f"/boards/{board.pk}/", line).status_code == 302
    assert 'alt="Mangeln"' in vera.get(_show(board, 3)).content.decode()
    vera.post(f"/boards/{board.pk}/screen/")
    wall = vera.get("/wall/").content.decode()
    where = f"/wall/symbols/{symbol.pk}/"
    assert f'src="{where}" alt="Mangeln"' in wall
    assert vera.get(where)["Content-Type"] == "image/png"
    assert visitor.get(where).status_code == 404
    with as_job(cast.ekdala.tenant):
        symbol.unit_id = next(one for one in cast.ekdala.units if one != board.unit_id)
        symbol.save_if_unchanged("unit_id")
    assert vera.get(where).status_code == 404, "of another unit than the board's"


def test_a_picture_of_another_unit_cannot_be_put_on_the_board(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    other = next(one for one in cast.ekdala.units if one != board.unit_id)
    with as_job(cast.ekdala.tenant):
        symbol = Symbol(
            tenant_id=cast.ekdala.tenant, unit_id=other, words="Annan", image=png(64, 64)
        )
        symbol.save(force_insert=True)
    line = {"do": "line", "title": "Tvätten", "picture": "wash", "symbol": str(symbol.pk)}
    assert sign_in(cast["vera"]).post(f"/boards/{board.pk}/", line).status_code == 200
    with as_job(cast.ekdala.tenant):
        assert not TodayLine.objects.filter(title="Tvätten").exists()
