"""./run requirements: an id is done when a test that would fail without it carries the id."""

from __future__ import annotations

import argparse
import json

from stegvis.config.ledger import proofs, titles


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--open", action="store_true", help="in the table: only what is open")


def run(args: argparse.Namespace) -> int:
    known, proven = titles(), proofs()
    if args.json:
        print(json.dumps({"requirements": {key: entry(proven.get(key, [])) for key in known}}))
        return 0
    for key, title in known.items():
        tests = proven.get(key, [])
        if not (tests and args.open):
            state = "done" if tests else "open"
            print(f"{key:<7} {state}  {title}{f'  ({tests[0]}{more(tests)})' if tests else ''}")
    print(f"\n{sum(key in proven for key in known)} of {len(known)} done")
    return 0


def entry(tests: list[str]) -> dict[str, object]:
    return {"state": "done" if tests else "open", "tests": tests}


def more(tests: list[str]) -> str:
    return f" and {len(tests) - 1} more" if len(tests) > 1 else ""
