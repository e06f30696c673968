"""The pages of reports, as the case worker uses them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.reports.models import Dispatch, Report, ReportLine
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.actions import NewDecision
from tests.cast.people import Cast
from tests.journey.made import stood_on
from tests.portals.caseworker.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-47")]
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def address(cast: Cast, used: None) -> str:
    own = cast.person("own")
    return reverse("report", args=[own.person, own.rows["report"]])


def test_one_press_writes_it_then_it_is_reviewed_and_sent(
    cast: Cast, sign_in: Signing, used: None, as_job: Work
) -> None:
    """ux.md §1: one interaction, the review with the person, and sending."""
    own, asta = cast.person("own"), sign_in(cast["asta"])
    here = reverse("reports", args=[own.person])
    form = asta.get(here).context["form"]
    days = {name: form[name].value().isoformat() for name in ("since", "until")}
    made = asta.post(here, {"do": "period", **days})
    assert made.status_code == 302  # one press: the days are there already
    assert "Steg 2" in text_of(asta.get(made.url))
    asta.post(made.url, {"do": "seen-together"})
    assert asta.post(made.url, {"do": "send", "way": "paper"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Dispatch.objects.filter(person=own.person).count() == 1


def test_what_may_not_be_told_is_struck_with_the_reason(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    page = sign_in(cast["asta"]).get(address)
    html = page.content.decode()
    assert "<s>Det som gått framåt</s>" in html
    assert "Inget medgivande gäller detta till dem." in html
    kept = re.search(r'<article class="pap".*?</article>', html, re.DOTALL)
    assert kept
    assert "Frågar om hjälp." not in kept[0]


def test_a_closed_step_without_a_report_warns_and_one_press_opens_a_written_draft(
    cast: Cast, sign_in: Signing, at_work: Work, as_job: Work
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with as_job(cast.ekdala.tenant):
        Report.reports.filter(person=own.person).update(state="dropped")
    with at_work(asta):
        seen = stood_on(own.enrolment).pk
        new = NewDecision(
            to_step="s3", effective_on=cast.on, grounds="Redo.", own_words="Ja.", seen=seen
        )
        steps.decide(own.enrolment, new, by=asta.actor)
    browser = sign_in(asta)
    here = reverse("reports", args=[own.person])
    assert "och ingen rapport har gått" in text_of(browser.get(here))
    assert "och ingen rapport har gått" in text_of(browser.get(reverse("reports_overview")))
    made = browser.post(here, {"do": f"owed-{cast.on}"})
    with as_job(cast.ekdala.tenant):
        row = Report.reports.filter(person=own.person, state="draft").get()
        done = ReportLine.objects.get(report=row, section="done")
    assert made.url.endswith(f"/{row.pk}/")
    assert (row.occasion, row.step, row.until) == ("step", "s2", cast.on)
    assert "Lättare arbetsträning" in done.text


def test_two_who_write_the_same_passage_lose_nothing(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    version = asta.get(address).context["sections"][0]["form"].initial["version"]
    asta.post(address, {"do": "save-done", "version": version, "text": "Den första."})
    late = asta.post(address, {"do": "save-done", "version": version, "text": "Den andra."})
    html = late.content.decode()
    assert late.status_code == 200
    assert "Den första." in html
    assert "Den andra." in html
    again = {"do": "save-done", "version": version + 1, "text": "Den andra."}
    assert asta.post(address, again).status_code == 302


def test_a_word_that_does_not_belong_is_named_and_the_report_stays(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    version = asta.get(address).context["sections"][0]["form"].initial["version"]
    asta.post(address, {"do": "save-done", "version": version, "text": "Har en diagnos."})
    asta.post(address, {"do": "seen-together"})
    answer = asta.post(address, {"do": "send", "way": "paper"})
    assert "diagnos" in text_of(answer)
    with as_job(cast.ekdala.tenant):
        assert not Dispatch.objects.filter(person=cast.person("own").person).exists()


def test_the_paper_that_went_is_fetched_by_whoever_may_and_nobody_else(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta = sign_in(cast["asta"])
    draft = asta.get(f"{address}paper/").content
    assert draft.startswith(b"%PDF-")
    asta.post(address, {"do": "seen-paper"})
    asta.post(address, {"do": "send", "way": "paper"})
    sent = asta.get(f"{address}paper/").content
    assert sent.startswith(b"%PDF-")
    assert sent != draft
    assert sign_in(cast["mona"]).get(f"{address}paper/").status_code == 200
    for who in ("aron", "vera", "jonna", "birger", "ada", "evert"):
        assert sign_in(cast[who]).get(f"{address}paper/").status_code == 404


def test_the_manager_reads_and_sends_nothing(cast: Cast, sign_in: Signing, address: str) -> None:
    mona = sign_in(cast["mona"])
    page = mona.get(address)
    assert page.status_code == 200
    assert 'value="send"' not in page.content.decode()
    assert mona.post(address, {"do": "send", "way": "paper"}).status_code == 404


@pytest.mark.parametrize("name", ["report", "reports", "overview"])
def test_each_costs_few_queries(
    cast: Cast, sign_in: Signing, address: str, queries: Callable[[], Any], name: str
) -> None:
    asta, own = sign_in(cast["asta"]), cast.person("own")
    where = {
        "report": address,
        "reports": reverse("reports", args=[own.person]),
        "overview": reverse("reports_overview"),
    }[name]
    asta.get(where)
    with queries() as made:
        asta.get(where)
    assert made.count <= 12, made.statements


def test_a_period_that_cannot_be_is_said_and_nothing_written(
    cast: Cast, sign_in: Signing, used: None, as_job: Work
) -> None:
    own, asta = cast.person("own"), sign_in(cast["asta"])
    here = reverse("reports", args=[own.person])
    ahead = (cast.on + dt.timedelta(days=3)).isoformat()
    sent = {"do": "period", "since": cast.on.isoformat(), "until": ahead}
    assert "Dagen har inte kommit än" in text_of(asta.post(here, sent))
    with as_job(cast.ekdala.tenant):
        assert Report.reports.filter(person=own.person).count() == 1
