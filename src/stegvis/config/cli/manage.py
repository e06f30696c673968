"""Django's management commands, against the database the environment names, else the demo's."""

from __future__ import annotations

import os

from stegvis.config.cli.stored import database_at_hand


def run(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stegvis.config.settings")
    with database_at_hand(needed=words[:1] not in ([], ["help"], ["makemigrations"], ["check"])):
        execute_from_command_line(["./run manage", *words])
    return 0
