"""What a room writes down reaches the core as one dated fact, told again when its row changes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from stegvis.core.progression.facts import Fact
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell, untell
from stegvis.journey.standing.facts import case
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
ROW = uuid.UUID(int=7)


def _contacts(cast: Cast) -> list[Fact]:
    enrolment = cast.person("own").enrolment
    assert enrolment
    return [fact for fact in case(enrolment) if fact.kind == "contact"]


def _enrolment(cast: Cast) -> Enrolment:
    return Enrolment.enrolments.get(pk=cast.person("own").enrolment)


def test_a_fact_is_told_once_and_the_latest_telling_counts(cast: Cast, at_work: Any) -> None:
    day = cast.on - dt.timedelta(days=3)
    with at_work(cast["asta"]):
        for way in ("phone", "visit"):
            tell(_enrolment(cast), "contact", source=ROW, on=day, way=way, about=None)
        assert _contacts(cast) == [Fact(on=day, kind="contact", values={"way": "visit"})]


def test_what_was_a_mistake_counts_no_more_and_may_be_told_again(cast: Cast, at_work: Any) -> None:
    with at_work(cast["asta"]):
        tell(_enrolment(cast), "contact", source=ROW, on=cast.on)
        untell(ROW)
        assert _contacts(cast) == []
        tell(_enrolment(cast), "contact", source=ROW, on=cast.on)
        assert len(_contacts(cast)) == 1


@pytest.mark.parametrize(("kind", "values"), [("gossip", {}), ("contact", {"words": "ja"})])
def test_what_the_core_does_not_know_is_not_told(
    cast: Cast, at_work: Any, kind: str, values: dict[str, str]
) -> None:
    with at_work(cast["asta"]), pytest.raises(ValueError, match="the core knows no"):
        tell(_enrolment(cast), kind, source=ROW, on=cast.on, **values)
