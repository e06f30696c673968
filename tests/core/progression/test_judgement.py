from __future__ import annotations

import json
import string
from pathlib import Path

import jsonschema
import pytest

from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.judgement import judgement, say, sentences, to_json
from stegvis.core.values.texts import LANGUAGES
from tests.core.progression.made import climbed, day, fact, walked

SCHEMA = Path(__file__).parents[3] / "docs" / "formats" / "judgement.schema.json"
FACTS = (
    fact("2026-01-07", "referral"),
    fact("2026-01-12", "enrolment"),
    fact("2026-01-12", "step", step="a2"),
    fact("2026-02-02", "scale_reading", ladder="scale", level=2),
    fact("2026-02-02", "category", set="need", code="AM2"),
)


def judged(*facts: Fact, programme: Programme | None = None, on: str = "2026-06-01") -> str:
    return json.dumps(to_json(judgement(programme or climbed(), facts, day(on))))


def test_the_json_has_the_form_that_is_promised() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for made in (judged(*FACTS), judged(), judged(programme=walked())):
        jsonschema.validate(json.loads(made), schema)
    assert set(json.loads(judged(*FACTS))) == {
        "programme",
        "version",
        "standing",
        "lacking",
        "open_moves",
        "due",
        "milestones",
        "elements",
    }


def test_the_json_says_where_one_stands_and_what_a_move_would_take() -> None:
    found = json.loads(judged(*FACTS))
    stairs = found["standing"]["ladders"][0]
    assert (stairs["step"], stairs["days"], stairs["skipped"]) == ("a2", 140, ["a1"])
    assert found["standing"]["climbs"] == {"scale": {"from": 2, "to": 2, "readings": 1}}
    assert found["milestones"] == {"M0": "2026-01-07", "M1": "2026-01-12"}
    assert [one["criterion"] for one in found["lacking"]] == ["less_support"]
    forward = next(one for one in found["open_moves"] if one["kind"] == "forward")
    assert forward["because"]["values"]["needs_reason"] is True
    assert "less_support" in forward["because"]["text"]


@pytest.mark.requirement("INV-2", "N-03", "AJ-30")
def test_a_judgement_proposes_and_never_changes_a_step() -> None:
    facts = (*FACTS, fact("2026-02-09", "judgement", criterion="less_support", met=True))
    found = json.loads(judged(*facts, on="2029-06-01"))
    assert found["standing"]["ladders"][0]["step"] == "a2"


@pytest.mark.requirement("INV-3")
def test_a_judgement_names_the_version_it_was_made_by() -> None:
    found = json.loads(judged(*FACTS))
    assert (found["programme"], found["version"]) == ("climbed", 1)


def test_every_sentence_stands_in_every_language_with_the_same_values() -> None:
    assert sentences().faults() == ()
    for code in sentences().codes:
        names = [
            name
            for _, name, _, _ in string.Formatter().parse(sentences()._entries[code]["en"])
            if name
        ]
        for lang in LANGUAGES:
            assert say(Reason(code, dict.fromkeys(names, 2)), lang)


def test_a_sentence_is_said_as_its_readers_say_it() -> None:
    reason = Reason(
        "hours_month", {"hours": 29.5, "month": "2026-05", "n": 0, "months": 1, "wanted": 30}
    )
    assert say(reason, "sv").startswith("29,5 ordinarie timmar i 2026-05")
    assert say(reason, "en").startswith("29.5 ordinary hours in 2026-05")
