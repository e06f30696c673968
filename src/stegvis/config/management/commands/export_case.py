"""./run export-case ID --tenant SLUG: an enrolment's dated facts, as `./run judge` reads them."""

from __future__ import annotations

import json
import uuid
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stegvis.core.progression.case import Case, to_json
from stegvis.core.progression.facts import Fact
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programme
from stegvis.journey.steps.facts import case
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping, seen
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope

WORDS = frozenset({"grounds", "own_words", "note"})  # free text may name people: it stays inside


class Command(BaseCommand):
    help = "Write one enrolment as a case file. No name, number or free text leaves the product."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", help="the enrolment's key, or its referral's number (2026-118)")
        parser.add_argument("--tenant", required=True)
        parser.add_argument("--json", action="store_true", help="the only form there is")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no municipality {options['tenant']!r}.")
        page = Page(what="case_exported", purpose=Purpose.JOB)
        with scope(tenant.pk, service="export"), keeping(page):
            enrolment = _found(options["id"])
            seen([enrolment.person_id])
            model = programme(enrolment.programme)
            facts = tuple(_without_words(fact) for fact in case(enrolment))
        written = to_json(Case(model.key, model.version, facts))
        self.stdout.write(json.dumps(written, ensure_ascii=False, indent=1))


def _found(key: str) -> Enrolment:
    rows = Enrolment.enrolments.select_related("programme").order_by("-since")
    try:
        row = rows.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        row = rows.filter(referral__number=key).first()
    if row is None:
        raise CommandError("There is no enrolment with that key or referral number.")
    return row


def _without_words(fact: Fact) -> Fact:
    kept = {name: value for name, value in fact.values.items() if name not in WORDS}
    return Fact(on=fact.on, kind=fact.kind, values=kept, until=fact.until)
