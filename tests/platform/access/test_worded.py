"""A question worded for a stand-in is the question of whoever asks it, and of nobody else."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import F, QuerySet, Value
from django.utils import timezone

from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.platform.access.decision import Actor, Holding
from stegvis.platform.access.worded import KEYS, NotWordableError, Worded, one_of
from stegvis.platform.accounts.models import Role
from stegvis.portals.caseworker.people import LISTED, MINE_NOW
from stegvis.portals.caseworker.waiting import GOALS, WAITING
from tests.cast.people import COLLEAGUES, Cast

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
QUESTIONS = (WAITING, GOALS, MINE_NOW, LISTED)


def _plain(question: Worded, actor: Actor, on: dt.date, at: dt.datetime) -> Any:
    try:
        text, values = question.ask(actor, on, at).query.sql_with_params()
    except EmptyResultSet:
        return None
    return text, list(values)


@pytest.mark.requirement("X-03")
@pytest.mark.parametrize("who", sorted(COLLEAGUES))
def test_what_is_asked_is_word_for_word_what_the_models_would_ask(
    cast: Cast, at_work: Work, who: str
) -> None:
    one = cast[who]
    with at_work(one):
        for question in QUESTIONS:
            for later in (0, 1):  # worded at first, then asked again at another moment
                at = timezone.now() + dt.timedelta(hours=later)
                asked = question.words(one.actor, on=cast.on, at=at, keys=KEYS)
                assert asked == _plain(question, one.actor, cast.on, at)


def test_colleagues_of_the_same_roles_are_not_taken_for_each_other(
    cast: Cast, at_work: Work
) -> None:
    """Both in two units: each unit and each member stands where its own belongs."""
    units = [uuid.uuid4() for _ in range(4)]
    with at_work(cast["asta"]):
        for mine in (units[:2], units[2:], [units[0], units[0]]):
            holdings = (Holding(Role.CASE_WORKER, mine[0]), Holding(Role.UNIT_MANAGER, mine[1]))
            actor = Actor(cast.ekdala.tenant, uuid.uuid4(), holdings)
            at = timezone.now()
            for question in QUESTIONS:
                asked = question.words(actor, on=cast.on, at=at, keys=KEYS)
                assert asked == _plain(question, actor, cast.on, at)


def _of_member(actor: Actor, on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    held = Assignment.assignments.held(on).filter(member=actor.member)
    return held.order_by("enrolment").values_list("enrolment")


def test_it_is_worded_once_and_answered_each_time(cast: Cast, at_work: Work) -> None:
    asked = []

    def ask(actor: Actor, on: dt.date, at: dt.datetime) -> QuerySet[Any, Any]:
        asked.append(actor)
        return _of_member(actor, on, at)

    question, asta, at = Worded(ask), cast["asta"], timezone.now()
    with at_work(asta):
        before = question.rows(asta.actor, on=cast.on, at=at)
        Assignment.assignments.filter(member=asta.member).update(until=cast.on)
        after = question.rows(asta.actor, on=cast.on, at=at)
    assert (len(before) > 0, after, len(asked)) == (True, [], 1)
    assert asked[0].member != asta.member


def _of_keys(_actor: Actor, _on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    rows = Enrolment.enrolments.filter(one_of('"intake_enrolment"."id"'))
    return rows.order_by("pk").values_list("pk")


def test_a_question_about_keys_is_asked_about_these(cast: Cast, at_work: Work) -> None:
    question, asta = Worded(_of_keys), cast["asta"]
    own = cast.person("own").enrolment
    assert own
    with at_work(asta):
        assert question.rows(asta.actor, on=cast.on, keys=[own]) == [(own,)]
        assert question.rows(asta.actor, on=cast.on, keys=[]) == []


def test_a_question_of_a_moment_is_not_asked_without_one(cast: Cast, at_work: Work) -> None:
    asta = cast["asta"]
    with at_work(asta), pytest.raises(NotWordableError, match="moment"):
        WAITING.rows(asta.actor, on=cast.on)


def _of_stored_rows(_actor: Actor, _on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    first = Enrolment.enrolments.order_by("pk").first()
    return Enrolment.enrolments.filter(pk=first and first.pk).values_list("pk")


def _of_a_hidden_key(actor: Actor, _on: dt.date, _at: dt.datetime) -> QuerySet[Any, Any]:
    rows = Enrolment.enrolments.annotate(said=Value(f"for {actor.member}"))
    return rows.filter(agency=F("said")).values_list("pk")


@pytest.mark.parametrize("ask", [_of_stored_rows, _of_a_hidden_key])
def test_words_that_would_not_be_ones_own_are_refused(
    cast: Cast, at_work: Work, ask: Callable[..., Any]
) -> None:
    with at_work(cast["asta"]), pytest.raises(NotWordableError):
        Worded(ask).rows(cast["asta"].actor, on=cast.on, at=timezone.now())
