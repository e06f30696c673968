"""The one decision: may this actor do this to this field class of this person's record?

Pure, deny by default. The same rule is written a second time, in SQL, as `stegvis_reach()`; the
differential test (tests/matrix/test_two_walls.py) holds the two against each other.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stegvis.platform.access.models import Kind
from stegvis.platform.accounts.models import Role


class FieldClass(StrEnum):
    IDENTITY = "identity"  # P1: name, number, contact
    ASKED = "asked"  # P2: what a referral says and asks; not the road it may lead to
    PLAN = "plan"  # P2: steps, decisions, need category
    SENSITIVE = "sensitive"  # P3: health, income
    LOCATION = "location"  # P4: where a protected person is
    READS = "reads"  # who has read about the person
    WORK = "work"  # P2: what is tried, planned and seen at work; considerations for the workplace
    TALKS = "talks"  # P3: notes and contacts
    MOTIVATION = "motivation"  # P3: a behaviour's stage and tools; never in lists or reports
    DISCLOSURE = "disclosure"  # what may go out, has gone out, to whom
    VOICE = "voice"  # what the person says for themselves; staff may write it down on request
    OUTCOME = "outcome"  # how it is some time after the exit
    DEVIATION = "deviation"  # P3: that something went wrong, of what kind, what was done; warnings
    INCIDENT = "incident"  # P3: what was seen, in words, and how it was followed up
    FIRST_AID = "first_aid"  # P3: what to do when somebody needs help, on their own consent


class Act(StrEnum):
    READ = "read"
    WRITE = "write"


class Purpose(StrEnum):
    CASE_WORK = "case_work"
    INTAKE = "intake"
    SUPERVISION = "supervision"
    PROTECTION = "protection"
    LOG_REVIEW = "log_review"
    OWN = "own"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held, in one unit or (None) in the whole municipality."""

    role: Role
    unit: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    tenant: uuid.UUID
    member: uuid.UUID
    holdings: tuple[Holding, ...]

    def holds(self, *roles: Role) -> bool:
        return any(holding.role in roles for holding in self.holdings)

    def units(self, *roles: Role) -> frozenset[uuid.UUID | None]:
        return frozenset(h.unit for h in self.holdings if h.role in roles)


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as it stands in the table; the dates are half-open."""

    kind: Kind
    member: uuid.UUID | None
    unit: uuid.UUID | None
    since: dt.date
    until: dt.date | None = None

    def holds_on(self, on: dt.date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Subject:
    tenant: uuid.UUID
    ties: tuple[Tie, ...]
    shielded: bool = False


@dataclass(frozen=True, slots=True)
class Allow:
    basis: Kind


@dataclass(frozen=True, slots=True)
class Deny:
    reason: str


R, W = Act.READ, Act.WRITE
(
    IDENTITY, ASKED, PLAN, SENSITIVE, LOCATION, READS, WORK, TALKS, MOTIVATION, DISCLOSURE, VOICE,
    OUTCOME, DEVIATION, INCIDENT, FIRST_AID,
) = FieldClass  # fmt: skip
_WORKER = {
    IDENTITY: {R, W},
    ASKED: {R, W},
    PLAN: {R, W},
    SENSITIVE: {R, W},
    LOCATION: {R, W},
    READS: {R},
    WORK: {R, W},
    TALKS: {R, W},
    MOTIVATION: {R, W},
    DISCLOSURE: {R, W},
    VOICE: {R, W},
    OUTCOME: {R, W},
    DEVIATION: {R, W},  # not the text of an incident: who stood beside is in it (0029)
}

# role → the tie it may rest on → field class → acts. What is not written here is denied.
TABLE: Mapping[Role, Mapping[Kind, Mapping[FieldClass, set[Act]]]] = {
    Role.CASE_WORKER: {
        Kind.CASE_WORKER: _WORKER,
        # A referral opens what it says, not the road: else whoever wrote down a referral about a
        # neighbour would have opened the neighbour's record.
        Kind.INTAKE: {IDENTITY: {R, W}, ASKED: {R, W}},
        # After the exit: whom to reach, one question, and nothing else of the record (0031).
        Kind.AFTER: {IDENTITY: {R}, OUTCOME: {R, W}},
    },
    # A mediator with authority (flere_skal_med: may_have_authority) holds the case as well, and
    # then has the case worker's role and tie beside this one.
    Role.JOB_MEDIATOR: {
        Kind.JOB_MEDIATOR: {
            IDENTITY: {R},
            PLAN: {R},
            WORK: {R, W},
            TALKS: {R, W},
            VOICE: {R, W},
            OUTCOME: {R, W},
        },
        # After-care agreed before the exit (FM-49, 0043).
        Kind.AFTER: {IDENTITY: {R}, OUTCOME: {R, W}},
    },
    # No notes and no health: a supervisor meets the work, and a behaviour they work on together.
    Role.WORK_SUPERVISOR: {
        Kind.WORK_SUPERVISOR: {
            IDENTITY: {R},
            PLAN: {R},
            WORK: {R, W},
            MOTIVATION: {R, W},
            VOICE: {R},
            DEVIATION: {R, W},
            INCIDENT: {R, W},
            FIRST_AID: {R, W},
        }
    },
    Role.UNIT_MANAGER: {
        Kind.UNIT: {
            IDENTITY: {R},
            ASKED: {R, W},
            PLAN: {R, W},
            READS: {R},
            WORK: {R},
            DISCLOSURE: {R},
            DEVIATION: {R, W},
            INCIDENT: {R, W},
        },
        Kind.INTAKE: {IDENTITY: {R, W}, ASKED: {R, W}},
    },
    Role.PROTECTION_OFFICER: {
        Kind.NAMED: {
            IDENTITY: {R, W},
            ASKED: {R, W},
            PLAN: {R, W},
            LOCATION: {R, W},
            READS: {R},
            WORK: {R, W},
            DISCLOSURE: {R, W},
            OUTCOME: {R, W},
            DEVIATION: {R, W},
            INCIDENT: {R, W},
            FIRST_AID: {R, W},
        },
    },
    Role.PARTICIPANT: {
        Kind.SELF: {
            IDENTITY: {R},
            ASKED: {R},
            PLAN: {R},
            SENSITIVE: {R},
            LOCATION: {R},
            READS: {R},
            WORK: {R},
            TALKS: {R},
            MOTIVATION: {R, W},
            DISCLOSURE: {R, W},
            VOICE: {R, W},
            OUTCOME: {R},
            DEVIATION: {R},
            FIRST_AID: {R, W},
        },
    },
}


def _fits(actor: Actor, role: Role, kind: Kind, tie: Tie, on: dt.date) -> bool:
    if tie.kind != kind or not tie.holds_on(on):
        return False
    if tie.member is not None:
        return tie.member == actor.member
    units = actor.units(role)
    return None in units or tie.unit in units


def _own(subject: Subject, actor: Actor, kind: Kind, on: dt.date) -> bool:
    return any(
        tie.kind == kind and tie.member == actor.member and tie.holds_on(on) for tie in subject.ties
    )


def decide(
    actor: Actor, act: Act, subject: Subject, field_class: FieldClass, *, on: dt.date
) -> Allow | Deny:
    """Allow with the tie it rests on, or deny with the reason: for the log, not for the answer."""
    if actor.tenant != subject.tenant:
        return Deny("other_tenant")
    if _own(subject, actor, Kind.BARRED, on):
        return Deny("barred")
    if subject.shielded and not (
        _own(subject, actor, Kind.NAMED, on) or _own(subject, actor, Kind.SELF, on)
    ):
        return Deny("protected")
    reached = False
    for holding in actor.holdings:
        for kind, classes in TABLE.get(holding.role, {}).items():
            if any(_fits(actor, holding.role, kind, tie, on) for tie in subject.ties):
                reached = True
                if act in classes.get(field_class, ()):
                    return Allow(kind)
    return Deny("field_class" if reached else "no_relation")
