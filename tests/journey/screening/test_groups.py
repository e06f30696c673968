"""Three groups, exactly one of them current, and what follows from each."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow, assign
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation import actions as mediation
from stegvis.journey.screening import actions
from stegvis.journey.screening.facts import group_of
from stegvis.journey.screening.models import Notice, Rehabilitation, Screening
from stegvis.journey.standing.actions import tell
from stegvis.journey.standing.models import Category
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Working = Callable[..., Any]
WORDS = {"grounds": "Vi er enige om det.", "own_words": "Jeg vil gerne i gang."}


def the_road(cast: Cast) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("abroad").enrolment)
    return row


def put(cast: Cast, group: int, day: dt.date | None = None, **more: Any) -> Screening:
    new = actions.NewScreening(group, day or cast.on, **{**WORDS, **more})
    return actions.screen(the_road(cast), new, by=cast["inge"].actor)


@pytest.mark.requirement("FM-04", "FM-52")
def test_a_later_group_is_current_and_the_earlier_stays(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        put(cast, 2, cast.on - dt.timedelta(days=9))
        put(cast, 1, cast.on - dt.timedelta(days=2))
        rows = Screening.objects.filter(enrolment=the_road(cast)).order_by("on")
        assert [(row.group, row.current) for row in rows] == [(2, False), (1, True)]
        assert group_of(the_road(cast).pk) == "1"
        assert (
            judged(the_road(cast), on=cast.on).judged.road.categories["screening_group"][-1].code
            == "1"
        )
        with pytest.raises(NotNow, match="before_the_present"):
            put(cast, 3, cast.on - dt.timedelta(days=5))


@pytest.mark.requirement("FM-04")
def test_two_current_groups_are_refused_by_the_database(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        row = put(cast, 1)
        fields = {"tenant_id": row.tenant_id, "enrolment": row.enrolment, "category": row.category,
                  "person_id": row.person_id, "group": 1, "on": cast.on, **WORDS}  # fmt: skip
        with pytest.raises(IntegrityError, match="one_current_group"), transaction.atomic():
            Screening(**fields).save(force_insert=True)


@pytest.mark.requirement("FM-04")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"grounds": " "}, "grounds_missing"),
        ({"own_words": ""}, "own_words_missing"),
        ({"group": 4}, "no_such_group"),
    ],
)
def test_a_group_has_grounds_and_the_own_words(
    cast: Cast, at_work: Working, wrong: dict[str, Any], code: str
) -> None:
    given = {"group": 1, **WORDS, **wrong}
    with at_work(cast["inge"]), pytest.raises(NotNow, match=code):
        put(cast, **given)


@pytest.mark.requirement("FM-04", "FM-51")
def test_only_whoever_holds_the_case_screens(cast: Cast, at_work: Working) -> None:
    new = actions.NewScreening(1, cast.on, **WORDS)
    for who in ("mads", "mette"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.screen(the_road(cast), new, by=cast[who].actor)


@pytest.mark.requirement("INV-14", "FM-04")
def test_another_group_ends_the_mediator_and_nobody_gets_one(cast: Cast, at_work: Working) -> None:
    inge = cast["inge"].actor
    with at_work(cast["inge"]):
        put(cast, 3)
        held = Assignment.assignments.filter(enrolment=the_road(cast), part="job_mediator")
        assert [row.until for row in held] == [cast.on]
        with pytest.raises(NotNow, match="not_in_group_one"):
            mediation.offer(the_road(cast), by=inge, on=cast.on)
        with pytest.raises(NotNow, match="not_in_group_one"):
            mediation.appoint(the_road(cast), cast["mads"].member, by=inge, since=cast.on)
        with pytest.raises(IntegrityError, match="only group 1"), transaction.atomic():
            assign(
                the_road(cast), by=inge, member=cast["mads"].member,
                part=Assignment.Part.JOB_MEDIATOR, since=cast.on,
            )  # fmt: skip


@pytest.mark.requirement("INV-14")
def test_step_2_is_advised_against_in_another_group(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        put(cast, 2)
        moves = judged(the_road(cast), on=cast.on).judged.open_moves
        ahead = next(move for move in moves if move.to == "t2")
        assert (ahead.because.code, ahead.needs_reason) == ("category_outside", True)


@pytest.mark.requirement("INV-14", "FM-04")
def test_step_2_is_closed_in_another_group_even_with_reasons(
    cast: Cast, at_work: Working, sign_in: Callable[..., Any]
) -> None:
    with at_work(cast["inge"]):
        put(cast, 2)
        with pytest.raises(NotNow, match="category_outside"):
            decide(cast, cast["inge"], "abroad", "t2", grounds="Vil prøve.")
    page = sign_in(cast["inge"]).get(reverse("decide", args=[cast.person("abroad").person]))
    assert "t2" not in [move["code"] for move in page.context["moves"]]
    (_label, why), *_further = page.context["barred"]
    assert why
    assert why in html.unescape(page.content.decode())
    with at_work(cast["inge"]):
        put(cast, 1)
        decide(cast, cast["inge"], "abroad", "t2", grounds="Vil prøve.")


@pytest.mark.requirement("FM-05", "N-04")
def test_group_2_is_followed_to_the_decision_that_others_take(cast: Cast, at_work: Working) -> None:
    inge, day = cast["inge"].actor, cast.on - dt.timedelta(days=20)
    with at_work(cast["inge"]):
        screening = put(cast, 2, day)
        way = Rehabilitation.objects.get(screening=screening)
        assert (way.due_on, way.status, way.decision) == (day, "not_begun", "")
        with pytest.raises(NotNow, match="not_in_order"):
            actions.send(way, by=inge, on=cast.on)
        actions.begin(way, by=inge, on=day)
        with pytest.raises(NotNow, match="said_already"):
            actions.begin(way, by=inge, on=day)
        with pytest.raises(NotNow, match="day_out_of_order"):
            actions.send(way, by=inge, on=day - dt.timedelta(days=1))
        actions.send(way, by=inge, on=day + dt.timedelta(days=5))
        with pytest.raises(NotNow, match="not_in_order"):
            actions.decided(way, "flex_job", by=inge, on=cast.on)
        actions.recommended(way, "Afklaring i virksomhed.", by=inge, on=cast.on)
        actions.decided(way, "flex_job", by=inge, on=cast.on)
        way.refresh_from_db()
        assert (way.status, way.since, way.decision) == ("decided", cast.on, "flex_job")


@pytest.mark.requirement("FM-06")
def test_group_3_is_closed_by_the_notice_alone(cast: Cast, at_work: Working) -> None:
    inge = cast["inge"].actor
    with at_work(cast["inge"]):
        row = put(cast, 3)
        assert (row.closed_on, row.ordinary_effort) == (None, True)
        with pytest.raises(NotNow, match="notice_missing"):
            actions.close(row, by=inge, on=cast.on)
        with pytest.raises(IntegrityError, match="closed_when_notice"), transaction.atomic():
            Screening.objects.filter(pk=row.pk).update(closed_on=cast.on)
        row.refresh_from_db()
        new = actions.NewNotice("Socialforvaltningen", cast.on, "Har brug for mere.", ("abuse",))
        actions.notify(row, new, by=inge)
        row.refresh_from_db()
        assert row.closed_on == cast.on
        notice = Notice.objects.get()
        assert (notice.to, notice.support) == ("Socialforvaltningen", ["abuse"])
        with pytest.raises(NotNow, match="notice_sent_already"):
            actions.notify(row, new, by=inge)


@pytest.mark.requirement("FM-51", "INV-14")
def test_the_exception_is_the_case_workers_and_opens_the_way_to_the_team(
    cast: Cast, at_work: Working
) -> None:
    new = actions.NewScreening(2, cast.on, **WORDS, exception="flexjob_target")
    with at_work(cast["mads"]), pytest.raises(Hidden):
        actions.make_exception(the_road(cast), new, by=cast["mads"].actor)
    with at_work(cast["inge"]):
        inge = cast["inge"].actor
        with pytest.raises(NotNow, match="no_drop_out"):
            actions.make_exception(the_road(cast), new, by=inge)
        said = {"source": the_road(cast).pk, "on": cast.on, "reason": "workplace", "step": "t3"}
        tell(the_road(cast), "drop_out", **said)
        row = actions.make_exception(the_road(cast), new, by=inge)
        assert Rehabilitation.objects.get(screening=row).due_on == cast.on
        restart = next(
            move for move in judged(the_road(cast), on=cast.on).judged.open_moves if move.to == "t2"
        )
        assert (restart.because.code, restart.proposed) == ("restart_excepted", False)
        told = Category.objects.filter(enrolment=the_road(cast)).order_by("-created_at").first()
        assert told is not None
        assert (told.code, told.grounds) == ("2", ""), "the grounds stand where few read them"


@pytest.mark.requirement("FM-03")
def test_the_road_is_dated_to_the_first_talk(cast: Cast, at_work: Working) -> None:
    inge = cast["inge"].actor
    began = cast.on - dt.timedelta(days=199)
    with at_work(cast["inge"]):
        with pytest.raises(NotNow, match="step_began_otherwise"):
            actions.hold_talk(the_road(cast), by=inge, on=cast.on)
        assert the_road(cast).since != began
        actions.hold_talk(the_road(cast), by=inge, on=began, in_course=True)
        assert the_road(cast).since == began
        with pytest.raises(NotNow, match="held_already"):
            actions.hold_talk(the_road(cast), by=inge, on=began)


@pytest.mark.requirement("FM-03")
def test_a_new_road_begins_with_the_talk_and_no_other_day(cast: Cast, as_job: Working) -> None:
    from dataclasses import replace

    from stegvis.journey.intake import actions as intake
    from stegvis.journey.programmes.models import ProgrammeVersion
    from tests.journey.made import NEW, a_person, a_referral

    inge, talk = cast["inge"].actor, cast.on - dt.timedelta(days=3)
    with as_job(cast.birkeso.tenant):
        referral = a_referral(cast, a_person(cast), unit=cast.birkeso.units[0])
        intake.accept(referral, by=None, on=cast.on)
        opened = intake.NewEnrolment(
            programme=ProgrammeVersion.versions.get(pk=cast.birkeso.version),
            since=cast.on, agency="JOBCENTER", case_worker=cast["inge"].member,
        )  # fmt: skip
        road = intake.enrol(referral, opened, by=None)
        new = actions.NewScreening(1, cast.on, **WORDS)
        with pytest.raises(NotNow, match="talk_first"):
            actions.screen(road, new, by=None)
        actions.hold_talk(road, by=inge, on=talk)
        decision = replace(NEW, to_step="t1", effective_on=cast.on)
        with pytest.raises(NotNow, match="begins_with_the_talk"):
            steps.decide(road.pk, decision, by=inge)
        made = steps.decide(road.pk, replace(decision, effective_on=talk), by=inge)
        road.refresh_from_db()
        assert made.opens.since == road.since == talk
        with pytest.raises(NotNow, match="before_the_talk"):
            actions.screen(road, replace(new, on=talk - dt.timedelta(days=1)), by=None)
