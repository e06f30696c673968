"""./run match."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stegvis.config.cli.commands import main
from stegvis.core.matching.pairs import schema
from tests.core.matching.crowds import FIXTURES, stored

FILE = str(FIXTURES / "m0060-a.json")


def test_the_best_assignment_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", FILE, "--assign", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "optimal"
    assert told["objective"] == {"placed": 58, "goal": 22, "burden": 153, "km": 506}
    assert len(told["assignment"]) == 58
    assert main(["match", FILE, "--assign"]) == 0
    assert "m0060-a: optimal" in capsys.readouterr().out


@pytest.mark.requirement("KN-74")
def test_one_persons_places_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", FILE, "--person", "p0002", "--json"]) == 0
    (first, *_rest) = json.loads(capsys.readouterr().out)["ranking"]
    assert first["own_goal"]
    assert {"person", "place", "interval", "coverage", "hard", "because"} <= first.keys()
    assert sum(one["burden"] for one in first["because"]) == first["burden"]
    assert main(["match", FILE]) == 0
    assert capsys.readouterr().out.count("\n") <= 60 * 10


def _spoilt() -> list[dict[str, Any]]:
    data = stored("m0060-a")
    one, place = data["persons"][0], data["places"][0]
    return [
        data | {"persons": [one, one]},
        data | {"places": [place | {"capacity": -1}], "persons": []},
        data | {"persons": [one | {"wishes": ["nowhere"]}]},
        data | {"persons": [one | {"xy": [1, None]}]},
        data | {"persons": [one | {"hours": [20, 10], "wishes": [], "declined": []}]},
        data | {"today": "2026-02-30"},
        data | {"places": [place | {"requirements": place["requirements"] * 2}], "persons": []},
        [data],  # type: ignore[list-item]
    ]


@pytest.mark.parametrize("n", range(8))
def test_what_cannot_be_matched_ends_with_two_and_one_sentence(
    n: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(_spoilt()[n]), "utf-8")
    assert main(["match", str(file), "--assign"]) == 2
    said = capsys.readouterr().err
    assert str(file) in said
    assert "Traceback" not in said


@pytest.mark.parametrize("text", ["[", '{"a": 1, "a": 2}', "NaN", "[" * 100_000])
def test_what_is_no_file_of_people_ends_with_two(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.json"
    file.write_text(text, "utf-8")
    assert main(["match", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


def test_an_unknown_person_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", FILE, "--person", "p9999"]) == 2
    assert "p9999" in capsys.readouterr().err


def test_the_printed_format_is_the_one_that_is_read() -> None:
    printed = FIXTURES.parents[1] / "docs" / "formats" / "matching.schema.json"
    assert json.loads(printed.read_text("utf-8")) == schema()


@pytest.mark.parametrize(
    "asked", [["--assign"], ["--assign", "--seconds", "1e-9"], ["--person", "p0002"], []]
)
def test_every_answer_has_the_written_form(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    written = FIXTURES.parents[1] / "docs" / "formats" / "match-result.schema.json"
    assert main(["match", FILE, *asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(written.read_text("utf-8"))).validate(told)
