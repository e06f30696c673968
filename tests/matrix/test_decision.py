"""The one decision, for every role, tie, field class and act. The table here is written a second
time, by hand: a right that slips into the product's table must be argued here as well."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid

import pytest

from stegvis.platform.access.decision import (
    Act,
    Actor,
    Allow,
    Deny,
    FieldClass,
    Holding,
    Subject,
    Tie,
    decide,
)
from stegvis.platform.access.models import BY_UNIT, Kind
from stegvis.platform.accounts.models import Role

pytestmark = pytest.mark.requirement("X-03")
HERE, THERE = uuid.uuid4(), uuid.uuid4()
ME, YOU = uuid.uuid4(), uuid.uuid4()
UNIT, OTHER = uuid.uuid4(), uuid.uuid4()
ON = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)

# (role, tie) → what may be read / what may be written, by the first letter of
# Identity, Asked, Plan, Sensitive, Location, Reads, Work, Talks, Motivation, Disclosure, Voice,
# Outcome; of what goes wrong: deviation (X), the text of an incident (Y), first aid (Z).
LETTERS = {FieldClass.DEVIATION: "X", FieldClass.INCIDENT: "Y", FieldClass.FIRST_AID: "Z"}
RIGHTS = {
    (Role.CASE_WORKER, Kind.CASE_WORKER): ("IAPSLRWTMDVOX", "IAPSLWTMDVOX"),
    (Role.CASE_WORKER, Kind.INTAKE): ("IA", "IA"),
    (Role.CASE_WORKER, Kind.AFTER): ("IO", "O"),
    (Role.JOB_MEDIATOR, Kind.JOB_MEDIATOR): ("IPWTVO", "WTVO"),
    (Role.JOB_MEDIATOR, Kind.AFTER): ("IO", "O"),
    (Role.WORK_SUPERVISOR, Kind.WORK_SUPERVISOR): ("IPWMVXYZ", "WMXYZ"),
    (Role.UNIT_MANAGER, Kind.UNIT): ("IAPRWDXY", "APXY"),
    (Role.UNIT_MANAGER, Kind.INTAKE): ("IA", "IA"),
    (Role.PROTECTION_OFFICER, Kind.NAMED): ("IAPLRWDOXYZ", "IAPLWDOXYZ"),
    (Role.PARTICIPANT, Kind.SELF): ("IAPSLRWTMDVOXZ", "MDVZ"),
}
EVERYTHING = list(itertools.product(Role, Kind, FieldClass, Act))


def _actor(role: Role, unit: uuid.UUID | None = UNIT, *, tenant: uuid.UUID = HERE) -> Actor:
    return Actor(tenant=tenant, member=ME, holdings=(Holding(role, unit),))


def _tie(kind: Kind, *, since: dt.date = ON, until: dt.date | None = None) -> Tie:
    by_unit = kind in BY_UNIT
    return Tie(kind, None if by_unit else ME, UNIT if by_unit else None, since, until)


def _subject(*ties: Tie, shielded: bool = False) -> Subject:
    return Subject(tenant=HERE, ties=ties, shielded=shielded)


@pytest.mark.parametrize(("role", "kind", "field_class", "act"), EVERYTHING)
def test_a_role_with_a_tie_may_do_what_the_table_says_and_no_more(
    role: Role, kind: Kind, field_class: FieldClass, act: Act
) -> None:
    rights = RIGHTS.get((role, kind), ("", ""))[act == Act.WRITE]
    verdict = decide(_actor(role), act, _subject(_tie(kind)), field_class, on=ON)
    if LETTERS.get(field_class, field_class.name[0]) in rights and kind != Kind.BARRED:
        assert verdict == Allow(kind)
    else:
        assert isinstance(verdict, Deny)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.LOG_REVIEWER, Role.EVALUATOR], ids=lambda role: role.value
)
def test_who_keeps_the_house_reads_nobody_whatever_the_tie(role: Role) -> None:
    every = _subject(*(_tie(kind) for kind in Kind if kind != Kind.BARRED))
    for field_class, act in itertools.product(FieldClass, Act):
        assert decide(_actor(role, None), act, every, field_class, on=ON) == Deny("no_relation")


def test_a_supervisor_sees_neither_health_nor_income() -> None:
    own = _subject(_tie(Kind.WORK_SUPERVISOR))
    verdict = decide(_actor(Role.WORK_SUPERVISOR), Act.READ, own, FieldClass.SENSITIVE, on=ON)
    assert verdict == Deny("field_class")


@pytest.mark.requirement("KN-54", "N-15")
def test_what_went_wrong_is_read_by_few() -> None:
    """The text by who stands in the work and who answers for the unit; the case worker that it was;
    first aid by who stands beside and by the person; the mediator nothing of it."""
    ties = _subject(*(_tie(kind) for kind in Kind if kind not in {Kind.BARRED, Kind.NAMED}))
    may = {
        one: {role for role in Role
              if isinstance(decide(_actor(role), Act.READ, ties, one, on=ON), Allow)}
        for one in LETTERS
    }  # fmt: skip
    assert may[FieldClass.INCIDENT] == {Role.WORK_SUPERVISOR, Role.UNIT_MANAGER}
    assert may[FieldClass.FIRST_AID] == {Role.WORK_SUPERVISOR, Role.PARTICIPANT}
    assert may[FieldClass.DEVIATION] == {
        Role.WORK_SUPERVISOR, Role.UNIT_MANAGER, Role.CASE_WORKER, Role.PARTICIPANT
    }  # fmt: skip


def _read(actor: Actor, subject: Subject, *, on: dt.date = ON) -> Allow | Deny:
    return decide(actor, Act.READ, subject, FieldClass.IDENTITY, on=on)


def test_another_municipality_is_closed_before_anything_is_asked() -> None:
    stranger = _actor(Role.CASE_WORKER, tenant=THERE)
    assert _read(stranger, _subject(_tie(Kind.CASE_WORKER))) == Deny("other_tenant")


def test_a_person_without_ties_is_nobodys_to_see() -> None:
    assert _read(_actor(Role.CASE_WORKER), _subject()) == Deny("no_relation")


def test_someone_without_a_role_sees_nobody_they_are_tied_to() -> None:
    nobody = Actor(tenant=HERE, member=ME, holdings=())
    assert _read(nobody, _subject(_tie(Kind.CASE_WORKER))) == Deny("no_relation")


def test_a_colleagues_tie_opens_nothing() -> None:
    theirs = Tie(Kind.CASE_WORKER, YOU, None, ON)
    assert _read(_actor(Role.CASE_WORKER), _subject(theirs)) == Deny("no_relation")


@pytest.mark.parametrize(("unit", "opens"), [(UNIT, True), (OTHER, False), (None, True)])
def test_a_units_tie_opens_for_that_unit_or_for_who_holds_the_whole(
    unit: uuid.UUID | None, *, opens: bool
) -> None:
    verdict = _read(_actor(Role.UNIT_MANAGER, unit), _subject(_tie(Kind.UNIT)))
    assert verdict == (Allow(Kind.UNIT) if opens else Deny("no_relation"))


def test_the_unit_of_one_role_does_not_lend_itself_to_another() -> None:
    actor = Actor(
        tenant=HERE,
        member=ME,
        holdings=(Holding(Role.UNIT_MANAGER, OTHER), Holding(Role.EVALUATOR, UNIT)),
    )
    assert _read(actor, _subject(_tie(Kind.UNIT))) == Deny("no_relation")


@pytest.mark.parametrize(
    ("since", "until", "opens"),
    [
        (ON, None, True),
        (ON + DAY, None, False),
        (ON - DAY, ON, False),  # half-open: the last day is not in it
        (ON - DAY, ON + DAY, True),
        (ON, ON, False),
    ],
)
def test_a_tie_holds_from_its_first_day_until_before_its_last(
    since: dt.date, until: dt.date | None, *, opens: bool
) -> None:
    verdict = _read(
        _actor(Role.CASE_WORKER), _subject(_tie(Kind.CASE_WORKER, since=since, until=until))
    )
    assert isinstance(verdict, Allow) is opens


@pytest.mark.parametrize("kind", [Kind.CASE_WORKER, Kind.UNIT, Kind.INTAKE, Kind.JOB_MEDIATOR])
def test_no_working_tie_opens_a_protected_person(kind: Kind) -> None:
    every_role = Actor(HERE, ME, tuple(Holding(role) for role in Role))
    assert _read(every_role, _subject(_tie(kind), shielded=True)) == Deny("protected")


def test_who_is_named_sees_a_protected_person_by_the_tie_they_work_on() -> None:
    both = _subject(_tie(Kind.CASE_WORKER), _tie(Kind.NAMED), shielded=True)
    assert _read(_actor(Role.CASE_WORKER), both) == Allow(Kind.CASE_WORKER)
    named = _subject(_tie(Kind.NAMED), shielded=True)
    assert _read(_actor(Role.CASE_WORKER), named) == Deny("no_relation")
    assert _read(_actor(Role.PROTECTION_OFFICER), named) == Allow(Kind.NAMED)


def test_a_name_taken_off_the_list_closes_at_once() -> None:
    was = _subject(
        _tie(Kind.CASE_WORKER), _tie(Kind.NAMED, since=ON - DAY, until=ON), shielded=True
    )
    assert _read(_actor(Role.CASE_WORKER), was) == Deny("protected")


def test_the_protected_participant_sees_their_own_road() -> None:
    own = _subject(_tie(Kind.SELF), shielded=True)
    assert _read(_actor(Role.PARTICIPANT), own) == Allow(Kind.SELF)


def test_a_bar_goes_before_every_tie_and_only_for_whom_it_names() -> None:
    barred = _subject(_tie(Kind.CASE_WORKER), _tie(Kind.NAMED), _tie(Kind.BARRED), shielded=True)
    assert _read(_actor(Role.CASE_WORKER), barred) == Deny("barred")
    another = _subject(_tie(Kind.CASE_WORKER), Tie(Kind.BARRED, YOU, None, ON))
    assert _read(_actor(Role.CASE_WORKER), another) == Allow(Kind.CASE_WORKER)
    over = _subject(_tie(Kind.CASE_WORKER), _tie(Kind.BARRED, since=ON - DAY, until=ON))
    assert _read(_actor(Role.CASE_WORKER), over) == Allow(Kind.CASE_WORKER)


def test_two_roles_add_up_and_the_one_that_allows_is_written_down() -> None:
    actor = Actor(HERE, ME, (Holding(Role.WORK_SUPERVISOR), Holding(Role.CASE_WORKER)))
    both = _subject(_tie(Kind.WORK_SUPERVISOR), _tie(Kind.CASE_WORKER))
    verdict = decide(actor, Act.WRITE, both, FieldClass.PLAN, on=ON)
    assert verdict == Allow(Kind.CASE_WORKER)
