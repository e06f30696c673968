"""Hours month by month for those at a company: more and more of them with pay, some corrected, the
last month of a few not written down yet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.followups import _by
from stegvis.config.demo.plan import Plan, Row, days
from stegvis.core.values import paid
from stegvis.core.values.periods import add_months

RULE = "ordinary_hours_in_month"
MONTHS = 8
QUARTER = paid.PARTS // 4


def hours(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        asks = any(one.measure == RULE for one in case.programme.criteria.values())
        step, last = case.step, case.programme.primary.steps[-1]
        if asks and case.period and step and step.ordinal == last.ordinal:
            _of(made, case)


def _of(made: Plan, case: Case) -> None:
    assert case.period is not None  # noqa: S101  asked by the caller
    placed = _placed(made, case)
    if placed is None:  # whoever is at no company has no hours there
        return
    since, employer = placed
    first = since.replace(day=1)
    this = made.today.replace(day=1)
    start = max(first, add_months(this, -MONTHS))
    parts = (4 + made.rng.randrange(20)) * QUARTER
    month = start
    while month < this:
        late = add_months(month, 1) == this and made.some(0.25)
        if not late:
            _month(made, case, month, employer, parts)
        parts = min(40 * paid.PARTS, parts + made.rng.randrange(26) * QUARTER)
        month = add_months(month, 1)


def _placed(made: Plan, case: Case) -> tuple[dt.date, Row] | None:
    """Since when, and at which company, the placement that holds is."""
    person = case.enrolment["person_id"]
    rows = [one for one in made.of("placements.Placement") if one["person_id"] == person]
    row = next((one for one in rows if one.get("until") is None), None)
    if row is None:
        return None
    site = next(one for one in made.of("employers.Site") if one["id"] == row["site_id"])
    companies = made.of("employers.Company")
    return row["since"], next(one for one in companies if one["id"] == site["company_id"])


def _month(made: Plan, case: Case, month: dt.date, company: Row, parts: int) -> None:
    on = min(add_months(month, 1) + days(made.rng.randrange(1, 6)), made.today)
    said: dict[str, Any] = {
        "month": month, "employer": company["name"], "company_id": company["id"],
        "employer_key": company["name"].casefold(),
        "by_id": _by(case)["by_id"],
    }  # fmt: skip
    values = {"month": f"{month:%Y-%m}", "ordinary": float(paid.amount(parts))}
    row = case.dated(
        "hours.HoursEntry", on, kind="ordinary", source="employer", amount=parts, **said
    )
    if made.some(0.12):
        parts += 2 * QUARTER
        values["ordinary"] = float(paid.amount(parts))
        case.dated(
            "hours.HoursEntry", on, kind="ordinary", source="employer", amount=parts,
            corrects_id=row["id"], **said,
        )  # fmt: skip
    if parts < 20 * paid.PARTS:
        practice = (12 + made.rng.randrange(16)) * paid.PARTS
        values["practice"] = float(paid.amount(practice))
        case.dated(
            "hours.HoursEntry", on, kind="practice", source="employer", amount=practice, **said
        )
    code = uuid.uuid5(case.enrolment["id"], f"hours {month:%Y-%m}")
    case.tell("hours", {"id": code}, add_months(month, 1) - days(1), **values)
