"""Commands that read or write a municipality's data: Django's commands of the same meaning, run
against the database the environment names, else the demo's."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from stegvis.config.checkout import STATE
from stegvis.config.databases import DEMO, environment, migrate
from stegvis.config.faults import Unusable, said
from stegvis.config.postgres import Cluster


@contextlib.contextmanager
def database_at_hand(*, needed: bool = True) -> Iterator[None]:
    """DATABASE_URL is set while this lasts; our own cluster is started when nobody named one."""
    if not needed or os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = Cluster(STATE / "pg", durable=True)
    cluster.start()
    try:
        migrate(cluster, DEMO)
        os.environ.update(environment(cluster, DEMO))
        yield
    finally:
        _let_go()
        cluster.stop()


def run_stored(command: str, words: list[str]) -> int:
    """A Django command whose `CommandError` is the one sentence a person reads."""
    import django
    from django.core.management import CommandError, load_command_class

    with database_at_hand():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stegvis.config.settings")
        django.setup()
        found = load_command_class(_app_of(command), command)
        parser = found.create_parser("./run", command)
        try:
            options = vars(parser.parse_args(words))
            found.execute(*options.pop("args", ()), **options)
        except CommandError as fault:
            print(said(fault), file=sys.stderr)
            return max(fault.returncode, 2)
        except SystemExit as left:
            return left.code if isinstance(left.code, int) else 2
    return 0


def _app_of(command: str) -> str:
    from django.core.management import get_commands

    app = get_commands().get(command)
    if app is None:
        raise Unusable(f"This version of Stegvis does not have the command {command!r} yet.")
    return str(app)


def _let_go() -> None:
    """A connection left open would make the server wait when it is stopped."""
    django_db = sys.modules.get("django.db")
    if django_db:
        django_db.connections.close_all()
