"""Decisions in words."""

from __future__ import annotations

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.steps.models import StepDecision

FAULTS = {
    "grounds_missing": gettext_lazy("Write the reason: this move needs one in writing."),
    "own_words_missing": gettext_lazy("Write the person's own words, or say why they are missing."),
    "before_the_step_began": gettext_lazy("The day lies before the present step began."),
    "begins_with_the_talk": gettext_lazy(
        "The first step begins on the day of the first talk about screening."
    ),
    "before_the_enrolment": gettext_lazy("The day lies before the enrolment."),
    "within_an_earlier_step": gettext_lazy("The day lies within an earlier step."),
    "decided_ahead": gettext_lazy(
        "A step that begins later has already been decided. Correct that decision instead."
    ),
    "category_outside": gettext_lazy(
        "The group set leads elsewhere than to that step. Set another group first."
    ),
    "no_such_step": gettext_lazy("The programme has no such step."),
    "enrolment_ended": gettext_lazy("The person has left this programme."),
    "only_the_latest_is_corrected": gettext_lazy("Only the latest decision can be corrected."),
    "another_programme": gettext_lazy("That version belongs to another programme."),
    "step_not_in_version": gettext_lazy("The new version does not have the present step."),
}
NO_WORDS = {
    "did_not_want": gettext_lazy("Did not want to say anything"),
    "not_there": gettext_lazy("Was not there"),
    "not_asked": gettext_lazy("Was not asked"),
}


def named(model: Programme, code: str, track: str) -> str:
    """The step's number and name, as the reader's office calls it."""
    if not code:
        return ""
    if code not in {step.code for ladder in model.ladders for step in ladder.steps}:
        return code  # decided on an earlier version, which had it
    step = model.step(code)
    return f"{step.ordinal} {pick(step_name(model, step, track), get_language() or 'sv')}"


def decision_words(decision: StepDecision, model: Programme, track: str) -> str:
    to = named(model, decision.to_step, track)
    return {
        "enter": _("Began on step %(to)s"),
        "forward": _("To step %(to)s"),
        "skip": _("On to step %(to)s, passing steps over"),
        "back": _("Back to step %(to)s"),
        "restart": _("Step %(to)s again"),
        "stay": _("Stays on step %(to)s"),
        "correct": _("An earlier decision corrected: step %(to)s"),
        "version": _("Moved to a newer version of the programme"),
        "leave": _("Left the programme"),
    }[decision.kind] % {"to": to}
