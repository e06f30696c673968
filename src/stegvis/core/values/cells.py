"""What stands in a cell of a file that somebody opens in a spreadsheet."""

from __future__ import annotations

# A spreadsheet takes a cell that begins so for a formula, also behind spaces and signs of no width
# and in the wide forms a Japanese keyboard writes.
_WORKED_OUT = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEFORE = " \xa0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"


def shown(text: str) -> str:
    """A cell that a spreadsheet shows and never works out."""
    return f"'{text}" if text.lstrip(_BEFORE).startswith(_WORKED_OUT) else text
