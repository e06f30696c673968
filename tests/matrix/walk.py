"""Every address of the product, from the url resolver, with objects for its arguments.

A page that lands is picked up by itself. What it needs an object for is looked up by the name of
the argument; a name unknown here fails the tests with a sentence, so that nobody forgets a page.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stegvis.platform.access import foreign
from stegvis.platform.access.pages import Policy
from tests.cast.building import FORMS
from tests.cast.people import Cast, Colleague, Participant, Town


class UnknownArgument(AssertionError):
    """An address takes an argument for which the matrix has no object."""


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is the view's name with its namespaces; `arguments` those that make up the address."""

    name: str
    route: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def policy(self) -> Policy | None:
        own = getattr(self.view, "policy", None)
        return own if isinstance(own, Policy) else foreign.PAGES.get(self.name)

    @property
    def about_person(self) -> bool:
        return bool(self.policy and self.policy.person)

    def at(self, objects: dict[str, Any]) -> str:
        """The address with objects by the arguments' names; "row" is the row this page is about."""
        named = {one: f"{self.name} row" if one == "row" else one for one in self.arguments}
        for argument, name in named.items():
            if name not in objects:
                raise UnknownArgument(
                    f"The address {self.name!r} ({self.route}) takes <{argument}>, and the matrix "
                    f"knows no object {name!r}: add one to OF_PERSON or OF_TOWN in "
                    "tests/matrix/walk.py."
                )
        return reverse(self.name, kwargs={one: objects[name] for one, name in named.items()})


def addresses(urlconf: str | None = None) -> list[Address]:
    return list(_walk(get_resolver(urlconf).url_patterns, "", "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, space: str, taken: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        arguments = (*taken, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, here, inner, arguments)
        else:
            name = f"{space}{pattern.name or here}"
            yield Address(name, here, tuple(dict.fromkeys(arguments)), pattern.callback)


CRITERIA = {"SE": "needs_less_support", "DK": "own_barriers"}  # judged by a person, not worked out
CADENCES = {"SE": "s2_follow_up", "DK": "first_year"}
# Of a participant, by the name of the argument.
OF_PERSON: dict[str, Callable[[Participant], Any]] = {
    "person": lambda one: one.person,
    "enrolment": lambda one: one.enrolment,
    "referral": lambda one: one.referral,
    "decision": lambda one: one.decision,
    "period": lambda one: one.period,
    "behaviour": lambda one: one.rows.get("behaviour"),
    "report": lambda one: one.rows.get("report"),
    "note": lambda one: one.rows.get("note"),
    "past": lambda one: one.rows.get("past"),
    "what": lambda _one: "measure",
    "criterion": lambda one: CRITERIA[one.town.country],
    "number": lambda one: 1,
    "saying": lambda one: one.rows.get("saying"),
    "measure": lambda one: one.rows.get("measure"),
    "cadence": lambda one: CADENCES[one.town.country],
    "given": lambda one: one.rows.get("given"),
    "rating": lambda one: one.rows.get("rating"),
    "trial": lambda one: one.rows.get("trial"),
    "gathered": lambda one: one.rows.get("gathered"),
    "mapping_order": lambda one: one.rows.get("mapping_order"),
    "plan_form": lambda one: FORMS[one.town.slug][0],
    "nth": lambda _one: 1,
    "life": lambda one: one.rows.get("life"),
    "said": lambda one: one.rows.get("said"),
    "credential": lambda one: one.rows.get("credential"),
    "paper": lambda one: "cv",
    "idea": lambda one: one.rows.get("idea"),
    "incident": lambda one: one.rows.get("incident"),
    "entry": lambda one: one.rows.get("entry"),
    "visited": lambda one: one.rows.get("visited"),
    "match": lambda one: one.rows.get("match"),
    "placement": lambda one: one.rows.get("placement"),
    "dropped": lambda one: one.rows.get("dropped"),
    "opening": lambda one: one.rows.get("opening"),
}
# Of a municipality: the same for everybody there.
OF_TOWN: dict[str, Callable[[Cast, Town], Any]] = {
    "week": lambda _cast, _town: "2026-W48",
    "unit": lambda cast, town: town.units[1],
    "member": lambda cast, town: _staff(cast, town).member,
    "grant": lambda cast, town: _staff(cast, town).grant,
    "version": lambda cast, town: town.version,
    "other": lambda cast, town: town.version,
    "scheme row": lambda cast, town: town.scheme,
    "term row": lambda cast, town: town.term,
    # A way in that is none: the door is the same for all.
    "token": lambda cast, town: "no-way-in",
    "commission row": lambda cast, town: town.commission,
    "closed": lambda cast, town: town.closed,
    "protected_row row": lambda cast, town: town.shielded,
    "own_ability row": lambda cast, town: town.ability,
    "card": lambda cast, town: town.card,
    "workplace": lambda cast, town: town.work["workplace"],
    "area": lambda cast, town: town.work["area"],
    "task": lambda cast, town: town.work["task"],
    "analysis": lambda cast, town: town.work["analysis"],
    "service": lambda cast, town: town.work["service"],
    "vehicle": lambda cast, town: town.work["vehicle"],
    "day": lambda cast, town: cast.on.isoformat(),
    "occasion": lambda cast, town: "work",
    "board": lambda cast, town: town.board[0],
    "improvement": lambda cast, town: town.board[1],
    "meeting": lambda cast, town: town.board[2],
    "symbol": lambda cast, town: town.work["symbol"],
    "column": lambda _cast, _town: 2,
    "company": lambda _cast, town: town.firm["company"],
    "site": lambda _cast, town: town.firm["site"],
    "contact": lambda _cast, town: town.firm["contact"],
    "opening": lambda _cast, town: town.firm["opening"],
    "employee": lambda _cast, town: town.firm["employee"],
    "module": lambda _cast, town: town.firm["module"],
    "partnership": lambda _cast, town: town.firm["partnership"],
    "asked": lambda _cast, town: town.firm["asked"],
    "postal": lambda _cast, town: town.firm["postal"],
    "place": lambda _cast, town: town.firm["place"],
    "mediator": lambda cast, town: cast["jonna" if town == cast.ekdala else "mads"].member,
}


def _staff(cast: Cast, town: Town) -> Colleague:
    return cast["vera" if town == cast.ekdala else "mads"]


def of_person(one: Participant, cast: Cast) -> dict[str, Any]:
    """What they lack is a key that leads nowhere: then every page answers as if it were not."""
    own = {name: of(one) or uuid.uuid4() for name, of in OF_PERSON.items()}
    return of_town(cast, one.town) | own


def of_town(cast: Cast, town: Town, who: Colleague | None = None) -> dict[str, Any]:
    """`who`: the one who asks, since a file is a unit's."""
    second = who is not None and who.unit == town.units[1]
    own = {
        "file": town.files[second],
        "order": town.orders[second],
        "basis": town.bases[second],
        "form": "csv",
        **(town.work_too if second else {}),
    }
    return {name: of(cast, town) for name, of in OF_TOWN.items()} | own


def of_nobody(objects: dict[str, Any]) -> dict[str, Any]:
    """The same with every key led astray; words and numbers stay."""
    return {
        name: uuid.uuid4() if isinstance(value, uuid.UUID) else value
        for name, value in objects.items()
    }
