"""./run check: everything that can be said about the code without running it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from stegvis.config.checkout import ROOT, SOURCE

QUIETLY = ("-p", "no:cacheprovider", "-o", "verbosity_assertions=2")
# Not the script in .venv/bin: scripts keep the path of the folder they were installed in.
CONTRACTS = "from importlinter.cli import lint_imports_command as check; check([])"


@dataclass(frozen=True, slots=True)
class Verdict:
    name: str
    seconds: float
    faults: str  # '' when there are none


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", help=f"only these: {', '.join(checks())}")


def run(args: argparse.Namespace) -> int:
    chosen = {name: do for name, do in checks().items() if not args.names or name in args.names}
    verdicts = []
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        waiting = [pool.submit(_timed, name, do) for name, do in chosen.items()]
        for done in as_completed(waiting):
            verdict = done.result()
            verdicts.append(verdict)
            state = "FAILED" if verdict.faults else "ok"
            print(f"{state:<7}{verdict.name:<14}{verdict.seconds:6.1f} s", flush=True)
    for verdict in verdicts:
        if verdict.faults:
            print(f"\n--- {verdict.name}\n{verdict.faults}")
    return int(any(verdict.faults for verdict in verdicts))


def checks() -> dict[str, Callable[[], str]]:
    """Name → a call that returns the faults as text. The slow ones come first."""
    return {
        "types": lambda: _tool("mypy", "--no-error-summary"),
        "house": lambda: _tool("pytest", "-q", *QUIETLY, "tests/house"),
        "migrations": _migrations,
        "templates": lambda: _tool("djlint", "--lint", "--quiet", str(SOURCE)),
        "imports": lambda: _faults([sys.executable, "-c", CONTRACTS]),
        "lint": lambda: _tool("ruff", "check", "--quiet", "."),
        "format": lambda: _tool("ruff", "format", "--check", "--quiet", "."),
        "translations": _translations,
    }


def _timed(name: str, do: Callable[[], str]) -> Verdict:
    start = time.monotonic()
    return Verdict(name=name, faults=do(), seconds=time.monotonic() - start)


def _tool(module: str, *words: str) -> str:
    return _faults([sys.executable, "-m", module, *words])


def _migrations() -> str:
    """Every change of a model has its migration; the database itself is not asked."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
    ]
    return _faults(command, DJANGO_SETTINGS_MODULE="stegvis.config.settings")


def _translations() -> str:
    from stegvis.config.translations import faults

    return "\n".join(faults())


def _faults(command: list[str], **environment: str) -> str:
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    env |= environment
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""
