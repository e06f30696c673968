"""./run format NAME: the JSON Schema of a file this system reads or writes."""

from __future__ import annotations

import argparse
from pathlib import Path

from stegvis.config.checkout import ROOT
from stegvis.config.faults import Unusable

FOLDER = ROOT / "docs" / "formats"
ENDING = ".schema.json"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="without a name: the list of formats")


def run(args: argparse.Namespace) -> int:
    known = names()
    if args.name is None:
        print("\n".join(known))
        return 0
    if args.name not in known:
        listed = ", ".join(known) or "none yet"
        raise Unusable(f"There is no format {args.name!r}. Formats: {listed}.")
    print((FOLDER / f"{args.name}{ENDING}").read_text(encoding="utf-8").rstrip())
    return 0


def names(folder: Path = FOLDER) -> list[str]:
    return sorted(file.name.removesuffix(ENDING) for file in folder.glob(f"*{ENDING}"))
