"""The user council and the areas to get better at: who sits there, what was decided, what came of
it, and that it is told to those it came from."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.people.models import Person
from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.models import (
    Board,
    CouncilSeat,
    CouncilStaff,
    Improvement,
    Meeting,
    MeetingItem,
)
from stegvis.platform.access.authority import Hidden
from stegvis.platform.access.models import Shield
from stegvis.platform.accounts.models import Member, Role
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast, Colleague

pytestmark = pytest.mark.django_db
OWN = "/my/council/"


@pytest.fixture
def board(cast: Cast, as_job: Any) -> Board:
    with as_job(cast.ekdala.tenant):
        found: Board = Board.objects.get(pk=cast.ekdala.board[0])
    return found


@pytest.fixture
def council(cast: Cast, board: Board, sign_in: Any) -> str:
    """There is one: Vera sits there. Its address."""
    where = f"/boards/{board.pk}/council/"
    said = {"do": "seat", "member": str(cast["vera"].member)}
    assert sign_in(cast["vera"]).post(where, said).status_code == 302
    return where


class Here(NamedTuple):
    cast: Cast
    board: Board
    me: Colleague
    sign_in: Any
    as_job: Any


@pytest.fixture
def here(cast: Cast, board: Board, me: Colleague, sign_in: Any, as_job: Any) -> Here:
    return Here(cast, board, me, sign_in, as_job)


@pytest.fixture
def me(cast: Cast) -> Colleague:
    return next(
        one
        for one in cast.colleagues.values()
        if one.role is Role.PARTICIPANT and one.town == cast.ekdala
    )


def _given(cast: Cast, as_job: Any) -> tuple[Any, str]:
    with as_job(cast.ekdala.tenant):
        person = CouncilSeat.objects.get().person_id
        return person, facts.first(Person.people.get(pk=person).given_name)


@pytest.mark.requirement("KN-41")
def test_a_participant_sits_by_their_own_press_and_leaves_by_another(
    cast: Cast, council: str, board: Board, me: Colleague, sign_in: Any
) -> None:
    mine, keeper = sign_in(me), sign_in(cast["birger"])
    assert "Jag vill sitta här" in mine.get(OWN).content.decode()
    for _twice in range(2):
        assert mine.post(OWN, {"do": "join", "board": str(board.pk)}).status_code == 302
    assert "Du sitter här sedan" in mine.get(OWN).content.decode()
    assert "deltagare</span>" in keeper.get(council).content.decode()
    mine.post(OWN, {"do": "leave", "board": str(board.pk)})
    assert "deltagare</span>" not in keeper.get(council).content.decode()
    assert "Jag vill sitta här" in mine.get(OWN).content.decode()


@pytest.mark.requirement("KN-41")
def test_whoever_keeps_the_board_reads_who_sits_and_the_person_sees_that(
    here: Here, council: str
) -> None:
    here.sign_in(here.me).post(OWN, {"do": "join", "board": str(here.board.pk)})
    person, given = _given(here.cast, here.as_job)
    assert given in here.sign_in(here.cast["vera"]).get(council).content.decode()
    with here.as_job(here.cast.ekdala.tenant):
        read = Event.events.about(person).filter(what="council")
        assert read.exists()


@pytest.mark.requirement("KN-41")
def test_somebody_shielded_is_neither_asked_nor_shown_nor_counted(here: Here, council: str) -> None:
    mine = here.sign_in(here.me)
    mine.post(OWN, {"do": "join", "board": str(here.board.pk)})
    person, given = _given(here.cast, here.as_job)
    with here.as_job(here.cast.ekdala.tenant):
        Shield(
            tenant_id=here.cast.ekdala.tenant, person=person, grade="marked", since=here.cast.on
        ).save(force_insert=True)
        assert facts.council(here.board).persons == []
    shown = here.sign_in(here.cast["vera"]).get(council).content.decode()
    assert "deltagare</span>" not in shown
    assert f">{given}<" not in shown
    mine.post(OWN, {"do": "leave", "board": str(here.board.pk)})
    assert "Jag vill sitta här" not in mine.get(OWN).content.decode()
    mine.post(OWN, {"do": "join", "board": str(here.board.pk)})
    with here.as_job(here.cast.ekdala.tenant):
        assert not CouncilSeat.objects.filter(left_on__isnull=True).exists()


def test_nobody_else_seats_a_participant(
    cast: Cast, council: str, board: Board, at_work: Any
) -> None:
    own = cast.person("own")
    with at_work(cast["asta"]):
        for by in (cast["asta"].actor, cast["vera"].actor):
            with pytest.raises((NotNow, Hidden)):
                actions.take_seat(board, own.person, by=by)
        assert not CouncilSeat.objects.exists()


def test_where_no_colleague_sits_there_is_no_council(here: Here, council: str) -> None:
    vera = here.sign_in(here.cast["vera"])
    assert (
        "sitter redan där"
        in vera.post(
            council, {"do": "seat", "member": str(here.cast["vera"].member)}
        ).content.decode()
    )
    with here.as_job(here.cast.ekdala.tenant):
        seat = CouncilStaff.objects.get()
    vera.post(council, {"do": f"unseat:{seat.pk}"})
    mine = here.sign_in(here.me)
    assert "inget brukarråd" in mine.get(OWN).content.decode()
    mine.post(OWN, {"do": "join", "board": str(here.board.pk)})
    with here.as_job(here.cast.ekdala.tenant):
        assert not CouncilSeat.objects.exists()


@pytest.mark.requirement("KN-41")
def test_a_decision_is_followed_until_done_and_those_who_sit_read_what_came_of_it(
    here: Here, council: str, at_work: Any
) -> None:
    mine, vera = here.sign_in(here.me), here.sign_in(here.cast["vera"])
    with at_work(here.cast["vera"]):
        held = actions.hold(
            here.board,
            "council",
            on=here.cast.on,
            minutes="Vi talade om pauser.",
            by=here.cast["vera"].actor,
        )
        item = actions.add_item(
            held, words="Stolar i pausrummet", decision=True,
            doer=Member.members.get(pk=here.cast["vera"].member),
            due_on=here.cast.on - dt.timedelta(days=1),
        )  # fmt: skip
    assert "Stolar i pausrummet" not in mine.get(OWN).content.decode(), "who does not sit"
    mine.post(OWN, {"do": "join", "board": str(here.board.pk)})
    before = vera.get(council).content.decode()
    assert "Stolar i pausrummet" in before
    assert "Skulle ha varit klart" in before
    assert "Beslutat, inte klart än" in mine.get(OWN).content.decode()
    where = f"/boards/{here.board.pk}/meetings/{held.pk}/"
    vera.post(where, {"do": f"done:{item.pk}", "outcome": "Sex nya stolar"})
    assert "Skulle ha varit klart" not in vera.get(council).content.decode()
    assert "Sex nya stolar" in vera.get(council).content.decode()
    assert "Sex nya stolar" in mine.get(OWN).content.decode()


@pytest.fixture
def area(cast: Cast, board: Board, me: Colleague, sign_in: Any, as_job: Any) -> Improvement:
    """Something to get better at, by a participant."""
    said = {"do": "idea", "board": str(board.pk), "kind": "area", "title": "Morgonmötet"}
    assert sign_in(me).post("/my/improvements/", said).status_code == 302
    with as_job(cast.ekdala.tenant):
        found: Improvement = Improvement.objects.get(title="Morgonmötet")
    return found


@pytest.mark.requirement("KN-119")
def test_an_area_of_a_participant_is_worked_on_at_a_workplace_meeting_and_answered_back(
    here: Here, area: Improvement
) -> None:
    mine, vera = here.sign_in(here.me), here.sign_in(here.cast["vera"])
    apt = f"/boards/{here.board.pk}/meetings/{here.cast.ekdala.board[2]}/"
    listed = vera.get(f"/boards/{here.board.pk}/improvements/").content.decode()
    assert "Inte uppe än" in listed
    assert f"?about={area.pk}" in vera.get(apt).content.decode()
    filled = vera.get(f"{apt}?about={area.pk}").content.decode()
    assert f'value="{area.pk}" selected' in filled
    said = {
        "do": "item", "words": "Vi börjar 07.20", "heading": "mission", "improvement": f"{area.pk}",
        "decision": "on", "doer": str(here.cast["vera"].member), "due_on": f"{here.cast.on}",
    }  # fmt: skip
    assert vera.post(apt, said).status_code == 302
    listed = vera.get(f"/boards/{here.board.pk}/improvements/").content.decode()
    assert "Inte uppe än" not in listed
    assert f"?about={area.pk}" not in vera.get(apt).content.decode()
    told = mine.get("/my/improvements/").content.decode()
    assert "Vi börjar 07.20" in told
    assert "Beslutat, inte klart än" in told
    with here.as_job(here.cast.ekdala.tenant):
        item = MeetingItem.objects.get(improvement=area)
    vera.post(apt, {"do": f"done:{item.pk}", "outcome": "Alla hinner kaffe"})
    assert "Alla hinner kaffe" in mine.get("/my/improvements/").content.decode()
    one = f"/boards/{here.board.pk}/improvements/{area.pk}/"
    assert "Alla hinner kaffe" in vera.get(one).content.decode()
    vera.post(one, {"do": "turn", "state": "trying", "words": ""})
    assert "Provar" in mine.get("/my/improvements/").content.decode()


@pytest.mark.requirement("KN-119")
def test_a_council_meeting_alone_leaves_an_area_waiting_for_the_workplace_meeting(
    cast: Cast, board: Board, area: Improvement, at_work: Any
) -> None:
    with at_work(cast["vera"]):
        held = actions.hold(board, "council", on=cast.on, by=cast["vera"].actor)
        actions.add_item(held, words="Talade om det", improvement=area)
        assert area in facts.not_taken_up(board)
        apt = Meeting.objects.get(board=board, kind="apt")
        actions.add_item(apt, words="Talade om det", heading="mission", improvement=area)
        assert area not in facts.not_taken_up(board)
        closed = actions.propose_as_staff(board, Idea("Klart"), by=cast["vera"].actor)
        actions.turn(closed, "not_now", "", by=cast["vera"].actor)
        assert closed not in facts.not_taken_up(board)


def test_an_area_of_another_board_cannot_be_taken_up_here(
    here: Here, area: Improvement, at_work: Any
) -> None:
    with at_work(here.cast["vera"]):
        other = actions.new_board("Andra tavlan", here.board.unit_id)
        held = actions.hold(other, "board", on=here.cast.on, by=here.cast["vera"].actor)
    where = f"/boards/{other.pk}/meetings/{held.pk}/"
    said = {"do": "item", "words": "Hit", "improvement": f"{area.pk}"}
    answer = here.sign_in(here.cast["vera"]).post(where, said)
    assert answer.status_code == 200
    assert "Hit" in answer.content.decode()
    with here.as_job(here.cast.ekdala.tenant):
        assert not MeetingItem.objects.filter(meeting=held).exists()


def test_the_database_holds_one_seat_a_person(cast: Cast, board: Board, as_job: Any) -> None:
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        row: dict[str, Any] = {
            "tenant_id": cast.ekdala.tenant, "board": board, "person_id": own.person,
            "enrolment_id": own.enrolment, "since": cast.on,
        }  # fmt: skip
        CouncilSeat(**row).save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            CouncilSeat(**row).save(force_insert=True)


def test_the_pages_ask_the_database_few_times(here: Here, council: str, queries: Any) -> None:
    mine, vera = here.sign_in(here.me), here.sign_in(here.cast["vera"])
    mine.post(OWN, {"do": "join", "board": str(here.board.pk)})
    for visitor, where in ((vera, council), (mine, OWN)):
        with queries() as made:
            assert visitor.get(where).status_code == 200
        assert made.count <= 14, where
