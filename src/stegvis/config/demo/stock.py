"""The pools that the invented people are drawn from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def stock(country: str) -> dict[str, Any]:
    """Names, streets and sentences of a country, by pool."""
    every = tomllib.loads(Path(__file__).with_name("stock.toml").read_text("utf-8"))
    found: dict[str, Any] = every[country]
    return found
