"""The step's to-dos, a time let pass now and then, days away and days closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days

BEGUN = 10  # days on a step before anything on its list is likely to be done
WHY = {"SE": ("Planeringsdag", "Sommarstängt"), "DK": ("Planlægningsdag", "Sommerlukket")}
REASONS = ("absent", "met_otherwise", "agreed")


def cadence(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        _duties(case)
        if case.period and made.some(0.06):
            _let_pass(case)
    _days_off(made, going)


def _duties(case: Case) -> None:
    """Open on a step that has just begun; later about half are done, a few not needed."""
    step, period = case.step, case.period
    if step is None or period is None or period["since"] > case.plan.today:
        return
    stood = (case.plan.today - period["since"]).days
    for duty in step.duties:
        settled = stood > BEGUN and case.plan.some(min(0.7, stood / 200))
        state = "open"
        if settled:
            state = "not_needed" if duty.optional and case.plan.some(0.2) else "done"
        on = case.plan.today - days(case.plan.rng.randrange(1, max(2, stood)))
        case.dated(
            "standing.Duty",
            period["since"],
            period_id=period["id"],
            code=duty.code,
            optional=duty.optional,
            state=state,
            settled_on=on if settled else None,
            by_id=case.worker if settled else None,
        )


def _let_pass(case: Case) -> None:
    """One follow-up, a good while ago: what is due today is counted from later."""
    here = case.step.code if case.step else ""
    asked = [one for one in case.programme.cadences if here in one.steps and one.every]
    since = case.plan.today - days(case.plan.rng.randrange(60, 90))
    if not asked or case.period is None or since <= case.period["since"]:
        return
    until = since + days(7)
    reason = case.plan.rng.choice(REASONS)
    row = case.dated(
        "standing.Exemption",
        since,
        cadence=asked[0].code,
        since=since,
        until=until,
        reason=reason,
        by_id=case.worker,
    )
    case.dated(
        "standing.DatedFact",
        since,
        source=row["id"],
        kind="exemption",
        on=since,
        until=until,
        values={"cadence": asked[0].code, "reason": reason},
    )


def _days_off(made: Plan, going: Sequence[Case]) -> None:
    """Two days of planning after New Year, a summer ahead, and every third worker away a week."""
    january = dt.date(made.today.year + 1, 1, 7)
    july = dt.date(made.today.year + (made.today.month > 6), 7, 13)  # noqa: PLR2004
    planning, summer = WHY[made.country]
    made.add("tenancy.ClosedDays", made.today, since=january, until=january + days(2), why=planning)
    made.add("tenancy.ClosedDays", made.today, since=july, until=july + days(14), why=summer)
    for worker in sorted({case.worker for case in going}, key=str)[::3]:
        first = made.today + days(made.rng.randrange(3, 40))
        made.add("accounts.Leave", made.today, member_id=worker, since=first, until=first + days(7))
