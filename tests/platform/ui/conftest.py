"""Pages here are rendered without a server: addresses of static files are the plain ones."""

from __future__ import annotations

from typing import Any

import pytest

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _plain_static(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}
    settings.ROOT_URLCONF = "tests.platform.ui.addresses"
