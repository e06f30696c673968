"""What a process loads when it starts, and what it leaves until somebody asks for it."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from importlib import import_module

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from stegvis.config.checkout import SOURCE

WHEN_USED = {"holidays", "numpy", "ortools", "scipy", "segno", "typst", "xlsxwriter"}
LOADED = """
import json, sys
import django
django.setup()
if "pages" in sys.argv:
    from django.urls import get_resolver
    get_resolver().url_patterns
print(json.dumps(sorted(sys.modules)))
"""


def _loaded(*words: str) -> set[str]:
    command = [sys.executable, "-c", LOADED, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.fixture(scope="module", params=["apps", "pages"])
def loaded(request: pytest.FixtureRequest) -> set[str]:
    return _loaded(request.param)


def test_what_makes_sheets_and_pictures_is_loaded_by_whoever_makes_one(loaded: set[str]) -> None:
    assert loaded & WHEN_USED == set()


def test_a_process_without_pages_loads_no_verbs() -> None:
    names = {"actions", "facts", "forms", "pages", "tasks", "urls"}
    ours = {name for name in _loaded("apps") if name.startswith("stegvis.")}
    assert [name for name in sorted(ours) if names & set(name.split("."))] == []


def test_the_worker_knows_every_rooms_tasks() -> None:
    for path in settings.PROCRASTINATE_IMPORT_PATHS:
        import_module(path)
    written = {file.relative_to(SOURCE.parent) for file in SOURCE.glob("*/*/tasks.py")}
    known = {task.func.__module__ for task in app.tasks.values()}
    assert {".".join(file.with_suffix("").parts) for file in written} <= known


def test_what_was_loaded_is_not_looked_through_for_what_nobody_holds() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000
