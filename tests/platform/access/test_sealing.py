"""A number's mark is the same every time, and another municipality's is another."""

from __future__ import annotations

import hmac
import uuid

from stegvis.platform.access import sealing

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def test_a_mark_is_the_hmac_of_the_number_under_the_municipalitys_key() -> None:
    key = sealing._key(ONE, "mark")
    for number in ("198001019807", "", "ö" * 300):
        assert sealing.mark(ONE, number) == hmac.digest(key, number.encode(), "sha256")


def test_the_same_number_has_one_mark_in_each_municipality() -> None:
    assert sealing.mark(ONE, "198001019807") == sealing.mark(ONE, "198001019807")
    assert sealing.mark(ONE, "198001019807") != sealing.mark(OTHER, "198001019807")
