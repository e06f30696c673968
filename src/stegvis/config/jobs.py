"""What the worker does: every room's tasks, and with them nearly all verbs. Who works loads them; a
web process, a migration or a command would load them for nothing."""

from __future__ import annotations

from django.utils.module_loading import autodiscover_modules

autodiscover_modules("tasks")
