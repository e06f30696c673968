"""Out to companies: profiles, tasters, matches, placements, and some that were broken off."""

from __future__ import annotations

import datetime as dt
import tomllib
import uuid
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.work import usual_day
from stegvis.config.demo.plan import Plan, Row, days, working_day

TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
PLACED = {"SE": 5, "DK": 3}  # the step on which people are at a company
LOOKING = {"SE": 4, "DK": 2}
FITS = ("good", "partly", "no")
GROUPS = (2, 3, 7)
HALF_HOUR = 30  # minutes
PAID = 0.6  # of those in practice have some ordinary hours beside it


def placements(made: Plan, going: Sequence[Case]) -> None:
    openings = _openings(made)
    if not openings:
        return
    _trial(made)
    for case in going:
        step, period = case.step, case.period
        if step is None or period is None or period["since"] >= made.today:
            continue
        if step.ordinal >= PLACED[made.country]:
            _out(made, case, openings)
        elif step.ordinal >= LOOKING[made.country] and made.some(0.7):
            _looking(made, case, openings)


def _trial(made: Plan) -> None:
    """Written down two years ago: placed within a hundred days, or later."""
    since = made.today - days(700)
    said = {"early_days": 100, "step": PLACED[made.country], "name": _words(made)["trial"]}
    made.add(
        "placements.EarlyTrial", since - days(14), **said, since=since,
        until=made.today - days(120), registered_on=since - days(14), by_id=None,
    )  # fmt: skip


def _openings(made: Plan) -> list[Row]:
    """Those the municipality has already, or a few of ours."""
    if made.of("employers.Opening"):
        return _asking(made, made.of("employers.Opening"))
    on = working_day(made.today - days(300))
    found = []
    for one in TOLD[made.country]["openings"]:
        company = made.add("employers.Company", on, name=one["site"], sector="private")
        said = {"company_id": company["id"], "name": one["site"], "address": one["address"]}
        site = made.add("employers.Site", on, **said, since=on)
        made.add("employers.ContactPerson", on, site_id=site["id"], name=one["contact"], since=on)
        low, high = one["hours"]
        row = made.add(
            "employers.Opening", on, site_id=site["id"], name=one["name"], area=one["area"],
            tasks=one["tasks"], can_grow_into=one["grows"], hours_from=Decimal(low),
            hours_to=Decimal(high), places=one["places"], state="open", since=on,
        )  # fmt: skip
        for function, level, hard in one["asks"]:
            asked = {"function": function, "level": level, "hard": hard}
            made.add("employers.OpeningRequirement", on, opening_id=row["id"], **asked)
        found.append(row)
    return found


def _asking(made: Plan, openings: Sequence[Row]) -> list[Row]:
    """What they ask, where nobody has said it of them; one of them has still to be looked at."""
    known = {row["opening_id"] for row in made.of("employers.OpeningRequirement")}
    asks = [one["asks"] for one in TOLD[made.country]["openings"]]
    for n, row in enumerate(openings[:-1]):
        for function, level, hard in asks[n % len(asks)] if row["id"] not in known else ():
            asked = {"function": function, "level": level, "hard": hard}
            on = row["created_at"].date()
            made.add("employers.OpeningRequirement", on, opening_id=row["id"], **asked)
    return list(openings)


def _words(made: Plan) -> dict[str, Any]:
    found: dict[str, Any] = TOLD[made.country]["words"]
    return found


def _contact(made: Plan, opening: Row) -> uuid.UUID | None:
    rows = made.of("employers.ContactPerson")
    return next((row["id"] for row in rows if row["site_id"] == opening["site_id"]), None)


def _looking(made: Plan, case: Case, openings: Sequence[Row]) -> None:
    """A profile, one to three tasters, often a match that one side has said yes to."""
    assert case.period is not None  # noqa: S101 -- asked before
    since = case.period["since"]
    _profile(made, case, since)
    tried = made.rng.sample(list(openings), k=min(len(openings), made.rng.randint(1, 3)))
    for n, opening in enumerate(tried):
        _tried(made, case, opening, made.today - days(18 - 5 * n), FITS[-n - 1])
    if made.some(0.3):
        _coming(made, case, openings)
    if made.some(0.5):
        on = working_day(made.today - days(made.rng.randint(2, 9)))
        if since < on <= made.today:
            _matched(made, case, tried[-1], on, both=made.some(0.3))


def _profile(made: Plan, case: Case, since: dt.date) -> None:
    on = working_day(max(since, made.today - days(30)))
    if on > made.today:
        return
    row = case.dated(
        "placements.MatchProfile", on, **_words(made)["profile"], on=on, by_id=case.worker
    )
    case.tell("document", row, on, document="match_profile")
    if made.some(0.4):
        said = {"measures": _words(made)["measures"], "hours_week": Decimal(10), "condition": ""}
        early = made.today + days(made.rng.randint(-10, 30))
        case.dated("placements.FirstMeasures", on, **said, earliest=early, on=on, by_id=case.worker)


def _tried(made: Plan, case: Case, opening: Row, day: dt.date, fit: str) -> None:
    assert case.period is not None  # noqa: S101
    on = working_day(day)
    if case.period["since"] < on <= made.today:
        visited(made, case, opening, on, fit)


