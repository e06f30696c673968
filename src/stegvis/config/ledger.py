"""The ledger of requirements and the tests that prove them, read without running anything."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from stegvis.config.checkout import ROOT

LEDGER = ROOT / "docs" / "requirements.toml"
TESTS = ROOT / "tests"
# A test that may not run, or is expected to fail, proves nothing.
UNPROVING = {"skip", "skipif", "xfail"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def titles(ledger: Path = LEDGER) -> dict[str, str]:
    """Requirement id → title, in the order of the ledger."""
    areas = tomllib.loads(ledger.read_text(encoding="utf-8"))
    named = (area for area in areas.values() if isinstance(area, dict))
    return {key: title for area in named for key, title in area.items()}


def begun(ledger: Path = LEDGER) -> frozenset[str]:
    """Ids whose first half is built and proven; they stay open until the ledger says otherwise."""
    return frozenset(tomllib.loads(ledger.read_text(encoding="utf-8")).get("begun", ()))


def proofs(tests: Path = TESTS) -> dict[str, list[str]]:
    """Requirement id → the tests that carry it, each as path::name."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(file.read_bytes())
        of_module = _module_marks(tree)
        if UNPROVING & _mark_names(of_module):
            continue
        place = file.relative_to(tests.parent).as_posix()
        for name, ids in _tests_in(tree.body, ids=_ids(of_module)):
            for key in ids:
                found[key].append(f"{place}::{name}")
    return dict(found)


def marked_ids(tests: Path = TESTS) -> dict[str, list[str]]:
    """Every id written in a mark anywhere, proving or not, with the files that hold it."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(tests.rglob("*.py")):
        for key in _ids([ast.parse(file.read_bytes())]):
            found[key].append(file.relative_to(tests.parent).as_posix())
    return dict(found)


def _tests_in(
    body: list[ast.stmt], *, ids: list[str], prefix: str = ""
) -> Iterator[tuple[str, list[str]]]:
    for node in body:
        if not isinstance(node, Definition) or UNPROVING & _mark_names(node.decorator_list):
            continue
        own = sorted({*ids, *_ids(node.decorator_list)})
        if isinstance(node, ast.ClassDef):
            if node.name.startswith("Test"):
                yield from _tests_in(node.body, ids=own, prefix=f"{prefix}{node.name}::")
        elif node.name.startswith("test") and not _gives_up(node):
            yield f"{prefix}{node.name}", own


def _module_marks(tree: ast.Module) -> list[ast.AST]:
    return [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        )
    ]


def _ids(nodes: Sequence[ast.AST]) -> list[str]:
    calls = [part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Call)]
    return [
        argument.value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "requirement"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _mark_names(nodes: Sequence[ast.AST]) -> set[str]:
    """Names after pytest.mark, not looking into the arguments of other marks (a parametrised case
    that is skipped does not take the others with it)."""
    waiting: list[ast.AST] = list(nodes)
    names = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.List | ast.Tuple):
            waiting += node.elts
        elif isinstance(node, ast.Call):
            waiting.append(node.func)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return names


def _gives_up(test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Does the body call pytest.skip or pytest.xfail whatever happens?"""
    calls = [node.value for node in test.body if isinstance(node, ast.Expr)]
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in UNPROVING
        for call in calls
    )
