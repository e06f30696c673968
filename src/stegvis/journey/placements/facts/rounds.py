"""What a round of many people and few openings stands on, and what comes out of it.

The exact assignment of the core finds who could go where: most people, then most in the direction
of their own goal, then the least that lacks. Between people for whom all that is alike a lot
decides, drawn once for the round. Nobody is set before anybody else (N-10), and what enters of a
person is `pairing.person_of` and no more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from stegvis.core.matching.assign import assign
from stegvis.core.matching.pairs import Pairs
from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.facts.answers import OpeningFit
from stegvis.journey.placements.facts.fitting import (
    Fits,
    done_said,
    fits_of_many,
    goal_said,
    open_openings,
)
from stegvis.journey.placements.facts.lists import Row, on_the_road, seeking
from stegvis.journey.placements.facts.pairing import person_of, place_of
from stegvis.journey.placements.models import FirstMeasures, Match, MatchProfile, RoundPerson
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.access.models import Shield

SECONDS = 2.0  # of search; ours, and far more than a hundred people need
MOST = 100  # people in a round, so that nobody waits for a page
Hand = RoundPerson.Hand
type Places = Mapping[uuid.UUID, uuid.UUID]
"""By enrolment, the opening."""


def where_known(actor: Actor, *, on: dt.date, column: str = "person_id") -> Q:
    """Of whom the reader may know where they work: of somebody protected that is their address."""
    shielded = Shield.objects.filter(lifted_on__isnull=True).values("person")
    open_to_all = ~Q(**{f"{column}__in": shielded})
    known = reached(actor, FieldClass.LOCATION, on=on, column=column)
    return reached(actor, FieldClass.WORK, on=on, column=column) & (open_to_all | known)


def seekers(actor: Actor, *, on: dt.date) -> list[Row]:
    """Who stands on a step where a place is looked for, or has a profile for one, and is nowhere
    outside; by name. Three queries."""
    rows = on_the_road(actor, on=on)
    profile = Exists(MatchProfile.objects.filter(enrolment=OuterRef("pk")))
    mine = Enrolment.enrolments.open().filter(where_known(actor, on=on))
    known = dict(mine.annotate(looks=profile).order_by().values_list("pk", "looks"))
    return [
        row
        for row in rows
        if not row.placed
        and row.enrolment.pk in known
        and (known[row.enrolment.pk] or any(step in seeking(row.model) for step, _ in row.stays))
    ]


@dataclass(frozen=True, slots=True)
class Ground:
    """`people` by name, `openings` by name; `no`: pairs that one side has said no to, or that were
    set aside; `asked`: pairs that have been asked already, with the match."""

    people: tuple[Enrolment, ...]
    openings: tuple[Opening, ...]
    fits: Mapping[uuid.UUID, Fits]
    no: frozenset[tuple[uuid.UUID, uuid.UUID]]
    asked: Mapping[tuple[uuid.UUID, uuid.UUID], uuid.UUID]

    def mark(self, key: uuid.UUID) -> str:
        """Another where something has changed that this person's line was worked out from."""
        said = [(self.hours(key), [self._said(key, one) for one in self.openings])]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _said(self, key: uuid.UUID, opening: Opening) -> Any:
        one = self.fits[key][opening.pk]
        answers = sorted((a.function, a.asks, a.hard, a.weight, a.state) for a in one.answers)
        hours = (str(opening.hours_from), str(opening.hours_to))
        return str(opening.pk), hours, answers, bool(one.wanted), (key, opening.pk) in self.no

    def hours(self, key: uuid.UUID) -> Decimal | None:
        one = next(row for row in self.people if row.pk == key)
        found: Decimal | None = vars(one)["could"]
        return found

    def bars(self, key: uuid.UUID, opening: Opening) -> str:
        """Why the two are not proposed to each other; blank: they may be."""
        one = self.fits[key][opening.pk]
        if (key, opening.pk) in self.no:
            return "said_no"
        if any(each.state == "unwanted" for each in one.answers):
            return "unwanted"
        if one.lacks:
            return "not_met"
        hours, least = self.hours(key), opening.hours_from
        return "hours" if hours is not None and least is not None and least > hours else ""


