"""./run plan-week and ./run check-plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stegvis.config.cli.commands import main
from tests.core.scheduling.weeks import FIXTURES

WEEK = str(FIXTURES / "w022-a.json")


def test_a_plan_is_printed_and_passes_the_checker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan-week", WEEK, "--json"]) == 0
    told = capsys.readouterr().out
    file = tmp_path / "plan.json"
    file.write_text(told, "utf-8")
    assert main(["check-plan", WEEK, str(file), "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert checked == {"violations": [], "objective": json.loads(told)["objective"]}


def test_a_broken_plan_ends_with_one_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"p001": {"mon_am": "site1.vaktmastare"}}', "utf-8")
    assert main(["check-plan", WEEK, str(file)]) == 1
    assert "p001, mon_am, site1.vaktmastare" in capsys.readouterr().out


def test_a_week_without_a_plan_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["plan-week", str(FIXTURES / "winf-a.json"), "--json", "--lang", "sv"]
    assert main(words) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["plan"]) == ("infeasible", {})
    assert "torsdag förmiddag" in told["blocked_by"][0]


@pytest.mark.parametrize(
    "text", ["[", '{"kind": 1}', '{"a": 1, "a": 2}', "[" * 100_000, "9" * 5000, '{"a": NaN}']
)
def test_what_is_no_week_ends_with_two(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "week.json"
    file.write_text(text, "utf-8")
    assert main(["plan-week", str(file)]) == 2
    assert str(file) in capsys.readouterr().err
    assert main(["plan-week", WEEK, "--seconds", "0"]) == 2
