from __future__ import annotations

from pathlib import Path

import pytest

from stegvis.config.cli.requirements import state
from stegvis.config.ledger import begun, marked_ids, proofs, titles

COUNTS = {"AJ": 64, "FM": 56, "KN": 141, "JI": 54, "X": 12, "INV": 28, "N": 22}
PROVING = """
import pytest

@pytest.mark.requirement("AJ-01", "AJ-02")
def test_plain(): ...

@pytest.mark.requirement("AJ-03")
class TestRoom:
    @pytest.mark.requirement("AJ-04")
    def test_inside(self): ...

@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.requirement("AJ-05")
def test_many(n): ...
"""
NOT_PROVING = """
import pytest

@pytest.mark.skip(reason="later")
@pytest.mark.requirement("FM-01")
def test_skipped(): ...

@pytest.mark.requirement("FM-02")
@pytest.mark.xfail
def test_expected_to_fail(): ...

@pytest.mark.requirement("FM-03")
def test_giving_up():
    pytest.skip("not today")

@pytest.mark.requirement("FM-04")
def helper(): ...

@pytest.mark.requirement("FM-05")
@pytest.mark.skipif(True, reason="never")
class TestSkipped:
    def test_inside(self): ...
"""


def test_the_ledger_lists_every_id_once_with_a_title() -> None:
    known = titles()
    wanted = {f"{area}-{n:02}" for area, last in COUNTS.items() for n in range(1, last + 1)}
    wanted = {key.replace("INV-0", "INV-") for key in wanted}
    assert {*known} == wanted
    assert [key for key, title in known.items() if not 5 < len(title) <= 90] == []


def test_every_id_a_test_carries_stands_in_the_ledger() -> None:
    known = titles()
    assert {key: files for key, files in marked_ids().items() if key not in known} == {}


def test_a_test_proves_the_ids_on_itself_and_on_its_class(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    tests.joinpath("test_a.py").write_text(PROVING)
    assert proofs(tests) == {
        "AJ-01": ["tests/test_a.py::test_plain"],
        "AJ-02": ["tests/test_a.py::test_plain"],
        "AJ-03": ["tests/test_a.py::TestRoom::test_inside"],
        "AJ-04": ["tests/test_a.py::TestRoom::test_inside"],
        "AJ-05": ["tests/test_a.py::test_many"],
    }


def test_a_test_that_may_not_run_proves_nothing(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    tests.joinpath("test_a.py").write_text(NOT_PROVING)
    assert proofs(tests) == {}


@pytest.mark.parametrize("mark", ["skip", "xfail"])
def test_a_whole_file_that_is_skipped_proves_nothing(tmp_path: Path, mark: str) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    tests.joinpath("test_a.py").write_text(f"pytestmark = [pytest.mark.{mark}]\n{PROVING}")
    assert proofs(tests) == {}


def test_what_is_begun_is_known_and_has_a_first_half_that_is_proven() -> None:
    half = begun()
    assert half <= titles().keys()
    assert half <= proofs().keys()


def test_what_is_begun_counts_as_open() -> None:
    proven = {"AJ-01": ["tests/a.py::test_x"], "AJ-02": ["tests/a.py::test_y"]}
    states = {key: state(key, proven, frozenset({"AJ-02"})) for key in ("AJ-01", "AJ-02", "AJ-03")}
    assert states == {"AJ-01": "done", "AJ-02": "open", "AJ-03": "open"}
