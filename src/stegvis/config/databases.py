"""Bringing a database of the private cluster to the tables this checkout wants."""

from __future__ import annotations

import ast
import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from stegvis.config.checkout import ROOT, SOURCE, STATE, fingerprint
from stegvis.config.postgres import Cluster, PostgresFault

DEMO = "stegvis"
TEMPLATE = "stegvis_template"


def environment(cluster: Cluster, database: str) -> dict[str, str]:
    """What a process of ours needs to find the database: the app role's url and the owner's."""
    return {
        **os.environ,
        "PYTHONPATH": str(SOURCE.parent),
        "DATABASE_URL": cluster.url("stegvis_app", database),
        "STEGVIS_OWNER_DATABASE_URL": cluster.url("stegvis_owner", database),
    }


def schema_fingerprint() -> str:
    """Changes when a migration, code of ours a migration imports, or a pinned package changes."""
    found = set(SOURCE.glob("**/migrations/*.py"))
    waiting = list(found)
    while waiting:
        imported = _own_imports(waiting.pop()) - found
        found |= imported
        waiting += imported
    return fingerprint([*found, ROOT / "requirements.lock"])


def migrate(cluster: Cluster, database: str) -> None:
    """Run the migrations as owner; nothing happens when the database has them already."""
    wanted = f"schema {schema_fingerprint()}"
    remark = cluster.databases().get(database)
    if remark is None:
        cluster.create_database(database)
    if remark == wanted:
        return
    command = [sys.executable, "-m", "stegvis.config.cli", "manage", "migrate", "--no-input", "-v0"]
    command += ["--skip-checks"]  # tables do not depend on pages
    env = environment(cluster, database) | {"STEGVIS_DB_ROLE": "owner"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PostgresFault(f"The migrations did not run:\n{done.stderr.strip()}")
    cluster.remark(database, wanted)


def migrated_template(cluster: Cluster) -> str:
    """The name of a migrated, empty database to copy; made once per content of the migrations."""
    name = f"{TEMPLATE}_{schema_fingerprint()}"
    with _one_at_a_time(STATE / "template.lock"):
        known = cluster.databases()
        if name in known:
            return name
        draft = f"{name}_draft"
        cluster.drop_database(draft)
        migrate(cluster, draft)
        cluster.rename_database(draft, name)
        for old in known:
            if old.startswith(TEMPLATE) and old != draft:
                cluster.drop_database(old)
    return name


@contextlib.contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _own_imports(file: Path) -> set[Path]:
    tree = ast.parse(file.read_bytes())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    inside = [
        SOURCE.parent.joinpath(*name.split(".")) for name in names if name.startswith("stegvis.")
    ]
    return {path.with_suffix(".py") for path in inside if path.with_suffix(".py").exists()}
