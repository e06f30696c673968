"""Sorts, purposes, relations and rules of the journal in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SORTS: dict[str, Any] = {
    "read": _("Read"),
    "write": _("Wrote"),
    "denied": _("Refused"),
    "search": _("Searched"),
    "batch": _("Brought in from a file"),
}
PURPOSES: dict[str, Any] = {
    "case_work": _("Case work"),
    "intake": _("Referral"),
    "supervision": _("Supervision at work"),
    "protection": _("Protected identity"),
    "log_review": _("Review of the log"),
    "own": _("The person's own"),
    "job": _("A job of the system"),
}
BASES: dict[str, Any] = {
    "case_worker": _("is the person's case worker"),
    "work_supervisor": _("supervises the person at work"),
    "job_mediator": _("is the person's job mediator"),
    "unit": _("manages the unit"),
    "intake": _("a referral lies with the unit"),
    "named": _("is named for a protected person"),
    "self": _("is the person"),
}
REASONS: dict[str, Any] = {
    "no_relation": _("no assignment"),
    "other_tenant": _("another municipality"),
    "barred": _("barred from this person"),
    "protected": _("protected identity"),
    "field_class": _("not part of the task"),
    "no_actor": _("nobody behind it"),
    "wrong": _("wrong code or pictures"),
    "shut": _("shut after too many tries"),
}
RULES: dict[str, tuple[Any, str, str]] = {
    "denied": (_("Without assignment"), "user-x", "late"),
    "protected": (_("Protected identity"), "lock", "late"),
    "same_name": (_("Same family name"), "users", "warn"),
    "many": (_("Many in a short time"), "timer", "warn"),
    "evening": (_("Evening and weekend"), "moon", ""),
    "sample": (_("Sample"), "dices", "info"),
}
LOOKED_AT: dict[str, Any] = {
    "denied": _("all"),
    "protected": _("all, one person at a time"),
    "same_name": _("all, one person at a time"),
    "many": _("all of more than 25 people in 15 minutes"),
    "evening": _("every tenth"),
    "sample": _("2 of 100"),
}
