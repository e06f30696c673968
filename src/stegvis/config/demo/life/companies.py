"""What has been said with the companies of a town, what they offer just now, what is agreed with
them, and where the postal areas lie. Nobody whose road is told is in it."""

from __future__ import annotations

import datetime as dt
import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

LOOKED, AGREED, PAUSES, SILENT = 3, 4, 5, 6  # every so manyth site
ANSWERED = (3, 3, 4, 2, 4)


def companies(made: Plan, _going: Sequence[Case]) -> None:
    file = Path(__file__).with_name("companies.toml")
    told = tomllib.loads(file.read_text("utf-8"))[made.country]
    for code, name, north, east in told["postal"]:
        on = made.today - days(400)
        made.add("employers.PostalArea", on, code=code, name=name, latitude=north, longitude=east)
    listed = [row for row in made.of("employers.Site") if row.get("address")]
    for n, site in enumerate(listed):
        area = told["postal"][n % len(told["postal"])]
        street, _comma, town = site["address"].rpartition(", ")
        site["address"] = f"{street}, {_spaced(area[0], made.country)} {town}"
        _talks(made, told, site, n)
        _reviewed(made, told, site, n)
    for n, company in enumerate(made.of("employers.Company")[::AGREED]):
        _partnership(made, told, company, n)
    _free(made)
    _asked(made)


def _spaced(code: str, country: str) -> str:
    return f"{code[:3]} {code[3:]}" if country == "SE" else code


def _talks(made: Plan, told: dict[str, Any], site: Row, n: int) -> None:
    """Three talks in the last weeks; one in six has asked and heard nothing."""
    by, here = site["entrance_id"], {"site_id": site["id"], "by_id": site["entrance_id"]}
    for turn, (kind, text) in enumerate(told["talks"]):
        if made.some(0.3):
            continue
        on = working_day(made.today - days(60 - 17 * turn - n % 5))
        made.add("employers.Dialogue", on, kind=kind, on=on, note=text, **here, **_said())
    silent = n % SILENT == 1
    on = working_day(made.today - days(26 if silent else 12 + n % 6))
    answer, back = ("", None) if silent else ("yes", min(made.today, working_day(on + days(3))))
    made.add(
        "employers.Dialogue", on, kind="call", on=on, note=told["asks"], **here,
        **_said(asks=True, answer=answer, answered_on=back),
    )  # fmt: skip
    made.add(
        "employers.Headcount", on, site_id=site["id"], on=on, heads=None, trained=None,
        fte=5 + 2 * n, source="company", by_id=by,
    )  # fmt: skip
    if n % PAUSES == PAUSES - 1:
        since = working_day(made.today - days(6))
        made.add(
            "employers.SitePause", since, since=since, until=made.today + days(20),
            why=told["pause"], **here,
        )  # fmt: skip


def _said(**more: Any) -> Row:
    return {"asks": False, "answer": "", "answered_on": None, "over": "", "contact_id": None} | more


def _reviewed(made: Plan, told: dict[str, Any], site: Row, n: int) -> None:
    if n % LOOKED:
        return
    expert, body = told["expert"]
    on = working_day(made.today - days(80 + n))
    site |= {
        "looked_by": expert, "looked_from": body, "looked_on": on, "plan": told["plan"],
        "preparedness": "yes", "access_note": told["note"],
    }  # fmt: skip


def _partnership(made: Plan, told: dict[str, Any], company: Row, n: int) -> None:
    on = working_day(made.today - days(300))
    says = dict(zip(("company_does", "we_do", "together"), told["partnership"], strict=True))
    row = made.add(
        "employers.PartnershipVersion", on, company_id=company["id"], number=1, since=on,
        until=None, by_id=None, **says,
    )  # fmt: skip
    if n == 0:
        made.add(
            "employers.PartnershipSigned", on, version_of_id=row["id"], signed_on=on, by_id=None,
            signed_by=told["signs"][0], signed_for_us=told["signs"][1],
        )  # fmt: skip


def _free(made: Plan) -> None:
    """What companies say is free, and which openings the other municipality may see."""
    for n, row in enumerate(made.of("employers.Opening")):
        said = n % 3 != 1
        row |= {
            "free": n % 2 if said else None,
            "free_on": working_day(made.today - days(9)) if said else None,
            "shared": n % 2 == 1 or said,
        }


def _asked(made: Plan) -> None:
    """Those who have every module were asked twice; the last has not answered yet."""
    modules = len(made.of("employers.AmbassadorModule"))
    done: dict[uuid.UUID, int] = {}
    for row in made.of("employers.Completed"):
        done[row["employee_id"]] = done.get(row["employee_id"], 0) + 1
    whole = [key for key, n in done.items() if n == modules]
    _round(made, whole, working_day(made.today - days(200)), last=True)
    _round(made, whole, working_day(made.today - days(30)), last=False)


def _round(made: Plan, whole: Sequence[uuid.UUID], on: dt.date, *, last: bool) -> None:
    for turn, key in enumerate(whole):
        answered = on + dt.timedelta(days=4) if last or turn < len(whole) - 1 else None
        given = ANSWERED[turn % len(ANSWERED)] if answered else None
        made.add(
            "employers.AmbassadorAsked", on, employee_id=key, on=on, answered_on=answered,
            prepared=given, supported=given and max(1, given - turn % 2), again=given,
        )  # fmt: skip
