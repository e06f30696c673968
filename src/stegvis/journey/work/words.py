"""The room in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "ended": _("The person has left the programme."),
    "before_the_road": _("That is before the road began."),
    "day_backwards": _("A day must end after it begins, and be longer than its break."),
    "hours_outside": _("The week must come to between 2 and 40 hours, breaks left out."),
}