def ground(
    actor: Actor, enrolments: Iterable[Any], openings: Iterable[uuid.UUID], *, on: dt.date
) -> Ground:
    """Of those the reader may know the place of, at what is open. Five queries at most."""
    plan = FirstMeasures.objects.filter(enrolment=OuterRef("pk")).order_by("-on", "-created_at")
    rows = (
        Enrolment.enrolments.open()
        .filter(where_known(actor, on=on), pk__in=list(enrolments))
        .annotate(
            goal=goal_said(OuterRef("pk")),
            done=done_said(),
            before=_before(),
            could=Subquery(plan.values("hours_week")[:1]),
        )
        .select_related("person")
        .order_by("person__sort_key", "id")
    )
    people = tuple(rows)
    chosen = set(openings)
    places = tuple(one for one in open_openings(on=on) if one.pk in chosen)
    no: set[tuple[uuid.UUID, uuid.UUID]] = set()
    asked = {}
    for one in people:
        for each in vars(one)["before"] or ():
            pair = one.pk, uuid.UUID(each["opening"])
            if each["state"] in {Match.State.DECLINED, Match.State.SET_ASIDE}:
                no.add(pair)
            else:
                asked[pair] = uuid.UUID(each["match"])
    no -= set(asked)
    return Ground(people, places, fits_of_many(people, places, on=on), frozenset(no), asked)


def _before() -> ArraySubquery:
    """Matches with openings so far, as a column."""
    rows = Match.matches.filter(enrolment=OuterRef("pk"), opening__isnull=False)
    said = JSONObject(opening="opening", state="state", match="pk")
    return ArraySubquery(rows.order_by("on", "id").values(one=said))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`where`: by enrolment, those with a place; `proven`: no other reaches more."""

    where: Places
    proven: bool


def worked_out(
    found: Ground,
    room: Mapping[uuid.UUID, int],
    hands: Mapping[uuid.UUID, uuid.UUID | None],
    *,
    lot: uuid.UUID,
) -> Outcome:
    """`room`: by opening; `hands`: whom the asker has put somewhere, or kept out (None). The same
    ground, room and lot give the same, whatever anybody is called."""
    pinned = {key: at for key, at in hands.items() if at is not None}
    used = Counter(pinned.values())
    free = [one for one in _drawn(found.people, lot) if one.pk not in hands]
    people = tuple(_person(found, one) for one in free)
    places = tuple(
        place_of(_any_fit(found, one), max(0, room.get(one.pk, 0) - used[one.pk]))
        for one in found.openings
    )
    made = assign(Pairs("", people, places), seconds=SECONDS, clock=time.monotonic)
    where = {uuid.UUID(key): uuid.UUID(at) for key, at in made.assignment.items()}
    return Outcome(where | pinned, made.status == "optimal")


def _person(found: Ground, one: Enrolment) -> Any:
    never = frozenset(at.pk for at in found.openings if found.bars(one.pk, at))
    return person_of(one.pk, found.fits[one.pk], hours=found.hours(one.pk), never=never)


def _any_fit(found: Ground, opening: Opening) -> OpeningFit:
    """What an opening asks is the same beside whomever it stands."""
    return found.fits[found.people[0].pk][opening.pk]


def _drawn(people: Sequence[Enrolment], lot: uuid.UUID) -> list[Enrolment]:
    """In the order of the lot: of the round and the row's key alone."""

    def number(one: Enrolment) -> bytes:
        return hashlib.sha256(lot.bytes + one.pk.bytes).digest()

    return sorted(people, key=number)


@dataclass(frozen=True, slots=True)
class Block:
    """Why somebody without a place is not at an opening. `code`: as `Ground.bars`, or "full";
    `names`: of what it must have and they have not, as far as is known."""

    opening: Opening
    code: str
    names: tuple[str, ...]


def blocks(found: Ground, key: uuid.UUID) -> list[Block]:
    """Opening by opening, what they fit at first: there only the number of places is in the way."""
    made = []
    for opening in found.openings:
        code = found.bars(key, opening) or "full"
        lacks = [one.name for one in found.fits[key][opening.pk].answers if one.lacks]
        made.append(Block(opening, code, tuple(lacks) if code in {"not_met", "unwanted"} else ()))
    return sorted(made, key=lambda one: one.code != "full")
