"""How the web process is started, by the demo and by whoever measures it."""

from __future__ import annotations

import sys

HOST = "127.0.0.1"
# Every thread holds a connection, and the demo's PostgreSQL gives sixty.
THREADS = 4
# Counts idle kept-alive connections as well: a browser holds six, and a full queue shuts out all.
WAITING = 512
PATIENCE = 60.0  # seconds until the first page, on a slow machine under load


def web_server(
    application: str, *, port: int, workers: int, more: tuple[str, ...] = ()
) -> list[str]:
    """The words that start granian on this machine's own address."""
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    words += ["--port", str(port), "--workers", str(workers)]
    words += ["--blocking-threads", str(THREADS), "--backpressure", str(WAITING)]
    # A process that is told to stop while it starts misses the word.
    words += ["--workers-kill-timeout", "5", "--log-level", "warning", *more]
    return [*words, application]
