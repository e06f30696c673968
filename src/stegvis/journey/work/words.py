"""The room in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WEEKDAYS = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
}
CAN = {
    "alone": _("Can do it alone"),
    "with_support": _("Can do it with support"),
    "not_now": _("Not now"),
}
SIGNS = {
    "alone": ("ok", "check"),
    "with_support": ("sup", "users"),
    "not_now": ("", "minus"),
}
"""The kind and the icon of a tag; the word always stands beside."""
LIKED = {
    "yes": _("Likes it"),
    "so_so": _("So-so"),
    "no": _("Does not like it"),
}
SCOPES = {
    "whole_area": _("The whole area"),
    "tasks": _("Some tasks"),
}
DECISIONS = {
    "extend": _("Extend"),
    "end": _("End"),
}
LACKS = {
    "ends": _("a last day"),
    "description": _("a description of the job"),
}
FAULTS = {
    "nothing_given": _("Choose an area, or at least one task."),
    "ends_before": _("The last day would come before the first."),
    "work_lacks": _(
        "The step asks for a last day and a description of the job. Add what is lacking, or write "
        "why the work is given all the same."
    ),
    "work_over": _("This work has been ended already."),
    "grounds_missing": _("Write why."),
    "not_longer": _("An extension needs a last day that lies further ahead."),
    "ended": _("The person has left the programme."),
    "not_yet": _("The day has not come yet."),
    "before_the_road": _("That is before the road began."),
    "day_backwards": _("A day must end after it begins, and be longer than its break."),
    "hours_outside": _("The week must come to between 2 and 40 hours, breaks left out."),
    "tried_backwards": _("The last day would come before the first."),
    "task_missing": _("Choose a task from the list, or write what it was; not both."),
    "how_missing": _("Say how it went."),
    "exercise_empty": _("Write how the language is trained by it."),
}
