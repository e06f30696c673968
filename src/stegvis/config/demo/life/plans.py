"""Plans of those whose road goes on: most agreed, some in a second version, some a draft that
waits, some not begun; with goals looked at, measures of others and a few choices."""

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

FIRST_AFTER = 25  # days from enrolment to the first plan, at the least
NOT_BEGUN, DRAFTS, REVISED, OTHERWISE = 0.08, 0.14, 0.45, 0.5
OURS = ("under", "kind", "text", "done_when", "due", "source", "source_key", "behaviour")
DOING = ("goal", "scope", "text", "owner", "owner_name", "due", "times", "topic", "own_wish")
LATEST = 120  # days: a plan is revised at least so often here
COMMON_TO = 0.6
FORGOTTEN = 0.15  # of the plans: one of their goals


@cache
def _told(country: str) -> dict[str, Any]:
    file = Path(__file__).with_name("plans.toml")
    found: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))[country]
    return found


def plans(made: Plan, going: Sequence[Case]) -> None:
    # Lines before their versions: once a version is agreed, the database takes no more lines.
    for model in ("plans.Plan", "plans.Goal", "plans.PlanActivity", "plans.PlanVersion"):
        made.rows.setdefault(model, [])
    for turn, case in enumerate(going):
        told = made.rng.choice(_told(made.country)["plans"])
        # The people of the screens that were drawn first keep the first plan.
        _life(made, case, _told(made.country)["plans"][0] if turn == 0 else told)


def _life(made: Plan, case: Case, told: dict[str, Any]) -> None:
    since = case.enrolment["since"]
    oldest = made.today - days(LATEST + made.rng.randint(0, 60))
    start = working_day(max(since + days(FIRST_AFTER + made.rng.randint(0, 12)), oldest))
    _beside(made, case)
    if start >= made.today or made.some(NOT_BEGUN):
        return
    plan = case.dated("plans.Plan", start)
    lines = _Lines(made, told)
    first = _version(case, plan, lines, start, number=1, agreed=not made.some(DRAFTS))
    if not first["agreed_on"]:
        return
    _follow(made, case, lines, start)
    later = working_day(start + days(made.rng.randint(40, 100)))
    if later < made.today and made.some(REVISED):
        known = {goal["thread"] for goal in lines.written[0]}
        lines.revise()
        agreed = later < made.today - days(9)
        note = made.rng.choice(_told(made.country)["notes"])
        second = _version(case, plan, lines, later, number=2, agreed=agreed, change_note=note)
        _look_at(made, case, [g for g in lines.written[0] if g["thread"] not in known], later)
        if told["otherwise"] and made.some(OTHERWISE):
            _disagree(case, second, lines, later)


class _Lines:
    """The threads of a plan, and their text as it is now."""

    def __init__(self, made: Plan, told: dict[str, Any]) -> None:
        self.made, self.told = made, told
        self.main = self._key()
        self.subs = [(self._key(), sub) for sub in told["subs"]]
        self.doing = [(self._key(), sub, one) for sub, text in self.subs for one in text["doing"]]
        self.common = [(self._key(), one) for one in _told(made.country)["common"]]
        if not made.some(COMMON_TO):
            self.common = []
        self.ahead = 0
        self.written: tuple[list[Row], list[Row]] = ([], [])
        self.tail = self.subs.pop() if len(self.subs) > 2 else None  # noqa: PLR2004

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.made.rng.getrandbits(128), version=4)

    def revise(self) -> None:
        """The last sub-goal comes with the second version; days move on."""
        if self.tail:
            self.subs.append(self.tail)
            self.tail = None
        self.ahead = 14

    def goals(self, on: dt.date) -> list[Row]:
        rows = [self._goal(self.main, self.told["goal"], "main", on + days(220))]
        for turn, (key, sub) in enumerate(self.subs):
            due = working_day(on + days(40 + 30 * turn + self.ahead))
            row = self._goal(key, sub["text"], "sub", due)
            rows.append(row | {"under": self.main, "done_when": sub["done_when"]})
        return rows

    def _goal(self, key: uuid.UUID, text: str, kind: str, due: dt.date) -> Row:
        empty: Row = {"under": None, "done_when": "", "source_key": None, "behaviour": None}
        return empty | {"thread": key, "text": text, "kind": kind, "due": due, "source": "talk"}

    def activities(self, on: dt.date) -> list[Row]:
        here = {key for key, _sub in self.subs}
        rows = [
            self._action(key, one[0], owner=one[1], times=one[2], goal=goal)
            | {"due": working_day(on + days(one[3] + self.ahead))}
            for key, goal, one in self.doing
            if goal in here
        ]
        return rows + [
            self._action(key, text, owner="both", times=times, scope="general")
            for key, (text, times) in self.common
        ]

    def _action(self, key: uuid.UUID, text: str, **more: Any) -> Row:
        empty: Row = {"goal": None, "scope": "individual", "owner_name": "", "due": None}
        return empty | {"thread": key, "text": text, "topic": "", "own_wish": False} | more


