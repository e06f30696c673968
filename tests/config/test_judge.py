from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stegvis.config.cli.commands import main
from stegvis.config.shelf import FOLDER

CASE = FOLDER / "jobbtrappa" / "histories" / "straight-to-step-4.case.json"


def call(*more: str, case: Path = CASE, programme: str = "jobbtrappa") -> int:
    words = ["judge", "--programme", programme, "--case", str(case), "--on", "2026-10-26", *more]
    return main(words)


def written(folder: Path, data: Any) -> Path:
    file = folder / "case.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return file


def test_a_case_is_judged_as_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--json") == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert told.err == ""
    assert (found["programme"], found["standing"]["ladders"][0]["step"]) == ("jobbtrappa", "s4")
    assert found["milestones"]["M0"] == "2026-08-31"


def test_without_json_it_is_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 0
    swedish = capsys.readouterr().out
    assert "Möjliga steg" in swedish
    assert call("--lang", "en") == 0
    english = capsys.readouterr().out
    assert "Open moves" in english
    assert "2026-08-31" in english


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"schema": 1, "facts": [{"on": "2026-03-02", "kind": "step"}]}, "fact 0, field 'step'"),
        (
            {"schema": 1, "facts": [{"on": "2026-03-02", "kind": "step", "step": "t1"}]},
            "fact 0, field 'step': jobbtrappa has no step 't1'",
        ),
        ('{"schema": 1,\n "facts": [}', ":2:12: this is not JSON"),
        ('{"schema": 1, "facts": [NaN]}', "NaN is no number"),
        ('{"schema": ' + "9" * 5000 + "}", "999999999999999… is no number of anything"),
        ("[" * 100_000, "nested too deeply"),
        ("", ":1:1: this is not JSON"),
        ({"schema": 1, "programme": "jobbinvest", "facts": []}, "the case is about jobbinvest"),
        ({"schema": 1, "version": 9, "facts": []}, "the case is about version 9"),
    ],
)
def test_a_bad_case_is_one_sentence_and_exit_code_two(
    data: Any, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--json", case=written(tmp_path, data)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("day", ["2026-02-30", "20260301", "today", "2026-W10"])
def test_a_day_that_is_none_is_said(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["judge", "--programme", "jobbtrappa", "--case", str(CASE), "--on", day]
    assert main(words) == 2
    assert f"not '{day}'" in capsys.readouterr().err
