"""What the journal needs done at night."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from stegvis.platform.journal.tasks import make_months


@pytest.mark.django_db
def test_the_months_ahead_are_there_after_the_night() -> None:
    make_months(timestamp=0)
    first = dt.datetime.now(dt.UTC).date().replace(day=1)
    ahead = [(first + dt.timedelta(days=31 * n)).strftime("%Y%m") for n in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname like 'journal_event_2%%'")
        made = {name.removeprefix("journal_event_") for (name,) in cursor.fetchall()}
    assert set(ahead) <= made


def test_the_night_is_on_the_calendar() -> None:
    calendar = app.periodic_registry.periodic_tasks.values()
    planned = {entry.task.name: entry.cron for entry in calendar}
    assert planned["stegvis.platform.journal.tasks.make_months"] == "20 3 * * *"
