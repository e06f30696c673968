"""What the value reader does not give, from a sheet's own XML: hidden rows and columns, formulas,
cell styles, and whether its cells fit in memory before anybody lays them out.

Tags are found by pattern, not by a parser: 100,000 rows hold a million cells, and a Python call
for each costs more than reading the whole file. Row and cell tags hold references and numbers
only, so a tag ends at its first ">". The archive is already searched for declarations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.grid import Place
from stegvis.integrations.imports.reading.refusal import Refusal

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br=["\'](\d{1,8})["\']')
_HIDDEN = re.compile(rb'\bhidden=["\'](?:1|true)["\']')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)/?>")
_SPAN = re.compile(rb'\b(min|max)=["\'](\d{1,6})["\']')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)",
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_STYLED = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_REFERENCE = re.compile(rb'\br=["\']([A-Z]{1,3})(\d{1,7})["\']')
_STYLE = re.compile(rb'\bs=["\'](\d{1,6})["\']')
# The value reader takes any number for a place, and lays out memory up to it. So a place that no
# spreadsheet has is refused wherever it stands, and a far one where a value stands in it. As it is
# always written, a place is found ten times as fast as in all the ways it may be written.
_USUAL, _ANY = rb' r="', rb'[\s"\']r\s*=\s*["\']'
_SPACED = (b" =", b"\n=", b"\t=", b"\r=")
_NEAR = re.compile(
    _USUAL + rb'(?![A-Z]?(?:\d{1,5}|1[0-4]\d{4})")'
)  # not: within 26 columns and ROWS
_STRAY = re.compile(rb'[\s"\']r\s*=\s*(?!"[A-Z]{0,3}\d{0,7}"|\'[A-Z]{0,3}\d{0,7}\')')
_FAR = re.compile(_ANY + rb'([A-Z]{0,3})(\d{6,7})["\']')
_WIDE = re.compile(_ANY + rb'([A-Z]{2,3})\d{1,7}["\']')
_UNPLACED = re.compile(rb'<c (?!r=")'), re.compile(rb':c (?!r=")')
_UNPLACED_TAGS = (b"<c>", b":c>", b"<c\n", b"<c\t", b"<c\r", b":c\n", b":c\t", b":c\r")
_TAG_ENDS = re.compile(rb'(?:[^"\'>]|"[^"]*"|\'[^\']*\')*>')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ROW_BEGINS = re.compile(rb"<(?:\w+:)?row[\s>]")
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Outline:
    """Rows and columns are counted from 0."""

    rows: int  # the last row that is written down, plus one
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    formulas: Mapping[Place, str]
    painted_by_rule: bool


def outline(xml: bytes, sheet: str) -> Outline:
    """Refusal: damaged (a place no spreadsheet has), too_many_rows, too_many_columns, formula_cell
    (a formula without a place)."""
    count = xml.count(b"<row") + xml.count(b":row ") + xml.count(b":row>")
    if count > limits.ROWS:
        raise Refusal("too_many_rows", sheet=sheet)
    hides = b"hidden=" in xml
    rows = max(count, _last_row(xml))
    _refuse_wide(xml, rows, sheet)
    return Outline(
        rows=rows,
        hidden_rows=frozenset(_hidden_rows(xml)) if hides else frozenset(),
        hidden_columns=frozenset(_hidden_columns(xml)) if hides else frozenset(),
        formulas=dict(_formulas(xml, sheet)) if _may_compute(xml) else {},
        painted_by_rule=b"conditionalFormatting" in xml,
    )


def styles_used(xml: bytes) -> Iterator[tuple[Place, int]]:
    """Every cell with a style of its own."""
    for tag in _STYLED.finditer(xml):
        place, style = _place(tag.group(1)), _STYLE.search(tag.group(1))
        if place is not None and style is not None:
            yield place, int(style.group(1))


def place_of(reference: str) -> Place | None:
    """A reference such as C7 → (6, 2)."""
    return _place(f'r="{reference.strip().upper()}"'.encode("ascii", "replace"))


def _refuse_wide(xml: bytes, rows: int, sheet: str) -> None:
    """The value reader lays out the whole rectangle, also where one stray cell spans it."""
    far = _written_otherwise(xml) or _NEAR.search(xml) is not None
    if far and _STRAY.search(xml):
        raise Refusal("damaged", sheet=sheet)
    widest = max(_widest(xml) if far else 0, _ALPHABET - 1) + _most_unplaced(xml)
    if widest >= limits.COLUMNS:
        raise Refusal("too_many_columns", sheet=sheet)
    if far and any(_valued(xml, one) for one in _far(xml)):
        raise Refusal("too_many_rows", sheet=sheet)
    if min(rows, limits.ROWS) * (widest + 1) > limits.CELLS:
        raise Refusal("too_many_columns", sheet=sheet)


def _written_otherwise(xml: bytes) -> bool:
    return xml.count(b"r=") != xml.count(_USUAL) or any(sign in xml for sign in _SPACED)


def _widest(xml: bytes) -> int:
    """The last column that holds a value."""
    found = {letters: _column(letters) for letters in set(_WIDE.findall(xml))}
    widest = max(found.values(), default=-1)
    if widest < limits.COLUMNS:
        return widest
    return max((_column(one[1]) for one in _WIDE.finditer(xml) if _valued(xml, one)), default=-1)


def _most_unplaced(xml: bytes) -> int:
    """Cells of one row, where some do not say where they are: each comes after the one before."""
    if not _unplaced(xml):
        return 0
    return max((len(_CELL.findall(part)) for part in _ROW_BEGINS.split(xml)[1:]), default=0)


def _unplaced(xml: bytes) -> bool:
    return any(tag in xml for tag in _UNPLACED_TAGS) or any(one.search(xml) for one in _UNPLACED)


def _far(xml: bytes) -> Iterator[re.Match[bytes]]:
    return (one for one in _FAR.finditer(xml) if int(one[2]) > limits.ROWS)


def _valued(xml: bytes, place: re.Match[bytes]) -> bool:
    """Whether a value stands in the cell, or the row, whose place this is."""
    tag = _TAG_ENDS.match(xml, place.end())
    if tag is None or xml[tag.end() - 2 : tag.end() - 1] == b"/":
        return tag is None
    if place.re is _WIDE or place[1]:
        return not xml[tag.end() : tag.end() + 40].lstrip().startswith(b"</")
    ends = max(xml.find(b"</row", tag.end()), xml.find(b":row>", tag.end()))
    inside = xml[tag.end() : ends if ends >= 0 else len(xml)]
    return _unplaced(inside)


def _last_row(xml: bytes) -> int:
    """The number the last row tag carries; 0 when rows are not numbered."""
    begins = max(xml.rfind(b"<row"), xml.rfind(b":row "))
    tag = _ROW.match(xml, xml.rfind(b"<", 0, begins + 1)) if begins >= 0 else None
    number = _NUMBER.search(tag.group(1)) if tag else None
    return int(number.group(1)) if number else 0


def _may_compute(xml: bytes) -> bool:
    return (b"<f" in xml or b":f" in xml) and _HAS_FORMULA.search(xml) is not None


def _hidden_rows(xml: bytes) -> Iterator[int]:
    row = 0
    for tag in _ROW.finditer(xml):
        attributes = tag.group(1)
        number = _NUMBER.search(attributes)
        row = int(number.group(1)) if number else row + 1
        if _HIDDEN.search(attributes):
            yield row - 1


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for tag in _COLUMN.finditer(xml, 0, xml.find(b"sheetData") if b"sheetData" in xml else 0):
        attributes = tag.group(1)
        span = {name: int(value) for name, value in _SPAN.findall(attributes)}
        if _HIDDEN.search(attributes) and b"min" in span:
            last = min(span.get(b"max", span[b"min"]), limits.COLUMNS)
            yield from range(span[b"min"] - 1, last)


def _formulas(xml: bytes, sheet: str) -> Iterator[tuple[Place, str]]:
    for found in _FORMULA.finditer(xml):
        place = _place(found.group(1))
        if place is None:
            raise Refusal("formula_cell", sheet=sheet)
        yield place, (found.group(2) or b"").decode("utf-8", "replace")


def _place(attributes: bytes) -> Place | None:
    found = _REFERENCE.search(attributes)
    return (int(found.group(2)) - 1, _column(found.group(1))) if found else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _ALPHABET + letter - ord("A") + 1
    return number - 1
