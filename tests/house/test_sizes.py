"""The tail is limited, not the mean: what grows beyond this is split along its nouns."""

from __future__ import annotations

import ast
from pathlib import Path

from stegvis.config.checkout import SOURCE
from tests.house.sources import TESTS, modules, short, tree

FILE, TEST_FILE, TEMPLATE, FUNCTION = 500, 600, 150, 40  # lines


def _longer(files: list[Path], limit: int) -> list[str]:
    counted = [(file, len(file.read_bytes().splitlines())) for file in files]
    return [f"{short(file)}: {lines} lines" for file, lines in counted if lines > limit]


def test_no_module_is_longer_than_500_lines() -> None:
    assert _longer(modules(), FILE) == []


def test_no_test_file_is_longer_than_600_lines() -> None:
    assert _longer(sorted(TESTS.rglob("*.py")), TEST_FILE) == []


def test_no_template_is_longer_than_150_lines() -> None:
    assert _longer(sorted(SOURCE.rglob("*.html")), TEMPLATE) == []


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{short(file)}:{node.lineno} {node.name}: {_lines(node)} lines"
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > FUNCTION
    ]
    assert long == []


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
