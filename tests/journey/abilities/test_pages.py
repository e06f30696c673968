"""The pages of the room, as those who use them meet them."""

from __future__ import annotations

import html as html_of
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.abilities.actions import (
    NewObservation,
    NewPlace,
    NewRating,
    NewTrial,
    observe,
    order_trial,
    place_step,
    rate,
)
from stegvis.journey.abilities.models import Ability, Observation, SupportGiven, Trial
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.workplaces.models import Task, Workplace
from tests.cast.building import as_service
from tests.cast.people import Cast
from tests.journey.abilities.conftest import ago
from tests.journey.made import stood_on
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
LABEL = "ingen arbetsförmågebedömning"


def _main(answer: Any) -> str:
    return html_of.unescape(text_of(answer).partition("<main")[2])


def _at(cast: Cast, name: str, *more: Any) -> str:
    return reverse(name, args=[cast.person("own").person, *more])


def _own(cast: Cast) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row


@pytest.mark.requirement("AJ-15")
def test_an_observation_is_three_touches(cast: Cast, sign_in: Signing, as_job: Work) -> None:
    vera, touches = sign_in(cast["vera"]), 0
    first = _main(vera.get(reverse("observe")))
    person = _at(cast, "observe_person")
    assert f'href="{person}"' in first
    touches += 1  # the name
    second = _main(vera.get(person))
    assert 'type="radio" name="ability" value="keep_hours"' in second
    touches += 1  # the ability
    assert 'type="submit" name="seen" value="with_support"' in second
    touches += 1  # what was seen sends it
    asked = re.findall(r'name="([a-z_]+)"[^>]*required', second)
    assert set(asked) <= {"ability"}, "nothing else is asked for"
    sent = vera.post(person, {"ability": "keep_hours", "seen": "with_support"})
    assert (sent.status_code, sent.url, touches) == (302, reverse("observe"), 3)
    with as_job(cast.ekdala.tenant):
        row = Observation.observations.get(person=cast.person("own").person)
        assert (row.seen, row.by_id, row.on) == ("with_support", cast["vera"].member, cast.on)
    again = _main(vera.get(reverse("observe")))
    assert "Klara arbetstider" in again or "klara arbetstider" in again
    vera.post(person, {"strike": str(row.pk)})
    with as_job(cast.ekdala.tenant):
        assert not Observation.observations.standing().filter(pk=row.pk).exists()


