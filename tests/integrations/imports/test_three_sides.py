"""Three sides of a value: what a file said last, what stands here now, what the file says now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.integrations.imports.reading.register import KnownEnrolment, KnownPerson
from stegvis.integrations.imports.reading.results import Row
from tests.integrations.imports.known import Remembered, read, swedish

pytestmark = pytest.mark.requirement("X-10")
ANNA = swedish("19900101", 981)
START = date(2026, 2, 1)
PHONES = st.sampled_from([None, "070-174 06 05", "070-174 06 11", "070-174 06 22"])
STEPS = st.sampled_from([1, 2, 3])
HEAD = "Personnr;Namn;Remittent;Inskriven;Steg;Telefon"


def judged(known: KnownPerson, *, step: int, phone: str | None) -> Row:
    register = Remembered()
    register.people[ANNA] = known
    line = f"{ANNA};Anna Berg;AF;{START};{step};{phone or ''}"
    return read(f"{HEAD}\n{line}\n".encode(), "a.csv", "participants", register=register).rows[-1]


def person(
    *, here: str | None, said: str | None, step: int = 2, said_step: int = 2, decided: bool = False
) -> KnownPerson:
    def value(phone: str | None) -> dict[str, Any]:
        return {"phone": phone} if phone else {}

    said_before = {"referrer": "AF", "step": said_step}
    stay = KnownEnrolment(
        START, step=step, data={"referrer": "AF"}, said=said_before, decided=decided
    )
    return KnownPerson(ANNA, "Anna Berg", data=value(here), said=value(said), enrolments=[stay])


def after(row: Row, here: str | None) -> str | None:
    """What will stand in the register."""
    if row.outcome != "updated":
        return here
    return row.values.get("phone") if not here or "phone" in row.takes else here


@given(here=PHONES, said=PHONES, now=PHONES)
def test_what_a_person_wrote_here_outlives_every_file(
    here: str | None, said: str | None, now: str | None
) -> None:
    row = judged(person(here=here, said=said), step=2, phone=now)
    if here != said:  # somebody has written here since
        assert after(row, here) == (here or (now if said is None else here))


@given(here=PHONES, said=PHONES, now=PHONES)
def test_the_same_as_last_time_is_no_news(
    here: str | None, said: str | None, now: str | None
) -> None:
    row = judged(person(here=here, said=said), step=2, phone=now)
    if now in (None, said, here):
        assert row.outcome == "unchanged"


@given(here=PHONES, said=PHONES, now=PHONES)
def test_only_what_both_have_changed_waits(
    here: str | None, said: str | None, now: str | None
) -> None:
    row = judged(person(here=here, said=said), step=2, phone=now)
    both = said is not None and here != said and now not in (None, said, here)
    assert (row.outcome == "held") is both
    assert ("conflicts_with_register" in row.codes) is both


@given(here=STEPS, said=STEPS, now=STEPS, decided=st.booleans())
def test_no_file_ever_changes_a_step(here: int, said: int, now: int, *, decided: bool) -> None:
    known = person(here=None, said=None, step=here, said_step=said, decided=decided)
    row = judged(known, step=now, phone=None)
    assert row.outcome == ("unchanged" if now in (here, said) else "held")


@given(decided=st.booleans())
def test_a_file_ends_no_enrolment_that_somebody_here_has_decided_about(*, decided: bool) -> None:
    known = person(here=None, said=None, decided=decided)
    register = Remembered()
    register.people[ANNA] = known
    text = f"{HEAD};Avslutad;Avslutsorsak\n{ANNA};Anna Berg;AF;{START};2;;2026-10-01;Arbete\n"
    row = read(text.encode(), "a.csv", "participants", register=register).rows[-1]
    assert row.outcome == ("held" if decided else "updated")