def visited(made: Plan, case: Case, opening: Row, on: dt.date, fit: str) -> None:
    row = case.dated(
        "placements.Visit", on, site_id=opening["site_id"], opening_id=opening["id"],
        kind=made.rng.choice(("visit", "taster", "taster")), on=on, state="done",
        company_id=case.worker, rating=made.rng.randint(2, 5), own=made.some(0.3),
        words=made.rng.choice(_words(made)["views"]), fit=fit, fit_why="", by_id=case.worker,
    )  # fmt: skip
    case.tell("visit", row, on, what=row["kind"], fit=fit)


def _coming(made: Plan, case: Case, openings: Sequence[Row]) -> None:
    opening = made.rng.choice(list(openings))
    on = working_day(made.today + days(made.rng.randint(2, 12)))
    case.dated(
        "placements.Visit", made.today - days(1), site_id=opening["site_id"],
        opening_id=opening["id"], kind="visit", on=on, state="planned", company_id=case.worker,
        rating=None, words="", own=False, fit="", fit_why="", by_id=case.worker,
    )  # fmt: skip


def _matched(made: Plan, case: Case, opening: Row, on: dt.date, *, both: bool) -> Row:
    yes = ["participant", "employer"] if both else ["participant"]
    row = case.dated(
        "placements.Match", on, site_id=opening["site_id"], opening_id=opening["id"], on=on,
        tasks=opening["tasks"], can_grow_into=opening["can_grow_into"], why="",
        state="accepted" if both else "proposed", person_said="yes", person_on=on, own=False,
        employer_said="yes" if both else "", employer_on=on if both else None,
        contact_id=_contact(made, opening) if both else None, despite=[], despite_why="",
        by_id=case.worker,
    )  # fmt: skip
    case.tell("match", row, on, accepted_by=yes)
    return row


def _out(made: Plan, case: Case, openings: Sequence[Row]) -> None:
    """Most who stand on such a step are placed; the others need a place."""
    assert case.period is not None  # noqa: S101
    since = working_day(max(case.period["since"], made.today - days(made.rng.randint(20, 160))))
    if since > made.today or made.some(0.25):
        return
    opening = made.rng.choice(list(openings))
    _profile(made, case, case.period["since"])
    match = _matched(made, case, opening, since, both=True)
    broken = since + days(14) < made.today and made.some(0.06)
    row = _placed(made, case, opening, since, match)
    if broken:
        _broken(made, case, row, made.today - days(made.rng.randint(1, 8)))


def _placed(made: Plan, case: Case, opening: Row, since: dt.date, match: Row) -> Row:
    words = _words(made)
    kind = made.rng.choice(("practice", "practice", "practice", "subsidised", "employment"))
    if made.country == "SE" and kind == "practice" and made.some(0.3):
        kind = "work_trial"
    contact = _contact(made, opening) if made.some(0.85) else None
    hours = _hours(made, case, kind, since)
    row = case.dated(
        "placements.Placement", since, site_id=opening["site_id"], opening_id=opening["id"],
        match_id=match["id"], kind=kind, site_kind="external_employer",
        aim=_aim(made, hours), tasks=opening["tasks"], contact_id=contact,
        guide=made.rng.choice(words["guides"]) if made.some(0.8) else "", since=since,
        ends=since + days(12 * 7) if kind != "employment" else None, until=None, planned=since,
        begun_on=since, grade="", early=False, by_id=case.worker,
        group=made.rng.choice(GROUPS) if made.country == "DK" else None,
    )  # fmt: skip
    for pay, weekly in hours.items():
        said = {"pay": pay, "function": words["functions"][pay], "hours_week": weekly}
        case.add("placements.PlacementLine", since, placement_id=row["id"], **said)
    case.tell("placement", row, since, site="external_employer", form=kind, early=False)
    if contact:
        case.tell("contact_person", row, since, at="external_employer")
    return row


def _hours(made: Plan, case: Case, kind: str, since: dt.date) -> dict[str, Decimal]:
    """Whole days of those that somebody works anyhow; paid hours are a part of them, or all."""
    _start, minutes = usual_day(case, since)
    whole = Decimal(made.rng.randint(2, 5) * made.rng.randint(4, minutes // HALF_HOUR)) / 2
    pays = {"practice": "practice", "work_trial": "practice", "subsidised": "subsidised"}
    first = pays.get(kind, "ordinary")
    if first == "ordinary" or not made.some(PAID):
        return {first: whole}
    some = min(Decimal(made.rng.randint(2, 8)), whole - 2)
    return {first: whole - some, "ordinary": some}


def _aim(made: Plan, hours: dict[str, Decimal]) -> str:
    words = _words(made)
    if (paid := hours.get("ordinary")) is None:
        return str(made.rng.choice(words["aims"]))
    said = f"{paid.normalize():f}".replace(".", ",")
    return str(words["from_start"]).format(hours=said)


def _broken(made: Plan, case: Case, placed: Row, on: dt.date) -> None:
    placed["until"] = on
    step = case.step.code if case.step else ""
    row = case.dated(
        "placements.DropOut", on, placement_id=placed["id"], step=step, on=on, reason="hours",
        side=made.rng.choice(("person", "company", "together")), words=_words(made)["broke"],
        by_id=case.worker,
    )  # fmt: skip
    case.tell("drop_out", row, on, step=step)
