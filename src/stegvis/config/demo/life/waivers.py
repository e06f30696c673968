"""What people have agreed may be told: to whoever referred them, and now and then to one more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days

WHOLE = {"AF": "Arbetsförmedlingen", "FK": "Försäkringskassan"}
MORE = {
    "SE": (("PRIMARY_CARE", "Vårdcentralen Lertäkten"), ("MUNICIPAL", "Vuxenutbildningen")),
    "DK": (("HEALTH_COORDINATOR", "Sundhedshuset"), ("HOUSING_SUPPORT", "Bostøtten Nord")),
}
BASIS = {"SE": "osl_12_2", "DK": "rsl_11a"}
TOLD = (
    ["steps", "attendance", "progress"],
    ["steps", "goals", "progress", "job_seeking"],
    ["progress", "attendance", "goals"],
)


def waivers(made: Plan, going: Sequence[Case]) -> None:
    """Four of five have one to whoever referred; some end soon, a few were taken back."""
    for case in going:
        if case.referral and made.some(0.8):
            _to_referrer(made, case)
        if made.some(0.2):
            _add(made, case, made.rng.choice(MORE[made.country]), ["steps"], "planning")


def _to_referrer(made: Plan, case: Case) -> None:
    assert case.referral is not None  # noqa: S101 -- asked above
    kind = case.referral["referrer_kind"]
    name = case.referral.get("referrer_name") or WHOLE.get(kind) or case.texts["report"]["to"]
    row = _add(made, case, (kind, name), made.rng.choice(TOLD), "report")
    if made.some(0.06):
        row["withdrawn_at"] = made.moment(made.today - days(2))


def _add(
    made: Plan, case: Case, to: tuple[str, str], told: list[str], purpose: str
) -> dict[str, object]:
    since = max(case.enrolment["since"], made.today - days(made.rng.randrange(20, 172)))
    begun = dt.datetime.combine(since, dt.time(8, 0), dt.UTC)
    return case.add(
        "waivers.Waiver",
        since,
        counterpart_kind=to[0],
        counterpart_name=to[1],
        direction=made.rng.choice(("give", "give", "both")),
        categories=told,
        purpose=purpose,
        basis=BASIS[made.country],
        form=made.rng.choice(("signed", "signed", "e_signed", "oral")),
        reservation="",
        language="",
        copy_given=made.some(0.7),
        valid_from=begun,
        valid_to=begun + dt.timedelta(days=181),
        noted_by_id=case.worker,
        withdrawn_at=None,
    )
