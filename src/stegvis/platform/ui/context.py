"""What every page's frame needs: who is here, where they may go, and the form's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
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


@dataclass(frozen=True, slots=True)
class Tab:
    """A page about one person; all of them take the person's key and nothing else."""

    url_name: str
    label: Any
    roles: frozenset[Role]


TABS: list[Tab] = []
"""Filled by config.places as well, in their order."""


def person_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about the person this page is about, those the visitor's roles open."""
    match, visit = request.resolver_match, getattr(request, "visit", None)
    person = match.kwargs.get("person") if match else None
    if visit is None or person is None:
        return []
    mine = [tab for tab in TABS if visit.actor.holds(*tab.roles)]
    return [
        {
            "url": reverse(tab.url_name, args=[person]),
            "label": tab.label,
            "current": match is not None and match.view_name == tab.url_name,
            "count": None,
        }
        for tab in mine
    ]


@dataclass(frozen=True, slots=True)
class Quick:
    """Something done in a moment about the person whose page is open, from the frame. `key`: the
    letter that opens it where a script runs."""

    url_name: str
    label: Any
    icon: str
    roles: frozenset[Role]
    key: str = ""


QUICK: list[Quick] = []
"""Filled by config.places as well."""


def quick_acts(request: HttpRequest) -> list[dict[str, Any]]:
    """Nothing where no person's page is open, or where the page is one of these itself."""
    match, visit = request.resolver_match, getattr(request, "visit", None)
    person = match.kwargs.get("person") if match else None
    if visit is None or person is None or match is None:
        return []
    mine = [one for one in QUICK if visit.actor.holds(*one.roles)]
    return [
        {
            "url": f"{reverse(one.url_name, args=[person])}?{urlencode({'next': request.path})}",
            "label": one.label,
            "icon": one.icon,
            "key": one.key,
        }
        for one in mine
        if one.url_name != match.view_name
    ]


def places(request: HttpRequest) -> list[tuple[Place, int]]:
    visit = getattr(request, "visit", None)
    if visit is None:
        return []
    mine = [place for place in PLACES if visit.actor.holds(*place.roles)]
    return [(p, p.counts(request) if p.counts else 0) for p in sorted(mine, key=lambda p: p.order)]


def looks_up(request: HttpRequest) -> bool:
    """Whether the list of people, where one looks somebody up, stands in the visitor's rail."""
    visit = getattr(request, "visit", None)
    lists = [place for place in PLACES if place.url_name == "participants"]
    return visit is not None and any(visit.actor.holds(*place.roles) for place in lists)


def face(request: HttpRequest) -> dict[str, Any]:
    match = getattr(request, "resolver_match", None)
    return {
        "visit": getattr(request, "visit", None),
        "places": SimpleLazyObject(lambda: places(request)),
        "looks_up": SimpleLazyObject(lambda: looks_up(request)),
        "quick_acts": SimpleLazyObject(lambda: quick_acts(request)),
        "person_tabs": SimpleLazyObject(lambda: person_tabs(request)),
        "here": match.view_name if match else "",
        "submission": SimpleLazyObject(lambda: str(uuid7())),
    }
