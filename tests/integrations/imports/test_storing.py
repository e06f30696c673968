"""What the register holds after a file, row by row; nothing is stored twice or by halves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from stegvis.integrations.imports.answering import Touched, undo
from stegvis.integrations.imports.facts import may_undo
from stegvis.integrations.imports.models import ImportFile, ImportRow, ShieldedRow
from stegvis.integrations.imports.storing.kept import opened
from stegvis.journey.background.facts import years_of
from stegvis.journey.background.models import AgencyPeriod, EarlierIntervention
from stegvis.journey.intake.models import Assignment, Enrolment, Income, Referral
from stegvis.journey.orders.models import CustomerOrder, WorkRow
from stegvis.journey.people.actions import find_by_number
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.access.sealing import unseal
from stegvis.platform.accounts.models import Grant, Member, Role, User
from stegvis.platform.journal.chain import verify
from stegvis.platform.journal.models import Event
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import TODAY, swedish
from tests.integrations.imports.stored import csv, everything, expected, of_number

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]
DAY = timedelta(days=1)


class TestAListOfParticipants:
    @pytest.fixture
    def town(self, town: Town) -> Town:
        town.store("deltagare_excel.xlsx")
        return town

    def wanted(self, *outcomes: str) -> list[dict[str, Any]]:
        rows = expected("deltagare_excel.xlsx")["rows"]
        return [row for row in rows if row["outcome"] in outcomes]

    def test_is_answered_the_same_when_only_tried(self, make_town: Callable[..., Town]) -> None:
        fresh = make_town("nya", "AME-kontoret", "Arbetscentrum")
        tried = fresh.try_out("deltagare_excel.xlsx").to_json()
        with fresh.at_work():
            assert not ImportFile.files.exists()
            assert not Person.people.exists()
        assert fresh.store("deltagare_excel.xlsx").to_json() == tried

    def test_makes_one_person_of_every_new_number(self, town: Town) -> None:
        with town.at_work():
            for row in self.wanted("created"):
                person = of_number(town, row["values"]["national_id"])
                assert person.name == " ".join(row["values"]["name"].split())
            assert Person.people.count() == len(self.wanted("created")) == Identity.objects.count()

    def test_seals_the_number(self, town: Town) -> None:
        with town.at_work():
            identity = Identity.objects.order_by("id").first()
            assert identity is not None
            digits = unseal(town.tenant, bytes(identity.sealed))
            assert (len(digits), identity.kind in Identity.Kind.values) == (12, True)
            assert identity.hint == f"{digits[2:8]}-••••"
            with connection.cursor() as cursor:
                cursor.execute("select string_agg(r::text, '') from imports_importrow r")
                assert digits not in cursor.fetchone()[0]

    @pytest.mark.requirement("JI-02", "AJ-03")
    def test_enrols_each_on_the_day_the_unit_and_the_step_that_stand_there(
        self, town: Town
    ) -> None:
        with town.at_work():
            for row in self.wanted("created"):
                said = row["values"]
                person = of_number(town, said["national_id"])
                stay = Enrolment.enrolments.get(person=person, since=said["enrolled_on"])
                period = StepPeriod.periods.get(enrolment=stay)
                assert stay.imported
                assert stay.agency == said["referrer"]
                known = said["unit"] in ("AME-kontoret", "Arbetscentrum")
                assert stay.unit.name == (said["unit"] if known else "AME-kontoret")
                codes = ImportRow.rows.get(sheet=row["sheet"], number=row["row"]).codes
                assert ("unit_unknown" in codes) is not known
                assert stay.programme.key == "jobbtrappa"
                assert (period.ordinal, period.since) == (said["step"], stay.since)
                assert period.until == stay.until
                scope = said.get("scope") or {}
                value = scope.get("value")
                found = {"percent": stay.extent_percent, "hours_week": stay.extent_hours}
                assert found.get(scope.get("kind", ""), value) == value
                income = Income.objects.get(enrolment=stay, moment="entry")
                assert income.source == (said.get("income") or "unknown")

    def test_ends_an_enrolment_the_day_after_the_last(self, town: Town) -> None:
        with town.at_work():
            ended = [r["values"] for r in self.wanted("created") if r["values"].get("ended_on")]
            assert ended
            for said in ended:
                person = of_number(town, said["national_id"])
                stay = Enrolment.enrolments.get(person=person, since=said["enrolled_on"])
                assert stay.until == date.fromisoformat(said["ended_on"]) + DAY
                assert stay.exit_reason == (said.get("end_reason") or "")

    @pytest.mark.requirement("X-12")
    def test_links_a_second_enrolment_to_the_first(self, town: Town) -> None:
        again = [row for row in self.wanted("updated") if row.get("code") == "second_enrolment"]
        with town.at_work():
            for row in again:
                person = of_number(town, row["values"]["national_id"])
                first, second = Enrolment.enrolments.filter(person=person).order_by("since")
                assert second.earlier_id == first.pk
        assert again

    @pytest.mark.requirement("INV-1")
    def test_leaves_nobody_enrolled_without_a_step(self, town: Town) -> None:
        with town.at_work():
            standing = StepPeriod.periods.standing().filter(until__isnull=True)
            there = set(standing.order_by("id").values_list("enrolment", flat=True))
            open_ = set(Enrolment.enrolments.open().order_by("id").values_list("id", flat=True))
        assert there == open_

    def test_keeps_the_text_of_every_cell_with_the_row(self, town: Town) -> None:
        with town.at_work():
            row = ImportRow.rows.get(sheet="Deltagare", number=8)
            cells = opened(bytes(row.sealed))["cells"]
        assert "Filip Söderlund" in " ".join(cells) or "Söderlund, Filip" in " ".join(cells)
        assert (row.outcome, row.values["step"], row.done) == ("created", 3, True)
        assert "national_id" not in row.values

    @pytest.mark.requirement("X-03", "INV-20")
    def test_says_nothing_in_the_open_of_a_protected_person(self, town: Town) -> None:
        with town.at_work():
            rows = ImportRow.rows.filter(queue="protected").order_by("number")
            assert [row.number for row in rows] == [59, 124]
            for row in rows:
                assert (row.values, row.sealed, row.person, row.mark) == ({}, None, None, None)
            apart = ShieldedRow.shielded.get(row__number=59)
            assert opened(bytes(apart.sealed))["values"]["name"] == "Dragan Jovanović"
            assert not Person.people.filter(family_name="Jovanović", given_name="Dragan").exists()

    @pytest.mark.requirement("X-04", "INV-28")
    def test_is_one_event_of_the_chain_that_lists_the_persons(self, town: Town) -> None:
        with town.at_work():
            batch = Event.events.get(what="rows_imported")
            assert set(batch.persons) == set(
                Person.people.order_by("id").values_list("id", flat=True)
            )
            assert verify().broken_at is None

    def test_says_nothing_new_the_second_time(self, town: Town) -> None:
        with town.at_work():
            before = everything()
        again = town.store("deltagare_excel.xlsx")
        first = Counter(row["outcome"] for row in expected("deltagare_excel.xlsx")["rows"])
        said = again.summary()
        assert said["unchanged"] == first["created"] + first["updated"] + first["unchanged"]
        assert said["held"] == first["held"]
        with town.at_work():
            assert everything() == before
            assert ImportFile.files.count() == 1


def test_a_later_list_adds_contact_data_and_changes_no_step(town: Town) -> None:
    town.store("deltagare_excel.xlsx")
    with town.at_work():
        before = list(StepPeriod.periods.order_by("id").values_list("id", "ordinal", "until"))
    town.store("deltagare_utf16.csv")
    with town.at_work():
        said = next(r for r in expected("deltagare_utf16.csv")["rows"] if r["row"] == 2)["values"]
        person = of_number(town, said["national_id"])
        assert Contact.objects.get(person=person).email == said["email"]
        assert person.language == said["mother_tongue"]
        after = StepPeriod.periods.filter(id__in=[row[0] for row in before]).order_by("id")
        assert list(after.values_list("id", "ordinal", "until")) == before
    assert town.store("deltagare_utf16.csv").summary()["unchanged"] == 33


@pytest.mark.requirement("KN-62", "AJ-01")
def test_a_list_of_referrals_brings_persons_orders_and_a_unit_that_sees_them(town: Town) -> None:
    town.store("remisser.csv", "referrals")
    wanted = [
        row["values"] for row in expected("remisser.csv")["rows"] if row["outcome"] == "created"
    ]
    with town.at_work():
        for said in wanted:
            row = Referral.referrals.get(number=said["number"])
            assert row.person_id == of_number(town, said["national_id"]).pk
            assert (row.state, row.imported) == ("received", True)
            assert row.received_on == date.fromisoformat(said["received"])
            assert (row.referrer_kind, row.need) == (said["referrer"], said["why"])
            assert row.services_asked == ([said["service"]] if said.get("service") else [])
            due = said.get("answer_due")
            assert row.answer_by == (date.fromisoformat(due) if due else row.received_on + 14 * DAY)
            lines = list(row.lines.values_list("verb", "why", "uses"))
            uses = [said["use"]] if said.get("use") else []
            assert lines == ([(said["verb"], said["why"], uses)] if said.get("verb") else [])
        ties = Relation.relations.filter(kind=Kind.INTAKE)
        assert ties.count() == Person.people.count() == len(wanted)
    assert town.store("remisser.csv", "referrals").summary()["unchanged"] == 68


@pytest.mark.requirement("AJ-02", "AJ-04")
def test_step_history_becomes_periods_that_neither_overlap_nor_lose_a_day(town: Town) -> None:
    town.store("deltagare_excel.xlsx")
    town.store("stegbyten.csv", "step_history")
    history = expected("stegbyten.csv")["persons"]
    whole = {number: said["timeline"] for number, said in history.items() if said["timeline"]}
    with town.at_work():
        for number, timeline in whole.items():
            person = of_number(town, number)
            periods = StepPeriod.periods.standing().filter(person=person).order_by("since", "id")
            road = [
                [p.ordinal, p.since.isoformat(), p.until.isoformat() if p.until else None]
                for p in periods
            ]
            # Where the history ends before today, the step the list named stands for what follows.
            assert road[: len(timeline)] == timeline, number
            assert len(road) - len(timeline) == (timeline[-1][2] is not None), number
    assert len(whole) > 60
    assert town.store("stegbyten.csv", "step_history").summary()["unchanged"] == 342


@pytest.mark.requirement("KN-47", "KN-49")
class TestOrdersOfCustomers:
    NAME, KIND = "uppdrag.csv", "customer_orders"

    def test_become_the_rows_that_are_invoiced(self, town: Town) -> None:
        summary = town.store(self.NAME, self.KIND).summary()
        assert summary == expected(self.NAME)["summary"]
        with town.at_work():
            for number, said in expected(self.NAME)["invoice_basis"].items():
                rows = list(WorkRow.rows.to_invoice().filter(order__number=number))
                assert len(rows) == said["rows"], number
                assert float(sum(row.total for row in rows)) == said["sum"], number
            assert CustomerOrder.objects.get(number="U-2026-032").visits.count() == 2
            kept = [str(list(CustomerOrder.objects.values())), str(list(WorkRow.rows.values()))]
            assert not any("Leila" in text for text in kept)

    def test_are_there_once_and_cannot_be_taken_back(self, town: Town) -> None:
        town.store(self.NAME, self.KIND)
        again = town.store(self.NAME, self.KIND).summary()
        assert again == {"skipped": 1, "unchanged": 40, "held": 5}
        with town.at_work():
            assert not may_undo(ImportFile.files.get(), TODAY)


@pytest.mark.requirement("JI-03", "JI-04")
class TestEarlierMeasures:
    NAME, KIND = "historik_insatser.csv", "earlier_interventions"

    @pytest.fixture
    def town(self, town: Town) -> Town:
        town.store("deltagare_excel.xlsx")
        return town

    def test_become_the_years_before_with_the_days_they_cover(self, town: Town) -> None:
        summary = town.store(self.NAME, self.KIND).summary()
        assert summary == {"skipped": 1, "created": 204, "held": 13}
        wanted = expected(self.NAME)["persons"]
        with town.at_work():
            for number, said in wanted.items():
                years = years_of(of_number(town, number).pk, on=TODAY)
                assert len(years.measures) == said["periods"], number
                assert years.lanes.covered_days == said["covered_days"], number
            rows = EarlierIntervention.notes.filter(kind="praktik", since="2017-07-01")
            told = {(row.until, row.since_precision, row.imported) for row in rows}
            assert (date(2018, 7, 1), "half", True) in told
        assert town.store(self.NAME, self.KIND).summary()["unchanged"] == 204

    def test_are_closed_and_filled_by_a_later_list_and_never_written_over(self, town: Town) -> None:
        number = next(iter(expected(self.NAME)["persons"]))
        head = "Personnr;Myndighet;Insats;Från;Till;Vad lärde vi oss\n"
        first = f"{head}{number};AF;Coachning;2025-02;;\n{number};FK;;2024;2024;\n"
        town.store("a.csv", self.KIND, data=first.encode())
        later = f"{head}{number};AF;Coachning;2025-02;2026-03;Gick bra\n{number};FK;;2024;2024;\n"
        assert town.store("b.csv", self.KIND, data=later.encode()).summary() == {
            "skipped": 1,
            "updated": 1,
            "unchanged": 1,
        }
        with town.at_work():
            row = EarlierIntervention.notes.get(kind="Coachning")
            assert (row.until, row.until_precision) == (date(2026, 4, 1), "month")
            assert row.learnt == "Gick bra"
            assert AgencyPeriod.notes.get().agency == "FK"
        other = later.replace("Gick bra", "Gick illa")
        assert town.store("c.csv", self.KIND, data=other.encode()).summary()["held"] == 1

    def test_are_taken_back_while_nobody_has_touched_them(self, town: Town) -> None:
        town.store(self.NAME, self.KIND)
        with town.at_work():
            file = ImportFile.files.get(kind=self.KIND)
            undo(file)
            assert not EarlierIntervention.notes.exists()
            assert Person.people.exists()
        town.store(self.NAME, self.KIND)
        with town.at_work():
            row = EarlierIntervention.notes.order_by("id")[0]
            row.learnt = "Rättat"
            row.save_if_unchanged("learnt")
            with pytest.raises(Touched):
                undo(ImportFile.files.get(kind=self.KIND))
            with pytest.raises(Touched):
                undo(ImportFile.files.get(kind="participants"))


def _member(town: Town, name: str, *, role: Role = Role.CASE_WORKER, unit: Any = None) -> Member:
    user = User(email=f"{name.replace(' ', '.')}@example.example", name=name)
    user.save(force_insert=True)
    member = Member(tenant_id=town.tenant, user=user, name=name)
    member.save(force_insert=True)
    since = TODAY - 900 * DAY
    Grant(tenant_id=town.tenant, member=member, role=role, unit_id=unit, since=since).save()
    return member


ANNA, OMAR = swedish("19900101", 981), swedish("19910202", 982)


def test_a_case_worker_who_is_staff_sees_the_person_from_the_day_of_enrolment(town: Town) -> None:
    with town.at_work():
        jonas = _member(town, "Jonas Åhs")
    town.store("a.csv", data=csv(f"{ANNA};Anna Berg;Jonas Åhs;AF;2026-02-01;2;;;"))
    with town.at_work():
        held = Assignment.assignments.get()
        tie = Relation.relations.get(kind=Kind.CASE_WORKER)
        assert (held.member_id, held.since, tie.member_id) == (jonas.pk, date(2026, 2, 1), jonas.pk)


def test_a_list_that_closes_an_enrolment_ends_all_that_hangs_on_it(town: Town) -> None:
    with town.at_work():
        _member(town, "Jonas Åhs")
    town.store("a.csv", data=csv(f"{ANNA};Anna Berg;Jonas Åhs;AF;2026-02-01;2;;;"))
    row = f"{ANNA};Anna Berg;Jonas Åhs;AF;2026-02-01;2;;2026-10-30;Arbete"
    assert town.store("b.csv", data=csv(row)).summary()["updated"] == 1
    until = date(2026, 10, 31)
    with town.at_work():
        stay = Enrolment.enrolments.get()
        assert (stay.until, stay.exit_reason) == (until, "work")
        ends = [
            *StepPeriod.periods.order_by("id").values_list("until", flat=True),
            *Assignment.assignments.order_by("id").values_list("until", flat=True),
            *Relation.relations.order_by("id").values_list("until", flat=True),
        ]
    assert ends == [until] * 4
    assert town.store("b.csv", data=csv(row)).summary()["unchanged"] == 1


class TestThreeSides:
    """What a file said last, what stands here, what the file says now."""

    def phone(self, town: Town, *, now: str) -> None:
        with town.at_work():
            Contact.objects.update(phone=now)

    def first(self, town: Town) -> None:
        town.store("a.csv", data=csv(f"{ANNA};Anna Berg;;AF;2026-02-01;2;070-174 06 05;;"))

    def again(self, town: Town, phone: str) -> tuple[str, list[str], str]:
        data = csv(f"{ANNA};Anna Berg;;AF;2026-02-01;2;{phone};;")
        row = town.store(f"{phone}.csv", data=data).rows[-1]
        with town.at_work():
            return row.outcome, row.codes, Contact.objects.get().phone

    def test_old_news_never_takes_the_place_of_a_newer_edit(self, town: Town) -> None:
        self.first(town)
        self.phone(town, now="070-174 06 11")
        with town.at_work():  # the very same list with one more row
            pass
        data = csv(
            f"{ANNA};Anna Berg;;AF;2026-02-01;2;070-174 06 05;;",
            f"{OMAR};Omar Sjö;;AF;2026-02-01;2;;;",
        )
        reading = town.store("b.csv", data=data)
        assert [row.outcome for row in reading.rows[1:]] == ["unchanged", "created"]
        with town.at_work():
            assert Contact.objects.get().phone == "070-174 06 11"

    def test_a_senders_correction_is_followed_where_nobody_here_touched_it(
        self, town: Town
    ) -> None:
        self.first(town)
        outcome, codes, phone = self.again(town, "070-174 06 22")
        assert (outcome, phone) == ("updated", "070-174 06 22")
        assert "changed_by_sender" in codes

    def test_both_changed_waits_for_a_person(self, town: Town) -> None:
        self.first(town)
        self.phone(town, now="070-174 06 11")
        outcome, codes, phone = self.again(town, "070-174 06 22")
        assert (outcome, phone) == ("held", "070-174 06 11")
        assert codes[-1] == "conflicts_with_register"

    def test_what_a_worker_has_taken_away_is_not_put_back(self, town: Town) -> None:
        self.first(town)
        self.phone(town, now="")
        outcome, _codes, phone = self.again(town, "070-174 06 05")
        assert (outcome, phone) == ("unchanged", "")


def test_a_person_shielded_in_the_register_is_shielded_in_every_later_file(town: Town) -> None:
    town.store("a.csv", data=csv(f"{ANNA};Anna Berg;;AF;2026-02-01;2;;;"))
    with town.at_work():
        person = Person.people.get()
        row = {"tenant_id": town.tenant, "person": person.pk, "grade": "marked", "since": TODAY}
        Shield(**row, source="staff").save()
    data = csv(f"{ANNA};Anna Berg;;AF;2026-02-01;2;070-174 06 05;;")
    reading = town.store("b.csv", data=data)
    assert reading.to_json()["rows"][-1] == {
        "sheet": None, "row": 2, "outcome": "held", "codes": ["protected_person"],
        "queue": "protected", "values": {},
    }  # fmt: skip
    with town.at_work():
        assert not Contact.objects.exists()


def test_what_the_product_decided_is_found_by_the_number_a_file_brought(town: Town) -> None:
    from stegvis.core.values.identity import Number, NumberKind

    town.store("a.csv", data=csv(f"{ANNA};Anna Berg;;AF;2026-02-01;2;;;"))
    with town.at_work():
        found = find_by_number(Number("SE", NumberKind.PERSONAL, ANNA))
        assert found is not None
        assert found.sort_key == "berg, anna"
