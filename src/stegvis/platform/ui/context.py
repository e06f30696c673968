"""What every page's frame needs: who is here, where they may go, and the form's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.keys import uuid7


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail. `counts`: how many things wait there for this visitor; 0 is silent."""

    url_name: str
    label: Any
    icon: str
    roles: frozenset[Role]
    order: int
    counts: Callable[[HttpRequest], int] | None = None


PLACES: list[Place] = []
"""Filled by config.places at start: the frame itself knows no page."""


def places(request: HttpRequest) -> list[tuple[Place, int]]:
    visit = getattr(request, "visit", None)
    if visit is None:
        return []
    mine = [place for place in PLACES if visit.actor.holds(*place.roles)]
    return [(p, p.counts(request) if p.counts else 0) for p in sorted(mine, key=lambda p: p.order)]


def face(request: HttpRequest) -> dict[str, Any]:
    match = getattr(request, "resolver_match", None)
    return {
        "visit": getattr(request, "visit", None),
        "places": SimpleLazyObject(lambda: places(request)),
        "here": match.view_name if match else "",
        "submission": SimpleLazyObject(lambda: str(uuid7())),
    }
