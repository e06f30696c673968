"""The board as its keepers, its screen and its participants meet it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.people.models import Person
from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.models import (
    Board,
    BoardDeviation,
    BoardGoal,
    Improvement,
    Meeting,
    NameConsent,
    Proposer,
)
from stegvis.platform.access.models import Shield
from stegvis.platform.accounts.models import Member, Role
from stegvis.platform.journal.models import Event, Submission
from tests.cast.people import Cast, Colleague

pytestmark = pytest.mark.django_db
PER_PAGE = 14


@pytest.fixture
def board(cast: Cast, as_job: Any) -> Board:
    with as_job(cast.ekdala.tenant):
        found: Board = Board.objects.get(pk=cast.ekdala.board[0])
    return found


def _url(board: Board, rest: str = "") -> str:
    return f"/boards/{board.pk}/{rest}"


@pytest.mark.requirement("KN-127")
def test_goals_deviations_and_today_come_on_the_wall(
    cast: Cast, board: Board, sign_in: Any, as_job: Any, visitor: Any
) -> None:
    vera = sign_in(cast["vera"])
    common = {"title": "Rätt tvätt", "words": "", "picture": "wash"}
    for more in (
        {"do": "goal"},
        {"do": "deviation", "solver": str(cast["vera"].member)},
        {"do": "line", "people": "4"},
    ):
        assert vera.post(_url(board), {**common, **more}).status_code == 302
    with as_job(cast.ekdala.tenant):
        goal = BoardGoal.objects.get()
    assert vera.post(_url(board), {"do": f"mark:{goal.pk}:partly"}).status_code == 302
    screen = vera.post(_url(board, "screen/"))
    assert screen.headers["Location"] == "/wall/"
    assert vera.get("/boards/").status_code == 302  # signed out of the screen
    shown = vera.get("/wall/").content.decode()
    assert shown.count("Rätt tvätt") == 3
    assert "Delvis" in shown
    assert "<b>4</b>" in shown
    assert "Vera" in shown
    assert "Ekdaladotter" not in shown
    assert visitor.get("/wall/").status_code == 404
    assert vera.post("/wall/").status_code == 405


@pytest.mark.requirement("KN-128")
def test_every_line_of_the_wall_has_a_picture(
    cast: Cast, board: Board, as_job: Any, sign_in: Any
) -> None:
    vera = sign_in(cast["vera"])
    vera.post(_url(board), {"do": "line", "title": "Köket", "picture": "pan"})
    vera.post(_url(board, "screen/"))
    shown = vera.get("/wall/").content.decode()
    line = shown[shown.index("Köket") - 900 : shown.index("Köket")]
    assert '<svg class="pic"' in line
    assert vera.get("/wall/").content.decode().count("<h2") == 4


def test_a_solved_deviation_says_so_and_again_counts(
    cast: Cast, board: Board, as_job: Any, sign_in: Any
) -> None:
    vera = sign_in(cast["vera"])
    vera.post(_url(board), {"do": "deviation", "title": "Halt", "picture": "flag"})
    with as_job(cast.ekdala.tenant):
        row = BoardDeviation.objects.get()
    vera.post(_url(board), {"do": f"again:{row.pk}"})
    vera.post(_url(board), {"do": f"solve:{row.pk}"})
    with as_job(cast.ekdala.tenant):
        row.refresh_from_db()
    assert (row.count, row.solved_on) == (2, cast.on)


def _participant(cast: Cast) -> Colleague:
    return next(
        one
        for one in cast.colleagues.values()
        if one.role is Role.PARTICIPANT and one.town == cast.ekdala
    )


@pytest.mark.requirement("KN-36", "KN-119")
def test_a_participants_idea_shows_when_it_was_answered(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    mine = sign_in(_participant(cast))
    for kind in ("idea", "area"):
        data = {"do": "idea", "board": str(board.pk), "kind": kind, "title": f"Påsar {kind}"}
        assert mine.post("/my/ideas/", data).status_code == 302
    assert "Inte besvarad än." in mine.get("/my/ideas/").content.decode()
    with as_job(cast.ekdala.tenant):
        row = Improvement.objects.get(title="Påsar idea")
    url = _url(board, f"improvements/{row.pk}/")
    vera = sign_in(cast["vera"])
    assert vera.post(url, {"do": "answer", "answer": "Vi provar."}).status_code == 302
    refused = vera.post(url, {"do": "turn", "state": "standard", "words": ""})
    assert refused.status_code == 200
    turned = vera.post(url, {"do": "turn", "state": "standard", "words": "Letar mindre"})
    assert turned.status_code == 302
    shown = mine.get("/my/ideas/").content.decode()
    assert "Vi provar." in shown
    assert "Besvarad" in shown
    assert "Letar mindre" in shown
    assert "Påsar area" in vera.get(_url(board, "improvements/")).content.decode()


@pytest.mark.requirement("KN-129")
def test_an_idea_from_the_box_leaves_no_trace_of_who(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    mine = sign_in(_participant(cast))
    with as_job(cast.ekdala.tenant):
        before = (Event.events.count(), Submission.objects.count())
    key = str(uuid.uuid4())
    data = {"kind": "idea", "title": "Tystare radio", "key": key}
    for _twice in range(2):
        assert mine.post(f"/box/{board.box}/", data).status_code == 200
    with as_job(cast.ekdala.tenant):
        row = Improvement.objects.get(title="Tystare radio")
        assert (Event.events.count(), Submission.objects.count()) == before
        assert not Proposer.objects.filter(improvement=row).exists()
    assert (row.by_id, row.source, row.week) == (None, "box", facts.monday(cast.on))
    assert row.pk.version == 4
    stored = {field.name for field in Improvement._meta.local_fields}
    assert stored.isdisjoint({"created_at", "submission", "person"})
    assert mine.post("/box/nowhere/", data).status_code == 200


def test_a_first_name_stands_by_the_own_yes_alone_and_never_of_a_shielded_person(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    mine = sign_in(_participant(cast))
    mine.post("/my/ideas/", {"do": "idea", "board": str(board.pk), "kind": "idea", "title": "A"})
    with as_job(cast.ekdala.tenant):
        row = Improvement.objects.get(title="A")
        person = Proposer.objects.get(improvement=row).person_id
        given = facts.first(Person.people.get(pk=person).given_name)
        assert facts.first_names([row.pk]) == {}
    assert mine.post("/my/ideas/", {"do": "yes"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert facts.first_names([row.pk]) == {row.pk: given}
    mine.post("/my/ideas/", {"do": "no"})
    with as_job(cast.ekdala.tenant):
        assert facts.first_names([row.pk]) == {}
        assert NameConsent.objects.get().withdrawn_on == cast.on
    mine.post("/my/ideas/", {"do": "yes"})
    with as_job(cast.ekdala.tenant):
        Shield(tenant_id=cast.ekdala.tenant, person=person, grade="marked", since=cast.on).save(
            force_insert=True
        )
        assert facts.first_names([row.pk]) == {}


@pytest.mark.requirement("KN-35")
def test_an_item_of_a_workplace_meeting_is_tied_to_a_heading_of_the_plan(
    cast: Cast, board: Board, sign_in: Any
) -> None:
    url = _url(board, f"meetings/{cast.ekdala.board[2]}/")
    vera = sign_in(cast["vera"])
    bare = vera.post(url, {"do": "item", "words": "Luften i snickeriet"})
    assert "Säg var i verksamhetsplanen" in bare.content.decode()
    assert "Luften i snickeriet" in bare.content.decode()
    data = {"do": "item", "words": "Luften i snickeriet", "heading": "prerequisites"}
    assert vera.post(url, data).status_code == 302
    assert "Förutsättningar" in vera.get(url).content.decode()


def test_a_decision_is_followed_until_it_is_done(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    vera = sign_in(cast["vera"])
    held = {"kind": "council", "on": cast.on.isoformat(), "came": "6"}
    assert vera.post(_url(board, "meetings/"), held).status_code == 302
    assert "står där redan" in vera.post(_url(board, "meetings/"), held).content.decode()
    with as_job(cast.ekdala.tenant):
        row = Meeting.objects.get(kind="council")
    url = _url(board, f"meetings/{row.pk}/")
    data = {"do": "item", "words": "Ny fikatid", "decision": "on"}
    assert "har någon som gör det" in vera.post(url, data).content.decode()
    vera.post(url, {**data, "doer": str(cast["vera"].member)})
    assert "Ny fikatid" in vera.get(_url(board, "meetings/")).content.decode()
    with as_job(cast.ekdala.tenant):
        item = row.items.get()
    vera.post(url, {"do": f"done:{item.pk}", "outcome": "Sedan måndag"})
    assert "Ny fikatid" not in vera.get(_url(board, "meetings/")).content.decode()
    assert "Sedan måndag" in vera.get(url).content.decode()


@pytest.mark.requirement("KN-120")
def test_a_month_without_a_workplace_meeting_is_flagged(
    cast: Cast, board: Board, sign_in: Any, as_job: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        board.since = cast.on - dt.timedelta(days=100)
        board.save_if_unchanged("since")
    page = sign_in(cast["vera"]).get(_url(board, "meetings/")).content.decode()
    assert page.count("Ingen arbetsplatsträff i") >= 2
    assert "Intervallet är vårt" in page


DAYS = st.integers(0, 1095).map(lambda ago: dt.date(2026, 12, 31) - dt.timedelta(days=ago))


@pytest.mark.requirement("KN-120")
@given(since=DAYS, on=DAYS, held=st.lists(DAYS, max_size=20), every=st.integers(1, 12))
def test_a_missed_span_has_gone_by_whole_and_held_no_meeting(
    since: dt.date, on: dt.date, held: list[dt.date], every: int
) -> None:
    for day in facts.missed(since, on, held, every):
        first = facts.months(day)
        assert facts.months(since) < first <= facts.months(on) - every
        assert not {facts.months(one) for one in held} & set(range(first, first + every))


def test_the_board_asks_the_database_few_times(
    cast: Cast, board: Board, sign_in: Any, queries: Any
) -> None:
    vera = sign_in(cast["vera"])
    for rest in ("", "improvements/", "meetings/"):
        with queries() as made:
            vera.get(_url(board, rest))
        assert made.count <= PER_PAGE, rest


def test_a_mark_is_kept_once_a_day(cast: Cast, board: Board, as_job: Any, at_work: Any) -> None:
    with at_work(cast["vera"]):
        actions.add_goal(board, title="Ingen gör sig illa")
        goal = BoardGoal.objects.get()
        actions.mark(goal, "yes")
        actions.mark(goal, "no")
        assert [row.mark for row in goal.days.all()] == ["no"]
        with pytest.raises(NotNow):
            actions.new_board(board.name, board.unit_id)
        actions.propose_as_staff(board, Idea("X"), by=cast["vera"].actor)
        assert Member.members.filter(pk=cast["vera"].member).exists()
