"""A workbook of attendance becomes the days that were written down and changes none of ours."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from stegvis.journey.attendance.actions import Mark
from stegvis.journey.attendance.actions import mark as marking
from stegvis.journey.attendance.models import Attendance, Statement
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.models import Shield
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import TODAY
from tests.integrations.imports.stored import everything, expected, of_number

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]


class TestAttendance:
    NAME, KIND = "narvaro_2026_v40-46.xlsx", "attendance"

    @pytest.fixture
    def town(self, town: Town) -> Town:
        town.store("deltagare_excel.xlsx")
        return town

    @pytest.mark.requirement("KN-43")
    def test_becomes_the_days_that_were_written_down(self, town: Town) -> None:
        summary = town.store(self.NAME, self.KIND).summary()
        assert {name: summary[name] for name in ("created", "held")} == {"created": 126, "held": 74}
        wanted = Counter(
            day["s"]
            for row in expected(self.NAME)["rows"]
            if row["outcome"] == "created"
            for day in row["values"]["days"].values()
        )
        with town.at_work():
            rows = Attendance.attendances.all()
            there = Counter(rows.order_by("id").values_list("status", flat=True))
            why = Counter(rows.exclude(reason="").order_by("id").values_list("reason", flat=True))
            assert set(rows.order_by("id").values_list("how", flat=True)) == {"imported"}
            assert not rows.filter(disputed=True).exists()
            assert rows.filter(reason="visit", leave=True).count() == wanted["visit"]
            assert Statement.objects.count() == rows.count()
        assert there["present"] + there["late"] == wanted["present"]
        assert there["sick"] == wanted["sick"]
        assert why["not_told"] == wanted["absent_not_reported"]
        assert why["care_of_child"] == wanted["care_of_child"]
        assert why["granted_leave"] == wanted["leave"]
        said = wanted["not_recorded"] + wanted["not_scheduled"] + wanted["held"]
        assert there.total() == wanted.total() - said

    def test_says_nothing_new_the_second_time(self, town: Town) -> None:
        town.store(self.NAME, self.KIND)
        with town.at_work():
            before = everything()
        assert town.store(self.NAME, self.KIND).summary()["unchanged"] == 126
        assert town.try_out(self.NAME, self.KIND).summary()["unchanged"] == 126
        with town.at_work():
            assert everything() == before

    def test_never_changes_what_was_marked_here(self, town: Town) -> None:
        on = date(2026, 9, 29)
        with town.at_work():
            road = Enrolment.enrolments.get(person=of_number(town, "197811069991"))
            said = Mark(road, "present", timezone.now())
            marking([said], on, {}, by=None, imported=True)
        reading = town.store(self.NAME, self.KIND)
        (row,) = (row for row in reading.rows if (row.sheet, row.number) == ("v40", 6))
        assert (row.outcome, row.codes) == ("updated", ["differs_from_earlier"])
        with town.at_work():
            days = Attendance.attendances.filter(person=road.person_id)
            there = days.get(on=on)
            assert (there.status, there.how, there.disputed) == ("present", "supervisor", False)
            assert days.filter(how="imported", on=date(2026, 9, 30)).exists()

    def test_of_a_protected_person_waits_apart(self, town: Town) -> None:
        with town.at_work():
            person = of_number(town, "197811069991")
            Shield(
                tenant_id=town.tenant, person=person.pk, grade="unsaid", since=TODAY, source="file"
            ).save(force_insert=True)
        said = town.store(self.NAME, self.KIND).to_json()["rows"]
        rows = [row for row in said if row["row"] == 6 and row["sheet"] == "v40"]
        assert [(row["outcome"], row["values"]) for row in rows] == [("held", {})]
        with town.at_work():
            assert not Attendance.attendances.filter(person=person.pk).exists()
