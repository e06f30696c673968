"""A municipality's messy list of participants brought in whole: read, judged and stored. Every side
writes the same rows into the same tables of a fresh copy of the same database."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Mapping
from typing import Any

from stegvis.config.bench.ground import Ground, Size
from stegvis.config.bench.lists import COLUMNS, WORKERS, write_list
from stegvis.config.bench.programs import Program, take_turns
from stegvis.config.bench.serving import SECRET, SETTINGS
from stegvis.config.bench.shape import Effort, Goal, result
from stegvis.config.faults import Unusable

AGAINST = "the same rows by openpyxl and bulk_create, and by calamine and COPY, on the same tables"
LARGE, SMALL = 100_000, 5_000
THERE = Size(tenants=1, per_tenant=3000)  # people the municipality has already
TODAY = "2026-11-16"
SIDES = ("ours", "django", "limit")
_numbers = itertools.count()


def imports(ground: Ground, effort: Effort) -> dict[str, Any]:
    if importlib.util.find_spec("openpyxl") is None:
        raise Unusable("openpyxl is what is measured against; ./run test installs it.")
    rows = SMALL if effort.small else LARGE
    file = ground.folder / "list.xlsx"
    write_list(file, rows)
    town = _town(ground)
    copies = {side: _Copies(ground, town, side) for side in SIDES}
    words = {
        "ours": ["django", "import_file", "participants", str(file), "--tenant", "bench-0",
                 "--today", TODAY],
        "django": ["stegvis.config.bench.floor.bringing", str(file)],
        "limit": ["stegvis.config.bench.copying", str(file)],
    }  # fmt: skip
    programs = [
        Program([sys.executable, "-m", *words[side]], copies[side].environment) for side in SIDES
    ]
    taken = take_turns(ground, programs, rounds=2 if effort.small else 1)  # minutes a side
    costs = dict(zip(SIDES, taken, strict=True))
    written = {side: copies[side].written() for side in SIDES}
    if any(written[side] != written["ours"] for side in SIDES):
        raise Unusable(f"The sides have not written the same rows: {written}")
    ours, django, limit = (costs[side].cpu for side in SIDES)
    goals = [
        Goal("times faster than the Django route", django / ours, least=6),
        Goal("CPU time, times the limit's", ours / limit, most=3),
    ]
    told = {side: costs[side].told() for side in SIDES}
    told["rows"] = {"of the list": rows, **written["ours"]}
    return result(AGAINST, goals, **told)


def _town(ground: Ground) -> str:
    """A municipality whose case workers have names a list can name."""
    name = ground.town("bench_import", THERE)
    with ground.connect(name) as connection:
        connection.execute(
            "update accounts_member m set name = w.name from ("
            " select id, row_number() over (order by id) as n from accounts_member) o"
            " join unnest(%s::text[]) with ordinality w (name, n) using (n) where m.id = o.id",
            [list(WORKERS)],
        )
    return name


class _Copies:
    """A fresh copy for every round of one side; the one before is thrown away."""

    def __init__(self, ground: Ground, of: str, side: str) -> None:
        self._ground, self._of, self._side = ground, of, side
        self.name = ""

    def fresh(self) -> str:
        if self.name:
            self._ground.cluster.drop_database(self.name)
        self.name = f"bench_import_{next(_numbers)}"
        self._ground.cluster.create_database(self.name, template=self._of)
        with self._ground.connect(self.name) as connection:
            for table in COLUMNS:  # comes by the clock: whoever is slower on a busy machine pays
                connection.execute(f"alter table {table} set (autovacuum_enabled = off)".encode())
            connection.execute("checkpoint")
        return self.name

    def written(self) -> dict[str, int]:
        """Rows by table; the header, which only the product keeps as a row, is not counted."""
        counts: dict[str, int] = {}
        with self._ground.connect(self.name) as connection:
            for table in COLUMNS:
                records = "where outcome <> 'skipped'" if table == "imports_importrow" else ""
                query = f"select count(*) from {table} {records}"  # noqa: S608 names of ours
                for (count,) in connection.execute(query.encode()):
                    counts[table] = int(str(count))
        return counts

    def environment(self) -> Mapping[str, str]:
        name = self.fresh()
        env = self._ground.environment(name) | {"STEGVIS_SECRET_KEY": SECRET}
        env |= {"FLOOR_DATABASE": name, "FLOOR_SOCKET": str(self._ground.cluster.socket)}
        return env | {"DJANGO_SETTINGS_MODULE": SETTINGS[self._side == "django"]}
