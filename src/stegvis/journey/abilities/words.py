"""Abilities, ratings and what is seen, in words. What we begin with is data beside."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

STARTER = Path(__file__).with_name("starter.toml")

# Stands on the screen and on every sheet and export of what was seen (KN-72, INV-10).
LABEL = _("Observation summary – not an assessment of work ability")

SEEN = {
    "works": _("Works"),
    "with_support": _("Works with support"),
    "not_now": _("Not right now"),
}
SCALES = {"ten": _("0 to 10"), "function": _("0 to 4")}
APART = {
    "higher": _("The person rates it higher than what was seen"),
    "lower": _("It was seen to go better than the person rates it"),
}
SUPPORT = {
    "asked": _("Asked for help and got it"),
    "offered": _("Was offered help"),
    "company": _("Took part in the company: a break, a talk"),
}
NO_WORDS = {
    "did_not_want": _("Did not want to say anything"),
    "not_there": _("Was not there"),
}
TRIED_IN_WORK = _("Tried in work")
WORKSHOP = "workshop"  # where a programme names no places of its own
THE_WORKSHOP = _("The workshop")
FAULTS = {
    "no_such_item": _("This cannot be rated or observed here. Choose one from the list."),
    "item_not_named": _("Write what it is about."),
    "outside_scale": _("Choose a value on the scale, or that the person would rather not."),
    "not_yet": _("The day has not come yet."),
    "before_the_rating": _("It is tried after it was rated: choose a later day."),
    "tried_already": _("This rating is being tried already, or has been."),
    "trial_is_over": _("This has been tried already, or called off."),
    "another_person": _("That belongs to somebody else."),
    "not_with_the_person": _("Whoever is to try it must first work with the person."),
    "not_yours": _("Only whoever made the observation can take it back."),
    "own_words_missing": _("Write the person's own words, or say why they are missing."),
    "not_agreed": _("It is kept only when the person agrees."),
    "not_answered": _("Answer the question, or say that it is not relevant."),
    "no_such_document": _("The programme has no such document."),
    "nothing_asked": _("Write at least one question."),
    "backwards": _("It would end before it begins."),
    "order_is_closed": _("This order has been closed."),
    "reason_missing": _("The programme calls this place rare: write why it is chosen."),
    "no_such_place": _("The step is not done there."),
    "ended": _("The person has left this programme."),
    "already_ended": _("It has ended already."),
}


@cache
def starter() -> dict[str, Any]:
    """Abilities, items of the body and the words of the scales: starter.toml."""
    return tomllib.loads(STARTER.read_text("utf-8"))
