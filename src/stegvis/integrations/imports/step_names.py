"""The step names of a programme model, as lists may write them."""

from __future__ import annotations

from stegvis.core.programme.model import Programme
from stegvis.integrations.imports.reading.values.steps import StepNames


def step_names(programme: Programme) -> StepNames:
    """Every name the steps of the primary ladder have, in every track and language."""
    return StepNames.of(
        (step.ordinal, name)
        for step in programme.primary.steps
        for texts in step.names.values()
        for name in texts.values()
    )
