"""Inventing people: names, numbers of every kind, how to reach them, and the shields of a few."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from stegvis.config.demo import numbers
from stegvis.config.demo.canaries import Canary
from stegvis.config.demo.numbers import Made
from stegvis.config.demo.plan import Plan, Row, days
from stegvis.config.demo.stock import stock
from stegvis.journey.people.models import sort_key

_FROM_RIGHT = {
    "SE": (("نور", "الحدّاد"), ("شيرين", "كرماني"), ("מיכל", "ברקאי")),
    "DK": (("ليلى", "الزهراوي"), ("بهرام", "کوهستانی")),
}
_SORTED_LAST = {
    "SE": ("Åkerö", "Ängö", "Östö", "Ærbæk", "Øksnes", "Zackrisbo"),
    "DK": ("Ærbæk", "Øksnæs", "Ålestrup", "Ähtävä", "Öland", "Zachobro"),
}
_TRIPLE = re.compile(r"(.)\1\1")  # "Mosssele" is spelled by nobody
_TWINS = 3  # pairs of people who share a name
_KINDS = {
    "SE": ("personal",) * 13 + ("coordination", "coordination", "replaced", "reserve", "none"),
    "DK": ("personal",) * 6 + ("no_modulus",) * 6 + ("replacement", "none"),
}
_GRADES = ("marked", "registration", "registration", "assumed")


@dataclass(slots=True)
class Person:
    """A person's row with what lies beside it; `worker` is who must be named if protected."""

    row: Row
    canary: Canary | None = None
    numbers: list[Made] = field(default_factory=list)


@dataclass(slots=True)
class Crowd:
    """Gives out people, never the same twice."""

    plan: Plan
    since: dt.date
    used: set[str] = field(default_factory=set)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    kinds: Any = None

    def __post_init__(self) -> None:
        country = self.plan.country
        texts = stock(country)
        self.kinds = cycle(_KINDS[country])
        self.waiting = list(_FROM_RIGHT[country])
        self.waiting += [(texts["long_given"], texts["long_family"])]
        givens = self.plan.rng.sample(texts["women"], len(_SORTED_LAST[country]))
        self.waiting += list(zip(givens, _SORTED_LAST[country], strict=True))
        for _ in range(_TWINS):
            self.waiting += [self._name()] * 2
        self.plan.rng.shuffle(self.waiting)

    def somebody(self, *, named: str = "", canary: Canary | None = None) -> Person:
        """A new person. Odd names come out among the first hundred."""
        texts = stock(self.plan.country)
        given, family = self._named(named, canary)
        sex = "f" if given in texts["women"] else "m" if given in texts["men"] else "u"
        if sex == "u":
            sex = self.plan.rng.choice("fm")
        born = self._birthday()
        language = self.plan.rng.choice(texts["languages"])
        row = self.plan.add(
            "people.Person",
            self.since,
            given_name=given,
            family_name=family,
            sort_key=sort_key(family, given, country=self.plan.country),
            search=f"{given} {family}".casefold()[:170],
            born_on=born,
            sex=sex,
            language=language,
            needs_interpreter=language != texts["languages"][0] and self.plan.some(0.4),
        )
        person = Person(row, canary)
        self._number(person, born, sex)
        self._contact(person)
        return person

    def _named(self, named: str, canary: Canary | None) -> tuple[str, str]:
        if canary:
            return canary.given, canary.family
        if named:
            given, _, family = named.partition(" ")
            return given, family
        if self.waiting and self.plan.some(0.18):
            return self.waiting.pop()
        return self._name()

    def _name(self) -> tuple[str, str]:
        texts, rng = stock(self.plan.country), self.plan.rng
        while True:
            given = rng.choice(texts["women"] + texts["men"])
            family = rng.choice(texts["heads"]) + rng.choice(texts["tails"])
            if rng.random() < 0.06:  # noqa: PLR2004 -- a double surname
                family += f"-{rng.choice(texts['heads'])}{rng.choice(texts['tails'])}"
            if f"{given} {family}" not in self.used and not _TRIPLE.search(family.casefold()):
                self.used.add(f"{given} {family}")
                return given, family

    def _birthday(self) -> dt.date:
        age = self.plan.rng.triangular(19, 64, 38)
        return self.plan.today - days(age * 365.25)

    # Personal, coordination, the one replaced by the other, reserve, none yet; in Denmark personal
    # with modulus 11 and without it, replacement, none yet.

    def _number(self, person: Person, born: dt.date, sex: str) -> None:
        kind = next(self.kinds)
        made = self._make(kind, born, sex)
        while any(one.digits in self.plan.numbers for one in made):
            made = self._make(kind, born, sex)
        person.numbers = made
        for one in made:
            self.plan.numbers.add(one.digits)
            self.plan.add(
                "people.Identity",
                self.since,
                person_id=person.row["id"],
                country=one.country,
                kind=one.kind,
                digits=one.digits,
                since=one.since or self.since,
                until=one.until,
            )

    def _make(self, kind: str, born: dt.date, sex: str) -> list[Made]:
        rng = self.plan.rng
        if kind == "none":
            return []
        if self.plan.country == "DK":
            shown = "replacement" if kind == "replacement" else "personal"
            made = numbers.danish(born, sex, rng, modulus=kind != "no_modulus", kind=shown)
            return [made]
        if kind == "reserve":
            return [numbers.reserve(born, rng)]
        if kind == "replaced":
            change = self.plan.today - days(rng.randint(30, 300))
            first = numbers.swedish(born, sex, rng, kind="coordination")
            second = numbers.swedish(born, sex, rng)
            return [
                Made(first.country, first.kind, first.digits, self.since, change),
                Made(second.country, second.kind, second.digits, change),
            ]
        return [numbers.swedish(born, sex, rng, kind=kind)]

    def _contact(self, person: Person) -> None:
        texts, rng, canary = stock(self.plan.country), self.plan.rng, person.canary
        given = person.row["given_name"].split()[0].casefold()
        ascii_name = given if given.isascii() else f"person{rng.randrange(1000)}"
        town = rng.choice(texts["towns"])
        street = f"{rng.choice(texts['streets'])} {rng.randint(1, 60)}"
        self.plan.add(
            "people.Contact",
            self.since,
            person_id=person.row["id"],
            phone=canary.phone if canary else numbers.phone(self.plan.country, rng),
            email=canary.email if canary else f"{ascii_name}{rng.randrange(100)}@post.example",
            address=f"{canary.street if canary else street}, {town}",
            preferred=rng.choice(("sms", "sms", "phone", "letter", "")),
        )


def protect(plan: Plan, person: Person, named: list[Any], since: dt.date) -> None:
    """Shield the person; only those on the short list know of them from then on."""
    plan.add(
        "access.Shield",
        since,
        person=person.row["id"],
        grade=plan.rng.choice(_GRADES),
        since=since,
        review_on=since + days(365),
        source="staff",
    )
    for member in dict.fromkeys(named):
        plan.add(
            "access.Relation",
            since,
            person=person.row["id"],
            kind="named",
            member_id=member,
            since=since,
        )
