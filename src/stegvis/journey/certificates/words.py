"""Trainings in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "done_before": _("It is completed already."),
    "ahead": _("It cannot be completed ahead of now."),
    "named_before": _("There is a training of that name already."),
    "in_cv": _("It stands among the certificates already."),
}
