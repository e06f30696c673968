"""Companies of the two towns: where there is work outside, and whose staff is trained to meet
those who come. They know nobody of those whose roads are told."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.journey.employers.facts import EDITORS

STAFF = {
    "SE": ("Ulrik Bänk", "Anja Kvast", "Bo Låda", "Disa Hylla"),
    "DK": ("Ole Bænk", "Anja Kost", "Bo Kasse", "Dorte Hylde"),
}
ACCESS = ("yes", "partly", "no", "unknown")
ASPECTS = ("physical", "communicative", "informative", "reception")
FIRST = {"SE": 559900100, "DK": 99000001}


def employers(made: Plan, _going: Sequence[Case]) -> None:
    file = Path(__file__).with_name("employers.toml")
    told = tomllib.loads(file.read_text("utf-8"))[made.country]
    began = working_day(made.today - days(500))
    modules = [
        made.add("employers.AmbassadorModule", began, name=name, selected=selected, since=began)
        for name, selected in told["modules"]
    ]
    held = [row for row in made.of("accounts.Grant") if row["role"] in EDITORS]
    open_now = [row["member_id"] for row in held if row.get("until") is None]
    for n, one in enumerate(told["companies"]):
        _company(made, n, one, modules, open_now[n % len(open_now)])


def _company(made: Plan, n: int, one: dict[str, Any], modules: list[Row], entrance: Any) -> None:
    on = working_day(made.today - days(made.rng.randint(200, 480)))
    said = {"name": one["name"], "number": _number(made.country, n)}
    sector = one.get("sector", "private")
    company = made.add("employers.Company", on, sector=sector, **said)
    site = made.add(
        "employers.Site",
        on,
        company_id=company["id"],
        name=one["site"],
        address=one["address"],
        number=f"10990000{n:02}" if made.country == "DK" else "",
        entrance_id=entrance,
        **{code: made.rng.choice(ACCESS) for code in ASPECTS},
    )
    name, title = one["contact"]
    made.add("employers.ContactPerson", on, site_id=site["id"], name=name, title=title, since=on)
    _opening(made, one["opening"], site, on)
    _staff(made, one, site, modules, on)


def _opening(made: Plan, told: Sequence[str], site: Row, on: dt.date) -> None:
    name, area, tasks, grows = told
    least = made.rng.choice((None, 2, 4, 8))
    made.add(
        "employers.Opening",
        on,
        site_id=site["id"],
        name=name,
        area=area,
        tasks=tasks,
        can_grow_into=grows,
        hours_from=least,
        hours_to=least and made.rng.choice((15, 20, 30)),
        places=made.rng.choice((None, 1, 2)),
        since=on,
    )


def _staff(made: Plan, one: dict[str, Any], site: Row, modules: list[Row], on: dt.date) -> None:
    """At an example everybody has what is meant for all; an ambassador has every module."""
    for turn, name in enumerate(
        (one["contact"][0], *STAFF[made.country][: made.rng.randint(2, 4)])
    ):
        row = made.add("employers.Employee", on, site_id=site["id"], name=name, since=on)
        whole = turn == 0 and one["level"] != "none"
        for module in modules:
            if whole or (one["level"] == "example" and module["selected"]):
                day = working_day(on + days(made.rng.randint(20, 150)))
                made.add(
                    "employers.Completed",
                    day,
                    employee_id=row["id"],
                    module_id=module["id"],
                    on=day,
                )


def _number(country: str, n: int) -> str:
    """Of a series that nobody has, with the check digit the country asks for."""
    first = str(FIRST[country] + n)
    if country == "DK":
        return first
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(first)]
    return f"{first}{-sum(one // 10 + one % 10 for one in doubled) % 10}"
