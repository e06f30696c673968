"""python -m stegvis.config.bench.copying FILE: the limit of an import. calamine
reads, a plain check judges, COPY writes straight into the tables, in one transaction, as a role no
wall binds. Nothing is sealed, compared with the register, or told to the journal."""

from __future__ import annotations

import os
import sys
from itertools import batched

import psycopg
from psycopg.types.json import Jsonb
from python_calamine import CalamineWorkbook

from stegvis.config.bench.lists import COLUMNS, laid_out, plain
from stegvis.config.bench.places import place_of

BATCH = 20_000
VALUES = COLUMNS["imports_importrow"].index("values")


def bring(file: str) -> None:
    cells = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[1:]
    database, socket = os.environ["FLOOR_DATABASE"], os.environ["FLOOR_SOCKET"]
    with psycopg.connect(user="postgres", dbname=database, host=socket) as connection:
        place = place_of(connection)
        for rows in batched(plain(cells), BATCH):
            written: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}
            for row in rows:
                for table, record in laid_out(row, place):
                    written[table].append(record)
            for table, records in written.items():
                _copy(connection, table, records)


def _copy(
    connection: psycopg.Connection[tuple[object, ...]],
    table: str,
    records: list[tuple[object, ...]],
) -> None:
    names = ", ".join(f'"{name}"' for name in COLUMNS[table])
    with connection.cursor().copy(f"copy {table} ({names}) from stdin".encode()) as copy:
        for record in records:
            copy.write_row(record if table != "imports_importrow" else _with_json(record))


def _with_json(record: tuple[object, ...]) -> tuple[object, ...]:
    return (*record[:VALUES], Jsonb(record[VALUES]), *record[VALUES + 1 :])


if __name__ == "__main__":
    bring(sys.argv[1])
