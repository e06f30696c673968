from __future__ import annotations

import pytest

from stegvis.core.progression.facts import Fact
from stegvis.core.progression.moves import Move, open_moves
from stegvis.core.progression.road import history
from stegvis.core.progression.standing import lacking, standing
from tests.core.progression.made import climbed, day, fact, walked

BEGUN = (fact("2026-01-07", "referral"), fact("2026-01-12", "enrolment"))
ON_P3 = (
    fact("2026-01-12", "enrolment"),
    fact("2026-01-12", "screening", group="1"),
    fact("2026-01-12", "step", step="p1"),
    fact("2026-02-02", "step", step="p2"),
    fact("2026-03-02", "step", step="p3"),
)


def climbing(*facts: Fact, on: str = "2026-06-01") -> dict[str, Move]:
    made = climbed()
    return {move.to: move for move in open_moves(made, history(made, (*BEGUN, *facts), day(on)))}


def walking(*facts: Fact, on: str = "2026-06-01") -> dict[str, Move]:
    made = walked()
    return {move.to: move for move in open_moves(made, history(made, facts, day(on)))}


@pytest.mark.requirement("AJ-03", "AJ-04", "N-19")
def test_every_step_may_be_reached_from_every_step() -> None:
    moves = climbing(fact("2026-01-12", "step", step="a3"))
    assert {code: move.kind for code, move in moves.items()} == {
        "a1": "back",
        "a2": "back",
        "a3": "stay",
        "a4": "forward",
        "a5": "skip",
    }


@pytest.mark.requirement("AJ-04")
def test_a_skip_needs_a_reason_and_names_what_it_skips() -> None:
    move = climbing(fact("2026-01-12", "step", step="a2"))["a5"]
    assert move.needs_reason
    assert move.skipped == ("a3", "a4")


@pytest.mark.requirement("AJ-03")
def test_before_the_first_step_every_step_may_be_entered() -> None:
    moves = climbing()
    assert {move.kind for move in moves.values()} == {"enter"}
    assert not moves["a1"].needs_reason
    assert not moves["a2"].needs_reason
    assert moves["a4"].because.values["codes"] == ("own_week",)


@pytest.mark.requirement("AJ-01")
def test_without_a_referral_the_way_in_is_possible_with_a_written_reason_only() -> None:
    made = climbed()
    road = history(made, [], day("2026-06-01"))
    moves = open_moves(made, road)
    assert all(move.needs_reason for move in moves)
    assert {move.because.code for move in moves} == {"enter_no_referral"}
    assert [one.criterion for one in lacking(made, road)] == ["referral", "enrolment"]


@pytest.mark.requirement("AJ-23", "INV-2")
def test_moving_on_where_something_is_lacking_names_it_and_is_not_refused() -> None:
    move = climbing(fact("2026-01-12", "step", step="a2"))["a3"]
    assert (move.kind, move.needs_reason) == ("forward", True)
    assert move.because.values["codes"] == ("less_support",)


@pytest.mark.requirement("AJ-30", "N-03")
def test_moving_on_where_all_is_met_is_advice_and_still_a_move_to_decide() -> None:
    facts = (
        fact("2026-01-12", "step", step="a2"),
        fact("2026-02-02", "observation", ability="take_instructions"),
        fact("2026-02-09", "judgement", criterion="less_support", met=True, by="case_worker"),
    )
    move = climbing(*facts)["a3"]
    assert (move.because.code, move.needs_reason) == ("forward_ready", False)
    made = climbed()
    road = history(made, (*BEGUN, *facts), day("2026-06-01"))
    assert road.standing_on == {"a2"}


def test_the_model_that_foresees_no_skip_still_lists_it_with_a_reason() -> None:
    moves = walking(*ON_P3[:3])
    assert (moves["p3"].kind, moves["p3"].because.code) == ("skip", "skip_unforeseen")
    assert moves["p3"].needs_reason


def test_a_road_of_phases_begins_at_the_first_and_others_take_a_reason() -> None:
    moves = walking(fact("2026-01-12", "enrolment"))
    assert moves["p2"].because.code == "enter_unforeseen"
    assert not moves["p1"].needs_reason


