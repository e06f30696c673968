"""Speaking with a site: how often we knock, who never answered, pauses, figures, partnerships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import partnering, talking, training
from stegvis.journey.employers.actions.partnering import Agreed
from stegvis.journey.employers.actions.talking import Counted, Said
from stegvis.journey.employers.models import Company, Dialogue, Employee, Site
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.tenancy.scope import current
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def site(cast: Cast, as_job: Callable[..., Any]) -> Iterator[Site]:
    with as_job(cast.ekdala.tenant):
        company = Company(tenant_id=cast.ekdala.tenant, name="Ångbageriet")
        company.save(force_insert=True)
        row = Site(tenant_id=cast.ekdala.tenant, company=company, name="Bageriet")
        row.save(force_insert=True)
        yield row


def knock(site: Site, on: dt.date | None = None, over: str = "") -> Dialogue:
    said = Said("call", on or current().on, asks=True, over=over)
    return talking.note(site, said, by=None)


def first_of_month() -> dt.date:
    return current().on.replace(day=1)


def test_a_site_is_asked_for_places_no_oftener_than_the_rule_says(site: Site) -> None:
    talking.set_rule(most=1, silent_after=10)
    knock(site, first_of_month())
    with pytest.raises(NotNow, match="knocked_enough"):
        knock(site, first_of_month())
    knock(site, first_of_month(), over="De ringde själva.")
    found = facts.knocks(site.pk, current().on)
    assert (found.used, found.most, found.left) == (2, 1, 0)
    assert found.last is not None
    assert found.last.over == "De ringde själva."


def test_a_talk_that_asks_for_nothing_is_no_knock(site: Site) -> None:
    talking.set_rule(most=1, silent_after=10)
    for _each in range(3):
        talking.note(site, Said("visit", current().on), by=None)
    assert facts.knocks(site.pk, current().on).used == 0


def test_another_month_has_its_own_knocks(site: Site) -> None:
    talking.set_rule(most=1, silent_after=10)
    knock(site, first_of_month() - DAY)
    knock(site, first_of_month())


def test_a_site_that_pauses_is_asked_by_nobody(site: Site) -> None:
    row = talking.pause(site, since=current().on, until=None, why="Flytt", by=None)
    with pytest.raises(NotNow, match="site_paused"):
        knock(site, over="Ändå")
    talking.end_pause(row)
    knock(site)


def test_silence_is_told_after_as_many_working_days_as_the_rule_says(site: Site) -> None:
    talking.set_rule(most=9, silent_after=5)
    monday = dt.date(2026, 10, 5)
    row = knock(site, monday)
    assert not facts.silent("SE", monday + 7 * DAY, site=site.pk)  # five working days
    assert facts.silent("SE", monday + 8 * DAY, site=site.pk) == [row]
    talking.answer(row, "later")
    assert not facts.silent("SE", monday + 8 * DAY, site=site.pk)


def test_only_what_was_asked_is_answered(site: Site) -> None:
    row = talking.note(site, Said("visit", current().on), by=None)
    with pytest.raises(NotNow, match="nothing_asked"):
        talking.answer(row, "yes")


def test_what_has_not_been_is_not_noted(site: Site) -> None:
    with pytest.raises(NotNow, match="ahead"):
        talking.note(site, Said("visit", current().on + DAY), by=None)


def test_employees_are_those_said_last_and_not_known_until_then(site: Site) -> None:
    on = current().on
    assert facts.employees(site.pk, on) is None
    talking.count(site, Counted(on - 9 * DAY, fte=Decimal("12.5")), by=None)
    talking.count(site, Counted(on, heads=14), by=None)
    assert facts.employees(site.pk, on) == Decimal("12.50")
    assert facts.employees(site.pk, on - 10 * DAY) is None


def test_more_trained_than_work_there_is_refused(site: Site) -> None:
    with pytest.raises(NotNow, match="more_trained"):
        talking.count(site, Counted(current().on, heads=20, trained=22), by=None)
    with pytest.raises(NotNow, match="count_empty"):
        talking.count(site, Counted(current().on), by=None)


@pytest.mark.requirement("FM-55")
def test_a_partnership_is_agreed_in_versions_and_the_one_before_stands(site: Site) -> None:
    company, on = site.company, current().on
    first = partnering.agree(
        company, Agreed("Tar emot två om året.", "Svarar samma dag.", on), by=None
    )
    row = partnering.agree(company, Agreed("Tar emot tre.", "Svarar samma dag.", on), by=None)
    assert (first.number, row.number) == (1, 2)
    first.refresh_from_db()
    assert first.company_does == "Tar emot två om året."
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        type(first).objects.filter(pk=first.pk).update(we_do="Annat")


def test_a_partnership_that_binds_one_alone_is_none(site: Site) -> None:
    with pytest.raises(NotNow, match="partnership_empty"):
        partnering.agree(site.company, Agreed("Allt.", " ", current().on), by=None)


@pytest.mark.requirement("FM-55")
def test_a_version_is_signed_on_paper_once_and_by_both(site: Site) -> None:
    on = current().on
    row = partnering.agree(site.company, Agreed("Tar emot två.", "Svarar.", on), by=None)

    def sign(day: dt.date, us: str = "Karin Ek") -> Any:
        return partnering.sign(row, signed_by="Siv Ros", signed_for_us=us, signed_on=day, by=None)

    with pytest.raises(NotNow, match="signed_half"):
        sign(on, " ")
    with pytest.raises(NotNow, match="ahead"):
        sign(on + DAY)
    assert sign(on).signed_by == "Siv Ros"
    with pytest.raises(NotNow, match="signed_before"):
        sign(on)


@pytest.mark.requirement("JI-53")
def test_one_who_is_trained_is_asked_once_and_answers_whole(site: Site) -> None:
    someone = Employee(tenant_id=site.tenant_id, site=site, name="Leila Berg")
    someone.save(force_insert=True)
    row = training.ask(someone)
    with pytest.raises(NotNow, match="asked_waits"):
        training.ask(someone)
    with pytest.raises(NotNow, match="answers_missing"):
        training.answered(row, {"prepared": 3, "supported": 5, "again": 4})
    training.answered(row, {"prepared": 3, "supported": 2, "again": 4})
    row.refresh_from_db()
    assert (row.prepared, row.supported, row.again) == (3, 2, 4)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(again=None)
