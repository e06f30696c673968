"""The gate every request passes: who, in which municipality, may this page, this person; then the
page itself, its journal and its answer in one transaction."""

from __future__ import annotations

import json
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from psycopg.errors import DeadlockDetected, UniqueViolation

from stegvis.platform.access import foreign
from stegvis.platform.access.authority import Hidden, authorise
from stegvis.platform.access.decision import Act, Actor, Holding
from stegvis.platform.access.pages import Policy
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal import writing
from stegvis.platform.journal.answers import answered_once
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import Scope, here, scope, today
from stegvis.platform.tenancy.speech import LANGUAGE_OF, speak

log = structlog.get_logger()

TOUCH_SECONDS = 300  # the session is written at most this often, so that reading stays reading
ENTRANCE = "entrance"  # in a participant's session: how they came in
READS = frozenset({"GET", "HEAD"})
METHODS = READS | {"POST"}


class Gate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(sorted(METHODS))
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        policy = _policy(request, view)
        if policy is None:
            raise PermissionDenied
        if policy.open_to_all:
            return None
        door = _door(request, policy)
        if not request.user.is_authenticated:
            return redirect(f"{door}?next={request.path}")
        if _idle(request):
            logout(request)
            return redirect(f"{door}?idle=1&next={request.path}")
        if not policy.roles and policy.shows is None:
            if _by_portal(request):
                raise Http404  # no password and no second factor of a participant's to change
            return None  # the visitor's own account: password, second factor, sign-out
        if settings.SECOND_FACTOR_REQUIRED and not _second_factor(request):
            return redirect(_factor_page(request))
        return _serve(request, policy, view, args, kwargs)


def _by_portal(request: HttpRequest) -> bool:
    """Whether the session came through a participant's way in: by link and code, or by pictures
    on a shared device. Such a session is a participant's and nothing else's, and a colleague's
    session is never a participant's, also where one person is both."""
    return ENTRANCE in request.session


def _door(request: HttpRequest, policy: Policy) -> str:
    if _by_portal(request) or policy.roles == {Role.PARTICIPANT}:
        return str(settings.PARTICIPANT_DOOR)
    return str(settings.ACCOUNT_LOGOUT_REDIRECT_URL)


def _policy(request: HttpRequest, view: Any) -> Policy | None:
    """The view's own policy, or for a library's view the one written for its name in config."""
    own = getattr(view, "policy", None)
    if isinstance(own, Policy):
        return own
    match = request.resolver_match
    return foreign.PAGES.get(match.view_name) if match else None


