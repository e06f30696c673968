"""The companies a file may be about: those of the register, and those its own rows bring."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stegvis.integrations.imports.reading.register import KnownCompany
from stegvis.integrations.imports.reading.results import Row

_FORM = re.compile(
    r"[\s,]+(?:ab|hb|kb|ek\.? ?f[öo]r\.?|aps|a/s|as|i/s|k/s|p/s|ivs|amba|smba|inc|ltd|publ)\.?$"
)
_APART = re.compile(r"[\s\-\u2010-\u2013.,&'\"]+")


def company_key(name: str) -> str:
    """The same for every spelling of spaces, signs and letter case."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("&", " och ")
    return " ".join(part for part in _APART.split(folded) if part)


def loose_key(name: str) -> str:
    """Without the form of the company: "Havnens Bageri" and "Havnens Bageri ApS" may be one."""
    text = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return company_key(_FORM.sub("", text) or text)


class Firms:
    """The first row wins; a company that waits makes those wait that are about it."""

    def __init__(self, stored: Iterable[KnownCompany]) -> None:
        self._by_name: dict[str, KnownCompany] = {}
        self._by_key: dict[str, list[KnownCompany]] = {}
        self._by_loose: dict[str, list[KnownCompany]] = {}
        self._by_number: dict[str, KnownCompany] = {}
        for each in stored:
            self.add(each)

    def add(self, company: KnownCompany) -> None:
        self._by_name.setdefault(_spaced(company.name), company)
        self._by_key.setdefault(company_key(company.name), []).append(company)
        self._by_loose.setdefault(loose_key(company.name), []).append(company)
        if company.org_number:
            self._by_number.setdefault(company.org_number, company)

    def wait(self, name: str, row: int) -> None:
        self.add(KnownCompany(name, row=row, waits=True))

    def of(self, row: Row) -> KnownCompany | None:
        """The company a row of companies is: by its number, else by the very name."""
        name, number = row.values.get("company"), row.values.get("org_number")
        if number and number in self._by_number:
            return self._by_number[number]
        known = self._by_name.get(_spaced(name)) if name else None
        if known is not None and number and known.org_number and known.org_number != number:
            return None
        return known

    def near(self, name: str, number: str | None) -> KnownCompany | None:
        """A company that is there and may be the same; two numbers are two companies."""
        found = self._by_loose.get(loose_key(name), [])
        return next((each for each in found if not (number and each.org_number)), None)

    def meant(self, name: str) -> KnownCompany | None:
        """Which company another row names: the very name, else the one of that spelling."""
        known = self._by_name.get(_spaced(name))
        if known is not None:
            return known
        near = [each for each in self._by_key.get(company_key(name), []) if not each.waits]
        return near[0] if len(near) == 1 else None


def _spaced(name: str) -> str:
    return " ".join(name.split())
