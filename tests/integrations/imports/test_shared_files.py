"""The files of a municipality's first day, row by row against what a good import ends with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, UPDATED, Reading
from tests.integrations.imports.known import FILES, Remembered, read, row_of

_STORED = (CREATED, UPDATED)
_CASES = [
    ("deltagare_cp1252.csv", "participants", None),
    ("deltagare_excel.xlsx", "participants", None),
    ("deltagare_utf16.csv", "participants", "deltagare_excel.xlsx"),
    ("stegbyten.csv", "step_history", "deltagare_excel.xlsx"),
    ("remisser.csv", "referrals", None),
    ("historik_insatser.csv", "earlier_interventions", "deltagare_excel.xlsx"),
    ("uppdrag.csv", "customer_orders", None),
    ("narvaro_2026_v40-46.xlsx", "attendance", "deltagare_excel.xlsx"),
    ("borgere_dk.csv", "citizens_dk", None),
    ("ordinaere_timer.csv", "ordinary_hours", "borgere_dk.csv"),
    ("arbetsplatser.xlsx", "workplaces", None),
]


_KIND_OF = {name: kind for name, kind, _ in _CASES}
_DANISH = ("borgere_dk.csv", "ordinaere_timer.csv")


def _after(first: str | None) -> Remembered:
    register = Remembered()
    if first:
        register.store(_read(first, _KIND_OF[first], register))
    return register


def _read(name: str, kind: str, register: Remembered) -> Reading:
    country = "DK" if name in _DANISH else "SE"
    return read((FILES / name).read_bytes(), name, kind, register=register, country=country)


def _expected(name: str) -> dict[str, Any]:
    text = (FILES / f"{name.rpartition('.')[0]}.expected.json").read_text("utf-8")
    expected: dict[str, Any] = json.loads(text)
    return expected


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.requirement("X-10")
@pytest.mark.parametrize(("name", "kind", "first"), _CASES)
class TestEveryRow:
    @pytest.fixture
    def pairs(self, name: str, kind: str, first: str | None) -> list[tuple[Any, Any]]:
        said = _read(name, kind, _after(first)).to_json()
        got = {(row["sheet"], row["row"]): row for row in said["rows"]}
        wanted = {(row.get("sheet"), row["row"]): row for row in _expected(name)["rows"]}
        assert {key for key in got if got[key]["outcome"] != "skipped"} <= wanted.keys()
        return [(row, got.get(key, {"outcome": "skipped"})) for key, row in wanted.items()]

    def test_has_the_outcome_a_person_would_give_it(self, pairs: list[tuple[Any, Any]]) -> None:
        wrong = [
            (w["row"], w["outcome"], g["outcome"]) for w, g in pairs if w["outcome"] != g["outcome"]
        ]
        assert not wrong

    def test_says_why_it_waits(self, pairs: list[tuple[Any, Any]]) -> None:
        for wanted, got in pairs:
            holds = {each["code"] for each in wanted.get("issues", []) if each["level"] == "hold"}
            assert holds <= set(got.get("codes", [])), wanted["row"]

    def test_is_stored_with_the_values_that_stand_in_it(self, pairs: list[tuple[Any, Any]]) -> None:
        for wanted, got in pairs:
            if wanted["outcome"] in _STORED:
                values = {k: _tidy(v) for k, v in got["values"].items()}
                for field, value in wanted["values"].items():
                    assert values.get(field) == _tidy(value), (wanted["row"], field)

    def test_warns_where_someone_should_look(self, pairs: list[tuple[Any, Any]]) -> None:
        for wanted, got in pairs:
            warns = {each["code"] for each in wanted.get("issues", []) if each["level"] == "warn"}
            if "agency_unknown" in got.get("codes", []):
                continue  # with which agency it would overlap, nobody knows
            if wanted.get("queue") != "protected":  # there, nothing more is said in the open
                assert warns <= set(got.get("codes", [])), wanted["row"]


@pytest.mark.parametrize(("name", "kind", "first"), _CASES)
def test_the_same_file_again_says_nothing_new(name: str, kind: str, first: str | None) -> None:
    register = _after(first)
    once = _read(name, kind, register)
    register.store(once)
    twice = _read(name, kind, register)
    for before, after in zip(once.rows, twice.rows, strict=True):
        wanted = UNCHANGED if before.outcome in _STORED else before.outcome
        assert after.outcome == wanted, before.number


@pytest.mark.parametrize(("name", "kind", "first"), _CASES)
def test_the_same_call_gives_the_same_answer(name: str, kind: str, first: str | None) -> None:
    assert _read(name, kind, _after(first)).to_json() == _read(name, kind, _after(first)).to_json()


@pytest.mark.parametrize(("name", "kind", "first"), _CASES)
def test_the_file_says_what_a_person_should_know_of_it(
    name: str, kind: str, first: str | None
) -> None:
    wanted = {each["code"] for each in _expected(name)["file_issues"]}
    assert wanted <= set(_read(name, kind, _after(first)).to_json()["file_issues"])


def test_a_protected_persons_row_says_nothing_in_the_open() -> None:
    reading = _read("deltagare_excel.xlsx", "participants", Remembered())
    shielded = [row for row in reading.to_json()["rows"] if row.get("queue") == "protected"]
    assert [row["row"] for row in shielded] == [59, 124]
    for row in shielded:
        assert row["values"] == {}
        assert row["codes"] == ["protected_mark"]
    assert row_of(reading, 59, "Deltagare").values["name"] == "Dragan Jovanović"


def test_a_person_protected_in_the_register_is_protected_in_every_later_file() -> None:
    register = _after("deltagare_excel.xlsx")
    shielded = next(p for p in register.people.values() if p.name == "Robin Hellström")
    shielded.protected = True
    row = row_of(_read("deltagare_utf16.csv", "participants", register), 2)
    assert row.outcome == HELD
    assert row.protected
    assert row.codes == ["protected_person"]


def test_the_register_is_asked_once_for_the_whole_file() -> None:
    register = Remembered()
    _read("remisser.csv", "referrals", register)
    assert len(register.prepared) == 1