@pytest.mark.requirement("FM-50", "INV-13")
def test_a_drop_out_proposes_the_next_attempt_from_the_next_day_and_starts_nothing() -> None:
    facts = (*ON_P3, fact("2026-05-29", "drop_out", reason="broken_off"))
    move = walking(*facts)["p2"]
    assert (move.kind, move.attempt, move.proposed) == ("restart", 2, True)
    assert move.since == day("2026-05-30")
    assert not move.needs_reason
    road = history(walked(), facts, day("2026-06-01"))
    assert road.standing_on == {"p3"}


@pytest.mark.requirement("FM-50")
def test_once_the_restart_is_decided_it_is_no_longer_proposed() -> None:
    facts = (*ON_P3, fact("2026-05-29", "drop_out"), fact("2026-05-30", "step", step="p2"))
    move = walking(*facts)["p2"]
    assert (move.kind, move.attempt) == ("stay", 2)
    stays = history(walked(), facts, day("2026-06-01")).stays["phases"]
    assert [(stay.step, stay.attempt, stay.how) for stay in stays] == [
        ("p1", 1, "enter"),
        ("p2", 1, "forward"),
        ("p3", 1, "forward"),
        ("p2", 2, "restart"),
    ]


@pytest.mark.requirement("FM-51", "INV-13")
def test_the_exception_holds_only_when_the_right_role_set_it() -> None:
    dropped = (*ON_P3, fact("2026-05-29", "drop_out"))
    set_by = [
        fact("2026-05-29", "exception", code="other_target_group", by=role)
        for role in ("job_mediator", "case_worker")
    ]
    wrong = walking(*dropped, set_by[0])["p2"]
    right = walking(*dropped, set_by[1])["p2"]
    assert wrong.proposed
    assert (right.because.code, right.proposed, right.needs_reason) == (
        "restart_excepted",
        False,
        True,
    )
    road = history(walked(), (*dropped, set_by[0]), day("2026-06-01"))
    assert "exception_wrong_role" in [n.code for n in standing(walked(), road).notices]


def test_a_drop_out_on_another_step_proposes_no_restart() -> None:
    moves = walking(*ON_P3[:4], fact("2026-02-20", "drop_out"))
    assert moves["p2"].kind == "stay"


@pytest.mark.requirement("FM-50")
def test_what_was_agreed_before_a_restart_does_not_count_for_the_new_attempt() -> None:
    signed = fact("2026-02-20", "agreement", signed_by=("participant", "employer"))
    person = fact("2026-02-20", "contact_person")
    facts = (*ON_P3, signed, person, fact("2026-05-29", "drop_out"))
    again = fact("2026-05-30", "step", step="p2")
    assert walking(*ON_P3[:4], signed, person, on="2026-03-01")["p3"].needs_reason is False
    assert walking(*facts, again)["p3"].because.values["codes"] == ("signed", "contact_person")


@pytest.mark.requirement("INV-14", "FM-04")
def test_a_group_with_another_road_is_told_and_never_refused() -> None:
    facts = (fact("2026-01-12", "enrolment"), fact("2026-01-12", "screening", group="2"))
    for moves in (walking(*facts), walking(*facts, fact("2026-01-12", "step", step="p1"))):
        ahead = moves["p2"]
        assert (ahead.because.code, ahead.needs_reason) == ("category_outside", True)


@pytest.mark.requirement("FM-52")
def test_a_later_screening_is_the_one_that_counts() -> None:
    facts = (
        fact("2026-01-12", "enrolment"),
        fact("2026-01-12", "screening", group="2"),
        fact("2026-02-12", "screening", group="1"),
        fact("2026-01-12", "step", step="p1"),
    )
    assert walking(*facts)["p2"].because.code == "forward_lacking"


@pytest.mark.requirement("AJ-05", "JI-33", "N-13")
def test_after_three_years_on_a_step_one_may_still_stay_without_a_reason() -> None:
    move = climbing(fact("2023-01-12", "step", step="a2"))["a2"]
    assert (move.kind, move.needs_reason) == ("stay", False)


def test_after_the_exit_the_way_in_takes_a_new_enrolment_or_a_reason() -> None:
    moves = climbing(
        fact("2026-01-12", "step", step="a2"), fact("2026-04-01", "exit", reason="work")
    )
    assert {move.because.code for move in moves.values()} == {"enter_ended"}
    assert moves["a2"].kind == "restart"
