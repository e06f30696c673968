"""The numbers companies carry: what is wrong with one is a code, and "" when nothing is."""

from __future__ import annotations

import re

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # digit sum of twice the digit
_SPACES = re.compile(r"[\s\u2013-]")
_CVR = 8
_ORGANISATION = 10
_P_NUMBER = 10
_MONTHS = 20  # from here the third and fourth digit are no month: so it is no person's number


def digits(typed: str, country: str) -> str:
    """Without spaces, dashes and the letters of the country before it."""
    return _SPACES.sub("", typed).upper().removeprefix(country)


def fault_of_company(number: str, country: str) -> str:
    """CVR: eight digits. Organisation number: ten, the last of which answers for the others."""
    plain = number.isascii() and number.isdigit()
    if country == "DK":
        return "" if plain and len(number) == _CVR and number[0] != "0" else "cvr"
    if not plain or len(number) != _ORGANISATION:
        return "organisation_number"
    if _sum(number) % 10:
        return "check_digit"
    # A sole trader's is their own personal number, which has no place in a list of companies.
    return "" if int(number[2:4]) >= _MONTHS else "personal_number"


def fault_of_site(number: str) -> str:
    plain = number.isascii() and number.isdigit()
    return "" if plain and len(number) == _P_NUMBER else "p_number"


def _sum(number: str) -> int:
    return sum(int(one) if n % 2 else _DOUBLED[int(one)] for n, one in enumerate(number))
