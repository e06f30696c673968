"""./run plan-week: the best plan of a week's file, with what could not be met and why."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stegvis.config.cli import weeks
from stegvis.config.faults import Unusable
from stegvis.core.scheduling.instance import Instance
from stegvis.core.scheduling.solve import Answer, plan
from stegvis.core.scheduling.wording import said
from stegvis.core.values.texts import LANGUAGES


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path, metavar="INSTANCE.json")
    parser.add_argument("--seconds", type=float, default=60.0, help="for the search (60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    if not 0 < args.seconds < 86_400:  # noqa: PLR2004 -- a day; also false for nan
        raise Unusable("--seconds must be above 0 and below a day.")
    if not 0 <= args.seed < 2**31:
        raise Unusable("--seed must be a whole number from 0 to 2147483647.")
    week = weeks.week(weeks.data(args.instance), file=args.instance)
    answer = plan(week, seconds=args.seconds, seed=args.seed, clock=time.monotonic)
    if args.json:
        print(json.dumps(to_json(answer, args.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(week, answer, args.lang)))
    return 0 if answer.plan or answer.status == "optimal" else 1


def to_json(answer: Answer, lang: str) -> dict[str, Any]:
    short = [(one.person, said([one.because], lang)[0]) for one in answer.unmet]
    return {
        "status": answer.status,
        "plan": answer.plan,
        "objective": answer.objective,
        "bound": answer.bound,
        "unmet": [{"person": who, "because": because} for who, because in short],
        "blocked_by": said(answer.blocked_by, lang),
        "seconds": round(answer.seconds, 3),
    }


def table(week: Instance, answer: Answer, lang: str) -> Iterator[str]:
    yield f"{week.id}: {answer.status}, {answer.seconds:.1f} s"
    for sentence in said(answer.blocked_by, lang):
        yield f"  {sentence}"
    for name, figure in answer.objective.items():
        bound = answer.bound[name]
        yield f"  {name:<14}{figure:>6}   bound {'–' if bound is None else bound}"
    wide = max((len(area) for area in week.areas), default=0) + 2
    if answer.plan:
        yield ""
        yield f"{'':<10}" + "".join(f"{slot:<{wide}}" for slot in week.slots).rstrip()
    for who, days in answer.plan.items():
        cells = "".join(f"{days.get(slot, '·'):<{wide}}" for slot in week.slots)
        yield f"{who:<10}{cells}".rstrip()
    for one in answer.unmet:
        why = said([one.because], lang)[0]
        yield f"{one.person} {one.planned}/{one.target}: {why}"
