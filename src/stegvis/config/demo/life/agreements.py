"""Agreements on paper for most of those who are placed, signed by all three, with days of following
up: some held, the next ahead."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days
from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.facts.document import digest_of

TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
SIDES = ("participant", "employer", "municipality")
HOUR = 60
RHYTHM = "taper"


def agreements(made: Plan, going: Sequence[Case]) -> None:
    names = {
        row["id"]: row["name"] for row in made.of("employers.Site") + made.of("accounts.Member")
    }
    contacts = {row["id"]: row["name"] for row in made.of("employers.ContactPerson")}
    people = {
        row["id"]: f"{row['given_name']} {row['family_name']}" for row in made.of("people.Person")
    }
    for case in going:
        for placed in case.of("placements.Placement"):
            if placed["contact_id"] and made.some(0.85):
                _signed(made, case, placed, people | names | contacts)


def _signed(made: Plan, case: Case, placed: Row, names: Mapping[uuid.UUID, str]) -> None:
    lines = {row["pay"]: row for row in case.of("placements.PlacementLine")
             if row["placement_id"] == placed["id"]}  # fmt: skip
    if not lines.keys() & {"ordinary", "practice"}:
        return
    values = _values(made, placed, lines)
    document = _document(case, placed, values, names)
    digest, on = digest_of(document), placed["since"]
    row = case.dated(
        "agreements.AgreementVersion", on, **values, placement_id=placed["id"], number=1,
        state="signed", document=document, digest=digest, by_id=case.worker, signed_on=on,
    )  # fmt: skip
    roles = ["participant", "employer", _worker(case)]
    who = (case.enrolment["person_id"], placed["contact_id"], case.worker)
    for side, role, key in zip(SIDES, roles, who, strict=True):
        case.add(
            "agreements.Signature", on, of_id=row["id"], side=side, role=role, name=names[key],
            how="signed_in" if side == "municipality" else "paper", digest=digest, on=on,
            by_id=case.worker, link_id=None,
        )  # fmt: skip
    case.tell(
        "agreement", row, on, signed_by=roles, sections=list(core.PARTS),
        ordinary_hours_from_start=bool(values["ordinary_minutes"]),
    )  # fmt: skip
    case.tell("follow_up_plan", row, on, signed_by=roles)
    _days(made, case, placed, row)


def _worker(case: Case) -> str:
    """As whom the municipality signs: the mediator where there is one."""
    held = [r for r in case.of("intake.Assignment") if r["part"] == "job_mediator"]
    return "job_mediator" if held else "case_worker"


def _values(made: Plan, placed: Row, lines: Mapping[str, Row]) -> dict[str, Any]:
    words = TOLD[made.country]
    paid, practice = lines.get("ordinary"), lines.get("practice")
    return {
        "since": placed["since"],
        "tasks": list(placed["tasks"])[:4] if isinstance(placed["tasks"], list)
        else [str(placed["tasks"])[:120]],
        "grows_into": "",
        "times": made.rng.choice(words["times"]),
        "ordinary_minutes": int(paid["hours_week"] * HOUR) if paid else 0,
        "ordinary_per": core.WEEK,
        "ordinary_function": paid["function"] if paid else "",
        "practice_minutes": int(practice["hours_week"] * HOUR) if practice else 0,
        "practice_function": practice["function"] if practice else "",
        "practice_ends": placed["ends"] if practice else None,
        "ordinary_on": None,
        "ordinary_if": "" if paid else words["when"],
        "discussed_on": None if paid else placed["since"],
        "sub_goals": [{"text": made.rng.choice(words["sub_goals"]), "by": ""}],
        "considered": True,
        "rhythm": RHYTHM,
        "topics": words["topics"],
        "contact_id": placed["contact_id"],
        "guide": placed["guide"],
    }  # fmt: skip


def _document(
    case: Case, placed: Row, values: Mapping[str, Any], names: Mapping[uuid.UUID, str]
) -> dict[str, Any]:
    """What all sign, in the words of agreements.facts.document."""
    site = names[placed["site_id"]]
    when = None
    if not values["ordinary_minutes"]:
        discussed = values["discussed_on"].isoformat()
        when = {"on": "", "if": values["ordinary_if"], "discussed_on": discussed}
    return {
        "person": names[case.enrolment["person_id"]], "company": site, "site": site,
        "kind": placed["kind"], "number": 1, "since": _day(values["since"]),
        "ends": _day(placed["ends"]), "change_note": "", "tasks": values["tasks"],
        "grows_into": "", "times": values["times"],
        "ordinary": _hours(values, "ordinary"), "practice": _hours(values, "practice"),
        "practice_ends": _day(values["practice_ends"]), "ordinary_when": when,
        "sub_goals": values["sub_goals"], "considerations": [], "rhythm": RHYTHM,
        "phases": [dataclasses.asdict(one) for one in core.RHYTHMS[RHYTHM]],
        "topics": values["topics"], "guide": values["guide"],
        "contact": {"name": names[placed["contact_id"]], "title": ""},
    }  # fmt: skip


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _hours(values: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    minutes = values[f"{kind}_minutes"]
    if not minutes:
        return None
    return {"minutes": minutes, "per": core.WEEK, "function": values[f"{kind}_function"]}


def _days(made: Plan, case: Case, placed: Row, version: Row) -> None:
    """Those of the last week may still be waited for."""
    until = min(core.months_after(placed["since"], core.YEAR_MONTHS), placed["ends"] or dt.date.max)
    for one in core.meetings(core.RHYTHMS[RHYTHM], placed["since"], until):
        held = one.on < made.today - days(7) or (one.on < made.today and made.some(0.5))
        case.add(
            "agreements.FollowUpDate", placed["since"], of_id=version["id"],
            placement_id=placed["id"], on=one.on, way=one.way, phase=one.phase,
            state="held" if held else "planned", held_on=one.on if held else None,
        )  # fmt: skip
