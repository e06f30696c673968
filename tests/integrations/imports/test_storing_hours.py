"""A Danish list of citizens, and the slips of pay that follow it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind
from stegvis.integrations.imports.answering import Touched, undo
from stegvis.integrations.imports.models import ImportFile
from stegvis.integrations.imports.reading.values.worked import SHORT
from stegvis.journey.hours.facts import ledger
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.screening.facts import group_of
from stegvis.journey.standing.models import Category, DatedFact, StepPeriod
from stegvis.platform.access.models import Kind as TieKind
from stegvis.platform.access.models import Relation, Shield
from stegvis.platform.accounts.models import Member, User
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import TODAY
from tests.integrations.imports.stored import everything, expected, of_number

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]

CITIZENS = "borgere_dk.csv"
SLIPS = "ordinaere_timer.csv"
MONTHS = {name: number for number, name in enumerate(SHORT, 1)}


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town("lillebro", "Jobcenter", country="DK")


def _counts() -> dict[str, int]:
    more = (HoursEntry, Category, DatedFact)
    return everything() | {model.__name__: model._default_manager.count() for model in more}


def _road(town: Town, number: str) -> Enrolment:
    return Enrolment.enrolments.get(person=of_number(town, number))


class TestCitizens:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        summary = town.store(CITIZENS, "citizens_dk").summary()
        assert summary == {"skipped": 2, "created": 55, "held": 9}
        return town

    @pytest.mark.requirement("FM-44")
    def test_become_people_with_group_step_and_the_hours_of_each_month(self, town: Town) -> None:
        wanted = [r["values"] for r in expected(CITIZENS)["rows"] if r["outcome"] == "created"]
        with town.at_work():
            assert Person.people.count() == len(wanted) == 55
            for said in wanted:
                road = _road(town, said["cpr"])
                assert group_of(road.pk) == str(said["group"])
                assert StepPeriod.periods.get(enrolment=road).ordinal == said["step"]
                assert road.since == date.fromisoformat(said["start"] or str(TODAY))
                rows = HoursEntry.entries.filter(enrolment=road)
                there = {r.month: paid.amount(r.amount) for r in rows}
                assert there == {
                    date(2026, MONTHS[name], 1): Decimal(str(hours))
                    for name, hours in said["ordinary_hours"].items()
                }
                assert {(r.kind, r.source, r.imported) for r in rows} <= {
                    ("ordinary", "list", True)
                }

    @pytest.mark.requirement("FM-48")
    def test_first_month_with_thirty_hours_is_what_the_core_is_told(self, town: Town) -> None:
        with town.at_work():
            for row in expected(CITIZENS)["rows"]:
                if row["outcome"] != "created":
                    continue
                told = DatedFact.objects.filter(person=of_number(town, row["values"]["cpr"]))
                reached = [
                    fact.values["month"]
                    for fact in told.filter(kind="hours").order_by("on")
                    if fact.values["ordinary"] >= 30
                ]
                assert (reached or [None])[0] == row["values"]["first_month_30"]

    def test_say_nothing_new_the_second_time(self, town: Town) -> None:
        with town.at_work():
            before = _counts()
        again = town.store(CITIZENS, "citizens_dk").summary()
        assert again == {"skipped": 2, "unchanged": 55, "held": 9}
        assert town.try_out(CITIZENS, "citizens_dk").summary() == again
        with town.at_work():
            assert _counts() == before

    def test_of_a_later_list_add_the_months_that_came_and_change_none(self, town: Town) -> None:
        head = "CPR;Navn;Målgruppe;Trin;Jobformidler;Virksomhed;okt;nov\n"
        line = "280203-9916;Signe Damgaard;1;3;Ahmad Karimi;Engvejens Lager ApS;{};{}\n"
        other = town.store("a.csv", "citizens_dk", data=(head + line.format("20", "")).encode())
        assert [(r.outcome, r.codes) for r in other.rows][1:] == [
            ("held", ["conflicts_with_register"])
        ]
        data = head + line.format("19,5", "21,25").replace("ApS", "aps")
        assert town.store("b.csv", "citizens_dk", data=data.encode()).summary()["unchanged"] == 1
        elsewhere = head + line.format("", "4").replace("Engvejens Lager ApS", "Havnens Kro")
        assert town.store("c.csv", "citizens_dk", data=elsewhere.encode()).summary()["updated"] == 1
        with town.at_work():
            found = ledger(_road(town, "2802039916").pk)
            assert found.of(date(2026, 11, 1), Kind.ORDINARY) == paid.parts("25,25")

    def test_are_taken_back_with_their_hours(self, town: Town) -> None:
        with town.at_work():
            undo(ImportFile.files.get())
            assert not Person.people.exists()
            assert not HoursEntry.entries.exists()
            assert not DatedFact.objects.exists()
            assert not Category.objects.exists()

    def test_stay_once_somebody_has_stated_hours_of_one_of_them(self, town: Town) -> None:
        town.store(SLIPS, "ordinary_hours")
        with town.at_work(), pytest.raises(Touched):
            undo(ImportFile.files.get(kind="citizens_dk"))


def test_a_mediator_who_is_one_of_ours_works_with_the_person(town: Town) -> None:
    with town.at_work():
        user = User(email="bente@example.example", name="Bente Skou")
        user.save()
        member = Member(tenant_id=town.tenant, user=user, name="Bente Skou")
        member.save(force_insert=True)
    town.store(CITIZENS, "citizens_dk")
    with town.at_work():
        person = of_number(town, "2507849973")
        held = Assignment.assignments.get(person=person)
        assert (held.part, held.member_id) == ("job_mediator", member.pk)
        assert Relation.relations.filter(
            person=person.pk, kind=TieKind.JOB_MEDIATOR, member=member
        ).exists()
        groups = {group_of(row.enrolment_id) for row in Assignment.assignments.all()}
        assert groups == {"1"}


class TestSlips:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        town.store(CITIZENS, "citizens_dk")
        return town

    @pytest.mark.requirement("FM-44", "FM-48", "INV-11")
    def test_add_up_by_month_and_ordinary_ones_alone_count(self, town: Town) -> None:
        summary = town.store(SLIPS, "ordinary_hours").summary()
        assert summary == {"skipped": 1, "created": 155, "held": 10, "unchanged": 1}
        wanted = expected(SLIPS)["ordinary_hours_by_month"]
        firsts = expected(SLIPS)["first_month_30"]
        with town.at_work():
            for number, months in wanted.items():
                road = _road(town, number)
                slips = HoursEntry.entries.filter(
                    enrolment=road, source="pay_slip", kind="ordinary"
                )
                there: dict[str, int] = {}
                for row in slips:
                    there[f"{row.month:%Y-%m}"] = there.get(f"{row.month:%Y-%m}", 0) + row.amount
                assert there == {m: paid.parts(str(h)) for m, h in months.items()}, number
                reached = sorted(month for month, amount in there.items() if amount >= 30 * 300)
                assert (reached or [None])[0] == firsts[number]

    @pytest.mark.requirement("FM-44")
    def test_are_firmer_than_the_list_and_tell_where_it_says_otherwise(self, town: Town) -> None:
        town.store(SLIPS, "ordinary_hours")
        with town.at_work():
            road = _road(town, "2507849973")
            (figure,) = (f for f in ledger(road.pk).months[date(2026, 4, 1)])
            assert (figure.source, figure.amount) == ("pay_slip", paid.parts("8,5"))
            assert figure.others == (("list", paid.parts("31")),)
            fact = DatedFact.objects.get(enrolment=road, kind="hours", values__month="2026-04")
            assert fact.values["ordinary"] == 8.5

    def test_say_nothing_new_the_second_time(self, town: Town) -> None:
        town.store(SLIPS, "ordinary_hours")
        with town.at_work():
            before = _counts()
        again = town.store(SLIPS, "ordinary_hours").summary()
        assert again == {"skipped": 1, "unchanged": 156, "held": 10}
        assert town.try_out(SLIPS, "ordinary_hours").summary() == again
        with town.at_work():
            assert _counts() == before

    def test_are_taken_back_and_the_months_told_again(self, town: Town) -> None:
        with town.at_work():
            before = _counts()
        town.store(SLIPS, "ordinary_hours")
        with town.at_work():
            undo(ImportFile.files.get(kind="ordinary_hours"))
            assert not HoursEntry.entries.filter(source="pay_slip").exists()
            assert _counts()["HoursEntry"] == before["HoursEntry"]
            road = _road(town, "2507849973")
            told = DatedFact.objects.get(enrolment=road, kind="hours", values__month="2026-04")
            assert told.values["ordinary"] == 31

    def test_of_a_protected_person_wait_apart(self, town: Town) -> None:
        with town.at_work():
            person = of_number(town, "2507849973")
            Shield(
                tenant_id=town.tenant, person=person.pk, grade="unsaid", since=TODAY, source="file"
            ).save(force_insert=True)
        said = town.store(SLIPS, "ordinary_hours").to_json()["rows"]
        rows = [row for row in said if row.get("queue") == "protected"]
        assert len(rows) == 13
        assert not any(row["values"] for row in rows)
        with town.at_work():
            assert not HoursEntry.entries.filter(person=person.pk, source="pay_slip").exists()
