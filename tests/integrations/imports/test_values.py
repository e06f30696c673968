"""One cell at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer
from stdnum.dk import cpr

from stegvis.integrations.imports.reading.values.dates import DateReader
from stegvis.integrations.imports.reading.values.extents import Said, read_extent
from stegvis.integrations.imports.reading.values.identity import read_identity
from stegvis.integrations.imports.reading.values.marks import column_says, is_marked
from stegvis.integrations.imports.reading.values.names import name_key, read_name, same_name
from stegvis.integrations.imports.reading.values.people import Directory, read_referrer
from stegvis.integrations.imports.reading.values.steps import read_step
from stegvis.integrations.imports.reading.values.vocabulary import asks_for_assessment
from tests.integrations.imports.known import SWEDISH_STEPS, TODAY, swedish

_DATES = DateReader(TODAY)
_BORN = st.dates(date(1930, 1, 1), date(2008, 12, 31))


@given(born=_BORN, serial=st.integers(980, 999), off=st.integers(0, 9))
def test_swedish_numbers_are_valid_exactly_when_the_published_checker_says_so(
    born: date, serial: int, off: int
) -> None:
    number = swedish(f"{born:%Y%m%d}", serial)
    number = f"{number[:-1]}{(int(number[-1]) + off) % 10}"
    ours = read_identity(f"{number[:8]}-{number[8:]}", country="SE", today=TODAY)
    assert bool(ours.number) == personnummer.valid(number)


@given(born=_BORN, serial=st.integers(9900, 9999))
def test_danish_numbers_are_valid_exactly_when_the_published_checker_says_so(
    born: date, serial: int
) -> None:
    number = f"{born:%d%m%y}{serial}"
    assert bool(read_identity(number, country="DK", today=TODAY).number) == cpr.is_valid(number)


@given(born=_BORN)
def test_a_number_without_century_belongs_to_somebody_old_enough(born: date) -> None:
    full = swedish(f"{born:%Y%m%d}", 985)
    found = read_identity(full[2:], country="SE", today=TODAY).number
    years = TODAY.year - int(found[:4]) - ((TODAY.month, TODAY.day) < (born.month, born.day))
    assert 14 <= years < 114


def test_a_plus_sign_makes_somebody_a_hundred_years_older() -> None:
    number = swedish("19200310", 981)
    assert read_identity(f"{number[2:8]}+{number[8:]}", country="SE", today=TODAY).number == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "id_missing"), ("saknas", "id_missing"), ("–", "id_missing"),
        ("850312", "id_incomplete"), ("850312-", "id_incomplete"), ("1985-03-12", "id_incomplete"),
        ("850312-XXXX", "id_incomplete"), ("850312-98??", "id_incomplete"),
        ("850312-TF84", "id_kind_unknown"), ("19850312T123", "id_kind_unknown"),
        ("851312-9812", "id_date"), ("20300101-9818", "id_date"),
        ("٨٥٠٣١٢-٩٨١٢", "id_digits"),
    ],
)  # fmt: skip
def test_a_number_that_is_none_says_why(text: str, fault: str) -> None:
    assert read_identity(text, country="SE", today=TODAY).fault == fault


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("2026-03-02", date(2026, 3, 2), "day"), ("2/3 26", date(2026, 3, 2), "day"),
        ("2.3.2026", date(2026, 3, 2), "day"), ("den 2:a mars 2026", date(2026, 3, 2), "day"),
        ("v.10", date(2026, 3, 2), "week"), ("v2610", date(2026, 3, 2), "week"),
        ("uge 10, 2026", date(2026, 3, 2), "week"), ("2026W10", date(2026, 3, 2), "week"),
        ("mars 26", date(2026, 3, 1), "month"), ("marts 2026", date(2026, 3, 1), "month"),
        (46083.0, date(2026, 3, 2), "day"), (20260302.0, date(2026, 3, 2), "day"),
        ("020326", date(2002, 3, 26), "day"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_was_meant(text: str | float, on: date, precision: str) -> None:
    day = _DATES.past(text)
    assert (day.on, day.precision) == (on, precision)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("29 feb", "date_impossible"), ("v 53", "date_impossible"), ("31/4 26", "date_impossible"),
        ("v 54 2026", "date_impossible"), ("nyligen", "date_unreadable"), ("2026",
        "date_unreadable"),
        ("2027-01-01", "date_future"), (12.0, "date_1900"), ("-", "date_missing"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_says_why(text: str | float, fault: str) -> None:
    assert _DATES.past(text).fault == fault


@given(day=st.dates(date(2025, 11, 17), TODAY))
def test_a_day_without_a_year_is_the_latest_that_has_been(day: date) -> None:
    found = _DATES.past(f"{day.day}/{day.month}")
    if (day.month, day.day) != (2, 29):
        assert found.on is not None
        assert (found.on.month, found.on.day) == (day.month, day.day)
        assert found.on <= TODAY
        assert found.note == "year_assumed"


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("3", 3), (3.0, 3), ("Steg 3", 3), ("FAS 3", 3), ("3. trin", 3), ("III", 3), ("fas iv", 4),
        ("arbeta på", 3), ("ARBETSTRÄNING", 3), ("kartläggning", 1), ("Steg 3: Arbetsträning", 3),
    ],
)  # fmt: skip
def test_a_step_is_a_number_or_a_name(text: str | float, step: int) -> None:
    assert read_step(text, SWEDISH_STEPS) == (step, "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2-3", "step_two_values"), ("Jobbet 2", "step_two_values"), ("3→4", "step_two_values"),
        ("kom igång/arbeta på", "step_two_values"), ("7", "step_unknown"), ("0", "step_unknown"),
        ("Spår C", "step_unknown"), ("inte 3", "step_unknown"), ("", "step_missing"),
    ],
)  # fmt: skip
def test_a_step_in_doubt_waits(text: str, fault: str) -> None:
    assert read_step(text, SWEDISH_STEPS) == (None, fault)


@given(st.floats(0.01, 40).map(lambda hours: round(hours, 2)))
def test_hours_and_percent_are_never_made_into_each_other(hours: float) -> None:
    said = str(hours).replace(".", ",")
    assert read_extent(f"{said} tim/v", Said.EITHER).kind == "hours_week"
    assert read_extent(f"{said} %", Said.HOURS).kind == "percent"
    assert read_extent(said, Said.HOURS)[:2] == ("hours_week", hours)


@pytest.mark.parametrize(
    "text",
    [
        "SKYDDAD IDENTITET", "sekr.markering", "har skydd. id",
        "skyddade personuppgifter sedan maj",
        "Kvarskriven i gamla kommunen", "fingerade personuppgifter", "skyddad", "sekretess!",
        "navne- og adressebeskyttelse", "Adressebeskyttet", "hemmelig adresse",
        "protected identity",
        "inte längre kvarskriven?", "OBS sekretessmarkerad",
    ],
)  # fmt: skip
def test_a_mark_of_protection_is_seen(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "behöver skyddsskor", "vill bli skyddsombud", "skyddad anställning (Samhall)",
        "sekretessupphörande underskrivet", "offentligt skyddat arbete", "ej skyddad identitet",
        "skyddsglasögon finns", "fingerfärdig", "hemlig beundrare", "",
    ],
)  # fmt: skip
def test_what_only_sounds_like_protection_is_no_mark(text: str) -> None:
    assert not is_marked(text)


@pytest.mark.parametrize(("text", "says"), [("x", True), ("Ja", True), ("?", False), ("nej", False),
                                            ("", False), ("-", False), ("sedan 2024",
                                            True)])  # fmt: skip
def test_a_column_of_its_own_says_yes_unless_it_says_no(text: str, says: bool) -> None:  # noqa: FBT001
    assert column_says(text) is says


@given(
    given_name=st.sampled_from(["Anna", "Anna-Lisa", "Åke"]),
    family=st.sampled_from(["Berg", "Öberg-Ek", "af Ström"]),
)
def test_a_name_is_the_same_in_either_order(given_name: str, family: str) -> None:
    turned = read_name(f"{family},  {given_name} ").full
    assert turned == f"{given_name} {family}"
    assert name_key(turned) == name_key(f"{family} {given_name}".upper())


def test_a_lost_letter_agrees_with_any_letter_and_no_other_difference_does() -> None:
    assert same_name("Leila Petrovi?", "Leila Petrović")
    assert not same_name("Leila Petrovi?", "Leila Petrovics")
    assert not same_name("Leila Berg", "Leila Borg")


def test_a_first_name_that_two_have_is_nobodys() -> None:
    directory = Directory.of(["Lena Berg", "Lena Dahl", "Bo Ek"], {"LD": "Lena Dahl"})
    assert directory.read("Lena") == ("", "worker_unknown")
    assert directory.read("ld") == ("Lena Dahl", "")
    assert directory.read("Bo") == ("Bo Ek", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [("A.F.", ""), ("Arbetsförmedlingen Väst", "AF"), ("f-kassan", "FK"), ("Ek.bistånd", "SOC"),
     ("Rättspsykiatrin", "REGION"), ("Försäkringskasan", "FK"), ("grannen", "")],
)  # fmt: skip
def test_a_referrer_is_known_in_any_spelling(text: str, code: str) -> None:
    assert read_referrer(text).code == code


def test_an_assessment_that_is_done_or_unwanted_is_not_asked_for() -> None:
    assert asks_for_assessment("Utred arbetsförmågan i procent")
    assert not asks_for_assessment("AFB är redan gjord. Nu arbetsträning")
    assert not asks_for_assessment("Arbetsförmågebedömning behövs inte")
