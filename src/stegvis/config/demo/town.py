"""A whole municipality: its units and staff, everybody's road, and the referrals that wait."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from stegvis.config.demo.canaries import CANARIES
from stegvis.config.demo.case import Case, Version
from stegvis.config.demo.life import live
from stegvis.config.demo.persons import Crowd, protect
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.config.demo.roads import SCRIPTS, Load, Office
from stegvis.config.demo.users import DemoUser, Town, of_town

SUPERVISORS = ("jonas", "vera", "mona")
OFFICER = {"ekdala": "gudrun", "birkeso": "vibeke"}
LEAVER = {"ekdala": "gunilla", "birkeso": "jens"}
KARINS = tuple(name for name in SCRIPTS if name not in {"Mette Holmstrand", "Otto Vallbrant"})
EMPLOYED = 950  # days ago, at the latest
NEED = {"SE": "Behövs för arbetsuppgiften enligt behovsanalys.", "DK": "Nødvendig for opgaven."}

LOADS: Mapping[str, tuple[Load, ...]] = {
    "ekdala": (
        Load("karin", "ame", "jobbtrappa", 31, 8, 1, SUPERVISORS, named=KARINS),
        Load("mats", "ame", "jobbtrappa", 19, 6, 2, SUPERVISORS),
        Load("annika", "ame", "jobbtrappa", 20, 6, 2, SUPERVISORS),
        Load("rickard", "ac", "jobbtrappa", 19, 5, 3, SUPERVISORS),
        Load("eva", "pv", "knut3_pv", 25, 7, 3, ("leif",)),
        Load(
            "petra", "ji", "jobbinvest", 25, 7, 4, mediators=("hassan",), named=("Otto Vallbrant",)
        ),
        Load("petra", "ji", "supported_employment", 6, 1, 1, mediators=("hassan",)),
    ),
    "birkeso": (
        Load(
            "lone",
            "jobcenter",
            "flere_skal_med",
            27,
            8,
            2,
            mediators=("lone",),
            named=("Mette Holmstrand",),
        ),
        Load(
            "bo", "jobcenter", "flere_skal_med", 46, 24, 6, mediators=("soren", "aase"), outside=10
        ),
        Load(
            "ditte",
            "jobcenter",
            "flere_skal_med",
            46,
            24,
            4,
            mediators=("soren", "aase"),
            outside=10,
        ),
        Load("ditte", "jobcenter", "supported_employment", 8, 2, 2, mediators=("aase",)),
    ),
}
# Referrals without a road yet: unit, how many days ago they came, state, order lines.
WAITING: Mapping[str, tuple[tuple[str, int, str, int], ...]] = {
    "ekdala": (
        ("ame", 1, "received", 1),
        ("ame", 2, "received", 0),
        ("ame", 6, "received", 2),
        ("ame", 19, "received", 1),
        ("ame", 24, "returned", 0),
        ("ame", 40, "declined", 1),
        ("ame", 3, "sent", 1),
        ("ac", 5, "received", 1),
        ("ac", 17, "received", 0),
        ("ac", 12, "returned", 1),
        ("pv", 4, "received", 1),
        ("pv", 90, "declined", 1),
        ("ji", 8, "received", 2),
        ("ji", 9, "accepted", 1),
        ("ji", 31, "returned", 0),
        ("ame", 0, "draft", 0),
    ),
    "birkeso": (
        ("jobcenter", 1, "received", 1),
        ("jobcenter", 3, "received", 1),
        ("jobcenter", 4, "received", 0),
        ("jobcenter", 16, "received", 1),
        ("jobcenter", 22, "received", 0),
        ("jobcenter", 9, "returned", 0),
        ("jobcenter", 13, "returned", 1),
        ("jobcenter", 50, "declined", 1),
        ("jobcenter", 2, "sent", 1),
        ("jobcenter", 7, "accepted", 1),
        ("jobcenter", 0, "draft", 0),
    ),
}
COMMISSIONS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "ekdala": (("AF", "ji", 12), ("FK", "ji", 8), ("SOC", "ji", 15), ("SOC", "ame", 60)),
    "birkeso": (("JOBCENTER", "jobcenter", 140),),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What founding has laid: the first unit, the programme versions, the schemes."""

    town: Town
    home: uuid.UUID
    versions: Mapping[str, Version]
    schemes: Sequence[uuid.UUID]
    today: dt.date


def plan(ground: Ground, rng: random.Random) -> Plan:
    """Everything that will stand in the municipality's tables, beside what founding has laid."""
    made = Plan(ground.town.country, ground.today, rng)
    office = _office(ground, made)
    cases = _roads(ground.town, office)
    _wait(ground.town, office)
    live(made, cases)
    for agency, unit, places in COMMISSIONS[ground.town.slug]:
        since = ground.today.replace(month=1, day=1)
        values = {"unit_id": office.units[unit], "agency": agency, "places": places}
        made.add("intake.Commission", since, since=since, **values)
    _tie(made)
    _number(made)
    assert all(case.period or case.enrolment.get("until") for case in cases)  # noqa: S101 -- INV-1
    return made


