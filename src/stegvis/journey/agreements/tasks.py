"""The mail with a company's link. It names no person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stegvis.journey.agreements.actions.links import MAIL_TASK, renew_token
from stegvis.journey.agreements.models import EmployerLink
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope
from stegvis.platform.tenancy.speech import speaking

log = structlog.get_logger()
RETRY = RetryStrategy(max_attempts=6, exponential_wait=60)  # ours: some two hours in all


class NotSent(Exception):
    """The mail server is away; the job is tried again and the page says so meanwhile."""


@app.task(name=MAIL_TASK, queue="mail", retry=RETRY)
def mail_link(tenant: str, link: str, base: str) -> None:
    """Make a token, keep its hash, mail it. A link that has ended or was opened is left."""
    place = uuid.UUID(tenant)
    town = Tenant.objects.get(pk=place)
    with _at_work(place):
        row = EmployerLink.objects.select_related("contact").filter(pk=link).first()
        sent = row is None or row.mail == EmployerLink.Mail.SENT
        if row is None or sent or row.revoked_at or row.opened_at or is_shielded(row.person_id):
            return
        token, to = renew_token(row), row.contact.email
    fault = _mailed(to, f"{base.rstrip('/')}/w/{token}/", town)
    with _at_work(place):
        row = EmployerLink.objects.select_for_update().get(pk=link)
        row.mail = EmployerLink.Mail.FAILED if fault else EmployerLink.Mail.SENT
        row.save_if_unchanged("mail")
        what = "employer_mail_failed" if fault else "employer_link_mailed"
        wrote(what, [row.person_id], link=str(row.pk))
    if fault:
        log.warning("mail_not_sent", mail="employer_link", fault=fault)
        raise NotSent


@contextmanager
def _at_work(tenant: uuid.UUID) -> Iterator[None]:
    with scope(tenant, service="agreements"), keeping(Page("employer_mail", Purpose.JOB)):
        yield


def _mailed(to: str, address: str, town: Tenant) -> str:
    """The kind of fault, or nothing when it has gone."""
    with speaking(town.language, town.words):
        subject = _("An agreement with %(town)s") % {"town": town.name}
        body = _(
            "What you agree on with us waits for you here:\n\n%(address)s\n\n"
            "You open it with a code that is told you separately. The link is for you alone.\n"
        ) % {"address": address}
    try:
        EmailMessage(subject=subject, body=body, to=[to]).send()
    except OSError as fault:  # smtplib's faults are of this kind too
        return type(fault).__name__
    return ""
