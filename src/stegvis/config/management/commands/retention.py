"""./run retention --tenant SLUG [--do]: what is deleted by rule, listed; with --do, deleted."""

from __future__ import annotations

import json
import uuid
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stegvis.journey.background.actions import forget_expired
from stegvis.journey.background.facts import expired, rule_of
from stegvis.journey.background.tasks import SERVICE
from stegvis.journey.incidents import actions as incidents
from stegvis.journey.incidents import facts as incident_facts
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope, today


class Command(BaseCommand):
    help = "List what has been kept long enough. With --do it is deleted, and the journal says so."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, help="the municipality's slug")
        parser.add_argument("--do", action="store_true", help="delete what is listed")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no municipality {options['tenant']!r}.")
        page = Page(what="deleted_by_rule", purpose=Purpose.JOB)
        with scope(tenant.pk, service=SERVICE, on=today(tenant.timezone)), keeping(page):
            told = self._carried_out(do=options["do"])
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        for row in told["due"]:
            self.stdout.write(f"{row['delete_on']}  {row['row']}")
        what = "deleted" if told["deleted"] else "due; nothing deleted, --do deletes"
        self.stdout.write(f"{len(told['due'])} {what} (kept {told['days']} days)")
        values = told["measured_values"]
        state = "deleted" if values["deleted"] else "due"
        self.stdout.write(f"{len(values['due'])} measured values {state}")

    def _carried_out(self, *, do: bool) -> dict[str, Any]:
        """Rows by key and day: neither whose they are nor what they say."""
        due = [(row.pk, row.delete_on) for row in expired(current().on)]
        gone: set[uuid.UUID] = {test for test, _person in forget_expired()} if do else set()
        values = [(row.pk, row.delete_on) for row in incident_facts.expired(current().on)]
        let_go = len(incidents.forget_expired()) if do else 0
        return {
            "class": "drug_test",
            "days": rule_of("drug_test").days,
            "due": [{"row": str(key), "delete_on": str(day)} for key, day in due],
            "deleted": len(gone),
            "measured_values": {
                "days": rule_of("measured_value").days,
                "due": [{"row": str(key), "delete_on": str(day)} for key, day in values],
                "deleted": let_go,
            },
        }
