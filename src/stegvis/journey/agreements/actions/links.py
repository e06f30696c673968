"""A company's link to one placement: made, told apart from its code, opened by one browser, ended.

Whatever is wrong with a link, nobody is told what.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app

from stegvis.journey.agreements.models import LINK_DAYS, EmployerLink
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.access.sealing import mark
from stegvis.platform.accounts.doors import new_token
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

CODE_DIGITS = 6
LAST_MONTH = dt.timedelta(days=45)  # ours: for how long after its end a last month is confirmed
MAIL_TASK = "agreements.mail"


@dataclass(frozen=True, slots=True)
class Given:
    """A new link: `token` is known here once and never again; empty when it goes by mail."""

    link: EmployerLink
    token: str


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def code_of(link: EmployerLink) -> str:
    """Six digits, told apart from the link: by telephone. Worked out, never kept."""
    raw = mark(link.tenant_id, f"employer-code:{link.pk}")
    return f"{int.from_bytes(raw[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def give_link(placement: Placement, *, by: Actor | None, base: str = "") -> Given:
    """A new link for the placement's contact person; an earlier one ends. With `base` it goes by
    mail, and its token is made where it is sent. Raises NotNow."""
    permit(by, Act.WRITE, placement.person_id, FieldClass.WORK)
    contact, on = placement.contact, current().on
    if placement.until is not None and placement.until + LAST_MONTH <= on:
        raise NotNow("over")
    if contact is None:
        raise NotNow("no_contact")
    if contact.until is not None and contact.until <= on:
        raise NotNow("not_there")
    if is_shielded(placement.person_id):
        raise NotNow("protected")
    if base and not contact.email:
        raise NotNow("no_address")
    _end(placement)
    token = "" if base else new_token(placement.tenant_id)
    row = EmployerLink(
        tenant_id=placement.tenant_id, person_id=placement.person_id, placement=placement,
        enrolment_id=placement.enrolment_id, contact=contact,
        token_hash=hashed(token or secrets.token_urlsafe(24)),
        expires_at=timezone.now() + dt.timedelta(days=LINK_DAYS),
        mail=EmployerLink.Mail.WAITING if base else EmployerLink.Mail.NONE,
        by_id=by.member if by else None,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("employer_link_given", [row.person_id], link=str(row.pk), mailed=bool(base))
    if base:
        job = app.configure_task(MAIL_TASK, queue="mail")
        job.defer(tenant=str(row.tenant_id), link=str(row.pk), base=base)
    return Given(row, token)


def _end(placement: Placement) -> None:
    rows = EmployerLink.objects.filter(placement=placement, revoked_at__isnull=True)
    for row in rows.select_for_update().order_by("pk"):
        row.revoked_at = timezone.now()
        row.save_if_unchanged("revoked_at")
        wrote("employer_link_ended", [row.person_id], link=str(row.pk))


def end_link(placement: Placement, *, by: Actor | None) -> None:
    """From this moment the company's link opens nothing."""
    permit(by, Act.WRITE, placement.person_id, FieldClass.WORK)
    _end(placement)


def renew_token(link: EmployerLink) -> str:
    """For the mail: a fresh token, kept as a hash alone."""
    token = new_token(link.tenant_id)
    link.token_hash = hashed(token)
    link.save_if_unchanged("token_hash")
    return token


# From outside. The scope is the municipality the link names, as its service.


def _found(token: str, *, lock: bool = False) -> EmployerLink | None:
    rows = EmployerLink.objects.filter(token_hash=hashed(token))
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found: EmployerLink | None = rows.select_related(
        "placement__site__company", "placement__enrolment", "person", "contact", "enrolment"
    ).first()
    return found


def stands(link: EmployerLink, at: dt.datetime) -> bool:
    """Whether it opens anything: asked at every request, also while it is in use."""
    on, placement, contact = current().on, link.placement, link.contact
    return (
        link.stands(at)
        and not (placement.until is not None and placement.until + LAST_MONTH <= on)
        and not (contact.until is not None and contact.until <= on)
        and not is_shielded(link.person_id)
    )


def opened(token: str, code: str, browser: str, *, at: dt.datetime) -> EmployerLink | None:
    """The link, for the first browser that has both it and its code; None for all else alike."""
    link = _found(token, lock=True)
    right = hmac.compare_digest((code_of(link) if link else "").encode(), code.encode())
    if link is None:
        return None
    if not stands(link, at):
        _refused(link, "over")
        return None
    if not right:
        EmployerLink.objects.filter(pk=link.pk).update(
            wrong_codes=F("wrong_codes") + 1, version=F("version") + 1
        )
        _refused(link, "code")
        return None
    if link.opened_by and link.opened_by != hashed(browser):
        _refused(link, "used")
        return None
    if not link.opened_by:
        link.opened_at, link.opened_by = at, hashed(browser)
    link.used_at = at
    link.save_if_unchanged("opened_at", "opened_by", "used_at")
    wrote("employer_link_opened", [link.person_id], link=str(link.pk))
    return link


def held(token: str, browser: str, *, at: dt.datetime) -> EmployerLink | None:
    """The link for the browser that opened it before."""
    link = _found(token) if browser else None
    if link is None or not link.opened_by or not stands(link, at):
        return None
    return link if hmac.compare_digest(link.opened_by, hashed(browser)) else None


def _refused(link: EmployerLink, reason: str) -> None:
    wrote("employer_link_refused", [link.person_id], sort=Sort.DENIED, reason=reason)
