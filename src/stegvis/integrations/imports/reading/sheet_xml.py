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
_WIDE = re.compile(rb'<(?:\w+:)?c\b[^>]*\br=["\']([A-Z]{2,3})\d+["\'][^>]*[^/]>')
_TWO_LETTERS = re.compile(rb'r=["\'][A-Z]{2,3}\d')
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
    """Refusal: too_many_rows, too_many_columns, formula_cell (a formula without a place)."""
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
    widest = _ALPHABET - 1
    if _TWO_LETTERS.search(xml):
        widest = max((_column(letters) for letters in set(_WIDE.findall(xml))), default=widest)
    if widest >= limits.COLUMNS:
        raise Refusal("too_many_columns", sheet=sheet)
    if rows > limits.ROWS and _last_valued_row(xml) > limits.ROWS:
        raise Refusal("too_many_rows", sheet=sheet)
    if min(rows, limits.ROWS) * (widest + 1) > limits.CELLS:
        raise Refusal("too_many_columns", sheet=sheet)


def _last_valued_row(xml: bytes) -> int:
    """The number of the last row that holds a value; 0 when rows are not numbered."""
    valued = max(xml.rfind(b"<v"), xml.rfind(b":v>"), xml.rfind(b"<is"), xml.rfind(b":is>"))
    begins = max(xml.rfind(b"<row", 0, valued), xml.rfind(b":row", 0, valued))
    number = _NUMBER.search(xml, begins, begins + 400) if valued > 0 and begins >= 0 else None
    return int(number.group(1)) if number else 0


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
