"""One private cluster: made when missing, started when down, shared by those who use it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg
from psycopg import sql

from stegvis.config.postgres.account import (
    current_account,
    data_folder,
    fleeting_folder,
    reachable_binaries,
    socket_folder,
)
from stegvis.config.postgres.binaries import Binaries, find_binaries
from stegvis.config.postgres.faults import PostgresFault
from stegvis.config.postgres.postmaster import clear_remains, postmaster_pid
from stegvis.config.postgres.roles import Role, Row, furnish_database, make_database, make_roles

SUPERUSER = "postgres"
PATIENCE = 20.0  # seconds; after kill -9 the old processes need a moment to notice and leave
# A demo or test run has few connections; the rest of the memory belongs to the machine's owner.
SETTINGS = {"listen_addresses": "", "shared_buffers": "64MB", "max_connections": "60"}
# A test database that a crash ruins is made anew, so nothing waits for the disk.
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "min_wal_size": "32MB",  # what it keeps of its log may lie in memory
    "max_wal_size": "128MB",
}


class Cluster:
    """`data_dir` is where the data should lie; as root it may have to lie elsewhere (`.data`).

    `durable`: what is acknowledged outlives a kill. `kept`: it outlives the machine's next start.
    """

    def __init__(self, data_dir: Path, *, durable: bool, kept: bool | None = None) -> None:
        if os.environ.get("STEGVIS_PRODUCTION") == "1":
            raise PostgresFault(
                "STEGVIS_PRODUCTION=1: production needs a PostgreSQL of its own; name it in "
                "DATABASE_URL (and, for migrations, STEGVIS_OWNER_DATABASE_URL)."
            )
        self.durable = durable
        self._home = data_dir.absolute().parent
        self.account = current_account()
        place = data_folder if (durable if kept is None else kept) else fleeting_folder
        self.data = place(data_dir.absolute(), self.account)
        self.socket = socket_folder(self.data, self.account, near=self._home)
        self._lock = data_dir.absolute().with_name(f"{data_dir.name}.lock")
        self._users = data_dir.absolute().with_name(f"{data_dir.name}.users")
        self._lease: TextIO | None = None

    @property
    def binaries(self) -> Binaries:
        made_by = self.data / "PG_VERSION"
        major = int(made_by.read_text()) if made_by.exists() else None
        return reachable_binaries(find_binaries(major=major), self.account, near=self._home)

    @property
    def is_running(self) -> bool:
        return postmaster_pid(self.data) is not None

    def start(self) -> None:
        """Running when this returns. Whoever starts also holds a lease, see `stop`."""
        if self._lease is None:
            self._lease = self._users.open("a")
            fcntl.flock(self._lease, fcntl.LOCK_SH)
        with _alone(self._lock):
            if self.is_running and self._answers():
                return
            self._forget_other_version()
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._launch()
            with self.connect() as connection:
                make_roles(connection)

    def stop(self) -> None:
        """Give the lease back; the last one to leave puts the light out."""
        if self._lease is None:
            return
        with _alone(self._lock):
            try:
                fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._halt()
            finally:
                self._lease.close()
                self._lease = None

    def erase(self) -> None:
        """Stop at once and remove every byte. Refused while another process uses the cluster."""
        with _alone(self._lock), self._users.open("a") as lease:
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PostgresFault(
                    "Another process uses this database; stop it before starting afresh."
                ) from None
            self._halt()
            shutil.rmtree(self.data, ignore_errors=True)

    def url(self, role: Role, database: str) -> str:
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.socket), safe='')}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Row]:
        """As superuser, each statement on its own: for making roles and databases only."""
        return psycopg.connect(
            host=str(self.socket), user=SUPERUSER, dbname=database, autocommit=True
        )

    def databases(self) -> dict[str, str]:
        """Every database and the remark kept on it ('' when none)."""
        query = (
            "select datname, coalesce(shobj_description(oid, 'pg_database'), '') "
            "from pg_database where not datistemplate"
        )
        with self.connect() as connection:
            return {str(name): str(remark) for name, remark in connection.execute(query)}

    def create_database(self, name: str, template: str | None = None) -> None:
        with self.connect() as connection:
            make_database(connection, name, template=template)
        if template is None:
            with self.connect(name) as connection:
                furnish_database(connection)

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            statement = sql.SQL("drop database if exists {} with (force)")
            connection.execute(statement.format(sql.Identifier(name)))

    def rename_database(self, name: str, to: str) -> None:
        with self.connect() as connection:
            statement = sql.SQL("alter database {} rename to {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(to)))

    def remark(self, name: str, text: str) -> None:
        """What is known of a database's content is kept on it, so the two cannot part."""
        with self.connect() as connection:
            statement = sql.SQL("comment on database {} is {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Literal(text)))

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _forget_other_version(self) -> None:
        """Test data made by a version that is gone is worthless; the demo's is not ours to drop."""
        try:
            _ = self.binaries
        except PostgresFault:
            if self.durable or not (self.data / "PG_VERSION").exists():
                raise
            shutil.rmtree(self.data)

    def _make(self) -> None:
        # Made beside and moved into place: an interrupted start leaves no half cluster behind.
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.account.owns(draft)
        try:
            self.account.run(
                self.binaries.program("initdb"),
                *("-D", draft, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"),
                *("--no-locale", "--no-sync", "--no-instructions"),
            )
        except subprocess.CalledProcessError as fault:
            raise PostgresFault(f"PostgreSQL could not make its files: {_last(fault)}") from fault
        shutil.rmtree(self.data, ignore_errors=True)
        draft.rename(self.data)

    def _launch(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.socket)}
        settings |= {} if self.durable else CARELESS
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        command = [self.binaries.program("pg_ctl"), "start", "-w", "-D", str(self.data)]
        deadline = time.monotonic() + PATIENCE
        while True:
            clear_remains(self.data)
            try:
                self.account.run(*command, "-l", self.data / "log", "-o", options)
            except subprocess.CalledProcessError as fault:
                if time.monotonic() > deadline:
                    raise PostgresFault(f"PostgreSQL did not start: {self._log_end()}") from fault
                time.sleep(0.25)
            else:
                return

    def _halt(self) -> None:
        if self.is_running:
            command = self.binaries.program("pg_ctl")
            self.account.run(command, "stop", "-w", "-m", "fast", "-D", self.data, check=False)

    def _log_end(self) -> str:
        try:
            lines = (self.data / "log").read_text(errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else "it left no word in its log."


def _last(fault: subprocess.CalledProcessError) -> str:
    lines = str(fault.stderr or fault.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit code {fault.returncode}"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
