"""A process that decides, again and again, and says what it was told was stored.

    python -m tests.matrix.writer build                     a line of JSON: who decides about whom
    python -m tests.matrix.writer write WHO COUNT [KEY]

The second says "try KEY", and after the commit "ack KEY DECISION"; every tenth time it takes in a
list instead, and says "ack KEY FILE". It is killed in the middle by test_kill.py, and begun anew
with the key it had not heard back about.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
import uuid
from typing import Any

import django
from django.db import IntegrityError, InterfaceError, OperationalError, connection

PATIENCE = 60.0  # seconds; the database comes back after its recovery
PROGRAMME = "jobbtrappa"
IMPORTS = 10  # one in so many keys is a list; which, the key itself says


def build() -> None:
    from tests.cast.building import build as built
    from tests.cast.visiting import sign_in

    cast = built()

    def session(who: str) -> str:
        """Of one who has only just come, however long ago the towns were built."""
        session = sign_in(cast[who]).session
        del session["seen"]
        session.save()
        return str(session.session_key)

    pairs = [("asta", "own"), ("aron", "same_unit"), ("birger", "other_unit")]
    print(
        json.dumps(
            {
                who: {
                    "tenant": str(cast.ekdala.tenant),
                    "member": str(cast[who].member),
                    "unit": str(cast[who].unit),
                    "enrolment": str(cast.person(whom).enrolment),
                    "person": str(cast.person(whom).person),
                    "session": session(who),
                }
                for who, whom in pairs
            }
        )
    )


def write(told: dict[str, str], count: int, waiting: str) -> None:
    for turn in range(count):
        key = waiting if turn == 0 and waiting else str(uuid.uuid4())
        _say("try", key)
        _say("ack", key, _stored(told, uuid.UUID(key)))


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def _stored(told: dict[str, str], key: uuid.UUID) -> str:
    """As a browser does that got no answer: the same form once more, until there is one."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _import(told, key) if key.int % IMPORTS == 0 else _decide(told, key)
        except (OperationalError, InterfaceError):
            if time.monotonic() > until:
                raise
            connection.close()
            time.sleep(0.05)


def _decide(told: dict[str, str], key: uuid.UUID) -> str:
    from stegvis.journey.steps import actions
    from stegvis.journey.steps.models import StepDecision
    from stegvis.platform.access.decision import Actor, Holding, Purpose
    from stegvis.platform.accounts.models import Role
    from stegvis.platform.journal.writing import Page, keeping
    from stegvis.platform.tenancy.scope import scope

    tenant, member = uuid.UUID(told["tenant"]), uuid.UUID(told["member"])
    actor = Actor(tenant, member, (Holding(Role.CASE_WORKER, uuid.UUID(told["unit"])),))
    page = Page(what="writer", purpose=Purpose.CASE_WORK)
    try:
        with scope(tenant, member=member), keeping(page):
            earlier = StepDecision.objects.filter(submission=key).first()
            if earlier:
                return str(earlier.pk)
            new = _next(uuid.UUID(told["enrolment"]))
            return str(
                actions.decide(uuid.UUID(told["enrolment"]), new, by=actor, submission=key).pk
            )
    except IntegrityError as error:
        raise OperationalError from error  # two of us with one key: the other one's stands


def _import(told: dict[str, str], key: uuid.UUID) -> str:
    """The same list sent again is the same file with the same rows."""
    from stegvis.integrations.imports.answering import take_in
    from stegvis.integrations.imports.judged import Sending
    from stegvis.platform.access.decision import Purpose
    from stegvis.platform.journal.writing import Page, keeping
    from stegvis.platform.tenancy.scope import scope, today

    rows = "\n".join(f";Lista{key.hex[:6]} Rad{n}sson;" for n in range(3))
    data = f"Personnr;Namn;Anm\n{rows}".encode()
    unit = uuid.UUID(told["unit"])
    sending = Sending(data, f"{key}.csv", "participants", today(), programme=PROGRAMME, unit=unit)
    try:
        with (
            scope(uuid.UUID(told["tenant"]), service="writer"),
            keeping(Page(what="writer", purpose=Purpose.JOB)),
        ):
            return str(take_in(sending).pk)
    except IntegrityError as error:
        raise OperationalError from error


def _next(enrolment: uuid.UUID) -> Any:
    """Mostly they stay; now and then a step up or down, a day after the one before, for as long as
    there are days."""
    from stegvis.journey.standing.models import StepPeriod
    from stegvis.journey.steps.actions import NewDecision
    from stegvis.journey.steps.models import StepDecision
    from stegvis.platform.tenancy.scope import today

    period = StepPeriod.periods.standing().get(enrolment=enrolment, until__isnull=True)
    has_days = period.since < today() - dt.timedelta(days=1)
    moves = has_days and StepDecision.objects.filter(enrolment=enrolment).count() % 4 == 0
    to = {"s2": "s3", "s3": "s2"}[period.step] if moves else period.step
    return NewDecision(
        to_step=to,
        effective_on=min(period.since + dt.timedelta(days=1), today()),
        grounds="Enligt samtal.",
        own_words_missing="not_asked",
        seen=period.pk,
    )


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        build()
    else:
        write(json.loads(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else "")
