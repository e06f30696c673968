"""Two hands at the same moment: one follows the other, and what must be one stays one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from stegvis.journey.background.actions import NewTest, order_test
from stegvis.journey.background.models import TestOrder, TestOutcome
from stegvis.journey.intake.models import Assignment, Enrolment, OrderLine
from stegvis.journey.reports import actions as reports
from stegvis.journey.reports.models import Dispatch, Report, ReportLine
from stegvis.journey.waivers import actions as waivers
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.models import Kind, Relation
from stegvis.platform.accounts.models import Grant, PersonalLink, Role
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast
from tests.cast.visiting import sign_in as signed_in
from tests.journey.waivers.made import new as new_waiver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]


def _at_once(calls: list[Callable[[], Any]]) -> list[int]:
    start, answers = threading.Barrier(len(calls)), list[int]()

    def go(call: Callable[[], Any]) -> None:
        try:
            start.wait()
            answers.append(call().status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def _post(who: Any, url: str, sent: dict[str, str]) -> Callable[[], Any]:
    visitor = signed_in(who)
    visitor.raise_request_exception = False
    return lambda: visitor.post(url, sent)


def test_a_mediator_given_six_times_at_once_is_given_once(cast: Cast) -> None:
    one, jonna = cast.person("same_unit"), cast["jonna"].member
    sent = {"do": "assign", "who": f"job_mediator:{jonna}", "since": cast.on.isoformat()}
    url = reverse("assignments", args=[one.person])
    assert set(_at_once([_post(cast["mona"], url, sent) for _ in range(6)])) == {302}
    with scope(cast.ekdala.tenant, service="test"):
        held = Assignment.assignments.filter(enrolment=one.enrolment, part="job_mediator")
        assert held.count() == 1


def _twice(cast: Cast, who: str, url: str, sent: dict[str, str], hands: int = 4) -> list[int]:
    return _at_once([_post(cast[who], url, sent) for _ in range(hands)])


def test_a_way_in_given_from_four_windows_is_one(cast: Cast) -> None:
    """Else somebody would have two sign-ins, and shutting one would leave the other open."""
    one = cast.person("same_unit")
    url = reverse("way_in", args=[one.person])
    assert set(_twice(cast, "aron", url, {"do": "link"})) == {302}
    with scope(cast.ekdala.tenant, service="test"):
        assert PersonalLink.links.open().filter(person=one.person).count() == 1
        own = Relation.relations.held(cast.on).filter(person=one.person, kind=Kind.SELF)
        assert own.count() == 1


def test_a_test_has_one_outcome_whoever_writes_it(cast: Cast) -> None:
    one = cast.person("own")
    url = reverse("tests", args=[one.person])
    with scope(cast.ekdala.tenant, service="test"), keeping(Page("test", Purpose.JOB)):
        road = Enrolment.enrolments.get(pk=one.enrolment)
        new = NewTest(
            kind="knowledge", why="x", provider="y", consent="written",
            consent_on=cast.on, ordered_on=cast.on,
        )  # fmt: skip
        order = order_test(road, new, by=None)
        mine = TestOrder.notes.standing().filter(person=one.person)
        at = [row.pk for row in mine].index(order.pk)
    day = cast.on.isoformat()
    sent = {"do": f"result:{order.pk}", f"r{at}-summary": "Klart.", f"r{at}-came_on": day}
    assert set(_twice(cast, "asta", url, sent)) <= {200, 302, 404}
    with scope(cast.ekdala.tenant, service="test"):
        assert TestOutcome.objects.filter(order=order).count() == 1


def test_a_report_is_sent_once_whoever_presses(cast: Cast) -> None:
    one = cast.person("own")
    with scope(cast.ekdala.tenant, service="test"), keeping(Page("test", Purpose.JOB)):
        OrderLine.objects.filter(referral=one.referral).update(uses=["job_matching"])
        row = Report.reports.get(pk=one.rows["report"])
        line = ReportLine.objects.get(report=row, section="done")
        reports.rewrite(row, line, "Har provat disk.", by=None)
        reports.note_seen(row, "together", by=None)
    url = reverse("report", args=[one.person, row.pk])
    sent = {"do": "send", "way": "link", "address": "a@af.example"}
    answers = _twice(cast, "asta", url, sent)
    assert answers.count(302) == 1
    assert set(answers) == {200, 302}
    with scope(cast.ekdala.tenant, service="test"):
        assert Dispatch.objects.filter(report=row).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name='reports.mail'")
        assert cursor.fetchone() == (1,)


def test_a_report_waits_for_the_waiver_that_is_being_withdrawn(cast: Cast) -> None:
    """Who withdraws first has withdrawn, also when the sending began before it was through."""
    one, asta = cast.person("own"), cast["asta"]
    with scope(cast.ekdala.tenant, service="test"), keeping(Page("test", Purpose.JOB)):
        given = waivers.give(
            one.person, new_waiver(timezone.now(), categories=("progress", "goals")), by=None
        )
        row = Report.reports.get(pk=one.rows["report"])
        line = ReportLine.objects.get(report=row, section="progress")
        reports.rewrite(row, line, "Frågar om hjälp.", by=None)
        reports.note_seen(row, "together", by=None)
    sent, found = {"do": "send", "way": "paper"}, list[int]()

    def press() -> None:
        try:
            url = reverse("report", args=[one.person, row.pk])
            found.append(_post(asta, url, sent)().status_code)
        finally:
            connection.close()

    pressing = threading.Thread(target=press)
    with scope(cast.ekdala.tenant, service="test"), keeping(Page("test", Purpose.JOB)):
        waivers.withdraw(given, by=None)
        pressing.start()
        pressing.join(1)
        assert pressing.is_alive(), "it does not send on what is being taken back"
    pressing.join()
    assert found == [200]
    with scope(cast.ekdala.tenant, service="test"):
        assert not Dispatch.objects.filter(report=row).exists()


def test_two_administrators_who_end_each_others_role_at_once_leave_one(cast: Cast) -> None:
    tenant, (ada, aron) = cast.ekdala.tenant, (cast["ada"], cast["aron"])
    with scope(tenant, service="test"):
        second = Grant(
            tenant_id=tenant, member_id=aron.member, role=Role.ADMINISTRATOR, since=cast.on
        )
        second.save(force_insert=True)
    ends = {"until": cast.on.isoformat()}
    calls = [
        _post(ada, reverse("staff_end_role", args=[aron.member, second.pk]), ends),
        _post(aron, reverse("staff_end_role", args=[ada.member, ada.grant]), ends),
    ]
    assert set(_at_once(calls)) <= {200, 302, 404}
    with scope(tenant, service="test"):
        held = Grant.grants.filter(role=Role.ADMINISTRATOR).held(cast.on)
        assert held.count() == 1
