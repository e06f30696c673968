"""Verifying the chain: every event again, from the first to the head."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Chain:
    """`broken_at`: the first number where the chain fails, or None. `length`: events read."""

    length: int
    broken_at: int | None
    head: bytes


def verify() -> Chain:
    """Recompute the open municipality's chain in the database. Finds edits, holes, swaps and a
    removed tail; a tail removed together with a rewound head shows only against an anchor kept
    elsewhere (docs/howto/anchor_the_journal.md)."""
    with connection.cursor() as cursor:
        cursor.execute("select length, broken_at, head from journal_verify()")
        length, broken_at, head = cursor.fetchone()
    return Chain(length=length, broken_at=broken_at, head=bytes(head))
