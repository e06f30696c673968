"""Three weeks of talks: a follow-up most weeks, a call between, now and then a step review."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

WEEKS = 3
FOLLOWED = 0.85  # of the weeks; the rest is what the lists of the due are for
ASKED = 0.6
REVIEWED = 0.75


@cache
def _texts(country: str) -> dict[str, list[str]]:
    file = Path(__file__).with_name("followups.toml")
    found: dict[str, list[str]] = tomllib.loads(file.read_text("utf-8"))[country]
    return found


def followups(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        for back in range(WEEKS, 0, -1):
            day = _day(made, back)
            if day <= case.enrolment["since"] or day > made.today:
                continue
            if made.some(FOLLOWED):
                _week(made, case, day)
            _between(made, case, working_day(day + days(2)))
        if case.period and made.some(REVIEWED):
            _review(made, case)
        _jobs(made, case)


def _day(made: Plan, back: int) -> dt.date:
    monday = made.today - days(made.today.weekday())
    return working_day(monday - days(7 * back) + days(made.rng.randrange(5)))


def _said(made: Plan, pool: str) -> str:
    return made.rng.choice(_texts(made.country)[pool])


def _parts(case: Case) -> list[str]:
    held = [row["part"] for row in case.of("intake.Assignment") if row.get("until") is None]
    return ["participant", *sorted(set(held))]


def _by(case: Case) -> dict[str, Any]:
    """Whoever follows up: the mediator where there is one."""
    for part in ("job_mediator", "case_worker"):
        for row in reversed(case.of("intake.Assignment")):
            if row["part"] == part and row.get("until") is None:
                return {"by_id": row["member_id"], "part": part}
    return {"by_id": case.worker, "part": "case_worker"}


def _follow_up(made: Plan, case: Case, day: dt.date, **said: Any) -> Row:
    values: dict[str, Any] = {
        "own_words": _said(made, "own"),
        "own_words_missing": "",
        "note": _said(made, "notes"),
        "next_step": _said(made, "next"),
        "next_on": working_day(day + days(7)),
        "next_at": dt.time(made.rng.choice((9, 10, 13, 14))),
        "minutes": made.rng.choice((15, 20, 30, 45, None)),
        "result": "",
        "own_step": "",
        "worker_step": "",
    }
    values |= _by(case) | said
    row = case.dated("followups.FollowUp", day, on=day, **values)
    told = {name: row[name] for name in ("result", "own_step", "worker_step") if row[name]}
    told |= {"participants": row["participants"], "what": row["kind"], "by": row["part"]}
    case.tell("follow_up", row, day, **told)
    return row


def _week(made: Plan, case: Case, day: dt.date) -> None:
    there = ["participant", _by(case)["part"]]
    row = _follow_up(made, case, day, kind="weekly", participants=there)
    if made.some(ASKED):
        case.add(
            "followups.Pulse",
            day,
            on=day,
            follow_up_id=row["id"],
            unit_id=case.enrolment["unit_id"],
            thriving=made.rng.choice((2, 3, 4, 4, 5)),
            belonging=made.rng.choice((2, 3, 3, 4, 5)),
            needed=made.rng.choice((1, 2, 3, 4, None)),
        )


def _review(made: Plan, case: Case) -> None:
    day = working_day(made.today - days(made.rng.randrange(2, 13)))
    assert case.period is not None  # noqa: S101 -- asked by the caller
    if day <= case.enrolment["since"] or day > made.today:
        return
    steps = case.programme.primary.steps
    here = case.period["ordinal"]
    own = min(len(steps), max(1, here + made.rng.choice((0, 0, 1, -1))))
    result = {1: "next_step", 0: made.rng.choice(("continue", "adjust")), -1: "previous_step"}
    _follow_up(
        made,
        case,
        day,
        kind="three_party" if "work_supervisor" in _parts(case) else "step_review",
        participants=_parts(case),
        result=result[own - here],
        own_step=steps[own - 1].code,
        worker_step=steps[here - 1].code,
        own_words=_said(made, "review"),
    )


def _between(made: Plan, case: Case, day: dt.date) -> None:
    """A note, a call with the person, a contact with an authority: one of them, or none."""
    if day > made.today:
        return
    by = _by(case)
    turn = made.rng.randrange(4)
    if turn == 0:
        said = {"text": _said(made, "short"), "about": "practical", "by_id": by["by_id"]}
        case.dated("followups.Note", day, on=day, **said)
    elif turn == 1:
        row = _contact(made, case, day, party="participant", outcome=_said(made, "short"))
        case.tell(
            "contact", row, day, **{"with": "participant", "way": row["way"], "by": by["part"]}
        )
    elif turn == 2:  # noqa: PLR2004
        party = _said(made, "authorities")
        row = _contact(made, case, day, party=party, outcome=_said(made, "outcome"))
        what = "af_contact" if party == "AF" else "other_contact"
        case.tell("event", row, day, what=what, by=by["part"])


def _contact(made: Plan, case: Case, day: dt.date, **said: Any) -> Row:
    return case.dated(
        "followups.ContactEvent",
        day,
        on=day,
        way=made.rng.choice(("phone", "phone", "meeting", "message")),
        reached=True,
        accompanied=said["party"] != "participant" and made.some(0.3),
        minutes=made.rng.choice((5, 10, 15, None)),
        **said,
        **_by(case),
    )


def _jobs(made: Plan, case: Case) -> None:
    """Late on the road jobs are sought."""
    if not case.period or case.period["ordinal"] < len(case.programme.primary.steps) - 1:
        return
    for _turn in range(made.rng.randrange(4)):
        day = working_day(made.today - days(made.rng.randrange(1, 20)))
        if day > made.today or day <= case.enrolment["since"]:
            continue
        row = case.dated(
            "followups.JobSearch",
            day,
            on=day,
            kind=made.rng.choice(("application", "application", "call", "visit")),
            employer=_said(made, "employers"),
            result=made.rng.choice(("waiting", "waiting", "no", "interview")),
            by_participant=False,
            by_id=_by(case)["by_id"],
        )
        case.tell("event", row, day, what="job_search", about=row["kind"])
