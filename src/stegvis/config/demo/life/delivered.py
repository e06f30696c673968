"""What core elements ask for and no other life tells: answers to yes and no, visits of before; and
of those who have left, what the unit had on paper."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from stegvis.config.demo.background import kept_elsewhere
from stegvis.config.demo.case import Case
from stegvis.config.demo.life.mediation import SET
from stegvis.config.demo.life.placements import FITS, visited
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.core.programme.model import Criterion, Test
from stegvis.core.values.periods import add_months

MEDIATOR, YEAR = "job_mediator", 12
ON_PAPER = frozenset(
    {
        "plan_agreed", "job_goal", "document", "visit", "match", "agreement", "follow_up_plan",
        "contact_person", "resource", "placement", "activity", "drop_out",
    }
)  # fmt: skip


def delivered(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        _first_talk(made, case)
        for criterion, stay in _asked(case):
            on = _within(made, stay)
            if criterion.test is not Test.AUTO:
                _answer(made, case, criterion, on)
            elif criterion.needs.get("fact") == "visit" and made.some(0.9):
                _visit(made, case, on)
        _kept_in_touch(made, case)


def carried_over(made: Plan, left: Sequence[Case]) -> None:
    """Told of the step itself: no row of a room says it."""
    for case in left:
        _first_talk(made, case)
        _mediated(made, case)
        asked = list(_asked(case))
        for criterion, stay in asked:
            on = _within(made, stay)
            if criterion.test is not Test.AUTO:
                _answer(made, case, criterion, on)
            elif made.some(0.9):
                case.kept += kept_elsewhere(case.programme, criterion, on)
        for n, fact in enumerate(case.kept if asked else ()):
            if fact.kind in ON_PAPER:
                code = uuid.uuid5(case.enrolment["id"], f"{fact.kind} {n}")
                values = {name: value for name, value in fact.values.items() if name != "ends"}
                case.tell(fact.kind, {"id": code}, fact.on, **values)


def _first_talk(made: Plan, case: Case) -> None:
    """The talk about screening, with which the first step began (FM-03)."""
    if any(group.code == SET for group in case.programme.category_sets):
        on = case.enrolment["since"]
        in_course = made.some(0.6)
        case.dated("screening.Talk", on, on=on, in_course=in_course, by_id=case.worker)


def _mediated(made: Plan, case: Case) -> None:
    """Most were offered the mediator they had; now and then another had begun."""
    held = [row for row in case.of("intake.Assignment") if row["part"] == MEDIATOR]
    if not held:
        return
    row = held[-1]
    if made.some(0.9):
        code = uuid.uuid5(case.enrolment["id"], "offered")
        case.tell("assignment", {"id": code}, row["since"], role=MEDIATOR, state="offered")
    others = [one["member_id"] for one in made.of("mediation.Mediator")]
    others = [key for key in others if key != row["member_id"]]
    middle = row["since"] + (row["until"] - row["since"]) / 2
    if others and middle > row["since"] and made.some(0.3):
        took = case.assign(row["member_id"], MEDIATOR, middle, case.texts["basis"]["took_over"])
        took["until"], row["until"] = row["until"], middle
        row["member_id"] = made.rng.choice(others)


def _kept_in_touch(made: Plan, case: Case) -> None:
    """The months since the placement began, nearly all with a contact."""
    rows = [row for row in case.of("placements.Placement") if row["until"] is None]
    held = [row for row in case.of("intake.Assignment") if row["part"] == MEDIATOR]
    if not rows or not held or not case.programme.elements:
        return
    start = rows[-1]["since"]
    for month in range(YEAR):
        on = working_day(add_months(start, month) + days(made.rng.randrange(3, 26)))
        if on >= made.today:
            return
        if made.some(0.95):
            row = case.dated(
                "followups.ContactEvent", on, on=on, way=made.rng.choice(("meeting", "phone")),
                reached=True, accompanied=False, minutes=10, party="participant", outcome="",
                by_id=held[-1]["member_id"], part=MEDIATOR,
            )  # fmt: skip
            told = {"with": "participant", "way": row["way"], "by": MEDIATOR}
            case.tell("contact", row, on, **told)


def _asked(case: Case) -> Iterator[tuple[Criterion, Row]]:
    """What the core elements of the steps walked here ask, each with its step's last stay."""
    stays = {row["step"]: row for row in case.of("standing.StepPeriod") if not _void(row)}
    for element in case.programme.elements:
        stay = stays.get(element.step or "")
        for code in element.evidence if stay else ():
            assert stay is not None  # noqa: S101  asked just before
            yield case.programme.criteria[code], stay


def _void(row: Row) -> bool:
    return row.get("voided_at") is not None


def _within(made: Plan, stay: Row) -> dt.date:
    """Some day of a stay, on which somebody was at work."""
    until = min(stay.get("until") or made.today, made.today)
    span = max((until - stay["since"]).days, 1)
    on = working_day(stay["since"] + days(made.rng.randrange(span)))
    return min(on, made.today)


def _answer(made: Plan, case: Case, criterion: Criterion, on: dt.date) -> None:
    """Most are asked, and most of them have it."""
    before = {row["criterion"] for row in case.of("standing.Judged")}
    if criterion.code not in before and made.some(0.9):
        case.judge(criterion.code, on, met=made.some(0.93))


def _visit(made: Plan, case: Case, on: dt.date) -> None:
    openings = made.of("employers.Opening")
    if openings and not case.of("placements.Visit"):
        visited(made, case, made.rng.choice(openings), on, made.rng.choice(FITS))
