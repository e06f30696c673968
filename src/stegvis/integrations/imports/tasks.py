"""Storing in the background, for files too large to wait for."""

from __future__ import annotations

import uuid
from typing import Any

from procrastinate import exceptions
from procrastinate.contrib.django import app

from stegvis.integrations.imports.actions import carry_out

ALONE = 500  # ours: rows that are stored while the visitor waits


@app.task(name="imports.store", queue="imports")
def store_file(tenant: str, file: str, allowed: list[str] | None, by: str) -> None:
    """Go on with a file until all that is ready is stored."""
    units = None if allowed is None else [uuid.UUID(each) for each in allowed]
    carry_out(uuid.UUID(tenant), uuid.UUID(file), allowed=units, by=uuid.UUID(by))


def queue(
    tenant: uuid.UUID, file: uuid.UUID, *, allowed: list[uuid.UUID] | None, by: uuid.UUID
) -> None:
    """Have it stored by the worker; asked for twice, it is done once."""
    lock = f"import {file}"
    units: Any = None if allowed is None else [str(each) for each in allowed]
    try:
        job = store_file.configure(lock=lock, queueing_lock=lock)
        job.defer(tenant=str(tenant), file=str(file), allowed=units, by=str(by))
    except exceptions.AlreadyEnqueued:
        return