def _version(
    case: Case, plan: Row, lines: _Lines, on: dt.date, *, number: int, agreed: bool, **more: str
) -> Row:
    told = lines.told
    head: Row = {name: told[name] for name in ("situation", "resources", "barriers", "aim")}
    head |= {"no_barriers": not told["barriers"], "aim_text": "", "change_note": "", **more}
    says: Row = {"state": "agreed" if agreed else "draft", "agreed_on": on if agreed else None}
    row = case.dated(
        "plans.PlanVersion", on, plan_id=plan["id"], number=number, revision=2,
        begun_by_id=case.worker, **says, **head,
    )  # fmt: skip
    goals, doing = lines.goals(on), lines.activities(on)
    document = {"plan": _unit(head, tuple(head))}
    for model, found in (("plans.Goal", goals), ("plans.PlanActivity", doing)):
        for position, line in enumerate(found):
            line |= {"of_id": row["id"], "position": position}
            line["id"] = case.dated(model, on, **line)["id"]
    document |= {f"goal:{one['thread']}": _unit(one, OURS) for one in goals}
    document |= {f"action:{one['thread']}": _unit(one, DOING) for one in doing}
    by = {"of_id": row["id"], "by_id": case.worker}
    text = list(document.items())
    saved = {"document": text, "saved_at": row["created_at"]}
    case.add("plans.Saving", on, revision=2, **saved, **by)
    if number == 1:
        said = {"kind": "words", "text": told["words"], "how": "written_down", "on": on}
        case.dated("plans.Saying", on, about=None, **said, **by)
    if agreed:
        how = case.plan.rng.choice(("paper", "read_out", "paper"))
        for side, way in (("participant", how), ("case_worker", "decided")):
            case.add("plans.Acknowledgement", on, side=side, how=way, revision=2, on=on, **by)
        sides = ["participant", "case_worker"]
        case.tell("plan_agreed", row, on, aim=row["aim"], goals=len(goals), acknowledged_by=sides)
    lines.written = (goals, doing)
    return row


def _unit(row: Row, fields: tuple[str, ...]) -> dict[str, str]:
    return {name: _plain(row[name]) for name in fields}


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)


def _look_at(made: Plan, case: Case, goals: Sequence[Row], start: dt.date) -> None:
    """About every third week until today."""
    comments = _told(made.country)["comments"]
    for goal in goals:
        day = working_day(start + days(made.rng.randint(14, 30)))
        while day < made.today:
            status = made.rng.choice(("going", "going", "slow"))
            row = case.dated(
                "plans.GoalReview", day, goal_id=goal["id"], thread=goal["thread"], on=day,
                status=status, comment=made.rng.choice(comments), by_id=case.worker,
            )  # fmt: skip
            case.tell("goal_review", row, day, status=status)
            day = working_day(day + days(made.rng.randint(17, 28)))


def _follow(made: Plan, case: Case, lines: _Lines, start: dt.date) -> None:
    """What became of the version that applies, until today."""
    goals, doing = lines.written
    forgotten = goals[1:2] if made.some(FORGOTTEN) else []
    _look_at(made, case, [goal for goal in goals if goal not in forgotten], start)
    for one in doing:
        day = working_day(start + days(made.rng.randint(3, 20)))
        if day < made.today and made.some(0.7):
            state = made.rng.choice(("begun", "done", "done"))
            row = case.dated(
                "plans.ActivityMark", day, activity_id=one["id"], thread=one["thread"], on=day,
                state=state, by_id=case.worker,
            )  # fmt: skip
            case.tell("activity", row, day, what=one["scope"])


def _disagree(case: Case, version: Row, lines: _Lines, on: dt.date) -> None:
    made, told = case.plan, lines.told
    by = {"of_id": version["id"], "by_id": case.worker, "how": "written_down", "on": on}
    about = lines.subs[-1][0]
    said = case.dated(
        "plans.Saying", on, kind="disagreement", text=told["otherwise"], about=about, **by
    )
    answer = made.rng.choice(_told(made.country)["answers"])
    case.dated(
        "plans.Saying", on, kind="answer", text=answer, about=about, answers_id=said["id"], **by
    )


def _beside(made: Plan, case: Case) -> None:
    told = _told(made.country)
    since = case.enrolment["since"]
    for one in made.rng.sample(told["measures"], made.rng.choice((0, 1, 1, 2, 3))):
        kind, what, owner, basis, health, state = one
        asked = working_day(max(since, made.today - days(made.rng.randint(20, 150))))
        if asked >= made.today:
            continue
        _measure(case, asked, state, made.today, kind=kind, what=what, owner=owner,
                 legal_basis=basis, health=health)  # fmt: skip
    if made.some(0.06):
        what = made.rng.choice(told["needs"])
        case.dated(
            "plans.ParallelMeasure", made.today, kind="other", what=what, by_id=case.worker,
            flagged_on=made.today, owner="",
        )  # fmt: skip
    day = working_day(made.today - days(made.rng.randint(2, 21)))
    if made.some(0.2) and since <= day < made.today:
        offered, answer, chosen, reason = made.rng.choice(told["choices"])
        case.dated(
            "plans.Choice", day, offered=offered, answer=answer, chosen=chosen, reason=reason,
            on=day, by_id=case.worker,
        )  # fmt: skip


def _measure(case: Case, asked: dt.date, state: str, today: dt.date, **said: Any) -> None:
    began = min(working_day(asked + days(12)), today)
    dates: Row = {"requested_on": asked}
    if state != "asked":
        dates |= {"answered_on": began, "answer": "yes", "since": began}
    if state == "ended":
        dates |= {"until": today - days(1) if began < today else today}
    row = case.dated("plans.ParallelMeasure", asked, by_id=case.worker, **dates, **said)
    told = "other" if said["health"] else said["kind"]
    case.tell("parallel_measure", row, dates.get("since") or asked, measure=told, state=state)
    case.of("standing.DatedFact")[-1]["until"] = dates.get("until")
