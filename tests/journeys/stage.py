"""A town for the browser: the cast's municipalities in a database of their own, served as they are
in production, with a few more people for whom something is about to happen."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connections

from stegvis.config.checkout import ROOT
from stegvis.config.postgres import Cluster
from stegvis.journey.attendance.facts import group
from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.actions import NewPerson, register
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.reports.actions.sending import MAIL_TASK
from stegvis.journey.reports.tasks import mail_link
from stegvis.journey.standing.actions import judge
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.workplaces.models import WorkArea, Workplace
from stegvis.platform.tenancy.scope import today
from tests.cast.building import as_member, as_service
from tests.cast.people import Cast, Colleague
from tests.cast.visiting import sign_in
from tests.journey.attendance.conftest import join

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PATIENCE = 30.0
PEOPLE = 22  # of a supervisor (KN-58)

# Asta's, on step 2, with every criterion of step 3 judged as met. key: (given, family)
READY = {
    "rosa": ("Rosa", "Beslutsten"),  # decided about with the mouse
    "runa": ("Runa", "Rättelund"),  # decided about wrongly, and corrected
    "disa": ("Disa", "Dubbelklint"),  # decided about by an impatient hand
    "ulla": ("Ulla", "Utanskript"),  # decided about where no script runs
    "tage": ("Tage", "Tangentberg"),  # decided about with the keys alone
}


@dataclass(slots=True)
class Stage:
    """`address` is where the product answers; `people` are the keys of those in this file."""

    cast: Cast
    cluster: Cluster
    database: str
    address: str
    people: dict[str, uuid.UUID] = field(default_factory=dict)

    @contextmanager
    def backstage(self) -> Iterator[None]:
        """Inside, this process's own connection stands in the stage's database."""
        wrapper = connections["default"]
        before = wrapper.settings_dict["NAME"]
        wrapper.close()
        wrapper.settings_dict["NAME"] = self.database
        try:
            yield
        finally:
            wrapper.close()
            wrapper.settings_dict["NAME"] = before

    def cookie(self, who: str) -> str:
        """The session of a colleague who has signed in with both factors."""
        with self.backstage():
            return sign_in(self.cast[who]).cookies[settings.SESSION_COOKIE_NAME].value

    def decisions(self, key: str) -> list[Any]:
        """What has been decided about somebody, oldest first, as the database has it."""
        colleague = self.cast["asta"]
        with self.backstage(), as_member(colleague):
            rows = steps.StepDecision.objects.filter(person=self.people[key])
            return list(rows.order_by("created_at", "id"))

    def day(self, days: int) -> str:
        """So many days from today, as a field for a day takes it."""
        return (self.cast.on + dt.timedelta(days=days)).isoformat()

    def posted(self) -> EmailMessage:
        """The worker does the mail that was asked for last; the letter as it left the house."""
        from procrastinate.contrib.django.models import ProcrastinateJob

        mail.outbox = []
        with self.backstage():
            job = ProcrastinateJob.objects.filter(task_name=MAIL_TASK).latest("id")
            mail_link.func(**job.args)
        letter: EmailMessage = mail.outbox[-1]
        return letter


def people_the_stage(stage: Stage) -> None:
    """Everybody of this file, through the product's own verbs."""
    asta = stage.cast["asta"]
    for turn, (key, (given, family)) in enumerate(READY.items()):
        row = enrolled(asta, NewPerson(given=given, family=family), stage.cast.on, turn)
        stage.people[key] = row.person_id
        decided(row, asta, "s2", days=150)
        with as_member(asta):
            for criterion in ("more_self_going", "needs_less_support"):
                judge(
                    row, by=asta.actor, criterion=criterion, met=True,
                    basis="Fyra veckor i verkstaden.", on=stage.cast.on - dt.timedelta(days=2),
                )  # fmt: skip
    stage.people["mette"] = _restarted(stage)
    _renewed(asta)


def group_of_vera(stage: Stage) -> Colleague:
    """Her people are as many as a supervisor has, and there are two areas for them."""
    vera = stage.cast["vera"]
    with as_member(vera):
        already = len(group(vera.actor, on=stage.cast.on))
    join(stage.cast, PEOPLE - already)
    tenant, unit = vera.town.tenant, vera.town.units[0]
    with as_service(tenant):
        place = Workplace(tenant_id=tenant, unit_id=unit, name="Huset")
        place.save(force_insert=True)
        for code, name in (("wash", "Tvätten"), ("yard", "Gården")):
            area = {"workplace": place, "code": code, "name": name, "places": 12}
            WorkArea(tenant_id=tenant, **area).save(force_insert=True)
    return vera


