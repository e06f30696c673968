"""A workbook as sheets: values by calamine, and what it does not tell from the parts themselves."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stegvis.integrations.imports.reading import contents, limits
from stegvis.integrations.imports.reading.archive import (
    elements,
    open_archive,
    part,
    refuse_declarations,
)
from stegvis.integrations.imports.reading.grid import Book, Cells, Merge, Place, Sheet
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.sheet_xml import Outline, outline, place_of, styles_used
from stegvis.integrations.imports.reading.styles import fills_by_style

_WORKBOOK = "xl/workbook.xml"
_MAIN = b"spreadsheetml.sheet.main"
_TEMPLATE = b"spreadsheetml.template.main"
_SHARED = "xl/sharedstrings.xml"  # the value reader takes it in any case
_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_NAMED = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(\d{1,9})\s*<")
_NO_FILL = ("", "FFFFFF")


@dataclass(frozen=True, slots=True)
class _Parts:
    path: str  # of the sheet
    comments: tuple[str, ...]


def open_workbook(data: bytes) -> Book:
    """Refusal: the codes of the archive, damaged, empty_file, too_many_rows, too_many_columns,
    formula_cell, formula_text, control_characters, hidden_characters, cell_too_long."""
    archive = open_archive(data)
    types = part(archive, "[Content_Types].xml")
    if _WORKBOOK not in archive.namelist() or not (_MAIN in types or _TEMPLATE in types):
        raise Refusal("type_mismatch")
    parts, days_from_1904 = _plan(archive)
    outlines = {name: _outlined(archive, where.path, name) for name, where in parts.items()}
    if sum(each.rows for each in outlines.values()) > limits.ROWS * 2:
        raise Refusal("too_many_rows")
    _refuse_repeated(archive, [where.path for where in parts.values()])
    sheets = tuple(_sheets(data, archive, parts, outlines))
    if not any(sheet.rows for sheet in sheets):
        raise Refusal("empty_file")
    return Book(sheets, "workbook", days_from_1904=days_from_1904)


def _outlined(archive: zipfile.ZipFile, path: str, name: str) -> Outline:
    xml = part(archive, path)
    refuse_declarations(xml)
    return outline(xml, name)


def _refuse_repeated(archive: zipfile.ZipFile, sheets: Sequence[str]) -> None:
    """A text that many cells share stands in the file once, and in memory as often as it is
    named."""
    shared = next((name for name in archive.namelist() if name.casefold() == _SHARED), None)
    if shared is None:
        return
    lengths = [len(text) for text in _TEXT.split(part(archive, shared))[1:]]
    values = [part(archive, path) for path in sheets]
    most = sum(xml.count(b"<v") + xml.count(b":v") for xml in values)
    if most * max(lengths, default=0) <= limits.UNPACKED_BYTES:
        return
    named = (int(one) for xml in values for one in _NAMED.findall(xml))
    if sum(lengths[one] for one in named if one < len(lengths)) > limits.UNPACKED_BYTES:
        raise Refusal("too_large_unpacked")


def _plan(archive: zipfile.ZipFile) -> tuple[dict[str, _Parts], bool]:
    """Where each sheet lies, and whether days are counted from 1904."""
    targets = _targets(archive, _WORKBOOK)
    found: dict[str, _Parts] = {}
    days_from_1904 = False
    for name, attributes, _ in elements(part(archive, _WORKBOOK)):
        if name == "workbookPr":
            days_from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            kind, path = targets.get(key, ("", ""))
            if attributes.get("name") in found:
                raise Refusal("damaged")
            if kind == "worksheet":
                beside = _targets(archive, path).values()
                comments = tuple(p for k, p in beside if k in ("comments", "threadedComment"))
                found[attributes.get("name", "")] = _Parts(path, comments)
    if not found:
        raise Refusal("damaged")
    return found, days_from_1904


def _targets(archive: zipfile.ZipFile, source: str) -> Mapping[str, tuple[str, str]]:
    """Kind and path by relation id, as the part beside `source` lists them."""
    folder, name = posixpath.split(source)
    listing = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    if listing not in names:
        return {}
    found = {}
    for tag, attributes, _ in elements(part(archive, listing)):
        target = attributes.get("Target", "")
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            continue
        joined = posixpath.join(folder, target) if target[:1] != "/" else target[1:]
        path = posixpath.normpath(joined)
        if path in names:
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, path)
    return found


def _sheets(
    data: bytes,
    archive: zipfile.ZipFile,
    parts: Mapping[str, _Parts],
    outlines: Mapping[str, Outline],
) -> list[Sheet]:
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    sheets = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet or meta.name not in parts:
            continue
        values = _guarded(partial(book.get_sheet_by_name, meta.name))
        rows = _rows(values, meta.name)
        outlined, where = outlines[meta.name], parts[meta.name]
        sheets.append(
            Sheet(
                name=meta.name,
                rows=rows,
                numbers=range(1, len(rows) + 1),
                hidden=meta.visible != SheetVisibleEnum.Visible,
                hidden_rows=outlined.hidden_rows,
                hidden_columns=outlined.hidden_columns,
                merges=_merges(values),
                comments=_comments(archive, where),
                formulas=outlined.formulas,
                colours=partial(_colours, archive, where.path),
                painted_by_rule=outlined.painted_by_rule,
            )
        )
    return sheets


def _rows(values: CalamineSheet, name: str) -> list[Cells]:
    if values.total_width * values.total_height > limits.CELLS:
        raise Refusal("too_many_columns", sheet=name)
    rows: list[Cells] = _guarded(lambda: values.to_python(skip_empty_area=False))
    for number, cells in enumerate(rows, 1):
        contents.check(cells, sheet=name, row=number)
    return rows


def _merges(values: CalamineSheet) -> tuple[Merge, ...]:
    ranges = values.merged_cell_ranges or ()
    return tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _comments(archive: zipfile.ZipFile, where: _Parts) -> Mapping[Place, str]:
    found: dict[Place, str] = {}
    for path in where.comments:
        for name, attributes, text in elements(part(archive, path)):
            place = place_of(attributes.get("ref", ""))
            if name in ("comment", "threadedComment") and place is not None:
                found[place] = f"{found.get(place, '')} {text}".strip()
    return found


def _colours(archive: zipfile.ZipFile, path: str) -> Mapping[Place, str]:
    fills = fills_by_style(archive)
    coloured = {n: fill for n, fill in enumerate(fills) if fill not in _NO_FILL}
    cells = styles_used(part(archive, path))
    return {place: coloured[style] for place, style in cells if style in coloured}


def _guarded(read: Callable[[], Any]) -> Any:
    """The value reader is compiled: what it throws at a damaged file is no ordinary exception."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as fault:
        raise Refusal("damaged") from fault
