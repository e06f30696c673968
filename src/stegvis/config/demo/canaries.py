"""Thirty protected people whose names, streets and phones are found nowhere else.

Whatever answer, header, log line, mail or file one of these strings turns up in, for anybody who is
not on the person's short list, has leaked. Tests look for `STRINGS` in everything the suite makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

COUNT = {"SE": 16, "DK": 14}

_SE = (
    "Dimfågel",
    "Gråsparv",
    "Hagtorn",
    "Isfågel",
    "Kungsfiskare",
    "Lavskrika",
    "Morkulla",
    "Nattskärra",
    "Orrspel",
    "Pilfink",
    "Rördrom",
    "Sidensvans",
    "Tornseglare",
    "Ugglebo",
    "Videsparv",
    "Ärtsångare",
)
_DK = (
    "Blåmejse",
    "Dompap",
    "Engsnarre",
    "Fiskehejre",
    "Gulspurv",
    "Hvidklire",
    "Isfugl",
    "Knortegås",
    "Lomvie",
    "Musvåge",
    "Natravn",
    "Rødkælk",
    "Sjagger",
    "Ørnevåge",
)


@dataclass(frozen=True, slots=True)
class Canary:
    country: str
    given: str
    family: str
    street: str
    phone: str
    email: str

    @property
    def strings(self) -> tuple[str, ...]:
        return self.given, self.family, self.street, self.phone, self.email


def _swedish(index: int, word: str) -> Canary:
    return Canary(
        country="SE",
        given=f"Zy{word.lower()}a",
        family=f"{word}sqvist",
        street=f"{word}ssnåret {index + 3}",
        phone=f"070-174 06 {84 + index}",
        email=f"{index:02}.kvittra@skyddad-ekdala.example",
    )


def _danish(index: int, word: str) -> Canary:
    return Canary(
        country="DK",
        given=f"Zy{word.lower().rstrip('e')}e",
        family=f"{word}sborg",
        street=f"{word}krattet {index + 3}",
        phone=f"00 99 99 {84 + index}",
        email=f"{index:02}.kvidder@beskyttet-birkeso.example",
    )


CANARIES = {
    "SE": tuple(_swedish(*one) for one in enumerate(_SE)),
    "DK": tuple(_danish(*one) for one in enumerate(_DK)),
}
STRINGS = frozenset(chain.from_iterable(c.strings for cs in CANARIES.values() for c in cs))
