"""What every page's frame needs: who is here, where they may go, and the form's key."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

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
    """A page about one person; all of them take the person's key and nothing else. `within`: the
    pages reached from it, forms and single rows, on which it stays the one that is open."""

    url_name: str
    label: Any
    roles: frozenset[Role]
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in the row of tabs. Its pages stand in a second, quieter row, where the visitor
    may open more than one of them."""

    label: Any
    tabs: tuple[Tab, ...]


GROUPS: list[Group] = []
"""Filled by config.places as well, in their order."""


def group_of(name: str) -> Group | None:
    """The group under which the page of this name stands."""
    return next((g for g in GROUPS for t in g.tabs if name in (t.url_name, *t.within)), None)


def person_tabs(request: HttpRequest) -> dict[str, Any]:
    """The pages about the person this page is about, those the visitor's roles open. Nothing on a
    page that stands in none of them."""
    match, visit = request.resolver_match, getattr(request, "visit", None)
    here = _about(request)
    if visit is None or match is None or here is None:
        return {}
    person = match.kwargs["person"]
    mine = [(group, [t for t in group.tabs if visit.actor.holds(*t.roles)]) for group in GROUPS]
    rows = [(group, [_link(t, person, match.view_name) for t in tabs]) for group, tabs in mine]
    return {
        "groups": [_head(group, links, here) for group, links in rows if links],
        "pages": next((links for group, links in rows if group is here and len(links) > 1), []),
        "name": here.label,
    }


def _about(request: HttpRequest) -> Group | None:
    """The group of tabs this page stands in, where it is about a person."""
    match = request.resolver_match
    about = match and match.kwargs.get("person") is not None
    return group_of(match.view_name) if match and about else None


NOBODY = uuid.UUID(int=0)


@cache
def _path(url_name: str) -> str:
    """The page's address with nobody's key: thirty tabs are looked up once a process."""
    return reverse(url_name, args=[NOBODY])


def _link(tab: Tab, person: Any, here: str) -> dict[str, Any]:
    """`current`: what aria-current says; "page" of the page itself, "true" of one it leads to."""
    current = "page" if tab.url_name == here else "true" if here in tab.within else ""
    return {
        "url": _path(tab.url_name).replace(str(NOBODY), str(person)),
        "label": tab.label,
        "current": current,
        "count": None,
    }


def _head(group: Group, links: list[dict[str, Any]], here: Group) -> dict[str, Any]:
    """The group's tab leads to its first page; a group of one page bears the page's name."""
    first = links[0]
    if len(links) == 1:
        return first
    current = first["current"] or ("true" if group is here else "")
    return {**first, "label": group.label, "current": current}


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


MOST = 7
"""So many stand in a rail: more than that, and nobody finds anything (design of the house)."""


@dataclass(frozen=True, slots=True)
class Rail:
    """`shown` and, folded away under one word, `more`: entries as they stand in the list.
    `waiting`: how much waits in what is folded away; `within`: whether this page is there."""

    shown: list[SafeString]
    more: list[SafeString]
    waiting: int
    within: bool


def rail(request: HttpRequest) -> Rail:
    visit = getattr(request, "visit", None)
    if visit is None:
        return Rail([], [], waiting=0, within=False)
    mine = sorted((p for p in PLACES if visit.actor.holds(*p.roles)), key=lambda p: p.order)
    counts = [place.counts(request) if place.counts else 0 for place in mine]
    match = request.resolver_match
    here = match.view_name if match else ""
    under = "participants" if _about(request) else ""
    entries = [
        _entry(p.url_name, str(p.label), p.icon, count, _current(p, here, under), get_language())
        for p, count in zip(mine, counts, strict=True)
    ]
    cut = MOST if len(mine) <= MOST else MOST - 1
    folded = [place.url_name for place in mine[cut:]]
    return Rail(entries[:cut], entries[cut:], waiting=sum(counts[cut:]), within=here in folded)


def _current(place: Place, here: str, under: str) -> str:
    """What aria-current says: "page" of this page, "true" of the list a person's page is under."""
    return {here: "page", under: "true"}.get(place.url_name, "")


@lru_cache(maxsize=4000)
def _entry(
    url_name: str, label: str, icon: str, count: int, current: str, _language: str | None
) -> SafeString:
    """Drawn once a process: the rail stands on every page and was a sixth of what one cost."""
    values = {"url_name": url_name, "label": label, "icon": icon}
    return render_to_string("ui/_place.html", {**values, "count": count, "current": current})


def looks_up(request: HttpRequest) -> bool:
    """Whether the list of people, where one looks somebody up, stands in the visitor's rail."""
    visit = getattr(request, "visit", None)
    lists = [place for place in PLACES if place.url_name == "participants"]
    return visit is not None and any(visit.actor.holds(*place.roles) for place in lists)


def face(request: HttpRequest) -> dict[str, Any]:
    match = getattr(request, "resolver_match", None)
    return {
        "visit": getattr(request, "visit", None),
        "rail": SimpleLazyObject(lambda: rail(request)),
        "looks_up": SimpleLazyObject(lambda: looks_up(request)),
        "quick_acts": SimpleLazyObject(lambda: quick_acts(request)),
        "person_tabs": SimpleLazyObject(lambda: person_tabs(request)),
        "here": match.view_name if match else "",
        "submission": SimpleLazyObject(lambda: str(uuid7())),
    }
