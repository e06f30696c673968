"""Asta at work with the person called "own", Inge in Denmark; companies in one line."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from stegvis.journey.employers.models import (
    Company,
    ContactPerson,
    Opening,
    OpeningRequirement,
    Site,
)
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions import NewLine, NewPlacement
from stegvis.journey.placements.models import PlacementLine
from stegvis.journey.workplaces.models import Function
from tests.cast.people import Cast

Work = Callable[..., Any]
ORDINARY, SUBSIDISED, PRACTICE = PlacementLine.Pay


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Iterator[Any]:
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def enrolment(cast: Cast, asta: Any) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row


@pytest.fixture
def inge(cast: Cast, at_work: Work) -> Iterator[Any]:
    with at_work(cast["inge"]):
        yield cast["inge"].actor


@pytest.fixture
def danish(cast: Cast, inge: Any) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("abroad").enrolment)
    return row


def a_site(tenant: uuid.UUID, name: str = "Tvätteriet") -> Site:
    company = Company(tenant_id=tenant, name=f"{name} AB")
    site = Site(tenant_id=tenant, company=company, name=name, address="Lillågatan 3")
    for row in (company, site):
        row.save(force_insert=True)
    return site


def an_opening(
    tenant: uuid.UUID, name: str = "Tvätt", *asks: tuple[str, int, bool], **more: Any
) -> Opening:
    """`asks`: function, level, whether it must be there before."""
    opening = Opening(tenant_id=tenant, site=a_site(tenant, f"{name}stället"), name=name, **more)
    opening.save(force_insert=True)
    for function, level, hard in asks:
        OpeningRequirement(
            tenant_id=tenant, opening=opening, function=function, level=level, hard=hard
        ).save(force_insert=True)
    return opening


def a_contact(site: Site, name: str = "Vera Kontaktsson", **more: Any) -> ContactPerson:
    row = ContactPerson(tenant_id=site.tenant_id, site=site, name=name, **more)
    row.save(force_insert=True)
    return row


def a_function(tenant: uuid.UUID, code: str, ability: str) -> None:
    """What answers it: an ability that is seen and rated."""
    row = Function.objects.filter(code=code).first()
    row = row or Function(tenant_id=tenant, code=code, name=code, group="work")
    row.abilities = [ability]
    row.save()


def practice(site: Site, since: dt.date, **more: Any) -> NewPlacement:
    new = NewPlacement(
        site=site,
        kind="practice",
        aim="Fem ordinarie timmar efter tre månader",
        since=since,
        lines=(NewLine(PRACTICE, "Tvätt", Decimal(12)),),
    )
    return replace(new, **more)
