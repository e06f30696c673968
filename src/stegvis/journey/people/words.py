"""Kinds of numbers and grades of protection in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NUMBERS = {
    "personal": _("Personal number"),
    "coordination": _("Coordination number"),
    "reserve": _("Reserve number"),
    "replacement": _("Replacement number"),
}
GRADES = {
    "marked": _("Marked as secret"),
    "registration": _("Protected registration"),
    "assumed": _("Assumed identity"),
    "unsaid": _("Protected, grade not said"),
}
FAULTS = {
    "taken": _("This number cannot be registered here. Ask those responsible for the register."),
    "already_protected": _("The person is protected already."),
}
