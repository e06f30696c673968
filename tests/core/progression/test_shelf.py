"""Whether what the programmes that come with Stegvis name can be judged at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from stegvis.core.programme.model import Programme
from stegvis.core.progression.events import EVENTS, patterns
from stegvis.core.progression.judgement import judgement, to_json
from stegvis.core.progression.kinds import EVERY, KINDS
from stegvis.core.progression.measures import MEASURES
from stegvis.core.progression.standing import LONG_STAY
from tests.core.progression import golden

KEYS = sorted(file.parent.name for file in golden.PROGRAMMES.glob("*/model.yaml"))


@cache
def shelf() -> dict[str, Programme]:
    return golden.shelf()


def fields(event: str, wanted: dict[str, Any]) -> Iterator[str]:
    for kind, _ in patterns(event):
        yield from (f"{kind}.{name}" for name in wanted if name not in {**KINDS[kind], **EVERY})


@pytest.mark.parametrize("key", KEYS)
def test_every_automatic_criterion_reads_facts_that_a_case_may_hold(key: str) -> None:
    for one in shelf()[key].criteria.values():
        if one.test != "auto":
            continue
        assert one.measure in MEASURES
        needs = dict(one.needs)
        own = {"fact", "field", "per_month", "months", "starts"}
        if "fact" in needs:
            wanted = {name: value for name, value in needs.items() if name not in own}
            assert not list(fields(str(needs["fact"]), wanted)), one.code
            assert not list(fields(str(needs["fact"]), {str(needs.get("field", "by")): 1}))


@pytest.mark.parametrize("key", KEYS)
def test_every_dated_cadence_of_a_person_waits_for_an_event_that_can_be_recorded(key: str) -> None:
    for one in shelf()[key].cadences:
        if one.of == "unit" or not (one.every or one.within):
            continue
        for event in filter(None, (one.event, one.starts)):
            assert event in KINDS or event in EVENTS, f"{one.code}: {event}"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.requirement("AJ-30", "N-03")
def test_a_person_of_whom_nothing_is_known_is_judged_without_a_verdict(key: str) -> None:
    found = to_json(judgement(shelf()[key], (), date(2026, 6, 1)))
    assert found["milestones"] == {}
    assert found["due"] == []
    assert {one["state"] for one in found["elements"]} <= {"not_yet_due"}
    assert "enrolment" in [one["criterion"] for one in found["lacking"]]
    assert found["open_moves"]


@pytest.mark.requirement("AJ-05")
def test_the_reminder_of_a_long_stay_is_a_setting_of_ours() -> None:
    setting = shelf()["jobbtrappa"].settings[LONG_STAY]
    assert setting.ours
    assert isinstance(setting.value, int)
