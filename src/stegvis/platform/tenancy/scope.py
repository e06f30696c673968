"""The one way to the database: inside a scope, which is a transaction with a municipality in it.

Row security reads these settings. They are transaction-local, so a pooled connection carries
nothing over, and outside a scope every tenant table is empty.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

SETTINGS = ("tenant", "member", "service", "user", "on")
_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


class OutsideScope(RuntimeError):
    """Code asked for the municipality where none has been opened."""


@dataclass(frozen=True, slots=True)
class Scope:
    """`service` names a job without a person behind it (import, demo): it sees every person of its
    municipality and is written in the journal under that name."""

    tenant: uuid.UUID
    on: dt.date
    member: uuid.UUID | None = None
    service: str = ""
    known: dict[uuid.UUID, Any] = field(default_factory=dict, compare=False, repr=False)
    """Whose ties have been fetched in this transaction (platform.access.authority)."""


def current() -> Scope:
    scope = _current.get()
    if scope is None:
        raise OutsideScope("no municipality is open here")
    return scope


def today(zone: str = "Europe/Stockholm") -> dt.date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def _set(values: tuple[str, ...]) -> tuple[str, ...]:
    """Set all five, give back what stood before. One round trip."""
    # The inner select is materialised first, so the earlier values are read before they change.
    columns = ", ".join(
        f"coalesce(current_setting('stegvis.{n}', true), '') as {n}" for n in SETTINGS
    )
    sets = ", ".join(f"set_config('stegvis.{name}', %s, true)" for name in SETTINGS)
    names = ", ".join(f"before.{name}" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"with before as materialized (select {columns}), "  # noqa: S608 — fixed names
            f"after as materialized (select {sets} from before) select {names} from before, after",
            values,
        )
        row = cursor.fetchone()
    return tuple(row or ("",) * len(SETTINGS))


@contextmanager
def scope(
    tenant: uuid.UUID,
    *,
    member: uuid.UUID | None = None,
    service: str = "",
    on: dt.date | None = None,
) -> Iterator[Scope]:
    """Open a municipality: one transaction, its context set, both gone at the end."""
    opened = Scope(tenant=tenant, on=on or today(), member=member, service=service)
    with transaction.atomic():
        before = _set((str(tenant), str(member or ""), service, "", opened.on.isoformat()))
        with here(opened):
            yield opened
        if connection.savepoint_ids or any(before):
            _set(before)  # nested: the outer transaction goes on with its own context


@contextmanager
def here(opened: Scope) -> Iterator[None]:
    """Make a scope known to the code while it runs (the database part is set by the caller)."""
    token = _current.set(opened)
    try:
        yield
    finally:
        _current.reset(token)
