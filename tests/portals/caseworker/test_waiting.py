"""What the rooms have to say of the day: messages, comments, waivers, goals left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from stegvis.journey.plans import facts
from stegvis.journey.plans.actions import review_goal
from stegvis.journey.plans.models import Goal, Plan, PlanVersion, Saving
from stegvis.journey.reports.models import Report
from stegvis.journey.standing.actions import begin_pause
from stegvis.journey.voices.actions import NewMessage, hear, say
from stegvis.journey.voices.models import Message
from stegvis.journey.waivers.actions import give
from tests.cast.people import Cast
from tests.journey.plans.writing import MAIN, SUB, enrolment_of, text
from tests.journey.waivers.made import new
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
OLD = dt.timedelta(days=70)
FLAG = "Inte genomgånget på två omgångar"


def day(cast: Cast, sign_in: Work, who: str = "asta") -> str:
    return text_of(sign_in(cast[who]).get(reverse("my_day")))


def agreed_long_ago(cast: Cast) -> dict[Any, Goal]:
    """At work: a plan that was agreed ten weeks ago, by its goals' threads."""
    row, document = enrolment_of(cast), text()
    of_all = {"tenant_id": row.tenant_id, "person_id": row.person_id}
    version = facts.draft(row) or PlanVersion(
        plan=Plan.objects.get(enrolment=row), enrolment=row, number=9, **of_all
    )
    version.save()
    saved = version.revision + 1
    Saving.objects.bulk_create([Saving(of=version, revision=saved, document=document, **of_all)])
    lines = ((MAIN, "main", None), (SUB, "sub", MAIN))
    goals = [
        Goal(of=version, enrolment=row, thread=thread, kind=kind, under=under, text=kind, **of_all)
        for thread, kind, under in lines
    ]
    Goal.objects.bulk_create(goals)
    Goal.objects.filter(of=version).exclude(thread__in=[MAIN, SUB]).update(left_out=True)
    PlanVersion.versions.filter(pk=version.pk).update(
        state="agreed", aim="work", agreed_on=cast.on - OLD, change_note="Ny", revision=saved
    )
    return {one.thread: one for one in goals}


@pytest.mark.requirement("AJ-48")
def test_a_goal_not_looked_at_in_two_rounds_is_flagged_on_plan_day_and_the_managers_list(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    own = cast.person("own")
    with at_work(cast["asta"]):
        goals = agreed_long_ago(cast)
    plan, todo = reverse("plan", args=[own.person]), reverse("plan_goals", args=[own.person])
    plain = text_of(sign_in(cast["asta"]).get(plan))
    assert FLAG in plain
    shown = day(cast, sign_in)
    assert "2 mål har inte gåtts igenom på två omgångar." in shown
    assert f'href="{todo}"' in shown
    listed = text_of(sign_in(cast["mona"]).get(reverse("plans")))
    left = listed[listed.index('id="left"') :]
    assert own.name in left
    with at_work(cast["asta"]):
        for goal in goals.values():
            review_goal(goal, status="going", by=cast["asta"].actor)
    assert FLAG not in text_of(sign_in(cast["asta"]).get(plan))
    assert "på två omgångar" not in day(cast, sign_in)
    assert 'id="left"' not in text_of(sign_in(cast["mona"]).get(reverse("plans")))


@pytest.mark.requirement("AJ-48")
def test_a_look_within_two_rounds_and_a_pause_leave_no_flag(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        goals = agreed_long_ago(cast)
        looked = cast.on - dt.timedelta(days=40)
        review_goal(goals[MAIN], status="slow", by=cast["asta"].actor, on=looked)
        row = enrolment_of(cast)
        rows = type(row).enrolments.filter(pk=row.pk).values("pk")
        assert [one.goal.thread for one in facts.forgotten_goals(rows, on=cast.on)] == [SUB]
        since = cast.on - dt.timedelta(days=30)
        begin_pause(row, by=cast["asta"].actor, since=since, reason="illness")
        assert facts.forgotten_goals(rows, on=cast.on) == []


def test_what_the_person_has_sent_stands_on_the_day_without_its_words_until_it_is_heard(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    own = cast.person("own").person
    with at_work(cast["olle"]):
        said = NewMessage(kind="sick", on=cast.on, words="Magen igen.")
        say(own, said, by=cast["olle"].actor)
    shown = day(cast, sign_in)
    assert "Är sjuk" in shown
    assert reverse("voices", args=[own]) in shown
    assert "Magen igen." not in shown
    with at_work(cast["asta"]):
        for row in Message.messages.filter(person=own, heard_at__isnull=True):
            hear(row, by=cast["asta"].actor)
    assert "Är sjuk" not in day(cast, sign_in)


def test_a_comment_on_a_report_and_a_waiver_that_soon_ends_are_told_to_who_may_know(
    cast: Cast, sign_in: Work, at_work: Work, as_job: Work
) -> None:
    own, now = cast.person("own"), timezone.now()
    with at_work(cast["asta"]):
        over = now + dt.timedelta(days=5)
        said = new(now, valid_to=over, counterpart_kind="PSYCHIATRY", counterpart_name="Linden")
        give(own.person, said, by=cast["asta"].actor)
    with as_job(cast.ekdala.tenant):
        Report.reports.filter(pk=own.rows["report"]).update(comment="Nej.", commented_at=now)
    for who, told in (("asta", True), ("vera", False), ("jonna", False)):
        shown = day(cast, sign_in, who)
        assert ("Sekretessmedgivandet upphör" in shown or "medgivande" in shown.lower()) is told
        assert (reverse("report", args=[own.person, own.rows["report"]]) in shown) is told
        assert "Linden" not in shown, "of whom is health"
        assert "Nej." not in shown
