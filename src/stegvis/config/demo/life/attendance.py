"""Three weeks of lists: most were here, some were late or ill, one day in ten nobody noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days, working_day

DAYS, START, EXPECTED = 28, dt.time(8), 360
SAYS = ("present",) * 14 + ("late", "late", "sick", "absent", "unknown")
REASONS = ("care_visit", "care_of_child", "not_told", "transport")


def attendance(made: Plan, going: Sequence[Case]) -> None:
    """The same days as the lists would have them; today is left for whoever looks at the demo."""
    for case in going:
        for ago in range(DAYS, 0, -1):
            on = made.today - days(ago)
            if on >= case.enrolment["since"] and working_day(on) == on and made.some(0.9):
                _day(made, case, on)


def _day(made: Plan, case: Case, on: dt.date) -> None:
    status = made.rng.choice(SAYS)
    at = dt.datetime.combine(on, dt.time(6, 10), dt.UTC) + dt.timedelta(
        minutes=made.rng.randrange(50)
    )
    said: dict[str, Any] = {
        "on": on,
        "what": "work",
        "status": status,
        "minutes": made.rng.choice((5, 10, 15, 45)) if status == "late" else None,
        "reason": made.rng.choice(REASONS) if status == "absent" else "",
        "by_id": case.worker,
        "at": at,
    }
    leave = said["reason"] in {"care_visit", "care_of_child"}
    case.dated("attendance.Statement", on, **said)
    held = case.dated(
        "attendance.Attendance", on, **said, leave=leave, starts=START, expected=EXPECTED
    )
    values = {
        "status": "leave" if leave else status,
        "expected_hours": EXPECTED / 60,
        "late_minutes": said["minutes"],
        "reason": said["reason"] or None,
        "stated_by": "supervisor",
    }
    told = {name: value for name, value in values.items() if value is not None}
    case.tell("attendance", held, on, **told)
