"""The verbs: companies, their sites, who answers there, what they offer, and what their staff have
learnt. The journal keeps keys; nothing of it is about a participant."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from stegvis.core.values import firms
from stegvis.journey.employers.actions.sharing import publish_all
from stegvis.journey.employers.models import (
    ASPECTS,
    Access,
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Opening,
    OpeningRequirement,
    PostalArea,
    Site,
)
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import Row
from stegvis.platform.tenancy.scope import current

UNSIGNED = {"looked_by": "", "looked_from": "", "looked_on": None}

type Asks = Mapping[str, tuple[int, bool]]
"""By function: how far on the scale, and whether it must be known before."""
type Done = Mapping[uuid.UUID, dt.date | None]


def _kept(row: Row, fields: Sequence[str], taken: str) -> None:
    try:
        with transaction.atomic():
            if fields:
                row.save_if_unchanged(*fields)
            else:
                row.save(force_insert=True)
    except IntegrityError:
        if not taken:
            raise
        raise NotNow(taken) from None


def _keep[R: Row](row: R, said: Mapping[str, Any], what: str, taken: str = "") -> R:
    """A new row, or what was said of one. Raises StaleRow; `taken`: when another has its name."""
    new = row._state.adding
    row.tenant_id = current().tenant
    for name, value in said.items():
        setattr(row, name, value)
    since, until = getattr(row, "since", None), getattr(row, "until", None)
    if since and until and until <= since:
        raise NotNow("leaves_before")
    _kept(row, () if new else tuple(said), taken)
    wrote(f"{what}_added" if new else f"{what}_changed", row=str(row.pk))
    return row


def keep_company(row: Company, said: dict[str, Any], *, country: str) -> Company:
    """Its number is the country's; blank when nobody has it yet."""
    number = firms.digits(said["number"], country)
    if number and (fault := firms.fault_of_company(number, country)):
        raise NotNow(fault)
    kept = _keep(row, said | {"number": number}, "company", "number_taken")
    publish_all()
    return kept


def keep_site(row: Site, said: dict[str, Any]) -> Site:
    """One member is its entrance, or nobody yet (FM-47)."""
    number = firms.digits(said.get("number", row.number), "")
    if number and (fault := firms.fault_of_site(number)):
        raise NotNow(fault)
    if any(code in said and said[code] != getattr(row, code) for code in ASPECTS):
        said = said | UNSIGNED  # nobody has signed for what is said now
    kept = _keep(row, said | {"number": number}, "site", "site_taken")
    publish_all()
    return kept


def review(row: Site, said: dict[str, Any]) -> Site:
    """How accessible a site is, signed for by a named expert, with the plan for when somebody is in
    need of it (JI-46). What was said before stays remembered. Raises NotNow, StaleRow."""
    if bool(said["looked_by"].strip()) != (said["looked_on"] is not None):
        raise NotNow("looked_half")
    if said["looked_on"] is not None and said["looked_on"] > current().on:
        raise NotNow("ahead")
    if said["looked_from"].strip() and not said["looked_by"].strip():
        raise NotNow("looked_half")
    if said["preparedness"] in (Access.YES, Access.PARTLY) and not said["plan"].strip():
        raise NotNow("plan_empty")
    return _keep(row, said, "site_access")


def keep_contact(row: ContactPerson, said: dict[str, Any]) -> ContactPerson:
    return _keep(row, said, "company_contact")


def keep_opening(row: Opening, said: dict[str, Any], asks: Asks) -> Opening:
    """With what it asks. What is asked no more goes; that it was asked stays remembered."""
    least, most = said["hours_from"], said["hours_to"]
    if least is not None and most is not None and most < least:
        raise NotNow("hours_order")
    _keep(row, said, "opening")
    there = {one.function: one for one in row.requirements.order_by("id")}
    for code, (level, hard) in asks.items():
        one = there.pop(code, None) or OpeningRequirement(opening=row, function=code)
        if (one.level, one.hard) == (level, hard) and not one._state.adding:
            continue
        one.tenant_id, one.level, one.hard = row.tenant_id, level, hard
        if one._state.adding:
            one.save(force_insert=True)
        else:
            one.save_if_unchanged("level", "hard")
    for one in there.values():
        one.delete()
    publish_all()
    return row


def say_free(row: Opening, free: int | None, *, shared: bool) -> None:
    """What the company says is free today, and whether others see the opening. Raises NotNow,
    StaleRow."""
    if free is not None and row.places is not None and free > row.places:
        raise NotNow("more_free")
    row.free, row.free_on, row.shared = free, current().on if free is not None else None, shared
    row.save_if_unchanged("free", "free_on", "shared")
    wrote("opening_shared" if shared else "opening_kept", row=str(row.pk))
    publish_all()


def keep_postal_area(row: PostalArea, said: dict[str, Any]) -> PostalArea:
    """Raises NotNow: it is there already."""
    return _keep(row, said, "postal_area", "postal_taken")


def keep_module(row: AmbassadorModule, said: dict[str, Any]) -> AmbassadorModule:
    kept = _keep(row, said, "company_module", "module_taken")
    publish_all()
    return kept


def keep_employee(row: Employee, said: dict[str, Any], done: Done) -> Employee:
    """With the modules they have gone through; a tick taken back stays remembered.
    Modules that are over are not asked about, and stay as they are."""
    if any(day is not None and day > current().on for day in done.values()):
        raise NotNow("module_future")
    _keep(row, said, "employee")
    asked = AmbassadorModule.modules.standing(current().on)
    there = {one.module_id: one for one in row.completed.filter(module__in=asked).order_by("id")}
    for key, day in done.items():
        one = there.pop(key, None)
        if one is None:
            new = Completed(tenant_id=row.tenant_id, employee=row, module_id=key, on=day)
            new.save(force_insert=True)
        elif one.on != day:
            one.on = day
            one.save_if_unchanged("on")
    for one in there.values():
        one.delete()
    publish_all()
    return row
