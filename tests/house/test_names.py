from __future__ import annotations

import ast

from stegvis.config.checkout import SOURCE
from tests.house.sources import modules, saying, short, tree

ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers"}
# Who asks for the day gets another answer tomorrow: rules and verbs are told it. A verb may note
# the instant it wrote something down (timezone.now), a rule of the core not even that.
DAYS = {"today", "utcnow", "localdate", "localtime"}
TOLD = {"core": DAYS | {"now"}, "journey": DAYS, "learning": DAYS}


def test_no_module_is_an_attic() -> None:
    places = [file.relative_to(SOURCE) for file in modules(migrations=True)]
    assert [str(p) for p in places if ATTICS & {*p.parts, p.stem}] == []


def test_every_folder_of_modules_is_a_package() -> None:
    """The import contracts do not see the others."""
    folders = {file.parent for file in modules(migrations=True)}
    assert [short(f) for f in sorted(folders) if not f.joinpath("__init__.py").exists()] == []


def test_no_signal_is_received_or_sent() -> None:
    """A signal hides what a verb does; ruff refuses the imports, this the rest."""
    found = [
        f"{short(file)}:{node.lineno}"
        for file in saying({"signals"}, modules())
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and "signals" in ast.unparse(node).replace(",", " ").replace(".", " ").split()
    ]
    assert found == []


def test_rules_and_verbs_are_told_the_day() -> None:
    found = [
        f"{short(file)}:{node.lineno} {ast.unparse(node.func)}"
        for file in saying(DAYS | {"now"}, modules())
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TOLD.get(file.relative_to(SOURCE).parts[0], ())
    ]
    assert found == []
