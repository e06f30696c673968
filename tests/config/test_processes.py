"""Processes of ours that run beside us."""

from __future__ import annotations

import os
import subprocess
import sys

from stegvis.config.checkout import SOURCE

PARENT = """
import os, sys
from stegvis.config.processes import Children
with Children() as children:
    noise = [sys.executable, "-c", "print('[WARNING] a worker is slow')"]
    os.waitpid(children.start("web server", noise, env=os.environ), 0)
    print("{}")
"""


def test_what_a_child_remarks_is_no_part_of_our_answer() -> None:
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    command = [sys.executable, "-c", PARENT]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "{}\n"
    assert "a worker is slow" in done.stderr
