"""The common milestones in words (requirements §6.1): they make programmes comparable."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MILESTONES = {
    "M0": _("Referred"),
    "M1": _("Enrolled"),
    "M2": _("Mapped"),
    "M3": _("Plan agreed"),
    "M4": _("First activity"),
    "M5": _("Work training begun"),
    "M6": _("First place outside"),
    "M7": _("First ordinary paid hour"),
    "M8": _("Job ready"),
    "M9": _("30 ordinary hours in a month"),
    "M10": _("Self-support"),
    "M11": _("Left"),
    "M12": _("Followed up after 90 days"),
}