def _idle(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    last = request.session.get("seen", now)
    shared = request.session.get(ENTRANCE) == "picture"
    lasts = settings.SHARED_IDLE_SECONDS if shared else settings.SESSION_IDLE_SECONDS
    if now - last > lasts:
        return True
    if now - last > min(TOUCH_SECONDS, lasts // 6) or "seen" not in request.session:
        request.session["seen"] = now
    return False


def _second_factor(request: HttpRequest) -> bool:
    """A link with its code, or a known device with its pictures, are two factors as well."""
    if _by_portal(request):
        return True
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def _factor_page(request: HttpRequest) -> str:
    """To set up a second factor; to show it, for whoever has just set one up in this session."""
    if is_mfa_enabled(request.user):
        return f"{reverse('mfa_reauthenticate')}?next={request.path}"
    return reverse("mfa_activate_totp")


def _enter(request: HttpRequest, about: uuid.UUID | None) -> Visit:
    """Open the visitor's municipality in the transaction that is running; `about`: whom the page is
    about, if one person. One query."""
    on = today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select stegvis_enter(%s, %s, %s, %s)",
            [request.user.pk, request.session.get("tenant"), on, about],
        )
        (found,) = cursor.fetchone()
    if found is None:
        raise PermissionDenied
    who = json.loads(found) if isinstance(found, str) else found
    tenant, member = uuid.UUID(who["tenant"]), uuid.UUID(who["member"])
    holdings = tuple(
        Holding(Role(role), uuid.UUID(unit) if unit else None)
        for role, unit in who["grants"]
        if (role == Role.PARTICIPANT) == _by_portal(request)
    )
    return Visit(
        actor=Actor(tenant=tenant, member=member, holdings=holdings),
        scope=Scope(tenant=tenant, on=on, member=member),
        member_name=who["member_name"],
        member_title=who["title"],
        tenant_name=who["tenant_name"],
        tenant_slug=who["slug"],
        country=who["country"],
        words=who["words"],
        unit=uuid.UUID(who["unit"]) if who["unit"] else None,
        unit_name=who["unit_name"] or "",
        track=who["track"] or "",
        request=uuid7(),
    )


def _serve(
    request: HttpRequest,
    policy: Policy,
    view: Callable[..., HttpResponse],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """Two hands at one moment: of what both looked up and found free, the first takes it. The other
    is served once more, from the beginning, and then meets what the first has written."""
    if request.method not in READS:
        try:
            return _attempt(request, policy, view, args, kwargs, again=True)
        except Crossed:
            log.info("page_served_again", page=_name(request))
    return _attempt(request, policy, view, args, kwargs)


class Crossed(Exception):
    """Another hand was faster; nothing of this attempt is left."""


def _crossed(fault: Exception) -> bool:
    cause = fault.__cause__
    return isinstance(fault, StaleRow) or isinstance(cause, UniqueViolation | DeadlockDetected)


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _attempt(
    request: HttpRequest,
    policy: Policy,
    view: Callable[..., HttpResponse],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    *,
    again: bool = False,
) -> HttpResponse:
    """Raises Crossed where another attempt may help and `again` says that there is one."""
    visit: Visit | None = None
    page = writing.Page(what=_name(request), purpose=policy.purpose, shows=str(policy.shows or ""))
    try:
        with transaction.atomic():
            visit = _enter(request, kwargs[policy.person] if policy.person else None)
            page.request = visit.request
            request.visit = visit  # type: ignore[attr-defined]
            _speak(request, visit)
            with here(visit.scope), writing.keeping(page):
                _admit(visit, policy, page, request, kwargs)
                if policy.person and not policy.writes and request.method not in READS:
                    return HttpResponseNotAllowed(sorted(READS))
                if policy.repeats:
                    return view(request, *args, **kwargs)
                return answered_once(request, visit, lambda: view(request, *args, **kwargs))
    except Hidden as hidden:
        if visit:
            _log_denied(visit, page, hidden)
        raise Http404 from None
    except (Http404, PermissionDenied, BadRequest):
        raise
    except Exception as fault:
        if again and _crossed(fault):
            raise Crossed from None
        _log_fault(page, fault)
        raise


def _log_fault(page: writing.Page, fault: Exception) -> None:
    """Where it broke, never with what: a database's words for a fault quote the row."""
    ours = [f for f in traceback.extract_tb(fault.__traceback__) if "stegvis" in f.filename]
    at = [f"{frame.filename.rpartition('/stegvis/')[2]}:{frame.lineno}" for frame in ours[-6:]]
    log.error(
        "page_failed",
        page=page.what,
        request=str(page.request or ""),
        fault=type(fault).__name__,
        at=at,
    )


def _admit(
    visit: Visit,
    policy: Policy,
    page: writing.Page,
    request: HttpRequest,
    kwargs: dict[str, Any],
) -> None:
    if not visit.actor.holds(*policy.roles):
        raise Http404
    if not policy.person or policy.shows is None:
        return
    person = kwargs[policy.person]
    act = Act.WRITE if policy.writes and request.method not in READS else Act.READ
    allowed = authorise(visit.actor, act, person, policy.shows, on=visit.scope.on)
    page.basis = allowed.basis
    writing.seen([person])


def _speak(request: HttpRequest, visit: Visit) -> None:
    """The visitor's chosen language, else the municipality's; with the municipality's words."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    speak((chosen and get_language()) or LANGUAGE_OF[visit.country], visit.words)


def _log_denied(visit: Visit, page: writing.Page, hidden: Hidden) -> None:
    """The refused attempt is kept, in a transaction of its own: the first one was rolled back."""
    refused = writing.Page(what=page.what, purpose=page.purpose, request=page.request)
    with scope(visit.actor.tenant, member=visit.actor.member), writing.keeping(refused):
        writing.wrote(page.what, [hidden.person], sort=Sort.DENIED, reason=hidden.reason)
