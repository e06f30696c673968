import gc
from typing import Any, override

from django.apps import AppConfig
from django.contrib.auth import apps as auth
from django.contrib.contenttypes import apps as contenttypes


class ConfigApp(AppConfig):
    """Carries the commands that know every room (load_demo, tenant, import)."""

    name = "stegvis.config"
    label = "stegvis_config"

    @override
    def ready(self) -> None:
        """The last app: what is loaded now stays, and need not be looked through again."""
        _leave_out_django_s_rights()
        gc.freeze()
        gc.enable()


def _leave_out_django_s_rights() -> None:
    """Four rights for each model, which nobody here is ever given (rights are grants of a
    municipality, access/decision.py): a seventh of what migrating cost."""
    rights: Any = auth  # what they listen to is not in their types
    names: Any = contenttypes
    rights.post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    names.post_migrate.disconnect(names.create_contenttypes)
