"""The list of commands. A command is imported only when it is asked for, so that what needs
neither Django nor a database starts without them.

A module offers `configure(parser)`, which adds its arguments, and `run(args)`, which returns the
exit code: 0 done, 1 done but something was refused or is infeasible, 2 unusable (raise `Unusable`).
Commands in PASSED_ON read their arguments themselves: `run(list_of_words)`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from types import ModuleType

from stegvis.config.faults import Unusable, said

HERE = "stegvis.config.cli"
COMMANDS = {
    "demo": ("demo", "start the demo (what ./run does without a command)"),
    "test": ("test", "run the tests; --night runs the long ones too"),
    "check": ("check", "format, lint, types, import contracts, templates, migrations, house rules"),
    "requirements": ("requirements", "which requirements are proven, and by which tests"),
    "format": ("format", "print the JSON Schema of a format"),
    "judge": ("judge", "judge a case file against a programme"),
    "draw": ("draw", "draw a programme's ladder, or a person's road, as SVG"),
    "plan-week": ("plan_week", "plan a week against its capacity"),
    "check-plan": ("check_plan", "read a plan's rules again, independently of the planner"),
    "match": ("match", "rank places for people, or assign many people to scarce places"),
    "tenant": ("tenant", "make a municipality"),
    "import": ("import_file", "read a municipality's list"),
    "retention": ("retention", "list what is deleted by rule; --do deletes it"),
    "export-case": ("export_case", "write a case as the facts `judge` reads"),
    "bench": ("bench", "measure, each figure against its peer in the same run"),
    "manage": ("manage", "Django's own management commands"),
}
PASSED_ON = {"test", "tenant", "import", "retention", "export-case", "bench", "manage"}


def main(words: list[str]) -> int:
    if words[:1] in (["--help"], ["-h"], ["help"]):
        print(overview())
        return 0
    name, rest = ("demo", words) if not words or words[0].startswith("-") else (words[0], words[1:])
    try:
        return _run(name, rest)
    except Unusable as fault:
        print(said(fault), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has left; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def overview() -> str:
    lines = ["./run COMMAND ...", ""]
    lines += [f"  {name:<14}{meaning}" for name, (_, meaning) in COMMANDS.items() if _exists(name)]
    return "\n".join([*lines, "", "./run COMMAND --help tells more."])


def _run(name: str, words: list[str]) -> int:
    if name not in COMMANDS:
        raise Unusable(f"There is no command {name!r}; ./run --help lists them.")
    module = _module(name)
    if name in PASSED_ON:
        return int(module.run(words))
    parser = argparse.ArgumentParser(prog=f"./run {name}", description=COMMANDS[name][1])
    module.configure(parser)
    return int(module.run(parser.parse_args(words)))


def _exists(name: str) -> bool:
    return importlib.util.find_spec(f"{HERE}.{COMMANDS[name][0]}") is not None


def _module(name: str) -> ModuleType:
    if not _exists(name):
        raise Unusable(f"This version of Stegvis does not have the command {name!r} yet.")
    return importlib.import_module(f"{HERE}.{COMMANDS[name][0]}")
