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
FAULTS = {
    "before_the_pause": _("The pause would end before it begins."),
    "reason_missing": _("Write why the support differs."),
}
SUPPORT = {
    "much": _("Much support"),
    "less": _("Less support"),
    "little": _("A little support"),
    "on_demand": _("Support when needed"),
}
