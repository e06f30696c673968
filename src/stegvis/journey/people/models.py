"""Identity, contact data and names lie in tables of their own, so that each has its own wall."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any, ClassVar, override

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import Row, remembered, tenant_key

# "{" is the sign after "z" where text is compared byte by byte.
ALPHABET = {"å": "{1", "ä": "{2", "æ": "{2", "ö": "{3", "ø": "{3"}
DANISH = {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"}


UNSEEN = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""Marks that turn the direction of writing or hide between letters: with one of them a name reads
as another name. The joiners of Persian and Indic names are none of these and stay."""


def plain(text: str) -> str:
    """A name as it is stored: composed letters, one space between, no unseen or control signs."""
    if not text.isprintable():  # none of those signs is; most names hold none
        kept = (
            c if c.isprintable() or c in "\u200c\u200d" else " " for c in text if c not in UNSEEN
        )
        text = "".join(kept)
    return " ".join(unicodedata.normalize("NFC", text).split())


def sort_key(family: str, given: str, *, country: str) -> str:
    """A key that sorts as the country's alphabet does, in a database without its collation.

    Swedish ends …z å ä ö, Danish …z æ ø å; the neighbour's letters go with their own kin."""
    text = f"{family}, {given}".casefold()
    if text.isascii():
        return text[:160]
    letters = _DANISH_LETTERS if country == "DK" else _LETTERS
    return unicodedata.normalize("NFC", text).translate(letters)[:160]


class _Sorted(dict[int, str]):
    """What each letter sorts as: its place in the alphabet's tail, else without its accents."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code))[0]
        return self[code]


_LETTERS = _Sorted(str.maketrans(ALPHABET))
_DANISH_LETTERS = _Sorted(str.maketrans(DANISH))


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor, on: dt.date) -> PersonQuerySet:
        return self.filter(reached(actor, FieldClass.IDENTITY, on=on, column="id"))

    def named_like(self, words: str) -> PersonQuerySet:
        """Every word begins a part of the name, in any order."""
        found = self
        for word in plain(words).casefold().split()[:6]:
            found = found.filter(Q(search__startswith=word) | Q(search__contains=f" {word}"))
        return found


@remembered
class Person(Row):
    """A participant. There is no number and no address here (see Identity, Contact)."""

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=160, editable=False)
    search = models.CharField(max_length=170, editable=False)
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(  # for statistics and the range of offers, never for placing (N-09)
        max_length=1, choices=[("f", "f"), ("m", "m"), ("u", "u")], default="u"
    )
    language = models.CharField(max_length=40, blank=True)
    needs_interpreter = models.BooleanField(default=False)

    people: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index("tenant", "sort_key", "id", name="person_by_name"),
            models.Index(
                F("tenant"), OpClass(F("search"), "text_pattern_ops"), name="person_search"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)  # never the name: it would reach a log sooner or later

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def may_be(self, given: str, family: str) -> bool:
        """Whether the names can be this person's: one of each, or either, in common. Names change
        at weddings and are cut in lists; two that share nothing are two people's."""
        mine = {*plain(self.name).casefold().replace("-", " ").split()}
        return bool(mine & {*plain(f"{given} {family}").casefold().replace("-", " ").split()})

    def rename(self, *, given: str, family: str, country: str) -> None:
        """Set the names and what is derived from them; the caller writes the row."""
        given, family = plain(given), plain(family)
        self.given_name, self.family_name = given, family
        self.sort_key = sort_key(family, given, country=country)
        self.search = f"{given} {family}".casefold()[:170]


@remembered
class Identity(Row):
    """A number somebody is known by. The kind is said, never guessed from the shape: a Danish
    replacement number looks like a Swedish coordination number."""

    class Kind(models.TextChoices):
        PERSONAL = "personal"  # personnummer / CPR-nummer
        COORDINATION = "coordination"  # samordningsnummer
        RESERVE = "reserve"  # reservnummer / erstatnings-CPR
        REPLACEMENT = "replacement"

    person = tenant_key("people.Person", related_name="identities")
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sealed = models.BinaryField()
    mark = models.BinaryField()
    hint = models.CharField(max_length=12)  # "801212-••••": enough to tell two people apart
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # replaced by another number

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "mark"], name="number_once"),
        ]


@remembered
class Contact(Row):
    """How to reach a person. For a protected person only those named ever come here, and the
    address is the agency's forwarding address."""

    person = tenant_key("people.Person", related_name="contacts", db_index=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    preferred = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "person"], name="contact_once")]
