"""The core runs where neither Django nor a database driver is installed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from stegvis.config.checkout import ROOT, SOURCE

BLOCK = """
import sys

class Absent:
    names = {"django", "psycopg", "psycopg_pool", "procrastinate", "allauth"}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""
IMPORT_ALL = """
import importlib, pkgutil
import stegvis.core

names = [found.name for found in pkgutil.walk_packages(stegvis.core.__path__, "stegvis.core.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
RUN_TESTS = """
import pytest
sys.exit(pytest.main(["-q", "-o", "addopts=--strict-markers --import-mode=importlib", "-o",
    "DJANGO_SETTINGS_MODULE=", "-o", "FAIL_INVALID_TEMPLATE_VARS=", "-p", "hypothesispytest",
    "-p", "no:django", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestConfigWarning",
    "tests/core"]))
"""


def _without_django(program: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-c", BLOCK + program]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_block_blocks() -> None:
    assert "No module named 'django'" in _without_django("import django").stderr


def test_every_module_of_the_core_can_be_imported_without_django() -> None:
    done = _without_django(IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5


@pytest.mark.night
def test_the_tests_of_the_core_pass_without_django() -> None:
    done = _without_django(RUN_TESTS)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
