"""The simple form back to whoever enrolled, of the month before, where a programme has one."""

from __future__ import annotations

from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.reports import LANGUAGE, looks
from stegvis.config.demo.plan import Plan, days
from stegvis.core.values.periods import Period
from stegvis.journey.attendance.words import ours
from stegvis.journey.reports.facts import Draft
from stegvis.journey.reports.facts.feedback import Noted, filled
from stegvis.platform.tenancy.speech import speaking

FORM = "feedback_form"
OURS = {one.code: one for one in ours()}


def feedback(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        asked = any(one.code == FORM for one in case.programme.documents)
        if asked and case.referral is not None and case.period is not None:
            _form(made, case)


def _form(made: Plan, case: Case) -> None:
    assert case.referral is not None and case.period is not None  # noqa: S101, PT018
    until = made.today.replace(day=1)
    since = max((until - days(1)).replace(day=1), case.enrolment["since"])
    if since >= until:
        return
    words = case.texts["report"]
    row = case.dated(
        "reports.Report",
        until,
        referral_id=case.referral["id"],
        kind="form",
        occasion="period",
        step=case.period["step"],
        since=since,
        until=until,
        recipient_kind=case.referral["referrer_kind"],
        recipient_name=case.referral.get("referrer_name") or words["to"],
        language=LANGUAGE[made.country],
        state="draft",
        by_id=case.worker,
        **looks(made.moment(until) if made.some(0.5) else None),
    )
    said = _filled(made, case, Period(since, until))
    for position, one in enumerate(said):
        case.add(
            "reports.ReportLine",
            until,
            report_id=row["id"],
            position=position,
            section=one.section,
            category=one.category,
            text=one.text,
            left_out=False,
        )


def _filled(made: Plan, case: Case, period: Period) -> list[Draft]:
    """From the rows of the demo, as the product does it from those of the table."""
    marked = [
        Noted(one["on"], one["status"], one.get("reason", ""), one.get("leave", False))
        for one in case.of("attendance.Attendance")
        if one["on"] in period and one.get("what", "work") == "work"
    ]
    sought = [
        one
        for one in case.of("followups.JobSearch")
        if one["on"] in period and one["kind"] == "application"
    ]
    with speaking(LANGUAGE[made.country]):
        return filled(marked, len(sought), OURS)
