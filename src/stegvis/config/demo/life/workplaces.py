"""Where people work: the places, areas and tasks of a municipality, some of them taken apart."""

from __future__ import annotations

import datetime as dt
import tomllib
import uuid
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.core.values.texts import pick
from stegvis.journey.workplaces.words import starter

WORK_DAYS = 5
NAMED = {"ac": "Arbetscentrum", "pv": "Praktiska arbetsplatser"}
LANGUAGES = {"SE": "sv", "DK": "da"}


@cache
def _told(country: str) -> dict[str, Any]:
    file = Path(__file__).with_name("workplaces.toml")
    found: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))[country]
    return found


def workplaces(made: Plan, going: Sequence[Case]) -> None:
    """Written down two years ago; analyses a while after, and looked over by somebody else."""
    told, began = _told(made.country), working_day(made.today - days(730))
    units = _units(made, going)
    kinds = _words(made, began)
    places: dict[str, Row] = {}
    for one in told["workplaces"]:
        said = {key: value for key, value in one.items() if key not in {"unit", "kind", "open"}}
        pair = one["open"].split()
        hours = [pair] * WORK_DAYS + [None, None]
        said |= {"unit_id": units[one["unit"]], "kind_id": kinds[one["kind"]], "hours": hours}
        places[one["name"]] = made.add("workplaces.Workplace", began, **said)
    areas = {one["code"]: _area(made, one, places, began) for one in told["areas"]}
    tasks = {one["name"]: _task(made, one, places, areas, began) for one in told["tasks"]}
    for one in told["services"]:
        made.add("workplaces.Service", began, **one | {"unit_id": units[one["unit"]]})
    writers = [row["id"] for row in made.of("accounts.Member")][:2]
    _describe(made, told, areas, tasks, writers[0])
    for one in told["analyses"]:
        _analyse(made, one, tasks[one["task"]], writers)
    _ideas(made, going)


def _units(made: Plan, going: Sequence[Case]) -> dict[str, uuid.UUID]:
    """By code. A municipality with one unit has only the one that founding made."""
    named = {row["name"]: row["id"] for row in made.of("tenancy.Unit")}
    home: uuid.UUID = going[0].enrolment["unit_id"]
    return {code: named.get(name, home) for code, name in NAMED.items()} | {"jobcenter": home}


def _words(made: Plan, on: dt.date) -> dict[str, uuid.UUID]:
    language, kinds = LANGUAGES[made.country], {}
    for one in starter()["kinds"]:
        said = {"code": one["code"], "name": pick(one["texts"], language)}
        kinds[one["code"]] = made.add("workplaces.WorkplaceKind", on, **said)["id"]
    for one in starter()["functions"]:
        said = {key: value for key, value in one.items() if key != "texts"}
        made.add("workplaces.Function", on, name=pick(one["texts"], language), **said)
    return kinds


def _area(made: Plan, one: dict[str, Any], places: dict[str, Row], on: dt.date) -> Row:
    said = {key: value for key, value in one.items() if key != "place"}
    place = places[one["place"]]["id"]
    return made.add("workplaces.WorkArea", on, workplace_id=place, since=on, **said)


def _task(
    made: Plan, one: dict[str, Any], places: dict[str, Row], areas: dict[str, Row], on: dt.date
) -> Row:
    said = {key: value for key, value in one.items() if key not in {"place", "area"}}
    said["workplace_id"] = places[one["place"]]["id"]
    if "area" in one:
        said["area_id"] = areas[one["area"]]["id"]
    return made.add("workplaces.Task", on, **said)


def _describe(
    made: Plan, told: dict[str, Any], areas: dict[str, Row], tasks: dict[str, Row], by: uuid.UUID
) -> None:
    named = {row["name"]: row for row in areas.values()}
    on = working_day(made.today - days(300))
    for one in told["descriptions"]:
        key = {"area_id": named[one["area"]]["id"]} if "area" in one else {}
        key = key or {"task_id": tasks[one["task"]]["id"]}
        said = {"steps": one["steps"], "text": one["text"], "number": 1, "on": on, "by_id": by}
        made.add("workplaces.JobDescription", on, **key, **said)


def _analyse(made: Plan, one: dict[str, Any], task: Row, writers: list[uuid.UUID]) -> None:
    on = working_day(made.today - days(made.rng.randint(60, 200)))
    said = {name: one[name] for name in ("context", "tools", "occupations", "risks")}
    said |= {"task_id": task["id"], "number": 1, "on": on, "by_id": writers[0]}
    if made.some(0.7):
        said |= {"reviewed_by_id": writers[-1], "reviewed_on": working_day(on + days(9))}
    row = made.add("workplaces.WorkAnalysis", on, **said)
    for n, (text, pictogram) in enumerate(one["steps"], 1):
        step = {"analysis_id": row["id"], "ordinal": n, "text": text, "pictogram": pictogram}
        made.add("workplaces.AnalysisStep", on, **step)
    for asked in one["asks"]:
        made.add("workplaces.Requirement", on, analysis_id=row["id"], **asked)


IDEAS = {
    "SE": ("Bygga en bikupa", "Sy kassar av gamla gardiner", "Måla en hinkbänk"),
    "DK": ("Bygge et insekthotel", "Sy poser af gamle gardiner", "Male en bænk"),
}


def _ideas(made: Plan, going: Sequence[Case]) -> None:
    for case, text in zip(going[2::9], IDEAS[made.country], strict=False):
        on = working_day(made.today - days(made.rng.randint(4, 15)))
        if on > case.enrolment["since"]:
            made.add("workplaces.Idea", on, person=case.enrolment["person_id"], text=text, on=on)
