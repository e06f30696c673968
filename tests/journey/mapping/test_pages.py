"""The mapping in the browser: its order, its faults, its limits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions
from stegvis.journey.mapping.models import (
    Assessment,
    Credential,
    JobGoal,
    LifeEntry,
    OwnWords,
    Paper,
)
from stegvis.journey.standing.actions import tell
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.made import an_enrolment
from tests.portals.caseworker.reading import assert_plain, faults_of, rows_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
Job = Callable[..., Any]
PAGES = ("mapping", "papers", "close_mapping", "job_goal", "told", "new_entry", "new_words")
MOST = 12


def _at(cast: Cast, name: str, *more: Any, key: str = "own") -> str:
    return reverse(name, args=[cast.person(key).person, *more])


def _full(cast: Cast) -> None:
    """Within a job: a little of everything for the person who is Asta's."""
    one = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    on = cast.on
    for n in range(6):
        text = actions.EntryText("work", f"Kan sak {n}", on)
        actions.note_entry(one, "resource", text, by=None, words=f"Jag kan {n}.")
        actions.note_entry(one, "barrier", actions.EntryText("money", f"Hinder {n}", on), by=None)
        goal = actions.NewGoal("area", f"Mål {n}", "own", on)
        actions.set_job_goal(one, goal, by=None)
        paper = actions.NewPaper("cv", "made", on, n, {"about": f"Om {n}"})
        actions.write_paper(one, paper, by=None)
        actions.note_credential(one, actions.CredentialText("grades", f"Betyg {n}", "yes"), by=None)
        tell(one, "observation", source=uuid7(), on=on, ability="keep_hours")
    actions.note_fund(one, by=None, told_on=on)
    actions.note_language_need(one, by=None, on=on, need="extra", how="vid fikat")
    actions.tell_of_methods(one, by=None, on=on)
    actions.note_guidance(one, by=None, on=on, about="Komvux")
    whole = actions.NewAssessment(on, "s2", ("work_training",), "", "training", "Summerat")
    actions.close_mapping(one, whole, by=None, rests_on=[])


