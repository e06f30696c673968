"""The kinds of dated facts a case may hold, and the fields of each.

This table is the one source: docs/formats/case.schema.json is printed from it (`schema`), and
`case.read` checks a file against it. Names of persons have no place here: `by` is a role code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Field(NamedTuple):
    """What a field holds. `of`: code, text, codes, date, month, week, number, whole, share, yes_no;
    `one_of` closes the list of codes."""

    of: str
    required: bool = False
    one_of: tuple[str, ...] = ()


CODE, TEXT, CODES = Field("code"), Field("text"), Field("codes")
NUMBER, WHOLE, YES_NO, DATE = Field("number"), Field("whole"), Field("yes_no"), Field("date")
THE_CODE = Field("code", required=True)

EVERY: Mapping[str, Field] = {
    "by": CODE,  # the role of who did, decided or saw it
    "imported": YES_NO,  # it happened before the product did
    "nth": WHOLE,  # which of several on one day
    "id": TEXT,
    "note": TEXT,
}
LONG = frozenset({"step", "pause", "placement", "work_assignment", "parallel_measure", "exemption"})
"""Kinds that may have a length: `until`, the first day after it."""

ATTENDANCE = ("present", "late", "absent", "sick", "sent_home", "leave", "unknown")
SUPPORT = ("much", "less", "little", "on_demand")

KINDS: Mapping[str, Mapping[str, Field]] = {
    # The way in and the way out
    "referral": {
        "state": Field("code", one_of=("sent", "received", "accepted", "returned", "declined")),
        "referrer": CODE,
        "scheme": CODE,
        "purposes": CODES,
        "why": TEXT,
    },
    "screening": {"group": THE_CODE, "grounds": TEXT, "set": CODE},
    "enrolment": {"agency": CODE, "version": WHOLE, "track": CODE},
    "exit": {"reason": THE_CODE, "to": CODE, "kind_of_support": CODE},
    "outcome_check": {
        "status": THE_CODE,
        "days_after": WHOLE,
    },
    "income_source": {
        "source": THE_CODE,
        "at": Field("code", one_of=("entry", "exit", "change")),
    },
    # Where the person stands
    "step": {
        "ladder": CODE,
        "step": THE_CODE,
        "attempt": WHOLE,
        "support": Field("code", one_of=SUPPORT),
        "purpose": CODE,
        "ends": DATE,  # the last planned day of a time-limited step: a decision point
        "grounds": TEXT,
    },
    "pause": {"reason": CODE},
    "drop_out": {"reason": CODE, "step": CODE},
    "exception": {"code": THE_CODE},
    "scale_reading": {
        "ladder": THE_CODE,
        "level": Field("whole", required=True),
        "person_level": WHOLE,
        "grounds": TEXT,
    },
    "category": {"set": THE_CODE, "code": THE_CODE},
    "decision": {
        "what": THE_CODE,  # step, extend, end, job_ready, migrate …
        "to": CODE,
        "ladder": CODE,
        "ends": DATE,  # for "extend": the new last day
        "grounds": TEXT,
        "own_words": TEXT,
    },
    "judgement": {"criterion": THE_CODE, "met": YES_NO, "grounds": TEXT},
    # Mapping and plan
    "information": {"about": THE_CODE},
    "mapping_closed": {
        "which_step": CODE,
        "which_measures": CODES,
        "training_or_ready": CODE,
        "summary": TEXT,
    },
    "plan_agreed": {
        "aim": CODE,
        "goals": WHOLE,
        "acknowledged_by": CODES,
    },
    "document": {"document": THE_CODE, "state": CODE},
    "job_goal": {
        "goal": Field("code", required=True, one_of=("position", "function", "area")),
        "strength": CODE,
    },
    "resource": {"about": CODE},
    "barrier": {"about": CODE, "source": CODE, "state": CODE},
    "parallel_measure": {"measure": THE_CODE, "state": CODE},
    "assignment": {
        "role": THE_CODE,
        "state": Field("code", required=True, one_of=("offered", "assigned", "declined", "ended")),
    },
    # Everyday life
    "observation": {
        "ability": THE_CODE,
        "seen": CODE,
        "situation": CODE,
        "criteria": CODES,  # what a municipality's own ability says something about
    },
    "self_rating": {"item": THE_CODE, "value": NUMBER},
    "attendance": {
        "status": Field("code", required=True, one_of=ATTENDANCE),
        "expected_hours": NUMBER,
        "attended_hours": NUMBER,
        "late_minutes": NUMBER,
        "approved": YES_NO,  # an absence granted beforehand is out of both sides of the share
        "reason": CODE,
        "stated_by": CODE,
    },
    "planned_week": {
        "week": Field("week", required=True),
        "planned_by": THE_CODE,
        "days": WHOLE,  # working days of this person's week; 5 when left out
        "days_planned": WHOLE,
        "days_done": WHOLE,
    },
    "activity": {"what": THE_CODE},
    "contact": {"with": CODE, "way": CODE, "about": CODE},
    "follow_up": {
        "participants": CODES,
        "what": CODE,
        "result": Field("code", one_of=("continue", "adjust", "next_step", "previous_step")),
        "own_step": CODE,
        "worker_step": CODE,
    },
    "goal_review": {"status": CODE},
    # One window of a cadence is let pass, from `on` until the first day after it
    "exemption": {"cadence": THE_CODE, "reason": THE_CODE},
    "report": {"to": THE_CODE, "seen_by_participant": YES_NO, "step": CODE},
    "workplace_form": {"respondent": THE_CODE},
    # Workplaces
    "visit": {"what": Field("code", required=True, one_of=("visit", "taster")), "fit": CODE},
    "match": {"accepted_by": CODES},
    "placement": {
        "site": THE_CODE,  # sheltered, municipal, external …
        "form": CODE,  # practice, work_trial, subsidised, employment …
        "grade": CODE,  # the employer's: plain, ambassador, example
        "early": YES_NO,
    },
    "work_assignment": {
        "area": CODE,
        "scope": CODE,
        "hours_week": NUMBER,
        "job_description": YES_NO,
        "ends": DATE,
    },
    "agreement": {
        "sections": CODES,
        "signed_by": CODES,
        "ordinary_hours_from_start": YES_NO,
        "ordinary_when": TEXT,
    },
    "follow_up_plan": {"signed_by": CODES},
    "contact_person": {"at": CODE},
    "hours": {
        "month": Field("month", required=True),
        "ordinary": NUMBER,
        "practice": NUMBER,
        "subsidised": NUMBER,
        "employer": CODE,  # an opaque code: one row per month and employer, the latest counts
    },
    "self_support": {"through": THE_CODE},
    # What a programme records that has no kind of its own: {"what": "board_meeting"}
    "event": {"what": THE_CODE, "about": CODE, "result": CODE},
}

_JSON: Mapping[str, Mapping[str, Any]] = {
    "code": {"type": "string", "pattern": "^[^\\s]{1,64}$"},
    "text": {"type": "string", "maxLength": 4000},
    "codes": {"type": "array", "items": {"type": "string", "pattern": "^[^\\s]{1,64}$"}},
    "date": {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"},
    "month": {"type": "string", "pattern": "^\\d{4}-(0[1-9]|1[0-2])$"},
    "week": {"type": "string", "pattern": "^\\d{4}-W(0[1-9]|[1-4]\\d|5[0-3])$"},
    "number": {"type": ["number", "null"], "minimum": 0},
    "whole": {"type": ["integer", "null"], "minimum": 0},
    "yes_no": {"type": ["boolean", "null"]},
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a case file, as it stands in docs/formats/case.schema.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "case.schema.json",
        "title": "Case: the dated facts of one person's road",
        "description": (
            "What `./run judge` reads and `./run export-case` writes. The order of facts means "
            "nothing; a number that is missing or null is unknown, never zero. `until` is the "
            "first day after. An event of a programme is a kind, or one of the names listed in "
            "core/progression/events."
        ),
        "type": "object",
        "required": ["schema", "facts"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": 1},
            "programme": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            "facts": {"type": "array", "items": {"oneOf": [_fact(kind) for kind in KINDS]}},
        },
        "$defs": {name: dict(described) for name, described in _JSON.items()},
    }


def _fact(kind: str) -> dict[str, Any]:
    fields = {**KINDS[kind], **EVERY}
    properties: dict[str, Any] = {"on": _ref("date"), "kind": {"const": kind}}
    if kind in LONG:
        properties["until"] = {"anyOf": [_ref("date"), {"type": "null"}]}
    for name, field in fields.items():
        properties[name] = {"enum": list(field.one_of)} if field.one_of else _ref(field.of)
    required = ["on", "kind", *(name for name, field in fields.items() if field.required)]
    return {
        "title": kind,
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}
