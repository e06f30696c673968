"""A municipality's own list of reasons."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from stegvis.journey.attendance.models import Reason
from stegvis.journey.attendance.words import reasons
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

FIRST_OWN = 100  # below it the marks of ours


@dataclass(frozen=True, slots=True)
class NewReason:
    sv: str
    da: str
    en: str
    leave: bool
    closed: bool = False


def change_reason(new: NewReason, *, code: str = "") -> Reason:
    """One of the list in other words, out of use or counted otherwise from now on; without `code`
    one more. What has been marked keeps how it was counted. Raises NotNow: "reason_twice"."""
    known = reasons()
    names = {one.texts["sv"].casefold() for key, one in known.items() if key != code}
    if new.sv.casefold() in names:
        raise NotNow("reason_twice")
    row = Reason.objects.filter(code=code).first() if code else None
    if row is None:
        top = Reason.objects.aggregate(top=Max("mark"))["top"] or 0
        number = known[code].mark if code in known else max(top + 1, FIRST_OWN)
        row = Reason(tenant_id=current().tenant, code=code or f"own_{number}", mark=number)
    for name in ("sv", "da", "en", "leave", "closed"):
        setattr(row, name, getattr(new, name))
    row.save()
    wrote("absence_reason_changed", code=row.code, leave=row.leave, closed=row.closed)
    return row
