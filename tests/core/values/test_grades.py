"""A grade follows from dated facts, for any day."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.grades import (
    Change,
    Count,
    Grade,
    Module,
    Worker,
    ambassadors,
    grade,
    history,
)

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
days = st.dates(FIRST, LAST)
KEYS = ("a", "b", "c")
spans = st.tuples(st.none() | days, st.none() | days)
workers = st.lists(
    st.builds(
        lambda span, done: Worker("", *span, done),
        spans,
        st.dictionaries(st.sampled_from(KEYS), st.none() | days),
    ),
    max_size=6,
)
modules = st.lists(
    st.builds(lambda key, chosen, span: Module(key, chosen, *span),
              st.sampled_from(KEYS), st.booleans(), spans),
    max_size=4,
)  # fmt: skip


@pytest.mark.requirement("INV-16", "JI-28", "JI-29")
@given(workers, modules, days)
def test_the_history_says_of_every_day_what_the_day_itself_says(
    staff: list[Worker], asked: list[Module], day: dt.date
) -> None:
    found = [one for one in history(staff, asked, LAST) if one.on is None or one.on <= day]
    assert found[-1].grade == grade(staff, asked, day)


@given(workers, modules)
def test_the_history_is_in_order_and_changes_each_time(
    staff: list[Worker], asked: list[Module]
) -> None:
    found = history(staff, asked, LAST)
    assert found[0].on is None
    dates = [one.on for one in found[1:]]
    assert dates == sorted(set(dates))  # type: ignore[type-var] # only the first has no day
    assert all(one.grade != other.grade for one, other in itertools.pairwise(found))


@pytest.mark.requirement("JI-28")
@given(workers, modules, days)
def test_there_is_a_grade_when_somebody_is_an_ambassador_and_only_then(
    staff: list[Worker], asked: list[Module], day: dt.date
) -> None:
    assert bool(ambassadors(staff, asked, day)) == (grade(staff, asked, day) != Grade.NONE)


@pytest.mark.requirement("JI-29")
@given(workers, modules, days)
def test_somebody_new_without_training_leaves_no_example(
    staff: list[Worker], asked: list[Module], day: dt.date
) -> None:
    assert grade([*staff, Worker("new")], asked, day) != Grade.EXAMPLE


@given(workers, modules, days)
def test_the_order_of_rows_says_nothing(
    staff: list[Worker], asked: list[Module], day: dt.date
) -> None:
    assert grade(staff, asked, day) == grade(staff[::-1], asked[::-1], day)


@pytest.mark.requirement("JI-28")
def test_a_last_day_is_a_day_with_the_grade() -> None:
    gone = dt.date(2026, 2, 10)
    one = Worker("ami", None, gone, {"a": FIRST})
    asked = [Module("a")]
    assert grade([one], asked, gone - dt.timedelta(days=1)) == Grade.AMBASSADOR
    assert history([one], asked, LAST) == (
        Change(None, Grade.NONE), Change(FIRST, Grade.AMBASSADOR), Change(gone, Grade.NONE),
    )  # fmt: skip


@pytest.mark.requirement("JI-29")
def test_nineteen_of_twenty_is_not_everybody() -> None:
    asked = [Module("a", selected=True), Module("b")]
    first = Worker("first", done={"a": None, "b": None})
    rest = [Worker(str(n), done={"a": None}) for n in range(19)]
    assert grade([first, *rest], asked, FIRST) == Grade.EXAMPLE
    assert grade([first, *rest[1:], replace(rest[0], done={})], asked, FIRST) == Grade.AMBASSADOR


def test_without_modules_there_is_no_grade_and_without_shared_ones_no_example() -> None:
    one = Worker("ami", done={"a": None})
    assert grade([one], [], FIRST) == Grade.NONE
    assert grade([one], [Module("a")], FIRST) == Grade.AMBASSADOR


@pytest.mark.requirement("JI-29")
def test_a_count_of_nineteen_of_twenty_is_no_example_and_of_twenty_is() -> None:
    day = dt.date(2026, 11, 16)
    parts = [Module("a", selected=True), Module("b")]
    whole = Worker("1", done={"a": None, "b": None})
    late = Worker("2", since=day)

    def told(trained: int, *more: Worker) -> Grade:
        return grade([whole, *more], parts, day, [Count(dt.date(2026, 1, 1), 20, trained)])

    assert told(19) is Grade.AMBASSADOR
    assert told(20) is Grade.EXAMPLE
    assert told(20, late) is Grade.AMBASSADOR  # came after the count, with nothing
    assert grade([], parts, day, [Count(day, 20, 20)]) is Grade.NONE
