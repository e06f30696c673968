"""What is already known, as the judging of rows needs to see it, and what one file adds to it.

The register is a protocol: the database answers it in the product, a dictionary in tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, Protocol


@dataclass(slots=True)
class KnownEnrolment:
    start: date
    precision: str = "day"
    end: date | None = None  # the last day, inclusive, as lists say it
    step: int | None = None
    end_reason: str | None = None
    row: int | None = None  # the row of this file that brought it; None = the register
    data: dict[str, Any] = field(default_factory=dict)  # extent, income, case worker …
    said: dict[str, Any] | None = None  # the same as a file last said it; None = no file has
    decided: bool = False  # a decision about it has been taken in the product


@dataclass(frozen=True, slots=True)
class KnownPeriod:
    """A step period from earlier history or a decision in the product; `last` is inclusive.
    The step a participant list names is no period: history may say what lies behind it."""

    step: int
    start: date
    last: date | None = None
    decided: bool = False  # in the product: no file changes it
    row: int | None = None  # the row of this file that brought it; None = the register


@dataclass(frozen=True, slots=True)
class KnownStretch:
    """Time with an agency, and what it did there, if anything is known of that. `last` is
    inclusive, None goes on."""

    agency: str
    kind: str
    start: date
    last: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # result, learnt, source
    row: int | None = None  # the row of this file that brought it; None = the register


class KnownDay(NamedTuple):
    """What is stored of one day's attendance. Minutes late, and minutes there."""

    status: str
    late: int | None = None
    reason: str = ""
    attended: int | None = None


type HoursKey = tuple[date, str]
"""The first day of a month, and the key of an employer."""


def employer_key(name: str) -> str:
    """The same for every spelling that means the same, as the ledger has it."""
    return " ".join(name.casefold().split())


@dataclass(slots=True)
class KnownPerson:
    national_id: str
    name: str
    protected: bool = False
    data: dict[str, Any] = field(default_factory=dict)  # what lists say besides: phone, language …
    said: dict[str, Any] | None = None  # the same as a file last said it; None = no file has
    enrolments: list[KnownEnrolment] = field(default_factory=list)
    periods: list[KnownPeriod] = field(default_factory=list)
    stretches: list[KnownStretch] = field(default_factory=list)
    row: int | None = None  # the row of this file that brought the person
    days: dict[date, KnownDay] = field(default_factory=dict)
    hours: dict[HoursKey, int] = field(default_factory=dict)  # ordinary, as a list has said them


@dataclass(frozen=True, slots=True)
class KnownReferral:
    number: str
    national_id: str
    values: Mapping[str, Any]
    row: int | None = None
    said: Mapping[str, Any] | None = None  # as a file last said it; None = no file has


class OrderRow(NamedTuple):
    """What is known of one thing to be done for a customer on a day."""

    customer: str
    qty: float
    price: float | None
    status: str
    row: int | None = None  # the row of this file that brought it; None = the register


@dataclass(slots=True)
class KnownCompany:
    """A company as lists speak of it. `said`: the same as a file last said it. `contacts`: phone
    and e-mail by the key of a name. `modules` by the key of a member of its staff: what they have
    gone through, with the day (ISO) if anybody knows it; `gone`: when they left. `tasks`: what has
    been offered there, as the kind's `task_key` says it."""

    name: str
    org_number: str = ""
    row: int | None = None  # the row of this file that brought it; None = the register
    waits: bool = False  # a row of this file that is held
    ambassador: bool = False  # somebody of the staff is fully trained
    data: dict[str, Any] = field(default_factory=dict)  # branch, places, employees …
    said: dict[str, Any] = field(default_factory=dict)
    contacts: dict[str, dict[str, str]] = field(default_factory=dict)
    modules: dict[str, dict[str, str | None]] = field(default_factory=dict)
    gone: dict[str, date] = field(default_factory=dict)
    tasks: set[tuple[Any, ...]] = field(default_factory=set)


class KnownSlip(NamedTuple):
    """A line of a slip of pay. `month`: its first day; `amount` in parts of an hour."""

    national_id: str
    month: date
    employer: str  # its key
    kind: str
    amount: int
    row: int | None = None  # the row of this file that brought it; None = the register

    @property
    def about(self) -> tuple[str, date, str]:
        return self.national_id, self.month, self.employer


