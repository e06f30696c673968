"""Monday, seven o'clock: every tablet at once, and each sends everything twice."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from stegvis.journey.attendance.models import Attendance, Statement
from tests.cast.building import as_member
from tests.journeys.stage import PEOPLE, Stage

CSRF = "c" * 32
TABLETS = 8


def _ask(stage: Stage, cookie: str, path: str, form: dict[str, Any] | None = None) -> str:
    """As the page's script asks: where it is led to, it follows."""
    line = http.client.HTTPConnection(urlsplit(stage.address).netloc, timeout=60)
    headers = {"Cookie": f"session={cookie}; csrftoken={CSRF}"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        form |= {"csrfmiddlewaretoken": CSRF}
    body = None if form is None else urlencode(form)
    line.request("GET" if form is None else "POST", path, body, headers)
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    if answer.status == 302:
        return _ask(stage, cookie, answer.headers["Location"])
    assert answer.status == 200, (answer.status, said[:300])
    return said


def _weekdays(before: dt.date, number: int) -> list[dt.date]:
    found: list[dt.date] = []
    while len(found) < number:
        before -= dt.timedelta(days=1)
        if before.isoweekday() <= 5:
            found.append(before)
    return found


def _burst(stage: Stage, who: Any, days: list[dt.date]) -> None:
    cookie = stage.cookie("vera")
    sending = []
    for day in days:
        path = "/".join(("", "attendance", str(day), "work", ""))
        slots = re.findall(r'data-slot="([^"]+)"', _ask(stage, cookie, path))
        assert len(slots) >= PEOPLE
        for turn, slot in enumerate(slots):
            mark = {"slot": slot, "code": "h", "turn": turn, "key": str(uuid.uuid4()), "ago": 0}
            sending.append((path, {"marks": json.dumps([mark]), "device": f"t{turn % TABLETS}"}))
    with ThreadPoolExecutor(TABLETS) as tablets:
        answers = list(
            tablets.map(
                lambda one: json.loads(_ask(stage, cookie, one[0], {**one[1], **_key()})),
                [one for pair in sending for one in (pair, pair)],
            )
        )
    assert all(told["touches"] == ["stored"] for told in answers)
    with stage.backstage(), as_member(who):
        rows = Attendance.attendances.filter(on__in=days, what="work")
        assert rows.count() == len(sending)
        assert Statement.objects.filter(on__in=days, what="work").count() == len(sending)


def _key() -> dict[str, str]:
    return {"submission": str(uuid.uuid4())}


@pytest.mark.requirement("KN-43")
def test_what_a_days_tablets_send_twice_is_stored_once(stage: Stage, vera: Any) -> None:
    _burst(stage, vera, _weekdays(stage.cast.on - dt.timedelta(days=8), 1))


@pytest.mark.night
@pytest.mark.requirement("KN-43")
def test_three_hundred_marks_sent_twice_are_three_hundred_rows(stage: Stage, vera: Any) -> None:
    _burst(stage, vera, _weekdays(stage.cast.on - dt.timedelta(days=21), 14))
