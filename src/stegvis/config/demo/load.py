"""Founding the two municipalities and filling them."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import transaction

from stegvis.config.demo.case import Version
from stegvis.config.demo.doors import open_doors
from stegvis.config.demo.plan import days
from stegvis.config.demo.sharing import share
from stegvis.config.demo.town import EMPLOYED, Ground, plan
from stegvis.config.demo.users import LEAVERS, PASSWORD, TOWNS, Town, of_town
from stegvis.config.demo.writing import write
from stegvis.config.founding import found
from stegvis.core.programme.model import Programme
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion, Scheme
from stegvis.platform.access.decision import Purpose
from stegvis.platform.accounts.models import User
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant, Unit
from stegvis.platform.tenancy.scope import scope

_read: dict[str, Programme] = {}
FOUNDED = EMPLOYED + 250  # days ago: before the oldest road


def load(*, today: dt.date, seed: int) -> list[Town]:
    """Fill what is not there yet; the towns that were filled. The same seed and day give the same
    people with the same histories."""
    slugs = set(Tenant.objects.order_by("slug").values_list("slug", flat=True))
    lacking = [town for town in TOWNS if town.slug not in slugs]
    password = make_password(PASSWORD) if lacking else ""  # once: it is meant to be slow
    for town in lacking:
        with transaction.atomic():
            _fill(town, today=today, seed=seed, password=password)
    if lacking:
        share()
    return lacking


def _fill(town: Town, *, today: dt.date, seed: int, password: str) -> None:
    tenant = found(town.slug, town.name, town.country, on=today - days(FOUNDED))
    users = _users(town, password)
    page = Page(what="demo_loaded", purpose=Purpose.JOB)
    with scope(tenant.pk, service="demo", on=today), keeping(page):
        ground = Ground(
            town=town,
            home=_home(),
            versions=_versions(),
            schemes=list(_schemes(today)),
            today=today,
        )
        chance = random.Random(f"{seed}:{town.slug}")  # noqa: S311 -- repeatable is the point
        write(plan(ground, chance), users)
        open_doors(town.slug)


def _home() -> uuid.UUID:
    """The unit that founding has made."""
    return Unit.objects.order_by("id").values_list("id", flat=True)[0]


def _versions() -> dict[str, Version]:
    """The programmes as published. The towns publish the same texts, so they are read once."""
    rows = list(ProgrammeVersion.versions.in_force())
    for row in rows:
        if row.checksum not in _read:
            _read[row.checksum] = programme(row)
    return {row.key: Version(row.pk, _read[row.checksum]) for row in rows}


def _schemes(today: dt.date) -> list[uuid.UUID]:
    rows = Scheme.objects.filter(valid_to__isnull=True).order_by("code")
    return list(rows.values_list("id", flat=True))


def _users(town: Town, password: str) -> dict[str, int]:
    staff = of_town(town.slug)
    emails = [user.email for user in staff]
    rows = [User(email=user.email, name=user.name, password=password) for user in staff]
    User.objects.bulk_create(rows, ignore_conflicts=True)  # they outlive a municipality
    found = User.objects.filter(email__in=emails).order_by("email")
    keys = dict(found.values_list("email", "pk"))
    for leaver in LEAVERS:
        if leaver.town == town.slug:
            _leave_signed_in(found.get(email=leaver.email))
    return keys


def _leave_signed_in(user: User) -> None:
    """Somebody who has left and whose session is still open somewhere: it must open nothing."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
