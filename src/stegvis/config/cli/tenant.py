"""./run tenant create SLUG --name NAME --country SE|DK."""

from __future__ import annotations

from stegvis.config.cli.stored import run_stored


def run(words: list[str]) -> int:
    return run_stored("tenant", words)
