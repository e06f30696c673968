"""Founding a municipality: empty of people, with what its first day needs."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from stegvis.config.shelf import shelf
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.core.programme.uses import used
from stegvis.core.values.texts import pick
from stegvis.journey.mapping.actions import take_in_starters
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import LicensedService, Scheme, Term
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.models import Tenant, Unit
from stegvis.platform.tenancy.scope import scope, today

COUNTRIES = ("SE", "DK")
ZONES = {"SE": "Europe/Stockholm", "DK": "Europe/Copenhagen"}
OURS = {"SE": "Vår formulering", "DK": "Vores formulering"}
SCHEMES = "schemes"  # the code of a programme's vocabulary of schemes
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Unfoundable(ValueError):
    """The name, slug or country cannot be a municipality's. The message is a whole sentence."""


class AlreadyFounded(Exception):
    """The slug is taken; `tenant` is whose it is."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(f"The municipality {tenant.slug!r} is there already: {tenant.name}.")
        self.tenant = tenant


def found(slug: str, name: str, country: str, *, on: dt.date | None = None) -> Tenant:
    """A municipality with one unit, the standard schemes, terms, services, cards and programmes.

    `on`: the day its programme versions are published, today in its own zone if not said. Raises
    Unfoundable or AlreadyFounded, with nothing stored.
    """
    _check(slug, name, country)
    day = on or today(ZONES[country])
    with transaction.atomic():
        there = Tenant.objects.filter(slug=slug).first()
        if there:
            raise AlreadyFounded(there)
        tenant = Tenant(slug=slug, name=name.strip(), country=country, timezone=ZONES[country])
        tenant.save(force_insert=True)
        page = Page(what="tenant_founded", purpose=Purpose.JOB)
        with scope(tenant.pk, service="founding", on=day), keeping(page):
            wrote("tenant_founded", country=country)
            _furnish(tenant, day)
    return tenant


def _check(slug: str, name: str, country: str) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > 40:  # noqa: PLR2004 -- the column's length
        raise Unfoundable(
            f"The slug {slug!r} cannot be used: at most 40 of a–z, 0–9 and single hyphens."
        )
    if not name.strip() or len(name) > 120 or not name.isprintable():  # noqa: PLR2004 -- as above
        raise Unfoundable("The name must be one line of 1 to 120 characters.")
    if country not in COUNTRIES:
        raise Unfoundable(f"The country {country!r} is not known; use SE or DK.")


def _furnish(tenant: Tenant, on: dt.date) -> None:
    ours = standards()[tenant.country]
    Unit(tenant=tenant, name=ours["unit"], track=ours["track"]).save(force_insert=True)
    texts = shelf()
    for text in texts.values():
        publish(text, on=on, others=used(text, texts))
    models = [read(text, texts) for text in texts.values()]
    Scheme.objects.bulk_create(_schemes(tenant, [m for m in models if m.country == tenant.country]))
    Term.objects.bulk_create(_terms(tenant))
    LicensedService.objects.bulk_create(
        LicensedService(tenant=tenant, **row) for row in ours["services"]
    )
    take_in_starters(tenant.language)


def read(text: str, texts: Mapping[str, str]) -> Programme:
    return load(text, file="model.yaml", others=used(text, texts))


def _schemes(tenant: Tenant, models: list[Programme]) -> list[Scheme]:
    """What the programmes of the country name, and beside it what no programme names."""
    rows: dict[str, Scheme] = {
        row["code"]: Scheme(tenant=tenant, **row) for row in standards()[tenant.country]["schemes"]
    }
    for model in models:
        for term in model.vocabularies[SCHEMES].terms if SCHEMES in model.vocabularies else ():
            rows[term.code] = Scheme(
                tenant=tenant,
                code=term.code,
                name=pick(term.texts, tenant.language),
                valid_from=term.since,
                valid_to=term.until,
            )
    return list(rows.values())


def _terms(tenant: Tenant) -> list[Term]:
    return [
        Term(tenant=tenant, language=tenant.language, source=OURS[tenant.country], **row)
        for row in standards()[tenant.country]["terms"]
    ]


@cache
def standards() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("standards.toml").read_text("utf-8"))
