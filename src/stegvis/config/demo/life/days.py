"""Three weeks of a workplace's days: opened and closed, gone through together, cars that were
checked, and one lamp that nobody has mended. Cars and plates are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

BACK = 21
MOST = 18  # people of a briefing
OPENING = ("unlock", "alarm_off", "prepare")
CLOSING = ("machines", "tidy", "windows", "alarm_on")
OUT = ("oil", "washer", "fuel", "lights", "clean")
TOPICS = ("lifting", "machines", "protection", "chemicals", "traffic", "fire")
LICENSED = 5  # one in so many has a driving licence
WORDS: dict[str, Any] = {
    "SE": {
        "lunch": "Lunch",
        "coffee": "Fika",
        "cars": (("Skåpbilen", "PÅH 001"), ("Släpbilen", "PÅH 002")),
        "licence": "Körkort",
        "errand": "Hämta möbler",
        "fault": "Bakljuset på släpet lyser inte",
        "log": (
            "Leverans av virke kom 9.30.",
            "Sågen stod still en timme, ny klinga isatt.",
            "Kunden hämtade sex bänkar.",
            "Vi bytte filter i utsuget.",
        ),
        "items": ("Bänkar till parken\nSlipning", "Flytt på Ekskolan\nRöja runt nätstationer"),
    },
    "DK": {
        "lunch": "Frokost",
        "coffee": "Kaffepause",
        "cars": (("Varevognen", "OP 00 001"), ("Ladvognen", "OP 00 002")),
        "licence": "Kørekort",
        "errand": "Hente møbler",
        "fault": "Baglyset på traileren lyser ikke",
        "log": (
            "Træet blev leveret kl. 9.30.",
            "Saven stod stille en time, ny klinge sat i.",
            "Kunden hentede seks bænke.",
            "Vi skiftede filter i udsugningen.",
        ),
        "items": ("Bænke til parken\nSlibning", "Flytning på Birkeskolen\nRydde om stationer"),
    },
}


def a_days_work(made: Plan, going: Sequence[Case]) -> None:
    places = made.of("workplaces.Workplace")
    members = _supervisors(made)
    if not places or not members:
        return
    began, words = made.today - days(200), WORDS[made.country]
    for unit in dict.fromkeys(row["unit_id"] for row in places):
        for name, start, end in (
            (words["coffee"], dt.time(9), dt.time(9, 15)),
            (words["lunch"], dt.time(11), dt.time(12)),
        ):
            made.add(
                "workplaces.BreakTime", began, unit_id=unit, name=name, start=start, end=end,
                counted=name == words["coffee"],
            )  # fmt: skip
    for turn, member in enumerate(members):
        valid = made.today + days(700 - 300 * turn)
        made.add(
            "days.MemberLicence", began, member_id=member, classes=["B", "BE"], valid_to=valid,
            seen_on=began,
        )  # fmt: skip
    place = places[0]
    _licences(made, going, words)
    cars = [_car(made, place, name, plate) for name, plate in words["cars"]]
    for ago in range(BACK, 0, -1):
        on = made.today - days(ago)
        if working_day(on) == on:
            _day(made, place, on, members[ago % len(members)], words)
            _drive(made, cars[0], on, members[0], words)
    _briefings(made, going, place, members, words)
    made.add(
        "days.Booking", made.today, vehicle_id=cars[0]["id"], on=made.today, part="day",
        errand=words["errand"], driver_id=members[0], by_id=members[0], called_off_on=None,
    )  # fmt: skip
    made.add("days.Fault", made.today - days(3), vehicle_id=cars[1]["id"], code="",
             words=words["fault"], found_on=made.today - days(3), owner_id=members[0],
             by_id=members[0], mended_on=None, mended_by_id=None)  # fmt: skip


def _supervisors(made: Plan) -> list[Any]:
    """Who opens and closes; where the town has no supervisors, whoever manages the unit."""
    held = made.of("accounts.Grant")
    for role in ("work_supervisor", "unit_manager"):
        found = [row["member_id"] for row in held if row["role"] == role]
        if found:
            return list(dict.fromkeys(found))
    return []


def _licences(made: Plan, going: Sequence[Case], words: dict[str, Any]) -> None:
    for case in going[::LICENSED]:
        on = max(case.enrolment["since"], made.today - days(30))
        case.dated(
            "mapping.Credential", on, kind="licence", what=words["licence"], exists="yes",
            owner="", due=None, by_id=case.worker, classes=["B"],
            valid_to=made.today + days(made.rng.randrange(-40, 1500)),
        )  # fmt: skip


def _car(made: Plan, place: Row, name: str, plate: str) -> Row:
    return made.add(
        "days.Vehicle", made.today - days(200), unit_id=place["unit_id"], name=name, plate=plate,
        licence="B", points=list(OUT), until=None,
    )  # fmt: skip


def _day(made: Plan, place: Row, on: dt.date, member: Any, words: dict[str, Any]) -> None:
    for listed, codes in (("opening", OPENING), ("closing", CLOSING)):
        for code in codes:
            made.add("days.Tick", on, workplace_id=place["id"], on=on, listed=listed, code=code,
                     by_id=member)  # fmt: skip
    if made.some(0.6):
        made.add("days.LogLine", on, workplace_id=place["id"], on=on, by_id=member,
                 text=made.rng.choice(words["log"]))  # fmt: skip


def _drive(made: Plan, car: Row, on: dt.date, member: Any, words: dict[str, Any]) -> None:
    if not made.some(0.7):
        return
    made.add("days.Booking", on, vehicle_id=car["id"], on=on, part="day", errand=words["errand"],
             driver_id=member, by_id=member, called_off_on=None)  # fmt: skip
    for way, codes in (("out", OUT), ("back", ("wash",))):
        made.add("days.VehicleCheck", on, vehicle_id=car["id"], on=on, way=way, good=list(codes),
                 defects=[], by_id=member)  # fmt: skip


def _briefings(
    made: Plan, going: Sequence[Case], place: Row, members: list[Any], words: dict[str, Any]
) -> None:
    """Twice a week, with those who work under whoever holds it."""
    for turn, ago in enumerate(range(BACK, 0, -3)):
        on = working_day(made.today - days(ago))
        member = members[turn % len(members)]
        there = [case for case in going if _works_under(case, member, on)][:MOST]
        if on >= made.today or not there:
            continue
        topics = [TOPICS[turn % len(TOPICS)]]
        row = made.add(
            "days.Briefing", on, workplace_id=place["id"], on=on, topics=topics, by_id=member,
            items=words["items"][turn % 2],
        )  # fmt: skip
        for case in there:
            case.dated("days.Briefed", on, briefing_id=row["id"], on=on, topics=topics)


def _works_under(case: Case, member: Any, on: dt.date) -> bool:
    return any(
        row["member_id"] == member and row["since"] <= on and row.get("until") is None
        for row in case.of("intake.Assignment")
    )
