"""The figures of a unit against counting by hand, one person after another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from stegvis.core.outcomes.fidelity import Tally
from stegvis.core.progression.days_off import DaysOff
from stegvis.core.progression.judgement import judgement
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import facts as standing
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.learning.fidelity.facts.counting import Counted, counted
from stegvis.learning.fidelity.facts.people import enrolled
from stegvis.learning.fidelity.facts.spans import Span, quarters, span_of, spans
from stegvis.platform.access.models import Kind, Relation, Shield
from tests.cast.people import Cast
from tests.learning.fidelity.crowd import crowd

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
DAY = dt.timedelta(days=1)
KEY = "flere_skal_med"
OFF = DaysOff(frozenset(), weekends=True)


@pytest.fixture
def many(cast: Cast, as_job: Work) -> Iterator[list[Enrolment]]:
    with as_job(cast.birkeso.tenant):
        yield crowd(cast, 60, on=cast.on)


def figures(cast: Cast, span: Span) -> Counted:
    found = enrolled([cast.birkeso.units[0]], span, on=cast.on)[KEY]
    return counted(found, span, on=cast.on, off=OFF)


def spans_of(cast: Cast) -> list[Span]:
    whole = Span(cast.on - 600 * DAY, cast.on + DAY)
    return [whole, quarters(cast.on)[0], Span(cast.on - 77 * DAY, cast.on - 20 * DAY)]


@pytest.mark.requirement("FM-02")
@pytest.mark.parametrize("which", [0, 1, 2])
def test_elements_are_what_judging_each_person_by_itself_gives(
    cast: Cast, many: list[Enrolment], which: int
) -> None:
    span = spans_of(cast)[which]
    found = figures(cast, span)
    model = programmes({cast.birkeso.version})[cast.birkeso.version]
    hidden = set(Shield.objects.values_list("person", flat=True))
    by_hand: dict[str, Counter[str]] = {}
    people = 0
    for row in Enrolment.enrolments.filter(unit=cast.birkeso.units[0]):
        was_there = row.since <= span.last(cast.on) and (not row.until or row.until >= span.since)
        if row.person_id in hidden or not was_there:
            continue
        people += 1
        judged = judgement(model, standing.case(row.pk), span.last(cast.on))
        for one in judged.elements:
            state = one.state.value if one.known else "unknown"
            by_hand.setdefault(one.code, Counter())[state] += 1
    assert found.people == people > 20
    for code, states in by_hand.items():
        assert found.elements[code] == Tally(
            states["met"], states["not_met"], states["unknown"], states["not_yet_due"]
        )
    assert sum(found.steps.values()) == sum(found.groups.values()) == people


@pytest.mark.requirement("FM-19")
def test_continuity_and_changes_are_as_they_were_on_the_day(
    cast: Cast, many: list[Enrolment]
) -> None:
    for span in spans_of(cast):
        day, found = span.last(cast.on), figures(cast, span)
        keys = [row.pk for row in enrolled([cast.birkeso.units[0]], span, on=cast.on)[KEY].rows]
        held: dict[Any, set[Any]] = {}
        for row in Assignment.assignments.filter(enrolment__in=keys, part="job_mediator"):
            if row.since <= day:
                held.setdefault(row.enrolment_id, set()).add(row.member_id)
        assert found.mediators.met == sum(len(one) == 1 for one in held.values())
        assert found.mediators.lacking == sum(len(one) > 1 for one in held.values())


@pytest.mark.requirement("FM-26")
def test_talks_in_the_first_step_are_those_of_its_first_stay(
    cast: Cast, many: list[Enrolment]
) -> None:
    span = spans_of(cast)[0]
    found = figures(cast, span)
    by_hand = []
    for row in enrolled([cast.birkeso.units[0]], span, on=cast.on)[KEY].rows:
        stay = StepPeriod.periods.filter(enrolment=row, ordinal=1).order_by("since").first()
        if stay is None:
            continue
        talks = DatedFact.objects.filter(enrolment=row, kind__in=["contact", "follow_up"])
        talks = talks.filter(on__gte=stay.since, on__lt=stay.until or dt.date.max)
        by_hand.append(talks.count())
    assert sorted(found.talks.values) == sorted(by_hand)
    assert len(by_hand) > 20


@pytest.mark.requirement("FM-43", "FM-53")
def test_drop_outs_and_searches_count_what_happened_in_the_period_alone(
    cast: Cast, many: list[Enrolment]
) -> None:
    for span in spans_of(cast):
        found = figures(cast, span)
        keys = [row.pk for row in enrolled([cast.birkeso.units[0]], span, on=cast.on)[KEY].rows]
        inside = {"on__gte": span.since, "on__lt": min(span.until, cast.on + DAY)}
        broke = DatedFact.objects.filter(enrolment__in=keys, kind="drop_out", **inside)
        assert found.dropped.met == broke.values("enrolment").distinct().count()
        assert found.dropped.due + found.dropped.not_due == found.people
        stands = StepPeriod.periods.filter(enrolment__in=keys, step="t2")
        day = span.last(cast.on)
        still = [
            row
            for row in stands.select_related("enrolment")
            if row.since <= day and (row.until is None or row.until > day)
        ]
        assert sum(found.ages.values()) == len(still)


@pytest.mark.requirement("INV-27", "N-14")
def test_nobody_protected_and_nobody_barred_is_in_a_figure(
    cast: Cast, many: list[Enrolment]
) -> None:
    span = spans_of(cast)[0]
    before = figures(cast, span).people
    shielded, kin = many[0], many[1]
    Shield(
        tenant_id=cast.birkeso.tenant, person=shielded.person_id, grade=Shield.Grade.MARKED,
        since=cast.on, source="staff",
    ).save(force_insert=True)  # fmt: skip
    assert figures(cast, span).people == before - 1
    Relation(
        tenant_id=cast.birkeso.tenant, person=kin.person_id, kind=Kind.BARRED,
        member_id=cast["mette"].member, since=cast.on,
    ).save(force_insert=True)  # fmt: skip
    own = enrolled([cast.birkeso.units[0]], span, on=cast.on, barred=cast["mette"].member)
    assert len(own[KEY].rows) == before - 2


def asked(cast: Cast, span: Span) -> int:
    """How many statements the figures take."""
    made = []

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        made.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        figures(cast, span)
    return len(made)


@pytest.mark.requirement("FM-02")
def test_ten_times_as_many_people_take_no_more_queries(cast: Cast, as_job: Work) -> None:
    span = spans_of(cast)[0]
    with as_job(cast.birkeso.tenant):
        crowd(cast, 12, on=cast.on)
        few = asked(cast, span)
        crowd(cast, 108, on=cast.on, seed=2)
        assert asked(cast, span) == few <= 8


def test_a_period_is_judged_on_its_last_day_or_today() -> None:
    on = dt.date(2026, 5, 20)
    quarter = span_of("2026-Q2")
    assert quarter == Span(dt.date(2026, 4, 1), dt.date(2026, 7, 1), "2026-Q2")
    assert quarter is not None
    assert quarter.last(on) == on
    assert not quarter.ended(on)
    assert span_of("2026-H2") == Span(dt.date(2026, 7, 1), dt.date(2027, 1, 1), "2026-H2")
    assert span_of("2025") == Span(dt.date(2025, 1, 1), dt.date(2026, 1, 1), "2025")
    for wrong in ("", "2026-Q5", "2026-Q", "26", "2026-H3", "2026-Q1 "):
        assert span_of(wrong) is None
    assert [one.code for one in quarters(on, 3)] == ["2026-Q1", "2025-Q4", "2025-Q3"]
    assert all(one == span_of(one.code) for one in spans(on))
    assert next(iter(spans(on))).code == "2026"
