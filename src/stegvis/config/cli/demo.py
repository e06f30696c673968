"""./run: from nothing to a page, with invented people in two invented municipalities."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from stegvis.config.checkout import ROOT, SOURCE, STATE, fingerprint
from stegvis.config.databases import DEMO, environment, migrate
from stegvis.config.faults import Unusable
from stegvis.config.postgres import Cluster
from stegvis.config.processes import Children, Stopped, stopping_on_signals
from stegvis.config.serving import HOST, PATIENCE, web_server
from stegvis.config.translations import compile_messages

FIRST_PAGE = "/accounts/login/"
PROCESSES = 4
BREATH = 2.0  # seconds before what has fallen is started again
USERS = STATE / "demo-users.txt"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")


def run(args: argparse.Namespace) -> int:
    start = time.monotonic()
    if os.environ.get("STEGVIS_PRODUCTION") == "1":
        raise Unusable("STEGVIS_PRODUCTION=1: the demo is not for production.")
    _refuse_taken_port(args.port)
    try:
        with stopping_on_signals():
            _serve(args.port, fresh=args.fresh, start=start)
    except Stopped:
        _say("Stopped.")
    return 0


def _serve(port: int, *, fresh: bool, start: float) -> None:
    given = os.environ.get("DATABASE_URL")
    if given and fresh:
        raise Unusable("--fresh only throws away our own database, not the one in DATABASE_URL.")
    cluster = None if given else Cluster(STATE / "pg", durable=True)
    try:
        env = _own_database(cluster, fresh=fresh) if cluster else _given_database()
        env |= {"STEGVIS_DEMO": "1"}
        compile_messages()
        _collect_static(env)
        if fresh:
            USERS.unlink(missing_ok=True)
        _load(env)
        with Children() as children:
            _start(children, port, env)
            _wait_for_page(children, port)
            _greet(port, seconds=time.monotonic() - start)
            _watch(children, cluster)
    finally:
        if cluster:
            cluster.stop()


def _watch(children: Children, cluster: Cluster | None) -> None:
    """Until the web server falls. The database is brought back, and the worker, which gives up
    without it; the pages find it again by themselves."""
    while (name := children.fallen()) != "web server":
        if cluster and not cluster.is_running:
            cluster.start()
        if name:
            time.sleep(BREATH)
            children.revive(name)
        time.sleep(0.5)
    raise Unusable(f"The {name} has stopped by itself; its last words stand above.")


def _own_database(cluster: Cluster, *, fresh: bool) -> dict[str, str]:
    if fresh:
        cluster.erase()
    _say("Starting PostgreSQL ...")
    cluster.start()
    if cluster.databases().get(DEMO) is None:
        USERS.unlink(missing_ok=True)
    _say("Bringing the tables up to date ...")
    migrate(cluster, DEMO)
    return environment(cluster, DEMO)


def _given_database() -> dict[str, str]:
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    _manage(["migrate", "--no-input", "-v0"], env | {"STEGVIS_DB_ROLE": "owner"})
    return env


def _collect_static(env: dict[str, str]) -> None:
    """Gather and compress what browsers fetch; again only when a file has changed."""
    files = [file for file in SOURCE.glob("**/static/**/*") if file.is_file()]
    mark = fingerprint([*files, ROOT / "requirements.lock"])
    done = STATE / "static.done"
    if not (done.exists() and done.read_text() == mark and (STATE / "static").exists()):
        _manage(["collectstatic", "--no-input", "--clear", "-v0"], env)
        done.write_text(mark)


def _load(env: dict[str, str]) -> None:
    """The invented people; what the command tells about whom to sign in as is kept."""
    if not USERS.exists():
        _say("Inventing two municipalities ...")
        told = _manage(["load_demo"], env)
        draft = USERS.with_suffix(".new")
        draft.write_text(told)
        draft.replace(USERS)


def _start(children: Children, port: int, env: dict[str, str]) -> None:
    processes = min(os.cpu_count() or 1, PROCESSES)
    # One process that dies must not take the others with it.
    again = ("--respawn-failed-workers", "--respawn-interval", "1")
    web = web_server("stegvis.config.wsgi:application", port=port, workers=processes, more=again)
    children.start("web server", web, env=env)
    worker = ["-m", "stegvis.config.cli", "manage", "procrastinate", "worker"]
    children.start("worker", [sys.executable, *worker], env=env)


def _wait_for_page(children: Children, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if name := children.fallen():
            raise Unusable(f"The {name} did not start; its last words stand above.")
        try:
            with urllib.request.urlopen(
                f"http://{HOST}:{port}{FIRST_PAGE}", timeout=PATIENCE
            ) as page:
                page.read()
        except urllib.error.HTTPError as fault:
            raise Unusable(
                f"The first page answered {fault.code}; the log above says why."
            ) from fault
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Unusable(f"No page came within {PATIENCE:.0f} seconds.")


def _greet(port: int, *, seconds: float) -> None:
    print(USERS.read_text().rstrip())
    print(f"\nStegvis is at http://localhost:{port}/  ({seconds:.1f} s to the first page)")
    print("Ctrl-C stops it; what was entered is kept until ./run --fresh.", flush=True)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as fault:
            raise Unusable(
                f"Port {port} cannot be used ({fault}); choose another: ./run --port {port + 1}"
            ) from fault


def _manage(words: list[str], env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "stegvis.config.cli", "manage", *words]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Unusable(f"{words[0]} did not succeed; its last words stand above.")
    return done.stdout


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
