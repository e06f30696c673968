"""kill -9, of those who write and of the database, while decisions are taken.

What was acknowledged is there; nothing is there twice; the journal knows each decision and its
chain verifies. The cluster is a durable one, beside the careless one of the other tests.
"""

from __future__ import annotations

import json
import os
import queue
import random
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from stegvis.config.checkout import ROOT
from stegvis.config.postgres import Cluster
from stegvis.config.postgres.postmaster import postmaster_pid
from tests.matrix.conftest import BUILT, WRITER, writing_in

NAME = f"killed_{os.getpid()}"
KEY = len(str(uuid.UUID(int=0)))


class Office:
    """Three colleagues, each a process, deciding about a person each. `told` is what they know."""

    def __init__(self, cluster: Cluster, told: dict[str, Any]) -> None:
        self.cluster = cluster
        self.told = told
        self.env = writing_in(cluster, NAME)
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.tried: dict[str, str] = {}
        self.acked: dict[str, str] = {}
        self.lines: queue.Queue[tuple[str, list[str]]] = queue.Queue()
        self.complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 — closed by close()

    def begin(self, who: str, count: int = 50) -> None:
        """Anew, with the key it was not answered about. `count`: how many, at most: what is
        written hangs on the round, not on how fast the machine is."""
        waiting = self.tried.get(who, "")
        waiting = "" if waiting in self.acked else waiting
        told = json.dumps(self.told[who])
        process = subprocess.Popen(
            [*WRITER, "write", told, str(count), waiting],
            env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.complaints, text=True,
        )  # fmt: skip
        self.processes[who] = process
        threading.Thread(target=self._listen, args=[who, process], daemon=True).start()

    def _listen(self, who: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        with process.stdout as said:
            for line in said:
                if line.endswith("\n"):
                    self.lines.put((who, line.split()))

    def hear(self, *, more: int, patience: float = 240) -> None:
        """Until so many more have been acknowledged."""
        wanted, until = len(self.acked) + more, time.monotonic() + patience
        while len(self.acked) < wanted:
            if not self._note(timeout=1):
                self._check_that_none_gave_up()
            assert time.monotonic() < until, f"only {len(self.acked)} of {wanted} were answered"

    def _check_that_none_gave_up(self) -> None:
        """A writer that dies of a fault of its own would else be waited for until patience ends."""
        if any((one.poll() or 0) > 0 for one in self.processes.values()):
            self.complaints.seek(0)
            pytest.fail(self.complaints.read()[-2000:])

    def _note(self, *, timeout: float) -> bool:
        try:
            who, words = self.lines.get(timeout=timeout)
        except queue.Empty:
            return False
        if words[0] == "try":
            self.tried[who] = words[1]
        else:
            self.acked[words[1]] = words[2]
        return True

    def begin_those_done(self, count: int) -> None:
        for who in self.told:
            if who not in self.processes or self.processes[who].poll() is not None:
                self.begin(who, count)

    def kill_writer(self, who: str) -> None:
        self.processes[who].kill()
        self.processes[who].wait()
        while self._note(timeout=0.2):
            pass
        self.begin(who)

    def kill_database(self) -> None:
        pid = postmaster_pid(self.cluster.data)
        assert pid
        os.kill(pid, signal.SIGKILL)
        self.cluster.start()

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()
        while self._note(timeout=0.2):
            pass
        self.complaints.close()

    def found(self) -> tuple[Counter[str], Counter[str], tuple[int, int | None]]:
        """Decisions by their key, events by their decision, and the chain."""
        tenant = next(iter(self.told.values()))["tenant"]
        with psycopg.connect(self.cluster.url("stegvis_app", NAME)) as connection:
            for name, value in (("tenant", tenant), ("service", "test")):
                connection.execute(f"select set_config('stegvis.{name}', %s, true)", [value])  # type: ignore[arg-type]
            rows = connection.execute("select submission::text, id::text from steps_stepdecision")
            stored = dict(rows.fetchall())
            files = "select substr(name, 1, 36), id::text from imports_importfile"
            lists = {key: file for key, file in connection.execute(files) if len(key) == KEY}
            told = connection.execute(
                "select details->>'decision' from journal_event where what = 'step_decided'"
            )
            events = Counter(str(row[0]) for row in told.fetchall())
            chain: Any = connection.execute("select length, broken_at from journal_verify()")
            length, broken_at = chain.fetchone()
        decisions = Counter(stored.values())
        every = stored | lists
        assert {key: every.get(key) for key in self.acked} == self.acked, "acknowledged and lost"
        return decisions, events, (length, broken_at)


@pytest.fixture
def office(built: tuple[Cluster, dict[str, Any]]) -> Iterator[Office]:
    cluster, told = built
    cluster.create_database(NAME, template=BUILT)
    made = Office(cluster, told)
    try:
        yield made
    finally:
        made.close()
        cluster.start()
        cluster.drop_database(NAME)


def _run(office: Office, *, rounds: int, each: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 — to be run again from its number
    for turn in range(rounds):
        office.begin_those_done(each)
        office.hear(more=dice.randrange(1, each))
        time.sleep(dice.random() * 0.02)
        if turn % 3 == 2:
            office.kill_database()
        else:
            office.kill_writer(dice.choice(list(office.told)))
    office.begin_those_done(each)
    office.hear(more=each)
    office.close()
    decisions, events, (length, broken_at) = office.found()
    assert set(decisions.values()) == {1}
    assert events == decisions
    assert broken_at is None
    assert length > len(decisions)


@pytest.mark.requirement("X-04", "INV-2")
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(office: Office) -> None:
    _run(office, rounds=3, each=8, seed=1)


@pytest.mark.night
def test_a_thousand_decisions_through_thirty_kills(office: Office) -> None:
    _run(office, rounds=30, each=66, seed=2)
    assert len(office.acked) >= 900


@pytest.mark.night
def test_a_careless_database_does_lose_what_it_acknowledged(office: Office) -> None:
    """The positive control: without waiting for the disk the same kills lose something."""
    with office.cluster.connect() as connection:
        connection.execute("alter system set wal_writer_delay = '10s'")
        connection.execute(f"alter database {NAME} set synchronous_commit = off")  # type: ignore[arg-type]
        connection.execute("select pg_reload_conf()")
    lost = False
    try:
        for _ in range(10):
            office.begin("asta", count=5)
            office.hear(more=5)
            office.kill_database()
            try:
                office.found()
            except AssertionError:
                lost = True
                break
    finally:
        with office.cluster.connect() as connection:
            connection.execute("alter system reset wal_writer_delay")
            connection.execute("select pg_reload_conf()")
    assert lost
