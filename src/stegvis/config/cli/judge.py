"""./run judge: what is known and advised about a case on a day, and why, without any database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from stegvis.config.cli import reading
from stegvis.config.faults import Unusable
from stegvis.core.progression.judgement import judgement, to_json
from stegvis.core.values.texts import LANGUAGES

WORDS: Mapping[str, Mapping[str, str]] = {
    "standing": {"sv": "Står på", "da": "Står på", "en": "Stands on"},
    "nowhere": {"sv": "inget steg", "da": "intet trin", "en": "no step"},
    "since": {"sv": "sedan", "da": "siden", "en": "since"},
    "attempt": {"sv": "försök", "da": "forsøg", "en": "attempt"},
    "notices": {"sv": "Att titta på", "da": "At se på", "en": "To look at"},
    "lacking": {"sv": "Saknas", "da": "Mangler", "en": "Lacking"},
    "open_moves": {"sv": "Möjliga steg", "da": "Mulige skridt", "en": "Open moves"},
    "due": {"sv": "På tur", "da": "Skal ske", "en": "Due"},
    "elements": {"sv": "Kärnelement", "da": "Kerneelementer", "en": "Core elements"},
    "milestones": {"sv": "Milstolpar", "da": "Milepæle", "en": "Milestones"},
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", required=True, metavar="KEY", help="or a model file")
    parser.add_argument("--case", required=True, type=Path, metavar="CASE.json")
    parser.add_argument("--on", required=True, metavar="DATE", help="the day to judge on")
    parser.add_argument("--lang", choices=LANGUAGES, help="the programme's own when left out")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    on = _day(args.on)
    programme = reading.programme(args.programme)
    facts = reading.facts(args.case, of=programme)
    lang = args.lang or programme.language
    found = to_json(judgement(programme, facts, on), lang)
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(found, lang)))
    return 0


def table(found: Mapping[str, Any], lang: str) -> Iterator[str]:
    yield f"{found['programme']} version {found['version']}, {found['standing']['on']}"
    yield ""
    yield WORDS["standing"][lang]
    for one in found["standing"]["ladders"]:
        since = f"{WORDS['since'][lang]} {one['since']}, {WORDS['attempt'][lang]} {one['attempt']}"
        here = f"{one['step']}, {since}" if one["step"] else WORDS["nowhere"][lang]
        yield f"  {one['ladder']:<30}{here}"
    parts = {
        "notices": [("", one) for one in found["standing"]["notices"]],
        "lacking": [(one["criterion"], one["because"]) for one in found["lacking"]],
        "open_moves": [(f"{m['kind']} {m['to']}", m["because"]) for m in found["open_moves"]],
        "due": [(f"{one['by'] or '':<11}{one['what']}", one["because"]) for one in found["due"]],
        "elements": [(f"{e['state']} {e['code']}", e["because"]) for e in found["elements"]],
    }
    for name, rows in parts.items():
        if rows:
            yield ""
            yield WORDS[name][lang]
        yield from (f"  {label:<30}{because['text']}" for label, because in rows)
    if found["milestones"]:
        yield ""
        yield WORDS["milestones"][lang]
        yield from (f"  {code:<30}{on}" for code, on in found["milestones"].items())


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Unusable(f"--on must be a date such as 2026-03-02, not {text!r}.") from None