# Staff


def _office(ground: Ground, made: Plan) -> Office:
    town, employed = ground.town, ground.today - days(EMPLOYED)
    units: dict[str, uuid.UUID] = {}
    for code, (name, kind, track) in town.units.items():
        if not units:
            units[code] = ground.home
            continue
        units[code] = made.add("tenancy.Unit", employed, name=name, kind=kind, track=track)["id"]
    members = {user.key: _employ(made, user, units, employed) for user in of_town(town.slug)}
    leaver = next(user for user in of_town(town.slug) if user.key == LEAVER[town.slug])
    gone = (members[leaver.key], leaver.unit, ground.today - days(leaver.left or 0))
    return Office(made, members, units, ground.versions, ground.schemes, gone)


def _employ(
    made: Plan, user: DemoUser, units: Mapping[str, uuid.UUID], employed: dt.date
) -> uuid.UUID:
    gone = made.today - days(user.left) if user.left is not None else None
    member = made.add(
        "accounts.Member",
        employed,
        email=user.email,
        name=user.name,
        title=user.title,
        signature=user.signature,
        unit_id=units.get(user.unit),
        left_on=gone,
    )
    for role, unit in user.grants:
        made.add(
            "accounts.Grant",
            employed,
            member_id=member["id"],
            role=str(role),
            unit_id=units.get(unit),
            since=employed,
            until=gone,
            need=NEED[made.country],
        )
    key: uuid.UUID = member["id"]
    return key


# Participants


def _roads(town: Town, office: Office) -> list[Case]:
    made, cases = office.plan, []
    crowd = Crowd(made, made.today - days(EMPLOYED))
    hidden = iter(CANARIES[town.country])
    officer = office.members[OFFICER[town.slug]]
    for load in LOADS[town.slug]:
        cases += [
            office.going(crowd.somebody(named=name), load, SCRIPTS[name]) for name in load.named
        ]
        for index in range(load.going - len(load.named)):
            canary = next(hidden) if index < load.protected else None
            person = crowd.somebody(canary=canary)
            case = office.going(person, load)
            cases.append(case)
            if canary:
                since = case.enrolment["since"]
                protect(made, person, [officer, office.members[load.worker]], since)
        for index in range(load.left):
            outside = index < load.outside
            cases.append(office.left(crowd.somebody(), load, outside=outside))
    return cases


def _wait(town: Town, office: Office) -> None:
    made = office.plan
    crowd = Crowd(made, made.today - days(60))
    for unit, back, state, lines in WAITING[town.slug]:
        received = made.today - days(back)
        values: dict[str, object] = {"state": state}
        if state == "returned":
            values["question"] = made.rng.choice(office.texts["questions"])
        if state in {"declined", "accepted"}:
            values["answered_on"] = min(made.today, working_day(received + days(6)))
        if state == "declined":
            values["answer"] = made.rng.choice(office.texts["declined"])
        row = office.referral(crowd.somebody().row, unit, received, **values)
        office.order(row, lines)
        if state == "draft":
            row |= {"sent_on": None, "received_on": None, "answer_by": None}
        if state == "sent":
            row |= {"received_on": None, "answer_by": None}


# What follows from the rows


def _tie(made: Plan) -> None:
    """The relations the rooms would have written: intake, unit, and everybody assigned."""
    begun = {row["referral_id"]: row["since"] for row in made.of("intake.Enrolment")}
    for row in made.of("intake.Referral"):
        since, state = row["received_on"] or row["sent_on"], row["state"]
        if since and state != "draft":
            until = begun.get(row["id"]) or (row["answered_on"] if state == "declined" else None)
            _relation(made, row, "intake", since, until, unit_id=row["unit_id"])
    for row in made.of("intake.Enrolment"):
        _relation(made, row, "unit", row["since"], row.get("until"), unit_id=row["unit_id"])
    for row in made.of("intake.Assignment"):
        until, member = row.get("until"), row["member_id"]
        _relation(made, row, row["part"], row["since"], until, member_id=member)


def _relation(
    made: Plan,
    row: Row,
    kind: str,
    since: dt.date,
    until: dt.date | None,
    **side: uuid.UUID,
) -> None:
    values = {"person": row["person_id"], "kind": kind, "since": since, "until": until}
    made.add("access.Relation", since, **values, **side)


def _number(made: Plan) -> None:
    """Numbers in the order the referrals came, per year: 2026-118."""
    counts: dict[int, count[int]] = {}
    last: dict[int, int] = {}
    for row in sorted(made.of("intake.Referral"), key=lambda row: row["created_at"]):
        year = row["created_at"].year
        last[year] = next(counts.setdefault(year, count(1)))
        row["number"] = f"{year}-{last[year]}"
    for year, number in sorted(last.items()):
        made.add("intake.ReferralCount", dt.date(year, 1, 1), year=year, last=number)
