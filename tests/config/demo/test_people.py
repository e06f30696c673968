"""Who was invented: enough people, with numbers nobody has, and thirty that must stay hidden."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from stegvis.config.demo.canaries import CANARIES, STRINGS
from stegvis.config.demo.numbers import holds_modulus_11, luhn
from stegvis.config.demo.plan import Plan
from stegvis.config.demo.users import DEMO_USERS, FIRST_TASKS, TOWNS
from stegvis.core.values.identity import read_number
from stegvis.platform.accounts.models import Role
from tests.config.demo.towns import TODAY, planned

Plans = dict[str, Plan]
BEFOREHAND = {
    "accounts.Leave", "agreements.FollowUpDate", "placements.Visit", "tenancy.ClosedDays",
    "week.Slot",
}  # fmt: skip


def _numbers(plan: Plan) -> list[dict[str, Any]]:
    return plan.of("people.Identity")


def test_the_same_seed_gives_the_same_rows(plans: Plans) -> None:
    for slug, plan in plans.items():
        assert planned(slug).rows == plan.rows


def test_another_seed_gives_other_people(plans: Plans) -> None:
    other = planned("birkeso", seed=2)
    names = [row["family_name"] for row in plans["birkeso"].of("people.Person")]
    assert [row["family_name"] for row in other.of("people.Person")] != names


def test_each_town_has_about_two_hundred_people(plans: Plans) -> None:
    for plan in plans.values():
        assert 185 <= len(plan.of("people.Person")) <= 215


def test_swedish_numbers_are_right_and_belong_to_nobody(plans: Plans) -> None:
    rows = [row for row in _numbers(plans["ekdala"]) if row["kind"] != "reserve"]
    for row in rows:
        found = read_number(row["digits"], country="SE", on=TODAY)
        assert found is not None
        assert (found.kind, found.digits) == (row["kind"], row["digits"])
        assert luhn(row["digits"][2:11]) == row["digits"][11]
        assert 980 <= int(row["digits"][8:11]) <= 999
    assert len({row["digits"] for row in _numbers(plans["ekdala"])}) == len(
        _numbers(plans["ekdala"])
    )


def test_danish_numbers_have_serial_99_and_some_have_no_modulus_11(plans: Plans) -> None:
    rows = _numbers(plans["birkeso"])
    for row in rows:
        found = read_number(row["digits"], country="DK", on=TODAY)
        assert found is not None
        assert (found.kind, row["digits"][6:8]) == (row["kind"], "99")
    personal = Counter(holds_modulus_11(r["digits"]) for r in rows if r["kind"] == "personal")
    assert min(personal[True], personal[False]) > 30


def test_numbers_of_eight_kinds_are_there(plans: Plans) -> None:
    """Personal, coordination, replaced, reserve and none yet; in Denmark with modulus 11, without,
    and replacement."""
    swedish, danish = _numbers(plans["ekdala"]), _numbers(plans["birkeso"])
    kinds = {f"SE {row['kind']}" for row in swedish}
    kinds |= {"SE replaced" for row in swedish if row["until"]}
    kinds |= {f"DK {row['kind']} {holds_modulus_11(row['digits'])}" for row in danish}
    people = {row["id"] for row in plans["ekdala"].of("people.Person")}
    kinds |= {"SE none"} if people - {row["person_id"] for row in swedish} else set()
    assert kinds >= {
        "SE personal",
        "SE coordination",
        "SE replaced",
        "SE reserve",
        "SE none",
        "DK personal True",
        "DK personal False",
    }
    assert kinds & {"DK replacement True", "DK replacement False"}


def test_names_that_break_screens_are_among_them(plans: Plans) -> None:
    for plan in plans.values():
        rows = plan.of("people.Person")
        names = Counter((row["given_name"], row["family_name"]) for row in rows)
        assert max(names.values()) >= 2, "two who share a name"
        assert any("\u0590" < row["given_name"][0] < "\u08ff" for row in rows), "right to left"
        assert any(len(row["family_name"]) > 45 for row in rows), "long"
        assert {row["family_name"][0] for row in rows} >= set("ÅØZ"), "sorted last"


def test_thirty_protected_people_have_strings_found_nowhere_else(plans: Plans) -> None:
    assert sum(len(several) for several in CANARIES.values()) == 30
    assert len(STRINGS) == 30 * 5
    for plan in plans.values():
        shielded = {row["person"] for row in plan.of("access.Shield")}
        assert len(shielded) == len(CANARIES[plan.country])
        own = {c.given for c in CANARIES[plan.country]}
        people = {row["id"]: row for row in plan.of("people.Person")}
        assert {people[key]["given_name"] for key in shielded} == own
        others = [row for key, row in people.items() if key not in shielded]
        others += [row for row in plan.of("people.Contact") if row["person_id"] not in shielded]
        said = " ".join(str(value).casefold() for row in others for value in row.values())
        assert [string for string in STRINGS if string.casefold() in said] == []


def test_a_protected_person_has_a_short_named_list(plans: Plans) -> None:
    for plan in plans.values():
        named = Counter(r["person"] for r in plan.of("access.Relation") if r["kind"] == "named")
        assert set(named.values()) == {2}, "the officer and one's own case worker"


def test_every_role_that_signs_in_is_held_and_a_leaver_is_gone() -> None:
    held = {role for user in DEMO_USERS for role, _unit in user.grants}
    assert held == set(Role) - {Role.PARTICIPANT}
    assert len({user.email for user in DEMO_USERS}) == len(DEMO_USERS)
    assert any(user.left is not None for user in DEMO_USERS)
    assert not [user for user in FIRST_TASKS if user.left is not None]
    wanted = {Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.ADMINISTRATOR}
    assert {user.role for user in FIRST_TASKS} >= wanted


@pytest.mark.parametrize("slug", [town.slug for town in TOWNS])
def test_nothing_lies_in_the_future(plans: Plans, slug: str) -> None:
    looking_ahead = {
        "answer_by", "by_when", "delete_on", "due", "due_on", "earliest", "ends", "next_on",
        "practice_ends", "review_on", "valid_to",
    }  # fmt: skip
    late = [
        (model, name, value)
        for model, rows in plans[slug].rows.items()
        for row in rows
        for name, value in row.items()
        if type(value) is date and value > TODAY and name not in looking_ahead
        if model not in BEFOREHAND
    ]
    assert late == []
