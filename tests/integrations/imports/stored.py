"""What the tests of storing ask of the database and of the expectations."""

from __future__ import annotations

import json
from typing import Any

from stegvis.integrations.imports.models import ImportContent, ImportRow, ShieldedRow
from stegvis.journey.background.models import EarlierIntervention
from stegvis.journey.intake.models import Assignment, Enrolment, Income, OrderLine, Referral
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.models import Relation, Shield
from stegvis.platform.access.sealing import mark
from tests.integrations.imports.conftest import Town
from tests.integrations.imports.known import FILES

LIST = "Personnr;Namn;Handläggare;Remittent;Inskriven;Steg;Telefon;Avslutad;Avslutsorsak\n"


def expected(name: str) -> dict[str, Any]:
    stem = name.rpartition(".")[0]
    return json.loads((FILES / f"{stem}.expected.json").read_text("utf-8"))  # type: ignore[no-any-return]


def of_number(town: Town, number: str) -> Person:
    found = Identity.objects.select_related("person").get(mark=mark(town.tenant, number))
    return found.person  # type: ignore[no-any-return]


def everything() -> dict[str, int]:
    models = (Person, Identity, Contact, Enrolment, StepPeriod, Income, Assignment, Referral)
    more = (OrderLine, Relation, Shield, ImportRow, ShieldedRow, ImportContent, EarlierIntervention)
    return {model.__name__: model._default_manager.count() for model in (*models, *more)}


def csv(*rows: str) -> bytes:
    return (LIST + "\n".join(rows) + "\n").encode()
