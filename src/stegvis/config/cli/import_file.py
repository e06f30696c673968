"""./run import KIND FILE --tenant SLUG."""

from __future__ import annotations

from stegvis.config.cli.stored import run_stored


def run(words: list[str]) -> int:
    return run_stored("import_file", words)
