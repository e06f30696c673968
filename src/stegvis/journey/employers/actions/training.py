"""Ambassadors asked how it goes, and who has gone through what, from a list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence

from stegvis.journey.employers.actions.sharing import publish_all
from stegvis.journey.employers.facts.training import Through
from stegvis.journey.employers.models import AmbassadorAsked, Completed, Employee
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

QUESTIONS = ("prepared", "supported", "again")


def ask(employee: Employee, *, submission: uuid.UUID | None = None) -> AmbassadorAsked:
    """Three short questions to one of the staff (JI-53). Raises NotNow while some wait, and for
    whoever has left. Two who ask at once ask one after the other."""
    Employee.employees.select_for_update().get(pk=employee.pk)
    if employee.until is not None and employee.until <= current().on:
        raise NotNow("has_left")
    if employee.asked.filter(answered_on__isnull=True).exists():
        raise NotNow("asked_waits")
    row = AmbassadorAsked(
        tenant_id=employee.tenant_id, employee=employee, on=current().on,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("ambassador_asked", employee=str(employee.pk))
    return row


def answered(row: AmbassadorAsked, said: Mapping[str, int]) -> None:
    """Raises NotNow, StaleRow."""
    if row.answered_on is not None:
        raise NotNow("answered_before")
    if any(said.get(name) not in range(1, 5) for name in QUESTIONS):
        raise NotNow("answers_missing")
    for name in QUESTIONS:
        setattr(row, name, said[name])
    row.answered_on = current().on
    row.save_if_unchanged("answered_on", *QUESTIONS)
    wrote("ambassador_answered", asked=str(row.pk))


def record(lines: Sequence[Through]) -> int:
    """Write down what a list says, those of the staff it names first among them; how many were
    new. What stands already is kept, and a day that was not known is filled in. Raises NotNow."""
    if any(one.on is not None and one.on > current().on for one in lines):
        raise NotNow("module_future")
    staff = _staff(lines)
    keys = {row.pk for row in staff.values()}
    there = {
        (one.employee_id, one.module_id): one
        for one in Completed.objects.filter(employee__in=keys).order_by("id")
    }
    new = 0
    for line in lines:
        worker = staff[line.site.pk, line.name.casefold()]
        known = there.get((worker.pk, line.module.pk))
        if known is None:
            row = Completed(
                tenant_id=worker.tenant_id, employee=worker, module=line.module, on=line.on
            )  # fmt: skip
            row.save(force_insert=True)
            there[worker.pk, line.module.pk], new = row, new + 1
        elif known.on is None and line.on is not None:
            known.on = line.on
            known.save_if_unchanged("on")
    wrote("completions_listed", lines=len(lines), new=new)
    publish_all()
    return new


def _staff(lines: Iterable[Through]) -> dict[tuple[uuid.UUID, str], Employee]:
    """By site and name; who is not there yet is written down, from which day nobody has said."""
    wanted = {(one.site.pk, one.name.casefold()): one for one in lines}
    rows = Employee.employees.standing(current().on).filter(site__in={key for key, _n in wanted})
    found = {(row.site_id, row.name.casefold()): row for row in rows.order_by("-created_at", "id")}
    for key, line in wanted.items():
        if key not in found:
            row = Employee(tenant_id=line.site.tenant_id, site=line.site, name=line.name)
            row.save(force_insert=True)
            wrote("employee_added", row=str(row.pk))
            found[key] = row
    return found
