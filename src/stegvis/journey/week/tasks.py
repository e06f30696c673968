"""Working out a week takes seconds of a processor: never while somebody waits for a page."""

from __future__ import annotations

import time
import uuid

from procrastinate.contrib.django import app

from stegvis.journey.week.actions.proposals import QUEUE, TASK
from stegvis.journey.week.actions.working import work_out


@app.task(name=TASK, queue=QUEUE)
def propose(tenant: str, proposal: str, member: str) -> None:
    work_out(uuid.UUID(tenant), uuid.UUID(proposal), uuid.UUID(member), clock=time.monotonic)
