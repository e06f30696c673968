"""Is the server of this data folder alive? A process id alone does not say."""

from __future__ import annotations

import os
from pathlib import Path

PROCESSES = Path("/proc")


def postmaster_pid(data: Path) -> int | None:
    """The server's process, or None when there is none, it is a zombie, or the number is reused."""
    pid = _noted(data)
    if pid is None:
        return None
    if PROCESSES.joinpath("self").exists():
        return pid if pid in _living_in(data) else None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return pid
    return pid


def clear_remains(data: Path) -> None:
    """Remove the note of a server that is dead, but only when none of its children lives.

    A killed server that nobody reaps stays in the process table, where PostgreSQL takes it for
    alive and refuses to start. Its children work in the data folder: as long as one does, the
    files are in use and the note stays.
    """
    if PROCESSES.joinpath("self").exists() and _noted(data) and not _living_in(data):
        data.joinpath("postmaster.pid").unlink(missing_ok=True)


def _noted(data: Path) -> int | None:
    try:
        return int(data.joinpath("postmaster.pid").read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return None


def _living_in(data: Path) -> set[int]:
    """Processes whose working folder is the data folder; a zombie has none."""
    here = data.resolve()
    found = set()
    for process in PROCESSES.iterdir():
        if process.name.isdigit():
            try:
                if process.joinpath("cwd").readlink() == here:
                    found.add(int(process.name))
            except OSError:
                continue
    return found
