"""Signing in as one of the cast, and sending forms as a browser does."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import get_random_string

from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.gate import ENTRANCE
from stegvis.platform.tenancy.scope import SETTINGS
from tests.cast.people import Colleague

SECOND_FACTOR = {"method": "mfa", "type": "totp"}
NOTHING = ("",) * len(SETTINGS)
_READ = ", ".join(
    f"coalesce(current_setting('stegvis.{name}', true), '') as {name}" for name in SETTINGS
)
_CLEAR = ", ".join(f"set_config('stegvis.{name}', '', true)" for name in SETTINGS)
_NAMES = ", ".join(f"before.{name}" for name in SETTINGS)
# What stands there is read before it is cleared, in one round trip: a page makes eight.
_TAKE = (
    f"with before as materialized (select {_READ}), "  # noqa: S608 — fixed names
    f"after as materialized (select {_CLEAR} from before) select {_NAMES} from before, after"
)
_PUT = "select " + ", ".join(f"set_config('stegvis.{name}', %s, true)" for name in SETTINGS)


class Visitor(Client):
    """A browser. A test runs in one transaction, so the context a request sets would outlive it
    and later look-ups would see more than they may: it is put back after each request, past
    Django's own connection so that nobody counts it."""

    def request(self, **request: Any) -> Any:
        before = _take()
        try:
            return super().request(**request)
        finally:
            _put(before)

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        """A form carries a fresh key unless one is given; `submission=None` leaves it out."""
        if data is None or (isinstance(data, dict) and "content_type" not in extra):
            data = {"submission": str(uuid.uuid4()), **(data or {})}
            data = {name: value for name, value in data.items() if value is not None}
        return super().post(path, data, *args, **extra)


def _reachable() -> bool:
    return bool(
        connection.in_atomic_block and not connection.needs_rollback and connection.connection
    )


def _take() -> tuple[str, ...]:
    if not _reachable():
        return NOTHING
    return tuple(connection.connection.execute(_TAKE).fetchone())


def _put(values: tuple[str, ...]) -> None:
    if _reachable():
        connection.connection.execute(_PUT, values)


@cache
def _handler() -> ClientHandler:
    """The middleware is loaded once, not once for each who signs in."""
    return ClientHandler(enforce_csrf_checks=False)


def session_of(colleague: Colleague, *, second_factor: bool = True) -> Session:
    """A session as it stands after sign-in with both factors, yet to be stored."""
    now = int(time.time())
    said = {
        SESSION_KEY: str(colleague.user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: colleague.user.get_session_auth_hash(),
        "account_authentication_methods": [
            {"method": "password", "at": now, "email": colleague.user.email},
            *([SECOND_FACTOR | {"at": now}] if second_factor else []),
        ],
        "tenant": str(colleague.town.tenant),
        "seen": now,
    }
    if colleague.role is Role.PARTICIPANT:  # comes by a link and its code, never by a password
        said[ENTRANCE] = "link"
    return Session(
        session_key=get_random_string(32, VALID_KEY_CHARS),
        session_data=SessionStore().encode(said),
        expire_date=timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )


def sign_in(colleague: Colleague, *, second_factor: bool = True) -> Visitor:
    """Without the cost of a password."""
    session = session_of(colleague, second_factor=second_factor)
    session.save(force_insert=True)
    return bearing(session)


def bearing(session: Session) -> Visitor:
    """A browser that has the cookie of a session that is stored."""
    visitor = Visitor()
    visitor.handler = _handler()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return visitor


class Queries(CaptureQueriesContext):
    """The statements made inside, those that only open and close transactions left out."""

    @property
    def statements(self) -> list[str]:
        aside = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
        made = [str(query["sql"]) for query in self.captured_queries]
        return [text for text in made if not text.startswith(aside)]

    @property
    def count(self) -> int:
        return len(self.statements)
