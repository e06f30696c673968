"""Notes of the years before as tests write them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from stegvis.journey.background import actions
from stegvis.journey.background.models import ContactSurface, TestOrder
from stegvis.journey.intake.models import Enrolment
from tests.cast.people import Cast


def road(cast: Cast, key: str = "own") -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person(key).enrolment)
    return row


def a_contact(person: uuid.UUID, name: str = "Kronofogden", **more: Any) -> ContactSurface:
    said = {"kind": "ENFORCEMENT", "name": name, "hours_month": "2.0", **more}
    return actions.write_down(ContactSurface, person, said, by=None)


def a_test(cast: Cast, kind: str, *, on: dt.date, by: Any = None, **more: Any) -> TestOrder:
    said = {
        "kind": kind, "why": "För platsen", "provider": "Företagshälsan", "consent": "written",
        "consent_on": on, "ordered_on": on, "own_consent": True, **more,
    }  # fmt: skip
    return actions.order_test(road(cast), actions.NewTest(**said), by=by)
