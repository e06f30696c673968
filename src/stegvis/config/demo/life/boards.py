"""Three weeks of a board: marks, deviations, today's lines, ideas and what its meetings led to."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

SALT, WEEKEND, LONG_AGO = 18, 5, 130
TEXTS = tomllib.loads(Path(__file__).with_name("boards.toml").read_text("utf-8"))


def boards(made: Plan, going: Sequence[Case]) -> None:
    texts = TEXTS[made.country]
    counted = Counter(case.enrolment["unit_id"] for case in going if case.of("voices.Message"))
    unit = counted.most_common(1)[0][0] if counted else going[0].enrolment["unit_id"]
    keeper = next(row for row in made.of("accounts.Member") if row.get("left_on") is None)
    since = working_day(made.today - days(LONG_AGO))
    board = made.add(
        "boards.Board",
        since,
        unit_id=unit,
        name=texts["name"],
        salt=made.rng.randbytes(SALT),
        breaks=[dt.time(9, 30), dt.time(14, 30)],
        since=since,
    )
    _goals(made, board, texts, since)
    _today(made, board, texts, keeper)
    _ideas(made, board, texts, keeper, [case for case in going if case.of("voices.Message")])
    _meetings(made, board, texts, keeper)
    _council(made, board, keeper, [case for case in going if case.of("voices.Message")])


def _council(made: Plan, board: Row, keeper: Row, using: Sequence[Case]) -> None:
    """The keeper and two participants, by their own press."""
    since = made.today - days(60)
    made.add(
        "boards.CouncilStaff", since, board_id=board["id"], member_id=keeper["id"], since=since
    )
    for case in using[:2]:
        begun = max(since, case.enrolment["since"])
        case.dated("boards.CouncilSeat", begun, board_id=board["id"], since=begun)


def _of(board: Row, text: Sequence[Any]) -> Row:
    title, words, picture, *_more = text
    return {"board_id": board["id"], "title": title, "words": words, "picture": picture}


def _goals(made: Plan, board: Row, texts: Row, since: dt.date) -> None:
    for text in texts["goals"]:
        goal = made.add("boards.BoardGoal", since, **_of(board, text), since=since)
        for ago in range(21, 0, -1):
            on = made.today - days(ago)
            if on.weekday() < WEEKEND:
                code = made.rng.choice(("yes", "yes", "yes", "partly", "no"))
                made.add("boards.GoalDay", on, goal_id=goal["id"], on=on, mark=code)


def _today(made: Plan, board: Row, texts: Row, keeper: Row) -> None:
    who = keeper["id"]
    for turn, text in enumerate(texts["deviations"]):
        on = made.today - days(6 - turn)
        more = {"solver_id": who, "on": on, "solved_on": made.today if turn else None}
        made.add("boards.BoardDeviation", on, **_of(board, text), count=2 - turn % 2, **more)
    for text in texts["lines"]:
        more = {"people": text[3], "supervisor_id": who, "on": made.today}
        made.add("boards.TodayLine", made.today, **_of(board, text), **more)


def _ideas(made: Plan, board: Row, texts: Row, keeper: Row, using: Sequence[Case]) -> None:
    """The first is a participant's, signed; the third came through the box."""
    for turn, (title, state, effect) in enumerate(texts["ideas"]):
        on = made.today - days(20 - turn)
        signed = using[0] if using and turn == 0 else None
        source = "participant" if signed else "staff" if turn % 2 else "box"
        answered = {"answer": texts["answer"], "answered_by_id": keeper["id"], "answered_on": on}
        row = made.add(
            "boards.Improvement",
            on,
            board_id=board["id"],
            kind="area" if turn == 2 else "idea",  # noqa: PLR2004
            source=source,
            title=title,
            by_id=keeper["id"] if source == "staff" else None,
            week=on - days(on.weekday()),
            state=state,
            effect=effect,
            **(answered if state != "idea" else {}),
        )
        if signed:
            signed.dated("boards.Proposer", on, improvement_id=row["id"])
        if state != "idea":
            more = {"state": state, "words": effect, "on": on, "by_id": keeper["id"]}
            made.add("boards.Turn", on, improvement_id=row["id"], **more)


def _meetings(made: Plan, board: Row, texts: Row, keeper: Row) -> None:
    who = keeper["id"]
    area = next(row["id"] for row in made.of("boards.Improvement") if row["kind"] == "area")
    for ago, kind in ((95, "apt"), (35, "apt"), (14, "council"), (7, "board"), (5, "apt")):
        on = working_day(made.today - days(ago))
        on = min(on, made.today)
        more = {"kind": kind, "on": on, "came": made.rng.randrange(6, 18), "by_id": who}
        more["minutes"] = texts["minutes"]
        held = made.add("boards.Meeting", on, board_id=board["id"], **more)
        for turn, words in enumerate(texts["items"]):
            decided = kind == "council" and turn < 2  # noqa: PLR2004
            done = {"done_on": made.today, "outcome": texts["outcome"]} if turn == 1 else {}
            made.add(
                "boards.MeetingItem",
                on,
                meeting_id=held["id"],
                words=words,
                heading="prerequisites" if kind == "apt" else "",
                decision=decided,
                doer_id=who if decided else None,
                due_on=made.today - days(2) if decided else None,
                improvement_id=area if kind == "apt" and turn == 0 else None,
                **(done if decided else {}),
            )
