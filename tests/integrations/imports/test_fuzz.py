"""Whatever stands in a cell or a file: an answer or a Refusal, never another exception."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stegvis.integrations.imports.reading.opening import open_book
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.values.dates import DateReader
from stegvis.integrations.imports.reading.values.extents import Said, read_extent
from stegvis.integrations.imports.reading.values.identity import read_identity
from stegvis.integrations.imports.reading.values.marks import (
    column_says,
    is_marked,
    names_protection,
)
from stegvis.integrations.imports.reading.values.names import read_name, same_name
from stegvis.integrations.imports.reading.values.people import Directory, read_referrer
from stegvis.integrations.imports.reading.values.steps import read_step
from stegvis.integrations.imports.reading.values.vocabulary import (
    asks_for_assessment,
    read_email,
    read_language_support,
    read_phone,
    read_term,
    read_verbs,
)
from stegvis.integrations.imports.reading.values.worked import (
    as_hours,
    parts_of,
    read_month,
    read_parts,
)
from tests.integrations.imports.known import FILES, SWEDISH_STEPS, TODAY, read

_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["v", "vecka", "mars", "26", "2026", "-", "/", ".", " ", "%", "tim", "steg", "III",
            "fas",
             "9999", "00", "x", "1e9", "٣", "²", "skyddad", "id", "?", "+", ",", "½", "−",
             "tills vidare"]
        ),
        st.text(max_size=4),
    ),
    max_size=6,
).map("".join)  # fmt: skip
_CELLS = st.one_of(
    _PIECES, st.text(max_size=40), st.floats(), st.integers(-(10**14), 10**14), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.none(),
)  # fmt: skip
_DIRECTORY = Directory.of(["Bo Ek"], {"BE": "Bo Ek"})


@given(_CELLS, st.sampled_from(["SE", "DK"]))
def test_any_cell_is_read_as_anything(cell: Any, country: str) -> None:
    identity = read_identity(cell, country=country, today=TODAY)
    assert bool(identity.number) != bool(identity.fault)
    day = DateReader(TODAY, country).past(cell)
    assert (day.on is None) == bool(day.fault)
    assert day.on is None or day.on <= TODAY
    step = read_step(cell, SWEDISH_STEPS)
    assert (step.step is None) == bool(step.fault)
    for unit in Said:
        extent = read_extent(cell, unit)
        assert not (extent.kind and extent.fault)
        assert extent.kind != "percent" or 0 < extent.value <= 100
        assert extent.kind != "hours_week" or 0 <= extent.value <= 40
    _DIRECTORY.read(cell)
    read_referrer(cell)
    same_name(read_name(cell).full, "Bo E?")
    read_email(cell)
    read_phone(cell)
    read_language_support(cell)
    read_verbs(cell)
    column_says(cell)
    for topic in ("income", "end_reason", "service", "use", "verb"):
        read_term(topic, cell)


@given(st.text(max_size=200))
def test_any_text_is_looked_at_for_marks(text: str) -> None:
    is_marked(text)
    names_protection(text)
    asks_for_assessment(text)


_HEADERS = (
    "Personnr;Namn;Steg;Inskriven;Remittent;Omfattning;Handläggare;Avslutad;Avslutsorsak;Anm."
)
_KINDS = st.sampled_from(["participants", "referrals", "step_history", "earlier_interventions"])
_OTHER_HEADERS = {
    "citizens_dk": "CPR;Navn;Målgruppe;Trin;Jobformidler;Virksomhed;Startdato;jan;feb 26;Anm.",
    "ordinary_hours": "Bilag;CPR;Navn;Arbejdsgiver;Fra;Til;Timer;Art;Bemærkning",
    "workplaces": "Företag;Kontaktperson;Anställda;Utbildade;Andel;Platser;Typ;Telefon;Org.nr",
    "workplaces staff": "Företag;Ambassadör;Modul 1;Modul 2;Slutat",
    "workplaces tasks": "Företag;Uppgift;Tim/v;Dagar;Kräver",
}


@given(st.lists(st.lists(_PIECES, max_size=11), min_size=1, max_size=5), _KINDS)
def test_any_table_is_judged_or_refused(rows: list[list[str]], kind: str) -> None:
    text = "\n".join([_HEADERS, *(";".join(cells) for cells in rows)])
    with suppress(Refusal):
        reading = read(text.encode("utf-8", "surrogatepass"), "x.csv", kind)
        assert all(row.outcome for row in reading.rows)
        assert len({(row.sheet, row.number) for row in reading.rows}) == len(reading.rows)


@given(
    st.lists(st.lists(_PIECES, max_size=10), min_size=1, max_size=5),
    st.sampled_from(sorted(_OTHER_HEADERS)),
)
def test_any_list_of_hours_or_companies_is_judged_or_refused(
    rows: list[list[str]], sort: str
) -> None:
    text = "\n".join([_OTHER_HEADERS[sort], *(";".join(cells) for cells in rows)])
    with suppress(Refusal):
        reading = read(text.encode("utf-8", "surrogatepass"), "x.csv", sort.split(maxsplit=1)[0])
        assert all(row.outcome for row in reading.rows)
        json.dumps(reading.to_json())


@given(_CELLS)
def test_any_cell_is_read_as_hours(cell: Any) -> None:
    parts = read_parts(cell)
    assert parts is None or parts_of(as_hours(parts)) == parts
    read_month(str(cell), 2026)


@given(
    st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.txt", "a", "a.ods"])
)
def test_any_bytes_are_opened_or_refused(data: bytes, name: str) -> None:
    with suppress(Refusal):
        open_book(data, name)


_GOOD = (FILES / "deltagare_excel.xlsx").read_bytes()


@settings(max_examples=60)
@given(st.integers(0, len(_GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_wrong_bytes_is_opened_or_refused(at: int, wrong: bytes) -> None:
    with suppress(Refusal):
        open_book(_GOOD[:at] + wrong + _GOOD[at + len(wrong) :], "x.xlsx")


_PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]


@example("xl/workbook.xml", 0.046875, b"-")  # letters called "U-TF-8"
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_PARTS), st.floats(0, 1), st.one_of(st.binary(max_size=12), st.sampled_from(
    [b"</row>", b'<c r="ZZZ9999999" t="n"><v>1</v></c>', b'<c r="A1" t="s"><v>99999</v></c>',
     b"<row r='9999999'>", b'<c t="d"><v>x</v></c>', b"&amp;&#0;", b"<!--",
     b'<c r="B2"><f>A1</f></c>']
)))  # fmt: skip
def test_a_workbook_with_wrong_parts_is_judged_or_refused(
    part: str, where: float, wrong: bytes
) -> None:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(_GOOD)) as good, zipfile.ZipFile(target, "w") as bad:
        for entry in good.infolist():
            data = good.read(entry)
            at = int(where * len(data))
            bad.writestr(entry, data[:at] + wrong + data[at:] if entry.filename == part else data)
    with suppress(Refusal):
        read(target.getvalue(), "x.xlsx", "participants")


@pytest.mark.parametrize("count", [1, 3])
def test_a_stray_cell_far_away_costs_no_memory(count: int) -> None:
    target = BytesIO()
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(BytesIO(_GOOD)) as good, zipfile.ZipFile(target, "w") as bad:
        for entry in good.infolist():
            data = good.read(entry)
            if entry.filename == _PARTS[0]:
                data = data.replace(b"</sheetData>", stray, count)
            bad.writestr(entry, data)
    with pytest.raises(Refusal, match="too_many"):
        open_book(target.getvalue(), "x.xlsx")
