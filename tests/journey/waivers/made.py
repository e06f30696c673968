"""Waivers as tests give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stegvis.journey.waivers.actions import NewWaiver


def new(now: dt.datetime, **changed: Any) -> NewWaiver:
    """Attendance and steps to the employment service, for the report, for ninety days."""
    said: dict[str, Any] = {
        "counterpart_kind": "AF",
        "counterpart_name": "Arbetsförmedlingen",
        "categories": ("steps", "attendance"),
        "purpose": "report",
        "basis": "osl_12_2",
        "form": "signed",
        "valid_from": now - dt.timedelta(minutes=1),
        "valid_to": now + dt.timedelta(days=90),
    }
    return NewWaiver(**(said | changed))
