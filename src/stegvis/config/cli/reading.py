"""Files a command is given: programmes by key or path, cases as JSON. Faults name the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from stegvis.config.checkout import ROOT
from stegvis.config.faults import Unusable
from stegvis.core.programme.faults import Faults
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.core.progression import case
from stegvis.core.progression.facts import Fact

PROGRAMMES = ROOT / "programmes"
DIGITS = 15  # of a whole number, with its sign: exact also as a number with a point
LARGEST = 20_000_000  # bytes; a case of decades is a thousandth of it


def programme(named: str) -> Programme:
    """The programme of that key, or of the model file at that path."""
    known = {file.parent.name: file for file in sorted(PROGRAMMES.glob("*/model.yaml"))}
    file = known.get(named, Path(named))
    if named not in known and not file.is_file():
        raise Unusable(f"There is no programme {named!r}. Programmes: {', '.join(known)}.")
    texts = {key: text_of(path) for key, path in known.items()}
    try:
        return load(text_of(file), file=str(named), others=texts)
    except Faults as faults:
        raise Unusable(str(faults)) from faults


def facts(file: Path, *, of: Programme) -> tuple[Fact, ...]:
    try:
        read = case.read(json_of(file))
        case.check(read, of)
    except case.CaseError as fault:
        raise Unusable(f"{file}: {fault}.") from fault
    return read.facts


def json_of(file: Path, *, pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """`pairs`: makes an object of its keys and values; what it says against them is said on."""
    text = text_of(file)
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=_whole, parse_constant=_constant)
    except json.JSONDecodeError as fault:
        place = f"{file}:{fault.lineno}:{fault.colno}"
        raise Unusable(f"{place}: this is not JSON: {fault.msg}.") from fault
    except RecursionError as fault:
        raise Unusable(f"{file}: it is nested too deeply.") from fault
    except ValueError as fault:
        raise Unusable(f"{file}: {fault}.") from fault


def _whole(digits: str) -> int:
    """What is longer no solver takes, and Python itself stops at 4,300 digits."""
    if len(digits) > DIGITS:
        raise ValueError(f"{digits[:DIGITS]}… is no number of anything")
    return int(digits)


def _constant(name: str) -> float:
    """Python reads NaN and Infinity; JSON has no such numbers (RFC 8259, 6)."""
    raise ValueError(f"{name} is no number")


def day(text: str) -> date:
    """For argparse: a date as 2026-11-22."""
    return date.fromisoformat(text)


def text_of(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise Unusable(f"{file}: larger than {LARGEST // 1_000_000} MB; this is no such file.")
        return file.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise Unusable(f"{file}: cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise Unusable(f"{file}: byte {fault.start} is not UTF-8 text.") from fault
