"""Pauses and support in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PAUSES = {
    "illness": _("Illness"),
    "parental_leave": _("Parental leave"),
    "care": _("Care of a relative"),
    "treatment": _("Treatment"),
    "travel": _("Away"),
    "other": _("Other"),
}
EXEMPTIONS = {
    "absent": _("The person is away"),
    "met_otherwise": _("We meet in another talk"),
    "agreed": _("Agreed with the person"),
    "nobody_to_take_it": _("There is nobody to take it"),
    "other": _("Something else"),
}
"""Ours: codes without a word about health, fit for whoever may read the plan."""
DUTY_STATES = {
    "open": _("To do"),
    "done": _("Done"),
    "not_needed": _("Not needed"),
}
FAULTS = {
    "exemption_reason_missing": _("Choose why it is let pass this time."),
    "always_asked": _("The programme asks for this of everyone on the step."),
    "not_due": _("Nothing of that kind is due now."),
    "exemption_twice": _(
        "The last exemption had the same reason, and it has not happened since. "
        "Choose another reason, or do it."
    ),
    "exemption_unknown": _("The programme asks for nothing of that kind."),
    "before_the_pause": _("The pause would end before it begins."),
    "reason_missing": _("Write why the support differs."),
}
SUPPORT = {
    "much": _("Much support"),
    "less": _("Less support"),
    "little": _("A little support"),
    "on_demand": _("Support when needed"),
}
