"""Job seeking: by whom, on which step, and how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import job_search_count, may_seek
from stegvis.journey.followups.models import JobSearch
from stegvis.journey.intake.actions import NotNow
from tests.cast.people import Cast
from tests.journey.followups.made import road
from tests.journey.made import decide

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-36")]
Work = Callable[..., Any]


def applied(cast: Cast, who: str, **said: Any) -> JobSearch:
    new = actions.NewJobSearch(**{"kind": "application", "on": cast.on, **said})
    return actions.log_job_search(road(cast), new, by=cast[who].actor)


def test_on_step_4_jobs_are_sought_only_by_those_soon_ready(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s4", effective_on=cast.on)
        with pytest.raises(NotNow, match="not_job_seeking_yet"):
            applied(cast, "asta")
        how: dict[str, Any] = {"by": cast["asta"].actor, "on": cast.on}
        actions.say_ready_soon(road(cast), ready=True, grounds="Klarar heltid.", **how)
        applied(cast, "asta")
        actions.say_ready_soon(road(cast), ready=False, grounds="Sjuk en tid.", **how)
        assert not may_seek(road(cast)), "the latest judgement counts"


def test_late_on_the_road_everyone_seeks(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s5", effective_on=cast.on)
        assert may_seek(road(cast))


def test_three_applications_by_the_person_are_counted_for_the_report(
    cast: Cast, at_work: Work, sign_in: Work
) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s5", effective_on=cast.on - dt.timedelta(days=30))
    with at_work(cast["olle"]):
        for days in (0, 3, 20):
            on = cast.on - dt.timedelta(days=days)
            assert applied(cast, "olle", on=on, employer="Ekdala bageri").by_participant
        week_ago = cast.on - dt.timedelta(days=7)
        assert job_search_count(road(cast), week_ago, cast.on) == 1, "until is not in it"
        assert job_search_count(road(cast), week_ago, cast.on + dt.timedelta(days=1)) == 2
        everything = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
        assert job_search_count(road(cast), *everything) == 3
    page = sign_in(cast["asta"]).get(reverse("job_seeking", args=[cast.person("own").person]))
    assert "3 saker gjorda" in page.content.decode()


def test_the_employer_s_answer_is_filled_in_on_the_page(
    cast: Cast, at_work: Work, sign_in: Work
) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s5", effective_on=cast.on)
        row = applied(cast, "asta")
    visitor = sign_in(cast["asta"])
    at = reverse("job_seeking", args=[cast.person("own").person])
    sent = {"do": "answer", "row": str(row.pk), "seen": "1", "result": "interview"}
    assert visitor.post(at, sent).status_code == 302
    assert visitor.post(at, {**sent, "result": "no"}).status_code == 200, "a colleague was faster"
    assert visitor.post(at, {**sent, "row": "x"}).status_code == 404
    with at_work(cast["asta"]):
        assert JobSearch.objects.get(pk=row.pk).result == "interview"


def test_the_log_and_the_judgement_are_written_on_the_page(cast: Cast, sign_in: Work) -> None:
    visitor = sign_in(cast["asta"])
    at = reverse("job_seeking", args=[cast.person("own").person])
    line = {"do": "log", "kind": "call", "on": cast.on.isoformat(), "result": "waiting"}
    assert visitor.post(at, line).status_code == 200, "step 2, and nobody has said soon ready"
    ready = {"do": "ready", "ready-ready": "yes", "ready-grounds": "Vill själv."}
    assert visitor.post(at, ready).status_code == 302
    assert visitor.post(at, line).status_code == 302
