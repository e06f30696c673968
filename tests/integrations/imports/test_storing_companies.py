"""A workbook of companies becomes their sites, contacts, trained staff and what they offer."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from stegvis.integrations.imports.answering import Touched, undo
from stegvis.integrations.imports.models import ImportFile
from stegvis.journey.employers.actions import keep_contact
from stegvis.journey.employers.facts import ambassadors, grade
from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Headcount,
    Opening,
    OpeningRequirement,
    Site,
)
from stegvis.journey.people.models import Person
from stegvis.platform.tenancy.scope import current
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import TODAY
from tests.integrations.imports.stored import expected

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]

NAME, KIND = "arbetsplatser.xlsx", "workplaces"
_TABLES = (
    AmbassadorModule, Company, Completed, ContactPerson, Employee, Headcount, Opening,
    OpeningRequirement, Site,
)  # fmt: skip


def _counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in _TABLES}


def _rows(sheet: str) -> list[dict[str, Any]]:
    rows = expected(NAME)["rows"]
    return [r["values"] for r in rows if r["sheet"] == sheet and r["outcome"] == "created"]


LIST = "Företag;Kontaktperson;Tfn;Platser;Anställda\n"
STAFF = "Företag;Ambassadör;Modul 1 Bemötande;Modul 4 Mångfald\n"
ONE = "Tallmons Trädgård AB;Maryam Persson;08-465 004 55;3;60\n"


def _store(town: Town, text: str) -> list[tuple[str, list[str]]]:
    rows = town.store("b.csv", KIND, data=text.encode()).rows
    return [(row.outcome, row.codes) for row in rows if row.outcome != "skipped"]


@pytest.mark.requirement("JI-27")
class TestCompanies:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        summary = town.store(NAME, KIND).summary()
        assert summary == {"skipped": 4, "created": 133, "held": 12}
        return town

    def test_become_sites_with_whom_to_call_and_the_work_of_the_list_in_its_own_words(
        self, town: Town
    ) -> None:
        with town.at_work():
            assert not Person.people.exists()
            for said in _rows("Företag"):
                company = Company.objects.get(name=said["company"])
                (site,) = company.sites.all()
                (contact,) = site.contacts.all()
                assert contact.name == (said["contact"] or said["company"])
                assert contact.phone == said["phone"]
                whole = site.openings.filter(area=said["branch"]).order_by("id")[0]
                assert whole.name == said["branch"]
                assert whole.places == (said["places"] or None)
                assert whole.state == ("open" if said["places"] else "paused")
        with town.at_work():
            wanted = Counter((v["company"], v["task"], v["hours_week"]) for v in _rows("Uppgifter"))
            rows = Opening.openings.filter(places__isnull=True).exclude(state="paused")
            there = Counter(
                (row.site.company.name, row.name, float(row.hours_to) if row.hours_to else None)
                for row in rows.select_related("site__company")
            )
            assert there == wanted
            row = rows.get(name="plocka varor", site__company__name="Lärkans Textil AB")
            assert row.tasks == "Dagar: mån-fre\nKräver: kan stå 2 tim; inga krav"
            assert not OpeningRequirement.objects.exists()

    @pytest.mark.requirement("JI-28", "JI-29", "INV-16")
    def test_know_who_is_trained_and_say_nothing_new_the_second_time(self, town: Town) -> None:
        with town.at_work():
            assert AmbassadorModule.modules.count() == 4
            grades = {
                company.name: str(grade(company.sites.get(), current().on)).replace("none", "plain")
                for company in Company.objects.all()
            }
            assert grades == {v["company"]: v["grade"] for v in _rows("Företag")}
            person = Employee.employees.get(name="Johanna Noor")
            done = dict(person.completed.values_list("module__name", "on"))
            assert done["Modul 2 Hälsa"] is None
            assert done["Modul 1 Bemötande"] == date(2023, 10, 14)
            gone = Employee.employees.get(name="Leila Sandberg")
            assert gone.until == date(2026, 9, 17)
        with town.at_work():
            before = _counts()
        again = town.store(NAME, KIND).summary()
        assert again == {"skipped": 4, "unchanged": 133, "held": 12}
        assert town.try_out(NAME, KIND).summary() == again
        with town.at_work():
            assert _counts() == before


class TestALaterList:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        assert _store(town, LIST + ONE) == [("created", [])]
        return town

    def test_adds_a_contact_and_leaves_what_has_been_changed_here(self, town: Town) -> None:
        with town.at_work():
            contact = ContactPerson.contacts.get(name="Maryam Persson")
            keep_contact(contact, {"phone": "08-465 004 99"})
        assert _store(town, f"{LIST}{ONE}\n") == [("unchanged", ["dup_same"])]
        more = f"{LIST}Tallmons Trädgård AB;Bo Ek;08-465 004 44;5;60\n"
        assert _store(town, more) == [("updated", ["differs_from_earlier", "adds_data"])]
        with town.at_work():
            contact.refresh_from_db()
            assert contact.phone == "08-465 004 99"
            assert ContactPerson.contacts.get(name="Bo Ek").site == contact.site

    def test_of_staff_alone_is_about_the_companies_that_are_there(self, town: Town) -> None:
        first = f"{STAFF}Tallmons Trädgård AB;Tova Åberg;2026-04-15;på gång\n"
        assert _store(town, first) == [("created", ["not_completed_yet"])]
        later = (
            "Virksomhed;Ambassadør;Modul 1 Bemötande;Modul 4 Mångfald\n"
            "tallmons trädgård ab;Tova Åberg;2026-04-15;01.11.2026\n"
            "Nya Firman;Bo Ek;2026-04-15;\n"
        )
        assert _store(town, later) == [("updated", ["adds_data"]), ("held", ["company_not_found"])]
        with town.at_work():
            person = Employee.employees.get(name="Tova Åberg")
            assert person.completed.count() == 2
            assert ambassadors(person.site, TODAY) == [person]

    def test_a_name_that_is_nearly_there_waits_until_somebody_has_said(self, town: Town) -> None:
        text = "Företag;Bransch\nTallmons Trädgård;grönyta\n"
        assert _store(town, text) == [("held", ["maybe_same_company"])]


class TestTakenBack:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        _store(town, LIST + ONE)
        _store(town, f"{STAFF}Tallmons Trädgård AB;Tova Åberg;2026-04-15;x\n")
        return town

    def test_goes_while_nobody_has_touched_it(self, town: Town) -> None:
        with town.at_work():
            last, first = ImportFile.files.order_by("-id")
            with pytest.raises(Touched):
                undo(first)
            undo(last)
            assert not Employee.employees.exists()
            undo(first)
            assert not any(_counts().values())

    def test_stays_once_somebody_has_worked_with_it(self, town: Town) -> None:
        with town.at_work():
            contact = ContactPerson.contacts.get(name="Maryam Persson")
            keep_contact(contact, {"phone": "08-465 004 99"})
            with pytest.raises(Touched):
                undo(ImportFile.files.order_by("id")[0])
            assert Company.objects.count() == 1
