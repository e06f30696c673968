"""Child processes that end with us: on a signal, on a fault, and on Linux also after kill -9."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, TracebackType

PATIENCE = 10.0  # seconds a child gets to finish what it is doing
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception: no handler on the way may swallow it."""


class Children:
    """A group of processes; leaving the block stops them, the last started first."""

    def __init__(self) -> None:
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []
        self._started: dict[str, tuple[list[str], Mapping[str, str]]] = {}

    def __enter__(self) -> Children:
        return self

    def start(self, name: str, command: list[str], *, env: Mapping[str, str]) -> int:
        """Start it and return its process id."""
        # In a group of their own: Ctrl-C reaches us alone, and we stop them in order.
        process = subprocess.Popen(
            command,
            env=env,
            stdout=2,  # what they remark is no part of our answer (./run bench --json)
            process_group=0,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 we have one thread
        )
        self._running.append((name, process))
        self._started[name] = command, env
        return process.pid

    def revive(self, name: str) -> int:
        """Start what has ended anew, as it was started before."""
        self._running = [one for one in self._running if one[0] != name]
        command, env = self._started[name]
        return self.start(name, command, env=env)

    def fallen(self) -> str | None:
        """The name of a child that has ended, if any."""
        return next((name for name, process in self._running if process.poll() is not None), None)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, process in reversed(self._running):
            process.terminate()
        for _, process in reversed(self._running):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # with the children it has itself
                process.wait()


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Inside, Ctrl-C and SIGTERM raise `Stopped` once; pressing again changes nothing."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Stopped

    earlier = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _die_with_parent() -> Callable[[], object] | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)  # loaded here: after the fork hardly anything may be done

    def ask() -> None:
        library.prctl(DEATH_SIGNAL, signal.SIGTERM)

    return ask
