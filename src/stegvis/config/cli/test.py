"""./run test: the gate of every push. What follows the command goes to pytest.

The tests make a PostgreSQL of their own and never touch the one DATABASE_URL names: they need roles
and databases that nobody else has.
"""

from __future__ import annotations

import os
import subprocess
import sys

from stegvis.config.browser import find_chromium
from stegvis.config.checkout import ROOT
from stegvis.config.translations import compile_messages

ALONE = {"-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co"}


def run(words: list[str]) -> int:
    compile_messages()  # before Django is there: it keeps for good what it found of a language
    night = "--night" in words
    words = [word for word in words if word != "--night"]
    if not find_chromium():
        print(
            "Browser tests are skipped: no Chromium was found. Install one (Debian: apt install "
            "chromium) or name it in STEGVIS_CHROMIUM.",
            file=sys.stderr,
        )
    command = [sys.executable, "-m", "pytest", *_chosen(words, night=night)]
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    env |= {"HYPOTHESIS_PROFILE": "night"} if night else {}
    return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


def _chosen(words: list[str], *, night: bool) -> list[str]:
    """The words of the caller stand last: at night `-m night` still means the long ones alone."""
    both = ["-m", "night or not night"] if night else []
    return [*_workers(words), *both, *words]


def _workers(words: list[str]) -> list[str]:
    if any(word.split("=")[0] in ALONE or word.startswith("-n") for word in words):
        return []
    # With one more than there are processors, two cores took longer: each builds a cast of its own.
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
