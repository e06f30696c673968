"""Three roles, none of them a superuser: who migrates, who serves, who copies.

In production an operator makes the same three by hand (docs/howto/operate.md).
"""

from __future__ import annotations

from typing import Literal, LiteralString

from psycopg import Connection, sql

Role = Literal["stegvis_owner", "stegvis_app", "stegvis_backup"]
Row = tuple[object, ...]

ROLES: dict[Role, LiteralString] = {
    "stegvis_owner": "login nosuperuser nobypassrls nocreatedb nocreaterole",
    "stegvis_app": "login nosuperuser nobypassrls nocreatedb nocreaterole",
    "stegvis_backup": "login nosuperuser bypassrls nocreatedb nocreaterole",
}


def make_roles(connection: Connection[Row]) -> None:
    known = {row[0] for row in connection.execute("select rolname from pg_roles")}
    for name, rights in ROLES.items():
        verb = "alter role" if name in known else "create role"
        statement = sql.SQL("{} {} {}")
        connection.execute(statement.format(sql.SQL(verb), sql.Identifier(name), sql.SQL(rights)))
    connection.execute("grant pg_read_all_data to stegvis_backup")
    connection.execute("alter role stegvis_backup set default_transaction_read_only = on")


def make_database(connection: Connection[Row], name: str, *, template: str | None) -> None:
    """An empty database, or a copy of `template`, that stegvis_owner owns."""
    copied = sql.SQL(" template {}").format(sql.Identifier(template)) if template else sql.SQL("")
    connection.execute(
        sql.SQL("create database {} owner stegvis_owner").format(sql.Identifier(name)) + copied
    )
    for statement in (
        "revoke all on database {} from public",
        "grant connect, temporary on database {} to stegvis_app",
        "grant connect on database {} to stegvis_backup",
    ):
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def furnish_database(connection: Connection[Row]) -> None:
    """What only a superuser may make in a new database: exclusion constraints need btree_gist."""
    connection.execute("create extension if not exists btree_gist")
    connection.execute("grant usage on schema public to stegvis_app, stegvis_backup")
