"""./run judge: what the core advises about a case on a day, without any database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from stegvis.config.cli import reading
from stegvis.config.faults import Unusable
from stegvis.core.progression.judgement import Judgement, judgement, say, to_json
from stegvis.core.progression.road import UnknownStepError


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", required=True, metavar="KEY", help="or a model file")
    parser.add_argument("--case", required=True, type=Path, metavar="CASE.json")
    parser.add_argument("--on", required=True, type=reading.day, metavar="DATE")
    parser.add_argument("--lang", choices=("sv", "da", "en"), help="of the reasons")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    programme = reading.programme(args.programme)
    facts = reading.facts(args.case, of=programme)
    try:
        found = judgement(programme, facts, args.on)
    except UnknownStepError as fault:
        raise Unusable(f"{args.case}: {fault}.") from fault
    if args.json:
        print(json.dumps(to_json(found, args.lang), ensure_ascii=False))
    else:
        print("\n".join(table(found, args.lang or programme.language)))
    return 0


def table(found: Judgement, lang: str) -> list[str]:
    lines = [f"{found.programme.key} version {found.programme.version}, {found.road.on}"]
    lines += [f"  {one.kind:<8} {one.to}: {say(one.because, lang)}" for one in found.open_moves]
    lines += [f"  lacking  {one.criterion}: {say(one.because, lang)}" for one in found.lacking]
    lines += [f"  due      {one.what} by {one.by}: {say(one.because, lang)}" for one in found.due]
    lines += [f"  reached  {one.code} on {one.on}" for one in found.milestones]
    lines += [f"  element  {e.code} {e.state}: {say(e.because, lang)}" for e in found.elements]
    return lines
