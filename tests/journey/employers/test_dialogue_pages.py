"""The talk log of a site, who is silent and what to do next, pauses, and the rule for knocking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import talking
from stegvis.journey.employers.actions.talking import Said
from stegvis.journey.employers.models import Dialogue, KnockRule, Site, SitePause
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
DAY = dt.timedelta(days=1)


@pytest.fixture
def site(cast: Cast, as_job: SignIn) -> Site:
    with as_job(cast.ekdala.tenant):
        return Site.sites.get(pk=cast.ekdala.firm["site"])


def typed(on: dt.date, **more: str) -> dict[str, str]:
    return {"kind": "call", "on": on.isoformat(), "asks": "on", "note": "Ring i maj."} | more


def rule(most: int, as_job: SignIn, cast: Cast, silent: int = 5) -> None:
    with as_job(cast.ekdala.tenant):
        talking.set_rule(most=most, silent_after=silent)


def test_who_knocked_last_stands_before_the_next_knock_and_the_cap_asks_why(
    cast: Cast, site: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    rule(1, as_job, cast)
    jonna, address = sign_in(cast["jonna"]), reverse("new_talk", args=[site.pk])
    assert jonna.post(address, typed(cast.on)).status_code == 302
    page = text_of(jonna.get(address))
    assert "Frågat 1 av 1 gånger den här månaden, senast av Jonna" in page
    refused = text_of(jonna.post(address, typed(cast.on)))
    assert len(faults_of(refused)) == 1
    assert "Ring i maj." in refused  # what was typed stays
    assert jonna.post(address, typed(cast.on, over="De bad oss.")).status_code == 302
    log = text_of(jonna.get(reverse("site_dialogue", args=[site.pk])))
    month = (cast.on.replace(day=1) + 31 * DAY).replace(day=1)
    assert "De bad oss." in log
    assert f"Nästa gång från {month.day} " in log


def test_an_answer_is_written_on_what_was_asked(
    cast: Cast, site: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    with as_job(cast.ekdala.tenant):
        row = talking.note(site, Said("call", cast.on, asks=True), by=None)
    jonna, address = sign_in(cast["jonna"]), reverse("site_dialogue", args=[site.pk])
    assert jonna.post(address, {"do": f"later:{row.pk}"}).status_code == 302
    jonna.post(address, {"do": "yes:nonsense"})
    with as_job(cast.ekdala.tenant):
        row.refresh_from_db()
        assert (row.answer, row.answered_on) == ("later", cast.on)


def test_the_silent_stand_in_a_list_with_what_to_do_next(
    cast: Cast, site: Site, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    rule(2, as_job, cast)
    jonna, address = sign_in(cast["jonna"]), reverse("silent_sites")
    assert "Norra lagret" not in text_of(jonna.get(address))
    with as_job(cast.ekdala.tenant):
        talking.note(site, Said("call", cast.on - 21 * DAY, asks=True), by=None)
    assert "Utse en ingång" in text_of(jonna.get(address))
    with as_job(cast.ekdala.tenant):
        site.entrance_id = cast["jonna"].member
        site.save_if_unchanged("entrance_id")
    with queries() as made:
        page = text_of(jonna.get(address))
    assert "Jonna Ekdaladotter ringer en gång" in page
    assert made.count <= 12, made.statements
    with as_job(cast.ekdala.tenant):
        talking.pause(site, since=cast.on, until=None, by=None)
    assert "Låt det vara" in text_of(jonna.get(address))


def test_a_pause_is_written_and_ended_and_nothing_is_offered_meanwhile(
    cast: Cast, site: Site, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna, key = sign_in(cast["jonna"]), cast.ekdala.firm["opening"]
    said = {"since": cast.on.isoformat(), "until": "", "why": "Flyttar"}
    assert jonna.post(reverse("new_site_pause", args=[site.pk]), said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert not facts.openings(cast.on).filter(pk=key).exists()
        row = SitePause.pauses.get()
    address = reverse("site_dialogue", args=[site.pk])
    assert "Flyttar" in text_of(jonna.get(address))
    jonna.post(address, {"do": f"resume:{row.pk}"})
    with as_job(cast.ekdala.tenant):
        assert facts.openings(cast.on).filter(pk=key).exists()


def test_how_many_work_there_is_said_with_a_day_and_a_source(
    cast: Cast, site: Site, sign_in: SignIn
) -> None:
    jonna, address = sign_in(cast["jonna"]), reverse("new_headcount", args=[site.pk])
    said = {"on": cast.on.isoformat(), "heads": "20", "trained": "22", "source": "company"}
    assert len(faults_of(text_of(jonna.post(address, said)))) == 1
    assert jonna.post(address, said | {"trained": "19", "fte": "17.5"}).status_code == 302
    page = text_of(jonna.get(reverse("site_dialogue", args=[site.pk])))
    assert "20 arbetar där" in page
    assert "17,5" in page


def test_the_manager_alone_sets_how_often(
    cast: Cast, sign_in: SignIn, as_job: SignIn, site: Site
) -> None:
    address, said = reverse("knock_rule"), {"most": "3", "silent_after": "4"}
    assert sign_in(cast["jonna"]).post(address, said).status_code == 404
    assert sign_in(cast["mona"]).post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = KnockRule.objects.get()
        assert (row.most, row.silent_after, row.ours) == (3, 4, False)


def test_a_supervisor_reads_the_log_and_writes_nothing(
    cast: Cast, site: Site, sign_in: SignIn, as_job: SignIn, queries: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        said = Said("visit", cast.on - 40 * DAY, asks=True, note="Rundtur")
        row = talking.note(site, said, by=None)
    vera, address = sign_in(cast["vera"]), reverse("site_dialogue", args=[site.pk])
    with queries() as made:
        page = text_of(vera.get(address))
    assert "Rundtur" in page
    assert "Inget svar" in page
    assert made.count <= 12, made.statements
    vera.post(address, {"do": f"yes:{row.pk}"})
    with as_job(cast.ekdala.tenant):
        assert Dialogue.objects.get().answer == ""
    assert vera.get(reverse("new_talk", args=[site.pk])).status_code == 404
