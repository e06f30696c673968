"""The library of the triggers, without what a start does not need.

Migrations put the triggers into the database, and read them off the models when they are written.
pgtrigger's own list of them serves commands that do it another way; while it is filled, each is
compared with all others.
"""

from __future__ import annotations

from typing import Any, override

import pgtrigger.apps

_library: Any = pgtrigger.apps  # has no types


class Triggers(pgtrigger.apps.PGTriggerConfig):
    @override
    def ready(self) -> None:
        _library.patch_migrations()
        _library.patch_schema_editor()
