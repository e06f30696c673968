"""What the invented people have been through: believable, and showing what the requirements ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import pytest

from stegvis.config.demo.plan import Plan
from stegvis.config.demo.roads import SCRIPTS
from stegvis.config.demo.users import DEMO_USERS
from stegvis.core.programme.model import LadderKind
from tests.config.demo.towns import TODAY, versions

Plans = dict[str, Plan]
Rows = list[dict[str, Any]]


def _every(plans: Plans, model: str) -> Rows:
    return [row for plan in plans.values() for row in plan.of(model)]


def _by_enrolment(rows: Rows) -> dict[Any, Rows]:
    found: dict[Any, Rows] = defaultdict(list)
    for row in rows:
        found[row["enrolment_id"]].append(row)
    return found


def _stays(plans: Plans) -> dict[Any, Rows]:
    rows = [row for row in _every(plans, "standing.StepPeriod") if not row.get("voided_at")]
    found = _by_enrolment(rows)
    return {key: sorted(rows, key=lambda row: row["since"]) for key, rows in found.items()}


def _programme(row: dict[str, Any]) -> str:
    return next(key for key, one in versions().items() if one.key == row["programme_id"])


@pytest.mark.requirement("AJ-02", "INV-1")
def test_periods_follow_each_other_without_gap_and_one_is_open_on_an_open_road(
    plans: Plans,
) -> None:
    stays = _stays(plans)
    for row in _every(plans, "intake.Enrolment"):
        periods = stays[row["id"]]
        still = [period for period in periods if period.get("until") is None]
        assert len(still) == (0 if row.get("until") else 1)
        if not row["imported"]:
            assert all(a["until"] == b["since"] for a, b in pairwise(periods))
            assert periods[0]["since"] == row["since"]


@pytest.mark.requirement("AJ-03")
def test_roads_begin_on_other_steps_than_the_first(plans: Plans) -> None:
    rows = [row for row in _every(plans, "steps.StepDecision") if row["kind"] == "enter"]
    begun = Counter(row["to_step"] for row in rows)
    assert begun["s1"] > begun["s2"] > 0
    assert begun["s3"] + begun["s4"] + begun["s5"] > 2


@pytest.mark.requirement("AJ-04")
def test_a_skip_names_the_steps_it_passes_and_says_why(plans: Plans) -> None:
    rows = [row for row in _every(plans, "steps.StepDecision") if row["kind"] == "skip"]
    assert len(rows) > 10
    assert all(row["skipped"] and row["grounds"] for row in rows)


@pytest.mark.requirement("AJ-05", "JI-33", "N-13")
def test_no_road_ends_by_time(plans: Plans) -> None:
    still = [row for row in _every(plans, "intake.Enrolment") if not row.get("until")]
    assert max((TODAY - row["since"]).days for row in still) > 3 * 365
    stays = [row for rows in _stays(plans).values() for row in rows if not row.get("until")]
    assert sum((TODAY - row["since"]).days > 400 for row in stays) >= 2


@pytest.mark.requirement("AJ-06")
def test_some_have_other_support_than_the_step_gives_with_a_note(plans: Plans) -> None:
    noted = [row for row in plans["ekdala"].of("standing.StepPeriod") if row.get("note")]
    model = versions()["jobbtrappa"].programme
    assert len(noted) > 3
    known = {step.code: step.support for step in model.primary.steps}
    assert all(row["support"] != known.get(row["step"], "") for row in noted)


@pytest.mark.requirement("AJ-62")
def test_income_is_stated_at_entry_and_at_exit(plans: Plans) -> None:
    stated = {(row["enrolment_id"], row["moment"]) for row in _every(plans, "intake.Income")}
    for row in _every(plans, "intake.Enrolment"):
        assert (row["id"], "entry") in stated
        assert ((row["id"], "exit") in stated) == bool(row.get("until"))


@pytest.mark.requirement("X-12")
def test_who_comes_back_has_a_second_enrolment_that_points_to_the_first(plans: Plans) -> None:
    rows = {row["id"]: row for row in _every(plans, "intake.Enrolment")}
    again = [row for row in rows.values() if row["earlier_id"]]
    assert len(again) > 8
    for row in again:
        before = rows[row["earlier_id"]]
        assert before["person_id"] == row["person_id"]
        assert before["until"] < row["since"]
    assert any(rows[row["earlier_id"]]["imported"] for row in again)


@pytest.mark.requirement("AJ-01", "INV-4")
def test_every_road_lived_here_has_a_referral_and_every_decision_its_advice(plans: Plans) -> None:
    for row in _every(plans, "intake.Enrolment"):
        assert bool(row["referral_id"]) != row["imported"]
    for row in _every(plans, "steps.StepDecision"):
        assert row["advice"]["standing"]["on"] == row["effective_on"].isoformat()
        if row["kind"] not in {"correct", "leave"}:
            moves = {(m["to"], m["kind"]) for m in row["advice"]["open_moves"]}
            assert (row["to_step"], row["kind"]) in moves


def test_most_decisions_go_with_the_advice_and_some_go_against_it(plans: Plans) -> None:
    rows = [row for row in _every(plans, "steps.StepDecision") if row["kind"] == "forward"]
    against = sum(row["against_advice"] for row in rows)
    assert 0.02 < against / len(rows) < 0.35


def test_a_decision_is_taken_by_somebody_who_worked_there(plans: Plans) -> None:
    for plan in plans.values():
        left = {row["id"]: row["left_on"] for row in plan.of("accounts.Member")}
        for row in plan.of("steps.StepDecision"):
            gone = left[row["by_id"]]
            assert gone is None or row["effective_on"] < gone
        gone_with_people = [r for r in plan.of("intake.Assignment") if left[r["member_id"]]]
        assert gone_with_people, "the leaver had people"
        assert all(row.get("until") for row in gone_with_people)


@pytest.mark.requirement("AJ-63", "KN-15", "JI-32", "INV-5")
def test_the_four_staircases_are_all_climbed_and_kept_apart(plans: Plans) -> None:
    ladders = {
        ladder.code: ladder.kind
        for version in versions().values()
        for ladder in version.programme.ladders
    }
    stood = {ladders[row["ladder"]] for row in _every(plans, "standing.StepPeriod")}
    assert stood == {LadderKind.ABILITY, LadderKind.PHASE}
    read = {ladders[row["ladder"]] for row in _every(plans, "standing.ScaleReading")}
    assert read == {LadderKind.SCALE}
    filed = {row["category_set"] for row in _every(plans, "standing.Category")}
    assert filed >= {"need_category", "screening_group"}
    levels = [len(rows) for rows in _by_enrolment(_every(plans, "standing.ScaleReading")).values()]
    assert max(levels) > 4, "a series, with a level at the start and at the end"


@pytest.mark.requirement("FM-04")
def test_other_screening_groups_never_leave_the_first_step(plans: Plans) -> None:
    rows = plans["birkeso"].of("standing.Category")
    outside = {row["enrolment_id"] for row in rows if row["code"] in {"2", "3"}}
    assert len(outside) > 10
    stays, parts = _stays(plans), _by_enrolment(plans["birkeso"].of("intake.Assignment"))
    for key in outside:
        assert {row["step"] for row in stays[key]} == {"t1"}
        assert {row["part"] for row in parts[key]} == {"case_worker"}


def test_who_drops_out_of_a_company_begins_again_with_a_new_attempt(plans: Plans) -> None:
    again = [r for r in plans["birkeso"].of("steps.StepDecision") if r["kind"] == "restart"]
    periods = {row["id"]: row for row in plans["birkeso"].of("standing.StepPeriod")}
    assert again
    for row in again:
        assert (row["from_step"], row["to_step"]) == ("t3", "t2")
        assert periods[row["opens_id"]]["attempt"] > 1


def test_a_correction_voids_what_was_opened_and_lets_the_former_go_on(plans: Plans) -> None:
    rows = {row["id"]: row for row in _every(plans, "steps.StepDecision")}
    periods = {row["id"]: row for row in _every(plans, "standing.StepPeriod")}
    corrections = [row for row in rows.values() if row["kind"] == "correct"]
    assert len(corrections) > 3
    for row in corrections:
        wrong = rows[row["corrects_id"]]
        assert periods[wrong["opens_id"]]["voided_at"]
        assert periods[wrong["closes_id"]]["step"] == row["to_step"]


@pytest.mark.requirement("KN-62", "KN-63")
def test_referrals_are_in_every_state_and_some_lack_a_purpose(plans: Plans) -> None:
    for plan in plans.values():
        rows = plan.of("intake.Referral")
        states = {row["state"] for row in rows}
        assert states == {"draft", "sent", "received", "returned", "accepted", "declined"}
        lines = {row["referral_id"] for row in plan.of("intake.OrderLine")}
        received = [row for row in rows if row["state"] == "received"]
        assert {row["id"] in lines for row in received} == {True, False}
        assert any(row["answer_by"] < TODAY for row in received), "an answer is late"
        assert all(line["why"] and line["uses"] for line in plan.of("intake.OrderLine"))


def test_referrals_are_numbered_in_the_order_they_came(plans: Plans) -> None:
    for plan in plans.values():
        numbers = [row["number"] for row in plan.of("intake.Referral")]
        assert len(set(numbers)) == len(numbers)
        last = {row["year"]: row["last"] for row in plan.of("intake.ReferralCount")}
        assert sum(last.values()) == len(numbers)


def test_karin_has_thirty_one_people_and_those_of_the_drawn_screens(plans: Plans) -> None:
    plan = plans["ekdala"]
    members = {row["email"].split("@")[0]: row["id"] for row in plan.of("accounts.Member")}
    assert set(members) == {user.key for user in DEMO_USERS if user.town == "ekdala"}
    hers = [
        row["person_id"]
        for row in plan.of("intake.Assignment")
        if row["member_id"] == members["karin"] and not row.get("until")
    ]
    assert len(hers) == 31
    names = {r["id"]: f"{r['given_name']} {r['family_name']}" for r in plan.of("people.Person")}
    drawn = set(SCRIPTS) - {"Mette Holmstrand", "Otto Vallbrant"}
    assert {names[key] for key in hers} > drawn


def test_people_stand_on_every_step_and_most_are_under_way(plans: Plans) -> None:
    standing: dict[str, Counter[int]] = defaultdict(Counter)
    taken = {r["id"]: _programme(r) for r in _every(plans, "intake.Enrolment")}
    for key, periods in _stays(plans).items():
        if periods[-1].get("until") is None:
            standing[taken[key]][periods[-1]["ordinal"]] += 1
    for key in ("jobbtrappa", "flere_skal_med", "knut3_pv", "jobbinvest"):
        steps = len(versions()[key].programme.primary.steps)
        assert len(standing[key]) >= steps - 1, key
        assert max(standing[key].values()) < 0.65 * standing[key].total(), key
