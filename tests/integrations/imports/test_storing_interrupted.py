"""An import that is killed, hostile or large stores everything once, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from stegvis.integrations.imports import actions
from stegvis.integrations.imports.models import ImportFile, ImportRow
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.platform.journal.chain import verify
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import FILES, swedish
from tests.integrations.imports.stored import csv, everything

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 20)


class Killed(BaseException):
    pass


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("deltagare_excel.xlsx", "participants"),
        ("stegbyten.csv", "step_history"),
        ("historik_insatser.csv", "earlier_interventions"),
        pytest.param("narvaro_2026_v40-46.xlsx", "attendance", marks=pytest.mark.night),
    ],
)
@pytest.mark.usefixtures("small_batches")
def test_an_import_that_is_killed_goes_on_where_it_was(
    make_town: Callable[..., Town], name: str, kind: str
) -> None:
    whole, broken = (make_town(slug, "AME-kontoret", "Arbetscentrum") for slug in ("hel", "bruten"))
    if kind != "participants":
        for each in (whole, broken):
            each.store("deltagare_excel.xlsx")
    whole.store(name, kind)

    def kill(done: int, rows: int) -> None:
        if done > rows / 2:
            raise Killed

    with pytest.raises(Killed):
        broken.store(name, kind, progress=kill)
    with broken.at_work():
        file = ImportFile.files.get(kind=kind)
        assert file.state == "storing"
        assert 0 < file.done < file.size
    actions.carry_out(broken.tenant, file.pk)
    kept = ("sheet", "number", "outcome", "codes", "values", "done", "queue")
    told = []
    for each in (whole, broken):
        with each.at_work():
            rows = ImportRow.rows.filter(file__kind=kind)
            told.append((everything(), list(rows.order_by("sheet", "number").values_list(*kept))))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "case", json.loads((FILES / "hostile" / "expected.json").read_text("utf-8"))["files"]
)
def test_a_hostile_file_stores_nothing(town: Town, case: dict[str, Any]) -> None:
    data = (FILES / "hostile" / case["file"]).read_bytes()
    with pytest.raises(Refusal):
        town.store(case["file"], case["kind"], data=data)
    with town.at_work():
        assert not any(everything().values())
        assert not ImportFile.files.exists()


@pytest.mark.night
def test_twenty_thousand_rows_are_stored_and_say_nothing_new_the_second_time(town: Town) -> None:
    rows = []
    for turn in range(20_000):
        birth = date(1960, 1, 1) + timedelta(days=turn % 14_000)
        number = swedish(birth.strftime("%Y%m%d"), 980 + turn // 14_000)
        rows.append(f"{number};Namn{turn % 97} Efternamn{turn};;Soc;2026-02-01;{turn % 6 + 1};;;")
    data = csv(*rows)
    assert town.store("stor.csv", data=data).summary()["created"] == 20_000
    assert town.store("stor.csv", data=data).summary()["unchanged"] == 20_000
    with town.at_work():
        assert Person.people.count() == Enrolment.enrolments.open().count() == 20_000
        assert verify().broken_at is None
