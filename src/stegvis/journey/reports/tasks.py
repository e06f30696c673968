"""The mail with the link. It holds no person: neither whose report it is nor who wrote it."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stegvis.journey.reports.actions.sending import MAIL_TASK, may_still_go, new_token
from stegvis.journey.reports.models import Link
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope
from stegvis.platform.tenancy.speech import speaking

log = structlog.get_logger()
RETRY = RetryStrategy(max_attempts=6, exponential_wait=60)  # ours: some two hours in all


class NotSent(Exception):
    """The mail server is away; the job is tried again and the page says so meanwhile."""


def address_of(base: str, tenant: uuid.UUID, token: str) -> str:
    """The municipality stands in the link: before the code nothing else says where to look."""
    place = base64.urlsafe_b64encode(tenant.bytes).decode().rstrip("=")
    return f"{base.rstrip('/')}/l/{place}{token}/"


@app.task(name=MAIL_TASK, queue="mail", retry=RETRY)
def mail_link(tenant: str, link: str, round: int, base: str) -> None:  # noqa: A002
    """Make a token, keep its hash, mail it. A link that was renewed or opened meanwhile is left."""
    place = uuid.UUID(tenant)
    town = Tenant.objects.get(pk=place)
    with _at_work(place):
        row = Link.objects.select_related("dispatch").filter(pk=link, round=round).first()
        if row is None or row.mail == Link.Mail.SENT or row.opened_at is not None:
            return
        if not may_still_go(row, timezone.now()):
            wrote("report_mail_stopped", [row.person_id], link=str(row.pk))
            return
        token = new_token(row)
        to = row.dispatch.recipient_address
    fault = _mailed(to, address_of(base, place, token), town)
    with _at_work(place):
        row = Link.objects.select_for_update().filter(pk=link, round=round).first()
        if row is None:  # renewed meanwhile: the new link's mail is yet to go
            return
        row.mail_tries += 1
        row.mail = Link.Mail.FAILED if fault else Link.Mail.SENT
        row.mailed_at = row.mailed_at if fault else timezone.now()
        row.fault = fault
        row.save_if_unchanged("mail_tries", "mail", "mailed_at", "fault")
        what = "report_mail_failed" if fault else "report_mailed"
        wrote(what, [row.person_id], link=str(row.pk), tries=row.mail_tries)
    if fault:
        log.warning("mail_not_sent", mail="report_link", fault=fault)
        raise NotSent


@contextmanager
def _at_work(tenant: uuid.UUID) -> Iterator[None]:
    """The job's own transaction, with its journal."""
    with scope(tenant, service="reports"), keeping(Page("report_mail", Purpose.JOB)):
        yield


def _mailed(to: str, address: str, town: Tenant) -> str:
    """The kind of fault, or nothing when it has gone."""
    with speaking(town.language, town.words):
        subject = _("A report from %(town)s") % {"town": town.name}
        body = _(
            "A report you have asked for waits for you here:\n\n%(address)s\n\n"
            "You open it with a code that is told you separately. The link opens once.\n"
        ) % {"address": address}
    try:
        EmailMessage(subject=subject, body=body, to=[to]).send()
    except OSError as fault:  # smtplib's faults are of this kind too
        return type(fault).__name__
    return ""
