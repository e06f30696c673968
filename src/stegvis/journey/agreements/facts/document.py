"""What is signed: a version as a document of plain values, and its hash. It is an allow-list: what
does not stand here is told to no company and stands on no paper."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.facts.shares import Share
from stegvis.journey.agreements.models import AgreementVersion


def document(version: AgreementVersion, shares: Sequence[Share]) -> dict[str, Any]:
    """`shares`: of these only what the person has said yes to goes in, and never why."""
    placement, contact = version.placement, version.contact
    when = None
    if version.ordinary is None and version.discussed_on:
        when = {
            "on": _day(version.ordinary_on), "if": version.ordinary_if,
            "discussed_on": _day(version.discussed_on),
        }  # fmt: skip
    return {
        "person": version.person.name,
        "company": placement.site.company.name,
        "site": placement.site.name,
        "kind": placement.kind,
        "number": version.number,
        "since": _day(version.since),
        "ends": _day(placement.ends),
        "change_note": version.change_note,
        "tasks": list(version.tasks),
        "grows_into": version.grows_into,
        "times": version.times,
        "ordinary": _hours(version.ordinary),
        "practice": _hours(version.practice),
        "practice_ends": _day(version.practice_ends) if version.practice else "",
        "ordinary_when": when,
        "sub_goals": [{"text": one["text"], "by": one["by"]} for one in version.sub_goals],
        "considerations": [
            {"key": str(one.key), "what": one.what} for one in shares if one.is_shared
        ],
        "rhythm": version.rhythm,
        "phases": [dataclasses.asdict(one) for one in core.RHYTHMS[version.rhythm]],
        "topics": list(version.topics),
        "contact": {"name": contact.name, "title": contact.title} if contact else None,
        "guide": version.guide,
    }


def digest_of(said: dict[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _hours(line: core.Hours | None) -> dict[str, Any] | None:
    return dataclasses.asdict(line) if line else None
