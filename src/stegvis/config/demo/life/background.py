"""The years before of the people whose road goes on: ten years with authorities, what was learnt,
who takes time now, and for some the critique, the mapping forward and a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days

PARTS = ("agency_periods", "earlier_interventions", "contact_surfaces")
YEAR = 365


def background(made: Plan, going: Sequence[Case]) -> None:
    for turn, case in enumerate(going):
        if turn % 3 == 2:  # noqa: PLR2004 -- not everybody's years are gone through yet
            continue
        _years(made, case)
        _handlers(made, case)
        _contacts(made, case)
        if turn % 3 == 0:
            _ahead(made, case)
            _meeting(made, case)
        if turn % 5 == 0:
            _test(made, case)
        if turn % 7 == 0:
            _team(made, case)
        _inventory(made, case)


def _texts(case: Case) -> dict[str, Any]:
    texts: dict[str, Any] = case.texts["years"]
    return texts


def _written(made: Plan, case: Case) -> dt.date:
    """A day of the first weeks of the road, when the years are gone through."""
    begun: dt.date = case.enrolment["since"]
    return min(begun + days(made.rng.randrange(5, 30)), made.today - days(2))


def _years(made: Plan, case: Case) -> None:
    """One thing after another with holes between, now and then two at once."""
    written, day = _written(made, case), made.today - days(10 * YEAR - made.rng.randrange(900))
    while day < case.enrolment["since"] - days(60):
        measure = made.rng.choice(_texts(case)["measures"])
        long = made.rng.randrange(60, 700)
        until = min(day + days(long), case.enrolment["since"])
        _measure(made, case, measure, (day, until), written)
        step = long // 2 if made.some(0.2) else long + made.rng.choice((20, 90, 200, 420))
        day += days(step)
    upkeep = case.enrolment["since"] - days(made.rng.randrange(200, 900))
    case.add(
        "background.AgencyPeriod", written, agency=_texts(case)["upkeep"][0],
        what=_texts(case)["upkeep"][1], since=_first(upkeep, "month"), until=None,
        since_precision="month", by_id=case.worker,
    )  # fmt: skip


def _measure(
    made: Plan,
    case: Case,
    measure: Sequence[str],
    span: tuple[dt.date, dt.date],
    written: dt.date,
) -> None:
    agency, kind, helps = measure
    rough = made.rng.choice(("day", "month", "month", "half", "year"))
    if _after(span[1], rough) > made.today:
        rough = "day"  # this year is not over
    since, until = _first(span[0], rough), _after(span[1], rough)
    learnt = made.rng.choice(_texts(case)["learnt"]) if made.some(0.65) else ""
    case.add(
        "background.EarlierIntervention", written, agency=agency, kind=kind,
        since=since, until=max(until, since + days(1)), since_precision=rough,
        until_precision=rough, helps=helps == "yes", learnt=learnt if helps == "yes" else "",
        result=made.rng.choice(("completed", "ended", "broken_off", "")),
        source=made.rng.choice(_texts(case)["sources"]), by_id=case.worker,
    )  # fmt: skip


def _first(day: dt.date, rough: str) -> dt.date:
    if rough == "year":
        return day.replace(month=1, day=1)
    if rough == "half":
        return day.replace(month=1 if day.month <= 6 else 7, day=1)  # noqa: PLR2004
    return day.replace(day=1) if rough == "month" else day


def _after(day: dt.date, rough: str) -> dt.date:
    """The first day after what is meant."""
    if rough == "day":
        return day
    last = _first(day, rough)
    long = {"year": 366, "half": 184, "month": 31}[rough]
    return (
        _first(last + days(long + 1), "month") if rough != "year" else dt.date(last.year + 1, 1, 1)
    )


def _handlers(made: Plan, case: Case) -> None:
    written, texts = _written(made, case), _texts(case)
    for agency in texts["handlers"][: made.rng.randrange(1, 4)]:
        for turn in range(many := made.rng.randrange(1, 4)):
            last = turn == many - 1
            met = made.today - days(made.rng.randrange(9, 240) + 300 * (many - 1 - turn))
            case.add(
                "background.AgencyHandler", written, agency=agency, left=not last,
                name=made.rng.choice(texts["names"]) if made.some(0.7) else "",
                since=_first(met - days(300), "month"), since_precision="month",
                last_meeting=met if met < written or last else None,
                foresight=made.rng.choice(("yes", "no", "")) if last else "", by_id=case.worker,
            )  # fmt: skip


def _contacts(made: Plan, case: Case) -> None:
    written = _written(made, case)
    every = list(_texts(case)["contacts"])
    made.rng.shuffle(every)
    for kind, name, about, hours in every[: made.rng.randrange(4, 9)]:
        case.add(
            "background.ContactSurface", written, kind=kind, name=name, about=about,
            hours_month=None if made.some(0.2) else Decimal(hours), by_id=case.worker,
        )  # fmt: skip


def _ahead(made: Plan, case: Case) -> None:
    written, texts = _written(made, case), _texts(case)
    for words, instead in made.rng.sample(texts["critique"], 3):
        row = case.dated(
            "background.Critique", written, on=written, words=words, instead=instead,
            by_id=case.worker,
        )  # fmt: skip
        case.tell("event", row, written, what="background_analysis")
    for sort, words in made.rng.sample(texts["assets"], 6):
        row = case.dated(
            "background.Asset", written, on=written, sort=sort, words=words, by_id=case.worker,
            said_by=made.rng.choice(("participant", "participant", "together")),
        )  # fmt: skip
        case.tell("event", row, written, what="forward_mapping")
    now, ahead, demand, lacking = made.rng.choice(texts["roles"])
    row = case.dated(
        "background.OutsideAnalysis", written, on=written, role_now=now, role_ahead=ahead,
        demand=demand, lacking=lacking, by_id=case.worker,
    )  # fmt: skip
    case.tell("event", row, written, what="outside_analysis")


def _meeting(made: Plan, case: Case) -> None:
    on = made.today - days(made.rng.randrange(3, 21))
    if on < case.enrolment["since"]:
        return
    picture, agreed = made.rng.choice(_texts(case)["meetings"])
    row = case.dated(
        "background.CoordinationMeeting", on, on=on, parties=_texts(case)["parties"],
        person_was_there=True, picture=picture, agreed=agreed, by_id=case.worker,
    )  # fmt: skip
    case.tell("event", row, on, what="coordination_meeting")


def _test(made: Plan, case: Case) -> None:
    on = max(case.enrolment["since"], made.today - days(made.rng.randrange(15, 60)))
    kind, why, provider, summary = made.rng.choice(_texts(case)["tests"])
    drug = kind == "drug"
    order = case.dated(
        "background.TestOrder", on, kind=kind, why=why, provider=provider, consent="written",
        consent_on=on, ordered_on=on, by_id=case.worker, delete_on=on + days(90) if drug else None,
    )  # fmt: skip
    came = on + days(made.rng.randrange(4, 30))
    if came < made.today:
        order["delete_on"] = came + days(90) if drug else None
        case.add(
            "background.TestOutcome", came, order_id=order["id"], came_on=came, summary=summary,
            by_id=case.worker,
        )  # fmt: skip


def _team(made: Plan, case: Case) -> None:
    on = max(case.enrolment["since"], made.today - days(made.rng.randrange(1, 12)))
    role, what = made.rng.choice(_texts(case)["team"])
    row = case.dated(
        "background.TeamRequest", on, role=role, what=what, asked_on=on, asked_by_id=case.worker
    )
    case.tell("event", row, on, what="resource_team", about=role)


def _inventory(made: Plan, case: Case) -> None:
    """In a programme that asks for it, the parts are done one after the other."""
    asked = {document.code for document in case.programme.documents}
    on = _written(made, case)
    for part in PARTS[: made.rng.randrange(1, 4)]:
        if part in asked:
            row = case.dated(
                "background.Inventory", on, part=part, done=True, on=on, by_id=case.worker
            )
            case.tell("document", row, on, document=part, state="done")
