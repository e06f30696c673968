"""Danish limits on practice: the numbers of the law on the days they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.matching.limits import (
    Asked,
    cap,
    counts,
    danish,
    faults,
    full_time,
    headroom,
    longest,
    ordinary,
    read,
    rule,
)
from stegvis.core.matching.wording import said, sentences

ON = date(2026, 11, 26)
GOOD = Asked(since=ON, ends=ON + timedelta(weeks=13) - timedelta(1), group=3, fte=Decimal(40))


def codes(asked: Asked) -> list[str]:
    return [one.code for one in faults(asked)]


@pytest.mark.parametrize(
    ("fte", "most"),
    [
        ("0", 1), ("0.5", 1), ("4", 1), ("5", 1), ("9.9", 1), ("10", 2), ("49", 9), ("50", 10),
        ("59", 10), ("60", 11), ("100", 15), ("237", 28),
    ],
)  # fmt: skip
def test_a_site_has_one_for_every_five_and_one_for_every_ten_above_fifty(
    fte: str, most: int
) -> None:
    assert cap(Decimal(fte), ON) == most


@given(st.decimals("0", "100000", places=2), st.decimals("0", "50", places=2))
def test_more_employees_never_give_less_room_and_what_is_there_takes_of_it(
    fte: Decimal, more: Decimal
) -> None:
    few, many = cap(fte, ON), cap(fte + more, ON)
    assert few is not None
    assert many is not None
    assert 1 <= few <= many
    assert headroom(fte, more, ON) == few - more


@pytest.mark.parametrize("group", [1, 2, 4])
def test_those_ready_for_a_job_have_four_weeks_and_no_more(group: int) -> None:
    found = longest(group, None, ON)
    assert found is not None
    assert (found.weeks, found.assessed, found.special) == (4, None, None)
    assert found.allowed(assessed=True, special=3) == 4


@pytest.mark.parametrize("group", [3, 5, 6, 7, 8, 9, 10, 11, 13])
def test_the_others_have_thirteen_then_twenty_six_then_thirteen_at_a_time(group: int) -> None:
    found = longest(group, None, ON)
    assert found is not None
    assert found.allowed() == 13
    assert found.allowed(special=2) == 13
    assert found.allowed(assessed=True) == 26
    assert found.allowed(assessed=True, special=2) == 52


def test_group_twelve_goes_by_readiness_and_has_the_shorter_until_that_is_said() -> None:
    weeks = [longest(12, ready, ON) for ready in (True, False, None)]
    assert [one.weeks if one else None for one in weeks] == [4, 13, 4]
    assert longest(14, None, ON) is None


def test_a_length_is_held_to_the_day() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, ends=ON + timedelta(weeks=13))) == ["too_long_without_look"]
    long = replace(GOOD, assessed=True, ends=ON + timedelta(weeks=26))
    assert codes(long) == ["too_long_without_need"]
    assert codes(replace(long, special=1)) == []
    assert codes(replace(GOOD, group=1)) == ["too_long"]
    assert codes(replace(GOOD, ends=None)) == ["no_last_day"]


def test_above_thirteen_weeks_the_employees_are_asked_first() -> None:
    long = replace(GOOD, assessed=True, ends=ON + timedelta(weeks=13), talked=False)
    assert codes(long) == ["not_talked_over"]
    assert codes(replace(long, ends=long.since + timedelta(weeks=13) - timedelta(1))) == []
    assert codes(replace(long, group=6, employed_there=True)) == []


def test_a_full_site_is_refused_with_its_paragraph_and_counts_parts_of_people() -> None:
    full = replace(GOOD, fte=Decimal(10), placed=Decimal("1.5"))
    fault = faults(full)[0]
    assert (fault.code, fault.hard, fault.paragraph) == (
        "too_many_there", True, "BEK 1216/2023 § 65",
    )  # fmt: skip
    assert codes(replace(full, share=Decimal("0.5"))) == []
    assert codes(replace(full, group=7, employed_there=True)) == []
    assert codes(replace(full, group=3, employed_there=True)) == ["too_many_there"]


def test_employees_nobody_knows_allow_the_one_and_ask_before_the_second() -> None:
    assert codes(replace(GOOD, fte=None)) == []
    asked = faults(replace(GOOD, fte=None, placed=Decimal("0.4")))
    assert [(one.code, one.hard) for one in asked] == [("employees_not_known", False)]


def test_paid_hours_beside_practice_are_another_work() -> None:
    beside = replace(GOOD, function="Lager", paid_functions=("Kasse",))
    assert codes(beside) == []
    assert codes(replace(beside, paid_functions=("Kasse", " lager "))) == ["same_function"]
    assert codes(replace(beside, function="")) == ["function_not_said"]
    back = replace(beside, paid_functions=("lager",), group=6, employed_there=True)
    assert codes(back) == []


def test_what_must_be_written_first_is_asked_for() -> None:
    assert codes(replace(GOOD, purpose=False)) == ["purpose_not_agreed"]
    assert codes(replace(GOOD, stated=False)) == ["number_not_stated"]
    assert codes(replace(GOOD, stated=False, group=6, employed_there=True)) == []


def test_what_the_law_refuses_stands_before_what_has_still_to_be_said() -> None:
    asked = replace(GOOD, group=None, purpose=False)
    assert [one.hard for one in faults(asked)] == [True, False]


def test_a_rule_holds_from_its_first_day_until_the_day_the_next_one_does() -> None:
    last, first = rule("many", date(2023, 12, 31)), rule("many", date(2024, 1, 1))
    assert last is not None
    assert first is not None
    assert last.paragraph.startswith("BEK 2636/2021")
    assert first.paragraph.startswith("BEK 1216/2023")
    before = replace(GOOD, since=date(2019, 3, 1), ends=date(2025, 1, 1), talked=False)
    assert [(one.code, one.hard) for one in faults(before)] == [("no_limit_known", False)]
    assert headroom(Decimal(10), Decimal(0), date(2019, 3, 1)) is None


def test_a_new_law_is_a_row_of_data_and_two_at_once_are_refused() -> None:
    new = {"paragraph": "ny § 1", "valid_from": date(2027, 1, 1), "months": 4, "counts": []}
    old = {"paragraph": "§ 65", "valid_from": date(2024, 1, 1)}
    with pytest.raises(ValueError, match="2027-01-01"):
        read({"many": [old, new]})
    longs = [old | {"groups": [1, 2], "weeks": 4}, old | {"groups": [2, 3], "weeks": 13}]
    with pytest.raises(ValueError, match="long: two versions"):
        read({"long": longs})
    rules = read({"many": [old | {"valid_to": date(2027, 1, 1)}, new]})
    held = rule("many", date(2027, 1, 1), rules=rules)
    assert held is not None
    assert held.paragraph == "ny § 1"


def test_ordinary_employees_are_the_mean_of_the_last_four_months() -> None:
    months = [Decimal(one) for one in (90, 10, 10, 9, 11)]
    assert ordinary(months, ON) == 10
    assert ordinary(months[:3], ON) is None


def test_full_time_people_are_counted_in_shares_of_a_week_and_say_that_is_ours() -> None:
    assert full_time(Decimal("18.5"), ON) == Decimal("0.5")
    held = rule("full_time", ON)
    assert held is not None
    assert held.ours
    assert all(one.ours for one in danish()["many"])


def test_practice_subsidy_and_benefit_work_take_of_the_number_and_ordinary_work_does_not() -> None:
    kinds = ("practice", "subsidised", "benefit_work", "ordinary")
    assert [counts(kind, ON) for kind in kinds] == [True, True, True, False]


@pytest.mark.parametrize("lang", ["sv", "da", "en"])
def test_every_reason_can_be_said_in_every_language(lang: str) -> None:
    assert sentences().faults() == ()
    worst = Asked(
        since=ON, ends=ON + timedelta(weeks=60), group=3, fte=Decimal("9.5"),
        placed=Decimal(1), function="lager", paid_functions=("lager",),
        purpose=False, stated=False, talked=False,
    )  # fmt: skip
    told = said([one.because for one in faults(worst)], lang)
    assert len(told) == 6
    assert any("lager" in one for one in told)
    comma = "9.5" if lang == "en" else "9,5"
    assert any(comma in one for one in told)
