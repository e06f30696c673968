"""The binder: everything the model says, for all staff, in their own words."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from stegvis.config.shelf import shelf
from stegvis.core.programme.amend import amend, name_slots, setting_slots
from stegvis.core.programme.uses import used
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.workplaces.models import Task
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]


def _at(version: object) -> str:
    return reverse("binder", kwargs={"version": version})


@pytest.mark.requirement("AJ-61")
def test_the_binder_holds_steps_duties_of_both_roles_criteria_documents_and_jobs(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    text = sign_in(cast["asta"]).get(_at(cast.ekdala.version)).content.decode()
    with as_job(cast.ekdala.tenant):
        model = programme(ProgrammeVersion.versions.get(pk=cast.ekdala.version))
    said = [step.names["ame"]["sv"] for step in model.primary.steps]
    said += [model.criteria[code].texts["sv"] for code in model.step("s4").entry]
    said += [duty.texts["sv"] for duty in model.step("s2").duties]
    said += [one.texts["sv"] for one in model.documents]
    said += [term.texts["sv"] for term in model.vocabularies["jobs"].terms]
    said += [one["sv"] for one in model.unknown]
    assert {duty.role for duty in model.step("s2").duties} >= {"case_worker", "work_supervisor"}
    assert [words for words in said if words not in text] == []
    assert "<svg" in text


@pytest.mark.requirement("AJ-64")
def test_each_office_reads_its_own_step_names_for_the_same_step(
    cast: Cast, sign_in: Signing
) -> None:
    office = sign_in(cast["asta"]).get(_at(cast.ekdala.version)).content.decode()
    workshop = sign_in(cast["birger"]).get(_at(cast.ekdala.version)).content.decode()
    assert '<h3 class="xl" id="trappa-s2-h">Lättare arbetsträning</h3>' in office
    assert '<h3 class="xl" id="trappa-s2-h">Kom igång</h3>' in workshop


def test_what_is_counted_and_what_is_judged_and_whose_value_it_is_are_told_apart(
    cast: Cast, sign_in: Signing
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.cookies["django_language"] = "en"
    text = visitor.get(_at(cast.ekdala.version)).content.decode()
    for word in ("Counted", "Judged", "our standard", "the source"):
        assert f"{word}</span>" in text


def test_the_binder_takes_few_queries_however_large_the_programme(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["asta"])
    with queries() as made:
        assert visitor.get(_at(cast.ekdala.version)).status_code == 200
    assert made.count <= 5, made.statements
    with queries() as made:
        assert visitor.get(reverse("binders")).status_code == 200
    assert made.count <= 5, made.statements


@pytest.mark.parametrize(
    "who", ["asta", "birger", "vera", "jonna", "mona", "ada", "loke", "petra", "evert"]
)
def test_all_staff_read_the_binder(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    assert visitor.get(_at(cast.ekdala.version)).status_code == 200
    assert visitor.get(reverse("binders")).status_code == 200


@pytest.mark.parametrize("who", ["olle", "nils", "edvin", "inge"])
def test_nobody_else_reads_it(cast: Cast, sign_in: Signing, who: str) -> None:
    assert sign_in(cast[who]).get(_at(cast.ekdala.version)).status_code == 404


def test_a_visitor_without_sign_in_is_led_to_it(cast: Cast, visitor: Any) -> None:
    assert visitor.get(_at(cast.ekdala.version)).status_code == 302


@pytest.mark.requirement("X-05")
def test_two_versions_are_compared_in_words_and_the_first_stays_as_it_was(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        first = ProgrammeVersion.versions.get(pk=cast.ekdala.version)
        slot = next(s for s in name_slots(first.text) if (s.step, s.track) == ("s2", "ac"))
        days = next(s for s in setting_slots(first.text) if s.key == "late_at_most")
        second = publish(amend(first.text, {slot.way: "Starta lugnt", days.way: 7}), on=cast.on)
    visitor = sign_in(cast["asta"])
    there = reverse("programme_difference", kwargs={"version": first.pk, "other": second.pk})
    text = visitor.get(there).content.decode()
    assert "Starta lugnt" in text
    assert "Kom igång" in text
    assert "Högsta antal sena ankomster" in text
    assert "Starta lugnt" not in visitor.get(_at(first.pk)).content.decode()
    assert "Starta lugnt" in visitor.get(_at(second.pk)).content.decode()
    assert there in visitor.get(_at(second.pk)).content.decode()


def test_versions_of_two_programmes_are_not_compared(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        other = publish(shelf()["flere_skal_med"], on=cast.on)
    there = reverse(
        "programme_difference", kwargs={"version": cast.ekdala.version, "other": other.pk}
    )
    assert sign_in(cast["asta"]).get(there).status_code == 404


@pytest.mark.requirement("FM-01")
@pytest.mark.parametrize("key", sorted(shelf()))
@pytest.mark.parametrize("lang", ["sv", "da", "en"])
def test_every_standard_programme_has_a_binder_in_every_language(
    cast: Cast, sign_in: Signing, as_job: Job, key: str, lang: str
) -> None:
    texts = shelf()
    with as_job(cast.birkeso.tenant):
        row = publish(texts[key], on=cast.on, others=used(texts[key], texts))
        model = programme(row)
    visitor = sign_in(cast["inge"])
    visitor.cookies["django_language"] = lang
    text = visitor.get(_at(row.pk)).content.decode()
    assert all(
        f'id="{one.code}-{step.code}"' in text for one in model.ladders for step in one.steps
    )
    assert "{" not in text.split("<main", 1)[1].replace("{}", ""), "a sentence left unfilled"


@pytest.mark.requirement("AJ-61")
@pytest.mark.parametrize("key", ["jobbtrappa", "flere_skal_med", "knut3_pv", "jobbinvest"])
def test_each_programmes_binder_holds_steps_duties_documents_the_jobs_and_a_schedule_sheet(
    cast: Cast, sign_in: Signing, as_job: Job, key: str
) -> None:
    with as_job(cast.ekdala.tenant):
        rows = ProgrammeVersion.versions.filter(key=key)
        row = rows.first() or publish(shelf()[key], on=cast.on, others=shelf())
        model = programme(row)
        steps = [next(iter(step.names.values()))["sv"] for step in model.primary.steps]
        duties = [duty.texts["sv"] for step in model.primary.steps for duty in step.duties]
        papers = [one.texts["sv"] for one in model.documents]
        task = Task.tasks.get(pk=cast.ekdala.work["task"])
    text = unescape(sign_in(cast["asta"]).get(_at(row.pk)).content.decode())
    assert [words for words in (*steps, *duties, *papers) if words not in text] == []
    jobs = text[text.index('id="our-jobs"') :]
    assert task.name in jobs
    sheet = jobs[jobs.index('id="sheet"') :]
    assert sheet.count('scope="col"') == 5
    assert sheet.count("<td></td>") == 11
