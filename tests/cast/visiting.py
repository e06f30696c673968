"""Signing in as one of the cast, and sending forms as a browser does."""

from __future__ import annotations

import time
import uuid
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.gate import ENTRANCE
from stegvis.platform.tenancy.scope import SETTINGS
from tests.cast.people import Colleague

SECOND_FACTOR = {"method": "mfa", "type": "totp"}
_READ = ", ".join(f"coalesce(current_setting('stegvis.{name}', true), '')" for name in SETTINGS)
_SET = ", ".join(f"set_config('stegvis.{name}', %s, true)" for name in SETTINGS)
NOTHING = ("",) * len(SETTINGS)


class Visitor(Client):
    """A browser. A test runs in one transaction, so the context a request sets would outlive it
    and later look-ups would see more than they may: it is put back after each request, past
    Django's own connection so that nobody counts it."""

    def request(self, **request: Any) -> Any:
        before = _context(NOTHING)
        try:
            return super().request(**request)
        finally:
            _context(before)

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        """A form carries a fresh key unless one is given; `submission=None` leaves it out."""
        if data is None or (isinstance(data, dict) and "content_type" not in extra):
            data = {"submission": str(uuid.uuid4()), **(data or {})}
            data = {name: value for name, value in data.items() if value is not None}
        return super().post(path, data, *args, **extra)


def _context(values: tuple[str, ...]) -> tuple[str, ...]:
    if not connection.in_atomic_block or connection.needs_rollback or connection.connection is None:
        return NOTHING
    row = connection.connection.execute(f"select {_READ}").fetchone()
    connection.connection.execute(f"select {_SET}", values)
    return tuple(row)


@cache
def _handler() -> ClientHandler:
    """The middleware is loaded once, not once for each who signs in."""
    return ClientHandler(enforce_csrf_checks=False)


def sign_in(colleague: Colleague, *, second_factor: bool = True) -> Visitor:
    """A session as it stands after sign-in with both factors, without the cost of a password."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    now = int(time.time())
    store[SESSION_KEY] = str(colleague.user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = colleague.user.get_session_auth_hash()
    store["account_authentication_methods"] = [
        {"method": "password", "at": now, "email": colleague.user.email},
        *([SECOND_FACTOR | {"at": now}] if second_factor else []),
    ]
    if colleague.role is Role.PARTICIPANT:  # comes by a link and its code, never by a password
        store[ENTRANCE] = "link"
    store["tenant"] = str(colleague.town.tenant)
    store["seen"] = now
    store.save(must_create=True)
    visitor = Visitor()
    visitor.handler = _handler()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
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
