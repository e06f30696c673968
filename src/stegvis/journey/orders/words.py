"""States, checks and faults in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SORTS: dict[str, Any] = {
    "internal": _("Within the municipality"),
    "external": _("External customer"),
}
STATES: dict[str, tuple[str, str, Any]] = {
    "planned": ("info", "calendar", _("Planned")),
    "done": ("ok", "check", _("Done")),
    "cancelled": ("", "circle-x", _("Called off")),
}
CHECKS: dict[str, Any] = {
    "tools": _("Tools counted and ready for the next round"),
    "waste": _("Waste sorted"),
    "clean": _("Left clean and tidy"),
    "keys": _("Keys handed back"),
}
FAULTS: dict[str, Any] = {
    "number_taken": _("There is already an order with that number."),
    "visit_there": _("The order already has a visit that day."),
    "object_there": _("The order already has an object with that name."),
    "nothing_done": _("Nothing that is done and has a price is left to invoice."),
    "not_sent": _("The invoice basis has not been sent yet."),
    "receipt_missing": _("Write the number the finance side gave it."),
    "invoiced": _("That row is in an invoice basis and stays."),
    "price_missing": _("Say first what the order costs for each."),
    "closed": _("The order is closed."),
}
