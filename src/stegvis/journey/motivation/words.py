"""The six places in a change in words, and what helps in each: support for a talk, in our own
words, after the wheel of change of seed 002 (V-20) and its tools (V-21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

STAGES = {
    "precontemplation": _("Precontemplation"),
    "contemplation": _("Contemplation"),
    "preparation": _("Preparation"),
    "action": _("Action"),
    "maintenance": _("Maintenance"),
    "relapse": _("Relapse"),
}
PROPOSERS = {"person": _("The person"), "staff": _("We did")}
AREAS = {
    "body": _("Physical health"),
    "relations": _("Relations"),
    "money": _("Money"),
    "mind": _("How one feels"),
    "authorities": _("Contact with authorities"),
    "future": _("Work or studies to come"),
}
FAULTS = {
    "a_trait_is_no_behaviour": _("That says what somebody is like. Write what the person does."),
    "behaviour_ended": _("This behaviour is talked about no more. Agree on it anew to go on."),
    "before_it_was_agreed": _("The day lies before the behaviour was agreed on."),
    "sign_missing": _("Write the sign: what was said or done."),
    "ruler_is_0_to_10": _("A ruler goes from 0 to 10."),
    "cross_is_empty": _("Write in at least one of the four."),
    "no_relapse": _("No relapse has been noted."),
    "relapse_looked_at": _("This relapse has been looked at already."),
}


@dataclass(frozen=True, slots=True)
class Guide:
    """What to listen for, what to ask, what helps and what does not."""

    focus: Any
    questions: tuple[Any, ...]
    do: tuple[Any, ...]
    leave: tuple[Any, ...]


GUIDES = {
    "precontemplation": Guide(
        _("The person sees no concern. Be curious about the days as they are."),
        (
            _("What is good about it as it is?"),
            _("Is there anything less good about it?"),
            _("What would others say who care about you?"),
        ),
        (_("Ask about both sides, with the good one first"), _("Ask whether you may tell a fact")),
        (_("Give advice"), _("Argue, or count up the risks")),
    ),
    "contemplation": Guide(
        _("Both for and against. Listen to both, and give no advice."),
        (
            _("What happens on the days it works?"),
            _("What would be won, and what lost?"),
            _("In a year, if nothing changes?"),
        ),
        (_("Say back both sides"), _("Fill in the cross together")),
        (
            _("Persuade, or list the gains"),
            _("Make a plan before the person has made up their mind"),
        ),
    ),
    "preparation": Guide(
        _("The mind is made up. Make it concrete, and plan for what may come between."),
        (
            _("What will you do first, and when?"),
            _("What have you tried before, and what worked?"),
            _("What could come between, and what then?"),
        ),
        (_("Make small steps with a day for each"), _("Ask who can help")),
        (_("Take over the plan"), _("Forget the earlier tries")),
    ),
    "action": Guide(
        _("Something has changed lately. Be the one to think aloud with."),
        (
            _("How does the change feel?"),
            _("What has become better, in which part of life?"),
            _("What is harder than you thought?"),
        ),
        (_("Lift what is won"), _("Look at each area of life that the change touches")),
        (_("Take it for granted"), _("Add the next change at once")),
    ),
    "maintenance": Guide(
        _("Keeping it up is work too. Find the hard situations before they come."),
        (
            _("When is it hardest?"),
            _("What do you do instead, then?"),
            _("What would be the first sign?"),
        ),
        (
            _("Write down the hard situation and what to do instead"),
            _("Keep on asking, more seldom"),
        ),
        (_("Think that it is over"),),
    ),
    "relapse": Guide(
        _("It happens on the way. What set it off is worth knowing, and then a new try."),
        (
            _("What came just before?"),
            _("What do you know now that you did not know then?"),
            _("What will the next try look like?"),
        ),
        (
            _("Look at it together, and make a new plan"),
            _("Say that giving up is not on the table"),
        ),
        (_("Blame, or start from nothing"),),
    ),
}
