"""./run bench, end to end on small sizes: what it says, never how fast."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stegvis.config.bench.accounting import family, reaped, spent
from stegvis.config.bench.blocks import Measured
from stegvis.config.bench.shape import Goal
from stegvis.config.checkout import ROOT
from stegvis.config.cli.bench import table
from stegvis.config.faults import Unusable


def _bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stegvis.config.cli", "bench", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def quick() -> dict[str, Any]:
    done = _bench("caseload", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_answer_is_one_object_of_the_written_form(quick: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "docs" / "formats" / "bench.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(quick)
    assert set(quick["benchmarks"]) == {"caseload"}


def test_both_sides_are_measured_and_weighed(quick: dict[str, Any]) -> None:
    measured = quick["benchmarks"]["caseload"]["measured"]
    assert set(measured) == {"ours", "floor"}
    ratio = quick["benchmarks"]["caseload"]["goals"][0]["value"]
    assert ratio == pytest.approx(
        measured["ours"]["cpu_ms"] / measured["floor"]["cpu_ms"], rel=0.02
    )


def test_the_list_keeps_its_bounds_of_queries_and_bytes(quick: dict[str, Any]) -> None:
    goals = {goal["what"]: goal for goal in quick["benchmarks"]["caseload"]["goals"]}
    assert goals["queries"]["value"] <= 8
    assert goals["kilobytes"]["value"] <= 60
    assert quick["benchmarks"]["caseload"]["measured"]["ours"]["bytes"] > 10_000


def test_the_table_says_what_is_not_met(quick: dict[str, Any]) -> None:
    bad = Goal("queries", 9, most=8).told()
    lines = table({"caseload": quick["benchmarks"]["caseload"] | {"goals": [bad]}})
    assert any("NOT MET" in line for line in lines)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    done = _bench("speed")
    assert done.returncode == 2
    assert "caseload" in done.stderr


def test_a_goal_at_its_bound_is_met_and_beyond_it_is_not() -> None:
    assert Goal("ratio", 2.0, most=2).told()["met"]
    assert not Goal("ratio", 2.01, most=2).told()["met"]
    assert not Goal("ratio", 5.9, least=6).told()["met"]


def test_a_side_costs_its_web_and_its_database_of_the_same_block() -> None:
    measured = Measured(web=[1.0, 9.0, 2.0], database=[9.0, 1.0, 3.0])
    assert measured.cpu == 10.0


def test_work_done_by_a_child_is_counted() -> None:
    burn = "x = 0\nwhile x < 3_000_000: x += 1\ninput()"
    child = subprocess.Popen(
        [sys.executable, "-c", burn], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        assert child.pid in family(child.pid)
        while not spent([child.pid]):
            pass
        assert spent([child.pid]) > 0
    finally:
        child.communicate(b"\n")
    with pytest.raises(Unusable, match="ended while"):
        spent([child.pid])
    assert reaped(child.pid) == 0.0


@pytest.mark.night
def test_every_side_of_the_import_writes_the_same_rows() -> None:
    """The benchmark itself stops where they do not."""
    done = _bench("import", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["benchmarks"]["import"]["measured"]["rows"]
    assert rows["imports_importrow"] == rows["of the list"]