@pytest.mark.requirement("AJ-34")
def test_support_on_demand_is_two_touches(cast: Cast, sign_in: Signing, as_job: Work) -> None:
    vera, person = sign_in(cast["vera"]), _at(cast, "observe_person")
    assert f'href="{person}"' in _main(vera.get(reverse("observe")))
    assert 'name="what" value="asked"' in _main(vera.get(person))
    assert vera.post(person, {"what": "asked"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert SupportGiven.objects.get(person=cast.person("own").person).what == "asked"


def test_a_touch_too_few_is_said_and_the_sentence_stays(cast: Cast, sign_in: Signing) -> None:
    vera = sign_in(cast["vera"])
    typed = {"seen": "works", "words": "Dukade fram"}
    page = text_of(vera.post(_at(cast, "observe_person"), typed))
    assert len(faults_of(page)) == 1
    assert "Dukade fram" in page


def test_a_supervisor_meets_their_own_people_alone(cast: Cast, sign_in: Signing) -> None:
    page = _main(sign_in(cast["vera"]).get(reverse("observe")))
    names = {key for key, one in cast.participants.items() if one.name in page}
    assert names == {"own"}


@pytest.mark.requirement("KN-68")
def test_a_supervisor_reads_no_rating_of_the_body(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    asta, vera = cast["asta"].actor, sign_in(cast["vera"])
    with at_work(cast["asta"]):
        rating = rate(_own(cast), NewRating("back_pain", cast.on, value=9, words="Värker"), by=asta)
        new = NewTrial("Lyfta lådor", cast["vera"].member, cast.on)
        trial = order_trial(_own(cast), rating, new, by=asta)
    for page in (_at(cast, "abilities"), _at(cast, "trial", trial.pk)):
        shown = _main(vera.get(page))
        assert "Lyfta lådor" in shown
        assert "Värker" not in shown
        assert "ryggen" not in shown
        assert "9 av 10" not in shown
    hidden = vera.get(_at(cast, "ability_series") + "?item=back_pain")
    assert hidden.status_code == 404
    mine = _main(sign_in(cast["asta"]).get(_at(cast, "abilities")))
    assert "Värker" in mine
    with at_work(cast["asta"]):
        Trial.objects.filter(pk=trial.pk).update(shown=True)
    assert "9 av 10" in _main(vera.get(_at(cast, "trial", trial.pk))), "the person agreed"


@pytest.mark.requirement("KN-75")
def test_the_series_is_a_curve_with_words_and_a_table(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        for days, value in ((60, 3), (30, 5), (0, 7)):
            new = NewRating("own_initiative", ago(cast, days), value=value)
            rate(_own(cast), new, by=cast["asta"].actor)
    page = _main(sign_in(cast["asta"]).get(_at(cast, "ability_series") + "?item=own_initiative"))
    assert page.count('<circle class="mk-own"') == 3
    assert len(re.search(r'<polyline class="crv-line" points="([^"]+)"', page)[1].split()) == 3  # type: ignore[index]
    assert "<title" in page
    assert "3 skattningar, från 3 av 10" in page
    assert page.count("<tr>") == 4


@pytest.mark.requirement("AJ-23")
def test_a_step_without_an_observation_is_warned_about_and_can_be_decided(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    asta, address = sign_in(cast["asta"]), _at(cast, "decide")
    warning = "Inget sett i arbete som fortfarande räknas"
    page = _main(asta.get(address))
    assert warning in page
    assert (
        "Behöver mindre stöd av arbetshandledare" in page.partition(warning)[2].partition("</p>")[0]
    )
    typed = {
        "to": "s3", "on": cast.on.isoformat(), "motivation": "Vi ser det så.",
        "own_words": "Jag vill.", "own_words_missing": "", "review_on": "",
        "seen": str(cast.person("own").period),
    }  # fmt: skip
    with at_work(cast["vera"]):
        old = NewObservation("take_instructions", "works", ago(cast, 198))
        observe(_own(cast), old, by=cast["vera"].actor)
    assert warning in _main(asta.get(address)), "what is stale does not count"
    assert asta.post(address, typed).status_code == 302, "it warns and never blocks"


@pytest.mark.requirement("AJ-23", "KN-71")
def test_the_decision_shows_both_marks_and_where_they_differ(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        new = NewRating("take_instructions", cast.on, value=9, words="Jag förstår allt")
        rate(_own(cast), new, by=cast["asta"].actor)
    with at_work(cast["vera"]):
        seen = NewObservation(
            "take_instructions", "not_now", cast.on, words="Stod still två gånger"
        )
        observe(_own(cast), seen, by=cast["vera"].actor)
    page = _main(sign_in(cast["asta"]).get(_at(cast, "decide")))
    assert "Inget sett i arbete" not in page
    assert page.count('class="mks"') == 2, "beside each criterion the ability speaks of"
    differs = page.partition('id="apart"')[2]
    assert "Jag förstår allt" in differs
    assert "Stod still två gånger" in differs
    assert "Vera" in differs


@pytest.mark.requirement("AJ-17")
def test_the_form_wants_every_answer_and_the_sheet_has_them_all(
    cast: Cast, sign_in: Signing
) -> None:
    vera, address = sign_in(cast["vera"]), _at(cast, "planning_document", "ac_planning_1")
    typed = {f"answer_{n}": f"Svar nummer {n}" for n in range(1, 8)} | {"seen": "0"}
    lacking = text_of(vera.post(address, typed | {"answer_3": ""}))
    assert len(faults_of(lacking)) == 1
    assert "Svar nummer 4" in lacking
    assert vera.post(address, typed | {"answer_3": "", "not_relevant_3": "on"}).status_code == 302
    sheet = _main(vera.get(_at(cast, "planning_paper", "ac_planning_1", 1)))
    assert cast.person("own").name in sheet
    assert sheet.count("<dt>") - sheet.partition('class="paper"')[0].count("<dt>") == 7
    for words in ("Vilka insatser behövs", "Beskrivning av ovanstående frågor", "Inte aktuellt"):
        assert words in sheet
    assert "Vera Ekdaladotter" in sheet


@pytest.mark.requirement("AJ-58")
def test_a_task_of_a_later_step_is_not_to_be_picked_until_it_is_asked_for(
    cast: Cast, sign_in: Signing, queries: Any
) -> None:
    with as_service(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        here = {"tenant_id": row.tenant_id}
        place = Workplace(**here, unit_id=row.unit_id, name="AME-huset")
        place.save(force_insert=True)
        for name, step in (("Städning AME", 6), ("Postbud", 1)):
            Task(**here, workplace=place, name=name, min_step=step).save(force_insert=True)
    vera, address = sign_in(cast["vera"]), _at(cast, "planning_document", "ac_planning_2")
    vera.get(address)
    with queries() as made:
        page = text_of(vera.get(address))
    assert made.count <= 12
    assert 'value="postbud"' in page
    assert 'value="stadning_ame"' not in page
    assert 'value="stadning_ame"' in text_of(vera.get(f"{address}?later=1"))
    typed = {f"answer_{n}": f"Svar {n}" for n in range(1, 6)} | {"seen": "1"}
    taken = typed | {"picked_3": ["stadning_ame"]}
    assert vera.post(address, taken).status_code == 200, "what is not shown is not taken either"
    assert vera.post(f"{address}?later=1", taken).status_code == 302
    assert 'value="stadning_ame"' in text_of(vera.get(address)), "what stands is not hidden"


def test_two_who_write_the_same_form_lose_nothing(cast: Cast, sign_in: Signing) -> None:
    address = _at(cast, "planning_document", "ac_planning_3")
    typed = {f"answer_{n}": f"Veras svar {n}" for n in range(1, 7)} | {"seen": "0"}
    assert sign_in(cast["vera"]).post(address, typed).status_code == 302
    mine = {name: text.replace("Veras", "Astas") for name, text in typed.items()}
    page = text_of(sign_in(cast["asta"]).post(address, mine))
    assert "Veras svar 2" in page
    assert "Astas svar 2" in page
    assert 'name="seen" value="1"' in page
    again = sign_in(cast["asta"]).post(address, mine | {"seen": "1"})
    assert again.status_code == 302


@pytest.mark.requirement("KN-70", "KN-72", "INV-10", "N-01")
def test_what_is_seen_says_everywhere_what_it_is_not(cast: Cast, sign_in: Signing) -> None:
    vera = sign_in(cast["vera"])
    gathered = cast.person("own").rows["gathered"]
    sheet = _main(vera.get(_at(cast, "observation_summary", gathered)))
    for words in ("Det som fungerar", "Det som inte fungerar just nu", "Mycket", "Lite", "Ja"):
        assert words in sheet
    assert LABEL in sheet.partition('class="sheet-foot"')[2], "at the foot of every printed sheet"
    trial = cast.person("own").rows["trial"]
    for name, more in (
        ("abilities", ()),
        ("new_observation_summary", ()),
        ("trial", (trial,)),
        ("planning_paper", ("ac_planning_2", 1)),
    ):
        assert LABEL in _main(vera.get(_at(cast, name, *more))), name


@pytest.mark.requirement("KN-70")
def test_a_summary_without_own_words_is_refused_and_kept_as_typed(
    cast: Cast, sign_in: Signing
) -> None:
    typed = {"works": "Kommer i tid", "not_now": "Mycket på en gång", "on": cast.on.isoformat()}
    page = text_of(sign_in(cast["vera"]).post(_at(cast, "new_observation_summary"), typed))
    assert len(faults_of(page)) == 1
    assert "Kommer i tid" in page


@pytest.mark.requirement("AJ-14")
def test_the_workshop_reads_the_questions_and_answers_them(cast: Cast, sign_in: Signing) -> None:
    typed = {
        "site": "dataverkstad", "questions": "Hur går det vid datorn?\n\nOrkar fyra timmar?",
        "supervisor": str(cast["vera"].member), "since": cast.on.isoformat(),
        "due_on": ago(cast, -20).isoformat(),
    }  # fmt: skip
    asta, vera = sign_in(cast["asta"]), sign_in(cast["vera"])
    assert asta.post(_at(cast, "new_mapping_order"), typed).status_code == 302
    mine = _main(vera.get(reverse("observe")))
    link = re.search(r'href="(/people/[^"]+/workshop/[^"]+/)"', mine)
    assert link
    order = _main(vera.get(link[1]))
    assert "Hur går det vid datorn?" in order
    assert "Dataverkstaden" in order
    assert vera.post(link[1], {"answer_0": "Bra", "answer_1": ""}).status_code == 302
    assert "Bra" in _main(asta.get(link[1]))
    assert asta.post(link[1], {"close": "1"}).status_code == 302


@pytest.mark.requirement("AJ-18")
def test_a_rare_place_wants_a_reason_and_is_counted_for_the_manager(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    asta, mona = sign_in(cast["asta"]), sign_in(cast["mona"])
    address = _at(cast, "step_place")
    assert "Ingen i din enhet" in _main(mona.get(reverse("elsewhere")))
    refused = text_of(asta.post(address, {"site": "other_rare", "purpose": "both", "reason": ""}))
    assert len(faults_of(refused)) == 1
    sent = {"site": "other_rare", "purpose": "both", "reason": "Egen väg in"}
    assert asta.post(address, sent).status_code == 302
    page = _main(mona.get(reverse("elsewhere")))
    assert re.search(r"1 av de \d+ som står", page)
    assert "Egen väg in" in page
    with at_work(cast["asta"]):
        place = NewPlace("arbetscentrum", "both")
        place_step(_own(cast), stood_on(_own(cast).pk), place, by=cast["asta"].actor)
    assert "Ingen i din enhet" in _main(mona.get(reverse("elsewhere")))


@pytest.mark.requirement("AJ-15")
def test_the_administrator_adds_an_ability_and_it_stands_in_the_forms_and_the_summary(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    ada, vera = sign_in(cast["ada"]), sign_in(cast["vera"])
    typed = {"name": "Ber om hjälp", "criteria": ["more_self_going"], "until": "", "version": "1"}
    assert ada.post(reverse("own_ability_new"), typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Ability.objects.get(name="Ber om hjälp")
    assert row.code == "own_ber_om_hjalp"
    again = ada.post(reverse("own_ability_new"), typed | {"name": "ber om hjälp"})
    assert "id_name_error" in text_of(again)
    for page in (_at(cast, "observe_person"), _at(cast, "ability_rate")):
        who = vera if "observe" in page else sign_in(cast["asta"])
        assert f'value="{row.code}"' in _main(who.get(page))
    vera.post(_at(cast, "observe_person"), {"ability": row.code, "seen": "works"})
    gathered = cast.person("own").rows["gathered"]
    assert "Ber om hjälp" in _main(vera.get(_at(cast, "observation_summary", gathered)))


@pytest.mark.parametrize(
    "wrong",
    [{"value": ""}, {"value": "5", "level": "2"}, {"value": "5", "declined": "on"}, {"item": "x"}],
)
def test_a_rating_that_says_nothing_or_two_things_is_refused(
    cast: Cast, sign_in: Signing, wrong: dict[str, str]
) -> None:
    typed = {"item": "keep_hours", "value": "5", "words": "Så här", "on": cast.on.isoformat()}
    page = text_of(sign_in(cast["asta"]).post(_at(cast, "ability_rate"), typed | wrong))
    assert len(faults_of(page)) == 1
    assert "Så här" in page


@pytest.mark.requirement("KN-107")
def test_an_adaptation_is_a_card_that_ends(cast: Cast, sign_in: Signing) -> None:
    vera, address = sign_in(cast["vera"]), _at(cast, "adaptations")
    typed = {"what": "Korta instruktioner, en i taget", "why": "Då hinner jag"}
    assert len(faults_of(text_of(vera.post(address, typed)))) == 1, "the person has not agreed"
    assert vera.post(address, typed | {"agreed": "on"}).status_code == 302
    page = _main(vera.get(address))
    assert "Då hinner jag" in page
    key = re.search(r'name="end" value="([^"]+)"', page)
    assert key
    assert vera.post(address, {"end": key[1]}).status_code == 302
    assert 'name="end"' not in _main(vera.get(address))


PAGES = (
    "abilities", "ability_series", "ability_rate", "new_observation_summary", "adaptations",
    "new_mapping_order", "step_place", "observe_person",
)  # fmt: skip


@pytest.mark.parametrize("name", [*PAGES, "observe", "paper", "summary", "trial", "order", "form"])
def test_a_page_asks_the_database_at_most_twelve_times(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], name: str
) -> None:
    has, asta = cast.person("own").rows, sign_in(cast["asta"])
    others = {
        "observe": reverse("observe"),
        "paper": _at(cast, "planning_paper", "ac_planning_2", 1),
        "summary": _at(cast, "observation_summary", has["gathered"]),
        "trial": _at(cast, "trial", has["trial"]),
        "order": _at(cast, "mapping_order", has["mapping_order"]),
        "form": _at(cast, "planning_document", "ac_planning_2"),
    }
    address = others.get(name) or _at(cast, name)
    asta.get(address)
    with queries() as made:
        text_of(asta.get(address))
    assert made.count <= 12, "\n".join(made.statements)
