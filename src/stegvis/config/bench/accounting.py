"""CPU time by the operating system's own accounting: user and system time out of /proc/PID/stat."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from stegvis.config.faults import Unusable

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds, usually ten: a block must be long
_PROC = Path("/proc")


def family(root: int) -> set[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = {root}, [root]
    while waiting:
        born = children.get(waiting.pop(), [])
        found.update(born)
        waiting += born
    return found


def spent(pids: Iterable[int]) -> float:
    """Milliseconds of CPU these processes have used since they began. Unusable where one is gone:
    its share would be missing from the figure."""
    total = 0
    for pid in pids:
        fields = _fields(pid)
        if not fields:
            raise Unusable(f"Process {pid} ended while it was measured.")
        total += int(fields[11]) + int(fields[12])  # utime, stime
    return total * TICK


def _fields(pid: int) -> list[str]:
    """What follows the name in brackets (which may itself hold blanks): state, parent, …"""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def reaped(pid: int) -> float:
    """Milliseconds of CPU of the process's children that have ended."""
    fields = _fields(pid)
    return (int(fields[13]) + int(fields[14])) * TICK if fields else 0.0  # cutime, cstime
