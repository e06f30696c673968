"""The histories beside the models. What is stored was read through by hand; what matters most is
said here once more, so that writing them anew cannot hide a change."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stegvis.core.programme.model import Programme
from stegvis.core.progression.kinds import schema
from stegvis.core.progression.moves import step_name
from tests.core.progression import golden

HISTORIES = tuple(golden.histories())


@cache
def programmes() -> dict[str, Programme]:
    return golden.shelf()


def test_every_programme_has_three_histories_at_least() -> None:
    for key in programmes():
        assert sum(key == of for of, _, _ in HISTORIES) >= 3


@pytest.mark.parametrize(("key", "file", "expected"), HISTORIES, ids=lambda one: Path(one).stem)
def test_a_history_is_judged_as_it_was(key: str, file: Path, expected: Path) -> None:
    told = json.loads(expected.read_text("utf-8"))
    for one in told["judged"]:
        assert golden.judged(programmes()[key], file, one["on"]) == one["judgement"], one["on"]


@pytest.mark.parametrize(("key", "file", "_expected"), HISTORIES, ids=lambda one: Path(one).stem)
def test_a_history_is_a_case_as_the_schema_has_it(key: str, file: Path, _expected: Path) -> None:
    case = json.loads(file.read_text("utf-8"))
    assert case["programme"] == key
    validator = jsonschema.Draft202012Validator(schema())
    assert [fault.message for fault in validator.iter_errors(case)] == []


def on(key: str, name: str, day: str) -> dict[str, Any]:
    file = golden.PROGRAMMES / key / "histories" / f"{name}.case.json"
    return golden.judged(programmes()[key], file, day)


def stands(found: dict[str, Any], index: int = 0) -> tuple[str, int, list[str]]:
    ladder = found["standing"]["ladders"][index]
    return ladder["step"], ladder["attempt"], ladder["skipped"]


def moves(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["to"]: one for one in found["open_moves"]}


def dues(found: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {one["what"]: (one["by"], one["because"]["overdue"]) for one in found["due"]}


@pytest.mark.requirement("AJ-03", "AJ-33", "AJ-63", "INV-15")
def test_one_who_begins_on_step_four_is_noticed_and_left_in_peace() -> None:
    found = on("jobbtrappa", "straight-to-step-4", "2027-03-20")
    assert stands(found) == ("s4", 1, ["s1", "s2", "s3"])
    assert [notice["code"] for notice in found["standing"]["notices"]] == ["category_unexpected"]
    assert dues(found)["decide_end_or_extension"] == ("2027-03-19", True)


@pytest.mark.requirement("AJ-02", "AJ-05", "AJ-07")
def test_a_long_road_with_a_step_back_keeps_its_attempts() -> None:
    name = "long-time-and-a-step-back"
    assert dues(on("jobbtrappa", name, "2026-04-14"))["mapping"] == ("2026-04-13", True)
    assert stands(on("jobbtrappa", name, "2027-05-17")) == ("s2", 1, [])
    assert stands(on("jobbtrappa", name, "2028-02-29")) == ("s3", 2, [])


@pytest.mark.requirement("AJ-04", "AJ-37", "AJ-38")
def test_over_two_steps_to_work_and_a_second_enrolment() -> None:
    name = "over-two-steps-to-work"
    skip = moves(on("jobbtrappa", name, "2026-05-25"))["s5"]
    assert (skip["kind"], skip["because"]["needs_reason"]) == ("skip", True)
    out = on("jobbtrappa", name, "2027-02-01")["milestones"]
    assert out["M6"] == "2026-06-01"
    assert out["M8"] == "2026-05-22"
    assert out["M11"] == "2026-11-02"
    assert out["M12"] == "2027-01-29"
    assert stands(on("jobbtrappa", name, "2027-10-04")) == ("s2", 1, ["s1"])
    stays = on("jobbtrappa", name, "2027-02-01")["standing"]["ladders"][0]["stays"]
    assert [(one["step"], one["since"]) for one in stays[-2:]] == [
        ("s5", "2026-06-01"),
        ("s6", "2026-08-17"),
    ]


@pytest.mark.requirement("AJ-64")
def test_two_offices_see_the_same_stay_under_their_own_names() -> None:
    programme = programmes()["jobbtrappa"]
    step = programme.step("s2")
    assert step_name(programme, step, "ac")["sv"] == "Kom igång"
    assert step_name(programme, step, "ame")["sv"] == "Lättare arbetsträning"
    assert step_name(programme, step) == step_name(programme, step, "ame")
    unnamed = programme.step("s6")  # the workshop has no name of its own for it
    assert step_name(programme, unnamed, "ac") == step_name(programme, unnamed, "ame")


@pytest.mark.requirement("FM-48", "FM-50", "INV-12", "INV-13")
def test_a_drop_out_begins_again_and_thirty_hours_are_reached() -> None:
    name = "drop-out-and-thirty-hours"
    restart = moves(on("flere_skal_med", name, "2026-05-18"))["t2"]
    assert (restart["kind"], restart["because"]["attempt"]) == ("restart", 2)
    assert restart["because"]["since"] == "2026-05-19"
    assert "M9" not in on("flere_skal_med", name, "2026-10-05")["milestones"]
    done = on("flere_skal_med", name, "2026-11-04")
    assert (done["milestones"]["M9"], done["lacking"]) == ("2026-10-31", [])


@pytest.mark.requirement("INV-14", "FM-52")
def test_group_two_is_advised_elsewhere_until_screened_anew() -> None:
    before, after = (
        on("flere_skal_med", "group-2-then-1", day) for day in ("2026-03-16", "2026-09-14")
    )
    assert moves(before)["t2"]["because"]["code"] == "category_outside"
    assert moves(after)["t2"]["because"]["code"] == "forward_lacking"
    assert moves(after)["t2"]["because"]["codes"] == ["job_goal_or_area", "job_mediator_assigned"]


@pytest.mark.requirement("FM-35", "FM-51")
def test_a_month_without_contact_and_an_exception_by_the_right_role() -> None:
    name = "missed-month-and-exception"
    assert dues(on("flere_skal_med", name, "2026-04-15"))["first_year"] == ("2026-04-14", True)
    assert dues(on("flere_skal_med", name, "2026-08-03")) == {}
    wrong, right = (on("flere_skal_med", name, day) for day in ("2026-10-20", "2026-10-22"))
    assert moves(wrong)["t2"]["because"]["proposed"] is True
    assert moves(right)["t2"]["because"]["code"] == "restart_excepted"


@pytest.mark.requirement("JI-15", "JI-32", "JI-33", "N-13")
def test_a_network_keeps_its_weeks_and_closes_nobody() -> None:
    early = on("jobbinvest", "early-at-an-example-company", "2026-12-31")
    assert dues(early)["weekly_goals"] == ("2027-01-03", False)
    done = on("jobbinvest", "early-at-an-example-company", "2027-10-01")
    climbed = done["standing"]["climbs"]["utvecklingstrappan"]
    assert (climbed["from"], climbed["to"], done["milestones"]["M8"]) == (1, 5, "2027-04-06")
    late = on("jobbinvest", "three-years-without-a-limit", "2029-10-08")
    assert stands(late) == ("j2", 1, [])
    assert late["standing"]["exited"] is None


def test_a_staircase_beside_the_process_is_a_road_of_its_own() -> None:
    found = on("knut3_pv", "process-with-a-staircase-beside", "2026-11-30")
    assert stands(found) == ("p4", 1, [])
    assert stands(found, 1) == ("s3", 1, ["s1"])


def test_supported_employment_begins_where_the_person_is() -> None:
    found = on("supported_employment", "begins-where-the-person-is", "2027-01-04")
    assert stands(found) == ("e3", 2, ["e1"])
