"""Every form of the case worker's week on paper, in both languages, from the cast's own rows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from stegvis.journey.abilities.actions import NewPlanning, Planned, write_planning
from stegvis.journey.abilities.words import LABEL
from stegvis.journey.intake.models import OrderLine
from stegvis.journey.reports import actions as reports
from stegvis.journey.reports.models import Report
from tests.cast.people import Cast
from tests.journey.plans.writing import agreed, enrolment_of
from tests.platform.documents.test_typesetting import LABELS, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-07")]
Signing = Callable[..., Any]
ANSWER = "Packar och märker varor"
PLANNING = {"ac_planning_1": 7, "ac_planning_2": 5, "ac_planning_3": 6, "ac_planning_4": 5}
"""The planning documents of steps 1 to 4, and how many questions each has."""
TITLES = {
    "ac_planning_1": ("Planeringsdokument steg 1", "Planlægningsdokument trin 1"),
    "ac_planning_2": ("Planeringsdokument steg 2", "Planlægningsdokument trin 2"),
    "ac_planning_3": ("Planeringsdokument steg 3", "Planlægningsdokument trin 3"),
    "ac_planning_4": ("Planeringsdokument steg 4", "Planlægningsdokument trin 4"),
    "plan": ("Min plan", "Min plan"),
    "report": ("Rapport", "Rapport"),
    "summary": ("Sammanfattning av iakttagelser", "Sammenfatning af iagttagelser"),
}
LABELLED = {*PLANNING, "report", "summary"}  # they tell what was seen at work (KN-72)
SAYS = {**dict.fromkeys(PLANNING, ANSWER), "plan": "Hålla min vecka", "summary": "Mycket"}
LANGUAGES = ("sv", "da")


@pytest.fixture
def written(cast: Cast, at_work: Callable[..., Any]) -> None:
    """What the cast does not have yet: the plan agreed on, and an answered sheet of each step."""
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
        for form, questions in PLANNING.items():
            seen = 1 if form == "ac_planning_2" else 0
            new = NewPlanning(form, (Planned(ANSWER),) * questions, cast.on, seen=seen)
            write_planning(enrolment_of(cast), new, by=cast["asta"].actor)


def _address(cast: Cast, form: str) -> str:
    own = cast.person("own")
    if form in PLANNING:
        return reverse("planning_pdf", args=[own.person, form, 1 + (form == "ac_planning_2")])
    rows: dict[str, tuple[str, Any]] = {
        "plan": ("plan_pdf", 1),
        "report": ("report_paper", own.rows["report"]),
        "summary": ("summary_pdf", own.rows["gathered"]),
    }
    name, row = rows[form]
    return reverse(name, args=[own.person, row])


def _title(made: bytes, *, readable: str) -> bool:
    """Whether the file itself says its title: as UTF-16 in its information, or in its metadata."""
    return readable.encode() in made or readable.encode("utf-16-be") in made


@pytest.fixture
def paper(cast: Cast, written: None, as_job: Any, sign_in: Signing) -> Callable[..., Any]:
    """The file as Asta gets it. A report is in the language of whoever it is for."""
    own = cast.person("own")

    def get(form: str, lang: str) -> Any:
        with as_job(cast.ekdala.tenant):
            OrderLine.objects.filter(referral=own.referral).update(uses=["job_matching"])
            Report.reports.filter(pk=own.rows["report"]).update(language=lang)
            report = Report.reports.get(pk=own.rows["report"])
            reports.rewrite(report, report.lines.get(section="done"), ANSWER, by=None)
        visitor = sign_in(cast["asta"])
        visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
        return visitor.get(_address(cast, form))

    return get


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", TITLES)
def test_every_form_is_a_paper_that_says_whose_it_is_and_what_it_is_not(
    cast: Cast, paper: Callable[..., Any], tmp_path: Path, form: str, lang: str
) -> None:
    own, answer = cast.person("own"), paper(form, lang)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert not [one for one in own.traces if one in answer["Content-Disposition"]]
    made, title = answer.content, TITLES[form][LANGUAGES.index(lang)]
    assert re.search(rb"/Lang\s*\(" + lang.encode(), made)
    assert re.search(rb"/DisplayDocTitle\s+true", made)
    assert _title(made, readable=title)
    if shutil.which("pdftotext") is None:
        return  # the file has said its language and title; its words take poppler to read
    words = text_of(made, tmp_path)
    assert title in words
    assert own.name in words
    assert SAYS.get(form, ANSWER) in words
    assert (LABELS[lang] in words) == (form in LABELLED)


@pytest.mark.requirement("KN-70")
def test_a_summary_has_the_persons_own_words_after_what_was_seen(
    cast: Cast, sign_in: Signing, tmp_path: Path
) -> None:
    words = text_of(sign_in(cast["vera"]).get(_address(cast, "summary")).content, tmp_path)
    parts = ("Det som fungerar", "Det som inte fungerar just nu", "Med deltagarens egna ord", "Ja")
    places = [words.find(one) for one in parts]
    assert -1 not in places, words
    assert places == sorted(places)


@pytest.mark.requirement("KN-72")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_label_is_the_same_on_the_screen_and_at_the_foot_of_the_paper(
    paper: Callable[..., Any], tmp_path: Path, lang: str
) -> None:
    with translation.override(lang):
        label = str(LABEL)
    assert text_of(paper("summary", lang).content, tmp_path).count(label) >= 2


def test_of_somebody_protected_the_paper_does_not_say_where_they_go(
    cast: Cast, sign_in: Signing, tmp_path: Path
) -> None:
    asta = sign_in(cast["asta"])
    for key, says in (("own", True), ("protected_named", False)):
        one = cast.person(key)
        gathered = reverse("summary_pdf", args=[one.person, one.rows["gathered"]])
        planning = reverse("planning_pdf", args=[one.person, "ac_planning_2", 1])
        for address in (gathered, planning):
            words = text_of(asta.get(address).content, tmp_path)
            assert one.name in words
            assert ("AME-kontoret" in words) == says


def test_a_version_that_is_not_there_is_no_file(cast: Cast, sign_in: Signing) -> None:
    own, asta = cast.person("own"), sign_in(cast["asta"])
    for form, nth in (("ac_planning_2", 9), ("ac_planning_1", 1), ("no_such_form", 1)):
        address = reverse("planning_pdf", args=[own.person, form, nth])
        assert asta.get(address).status_code == 404


@pytest.mark.parametrize("name", ["planning_paper", "observation_summary"])
def test_the_sheet_on_the_screen_leads_to_the_file(cast: Cast, sign_in: Signing, name: str) -> None:
    own = cast.person("own")
    row = ("ac_planning_2", 1) if name == "planning_paper" else (own.rows["gathered"],)
    page = reverse(name, args=[own.person, *row])
    assert f'href="{page}pdf/"' in sign_in(cast["asta"]).get(page).content.decode()


def test_a_letter_that_cannot_be_set_is_said_on_the_sheet(
    cast: Cast, at_work: Callable[..., Any], sign_in: Signing
) -> None:
    with at_work(cast["asta"]):
        new = NewPlanning("ac_planning_2", (Planned("李明"),) * 5, cast.on, seen=1)
        write_planning(enrolment_of(cast), new, by=cast["asta"].actor)
    address = reverse("planning_pdf", args=[cast.person("own").person, "ac_planning_2", 2])
    page = sign_in(cast["asta"]).get(address, follow=True)
    assert page.redirect_chain[0][0].endswith("/planning/ac_planning_2/2/")
    assert "李" in page.content.decode()
