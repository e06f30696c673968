"""Looking somebody up: by name, personal number or case number, and by nothing else.

A selection across people is follow-up, not case work (Förordning 2001:637, 15 §): there is no
search in notes, and a miss reads the same whether nobody has the name or one may not see them.
"""

from __future__ import annotations

import difflib
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stegvis.core.values.identity import read_number
from stegvis.journey.intake.models import Enrolment, Referral
from stegvis.journey.people.models import Identity, Person
from stegvis.platform.access.sealing import mark
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit
from stegvis.platform.journal.writing import wrote

CASE = re.compile(r"\d{4}-\d{1,7}")
MOST = 80  # characters of a search that mean anything
ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Looked:
    by: str
    people: frozenset[uuid.UUID]


def look_up(words: str, visit: Visit) -> Looked:
    """The people meant, among those the visitor may see. The journal keeps how it was looked and
    how many were found, never the words."""
    words = " ".join(words[:MOST].split())
    number = read_number(words, country=visit.country, on=visit.scope.on)
    seen = Person.people.visible_to(visit.actor, visit.scope.on)
    if number is not None:
        held = Identity.objects.filter(mark=mark(visit.actor.tenant, number.digits))
        by, found = "number", seen.filter(pk__in=held.values("person"))
    elif CASE.fullmatch(words):
        cases = Referral.referrals.filter(number=words)
        by, found = "case", seen.filter(pk__in=cases.values("person"))
    else:
        by, found = "name", seen.named_like(words)
    people = frozenset(found.values_list("pk", flat=True)[:200])
    wrote("looked_up", sort=Sort.SEARCH, by=by, found=len(people))
    return Looked(by, people)


def spelled_alike(words: str, rows: QuerySet[Enrolment]) -> list[tuple[uuid.UUID, str]]:
    """Names of one's own list that are spelled nearly so."""
    wanted = words.casefold()
    names = rows.values_list("person_id", "person__given_name", "person__family_name")
    scored: list[tuple[float, Any, str]] = []
    for person, given, family in names[:500]:
        name = f"{given} {family}"
        parts = (name.casefold(), family.casefold(), given.casefold())
        score = max(difflib.SequenceMatcher(None, wanted, part).ratio() for part in parts)
        if score >= ALIKE:
            scored.append((score, person, name))
    best = sorted(scored, key=lambda one: (-one[0], one[2]))[:3]
    return [(person, name) for _score, person, name in best]
