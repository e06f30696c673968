"""The address of somebody's own week, for their calendar: made, ended and opened by themselves.

The address is worked out from a key of the municipality and the row's own; the table keeps what it
is known again by. Whoever has it reads the week: so it says no name, and nobody protected has one.
"""

from __future__ import annotations

import base64
import hashlib
import uuid

from django.utils import timezone

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week.models import Feed
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.access.sealing import mark
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

SECRET = 24  # octets


def open_feed(enrolment: Enrolment, *, by: Actor) -> Feed:
    """Another address; the one before leads nowhere from now on. Raises NotNow: "protected"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.DISCLOSURE)
    if is_shielded(enrolment.person_id):
        raise NotNow("protected")
    Enrolment.enrolments.select_for_update().only("pk").get(pk=enrolment.pk)
    _end(enrolment.person_id)
    key, tenant = uuid7(), current().tenant
    row = Feed(
        id=key,
        tenant_id=tenant,
        person_id=enrolment.person_id,
        enrolment=enrolment,
        mark=_hashed(_secret(tenant, key)),
    )
    row.save(force_insert=True)
    wrote("feed_opened", [enrolment.person_id])
    return row


def end_feed(person: uuid.UUID, *, by: Actor) -> None:
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    _end(person)
    wrote("feed_ended", [person])


def _end(person: uuid.UUID) -> None:
    for row in Feed.feeds.filter(person=person, until__isnull=True).order_by("id"):
        row.until = timezone.now()
        row.save_if_unchanged("until")


def token_of(row: Feed) -> str:
    """The municipality and the secret: before the secret nothing else says where to look."""
    place = base64.urlsafe_b64encode(row.tenant_id.bytes).decode().rstrip("=")
    return place + _secret(row.tenant_id, row.pk)


def feed_of(secret: str) -> Feed | None:
    """The feed that still holds, of somebody whose place may be told. In the municipality that is
    open, as its service: there is nobody signed in."""
    rows = Feed.feeds.filter(mark=_hashed(secret), until__isnull=True)
    row: Feed | None = rows.filter(enrolment__until__isnull=True).first()
    return None if row is None or is_shielded(row.person_id) else row


def _secret(tenant: uuid.UUID, key: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(mark(tenant, f"week-feed:{key}")[:SECRET]).decode()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
