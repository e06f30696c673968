"""The ways in of participants: a personal link with a code, and pictures on a shared device.

A link and a device's cookie carry the municipality's key, so that they lead there by themselves;
what is not ours leads nowhere, by the same steps. Every try costs the same whatever is wrong, and
what comes back is a way in or nothing: there is no reason to tell.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import os
import secrets
import unicodedata
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from stegvis.platform.accounts.models import (
    Guarded,
    PersonalLink,
    PicturePin,
    SharedDevice,
    User,
)
from stegvis.platform.tenancy.scope import current

# All ours. Twenty tries at a million codes, ten at 20,736 rows of pictures, then staff must renew.
EACH, WAIT = 5, dt.timedelta(minutes=15)
MOST = {PersonalLink: 20, PicturePin: 10}
LASTS = dt.timedelta(days=180)
DIGITS, PICKS = 6, 4
SALT_BYTES = 18
LONGEST = 100  # of anything sent to a door
NOWHERE = uuid.UUID(int=0)

# Pictures of the house (platform/ui/pictures). Twelve for the secret, told apart at a glance and
# by name; all of them may be somebody's own picture.
SECRET_PICTURES = (
    "bus", "coffee", "key", "plant", "heart", "hammer", "book", "home", "clock", "phone", "pan",
    "flag",
)  # fmt: skip
OWN_PICTURES = (
    *SECRET_PICTURES,
    "wash", "lunch", "talk", "clean", "folder", "people", "bulb", "truck", "scissors", "ear",
    "sound", "day",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody is let in. `by` is "link" or "picture"."""

    by: str
    person: uuid.UUID
    member: uuid.UUID
    user: User


@dataclass(frozen=True, slots=True)
class Tried:
    """`person` and `shut` are for the journal of whom it was tried on, never for the visitor."""

    way: Way | None
    person: uuid.UUID | None = None
    shut: bool = False


def new_token(tenant: uuid.UUID) -> str:
    return token_of(tenant, os.urandom(SALT_BYTES))


def token_of(tenant: uuid.UUID, salt: bytes) -> str:
    return base64.urlsafe_b64encode(tenant.bytes + salt).decode().rstrip("=")


def tenant_of(token: str) -> uuid.UUID:
    """Where a token leads; what is no token leads to a municipality that is not there."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return NOWHERE
    return uuid.UUID(bytes=raw[:16]) if len(raw) == len(NOWHERE.bytes) + SALT_BYTES else NOWHERE


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digits(typed: str) -> str:
    """A code as it was meant: written in groups, or in the digits of another script."""
    return "".join(str(unicodedata.decimal(sign)) for sign in typed[:LONGEST] if sign.isdecimal())


def kept(secret: str, owner: uuid.UUID) -> str:
    """What is stored of a secret; `owner` is the key of its row. Under the installation's key,
    which is not in the database: six digits have too few values for a slow hash to hide them in a
    stolen table, and a slow one here would let anybody keep the server busy."""
    message = f"way-in:{owner}:{secret}".encode()
    return hmac.new(settings.SEALING_KEY.encode(), message, hashlib.sha256).hexdigest()


def _fits(secret: str, row: Guarded | None) -> bool:
    """The same work for what is not there as for what is."""
    owner, stored = (row.pk, row.secret) if row else (NOWHERE, "0" * 64)
    return hmac.compare_digest(kept(secret, owner), stored) and row is not None


def try_link(token: str, code: str) -> Tried:
    """Inside a scope of the municipality the token leads to. One try is one try, also at once."""
    rows = PersonalLink.links.open().select_for_update(of=("self",)).select_related("member__user")
    return _try(rows.filter(digest=digest(token)).first(), digits(code), "link")


def device_of(token: str) -> SharedDevice | None:
    found: SharedDevice | None = SharedDevice.devices.open().filter(digest=digest(token)).first()
    return found


def try_pictures(device: SharedDevice | None, picture: str, picked: str) -> Tried:
    """`picked`: the four pictures' names with commas between."""
    rows = PicturePin.pins.open().select_for_update(of=("self",)).select_related("member__user")
    row = rows.filter(device=device, picture=picture).first() if device else None
    return _try(row, picked, "picture")


def _try(row: Guarded | None, secret: str, by: str) -> Tried:
    right = _fits(secret, row)
    if row is None:
        return Tried(None)
    now = timezone.now()
    if row.expires_on <= current().on or (row.shut_until and row.shut_until > now):
        return Tried(None, row.person, shut=True)
    if not right:
        return Tried(None, row.person, shut=_count(row, now))
    row.tries, row.shut_until, row.used_at = 0, None, now
    row.save_if_unchanged("tries", "shut_until", "used_at")
    return Tried(Way(by, row.person, row.member_id, row.member.user), row.person)


def _count(row: Guarded, now: dt.datetime) -> bool:
    """One wrong try more. Whether it was the one that shut the door."""
    row.tries += 1
    if row.tries >= MOST[type(row)]:
        row.closed_at = now
    elif row.tries % EACH == 0:
        row.shut_until = now + WAIT
    row.save_if_unchanged("tries", "shut_until", "closed_at")
    return row.closed_at is not None or row.tries % EACH == 0


def end_sessions(user: User) -> None:
    """Every session of a user rests on a digest of the password; a new unusable one ends them."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
