"""Weeks that cannot be read are told in one sentence, with the place."""

from __future__ import annotations

from typing import Any

import pytest

from stegvis.core.scheduling.instance import InstanceError, parse, schema
from stegvis.core.scheduling.wording import half_day, sentences
from tests.core.scheduling.weeks import FIXTURES, area, person, week


def good() -> dict[str, Any]:
    return week([person("p1")], [area("a")])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slots": []}, "slots"),
        ({"objective": "other"}, "objective"),
        ({"people": [person("p1", need="much")]}, r"people\[0\].need"),
        ({"people": [person("p1"), person("p1")]}, "'p1' stands there twice"),
        ({"people": [person("p1", goal_area="z")]}, "there is no area 'z'"),
        ({"people": [person("p1", available=["sun_am"])]}, "none of the week's half days"),
        ({"apart": [["p1", "p9"]]}, "there is no person 'p9'"),
        ({"apart": [["p1", "p1"]]}, "kept from themselves"),
    ],
)
def test_a_bad_week_is_one_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InstanceError, match=sentence) as caught:
        parse(good() | change)
    assert "\n" not in str(caught.value)


def test_hours_not_known_are_no_limit_and_none_is_none() -> None:
    assert parse(good()).areas["a"].half_days is None
    assert parse(good() | {"areas": [area("a", hours_week=0)]}).areas["a"].half_days == 0
    assert parse(good() | {"areas": [area("a", hours_week=11)]}).areas["a"].half_days == 2


def test_the_printed_format_is_the_one_that_is_read() -> None:
    import json

    printed = FIXTURES.parents[1] / "docs" / "formats" / "week_plan.schema.json"
    assert json.loads(printed.read_text("utf-8")) == schema()


def test_every_sentence_stands_in_every_language() -> None:
    assert sentences().faults() == ()
    assert half_day("mon_am")["sv"] == "måndag förmiddag"
    assert half_day("sat")["da"] == "sat"