@pytest.mark.requirement("FM-09")
def test_resources_stand_before_the_goal_and_the_goal_before_barriers(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        _full(cast)
    page = text_of(sign_in(cast["asta"]).get(_at(cast, "mapping")))
    order = [page.index(f'id="{one}"') for one in ("resources", "goal", "barriers")]
    assert order == sorted(order)
    closing = text_of(sign_in(cast["asta"]).get(_at(cast, "close_mapping")))
    order = [closing.index(f'id="{one}"') for one in ("k-res", "k-goal", "k-bar")]
    assert order == sorted(order)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_twelve_times_at_most_however_much_is_known(
    cast: Cast, sign_in: SignIn, as_job: Job, queries: Callable[..., Any], name: str
) -> None:
    with as_job(cast.ekdala.tenant):
        _full(cast)
    visitor, address = sign_in(cast["asta"]), _at(cast, name)
    text_of(visitor.get(address))
    with queries() as made:
        page = text_of(visitor.get(address))
    assert made.count <= MOST, "\n".join(made.statements)
    assert_plain(page, "sv")


def test_lists_of_the_unit_ask_as_little(
    cast: Cast, sign_in: SignIn, as_job: Job, queries: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        for _ in range(8):
            an_enrolment(cast)
    visitor = sign_in(cast["mona"])
    for name in ("mappings", "methods"):
        text_of(visitor.get(reverse(name)))
        with queries() as made:
            text_of(visitor.get(reverse(name)))
        assert made.count <= MOST, "\n".join(made.statements)


@pytest.mark.requirement("AJ-07")
def test_the_managers_list_shows_a_mapping_43_days_old_as_overdue_and_one_of_42_not(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        for days in (43, 42):
            received = cast.on - dt.timedelta(days=days)
            one = an_enrolment(cast)
            one.since = received
            one.save_if_unchanged("since")
            one.person.given_name = f"Dag{days}"
            one.person.save_if_unchanged("given_name")
    rows = rows_of(text_of(sign_in(cast["mona"]).get(reverse("mappings"))))
    state = {row[0].split()[0]: row[-1] for row in rows[1:]}
    assert state["Dag43"] == "1 dag över tiden"
    assert state["Dag42"] == "Snart"


@pytest.mark.requirement("AJ-08")
def test_closing_with_a_question_open_says_which_and_keeps_what_was_typed(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    typed = {
        "which_step": "s2", "training_or_ready": "training", "summary": "Kan storkök",
        "on": cast.on.isoformat(), "despite": "",
    }  # fmt: skip
    visitor, address = sign_in(cast["asta"]), _at(cast, "close_mapping")
    page = text_of(visitor.post(address, typed))
    (fault,) = faults_of(page)
    assert fault.startswith("Vilka åtgärder bör erbjudas?")
    assert "Kan storkök" in page
    assert visitor.post(address, typed | {"despite": "Flyttar"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Assessment.objects.get().despite == "Flyttar"


@pytest.mark.requirement("AJ-16")
def test_an_assessment_that_cites_nothing_is_warned_about_and_kept(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    typed = {
        "which_step": "s2", "which_measures": "work_training", "training_or_ready": "training",
        "summary": "Kan storkök", "on": cast.on.isoformat(),
    }  # fmt: skip
    visitor = sign_in(cast["asta"])
    page = text_of(visitor.post(_at(cast, "close_mapping"), typed, follow=True))
    assert "Underlag saknas" in page
    with as_job(cast.ekdala.tenant):
        assert Assessment.objects.count() == 1


@pytest.mark.requirement("AJ-11")
def test_the_person_reads_their_own_mapping_and_changes_only_their_words(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    olle, own = sign_in(cast["olle"]), cast.person("own")
    with as_job(cast.ekdala.tenant):
        _full(cast)
    page = text_of(olle.get(_at(cast, "mapping")))
    assert "Kan sak 0" in page
    assert "Metoder och redskap" in page
    for staffs in ("close_mapping", "told", "job_goal"):
        assert reverse(staffs, args=[own.person]) not in page
    assert f'href="{reverse("participants")}"' not in page  # no way to what is not theirs
    assert olle.get(_at(cast, "life_entry", own.rows["life"])).status_code == 404
    assert olle.post(_at(cast, "new_words"), {"text": "Så här är det."}).status_code == 302
    change = _at(cast, "change_words", own.rows["said"])
    assert olle.post(change, {"text": "Mitt ord", "version": "1"}).status_code == 302
    assert sign_in(cast["asta"]).get(change).status_code == 404
    with as_job(cast.ekdala.tenant):
        assert OwnWords.objects.get(pk=own.rows["said"]).text == "Mitt ord"
        assert OwnWords.objects.filter(heard_by=None, text="Så här är det.").exists()


def test_a_colleague_who_was_faster_is_shown_beside_what_was_typed(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    own = cast.person("own")
    typed = {
        "area": "money", "text": "Min text", "source": "citizen", "on": cast.on.isoformat(),
        "state": "open", "version": "1",
    }  # fmt: skip
    visitor, address = sign_in(cast["asta"]), _at(cast, "life_entry", own.rows["life"])
    assert visitor.post(address, typed | {"text": "Kollegans"}).status_code == 302
    page = text_of(visitor.post(address, typed))
    assert "Kollegans" in page
    assert "Min text" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    assert visitor.post(address, typed | {"version": version[1]}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert LifeEntry.objects.get(pk=own.rows["life"]).text == "Min text"


@pytest.mark.requirement("FM-11")
def test_the_talk_proposes_and_stores_nothing_until_one_is_picked(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    visitor, address = sign_in(cast["asta"]), _at(cast, "job_goal")
    talk = {"done": ["home_cooking", "home_shopping"], "work": "", "education": "", "leisure": ""}
    page = text_of(visitor.post(address, talk | {"do": "propose"}))
    assert "Kök och servering" in page
    with as_job(cast.ekdala.tenant):
        assert not JobGoal.objects.exists()
    goal = {"area": "kitchen", "kind": "area", "strength": "to_try", "on": cast.on.isoformat()}
    assert visitor.post(address, talk | goal | {"do": "save"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert JobGoal.objects.get().text == "Kök och servering"
    page = text_of(visitor.get(_at(cast, "papers")))
    assert "Kök och servering" in page


def test_a_cv_is_written_in_parts_and_an_empty_one_is_refused(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    visitor, address = sign_in(cast["asta"]), _at(cast, "paper", "cv")
    typed = {"seen": "0", "state": "made", "on": cast.on.isoformat(), "source": "jobnet"}
    assert len(faults_of(text_of(visitor.post(address, typed)))) == 1
    assert visitor.post(address, typed | {"s_work": "Skolkök"}).status_code == 302
    late = text_of(visitor.post(address, typed | {"s_work": "Lager"}))
    assert len(faults_of(late)) == 1
    assert "Skolkök" in late
    assert "Lager" in late
    with as_job(cast.ekdala.tenant):
        assert [row.sections for row in Paper.objects.all()] == [{"work": "Skolkök"}]


@pytest.mark.requirement("AJ-13")
def test_grades_that_are_missing_stand_as_a_task_until_they_have_come(
    cast: Cast, sign_in: SignIn, as_job: Job
) -> None:
    visitor, own = sign_in(cast["asta"]), cast.person("own")
    page = text_of(visitor.get(_at(cast, "papers")))
    assert f"Ordna intyg: {own.traces[-1]}" in page
    address = _at(cast, "credential", own.rows["credential"])
    assert visitor.post(address, {"do": "obtained"}).status_code == 302
    assert "Ordna intyg" not in text_of(visitor.get(_at(cast, "papers")))
    with as_job(cast.ekdala.tenant):
        assert Credential.objects.get(pk=own.rows["credential"]).obtained_on == cast.on


@pytest.mark.requirement("KN-37")
def test_the_purpose_of_the_referral_stands_on_the_mapping(cast: Cast, sign_in: SignIn) -> None:
    page = text_of(sign_in(cast["asta"]).get(_at(cast, "mapping")))
    assert "Stöd på vägen tillbaka till arbete" in page


@pytest.mark.requirement("FM-13")
def test_a_barrier_that_nobody_helps_with_is_listed_on_the_mapping(
    cast: Cast, sign_in: SignIn
) -> None:
    page = text_of(sign_in(cast["asta"]).get(_at(cast, "mapping")))
    listed = page[page.index("Ingen hjälper med det här än:") :]
    assert cast.person("own").traces[-3] in listed[:400]


@pytest.mark.requirement("AJ-44")
@pytest.mark.parametrize("who", ["asta", "mona"])
def test_the_fund_is_counted_for_the_manager_alone(cast: Cast, sign_in: SignIn, who: str) -> None:
    page = text_of(sign_in(cast[who]).get(reverse("mappings")))
    assert ("Informerade om a-kassan" in page) is (who == "mona")


def test_a_mediator_sees_goal_and_papers_and_nothing_of_the_life_areas(
    cast: Cast, sign_in: SignIn
) -> None:
    jonna, own = sign_in(cast["jonna"]), cast.person("own")
    page = text_of(jonna.get(_at(cast, "papers")))
    assert own.traces[-1] in page
    assert own.traces[-3] not in page
    assert jonna.get(_at(cast, "mapping")).status_code == 404
