"""./run check-plan: whether a plan keeps every rule, by a reading of its own."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from stegvis.config.cli import weeks
from stegvis.core.scheduling.checking import check, objective


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path, metavar="INSTANCE.json")
    parser.add_argument("plan", type=Path, metavar="PLAN.json", help="or what plan-week printed")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    data = weeks.data(args.instance)
    weeks.week(data, file=args.instance)
    plan = weeks.plan(args.plan)
    broken, figures = check(data, plan), objective(data, plan)
    if args.json:
        told = {"violations": [one.says for one in broken], "objective": figures}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(one.says for one in broken) or "Every rule is kept.")
        print("\n".join(f"  {name:<14}{figure:>6}" for name, figure in figures.items()))
    return 1 if broken else 0
