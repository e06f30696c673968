"""What a person has decided about a sender's files, as a JSON value that is kept and given again:

    {"columns": {"Pnr": "id", "Övrigt": ""}, "sheets": ["AME"], "header_row": 4,
     "protected_colours": ["FF0000"], "colours_without_meaning": false}

Every key may be left out. An empty field name leaves a column unread.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any

from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.wording import plain

_KEYS = frozenset(
    ("columns", "sheets", "header_row", "protected_colours", "colours_without_meaning")
)


@dataclass(frozen=True, slots=True)
class Mapping:
    columns: Table[str, str] = field(default_factory=dict)  # plain header → field
    sheets: tuple[str, ...] = ()  # only these; hidden ones too when named
    header_row: int | None = None  # as a person counts
    protected_colours: frozenset[str] = frozenset()
    colours_without_meaning: bool = False  # a person has said that no colour means protection

    @classmethod
    def of(cls, value: Any) -> Mapping:
        """Refusal: mapping_invalid."""
        if not isinstance(value, dict) or not value.keys() <= _KEYS:
            raise Refusal("mapping_invalid")
        columns, sheets = value.get("columns", {}), value.get("sheets", [])
        colours, row = value.get("protected_colours", []), value.get("header_row")
        if not (
            is_texts(columns.values() if isinstance(columns, dict) else None)
            and is_texts(sheets if isinstance(sheets, list) else None)
            and is_texts(colours if isinstance(colours, list) else None)
            and (row is None or (isinstance(row, int) and row > 0))
            and isinstance(value.get("colours_without_meaning", False), bool)
        ):
            raise Refusal("mapping_invalid")
        return cls(
            {plain(header): name for header, name in columns.items()},
            tuple(sheets),
            row,
            frozenset(colour.upper()[-6:] for colour in colours),
            value.get("colours_without_meaning", False),
        )


def is_texts(values: Any) -> bool:
    return values is not None and all(isinstance(each, str) for each in values)
