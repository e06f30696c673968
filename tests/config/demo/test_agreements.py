"""Who is at a company in the demo has an agreement with that company, and hours there alone."""

from __future__ import annotations

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
