"""A placement of Åse's in Birkesø, whom Mads mediates and Inge works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils.timezone import localdate

from stegvis.journey.abilities.models import Adaptation
from stegvis.journey.agreements import actions
from stegvis.journey.agreements.actions import Written
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.employers.models import Company, ContactPerson, Site
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.models import Placement
from tests.cast.people import Cast, Participant

Work = Callable[..., Any]
SINCE = localdate() - dt.timedelta(days=35)


def place(one: Participant, *, since: dt.date = SINCE) -> Placement:
    """In the municipality that is open: a company with a site and somebody there."""
    tenant = one.town.tenant
    company = Company(tenant_id=tenant, name="Solbakkens Planteskole")
    company.save(force_insert=True)
    site = Site(tenant_id=tenant, company=company, name="Solbakken")
    site.save(force_insert=True)
    contact = ContactPerson(
        tenant_id=tenant, site=site, name="Bente Fuglsang", title="gartner",
        phone="00 00 00 32", email="bente@solbakken.example",
    )  # fmt: skip
    contact.save(force_insert=True)
    enrolment = Enrolment.enrolments.get(pk=one.enrolment)
    row = Placement(
        tenant_id=tenant, enrolment=enrolment, person_id=one.person, site=site, kind="practice",
        aim="Ordinære timer", tasks="Vande, potte om, pakke ordrer", contact=contact,
        guide="Ove", since=since,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def written(placement: Placement, **more: Any) -> Written:
    """Whole: four paid hours and twelve of practice a week (FM-32)."""
    whole = Written(
        since=placement.since, tasks=("Vande", "Potte om"), ordinary_minutes=240,
        ordinary_function="Pakke ordrer", practice_minutes=720, practice_function="Vande",
        sub_goals=({"text": "Passer drivhuset alene", "by": ""},), considered=True,
        topics=("tasks", "hours"), contact_id=placement.contact_id, guide="Ove",
    )  # fmt: skip
    return replace(whole, **more)


@pytest.fixture
def placement(cast: Cast, as_job: Work) -> Placement:
    with as_job(cast.birkeso.tenant):
        return place(cast.person("abroad"))


@pytest.fixture
def ready(cast: Cast, placement: Placement, at_work: Work) -> AgreementVersion:
    with at_work(cast["mads"]):
        row = actions.save(placement, written(placement), by=cast["mads"].actor)
        return actions.lay_out(row, by=cast["mads"].actor)


def adapt(placement: Placement, what: str) -> Adaptation:
    row = Adaptation(
        tenant_id=placement.tenant_id, enrolment_id=placement.enrolment_id,
        person_id=placement.person_id, what=what, agreed_on=SINCE,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def sign_all(cast: Cast, version: AgreementVersion, at_work: Work) -> AgreementVersion:
    """The person beside Mads, the company on paper, and Mads himself."""
    with at_work(cast["mads"]):
        for side, how in (
            ("participant", "beside"), ("employer", "paper"), ("municipality", "signed_in"),
        ):  # fmt: skip
            act = actions.Signing(side, how, version.digest)
            actions.sign(version, act, by=cast["mads"].actor)
        return AgreementVersion.versions.select_related("placement").get(pk=version.pk)
