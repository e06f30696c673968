"""Where a Chromium is, for the tests that look at pages and the screenshots in the docs."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    if named := os.environ.get("STEGVIS_CHROMIUM"):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)
