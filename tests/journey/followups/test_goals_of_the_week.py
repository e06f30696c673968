"""The goals of the plan in the week: looked at in one sending, made of answers in one press."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.progression.facts import Fact
from stegvis.core.progression.plans import GOAL
from stegvis.journey.abilities.models import SelfRating
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import Goal, GoalReview
from stegvis.journey.steps.facts import case
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.followups.made import road, told
from tests.journey.plans.writing import MAIN, SUB, agreed, enrolment_of, goal, text

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)


def url(cast: Cast, name: str) -> str:
    return reverse(name, args=[cast.person("own").person])


def with_goals(cast: Cast, at_work: Work, *more: str) -> None:
    document = text()
    for words in more:
        document[f"{GOAL}{uuid7()}"] = goal(words)
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"], document)


def happened(found: Sequence[Fact], **wanted: Any) -> bool:
    return any(
        all(fact.values.get(name) == value for name, value in wanted.items()) for fact in found
    )


@pytest.mark.requirement("AJ-48", "JI-15")
def test_the_goals_are_looked_at_in_the_same_sending_as_the_week(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with_goals(cast, at_work)
    visitor = sign_in(cast["asta"])
    page = visitor.get(url(cast, "week"))
    assert [one["stand"].goal.thread for one in page.context["goals"]] == [MAIN, SUB]
    sent = {"on": cast.on.isoformat(), "next_when": "", "own_words": "Bra.", f"goal-{SUB}": "slow"}
    assert visitor.post(url(cast, "week"), sent).status_code == 302
    with at_work(cast["asta"]):
        assert [one.thread for one in GoalReview.objects.all()] == [SUB], "what is left is left"
        row = FollowUp.follow_ups.get(person=cast.person("own").person)
        assert told(row)["follow_up"]["what"] == "goals"
        assert happened(case(road(cast)), what="goals")
    shown = visitor.get(url(cast, "week")).content.decode()
    assert "Senast: " in shown


@pytest.mark.requirement("JI-15")
def test_a_week_in_which_no_goal_was_talked_of_says_so_to_nobody(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with_goals(cast, at_work)
    sent = {"on": cast.on.isoformat(), "next_when": "", "own_words": "Bra."}
    assert sign_in(cast["asta"]).post(url(cast, "week"), sent).status_code == 302
    with at_work(cast["asta"]):
        row = FollowUp.follow_ups.get(person=cast.person("own").person)
        assert told(row)["follow_up"]["what"] == "weekly"
        assert not GoalReview.objects.exists()


@pytest.mark.requirement("JI-15", "X-09")
def test_however_many_goals_three_lie_open_and_a_week_is_eight_touches(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with_goals(cast, at_work, "Åka buss", "Ringa själv", "Ta paus i tid")
    page = sign_in(cast["asta"]).get(url(cast, "week")).content.decode()
    body = page[page.index("<main") : page.index("</main>")]
    shown = set(re.findall(r'<(?:textarea|select|input)[^>]*name="([^"]+)"', FOLDED.sub("", body)))
    goals = {name for name in shown if name.startswith("goal-")}
    typed = shown & {"own_words", "next_step", "note"}
    assert len(goals) == 3
    assert len(goals) + len(typed) + 1 <= 8
    assert len(set(re.findall(r'name="(goal-[^"]+)"', body))) == 5, "the others lie folded"


def test_what_was_typed_of_goals_stays_when_something_is_wrong(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with_goals(cast, at_work)
    sent = {"on": "2030-01-01", "next_when": "", f"goal-{SUB}": "reached"}
    page = sign_in(cast["asta"]).post(url(cast, "week"), sent)
    assert page.status_code == 200
    assert f'name="goal-{SUB}" value="reached" checked' in page.content.decode()
    with at_work(cast["asta"]):
        assert not GoalReview.objects.exists()


def test_the_week_with_goals_asks_the_database_at_most_twelve_times(
    cast: Cast, sign_in: Work, at_work: Work, queries: Work
) -> None:
    with_goals(cast, at_work)
    visitor = sign_in(cast["asta"])
    visitor.get(url(cast, "week"))
    with queries() as made:
        assert visitor.get(url(cast, "week")).status_code == 200
    assert made.count <= 12, made.statements


@pytest.mark.requirement("JI-18")
def test_one_press_makes_a_goal_of_an_answer_and_a_second_no_second(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        one = road(cast)
        rating = SelfRating(
            tenant_id=one.tenant_id, enrolment=one, person_id=one.person_id, item="own",
            named="Prata i telefon", value=2, on=cast.on, submission=uuid7(),
        )  # fmt: skip
        rating.save(force_insert=True)
    visitor = sign_in(cast["asta"])
    shown = visitor.get(url(cast, "plan_answers")).content.decode()
    assert f'value="rating:{rating.pk}"' in shown
    assert "plan/answers/" in visitor.get(url(cast, "week")).content.decode()
    for _press in range(2):
        sent = {"answer": f"rating:{rating.pk}"}
        assert visitor.post(url(cast, "plan_answers"), sent).url == url(cast, "plan_answers")
    with at_work(cast["asta"]):
        made = Goal.objects.get(source_key=rating.pk)
        assert (made.text, made.source) == ("Prata i telefon", "form")
        assert facts.current(enrolment_of(cast)) is None, "a goal in a draft applies to nobody"
    assert f"rating:{rating.pk}" not in visitor.get(url(cast, "plan_answers")).content.decode()


@pytest.mark.requirement("JI-18")
def test_an_answer_of_somebody_else_is_nobodys_goal(cast: Cast, sign_in: Work) -> None:
    visitor = sign_in(cast["asta"])
    sent = {"answer": f"rating:{uuid7()}"}
    assert visitor.post(url(cast, "plan_answers"), sent).status_code == 404
    for who in ("vera", "mona", "jonna"):
        assert sign_in(cast[who]).get(url(cast, "plan_answers")).status_code in {403, 404}


@pytest.mark.requirement("AJ-48")
def test_a_goal_nobody_looked_at_stands_first_and_is_flagged_in_the_week(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with_goals(cast, at_work)
    with at_work(cast["asta"]):
        row = facts.current(enrolment_of(cast))
        stands = facts.open_goals(row.enrolment, on=cast.on + dt.timedelta(days=57))
    assert all(one.forgotten for one in stands)
