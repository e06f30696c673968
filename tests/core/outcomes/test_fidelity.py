"""How many have what was to be delivered, and that nobody is found among them."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.fidelity import (
    LARGE,
    Tally,
    Told,
    kind_of,
    middle,
    tallies,
    tally,
    tell,
    told_counts,
)
from stegvis.core.progression.elements import Element, Fidelity, elements
from stegvis.core.progression.facts import Reason
from stegvis.core.progression.road import history
from tests.core.progression.made import day, fact, walked

NUMBERS = st.integers(0, 60)
TALLIES = st.builds(Tally, NUMBERS, NUMBERS, NUMBERS, NUMBERS)


def an_element(code: str, state: Fidelity, *, known: bool = True) -> Element:
    return Element(code, state, Reason("element_in_step"), 0, 1, mandatory=True, known=known)


STATES = st.builds(
    lambda state, known: an_element("e", state, known=known),
    st.sampled_from(list(Fidelity)),
    st.booleans(),
)


@pytest.mark.requirement("FM-02", "INV-17")
@given(st.lists(STATES, max_size=40))
def test_a_tally_counts_each_case_once_and_who_is_not_due_in_no_share(found: list[Element]) -> None:
    made = tallies([one] for one in found).get("e", Tally())
    due = [one for one in found if one.state is not Fidelity.NOT_YET_DUE]
    assert made.due == len(due)
    assert made.not_due == len(found) - len(due)
    assert made.met == sum(one.state is Fidelity.MET for one in found)
    assert made.unknown == sum(one.state is Fidelity.NOT_MET and not one.known for one in found)
    assert made == tally(kind_of(one) for one in found)


@pytest.mark.requirement("INV-17", "INV-27", "N-14")
@given(TALLIES)
def test_what_is_told_is_true_and_never_of_a_few(one: Tally) -> None:
    said = tell(one)
    assert said.n in (None, one.met)
    assert said.of in (None, one.due)
    assert said.unknown in (None, one.unknown)
    assert said.not_due in (None, one.not_due)
    if said.n is not None:
        assert said.of is not None  # no n without its N
        assert said.n == 0 or said.n >= K
        assert said.of - said.n == 0 or said.of - said.n >= K
        assert said.of == 0 or said.of >= LARGE or said.n not in (0, said.of)
    if said.of == 0:
        assert said.not_due == 0 or one.not_due >= LARGE
    if said.percent:
        assert said.of is not None
        assert said.of >= LARGE


@pytest.mark.requirement("INV-17", "N-14")
@given(TALLIES)
def test_a_share_lies_between_what_those_not_known_may_answer(one: Tally) -> None:
    said = tell(one)
    if said.percent is None:
        return
    least, most = said.percent
    assert least == (200 * one.met + one.due) // (2 * one.due)
    assert most >= least
    assert (most == least) or one.unknown
    assert said.between is not None
    assert said.between[0] <= least
    assert said.between[1] >= most


@pytest.mark.requirement("INV-27")
@pytest.mark.parametrize("people", [5, 9, 10, 14])
def test_whoever_knows_the_total_and_the_rule_works_out_nothing_that_is_left_out(
    people: int,
) -> None:
    alike: dict[Told, list[Tally]] = defaultdict(list)
    for met in range(people + 1):
        for lacking in range(people - met + 1):
            for unknown in range(people - met - lacking + 1):
                one = Tally(met, lacking, unknown, people - met - lacking - unknown)
                alike[tell(one)].append(one)
    for said, several in alike.items():
        if said.n is None:
            assert len({one.met for one in several}) > 1, said
        if said.of is None:
            assert len({one.due for one in several}) > 1, said
            assert len({one.not_due for one in several}) > 1, said
        if said.unknown is None:
            assert len({one.unknown for one in several}) > 1, said


@pytest.mark.requirement("INV-27")
@given(st.dictionaries(st.sampled_from("abcdef"), NUMBERS, min_size=1))
def test_of_parts_with_a_known_sum_no_small_one_is_told_nor_given_away(
    parts: dict[str, int],
) -> None:
    said = told_counts(parts)
    hidden = [parts[key] for key, n in said.items() if n is None]
    assert all(n is None or n == parts[key] for key, n in said.items())
    assert all(n is None or n == 0 or n >= K for n in said.values())
    if sum(parts.values()) >= K:
        assert not hidden or sum(hidden) >= K
        assert len(hidden) != 1 or len([n for n in parts.values() if n]) == 1


@given(st.lists(NUMBERS, max_size=20))
def test_a_median_of_few_is_not_told(values: list[int]) -> None:
    assert middle(values) == (median(values) if len(values) >= K else None)


@pytest.mark.requirement("FM-02")
def test_a_step_that_came_from_a_list_is_not_known_and_is_no_failing() -> None:
    made = walked()
    enrolled = fact("2026-01-12", "enrolment")
    for imported, kind in ((True, "unknown"), (False, "lacking")):
        walked_on = [
            enrolled,
            fact("2026-01-12", "step", step="p1", imported=imported),
            fact("2026-02-02", "step", step="p2"),
        ]
        found = elements(made, history(made, walked_on, day("2026-03-01")))
        assert kind_of(found[0]) == kind
        assert [code for code, _finding in found[0].pieces] == list(made.elements[0].evidence)
