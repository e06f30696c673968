"""Lists of hours and companies on the workbench: the same page, and the same answers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stegvis.core.values import paid
from stegvis.core.values.paid import PARTS
from stegvis.integrations.imports.models import ImportFile, ImportRow
from stegvis.journey.employers.models import Company, Opening
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.people.models import Identity
from stegvis.platform.access.sealing import mark
from tests.cast.people import Cast
from tests.integrations.imports.known import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]
PIA = "1211069968"
HEAD = "CPR;Navn;Målgruppe;Trin;Virksomhed;Startdato;sep;okt\n"
LINE = f"{PIA};Pia Holm;1;3;Havnens Kro;01.09.2026;-4;31,5\n"


class Bench:
    """A unit manager at the workbench, with one file."""

    def __init__(self, client: Any, tenant: uuid.UUID, unit: uuid.UUID, as_job: Any) -> None:
        self._client, self._tenant, self._unit, self._as_job = client, tenant, unit, as_job

    def send(self, data: bytes, kind: str, programme: str, name: str = "liste.csv") -> Any:
        sent = {
            "file": SimpleUploadedFile(name, data),
            "kind": kind,
            "programme": programme,
            "unit": str(self._unit),
            "sender": "",
        }
        return self._client.post("/imports/", sent)

    @property
    def file(self) -> ImportFile:
        with self._as_job(self._tenant):
            file: ImportFile = ImportFile.files.order_by("-created_at", "-id")[0]
        return file

    def press(self, do: str, **fields: Any) -> Any:
        file = self.file
        return self._client.post(
            f"/imports/{file.pk}/", {"do": do, "version": file.version} | fields
        )

    def look(self) -> str:
        return str(self._client.get(f"/imports/{self.file.pk}/").content.decode())


@pytest.fixture
def bench(cast: Cast, sign_in: Callable[..., Any], as_job: Any) -> Bench:
    return Bench(sign_in(cast["mona"]), cast.ekdala.tenant, cast.ekdala.units[0], as_job)


class TestCompanies:
    def test_are_looked_at_stored_and_taken_back(
        self, cast: Cast, bench: Bench, as_job: Any
    ) -> None:
        data = "Företag;Bransch;Kontaktperson;Platser\nBruket AB;trä;Bo Ek;2\n".encode()
        assert bench.send(data, "workplaces", "jobbtrappa").status_code == 302
        html = bench.look()
        assert "Bruket AB" in html
        with as_job(cast.ekdala.tenant):
            assert not Company.objects.filter(name="Bruket AB").exists()
        bench.press("store")
        with as_job(cast.ekdala.tenant):
            opening = Opening.openings.get(site__company__name="Bruket AB")
            assert (opening.name, opening.places) == ("trä", 2)
        bench.press("undo")
        with as_job(cast.ekdala.tenant):
            assert not Company.objects.filter(name="Bruket AB").exists()

    @pytest.mark.parametrize(("said", "there"), [("same", 1), ("apart", 2)])
    def test_with_nearly_the_same_name_are_asked_about(
        self, cast: Cast, bench: Bench, as_job: Any, said: str, there: int
    ) -> None:
        data = "Företag;Platser\nBruket AB;2\nbruket;3\n".encode()
        bench.send(data, "workplaces", "jobbtrappa")
        assert "Samma företag" in bench.look()
        with as_job(cast.ekdala.tenant):
            row = ImportRow.rows.get(file=bench.file, outcome="held")
        bench.press("answer", **{f"do-{row.pk}": said})
        bench.press("store")
        with as_job(cast.ekdala.tenant):
            assert Company.objects.filter(name__istartswith="bruket").count() == there

    def test_of_a_whole_workbook_wait_where_they_wait_on_the_command_line(
        self, bench: Bench
    ) -> None:
        data = (FILES / "arbetsplatser.xlsx").read_bytes()
        bench.send(data, "workplaces", "jobbtrappa", "arbetsplatser.xlsx")
        assert bench.file.counts == {"created": 133, "held": 12, "skipped": 4}
        html = bench.look()
        assert "Fler är utbildade än det finns anställda." in html
        assert "Modul 2 Hälsa" in html


class TestHours:
    @pytest.fixture
    def bench(self, cast: Cast, sign_in: Callable[..., Any], as_job: Any) -> Bench:
        return Bench(sign_in(cast["mette"]), cast.birkeso.tenant, cast.birkeso.units[0], as_job)

    def _hours(self, cast: Cast, as_job: Any) -> list[tuple[int, int]]:
        with as_job(cast.birkeso.tenant):
            marked = mark(cast.birkeso.tenant, PIA)
            persons = Identity.objects.filter(mark=marked).values("person")
            rows = HoursEntry.entries.filter(person__in=persons).order_by("month")
            return [(row.month.month, row.amount) for row in rows]

    def test_of_one_month_are_put_right_in_the_row_and_stored(
        self, cast: Cast, bench: Bench, as_job: Any
    ) -> None:
        bench.send((HEAD + LINE).encode(), "citizens_dk", "flere_skal_med")
        with as_job(cast.birkeso.tenant):
            row = ImportRow.rows.get(file=bench.file, number=2)
        assert row.codes == ["hours_negative", "mediator_missing"]
        html = bench.look()
        assert PIA not in html
        cell = f"cell-{row.pk}-month@sep"
        assert set(re.findall(rf'name="(cell-{row.pk}-[^"]+)"', html)) == {cell}
        was = f"was-{row.pk}-month@sep"
        bench.press("answer", **{cell: "4", was: "-4"})
        bench.press("store")
        assert self._hours(cast, as_job) == [(9, 4 * PARTS), (10, paid.parts("31,5"))]

    def test_of_slips_are_stored_and_taken_back(
        self, cast: Cast, bench: Bench, as_job: Any
    ) -> None:
        bench.send((HEAD + LINE.replace("-4", "4")).encode(), "citizens_dk", "flere_skal_med")
        bench.press("store")
        text = "Bilag;CPR;Arbejdsgiver;Fra;Til;Timer;Art\n"
        text += f"1;{PIA};Havnens Kro;01.10.2026;31.10.2026;12:30;ord.\n"
        bench.send(text.encode(), "ordinary_hours", "flere_skal_med", "sedler.csv")
        bench.press("store")
        assert (10, paid.parts("12,5")) in self._hours(cast, as_job)
        bench.press("undo")
        assert self._hours(cast, as_job) == [(9, 4 * PARTS), (10, paid.parts("31,5"))]
