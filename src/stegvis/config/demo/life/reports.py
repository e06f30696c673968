"""Reports to whoever referred: drafts that wait, some that the person has read and commented, and
some that have gone, on paper or by a link."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.core.values.texts import pick
from stegvis.platform.documents.typesetting import pdf

LONG = 84  # days on a step after which the models ask for a report again
KEPT_UP = 0.88  # of those reports; the rest is what the list of the due is for
LINES = (
    "done", "decisions", "goals", "progress", "job_seeking", "attendance", "question", "next",
)  # fmt: skip
OWN = ("goals", "progress", "job_seeking", "attendance")  # told of by themselves
LANGUAGE = {"SE": "sv", "DK": "da"}


def reports(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        if case.referral is None or case.period is None:
            continue
        for period in _closed(made, case):
            if made.some(0.7):
                _send(made, case, _report(made, case, period["since"], period["until"], period))
        if case.period["ordinal"] > 1 and case.period["since"] < made.today - days(LONG):
            if made.some(KEPT_UP):
                until = working_day(made.today - days(made.rng.randrange(5, LONG - 14)))
                _send(made, case, _report(made, case, until - days(LONG), until))
        elif made.some(0.4):
            since = max(case.enrolment["since"], case.period["since"], made.today - days(60))
            until = max(made.today - days(made.rng.randrange(1, 9)), since + days(1))
            _report(made, case, since, until)


def _closed(made: Plan, case: Case) -> list[Row]:
    """Steps closed of late, in which a report was due."""
    late = made.today - days(90)
    return [
        row
        for row in case.of("standing.StepPeriod")
        if row.get("voided_at") is None
        and row["ordinal"] > 1
        and (row.get("until") or late) > max(late, row["since"])
    ]


def _report(
    made: Plan, case: Case, since: dt.date, until: dt.date, closed: Row | None = None
) -> Row:
    assert case.referral is not None and case.period is not None  # noqa: S101, PT018
    seen = made.some(0.5)
    commented = seen and made.some(0.5)
    at, words = made.moment(until), case.texts["report"]
    report = case.dated(
        "reports.Report",
        until,
        referral_id=case.referral["id"],
        occasion="step" if closed else "period",
        step=(closed or case.period)["step"],
        since=since,
        until=until,
        recipient_kind=case.referral["referrer_kind"],
        recipient_name=case.referral.get("referrer_name") or words["to"],
        language=LANGUAGE[made.country],
        state="draft",
        comment=made.rng.choice(words["comment"]) if commented else "",
        commented_at=at if commented else None,
        by_id=case.worker,
        **looks(at if seen else None),
    )
    _write(made, case, report)
    return report


def looks(at: dt.datetime | None) -> Row:
    return {
        "shown_at": at,
        "seen_at": at,
        "seen_revision": 1 if at else None,
        "seen_how": "own_page" if at else "",
    }


def _write(made: Plan, case: Case, report: Row) -> None:
    told = _told(made, case, report["step"]) | {"goals": _goals(case, report["until"])}
    for position, section in enumerate(LINES):
        case.add(
            "reports.ReportLine",
            report["until"],
            report_id=report["id"],
            position=position,
            section=section,
            category=section if section in OWN else "steps",
            text=told.get(section, ""),
            left_out=section == "decisions",
        )


def _told(made: Plan, case: Case, code: str) -> dict[str, str]:
    words, lang = case.texts["report"], LANGUAGE[made.country]
    step = case.programme.step(code)
    name = pick(next(iter(step.names.values())), lang)
    return {
        "done": f"{words['step']} {step.ordinal} {name}. " + made.rng.choice(words["done"]),
        "progress": made.rng.choice(words["progress"]),
        "next": made.rng.choice(words["next"]),
    }


def _goals(case: Case, until: dt.date) -> str:
    """The main goals of the plan that applied, by their titles."""
    agreed = [
        row
        for row in case.of("plans.PlanVersion")
        if row["agreed_on"] is not None and row["agreed_on"] < until
    ]
    if not agreed:
        return ""
    last = max(agreed, key=lambda row: row["number"])["id"]
    goals = [row for row in case.of("plans.Goal") if row["of_id"] == last]
    said = [row["text"].rstrip(".") for row in goals if row["kind"] == "main"]
    return "\n".join(case.texts["report"]["goal"].format(goal=text) for text in said)


def _send(made: Plan, case: Case, report: Row) -> None:
    """Handed over on paper; the person had seen it. Only what the referral asked for went."""
    at = made.moment(report["until"])
    report |= {"seen_at": at, "seen_revision": 1, "seen_how": "together", "state": "sent"}
    told = [row for row in case.of("reports.ReportLine") if row["report_id"] == report["id"]]
    went = [row for row in told if row["section"] in ("done", "next") and row["text"]]
    paper = _paper(case, report, went, LANGUAGE[made.country])
    sent = case.add(
        "reports.Dispatch",
        report["until"] + dt.timedelta(days=1),
        report_id=report["id"],
        way="paper",
        recipient_kind=report["recipient_kind"],
        recipient_name=report["recipient_name"],
        grounds={row["section"]: "referral" for row in went},
        waivers=[],
        struck={row["section"]: "no_waiver" for row in told if row["text"] and row not in went},
        paper=paper,  # sealed where the municipality is open (writing)
        digest=hashlib.sha256(paper).hexdigest(),
        seen=True,
        commented=bool(report["comment"]),
        by_id=case.worker,
    )
    case.tell(
        "report",
        sent,
        report["until"],
        to="referrer",
        seen_by_participant=True,
        step=report["step"],
    )


def _paper(case: Case, report: Row, went: Sequence[Row], lang: str) -> bytes:
    words = case.texts["report"]
    values: dict[str, Any] = {
        "title": words["title"],
        "sender": words["sender"],
        "date": f"{report['until']}",
        "label": True,
        "to": [report["recipient_name"]],
        "sections": [{"title": words["titles"][r["section"]], "lines": [r["text"]]} for r in went],
    }
    if report["comment"]:
        values["comment"] = {"title": words["own"], "text": report["comment"]}
    return pdf("report", values, lang)
