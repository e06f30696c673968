"""python -m stegvis.config.bench.copying FILE: the limit of an import. calamine
reads, a plain check judges, COPY writes straight into the tables, in one transaction, as a role no
wall binds. Nothing is sealed, compared with the register, or told to the journal."""

from __future__ import annotations

import os
import sys
from itertools import batched

import psycopg
from python_calamine import CalamineWorkbook

from stegvis.config.bench.lists import COLUMNS, laid_out, plain
from stegvis.config.bench.places import place_of
from stegvis.platform.tenancy.copied import copied

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
    """Formatted as the product formats it: a limit that writes slower would be none."""
    names = ", ".join(f'"{name}"' for name in COLUMNS[table])
    json = [VALUES] if table == "imports_importrow" else []
    with connection.cursor().copy(f"copy {table} ({names}) from stdin".encode()) as copy:
        copy.write(copied(records, json=json))


if __name__ == "__main__":
    bring(sys.argv[1])
