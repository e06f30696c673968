"""Which pages stand in whose rail, in what order."""

from __future__ import annotations

from stegvis.platform.ui.context import PLACES, Place


def lay_out() -> None:
    PLACES[:] = _places()


def _places() -> list[Place]:
    return []
