from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stegvis.core.progression.case import CaseError, check, read, to_json
from stegvis.core.progression.events import EVENTS
from stegvis.core.progression.kinds import KINDS, schema
from tests.core.progression.made import climbed

FORMATS = Path(__file__).parents[3] / "docs" / "formats"


def case(*facts: Any, **head: Any) -> dict[str, Any]:
    return {"schema": 1, **head, "facts": list(facts)}


STEP = {"on": "2026-03-02", "kind": "step", "step": "a2"}


def test_the_schema_in_the_docs_is_the_one_of_the_code() -> None:
    assert json.loads((FORMATS / "case.schema.json").read_text("utf-8")) == schema()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_event_is_made_of_kinds_and_fields_a_case_may_hold() -> None:
    for several in EVENTS.values():
        for kind, wanted in several:
            assert set(wanted) <= {*KINDS[kind], "by"}


def test_a_case_is_read_and_written_again_unchanged() -> None:
    written = case(
        {**STEP, "until": "2026-04-01", "ends": "2026-06-30"},
        {"on": "2026-03-09", "kind": "follow_up", "participants": ["participant"]},
        {"on": "2026-03-09", "kind": "attendance", "status": "unknown", "expected_hours": None},
        programme="climbed",
        version=1,
    )
    assert to_json(read(written)) == written


BAD: list[tuple[Any, str]] = [
    ([], 'a case is an object {"schema": 1, "facts": [...]}'),
    ({"schema": 2, "facts": []}, 'field "schema" must be 1'),
    ({"schema": 1}, 'field "facts" must be a list of dated facts'),
    (case(version="1"), 'field "version" must be a whole number'),
    (case(extra=1), "a case has no field 'extra'"),
    (case("x"), "fact 0: a fact is an object with the fields on and kind"),
    (case(STEP, {"on": "2026-03-02"}), "fact 1, field 'kind'"),
    (case({"on": "2026-03-02", "kind": "diagnosis"}), "fact 0, field 'kind': 'diagnosis'"),
    (case({**STEP, "on": "2026-02-30"}), "fact 0, field 'on': it must be a date"),
    (case({**STEP, "on": 20260302}), "fact 0, field 'on': it must be a date"),
    (case({**STEP, "on": "2026-W10-1"}), "fact 0, field 'on': it must be a date"),
    (case({**STEP, "until": "2026-03-01"}), "fact 0, field 'until': 2026-03-01 lies before"),
    (case({**STEP, "stepp": "a2"}), "fact 0, field 'stepp': a fact of kind step has no such"),
    (case({**STEP, "support": "lots"}), "fact 0, field 'support': it must be one of much, less"),
    (case({**STEP, "attempt": 1.5}), "fact 0, field 'attempt': it must be a whole number"),
    (case({**STEP, "attempt": True}), "fact 0, field 'attempt': it must be a whole number"),
    (case({"on": "2026-03-02", "kind": "step"}), "fact 0, field 'step': a fact of kind step needs"),
    (case({**STEP, "step": "a 2"}), "fact 0, field 'step': it must be a code"),
    (
        case({"on": "2026-03-02", "kind": "hours", "month": "2026-13"}),
        "fact 0, field 'month': it must be a month",
    ),
    (
        case({"on": "2026-03-02", "kind": "hours", "month": "2026-03", "ordinary": -1}),
        "fact 0, field 'ordinary': it must be a number, 0 or more",
    ),
    (
        case({"on": "2026-03-02", "kind": "hours", "month": "2026-03", "ordinary": float("nan")}),
        "fact 0, field 'ordinary': it must be a number, 0 or more",
    ),
    (
        case({"on": "2026-03-02", "kind": "planned_week", "week": "2025-W53", "planned_by": "x"}),
        "fact 0, field 'week': it must be an ISO week",
    ),
    (
        case({"on": "2026-03-02", "kind": "contact", "until": "2026-03-03"}),
        "fact 0, field 'until': a fact of kind contact has no such field",
    ),
]


@pytest.mark.parametrize(("data", "sentence"), BAD)
def test_a_fault_is_one_sentence_naming_fact_and_field(data: Any, sentence: str) -> None:
    with pytest.raises(CaseError) as caught:
        read(data)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("data", "_sentence"), BAD)
def test_what_the_reader_refuses_the_schema_refuses_too(data: Any, _sentence: str) -> None:
    beyond_schema = ("2026-02-30", "2026-03-01", "2025-W53", "nan")
    if any(mark in json.dumps(data).lower() for mark in map(str.lower, beyond_schema)):
        return  # a calendar is more than a pattern says
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(data))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({**STEP, "step": "a9"}, "fact 0, field 'step': climbed has no step 'a9'"),
        (
            {"on": "2026-03-02", "kind": "judgement", "criterion": "zeal", "met": True},
            "fact 0, field 'criterion': climbed has no criterion 'zeal'",
        ),
        (
            {"on": "2026-03-02", "kind": "scale_reading", "ladder": "stairs", "level": 1},
            "fact 0, field 'ladder': climbed has no scale 'stairs'",
        ),
        (
            {"on": "2026-03-02", "kind": "scale_reading", "ladder": "scale", "level": 6},
            "fact 0, field 'level': a level is 1 to 5, not 6",
        ),
        (
            {**STEP, "ladder": "scale"},
            "fact 0, field 'ladder': step 'a2' is on 'stairs', not on 'scale'",
        ),
        (
            {"on": "2026-03-02", "kind": "category", "set": "need", "code": "AM9"},
            "fact 0, field 'code': climbed has no category 'AM9'",
        ),
        (
            {"on": "2026-03-02", "kind": "screening", "group": "1"},
            "fact 0, field 'group': climbed has no category '1'",
        ),
        (
            {"on": "2026-03-02", "kind": "exception", "code": "tired"},
            "fact 0, field 'code': climbed has no exception 'tired'",
        ),
    ],
)
def test_what_the_programme_does_not_have_is_named(raw: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CaseError) as caught:
        check(read(case(raw)), climbed())
    assert str(caught.value) == sentence


def test_a_case_about_another_programme_or_version_is_refused() -> None:
    with pytest.raises(CaseError, match="the case is about walked, not climbed"):
        check(read(case(programme="walked")), climbed())
    with pytest.raises(CaseError, match="the case is about version 2 of climbed; here is 1"):
        check(read(case(programme="climbed", version=2)), climbed())
