"""./run retention --tenant SLUG [--do]."""

from __future__ import annotations

from stegvis.config.cli.stored import run_stored


def run(words: list[str]) -> int:
    return run_stored("retention", words)
