"""Keeping, finding and forgetting what somebody is typing.

A draft is no part of a person's record: it is written every few seconds and read by its writer
alone, so the journal keeps that the page was opened and, when a draft is given back, that it was.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import Policy
from stegvis.platform.access.sealing import Unreadable, seal_bytes, unseal_bytes
from stegvis.platform.drafts.models import Draft
from stegvis.platform.journal.visit import Visit

LONGEST = 200_000  # characters of one form; a whole mapping is a tenth of it
KEPT_DAYS = 30
MARK = "draft"  # the field by which a form says that a draft of it is kept

type Said = dict[str, list[str]]


class TooLong(ValueError):
    """More than any form holds; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the browser names it, on a page this visitor may open now."""

    path: str
    name: str
    person: uuid.UUID | None
    shows: FieldClass | None


def form_of(path: str, name: str, visit: Visit) -> Form:
    """Raises Http404 where the page itself would not open for writing: what one may no longer
    write, one's draft does not give back either."""
    if not path:
        raise BadRequest("no form is named")
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    policy = getattr(match.func, "policy", None)
    if not isinstance(policy, Policy) or not visit.actor.holds(*policy.roles):
        raise Http404
    person = match.kwargs.get(policy.person) if policy.person else None
    if person is not None and policy.shows is not None:
        act = Act.WRITE if policy.writes else Act.READ
        authorise(visit.actor, act, person, policy.shows, on=visit.scope.on)
    return Form(path[:300], name[:40], person, policy.shows)


def keep(form: Form, said: Said, visit: Visit) -> dt.datetime:
    """Store, in place of what was kept of this form before. Raises TooLong."""
    raw = json.dumps(said, ensure_ascii=False)
    if len(raw) > LONGEST:
        raise TooLong
    now = timezone.now()
    row = Draft(
        tenant_id=visit.actor.tenant,
        member_id=visit.actor.member,
        path=form.path,
        form=form.name,
        person=form.person,
        sealed=seal_bytes(visit.actor.tenant, raw.encode()),
        saved_at=now,
    )
    Draft.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["tenant", "member", "path", "form"],
        update_fields=["sealed", "saved_at", "person"],
    )
    return now


def kept(form: Form, visit: Visit) -> tuple[Said, dt.datetime] | None:
    own = Draft.objects.filter(member=visit.actor.member, path=form.path, form=form.name)
    row = own.first()
    if row is None:
        return None
    try:
        said = json.loads(unseal_bytes(visit.actor.tenant, bytes(row.sealed)))
    except Unreadable:  # the municipality's key has been changed since
        return None
    return said, row.saved_at


def forget(path: str, name: str, visit: Visit) -> None:
    Draft.objects.filter(member=visit.actor.member, path=path, form=name).delete()


def forget_sent(request: HttpRequest, visit: Visit) -> None:
    """A form has done its work: what was kept of it goes, in the same transaction."""
    if MARK in request.POST:
        forget(request.path, request.POST[MARK], visit)


def waiting(visit: Visit) -> list[Draft]:
    """The visitor's own drafts, the latest first; whom they are about the caller checks."""
    since = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    return list(Draft.objects.filter(member=visit.actor.member, saved_at__gt=since)[:20])


def read_said(raw: str) -> Said:
    """The browser's fields; anything else than names with lists of texts is refused."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest("the fields cannot be read") from None
    if not isinstance(said, Mapping) or not all(_is_said(one) for one in said.items()):
        raise BadRequest("the fields cannot be read")
    return dict(said)


def _is_said(field: tuple[object, object]) -> bool:
    name, values = field
    return _is_text(name) and isinstance(values, list) and all(_is_text(one) for one in values)


def _is_text(one: object) -> bool:
    """Half a sign (a lone surrogate, which JSON can spell) is no text and cannot be kept."""
    return isinstance(one, str) and not any("\ud800" <= sign <= "\udfff" for sign in one)
