"""One browser per process: Playwright's loop can be started only once in a thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from stegvis.config.browser import find_chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # Else it starts a process ahead for a page that may come: every third it started.
    "--disable-features=SpareRendererForSitePerProcess",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code. It is
    # none: whoever calls the database here waits for it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()
