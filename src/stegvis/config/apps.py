from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Carries the commands that know every room (load_demo, tenant, import)."""

    name = "stegvis.config"
    label = "stegvis_config"
