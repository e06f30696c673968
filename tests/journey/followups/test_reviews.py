"""Follow-ups: the week on one screen, and the talk over the staircase."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stegvis.core.progression.judgement import judgement
from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import self_ratings, since_last
from stegvis.journey.followups.models import FollowUp, Pulse
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.actions import tell
from stegvis.journey.steps.facts import case
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.followups.made import new, road, told
from tests.journey.made import decide

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
THREE = ("participant", "work_supervisor", "case_worker")


def url(cast: Cast, name: str) -> str:
    return reverse(name, args=[cast.person("own").person])


def week(cast: Cast, **said: Any) -> dict[str, Any]:
    """What the form says when nobody has touched it, and what is said besides."""
    return {"on": cast.on.isoformat(), "next_when": "", **said}


@pytest.mark.requirement("AJ-22")
def test_a_step_review_without_a_result_is_not_saved(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        review = new(cast, kind=FollowUp.Kind.STEP_REVIEW, own_words="Bra.")
        with pytest.raises(NotNow, match="result_missing"):
            actions.follow_up(road(cast), review, by=cast["asta"].actor)
        one = road(cast)
        row = FollowUp(
            tenant_id=one.tenant_id, enrolment=one, person_id=one.person_id, on=cast.on,
            kind=FollowUp.Kind.STEP_REVIEW, participants=["participant"],
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.requirement("AJ-22")
@pytest.mark.parametrize("result", ["continue", "adjust", "next_step", "previous_step"])
def test_each_result_is_told_and_moves_nobody(cast: Cast, at_work: Work, result: str) -> None:
    with at_work(cast["asta"]):
        said = {"kind": FollowUp.Kind.STEP_REVIEW, "result": result, "own_words": "Ja."}
        before = road(cast)
        row = actions.follow_up(before, new(cast, **said), by=cast["asta"].actor)
        assert told(row)["follow_up"]["result"] == result
        assert not [fact for fact in case(before) if fact.kind == "step" and fact.on == cast.on]


@pytest.mark.requirement("AJ-28")
def test_a_step_3_follow_up_without_the_supervisor_does_not_count(
    cast: Cast, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s3", effective_on=cast.on - dt.timedelta(days=60))

        def due() -> list[str]:
            one = road(cast)
            model = programmes({one.programme_id})[one.programme_id]
            found = judgement(model, case(one), cast.on).due
            return [item.what for item in found if item.overdue]

        assert "s3_follow_up" in due()
        with_two = new(cast, kind=FollowUp.Kind.THREE_PARTY, participants=THREE[::2])
        actions.follow_up(road(cast), with_two, by=cast["asta"].actor)
        assert "s3_follow_up" in due(), "no supervisor, no step-3 follow-up"
        with_all = new(cast, kind=FollowUp.Kind.THREE_PARTY, participants=THREE)
        actions.follow_up(road(cast), with_all, by=cast["asta"].actor)
        assert "s3_follow_up" not in due()


@pytest.mark.requirement("AJ-19")
def test_eight_days_on_step_2_without_a_follow_up_is_late(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):

        def late(on: dt.date) -> bool:
            one = road(cast)
            model = programmes({one.programme_id})[one.programme_id]
            found = judgement(model, case(one), on).due
            return any(item.what == "s2_follow_up" and item.overdue for item in found)

        assert late(cast.on), "never followed up"
        actions.follow_up(road(cast), new(cast), by=cast["asta"].actor)
        assert not late(cast.on + dt.timedelta(days=7))
        assert late(cast.on + dt.timedelta(days=8))


@pytest.mark.requirement("AJ-60")
def test_the_meeting_shows_the_staircase_with_both_placings_side_by_side(
    cast: Cast, sign_in: Work
) -> None:
    visitor = sign_in(cast["asta"])
    page = visitor.get(url(cast, "review")).content.decode()
    for name in ("own_step", "worker_step"):
        assert len(re.findall(rf'name="{name}" value="s\d"', page)) == 6
    assert re.search(r'name="worker_step" value="s2" checked', page), "where the person stands"
    sent = week(
        cast, kind="step_review", participants=list(THREE), own_step="s3", worker_step="s2",
        result="continue", own_words="Jag är redan på trean.", next_step="Vi prövar en hel vecka.",
    )  # fmt: skip
    assert visitor.post(url(cast, "review"), sent).url == url(cast, "reviews")
    shown = visitor.get(url(cast, "reviews")).content.decode()
    assert "Jag är redan på trean." in shown
    assert "Deltagaren: steg 3, " in shown
    assert "Handläggaren: steg 2, " in shown


@pytest.mark.requirement("AJ-60")
def test_a_result_needs_the_person_s_own_view_or_why_it_is_missing(
    cast: Cast, sign_in: Work
) -> None:
    visitor = sign_in(cast["asta"])
    sent = week(cast, kind="step_review", participants=["participant"], result="adjust")
    page = visitor.post(url(cast, "review"), {**sent, "note": "Skrivet med omsorg."})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["own_words"]
    assert "Skrivet med omsorg." in page.content.decode(), "what was typed stays"
    assert visitor.post(url(cast, "review"), {**sent, "own_words_missing": "not_there"}).url


def test_supervisor_and_manager_read_what_a_talk_came_to_and_not_its_note(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        said = {"result": "next_step", "own_words": "Jag vill ut.", "note": "Hemligt i samtalet."}
        review = new(cast, kind=FollowUp.Kind.THREE_PARTY, participants=THREE, **said)
        actions.follow_up(road(cast), review, by=cast["asta"].actor)
    for who in ("vera", "mona", "jonna"):
        page = sign_in(cast[who]).get(url(cast, "reviews")).content.decode()
        assert "Redo för nästa steg" in page
        assert "Jag vill ut." in page
        assert "Hemligt i samtalet." not in page


@pytest.mark.requirement("JI-15")
def test_the_week_is_saved_in_one_sending(cast: Cast, sign_in: Work, at_work: Work) -> None:
    visitor = sign_in(cast["asta"])
    form = visitor.get(url(cast, "week")).context["form"]
    day = form.initial["next_when"]
    sent = week(
        cast, own_words="Det gick bra.", note="Du planerade själv.", next_step="Prova bussen.",
        next_when=day, next_at="13:00", supervisor="on", thriving="4",
    )  # fmt: skip
    assert visitor.post(url(cast, "week"), sent).status_code == 302
    with at_work(cast["asta"]):
        row = FollowUp.follow_ups.get(person=cast.person("own").person)
        assert row.participants == ["participant", "case_worker", "work_supervisor"]
        assert (str(row.next_on), row.next_at) == (day, dt.time(13))
        assert Pulse.objects.get(follow_up=row).thriving == 4
        assert told(row)["follow_up"]["by"] == "case_worker"
        found = since_last(road(cast), on=cast.on + dt.timedelta(days=3))
        assert (found.days, found.next_on) == (3, row.next_on)


@pytest.mark.requirement("JI-15", "X-09")
def test_the_week_asks_for_at_most_eight_interactions(cast: Cast, sign_in: Work) -> None:
    """One for each goal (three at most), the person's words, what next, the note, the meeting that
    is already chosen, and saving; everything else lies folded or has an answer already."""
    page = sign_in(cast["asta"]).get(url(cast, "week")).content.decode()
    body = page[page.index("<main") : page.index("</main>")]
    open_ = re.sub(r"<details.*?</details>", "", body, flags=re.DOTALL)
    shown = set(re.findall(r'<(?:textarea|select|input)[^>]*name="([^"]+)"', open_))
    asked = {n for n in shown if n not in {"csrfmiddlewaretoken", "submission", "next_on"}}
    goals = {name for name in asked if name.startswith("goal-")}
    assert asked - goals == {"own_words", "next_step", "note", "next_when", "next_at"}
    touched = asked - {"next_when", "next_at"}  # answered before one looks
    assert len(touched - goals) + 3 + 1 <= 8
    assert "required" not in "".join(re.findall(r"<textarea[^>]*>", open_))


def test_a_follow_up_with_nobody_or_before_the_road_is_refused(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        for said, code in (
            ({"participants": ()}, "nobody_there"),
            ({"on": cast.on - dt.timedelta(days=900)}, "not_before_the_enrolment"),
            ({"own_step": "no_such"}, "no_such_step"),
            ({"result": "adjust"}, "own_words_missing"),
        ):
            with pytest.raises(NotNow, match=code):
                actions.follow_up(road(cast), new(cast, **said), by=cast["asta"].actor)


@pytest.mark.requirement("KN-75")
def test_the_same_item_rated_again_is_one_series_on_the_follow_up(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        one = road(cast)
        for days, value in ((40, 2), (20, 3), (1, 4)):
            said: dict[str, Any] = {"item": "carry_boxes", "value": value}
            on = cast.on - dt.timedelta(days=days)
            tell(one, "self_rating", source=uuid7(), on=on, **said)
        series = self_ratings(one)
    assert [value for _day, value in series["carry_boxes"]] == [2.0, 3.0, 4.0]
    page = sign_in(cast["asta"]).get(url(cast, "week")).content.decode()
    assert "d-curves" in page


@pytest.mark.parametrize("name", ["week", "review", "reviews", "job_seeking"])
def test_the_pages_ask_the_database_at_most_twelve_times(
    cast: Cast, sign_in: Work, queries: Work, name: str
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.get(url(cast, name))
    with queries() as made:
        assert visitor.get(url(cast, name)).status_code == 200
    assert made.count <= 12, made.statements
