"""Small workbooks and lists that ask for memory or time without end: each was an abort of the whole
process, or minutes of it, for a file of two kilobytes."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stegvis.integrations.imports.reading.contents import check
from stegvis.integrations.imports.reading.refusal import Refusal
from tests.integrations.imports.known import read

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
_HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Personnummer</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Namn</t></is></c></row>'
)
_LAST = '<row r="149999"><c r="A149999"><v>1</v></c></row>'


def book(rows: str, shared: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{_HEAD}{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
    return target.getvalue()


def row(attributes: str, cells: str) -> str:
    return f"<row {attributes}>{cells}</row>"


FAR = {
    "row-of-no-number": (row(f'r="{"9" * 20}"', f'<c r="A{"9" * 20}"><v>1</v></c>'), "damaged"),
    "column-of-no-number": (row('r="2"', '<c r="ZZZZZZZZZ2"><v>1</v></c>'), "damaged"),
    "small-letters": (row('r="2"', '<c r="xfd2"><v>1</v></c>') + _LAST, "damaged"),
    "spaced": (row('r="2"', '<c\nr = "XFD2"><v>1</v></c>') + _LAST, "damaged"),
    "by-entity": (row('r="2"', '<c r="&#88;FD2"><v>1</v></c>') + _LAST, "damaged"),
    "far-row-before-a-near-one": (
        row('r="1048576"', '<c r="A1048576"><v>1</v></c>') + row('r="2"', ""), "too_many_rows"
    ),
    "far-row-whose-cell-has-no-place": (
        row('r="1048576"', "<c><v>1</v></c>") + row('r="2"', ""), "too_many_rows"
    ),
    "far-cell-in-a-near-row": (row('r="2"', '<c r="A999999"><v>1</v></c>'), "too_many_rows"),
    "behind-a-sign-that-ends-no-tag": (
        row('r="2"', '<c a="/>" r="XFD2"><v>1</v></c>') + _LAST, "too_many_columns"
    ),
    "before-a-sign-that-ends-no-tag": (
        row('r="2"', '<c r="XFD2" a="/>"><v>1</v></c>') + _LAST, "too_many_columns"
    ),
    "cells-without-a-place": (
        row('r="2"', "<c><v>1</v></c>" * 5000) + _LAST, "too_many_columns"
    ),
}  # fmt: skip


_IN_A_PROCESS = """
import sys
from pathlib import Path
from stegvis.integrations.imports.reading.opening import open_book
from stegvis.integrations.imports.reading.contents import check
from stegvis.integrations.imports.reading.refusal import Refusal
for path in map(Path, sys.argv[1:]):
    try:
        open_book(path.read_bytes(), "list.xlsx")
    except Refusal as refusal:
        print(path.stem, refusal.code)
"""


def test_a_cell_where_no_cell_can_be_is_refused_before_memory_is_laid_out(tmp_path: Path) -> None:
    """In a process of its own: what is asked for here ends the process that gives it."""
    paths = []
    for name, (rows, _) in FAR.items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(book(rows))
    source = Path(__file__).parents[3] / "src"
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_PROCESS, *map(str, paths)],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-300:]
    assert dict(line.split() for line in done.stdout.splitlines()) == {
        name: code for name, (_, code) in FAR.items()
    }


def test_a_cell_without_a_place_near_the_others_is_read() -> None:
    name = '<c t="inlineStr"><is><t>Anna A</t></is></c>'
    rows = row('r="2"', '<c r="A2" t="inlineStr"><is><t>19900101-2385</t></is></c>' + name)
    assert len(read(book(rows), "list.xlsx", "participants").rows) == 2


def test_a_text_that_many_cells_share_is_counted_as_often_as_it_is_named() -> None:
    cells = "".join(row(f'r="{n}"', f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(2, 10_000))
    with pytest.raises(Refusal) as refused:
        read(book(cells, f"<si><t>{'x' * 32_000}</t></si>"), "list.xlsx", "participants")
    assert refused.value.code == "too_large_unpacked"


@pytest.mark.parametrize("cell", ["+!" + "|" * 32_000, "+" + "|" * 32_000, "+" + "A" * 32_000])
def test_a_formula_is_not_looked_for_from_each_sign_of_a_cell(cell: str) -> None:
    """Squares of 32,000, some seconds each: without the mending this test does not end."""
    for number in range(60):
        check([cell], sheet=None, row=number)


def test_a_long_heading_is_not_looked_through_from_each_of_its_signs() -> None:
    rows = ("1;Z" + "\u0337" * 32_000 + "\n") * 10
    assert read(f"Personnummer;Namn\n{rows}".encode(), "list.csv", "participants").rows


@pytest.mark.parametrize("gap", [" " * 30_000, "\t" * 30_000, " \xa0" * 15_000])
def test_a_cell_that_is_a_gap_is_no_cell_of_a_list(gap: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(f'Personnummer;Namn\n1;"a{gap}x"\n'.encode(), "list.csv", "participants")
    assert refused.value.code == "cell_too_long"