type OrderKey = tuple[str | None, str | None, str, date | None]
"""Order number, what, where, on which day."""


class Register(Protocol):
    """Asked after one `prepare` per file, so that an answer needs no query of its own."""

    def prepare(
        self, *, ids: Collection[str], name_keys: Collection[str], numbers: Collection[str]
    ) -> None:
        """What the file will ask about: identity numbers, keys of names without a number, and
        referral numbers."""

    def person(self, national_id: str) -> KnownPerson | None:
        """Protected persons too: their rows go to the one who is responsible for them."""

    def named(self, key: str) -> Sequence[KnownPerson]:
        """Persons whose name has this key (values.names.name_key)."""

    def referral(self, number: str) -> KnownReferral | None: ...

    def order_rows(self, numbers: Collection[str]) -> Mapping[OrderKey, OrderRow]:
        """All rows of the orders with these numbers."""

    def slips(self, numbers: Collection[str]) -> Mapping[str, Sequence[KnownSlip]]:
        """The lines of the slips of pay with these numbers, by number."""

    def companies(self) -> Sequence[KnownCompany]:
        """Every company that is there."""

    def case_workers(self) -> Collection[str]:
        """Full names."""

    def signatures(self) -> Mapping[str, str]:
        """Initials → full name, where the municipality keeps them."""


class Ledger:
    """The register and what the rows of this file so far have added. The first row wins."""

    def __init__(self, register: Register, *, today: date) -> None:
        self.today = today
        self._register = register
        self._people: dict[str, KnownPerson] = {}
        self._later: dict[str, Callable[[], KnownPerson]] = {}
        self._keys: set[str] = set()
        self._referrals: dict[str, KnownReferral] = {}
        self._waiting: dict[str, tuple[str, int]] = {}  # named by a row that is held

    def order_rows(self, numbers: Collection[str]) -> dict[OrderKey, OrderRow]:
        return dict(self._register.order_rows(numbers)) if numbers else {}

    def slips(self, numbers: Collection[str]) -> dict[str, list[KnownSlip]]:
        found = self._register.slips(numbers) if numbers else {}
        return {number: list(lines) for number, lines in found.items()}

    def companies(self) -> Sequence[KnownCompany]:
        return self._register.companies()

    def person(self, national_id: str) -> KnownPerson | None:
        known = self._people.get(national_id)
        later = self._later.pop(national_id, None)
        if later is not None:
            known = self._people[national_id] = later()
        if known is None:
            stored = self._register.person(national_id)
            if stored is None:
                return None
            known = KnownPerson(
                stored.national_id,
                stored.name,
                stored.protected,
                dict(stored.data),
                stored.said,
                [_copied(each) for each in stored.enrolments],
                list(stored.periods),
                list(stored.stretches),
                days=dict(stored.days),
                hours=dict(stored.hours),
            )
            self._people[national_id] = known
        return known

    def add(self, person: KnownPerson) -> None:
        self._people[person.national_id] = person

    def add_later(self, national_id: str, build: Callable[[], KnownPerson]) -> None:
        """A person whom few other rows will ask for is put together when one does."""
        self._later[national_id] = build

    def expect(self, key: str) -> None:
        """The key of a name that stands with a number somewhere in this file."""
        self._keys.add(key)

    def is_named(self, key: str) -> bool:
        return bool(key) and (key in self._keys or bool(self._register.named(key)))

    def named(self, key: str) -> Sequence[KnownPerson]:
        return self._register.named(key)

    def wait(self, national_id: str, name: str, row: int) -> None:
        self._waiting.setdefault(national_id, (name, row))

    def waiting(self, national_id: str) -> tuple[str, int] | None:
        return self._waiting.get(national_id)

    def referral(self, number: str) -> KnownReferral | None:
        return self._referrals.get(number) or self._register.referral(number)

    def add_referral(self, referral: KnownReferral) -> None:
        self._referrals[referral.number] = referral


def _copied(each: KnownEnrolment) -> KnownEnrolment:
    return replace(each, data=dict(each.data))