def _renewed(worker: Colleague) -> None:
    """A newer version of their programme: those under way stay on the older one (INV-3)."""
    text = (ROOT / "programmes" / "jobbtrappa" / "model.yaml").read_text(encoding="utf-8")
    newer = text.replace("version: 1\n", "version: 2\n", 1).replace(
        "value: 0.9,", "value: 0.85,", 1
    )
    with as_service(worker.town.tenant):
        publish(newer, on=today())


def _restarted(stage: Stage) -> uuid.UUID:
    """Somebody in Birkesø who stopped at a workplace and began again (FM-03)."""
    inge, mads = stage.cast["inge"], stage.cast["mads"]
    new = NewPerson(given="Mette", family="Genstart")
    row = enrolled(inge, new, stage.cast.on, 7)
    with as_service(inge.town.tenant):
        intake.assign(
            row, by=None, member=mads.member, part=Assignment.Part("job_mediator"),
            since=row.since,
        )  # fmt: skip
    for step, days in (("t1", 280), ("t2", 240), ("t3", 180), ("t2", 120), ("t3", 60)):
        decided(row, inge, step, days=days)
    return row.person_id


def enrolled(worker: Colleague, new: NewPerson, on: dt.date, turn: int) -> Enrolment:
    town = worker.town
    received = on - dt.timedelta(days=300 + turn)
    with as_service(town.tenant):
        person = register(new, country=town.country, on=on).pk
        order = intake.Order(verb="train", what="hålla tider", why="Söker arbete.")
        asked = intake.NewReferral(
            person=person, unit=town.units[0], referrer_kind="OTHER", received_on=received,
            orders=(order,),
        )  # fmt: skip
        referral = intake.receive_referral(asked)
        intake.accept(referral, by=None, on=received)
        version = ProgrammeVersion.versions.get(pk=town.version)
        opened = intake.NewEnrolment(programme=version, since=received, agency="OTHER")
        row = intake.enrol(referral, opened, by=None)
        intake.assign(
            row, by=None, member=worker.member, part=Assignment.Part("case_worker"),
            since=received,
        )  # fmt: skip
    return row


def decided(row: Enrolment, worker: Colleague, step: str, *, days: int) -> None:
    with as_member(worker):
        seen = StepPeriod.periods.filter(enrolment=row, until__isnull=True).values_list("pk")
        new = steps.NewDecision(
            to_step=step,
            effective_on=today() - dt.timedelta(days=days),
            grounds="Talat igenom.",
            own_words="Ja.",
            seen=next((pk for (pk,) in seen.order_by("pk")), None),
        )
        steps.decide(row.pk, new, by=worker.actor)


def second_factor(stage: Stage, who: str) -> None:
    """A colleague who has once set up an authenticator with SECRET."""
    from allauth.mfa.totp.internal.auth import TOTP

    with stage.backstage():
        TOTP.activate(stage.cast[who].user, SECRET)


def code(secret: str, at: float | None = None) -> str:
    """RFC 6238 with the usual choices: SHA-1, 30 seconds, six digits."""
    moment = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    padded = secret.upper() + "=" * (-len(secret) % 8)
    digest = hmac.new(base64.b32decode(padded), moment, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def start_web(cluster: Cluster, database: str, log: Path, port: int) -> subprocess.Popen[bytes]:
    """The product under its own web server, in a process group of its own; it answers."""
    own = {
        "DATABASE_URL": cluster.url("stegvis_app", database),
        "STEGVIS_OWNER_DATABASE_URL": cluster.url("stegvis_owner", database),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "stegvis.config.settings",
        "STEGVIS_DEMO": "",
        "STEGVIS_LANGUAGES_IN_REVIEW": "ar",  # for the frame that runs from right to left
        "STEGVIS_PRODUCTION": "",
    }
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    words += ["--blocking-threads", "4", "--backpressure", "128"]  # counts idle connections too
    words += ["--log-level", "warning", "stegvis.config.wsgi:application"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *words],
            env=os.environ | own, cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    _wait(f"http://127.0.0.1:{port}/healthz", process, log)
    return process


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(cluster: Cluster, database: str, log: Path) -> Iterator[str]:
    """The product under its own web server, on the database given; yields its address."""
    port = free_port()
    process = start_web(cluster, database, log, port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310 our own
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not answer: {log.read_text()[-2000:]}")
