"""Hours month by month for those at a company: more and more of them with pay, some corrected, the
last month of a few not written down yet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.followups import _by, _texts
from stegvis.config.demo.plan import Plan, days
from stegvis.core.values import paid
from stegvis.core.values.periods import add_months

RULE = "ordinary_hours_in_month"
MONTHS = 8
QUARTER = paid.PARTS // 4


def hours(made: Plan, going: Sequence[Case]) -> None:
    for turn, case in enumerate(going):
        asks = any(one.measure == RULE for one in case.programme.criteria.values())
        step, last = case.step, case.programme.primary.steps[-1]
        if asks and case.period and step and step.ordinal == last.ordinal:
            _of(made, case, turn)


def _of(made: Plan, case: Case, turn: int) -> None:
    assert case.period is not None  # noqa: S101  asked by the caller
    employers = _texts(made.country)["employers"]
    employer = employers[turn % len(employers)]
    first = case.period["since"].replace(day=1)
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


def _month(made: Plan, case: Case, month: dt.date, employer: str, parts: int) -> None:
    on = min(add_months(month, 1) + days(made.rng.randrange(1, 6)), made.today)
    said: dict[str, Any] = {
        "month": month, "employer": employer, "employer_key": employer.casefold(),
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
