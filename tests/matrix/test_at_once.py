"""Two hands at the same moment: one follows the other, and what must be one stays one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from stegvis.journey.intake.models import Assignment
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast
from tests.cast.visiting import sign_in as signed_in

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
