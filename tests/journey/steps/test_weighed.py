"""Many judged for a list: what is kept from an earlier visit is never what somebody else wrote."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.core.progression.days_off import DaysOff
from stegvis.core.progression.judgement import Judgement
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.standing.actions import judge, tell
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps import facts
from tests.cast.people import Cast
from tests.journey.made import decide, new

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "KEPT", facts.Kept(9))


@pytest.fixture
def own(cast: Cast, at_work: Work) -> Any:
    """At work, with a person of one's own."""
    with at_work(cast["asta"]):
        yield Enrolment.enrolments.get(pk=cast.person("own").enrolment)


def _weighed(row: Enrolment, on: dt.date, **more: Any) -> Judgement:
    row.refresh_from_db()
    return facts.weighed({row.pk: row.programme_id}, on=on, **more)[row.pk]


def _plain(row: Enrolment, on: dt.date) -> Judgement:
    return facts.judged(row, on=on).judged


def _same(one: Judgement, other: Judgement) -> bool:
    parts = ("standing", "open_moves", "due")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


def test_whoever_was_judged_by_the_same_is_not_judged_again(cast: Cast, own: Any) -> None:
    first = _weighed(own, cast.on)
    assert _weighed(own, cast.on) is first
    assert _same(first, _plain(own, cast.on))


def _tells(cast: Cast, own: Enrolment) -> None:
    tell(own, "contact", source=uuid.uuid4(), on=cast.on, by="job_mediator")


def _judges(cast: Cast, own: Enrolment) -> None:
    by = cast["asta"].actor
    judge(own, by=by, criterion="more_self_going", met=True, basis="Sett", on=cast.on)


def _decides(cast: Cast, _own: Enrolment) -> None:
    decide(cast, cast["asta"], "own", "s3")


def _goes_over(cast: Cast, own: Enrolment) -> None:
    text = str(ProgrammeVersion.versions.get(pk=cast.ekdala.version).text)
    newer = publish(text.replace("Kom igång", "Komma igång"), on=cast.on)
    steps.move_to_version(own.pk, newer, new(cast, ""), by=cast["asta"].actor)


@pytest.mark.requirement("INV-2", "INV-3")
@pytest.mark.parametrize("change", [_tells, _judges, _decides, _goes_over])
def test_what_was_just_written_is_judged_at_once(
    cast: Cast, own: Any, change: Callable[[Cast, Enrolment], None]
) -> None:
    first = _weighed(own, cast.on)
    change(cast, own)
    after = _weighed(own, cast.on)
    assert after is not first
    assert _same(after, _plain(own, cast.on))
    assert after.programme is _plain(own, cast.on).programme


def test_tomorrow_and_other_days_off_are_judged_anew(cast: Cast, own: Any) -> None:
    first = _weighed(own, cast.on)
    later = _weighed(own, cast.on + dt.timedelta(days=1))
    assert (later.road.on - first.road.on).days == 1
    off = DaysOff(closed=frozenset({cast.on}), weekends=True)
    assert _weighed(own, cast.on, off=off).off == off


@pytest.mark.requirement("X-03")
def test_what_is_kept_of_a_person_is_not_found_from_another_municipality(
    cast: Cast, at_work: Work
) -> None:
    row = cast.person("own")
    with at_work(cast["asta"]):
        version = Enrolment.enrolments.get(pk=row.enrolment).programme_id
        here = facts.weighed({row.enrolment: version}, on=cast.on)[row.enrolment]
    other = next(one for one in cast.colleagues.values() if one.actor.tenant != cast.ekdala.tenant)
    with at_work(other):
        there = facts.weighed({row.enrolment: version}, on=cast.on)
    assert here.road.facts != ()
    assert all(one.road.facts == () and one is not here for one in there.values())


def test_words_are_not_kept(cast: Cast, own: Any) -> None:
    decide(cast, cast["asta"], "own", "s3", grounds="Hemligt", own_words="Egna ord")
    _weighed(own, cast.on)
    found = [value for row in facts.KEPT._rows.values() for value in [repr(row)]]
    assert found
    assert not any("Hemligt" in one or "Egna ord" in one for one in found)


def test_many_are_asked_for_once_however_many_they_are(
    cast: Cast, as_job: Work, queries: Callable[[], Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        rows = dict(Enrolment.enrolments.open().values_list("pk", "programme_id"))
        facts.weighed(rows, on=cast.on)
        facts.KEPT = facts.Kept(9)
        with queries() as cold:
            facts.weighed(rows, on=cast.on)
        with queries() as warm:
            facts.weighed(rows, on=cast.on)
    assert (cold.count, warm.count) == (1, 1)
