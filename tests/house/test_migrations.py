"""Migrations that can be run on a municipality's live data, and run back."""

from __future__ import annotations

import ast
from pathlib import Path

from stegvis.config.checkout import SOURCE
from tests.house.sources import short, tree


def _migrations() -> list[Path]:
    return sorted(SOURCE.glob("**/migrations/[0-9]*.py"))


def _calls(file: Path, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == name]


def _has(call: ast.Call, keyword: str, position: int) -> bool:
    return len(call.args) > position or any(word.arg == keyword for word in call.keywords)


def test_a_migration_says_in_its_name_what_it_does() -> None:
    assert [short(file) for file in _migrations() if "_auto_" in file.name] == []


def test_numbers_follow_each_other_in_every_room() -> None:
    for folder in {file.parent for file in _migrations()}:
        numbers = sorted(int(file.name[:4]) for file in folder.glob("[0-9]*.py"))
        assert numbers == list(range(1, len(numbers) + 1)), short(folder)


def test_what_a_migration_does_by_hand_can_be_undone() -> None:
    """A room's first migration is excused: before it there is nothing to go back to."""
    found = [
        f"{short(file)}:{call.lineno}"
        for file in _migrations()
        if not file.name.startswith("0001")
        for name, undo in (("RunPython", "reverse_code"), ("RunSQL", "reverse_sql"))
        for call in _calls(file, name)
        if not _has(call, undo, 1)
    ]
    assert found == []


def test_a_migration_uses_the_models_of_its_own_time() -> None:
    """An imported model has today's columns; the table it meets has those of back then."""
    found = [
        f"{short(file)}:{node.lineno}"
        for file in _migrations()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("stegvis.journey")
        and (node.module or "").endswith(".models")
    ]
    assert found == []


def test_a_new_column_fits_the_rows_that_are_there() -> None:
    found = []
    for file in _migrations():
        for call in _calls(file, "AddField"):
            fields = [word.value for word in call.keywords if word.arg == "field"]
            words = {word.arg for field in fields for word in getattr(field, "keywords", [])}
            if not words & {"null", "default", "db_default", "expression", "to", "primary_key"}:
                found.append(f"{short(file)}:{call.lineno}")
    assert found == []


def test_a_migration_that_makes_tables_makes_them_in_one_go() -> None:
    """Else each costs a rendering of everybody's models, and the first start minutes."""
    found = [
        short(file)
        for file in _migrations()
        if _calls(file, "CreateModel")
        and "class Migration(NewTables)" not in file.read_text(encoding="utf-8")
    ]
    assert found == []
