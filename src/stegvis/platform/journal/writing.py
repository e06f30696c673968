"""Writing the journal: said where it happens, appended once at the end of the scope.

The chain's head is one row per municipality, locked while it is moved. Appending last keeps that
lock for the shortest time, and always last means that two requests cannot wait for each other.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.journal.models import Sort


@dataclass(slots=True)
class Page:
    """What is being served now; collects what is to be written of it."""

    what: str
    purpose: Purpose
    request: uuid.UUID | None = None
    basis: str = ""
    shows: str = ""
    seen: dict[uuid.UUID, None] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


_page: ContextVar[Page | None] = ContextVar("page", default=None)


class NothingToWriteOn(RuntimeError):
    """A record was read or written outside a page or a job: it would have left no trace."""


def _open() -> Page:
    page = _page.get()
    if page is None:
        raise NothingToWriteOn
    return page


def seen(persons: Iterable[uuid.UUID], *, shows: FieldClass | None = None) -> None:
    """These persons' records are shown on the page that is being made."""
    page = _open()
    page.seen.update(dict.fromkeys(persons))
    if shows:
        page.shows = shows


def wrote(
    what: str, persons: Iterable[uuid.UUID] = (), *, sort: Sort = Sort.WRITE, **details: Any
) -> None:
    """Something happened. `what` in the past tense; details hold codes and keys, never names."""
    _open().events.append(
        {"sort": sort, "what": what, "persons": [str(p) for p in persons], "details": details}
    )


def so_far() -> int:
    return len(_open().events)


def unsay(after: int) -> None:
    """What was written after this point has been rolled back: it did not happen. What was refused
    was refused all the same."""
    events = _open().events
    events[after:] = [event for event in events[after:] if event["sort"] == Sort.DENIED]


@contextmanager
def keeping(page: Page) -> Iterator[Page]:
    """Collect what is seen and written, and append it when the work has gone well.

    An error drops it together with the work: both are in one transaction.
    """
    token = _page.set(page)
    try:
        yield page
        _append(page)
    finally:
        _page.reset(token)


def _append(page: Page) -> None:
    events = list(page.events)
    if page.seen:
        persons = [str(person) for person in page.seen]
        events.append({"sort": Sort.READ, "what": page.what, "persons": persons, "details": {}})
    if not events:
        return
    common: Mapping[str, Any] = {
        "purpose": page.purpose,
        "basis": page.basis,
        "shows": page.shows,
        "request": str(page.request) if page.request else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select journal_append(%s::jsonb)", [json.dumps([{**common, **e} for e in events])]
        )
