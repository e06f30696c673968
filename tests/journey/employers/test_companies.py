"""Companies: their sites, who answers there, what they offer; and nobody's name but theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers import facts
from stegvis.journey.employers.models import Company, ContactPerson, Opening, Site
from stegvis.journey.workplaces.models import Function
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
COMPANY = {"name": "Bageriet", "number": "", "sector": "private"}
ASPECTS = ("physical", "communicative", "informative", "reception")
SITE = {"name": "Torget", **dict.fromkeys(ASPECTS, "unknown")}
OPENING = {"name": "Kallkök", "area": "kök", "state": "open"}


def test_a_company_is_written_down_once_and_found_by_name_and_number(
    cast: Cast, sign_in: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    typed = COMPANY | {"number": "556016-0680"}
    assert jonna.post(reverse("new_company"), typed).status_code == 302
    again = text_of(jonna.post(reverse("new_company"), typed | {"name": "Bageriet igen"}))
    assert len(faults_of(again)) == 1
    assert "Bageriet igen" in again
    for wanted in ("bager", "556016-06", "5560160680"):
        assert "Bageriet" in text_of(jonna.get(reverse("companies"), {"q": wanted})), wanted
    assert "Bageriet" not in text_of(jonna.get(reverse("companies"), {"q": "smed"}))


@pytest.mark.parametrize(
    "number", ["556016-0681", "55601", "abc", "850709-9805", "５５６０１６０６８０"]
)
def test_a_wrong_number_is_one_sentence_and_nothing_is_kept(
    cast: Cast, sign_in: SignIn, as_job: SignIn, number: str
) -> None:
    page = sign_in(cast["jonna"]).post(reverse("new_company"), COMPANY | {"number": number})
    assert len(faults_of(text_of(page))) == 1
    with as_job(cast.ekdala.tenant):
        assert not Company.objects.filter(name="Bageriet").exists()


def test_a_danish_company_has_a_cvr_number_and_its_site_a_p_number(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    mads = sign_in(cast["mads"])
    page = text_of(mads.post(reverse("new_company"), COMPANY | {"number": "1234567"}))
    assert len(faults_of(page)) == 1
    mads.post(reverse("new_company"), COMPANY | {"number": "DK 12 34 56 78"})
    with as_job(cast.birkeso.tenant):
        row = Company.objects.get(name="Bageriet")
    assert row.number == "12345678"
    address = reverse("new_site", args=[row.pk])
    assert len(faults_of(text_of(mads.post(address, SITE | {"number": "12"})))) == 1
    assert mads.post(address, SITE | {"number": "1 000 000 001"}).status_code == 302


@pytest.mark.requirement("FM-47")
def test_a_site_has_one_named_entrance(cast: Cast, sign_in: SignIn, as_job: SignIn) -> None:
    jonna = sign_in(cast["jonna"])
    firm = cast.ekdala.firm
    address = reverse("change_site", args=[firm["site"]])
    assert "ingen ännu" in text_of(jonna.get(address))
    typed = SITE | {"version": "1", "entrance_id": str(cast["jonna"].member)}
    assert jonna.post(address, typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        site = Site.sites.select_related("entrance").get(pk=firm["site"])
        assert site.entrance_id == cast["jonna"].member
        assert site.entrance.name in text_of(jonna.get(reverse("company", args=[firm["company"]])))
    # Nobody who does not work with companies, and nobody of another municipality.
    for stranger in (cast["mads"], cast["loke"]):
        said = typed | {"version": "2", "entrance_id": str(stranger.member)}
        assert len(faults_of(text_of(jonna.post(address, said)))) == 1


def test_a_contact_person_leaves_after_the_last_day_and_stays_told(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    firm = cast.ekdala.firm
    address = reverse("contact_person", args=[firm["contact"]])
    typed = {"name": "Kim Kontakt", "version": "1", "until": cast.on.isoformat()}
    assert jonna.post(address, typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = ContactPerson.contacts.get(pk=firm["contact"])
        assert row.until == cast.on + dt.timedelta(days=1)
    assert f'value="{cast.on.isoformat()}"' in jonna.get(address).content.decode()
    wrong = typed | {"version": "2", "since": (cast.on + dt.timedelta(days=9)).isoformat()}
    assert len(faults_of(text_of(jonna.post(address, wrong)))) == 1


def test_an_opening_says_what_it_asks_and_what_nobody_knows_is_not_zero(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    jonna = sign_in(cast["jonna"])
    firm = cast.ekdala.firm
    with as_job(cast.ekdala.tenant):
        Function(
            tenant_id=cast.ekdala.tenant, code="be_there", name="passa tider", group="habits"
        ).save(force_insert=True)
    typed = OPENING | {"asks_be_there": "3must", "hours_from": "8", "hours_to": "4"}
    address = reverse("new_opening", args=[firm["site"]])
    assert len(faults_of(text_of(jonna.post(address, typed)))) == 1
    assert jonna.post(address, typed | {"hours_to": "20"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Opening.openings.get(name="Kallkök")
        assert row.places is None
        (asked,) = row.requirements.all()
        assert (asked.function, asked.level, asked.hard) == ("be_there", 3, True)
    page = text_of(jonna.get(reverse("company", args=[firm["company"]])))
    assert "passa tider" in page
    change = reverse("change_opening", args=[row.pk])
    assert jonna.post(change, OPENING | {"version": "1"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert not row.requirements.exists()


@pytest.mark.requirement("JI-45")
def test_openings_are_found_by_kind_of_work_and_by_what_is_accessible(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    vera = sign_in(cast["vera"])
    address = reverse("openings")
    assert "Plock och pack" in text_of(vera.get(address, {"area": "lager"}))
    assert "Plock och pack" not in text_of(vera.get(address, {"area": "kök"}))
    asked = {"area": "lager", "access": "physical"}
    assert "Plock och pack" not in text_of(vera.get(address, asked))  # nobody has said so
    with as_job(cast.ekdala.tenant):
        Site.sites.filter(pk=cast.ekdala.firm["site"]).update(physical="partly")
    assert "Plock och pack" in text_of(vera.get(address, asked))
    more = {"area": "lager", "access": ["physical", "reception"]}
    assert "Plock och pack" not in text_of(vera.get(address, more))


def test_an_opening_ends_with_its_site_and_its_company(cast: Cast, as_job: SignIn) -> None:
    firm, on = cast.ekdala.firm, cast.on
    with as_job(cast.ekdala.tenant):
        assert facts.openings(on).count() == 1
        Site.sites.filter(pk=firm["site"]).update(until=on)
        assert facts.openings(on).count() == 0
        assert facts.openings(on - dt.timedelta(days=1)).count() == 1
        Site.sites.filter(pk=firm["site"]).update(until=None)
        Company.objects.filter(pk=firm["company"]).update(until=on)
        assert facts.openings(on).count() == 0


def test_two_hands_at_one_company_see_both_versions(cast: Cast, sign_in: SignIn) -> None:
    jonna, asta = sign_in(cast["jonna"]), sign_in(cast["asta"])
    address = reverse("change_company", args=[cast.ekdala.firm["company"]])
    assert asta.post(address, COMPANY | {"name": "Lagret AB", "version": "1"}).status_code == 302
    page = jonna.post(address, COMPANY | {"name": "Lager & Co", "version": "1"})
    text = text_of(page)
    assert "Lagret AB" in text
    assert "Lager &" in text or "Lager &amp;" in text
    assert len(faults_of(text)) == 1
    said = COMPANY | {"name": "Lager & Co", "version": "2"}
    assert jonna.post(address, said).status_code == 302


def test_a_supervisor_reads_and_does_not_write(cast: Cast, sign_in: SignIn) -> None:
    vera, firm = sign_in(cast["vera"]), cast.ekdala.firm
    for name, key in (("company", "company"), ("site_staff", "site")):
        page = vera.get(reverse(name, args=[firm[key]]))
        assert page.status_code == 200
        assert "Ny plats" not in text_of(page)
        assert "En till i personalen" not in text_of(page)
    for name, key in (("change_company", "company"), ("change_site", "site"),
                      ("change_employee", "employee"), ("change_opening", "opening")):  # fmt: skip
        assert vera.post(reverse(name, args=[firm[key]]), {"name": "x"}).status_code in {403, 404}


@pytest.mark.parametrize(
    ("page", "key"),
    [("companies", ""), ("company", "company"), ("openings", ""), ("site_staff", "site"),
     ("change_site", "site"), ("change_opening", "opening"), ("change_employee", "employee")],
)  # fmt: skip
def test_the_pages_cost_few_questions(
    cast: Cast, sign_in: SignIn, queries: Callable[..., Any], page: str, key: str
) -> None:
    jonna = sign_in(cast["jonna"])
    address = reverse(page, args=[cast.ekdala.firm[key]] if key else [])
    with queries() as asked:
        text_of(jonna.get(address))
    assert len(asked) <= 12, [one["sql"] for one in asked]


def test_a_row_that_was_changed_is_stale(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        row = Company.objects.get(pk=cast.ekdala.firm["company"])
        Company.objects.filter(pk=row.pk).update(version=7)
        with pytest.raises(StaleRow):
            row.save_if_unchanged("name")
