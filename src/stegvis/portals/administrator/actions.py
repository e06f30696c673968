"""The verbs of staff, roles and words. Each is journaled with codes and keys, never with names."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from stegvis.platform.accounts.models import Grant, Member, Role, User
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow, Tenant, Unit
from stegvis.platform.tenancy.scope import current


class Refused(Exception):
    """The act would break a rule of the house; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to be given. `unit` None: in the whole municipality. `until` is half-open."""

    role: Role
    unit: Unit | None
    since: dt.date
    until: dt.date | None
    need: str


@dataclass(frozen=True, slots=True)
class NewMember:
    name: str
    email: str
    title: str = ""
    signature: str = ""
    unit: Unit | None = None


def invite(new: NewMember, first: NewRole, *, by: uuid.UUID | None) -> Member:
    """A member with a first role and an account of their own.

    Raises Refused: "is_member" when the address belongs to a member already, "elsewhere" when it
    signs in to another municipality. Whose hand made that account is not known here: it may hold
    the password, and would come in under the colleague's name.
    """
    address = new.email.strip().lower()
    known = User.objects.filter(email=address).first()
    if known is not None:
        here = Member.members.filter(user=known).exists()
        raise Refused("is_member" if here else "elsewhere")
    user = _account(address, new.name)
    member = Member(
        tenant_id=current().tenant,
        user=user,
        name=new.name,
        title=new.title,
        signature=new.signature,
        unit=new.unit,
    )
    member.save(force_insert=True)
    wrote("staff_invited", member=str(member.pk), created=True)
    give(member, first, by=by)
    return member


def _account(address: str, name: str) -> User:
    """Two who invite the same address at once: the second is told."""
    try:
        with transaction.atomic():
            return User.objects.create_user(address, None, name=name)
    except IntegrityError:
        raise Refused("is_member") from None


def first_link(user: User) -> str:
    """The path by which somebody who has never signed in chooses a password. It holds as long as
    Django's password links do and until a password is set."""
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def give(member: Member, new: NewRole, *, by: uuid.UUID | None) -> Grant:
    """Raises Refused: "own_role" (nobody gives themselves a role), "left", "has_it"."""
    if member.pk == by:
        raise Refused("own_role")
    if member.left_on is not None:
        raise Refused("left")
    same = Grant.grants.filter(member=member, role=new.role, unit=new.unit)
    if same.filter(Q(until__isnull=True) | Q(until__gt=new.since)).exists():
        raise Refused("has_it")
    grant = Grant(
        tenant_id=current().tenant,
        member=member,
        role=new.role,
        unit=new.unit,
        since=new.since,
        until=new.until,
        need=new.need,
        given_by_id=by,
    )
    grant.save(force_insert=True)
    wrote(
        "role_given",
        grant=str(grant.pk),
        member=str(member.pk),
        role=new.role,
        unit=str(new.unit.pk) if new.unit else None,
        since=new.since.isoformat(),
        until=new.until.isoformat() if new.until else None,
    )
    return grant


def end(grant: Grant, *, until: dt.date) -> None:
    """From `until` on the role does not hold. Raises StaleRow, Refused("last_administrator")."""
    if grant.role == Role.ADMINISTRATOR:
        _another_administrator(grant.member_id)
    grant.until = max(until, grant.since)
    grant.save_if_unchanged("until")
    wrote("role_ended", grant=str(grant.pk), until=grant.until.isoformat())


def leave(member: Member, *, on: dt.date) -> None:
    """The member has left from `on`; on that day's next request every session is over. Roles end
    with it, so that coming back does not quietly bring them back. Raises as `end`."""
    if Grant.grants.filter(member=member, role=Role.ADMINISTRATOR).held(on).exists():
        _another_administrator(member.pk)
    member.left_on = on
    member.save_if_unchanged("left_on")
    for grant in member.grants.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("id"):
        grant.until = max(on, grant.since)
        grant.save_if_unchanged("until")
    wrote("staff_left", member=str(member.pk), on=on.isoformat())


def return_to_work(member: Member) -> None:
    """Back again, without any role until one is given."""
    member.left_on = None
    member.save_if_unchanged("left_on")
    wrote("staff_returned", member=str(member.pk))


def _another_administrator(leaving: uuid.UUID) -> None:
    """A municipality without an administrator could never get one again by itself."""
    lasting = Grant.grants.filter(role=Role.ADMINISTRATOR, until__isnull=True, unit__isnull=True)
    others = lasting.filter(member__left_on__isnull=True, since__lte=current().on)
    # Held: two administrators who end each other's role at once follow each other.
    held = list(others.select_for_update(of=("self",)).values_list("member", flat=True))
    if not set(held) - {leaving}:
        raise Refused("last_administrator")


def call_participants(chosen: Mapping[str, str], *, was: Mapping[str, str]) -> None:
    """The municipality's word for the participant, by language; a language left out: ours.

    Raises StaleRow where it is no longer what the form was drawn with.
    """
    rows = Tenant.objects.filter(pk=current().tenant, words=dict(was))
    if not rows.update(words=dict(chosen)):
        raise StaleRow
    wrote("participant_word_chosen", words=dict(chosen), was=dict(was))
