"""Screening and the mediator in the demo: talks, groups with grounds, offers, how mediators are
reached, barriers and what was done about them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days
from stegvis.config.demo.users import of_town
from stegvis.platform.accounts.models import Role

SET = "screening_group"
TOWN = {"SE": "ekdala", "DK": "birkeso"}


@cache
def _texts(country: str) -> dict[str, Any]:
    file = Path(__file__).with_name("mediation.toml")
    found: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))[country]
    return found


def mediation(made: Plan, going: Sequence[Case]) -> None:
    _mediators(made)
    for case in going:
        if any(group.code == SET for group in case.programme.category_sets):
            _screened(made, case)
        _mediated(made, case)


def _mediators(made: Plan) -> None:
    """How each mediator is reached, who stands in, and what has been shown of them."""
    said = _texts(made.country)
    members = {row["name"]: row["id"] for row in made.rows.get("accounts.Member", [])}
    staff = [
        members[user.name]
        for user in of_town(TOWN[made.country])
        if any(role is Role.JOB_MEDIATOR for role, _unit in user.grants) and user.name in members
    ]
    for turn, member in enumerate(staff):
        deputy = staff[(turn + 1) % len(staff)] if len(staff) > 1 else None
        made.add(
            "mediation.Mediator", made.today - days(200), member_id=member,
            profession="virksomhedskonsulent", has_authority=False, max_caseload=None,
            phone=f"00 00 0{turn + 1} 00", hours=said["hours"], deputy_id=deputy, deputy_phone="",
        )  # fmt: skip
        codes = ("local_job_openings", "company_network", "target_group")[: 3 - turn % 2]
        for code, evidence in zip(codes, said["evidence"], strict=False):
            made.add(
                "mediation.Qualification", made.today - days(190), member_id=member, code=code,
                evidence=evidence, on=made.today - days(190), ended_on=None, by_id=None,
            )  # fmt: skip


def _said(made: Plan, pool: str) -> str:
    found: str = made.rng.choice(_texts(made.country)[pool])
    return found


def _screened(made: Plan, case: Case) -> None:
    rows = [row for row in case.of("standing.Category") if row["category_set"] == SET]
    for row in rows:
        last = row is rows[-1]
        group = int(row["code"])
        row["grounds"] = ""
        notice = _notice(made, case, row) if group == 3 else None  # noqa: PLR2004
        screening = case.dated(
            "screening.Screening",
            row["on"],
            category_id=row["id"],
            group=group,
            on=row["on"],
            grounds=_said(made, f"grounds_{group}"),
            own_words=_said(made, f"own_{group}"),
            own_words_missing="",
            exception="",
            ordinary_effort=group == 3,  # noqa: PLR2004
            notice_id=notice["id"] if notice else None,
            closed_on=row["on"] if group < 3 or notice else None,  # noqa: PLR2004
            current=last,
            by_id=case.worker,
        )
        if group == 2:  # noqa: PLR2004
            _rehabilitation(made, case, screening)


def _notice(made: Plan, case: Case, row: Row) -> Row:
    said = _texts(made.country)
    return case.dated(
        "screening.Notice",
        row["on"],
        to=said["notice_to"],
        on=row["on"],
        reason=_said(made, "notice_reason"),
        support=["home_support"],
        support_words="",
        by_id=case.worker,
    )


def _rehabilitation(made: Plan, case: Case, screening: Row) -> None:
    begun = made.some(0.6) and screening["on"] <= made.today - days(1)
    case.dated(
        "screening.Rehabilitation",
        screening["on"],
        screening_id=screening["id"],
        due_on=screening["on"],
        begun_on=screening["on"] if begun else None,
        sent_on=None,
        recommended_on=None,
        recommendation="",
        decided_on=None,
        decision="",
        decision_words="",
        by_id=case.worker,
    )


def _mediated(made: Plan, case: Case) -> None:
    rows = [row for row in case.of("intake.Assignment") if row["part"] == "job_mediator"]
    if not rows:
        return
    first, held = rows[0], rows[-1]
    if any(group.code == SET for group in case.programme.category_sets):
        offer = case.dated(
            "mediation.Offer",
            first["since"],
            on=first["since"],
            answer="accepted",
            answered_on=first["since"],
            by_id=case.worker,
        )
        case.tell("assignment", offer, offer["on"], role="job_mediator", state="offered")
    if held.get("until") is None:
        case.dated(
            "screening.DailyLead",
            held["since"],
            assignment_id=held["id"],
            since=held["since"],
            until=None,
            by_id=case.worker,
        )
    if made.some(0.5):
        _hindrance(made, case, held)


def _hindrance(made: Plan, case: Case, held: Row) -> None:
    about = made.rng.choice(("transport", "money", ""))
    day = made.today - days(made.rng.randrange(10, 20))
    if day <= case.enrolment["since"]:
        return
    solved = made.some(0.4)
    text, action, result = made.rng.choice(_texts(made.country)[f"barrier_{about or 'own'}"])
    row = case.dated(
        "mediation.Hindrance",
        day,
        sort="derived" if about else "primary",
        about=about,
        text=text,
        on=day,
        action=action,
        action_by="",
        result=result if solved else "",
        solved_on=made.today - days(2) if solved else None,
        by_id=held["member_id"],
    )
    told = {"state": "solved" if solved else "open"} | ({"about": about} if about else {})
    case.tell("barrier", row, day, **told)
