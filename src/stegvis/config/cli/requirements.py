"""./run requirements: an id is done when a test that would fail without it carries the id."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping

from stegvis.config.ledger import begun, proofs, titles


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--open", action="store_true", help="in the table: only what is open")


def run(args: argparse.Namespace) -> int:
    proven, half = proofs(), begun()
    known = titles()
    states = {key: state(key, proven, half) for key in known}
    if args.json:
        listed = {key: {"state": states[key], "tests": proven.get(key, [])} for key in known}
        print(json.dumps({"requirements": listed}))
        return 0
    for key, title in known.items():
        tests = proven.get(key, [])
        if args.open and states[key] == "done":
            continue
        word = "begun" if tests and states[key] == "open" else states[key]
        print(f"{key:<7} {word:<5}  {title}{f'  ({tests[0]}{more(tests)})' if tests else ''}")
    print(f"\n{sum(one == 'done' for one in states.values())} of {len(known)} done")
    return 0


def state(key: str, proven: Mapping[str, list[str]], half: frozenset[str]) -> str:
    """A half that is proven is still a half: its other half comes with a later room."""
    return "done" if key in proven and key not in half else "open"


def more(tests: list[str]) -> str:
    return f" and {len(tests) - 1} more" if len(tests) > 1 else ""
