"""One way to change the language: what goes round it forgets the municipality's own words."""

from __future__ import annotations

import ast

from stegvis.config.checkout import SOURCE
from tests.house.sources import short, tree

WAYS = {"activate", "deactivate", "deactivate_all", "override"}
THE_WAY = "platform/tenancy/speech.py"


def test_the_language_is_changed_in_one_place() -> None:
    found = []
    for file in sorted(SOURCE.glob("**/*.py")):
        if file.as_posix().endswith(THE_WAY):
            continue
        for node in ast.walk(tree(file)):
            taken = isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            if taken and any(name.name in WAYS for name in node.names):
                found.append(f"{short(file)}:{node.lineno}")
            asked = isinstance(node, ast.Attribute) and node.attr in WAYS
            if asked and ast.unparse(node.value).endswith("translation"):
                found.append(f"{short(file)}:{node.lineno}")
    assert found == []
