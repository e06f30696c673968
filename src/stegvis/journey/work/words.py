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
FAULTS = {
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
