"""Who is here, in which municipality, with what roles: known for the length of one request."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from stegvis.platform.access.decision import Actor
from stegvis.platform.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here: on every request after sign-in as `request.visit`."""

    actor: Actor
    scope: Scope
    member_name: str
    member_title: str
    tenant_name: str
    tenant_slug: str
    country: str
    words: Mapping[str, str]
    unit: uuid.UUID | None
    unit_name: str
    track: str
    request: uuid.UUID


def visit_of(request: HttpRequest) -> Visit:
    """The visit of a request that has passed the gate."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
