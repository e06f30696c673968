"""The people all tests know: who works where, and how each participant stands to them.

Everything is told from Asta's side, a case worker of the first unit of Ekdala. The names of the
participants say how they stand to her; nobody here exists.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace

from stegvis.platform.access.decision import Actor, Holding
from stegvis.platform.accounts.models import Role, User


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its two units."""

    tenant: uuid.UUID
    slug: str
    country: str
    units: tuple[uuid.UUID, uuid.UUID]
    version: uuid.UUID
    """The programme version its enrolments stand on."""
    scheme: uuid.UUID
    term: uuid.UUID
    commission: uuid.UUID
    files: tuple[uuid.UUID, uuid.UUID]
    """One that came in to each unit, with a row that waits."""
    shielded: uuid.UUID
    """A row of the first about a protected person."""
    card: uuid.UUID
    """A card of its method library."""
    closed: uuid.UUID
    """A week in which the second unit is shut."""
    ability: uuid.UUID | None = None
    work: dict[str, uuid.UUID] = field(default_factory=dict)
    work_too: dict[str, uuid.UUID] = field(default_factory=dict)
    """A workplace of each unit and what hangs on it, by the name an address gives it."""
    """One of its own."""
    orders: tuple[uuid.UUID, ...] = ()
    """One of each unit."""
    bases: tuple[uuid.UUID, ...] = ()
    """One of each order."""
    board: list[uuid.UUID] = field(default_factory=list, compare=False)
    """A board, an improvement and a workplace meeting of it."""
    firm: dict[str, uuid.UUID] = field(default_factory=dict, compare=False)
    """A company and what hangs on it, by the name an address gives it."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who signs in. `ended`: the role was held until yesterday."""

    key: str
    member: uuid.UUID
    town: Town
    user: User
    role: Role | None
    unit: uuid.UUID | None
    grant: uuid.UUID | None = None
    ended: bool = False

    @property
    def actor(self) -> Actor:
        """With what they hold today."""
        return replace(self.once, holdings=()) if self.ended else self.once

    @property
    def once(self) -> Actor:
        """With what they held yesterday."""
        holdings = (Holding(self.role, self.unit),) if self.role else ()
        return Actor(tenant=self.town.tenant, member=self.member, holdings=holdings)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody whose record is kept. `traces` are strings that stand nowhere else in the database:
    one of them in an answer proves that something of this person was shown."""

    key: str
    person: uuid.UUID
    town: Town
    given: str
    family: str
    number: str
    traces: tuple[str, ...]
    referral: uuid.UUID
    enrolment: uuid.UUID | None = None
    decision: uuid.UUID | None = None
    period: uuid.UUID | None = None
    rows: dict[str, uuid.UUID] = field(default_factory=dict)
    """What else is kept of them, by the name an address gives it."""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Cast:
    """`cast["asta"]` is a colleague, `cast.person("own")` a participant. Built on the day `on`."""

    on: dt.date
    ekdala: Town
    birkeso: Town
    colleagues: dict[str, Colleague] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Colleague:
        return self.colleagues[key]

    def person(self, key: str) -> Participant:
        return self.participants[key]

    @property
    def protected(self) -> tuple[Participant, ...]:
        return tuple(p for p in self.participants.values() if p.key.startswith("protected"))


# key: (town, role, index of the unit or None for the whole town)
COLLEAGUES: dict[str, tuple[str, Role | None, int | None]] = {
    "asta": ("ekdala", Role.CASE_WORKER, 0),
    "aron": ("ekdala", Role.CASE_WORKER, 0),  # her colleague in the same unit
    "birger": ("ekdala", Role.CASE_WORKER, 1),
    "vera": ("ekdala", Role.WORK_SUPERVISOR, 0),
    "jonna": ("ekdala", Role.JOB_MEDIATOR, 0),
    "mona": ("ekdala", Role.UNIT_MANAGER, 0),
    "marta": ("ekdala", Role.UNIT_MANAGER, 1),
    "ada": ("ekdala", Role.ADMINISTRATOR, None),
    "loke": ("ekdala", Role.LOG_REVIEWER, None),
    "petra": ("ekdala", Role.PROTECTION_OFFICER, None),
    "evert": ("ekdala", Role.EVALUATOR, None),
    "olle": ("ekdala", Role.PARTICIPANT, None),  # signs in as the participant "own"
    "lena": ("ekdala", Role.CASE_WORKER, 0),  # has left; her ties and role were never ended
    "edvin": ("ekdala", Role.CASE_WORKER, 0),  # still here, but his role has ended
    "nils": ("ekdala", None, 0),  # a member without any role
    "inge": ("birkeso", Role.CASE_WORKER, 0),
    "mads": ("birkeso", Role.JOB_MEDIATOR, 0),
    "mette": ("birkeso", Role.UNIT_MANAGER, 0),
    "agnes": ("birkeso", Role.ADMINISTRATOR, None),
}

SIGNING_IN = tuple(key for key in COLLEAGUES if key != "lena")
"""Those whom the gate lets past the sign-in."""

# key: (town, index of the unit, who is tied as what). "self" is the participant's own sign-in.
PARTICIPANTS: dict[str, tuple[str, int, dict[str, str]]] = {
    "own": (
        "ekdala",
        0,
        {"asta": "case_worker", "vera": "work_supervisor", "jonna": "job_mediator", "olle": "self"},
    ),
    "same_unit": ("ekdala", 0, {"aron": "case_worker"}),
    "other_unit": ("ekdala", 1, {"birger": "case_worker"}),
    "ended": ("ekdala", 0, {"asta": "case_worker, ended", "aron": "case_worker"}),
    "left": ("ekdala", 0, {"asta": "case_worker"}),
    "barred": ("ekdala", 0, {"asta": "case_worker, barred", "aron": "case_worker"}),
    "leavers": ("ekdala", 0, {"lena": "case_worker"}),
    "endeds": ("ekdala", 0, {"edvin": "case_worker"}),
    # Asta works with both protected ones; only of the first may she know.
    "protected_named": ("ekdala", 0, {"asta": "case_worker, named", "petra": "named"}),
    "protected_hidden": ("ekdala", 0, {"asta": "case_worker", "vera": "work_supervisor"}),
    "protected_intake": ("ekdala", 0, {"petra": "named"}),
    "intake": ("ekdala", 0, {}),
    "intake_elsewhere": ("ekdala", 1, {}),
    "abroad": ("birkeso", 0, {"inge": "case_worker", "mads": "job_mediator"}),
    "abroad_intake": ("birkeso", 0, {}),
    "protected_abroad": ("birkeso", 0, {"inge": "case_worker, named"}),
}

# Given and family names: one of a kind, so that a test finds them in an answer.
NAMES = {
    "own": ("Olle", "Ekstrand-Kvist"),
    "same_unit": ("Samira", "Enhetsson"),
    "other_unit": ("Botilda", "Annorstädes"),
    "ended": ("Ester", "Avslutberg"),
    "left": ("Linnea", "Utskrivenius"),
    "barred": ("Jarl", "Jävinge"),
    "leavers": ("Lage", "Slutandersson"),
    "endeds": ("Ebbe", "Rollfri"),
    "protected_named": ("Namnia", "Skyddlund"),
    "protected_hidden": ("Döljan", "Gömmersta"),
    "protected_intake": ("Remilda", "Hemlund"),
    "intake": ("Inez", "Nyremiss"),
    "intake_elsewhere": ("Alva", "Borteremiss"),
    "abroad": ("Åse", "Overgaard-Sund"),
    "abroad_intake": ("Nynne", "Henvisborg"),
    "protected_abroad": ("Skjalm", "Beskytberg"),
}
