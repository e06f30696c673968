"""Hours month by month for those at a company: more and more of them with pay, some corrected, the
last month of a few not written down yet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
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
    row, employer = placed
    weekly = {
        line["pay"]: line["hours_week"]
        for line in case.of("placements.PlacementLine")
        if line["placement_id"] == row["id"]
    }
    this = made.today.replace(day=1)
    month = max(row["since"].replace(day=1), add_months(this, -MONTHS))
    while month < this:
        late = add_months(month, 1) == this and made.some(0.25)
        if not late:
            _month(made, case, month, employer, _worked(made, weekly, month, row["since"]))
        month = add_months(month, 1)


def _worked(
    made: Plan, weekly: dict[str, Decimal], month: dt.date, since: dt.date
) -> dict[str, int]:
    """What was agreed for so many weeks, less a day now and then; never more than that."""
    left = (add_months(month, 1) - max(month, since)).days
    found = {}
    for pay, hours in weekly.items():
        agreed = int(hours * left * 4 / 7)  # quarters of an hour
        found[pay] = max(1, agreed - made.rng.randrange(1 + agreed // 6)) * QUARTER
    return found


def _placed(made: Plan, case: Case) -> tuple[Row, Row] | None:
    """The placement that holds, and its company."""
    person = case.enrolment["person_id"]
    rows = [one for one in made.of("placements.Placement") if one["person_id"] == person]
    row = next((one for one in rows if one.get("until") is None), None)
    if row is None:
        return None
    site = next(one for one in made.of("employers.Site") if one["id"] == row["site_id"])
    companies = made.of("employers.Company")
    return row, next(one for one in companies if one["id"] == site["company_id"])


def _month(made: Plan, case: Case, month: dt.date, company: Row, worked: dict[str, int]) -> None:
    on = min(add_months(month, 1) + days(made.rng.randrange(1, 6)), made.today)
    said: dict[str, Any] = {
        "month": month, "employer": company["name"], "company_id": company["id"],
        "employer_key": company["name"].casefold(), "source": "employer",
        "by_id": _by(case)["by_id"],
    }  # fmt: skip
    values: dict[str, Any] = {"month": f"{month:%Y-%m}"}
    for kind, amount in worked.items():
        wrong = kind == "ordinary" and amount > 2 * QUARTER and made.some(0.12)
        first = amount - 2 * QUARTER if wrong else amount
        row = case.dated("hours.HoursEntry", on, kind=kind, amount=first, **said)
        if wrong:
            case.dated(
                "hours.HoursEntry", on, kind=kind, amount=amount, corrects_id=row["id"], **said
            )
        values[kind] = float(paid.amount(amount))
    code = uuid.uuid5(case.enrolment["id"], f"hours {month:%Y-%m}")
    case.tell("hours", {"id": code}, add_months(month, 1) - days(1), **values)
