"""Who is at a company in the demo has an agreement with that company, and hours there alone."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from stegvis.config.demo.plan import Plan


@pytest.mark.requirement("FM-34")
def test_placement_agreement_and_hours_are_of_one_company(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        companies = {row["id"]: row["company_id"] for row in plan.of("employers.Site")}
        placed = {row["id"]: row for row in plan.of("placements.Placement")}
        agreed = plan.of("agreements.AgreementVersion")
        assert agreed
        for row in agreed:
            at = placed[row["placement_id"]]
            assert (row["person_id"], row["since"]) == (at["person_id"], at["since"])
            signed = [s for s in plan.of("agreements.Signature") if s["of_id"] == row["id"]]
            assert {s["side"] for s in signed} == {"participant", "employer", "municipality"}
            assert {s["digest"] for s in signed} == {row["digest"]}
        held = {row["person_id"]: row for row in placed.values() if row["until"] is None}
        for row in plan.of("hours.HoursEntry"):
            assert row["company_id"] == companies[held[row["person_id"]]["site_id"]]


DAYS = {"tisdag": 2, "tirsdag": 2, "onsdag": 3, "torsdag": 4, "fredag": 5}
CLOCK = r"(\d+)(?:\.(\d\d))?"


def _minutes_of(times: str) -> int:
    """Monday to a day, from one hour to another, perhaps with half an hour's break: of a week."""
    found = re.search(rf"till? (\w+), {CLOCK} till? {CLOCK}", times)
    assert found, times
    day, hour, minute, to_hour, to_minute = found.groups(default="0")
    span = (int(to_hour) - int(hour)) * 60 + int(to_minute) - int(minute)
    return DAYS[day] * (span - (30 if "halv" in times else 0))


def test_agreed_days_are_the_hours_of_the_placement(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        lines: dict[object, Decimal] = {}
        for row in plan.of("placements.PlacementLine"):
            before = lines.get(row["placement_id"], Decimal(0))
            lines[row["placement_id"]] = before + row["hours_week"]
        for row in plan.of("agreements.AgreementVersion"):
            agreed = row["ordinary_minutes"] + row["practice_minutes"]
            assert _minutes_of(row["times"]) == agreed == lines[row["placement_id"]] * 60


def test_the_aim_says_the_paid_hours_that_are_there_from_the_start(
    plans: dict[str, Plan],
) -> None:
    for plan in plans.values():
        paid = {
            row["placement_id"]: f"{row['hours_week'].normalize():f}".replace(".", ",")
            for row in plan.of("placements.PlacementLine")
            if row["pay"] == "ordinary"
        }
        for row in plan.of("placements.Placement"):
            said = re.match(r"([\d,]+) .*(?:från start|fra start)$", row["aim"])
            assert (said.group(1) if said else None) == paid.get(row["id"])


def test_nobody_is_longer_at_a_company_than_their_working_time(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        times = plan.of("work.WorkingTime")
        for row in plan.of("agreements.AgreementVersion"):
            own = [t for t in times if t["person_id"] == row["person_id"]]
            held = [t for t in own if t["until"] is None or t["until"] > row["since"]]
            assert row["ordinary_minutes"] + row["practice_minutes"] <= held[0]["minutes"]


def test_hours_of_a_month_are_at_most_what_was_agreed(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        held = {r["id"]: r for r in plan.of("placements.Placement") if r["until"] is None}
        weekly = {
            (held[row["placement_id"]]["person_id"], row["pay"]): row["hours_week"]
            for row in plan.of("placements.PlacementLine")
            if row["placement_id"] in held
        }
        for row in plan.of("hours.HoursEntry"):
            month = row["month"]
            days = ((month + dt.timedelta(days=31)).replace(day=1) - month).days
            assert row["amount"] <= weekly[row["person_id"], row["kind"]] * days * 300 / 7
