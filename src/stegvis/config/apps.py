import gc
from typing import override

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Carries the commands that know every room (load_demo, tenant, import)."""

    name = "stegvis.config"
    label = "stegvis_config"

    @override
    def ready(self) -> None:
        """The last app: what is loaded now stays, and need not be looked through again."""
        gc.freeze()
        gc.enable()
