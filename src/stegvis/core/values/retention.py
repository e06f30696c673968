"""Deletion by rule: a class of data, the days it is kept, and the day it goes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` counted from the day the data came; `most`: what a municipality may choose at most."""

    data_class: str
    days: int
    ours: bool
    most: int

    def goes_on(self, came: date) -> date:
        """The first day on which it may no longer be there."""
        return came + timedelta(days=self.days)

    def chosen(self, days: int) -> Rule:
        """As a municipality has it. ValueError for longer than the class may be kept."""
        if not 1 <= days <= self.most:
            raise ValueError(f"{self.data_class} is kept for 1 to {self.most} days, not {days}")
        return replace(self, days=days, ours=False)


@cache
def rules() -> Mapping[str, Rule]:
    table = tomllib.loads(
        files("stegvis.core.values").joinpath("retention.toml").read_text("utf-8")
    )
    return {name: Rule(name, **said) for name, said in table.items()}
