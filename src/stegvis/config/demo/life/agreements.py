"""What is agreed for those who are at a company, as their placement says it: signed by all three,
with the days of following up. The hours that are written down afterwards lie at the same place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.followups import _by
from stegvis.config.demo.life.work import usual_day
from stegvis.config.demo.plan import Plan, Row
from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.facts.document import digest_of, document

GOALS = {"SE": "Klarar ett pass på egen hand", "DK": "Klarer en vagt på egen hånd"}
IF = {"SE": "När tre månader har gått bra", "DK": "Når tre måneder er gået godt"}
TIMES = {
    "SE": ("Måndag till {day}, {start} till {end}", "tisdag onsdag torsdag fredag"),
    "DK": ("Mandag til {day}, {start} til {end}", "tirsdag onsdag torsdag fredag"),
}
REST = {"SE": ", en halvtimmes rast", "DK": ", en halv times pause"}
LONG = 4 * 60  # minutes a day without a break
BREAK = 30
TOPICS = ["attendance", "tasks", "hours"]
HOUR = 60


def agreements(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        for placed in case.of("placements.Placement"):
            if placed["until"] is None and placed["contact_id"]:
                _agreed(made, case, placed)


def _agreed(made: Plan, case: Case, placed: Row) -> None:
    on, by = placed["since"], _by(case)
    values = _values(made, case, placed)
    said = document(_whole(made, case, placed, values), ())
    row = case.dated(
        "agreements.AgreementVersion", on, placement_id=placed["id"], number=1, state="signed",
        document=said, digest=digest_of(said), signed_on=on, by_id=by["by_id"], **values,
    )  # fmt: skip
    ways = (("participant", "beside"), ("employer", "paper"), ("municipality", "signed_in"))
    for side, how in ways:
        case.add(
            "agreements.Signature", on, of_id=row["id"], side=side, how=how, digest=row["digest"],
            role=by["part"] if side == "municipality" else side, name=_name(made, said, by, side),
            on=on, by_id=by["by_id"],
        )  # fmt: skip
    until = core.months_after(on, core.YEAR_MONTHS)
    until = min(until, placed["ends"]) if placed["ends"] else until
    for one in core.meetings(core.RHYTHMS[values["rhythm"]], on, until):
        held = one.on < made.today
        case.add(
            "agreements.FollowUpDate", on, of_id=row["id"], placement_id=placed["id"], on=one.on,
            way=one.way, phase=one.phase, state="held" if held else "planned",
            held_on=one.on if held else None,
        )  # fmt: skip
    roles = ["participant", "employer", by["part"]]
    starts = bool(values["ordinary_minutes"])
    later = {} if starts else {"ordinary_when": "on_condition"}
    sections = {"sections": list(core.PARTS), "ordinary_hours_from_start": starts}
    case.tell("agreement", row, on, signed_by=roles, **sections, **later)
    case.tell("follow_up_plan", row, on, signed_by=roles)


def _values(made: Plan, case: Case, placed: Row) -> dict[str, Any]:
    """The lines of the placement: paid hours, and practice in another function."""
    country = made.country
    rows = case.of("placements.PlacementLine")
    lines = {row["pay"]: row for row in rows if row["placement_id"] == placed["id"]}
    paid, trained = lines.get("ordinary"), lines.get("practice") or lines.get("subsidised")
    return {
        "since": placed["since"], "tasks": [part.strip() for part in placed["tasks"].split(",")],
        "times": _times(case, placed["since"], country, lines.values()),
        "sub_goals": [{"text": GOALS[country], "by": ""}],
        **_line("ordinary", paid), **_line("practice", trained),
        "practice_ends": None,
        "ordinary_if": "" if paid else IF[country], "ordinary_on": None,
        "discussed_on": None if paid else placed["since"], "considered": True,
        "rhythm": "taper", "topics": TOPICS, "contact_id": placed["contact_id"],
        "guide": placed["guide"], "ordinary_per": "week", "change_note": "", "grows_into": "",
    }  # fmt: skip


def _times(case: Case, on: dt.date, country: str, lines: Iterable[Row]) -> str:
    """As few days as the hours fill in whole half hours; breaks lie beside them."""
    start, usual = usual_day(case, on)
    week = int(sum(line["hours_week"] for line in lines) * HOUR)
    count = next(n for n in range(2, 6) if week % (n * BREAK) == 0 and week // n <= usual)
    day = week // count
    rest = BREAK if day > LONG else 0
    end = dt.datetime.combine(on, start) + dt.timedelta(minutes=day + rest)
    frame, names = TIMES[country]
    last = names.split()[count - 2]
    said = frame.format(day=last, start=_clock(start), end=_clock(end.time()))
    return said + (REST[country] if rest else "")


def _clock(at: dt.time) -> str:
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def _line(which: str, line: Row | None) -> dict[str, Any]:
    hours = line["hours_week"] if line else Decimal(0)
    function = line["function"] if line else ""
    return {f"{which}_minutes": int(hours * HOUR), f"{which}_function": function}


def _whole(made: Plan, case: Case, placed: Row, values: dict[str, Any]) -> Any:
    """As the document asks for it; nothing of it is saved."""
    site = _one(made, "employers.Site", placed["site_id"])
    company = _one(made, "employers.Company", site["company_id"])
    contact = _one(made, "employers.ContactPerson", placed["contact_id"])
    person = _one(made, "people.Person", case.enrolment["person_id"])
    there = SimpleNamespace(
        site=SimpleNamespace(name=site["name"], company=SimpleNamespace(name=company["name"])),
        kind=placed["kind"], ends=placed["ends"],
    )  # fmt: skip
    lines = {}
    for which in ("ordinary", "practice"):
        minutes = values[f"{which}_minutes"]
        line = core.Hours(minutes, core.WEEK, values[f"{which}_function"])
        lines[which] = line if minutes else None
    return SimpleNamespace(
        **values, **lines, number=1, placement=there,
        person=SimpleNamespace(name=f"{person['given_name']} {person['family_name']}"),
        contact=SimpleNamespace(name=contact["name"], title=contact.get("title", "")),
    )  # fmt: skip


def _one(made: Plan, model: str, key: Any) -> Row:
    return next(row for row in made.of(model) if row["id"] == key)


def _name(made: Plan, said: dict[str, Any], by: dict[str, Any], side: str) -> str:
    if side == "municipality":
        return str(_one(made, "accounts.Member", by["by_id"])["name"])
    return str(said["person"] if side == "participant" else said["contact"]["name"])
