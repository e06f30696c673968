"""What every test has. Tests of the core run without Django (tests/house proves it), so what needs
Django stands in tests/ground.py and is loaded only where Django is."""

from __future__ import annotations

import gc
import os
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

try:
    import django as _django  # noqa: F401
except ModuleNotFoundError:
    pytest_plugins: list[str] = []
else:
    pytest_plugins = ["tests.ground", "tests.cast.fixtures", "tests.browser"]


# How fast a shared machine draws an example says nothing of the rule under test. At night more, and
# others each time; in the gate the same each time, so that what passed there passes again.
settings.register_profile(
    "push",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=50,
    derandomize=True,
)
settings.register_profile(
    "night", settings.get_profile("push"), max_examples=500, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "push"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's journeys first. They are few and long, and stand on a town that is served: at
    the front of the first worker's share nobody takes some of them over, town and all, when the
    run ends."""
    items.sort(key=lambda item: "/journeys/" not in item.path.as_posix())


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What has been read by now, eight thousand tests among it, stays to the end: no search for
    what may be thrown away looks at it again."""
    gc.collect()
    gc.freeze()


class ReachedOut(Exception):
    """What a test proves must not hang on the weather elsewhere."""


@pytest.fixture(autouse=True)
def _stays_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            raise ReachedOut(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)
