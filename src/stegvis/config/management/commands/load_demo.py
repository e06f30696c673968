"""manage load_demo: the two invented municipalities, and whom to sign in as."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any, override

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg import sql

from stegvis.config.demo.load import load
from stegvis.config.demo.users import FIRST_TASKS, PASSWORD
from stegvis.platform.tenancy.scope import today
from stegvis.platform.tenancy.speech import speaking

_FILLED = """
select distinct c.table_name from information_schema.columns c
  join pg_class t on t.relname = c.table_name and t.relkind in ('r', 'p') and not t.relispartition
 where c.table_schema = 'public' and c.column_name in ('tenant_id', 'session_key', 'user_id')
"""


class Command(BaseCommand):
    help = "Fill an empty installation with two invented municipalities."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="throw everything away first")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="the day histories end on")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other people")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's people and their password are not for production.")
        if options["fresh"]:
            _empty()
        filled = load(today=options["today"] or today(), seed=options["seed"])
        self.stderr.write(
            f"Filled {', '.join(town.name for town in filled)}."
            if filled
            else "Both municipalities are there already; nothing was changed."
        )
        self.stdout.write(told())


def told() -> str:
    """Whom to sign in as, and what to try first."""
    lines = [f"Sign in as any of these, with the password {PASSWORD}:", ""]
    width = max(len(user.email) for user in FIRST_TASKS)
    with speaking("en"):
        for user in FIRST_TASKS:
            lines.append(f"  {user.email:<{width}}  {user.role.label}")
            lines.append(f"  {'':<{width}}  {user.task}")
    return "\n".join(lines)


def _empty() -> None:
    """Every municipality, user and session, as the owner: the app role may delete nothing."""
    owner = os.environ.get("STEGVIS_OWNER_DATABASE_URL")
    if not (settings.DEMO and owner):
        raise CommandError("--fresh needs STEGVIS_DEMO=1 and STEGVIS_OWNER_DATABASE_URL.")
    with psycopg.connect(owner) as connection:
        tables = [name for (name,) in connection.execute(_FILLED)]
        named = [sql.Identifier(name) for name in {*tables, "tenancy_tenant", "accounts_user"}]
        connection.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(named)))
