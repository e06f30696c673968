"""A delimited text file as one sheet."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from stegvis.integrations.imports.reading import contents, limits
from stegvis.integrations.imports.reading.encodings import decode
from stegvis.integrations.imports.reading.grid import Book, Cells, Sheet
from stegvis.integrations.imports.reading.refusal import Refusal

_DELIMITERS = ";\t,|"
_LINES_TRIED = 60
_LINE_LENGTH = 120_000  # below the csv module's own limit, so that the reason is ours to say
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def open_text(data: bytes) -> Book:
    """Refusal: empty_file, the encoding codes, control_characters, hidden_characters,
    cell_too_long, quote_unbalanced, formula_text, too_many_rows, too_many_columns."""
    text, encoding = decode(data)
    if not text.strip("\ufeff;,").strip():
        raise Refusal("empty_file")
    lines = list(io.StringIO(text, newline=""))
    for number, line in enumerate(lines, 1):
        if len(line) > _LINE_LENGTH:
            raise Refusal("cell_too_long", row=number)
    declared = _SEPARATOR_LINE.fullmatch(lines[0])
    delimiter = declared.group(1) if declared else _delimiter(lines)
    rows: list[Cells] = []
    numbers: list[int] = []
    skipped = 1 if declared else 0
    for number, cells in _records(lines[skipped:], delimiter, after=skipped):
        contents.check(cells, sheet=None, row=number)
        rows.append(cells)
        numbers.append(number)
    sheet = Sheet(None, rows, numbers, separator_line=1 if declared else None)
    return Book((sheet,), "text", encoding, delimiter)


def _records(lines: list[str], delimiter: str, *, after: int) -> Iterator[tuple[int, Cells]]:
    """Each record with the physical line it begins on."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    count, begins = 0, after + 1
    try:
        for record in reader:
            count += 1
            if count > limits.ROWS:
                raise Refusal("too_many_rows")
            if len(record) > limits.COLUMNS:
                raise Refusal("too_many_columns", row=begins)
            yield begins, list(record)
            begins = after + reader.line_num + 1
    except csv.Error as fault:
        code = "cell_too_long" if "field limit" in str(fault) else "quote_unbalanced"
        raise Refusal(code, row=begins) from fault


def _delimiter(lines: list[str]) -> str:
    """The sign that divides most lines into the same number of fields, more fields before fewer."""
    best, mark = ";", 0.0
    tried = [line for line in lines if line.strip()][:_LINES_TRIED]
    for sign in _DELIMITERS:
        counts = Counter(_fields(line, sign) for line in tried)
        (fields, times), *_ = counts.most_common(1)
        score = times / len(tried) * (fields - 1) ** 0.5
        if fields > 1 and score > mark:
            best, mark = sign, score
    return best


def _fields(line: str, sign: str) -> int:
    outside = "".join(line.split('"')[::2]) if '"' in line else line
    return outside.count(sign) + 1
