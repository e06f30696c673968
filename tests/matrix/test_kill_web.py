"""kill -9 of the web process, and of the database under it, while browsers send decisions.

A browser that got no answer sends the same form again, as a person presses the button again. What
was answered is there, nothing is there twice, and the chain of the journal verifies.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.stage import free_port, start_web
from tests.matrix.test_kill import NAME, Office, office

__all__ = ["office"]  # a fixture

PATIENCE = 90.0
FIELD = re.compile(r'name="(csrfmiddlewaretoken|submission|seen)" value="([^"]*)"')
STAY = re.compile(r'name="to" value="(\w+)"[^>]*>\s*<span><b>Stanna')


class _StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Browser(threading.Thread):
    """One colleague at one computer, deciding again and again that somebody stays."""

    def __init__(self, address: str, told: dict[str, str], count: int) -> None:
        super().__init__(daemon=True)
        self.address, self.told, self.count = address, told, count
        self.acked: list[str] = []
        self.fault: BaseException | None = None
        self.opener = urllib.request.build_opener(_StaysHere())
        self.cookies = {"session": told["session"], "django_language": "sv"}

    def run(self) -> None:
        try:
            for turn in range(self.count):
                self._decide(turn)
        except BaseException as fault:
            self.fault = fault

    def _decide(self, turn: int) -> None:
        path = f"/people/{self.told['person']}/steps/new/"
        page = self._until_answered(path, None)[1]
        form = dict(FIELD.findall(page))
        stay = STAY.search(page)
        assert stay, "the page offers to stay"
        form |= {"to": stay[1], "on": time.strftime("%Y-%m-%d"), "own_words": "Ja."}
        form["motivation"] = f"Talat igenom, gång {turn}."
        status, where = self._until_answered(path, urllib.parse.urlencode(form).encode())
        assert status == 302, "a form that is sent again is answered like the first"
        self.acked.append(where.rstrip("/").rpartition("/")[2])

    def _until_answered(self, path: str, body: bytes | None) -> tuple[int, str]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask(path, body)
            except (OSError, HTTPException, ServerDown):
                assert time.monotonic() < until, "the product did not come back"
                time.sleep(0.05)

    def _ask(self, path: str, body: bytes | None) -> tuple[int, str]:
        request = urllib.request.Request(self.address + path, body)  # noqa: S310 our own
        request.add_header("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        request.add_header("Referer", self.address + path)
        try:
            with self.opener.open(request, timeout=20) as answer:
                for said in answer.headers.get_all("Set-Cookie") or ():
                    name, _, value = said.partition(";")[0].partition("=")
                    self.cookies[name] = value
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise ServerDown from refused
            return refused.code, refused.headers.get("Location", "")


class ServerDown(Exception):
    """An answer that says nothing of the form: it is sent again."""


@pytest.fixture
def web(office: Office, tmp_path: Path) -> Iterator[Web]:
    made = Web(office, tmp_path / "web.log")
    try:
        yield made
    finally:
        made.kill()


class Web:
    def __init__(self, office: Office, log: Path) -> None:
        self.office, self.log, self.port = office, log, free_port()
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return start_web(self.office.cluster, NAME, self.log, self.port)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_and_start(self) -> None:
        self.kill()
        self.process = self._start()


def _run(web: Web, *, each: int, kills: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 to be run again from its number
    address = f"http://127.0.0.1:{web.port}"
    browsers = [Browser(address, told, each) for told in web.office.told.values()]
    for browser in browsers:
        browser.start()
    for turn in range(kills):
        time.sleep(0.3 + dice.random())
        if turn % 3 == 1:
            web.office.kill_database()
        else:
            web.kill_and_start()
    for browser in browsers:
        browser.join(PATIENCE * 4)
        if browser.fault:
            raise browser.fault
    decisions, events, (length, broken_at) = web.office.found()
    acked = Counter(key for browser in browsers for key in browser.acked)
    assert sum(acked.values()) == each * len(browsers)
    assert set(acked.values()) == {1}, "two forms were given one answer"
    assert acked.keys() <= decisions.keys(), "answered and lost"
    # Each form was sent until it was answered: what is stored beyond them is the cast's own.
    first = len(decisions) - len(acked)
    assert first == len([key for key in decisions if key not in acked])
    assert events == decisions
    assert broken_at is None
    assert length > len(decisions)


@pytest.mark.requirement("X-04", "INV-2")
def test_forms_sent_through_three_kills_are_stored_once(web: Web) -> None:
    _run(web, each=6, kills=3, seed=3)


@pytest.mark.night
def test_a_thousand_forms_through_forty_kills_are_stored_once(web: Web) -> None:
    _run(web, each=334, kills=40, seed=4)
