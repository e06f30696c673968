"""Events as people read them: who, where, why and what, with few queries however many."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stegvis.platform.access.sealing import mark
from stegvis.platform.accounts.models import Member, Role
from stegvis.platform.journal.models import Event, Sort
from stegvis.platform.tenancy.scope import current
from stegvis.portals.reviewer import words


@dataclass(frozen=True, slots=True)
class Row:
    """`about` is a masked key, or empty when the event is about many; `persons` says how many."""

    seq: int
    at: dt.datetime
    sort: str
    did: str
    who: str
    title: str
    unit: str
    what: str
    purpose: str
    basis: str
    reason: str
    about: str
    persons: int
    rules: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return self.sort == Sort.DENIED

    @property
    def marks(self) -> list[tuple[object, str, str]]:
        return [words.RULES[rule] for rule in self.rules]


def short_key(person: uuid.UUID) -> str:
    """The same person has the same key on every page, and nobody can go from it to the person."""
    marked = mark(current().tenant, f"log:{person}")
    return base64.b32encode(marked[:5]).decode()[:6]


def told(events: Iterable[Event], rules: Mapping[int, list[str]] | None = None) -> list[Row]:
    """One query for all the names, whatever the number of events."""
    found = list(events)
    asked = {event.member for event in found if event.member}
    members = {
        member.pk: member
        for member in Member.members.filter(pk__in=asked).select_related("unit").order_by("pk")
    }
    return [_row(event, members, tuple((rules or {}).get(event.seq, ()))) for event in found]


def _row(event: Event, members: Mapping[uuid.UUID, Member], rules: tuple[str, ...]) -> Row:
    member = members.get(event.member) if event.member else None
    reason = event.details.get("reason", "") if event.sort == Sort.DENIED else ""
    return Row(
        seq=event.seq,
        at=event.at,
        sort=event.sort,
        did=str(words.SORTS[event.sort]),
        who=_who(event, member),
        title=member.title if member else "",
        unit=member.unit.name if member and member.unit else "",
        what=words.what(event.what),
        purpose=str(words.PURPOSES.get(event.purpose, event.purpose)),
        basis=str(words.BASES.get(event.basis, event.basis)),
        reason=str(words.REASONS.get(reason, reason)),
        about=short_key(event.persons[0]) if len(event.persons) == 1 else "",
        persons=len(event.persons),
        rules=rules,
    )


def _who(event: Event, member: Member | None) -> str:
    """A participant reads and writes as the participant, by no name."""
    if member is None:
        return event.service
    return str(Role.PARTICIPANT.label) if member.portal else member.name
