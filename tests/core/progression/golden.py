"""Golden histories: cases that lie beside the programme models, with the judgement expected on
some days. The words of the models are left out, so that a better sentence is no other judgement.

    python -m tests.core.progression.golden --write

writes what is judged now, to be read through before it is kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.core.progression.case import check, read
from stegvis.core.progression.judgement import judgement, to_json

PROGRAMMES = Path(__file__).parents[3] / "programmes"
WORDS = frozenset(
    {"step", "lacking", "skipped", "what", "category", "criteria", "open", "exception", "setting"}
)
"""Values of reasons that hold words of a model rather than codes, days or amounts."""


def shelf() -> dict[str, Programme]:
    texts = {file.parent.name: file.read_text("utf-8") for file in PROGRAMMES.glob("*/model.yaml")}
    return {key: load(text, file=key, others=texts) for key, text in sorted(texts.items())}


def histories() -> Iterator[tuple[str, Path, Path]]:
    """Programme key, case file and file of what is expected."""
    for file in sorted(PROGRAMMES.glob("*/histories/*.case.json")):
        expected = file.with_name(file.name.replace(".case.", ".expected."))
        yield file.parents[1].name, file, expected


def judged(programme: Programme, file: Path, on: str) -> dict[str, Any]:
    """The judgement without the words of the model."""
    case = read(json.loads(file.read_text("utf-8")))
    check(case, programme)
    found = to_json(judgement(programme, case.facts, date.fromisoformat(on)))
    plain: dict[str, Any] = _without_words(found)
    return plain


def _without_words(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_words(one) for one in part]
    if not isinstance(part, dict):
        return part
    if set(part) == {"code", "values", "text"}:
        values = {name: value for name, value in part["values"].items() if name not in WORDS}
        return {"code": part["code"], **values}
    return {name: _without_words(value) for name, value in part.items()}


def write() -> None:
    programmes = shelf()
    for key, file, expected in histories():
        told = json.loads(expected.read_text("utf-8"))
        for one in told["judged"]:
            one["judgement"] = judged(programmes[key], file, one["on"])
        expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"{key}/{file.name}: {len(told['judged'])}")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
