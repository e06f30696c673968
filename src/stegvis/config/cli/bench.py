"""./run bench [NAME ...] [--quick] [--json]."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from typing import Any

from stegvis.config.faults import Unusable


def run(words: list[str]) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as ./run match; before NumPy is loaded
    from stegvis.config.bench.catalogue import BENCHES
    from stegvis.config.bench.ground import ground, say
    from stegvis.config.bench.shape import QUICK, Effort

    args = _parser(list(BENCHES)).parse_args(words)
    unknown = [name for name in args.names if name not in BENCHES]
    if unknown:
        raise Unusable(f"There is no benchmark {unknown[0]!r}; there are {', '.join(BENCHES)}.")
    if sys.platform != "linux":
        raise Unusable("CPU time is read from /proc, which only Linux has.")
    effort = QUICK if args.quick else Effort()
    found = {}
    with ground() as made:
        for name in args.names or BENCHES:
            say(f"{name} ...")
            found[name] = BENCHES[name](made, effort)
    whole = {"machine": _machine(), "quick": args.quick, "benchmarks": found}
    print(json.dumps(whole, indent=1) if args.json else "\n".join(table(found)))
    return 0


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run bench", description="measure, each figure against its peer in the same run"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--quick", action="store_true", help="small sizes: tries the benchmark only"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser


def _machine() -> dict[str, Any]:
    import os

    return {"cores": os.cpu_count(), "python": platform.python_version()}


def table(found: dict[str, Any]) -> list[str]:
    lines = []
    for name, one in found.items():
        lines.append(f"{name}, against {one['against']}")
        for goal in one["goals"]:
            limit = f"at most {goal['most']}" if "most" in goal else f"at least {goal['least']}"
            mark = "" if goal["met"] else "   NOT MET"
            lines.append(f"  {goal['what']:<40} {goal['value']:>10} {limit:>14}{mark}")
        for side, figures in one["measured"].items():
            told = ", ".join(f"{what} {value}" for what, value in figures.items())
            lines.append(f"    {side}: {told}")
    return lines
