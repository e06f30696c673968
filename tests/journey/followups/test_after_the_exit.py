"""After the exit one question is left, for whoever held the case, for as long as it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.followups.facts.after import left, to_ask
from stegvis.journey.followups.models import OutcomeCheck
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.actions import protect
from stegvis.journey.steps import actions as steps
from stegvis.platform.access.models import Kind, Relation, Shield
from tests.cast.people import Cast
from tests.journey.followups.made import road
from tests.journey.made import new

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-04")]
Work = Callable[..., Any]


@pytest.fixture
def gone(cast: Cast, at_work: Work) -> Enrolment:
    """Asta's own participant, who left today."""
    with at_work(cast["asta"]):
        row = road(cast)
        steps.leave(row.pk, new(cast, ""), by=cast["asta"].actor, reason="work", income="wage")
        row.refresh_from_db()
    return row


def days_ago(cast: Cast, row: Enrolment, days: int, as_job: Work) -> None:
    """The same exit, so many days earlier."""
    with as_job(cast.ekdala.tenant):
        shift = dt.timedelta(days=days)
        Enrolment.enrolments.filter(pk=row.pk).update(until=cast.on - shift)
        tie = Relation.relations.get(person=row.person_id, kind=Kind.AFTER)
        Relation.relations.filter(pk=tie.pk).update(
            since=tie.since - shift, until=tie.until - shift
        )


def test_the_last_case_worker_keeps_how_to_reach_the_person_and_the_question_and_nothing_else(
    cast: Cast, gone: Enrolment, sign_in: Work
) -> None:
    visitor, person = sign_in(cast["asta"]), gone.person_id
    shown = visitor.get(reverse("after_exit"))
    assert cast.person("own").family in shown.text
    assert visitor.get(reverse("outcome", args=[person])).status_code == 200
    for name in ("person", "plan", "talks", "mapping", "reports", "standing", "sharing"):
        assert visitor.get(reverse(name, args=[person])).status_code == 404, name
    assert cast.person("own").family not in visitor.get(reverse("participants")).text


def test_nobody_else_is_asked(cast: Cast, gone: Enrolment, sign_in: Work) -> None:
    for who in ("aron", "mona", "vera"):
        visitor = sign_in(cast[who])
        assert visitor.get(reverse("outcome", args=[gone.person_id])).status_code in (403, 404)
        assert cast.person("own").family not in visitor.get(reverse("after_exit")).text


def test_the_answer_about_day_90_is_stored_once_with_who_told(
    cast: Cast, gone: Enrolment, sign_in: Work, as_job: Work
) -> None:
    days_ago(cast, gone, 88, as_job)
    visitor = sign_in(cast["asta"])
    assert "Fråga nu" in visitor.get(reverse("after_exit")).text
    at = reverse("outcome", args=[gone.person_id])
    sent = {"status": "unemployed", "source": "participant", "on": cast.on.isoformat()}
    sent["submission"] = "01a21494-8204-7d39-aaba-b11b77989933"
    for _twice in range(2):
        assert visitor.post(at, sent).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = OutcomeCheck.objects.get(enrolment=gone)
        assert (row.status, row.source, row.days_after) == ("unemployed", "participant", 88)
        assert row.by_id == cast["asta"].member
    assert "Fråga nu" not in visitor.get(reverse("after_exit")).text


def test_a_day_before_the_exit_is_refused_and_what_was_chosen_is_kept(
    cast: Cast, gone: Enrolment, sign_in: Work, as_job: Work
) -> None:
    days_ago(cast, gone, 80, as_job)
    early = (cast.on - dt.timedelta(days=81)).isoformat()
    sent = {"status": "sick", "source": "register", "on": early}
    shown = sign_in(cast["asta"]).post(reverse("outcome", args=[gone.person_id]), sent)
    assert "Dagen ligger före avslutet." in shown.text
    assert shown.context["form"]["status"].value() == "sick"
    with as_job(cast.ekdala.tenant):
        assert not OutcomeCheck.objects.filter(enrolment=gone).exists()


@pytest.mark.parametrize(
    "told",
    [(0, "listed"), (75, "listed"), (76, "due"), (104, "due"), (105, "over")],
)
def test_it_is_asked_for_from_day_76_to_day_104(
    cast: Cast, gone: Enrolment, at_work: Work, as_job: Work, told: tuple[int, str]
) -> None:
    days, said = told
    days_ago(cast, gone, days, as_job)
    with at_work(cast["asta"]):
        actor, on = cast["asta"].actor, cast.on
        assert bool(left(actor, on=on, person=gone.person_id)) == (said != "over")
        assert to_ask(actor, on=on).filter(pk=gone.pk).exists() == (said == "due")


def test_it_stands_on_my_day_when_it_is_due(
    cast: Cast, gone: Enrolment, sign_in: Work, as_job: Work
) -> None:
    at = reverse("outcome", args=[gone.person_id])
    visitor = sign_in(cast["asta"])
    assert at not in visitor.get(reverse("my_day")).text
    days_ago(cast, gone, 90, as_job)
    assert at in visitor.get(reverse("my_day")).text


def test_whoever_is_protected_meanwhile_is_hidden_from_the_last_case_worker_too(
    cast: Cast, gone: Enrolment, sign_in: Work, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        protect(gone.person_id, Shield.Grade.MARKED, on=cast.on, source="staff")
    visitor = sign_in(cast["asta"])
    assert visitor.get(reverse("outcome", args=[gone.person_id])).status_code == 404


def test_the_list_takes_at_most_twelve_statements(
    cast: Cast, gone: Enrolment, sign_in: Work, queries: Any
) -> None:
    visitor = sign_in(cast["asta"])
    with queries() as made:
        visitor.get(reverse("after_exit"))
    assert made.count <= 12
