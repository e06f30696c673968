"""What the journal needs done at night."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="journal_months")
def make_months(timestamp: int) -> int:
    """Make the partitions of the months ahead, so that no event ever falls into the rest table."""
    with connection.cursor() as cursor:
        cursor.execute("select journal_months()")
        (made,) = cursor.fetchone()
    return int(made)
