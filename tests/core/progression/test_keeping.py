"""A kept judgement is the plain one, whatever came before: never stale, bounded, and of one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.programme.model import Programme
from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import Judgement, judgement
from stegvis.core.progression.keeping import Kept, LetGoError, Mark, light, mark
from tests.core.progression.made import climbed
from tests.core.progression.test_properties import DAYS, FIRST, PROGRAMMES, cases

KINDS = frozenset({"follow_up", "report"})
WEEKENDS = DaysOff(weekends=True)
NEWER = replace(climbed(), version=2)
PARTS = ("standing", "lacking", "open_moves", "due")


def _text(facts: list[Fact]) -> str:
    return repr([(one.on, one.kind, dict(one.values), one.until) for one in facts])


def _said(found: Judgement) -> list[Any]:
    """What a list shows, and the facts it may ask for."""
    parts = [getattr(found, part) for part in PARTS]
    facts = [found.road.of(kind) for kind in sorted(KINDS)]
    return [found.programme.version, *parts, found.road.stays, found.road.pauses, *facts]


type Asked = tuple[str, Programme, list[Fact], date, DaysOff]


def _asked() -> st.SearchStrategy[list[Asked]]:
    """Lists opened one after another: few people, so that the same come again with other facts,
    on other days, by other versions and in other days off."""
    one = cases().flatmap(
        lambda case: st.tuples(
            st.sampled_from("abc"),
            st.sampled_from([case[0], NEWER] if case[0].key == NEWER.key else [case[0]]),
            st.sampled_from([case[1], case[1][:-1]]),
            st.sampled_from([case[2], FIRST + timedelta(days=DAYS)]),
            st.sampled_from([ALWAYS_OPEN, WEEKENDS]),
        )
    )
    return st.lists(one, min_size=1, max_size=6).flatmap(
        lambda some: st.lists(st.sampled_from(some), min_size=1, max_size=12)
    )


@given(_asked())
@pytest.mark.requirement("INV-2")
def test_what_is_kept_says_what_a_judgement_made_anew_says(several: list[Asked]) -> None:
    kept = Kept(2)
    for who, programme, facts, on, off in several:
        under = mark(_text(facts), version=(programme.key, programme.version), on=on, off=off)
        found = kept.find(who, under)
        if found is None:
            found = light(judgement(programme, facts, on, off=off), KINDS)
            kept.keep(who, under, found)
        assert _said(found) == _said(judgement(programme, facts, on, off=off))
        assert len(kept) <= 2


def _mark(facts: str = "[]", **other: Any) -> Mark:
    said: dict[str, Any] = {"version": 1, "on": FIRST, "off": ALWAYS_OPEN}
    return mark(facts, **said | other)


@pytest.fixture
def judged() -> Judgement:
    facts = [
        Fact(FIRST, "enrolment"),
        Fact(FIRST, "follow_up"),
        Fact(FIRST, "attendance", {"status": "present", "expected_hours": 8}),
    ]
    return judgement(PROGRAMMES["climbed"], facts, FIRST)


@pytest.mark.parametrize(
    "other",
    [
        _mark("[1]"),
        _mark(version=2),
        _mark(on=FIRST + timedelta(days=1)),
        _mark(off=WEEKENDS),
        _mark(off=DaysOff(closed=frozenset({FIRST}))),
    ],
)
def test_nothing_is_found_under_another_mark(judged: Judgement, other: Mark) -> None:
    kept = Kept(9)
    kept.keep("a", _mark(), judged)
    assert kept.find("a", other) is None


def test_what_has_changed_is_let_go_of_at_once(judged: Judgement) -> None:
    kept = Kept(9)
    kept.keep("a", _mark(), judged)
    kept.find("a", _mark("[1]"))
    assert len(kept) == 0


def test_nothing_of_yesterday_is_kept_beside_today(judged: Judgement) -> None:
    kept = Kept(9)
    kept.keep("a", _mark(), judged)
    kept.keep("b", _mark(on=FIRST + timedelta(days=1)), judged)
    assert len(kept) == 1


def test_those_asked_for_the_longest_ago_go_first(judged: Judgement) -> None:
    kept = Kept(2)
    for key in "ab":
        kept.keep(key, _mark(), judged)
    kept.find("a", _mark())
    kept.keep("c", _mark(), judged)
    assert kept.find("b", _mark()) is None
    assert kept.find("a", _mark()) is judged


def test_a_kept_judgement_says_what_it_has_let_go_of(judged: Judgement) -> None:
    kept = light(judged, KINDS)
    assert len(kept.road.of("follow_up")) == 1
    assert kept.road.of("report") == ()
    assert [fact.kind for fact in kept.road.facts] == ["follow_up"]
    with pytest.raises(LetGoError, match="attendance"):
        kept.road.of("attendance")
    assert [getattr(kept, part) for part in PARTS] == [getattr(judged, part) for part in PARTS]
