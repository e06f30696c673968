"""Migrations that would hold a table while people work: found by reading them.

A room's first migration makes its own tables and holds nobody up, nor does a later one what it puts
on a table it has just made. After the first release these wait: an index built without
CONCURRENTLY, a constraint checked under lock, a column rewritten.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HEAVY = {
    "AddIndex": "an index is built with AddIndexConcurrently, in a migration with atomic = False",
    "RemoveIndex": "an index is removed with RemoveIndexConcurrently",
    "AlterField": "a column's type is changed by a new column, filled in the background",
    "RenameField": "the version that still runs does not know the new name",
    "RenameModel": "the version that still runs does not know the new name",
    "AlterUniqueTogether": "a unique is added from an index that is there already",
    "AddConstraint": "a constraint is added with AddConstraintNotValid and validated afterwards",
    "RemoveField": "the version that still runs asks for the column; remove it a release later",
    "DeleteModel": "the version that still runs asks for the table; remove it a release later",
}
HEAVY_SQL = (
    ("create index ", "create index concurrently"),
    ("create unique index ", "create unique index concurrently"),
    (" set not null", "not valid"),
    ("add constraint", "not valid"),
    ("lock table", "\0"),
    ("vacuum full", "\0"),
    ("cluster ", "\0"),
)
EXCUSE = "# held for a moment:"
"""On the operation's own line, followed by why that is bearable."""


def faults(text: str, name: str) -> list[str]:
    if Path(name).name.startswith("0001"):
        return []
    lines = text.splitlines()
    return [
        f"{name}:{line}: {why}"
        for line, why in _found(ast.parse(text))
        if EXCUSE not in lines[line - 1]
    ]


def _named(call: ast.Call, argument: str) -> str:
    """The text given for the argument, in lower case; "" for what is worked out elsewhere."""
    for word in call.keywords:
        if word.arg == argument and isinstance(word.value, ast.Constant):
            return str(word.value.value).lower()
    return ""


def _made_here(tree: ast.Module) -> set[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {_named(c, "name") for c in calls if ast.unparse(c.func).endswith("CreateModel")} - {""}


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    made = _made_here(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in HEAVY and _named(node, "model_name") not in made:
                yield node.lineno, HEAVY[called]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = " ".join(node.value.lower().split())
            for heavy, unless in HEAVY_SQL:
                if heavy in words and unless not in words:
                    yield node.lineno, f"{heavy.strip()!r} holds the table while it works"
