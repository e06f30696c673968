"""The two towns show each other places, and one has asked the other for one. Made when both are
there, by the same verbs as in the product: nothing else can write on the other side."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from stegvis.journey.employers.actions import sharing
from stegvis.journey.employers.models import SharedOpening, SharingPact
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope

ASKER = {"ekdala": "Hassan", "birkeso": "Lone"}


@contextmanager
def _town(tenant: uuid.UUID) -> Iterator[None]:
    with scope(tenant, service="demo"), keeping(Page(what="demo_loaded", purpose=Purpose.JOB)):
        yield


def share() -> None:
    """Once: where there is an agreement already nothing is done."""
    towns = list(Tenant.objects.filter(slug__in=ASKER).order_by("slug"))
    if len(towns) < len(ASKER):
        return
    first, second = towns
    with _town(first.pk):
        if SharingPact.pacts.exists():
            return
        sharing.offer_pact(second.pk, since=current().on)
    with _town(second.pk):
        sharing.accept_pact(SharingPact.pacts.get())
    with _town(first.pk):
        sharing.publish_all()
    for town in towns:
        with _town(town.pk):
            row = SharedOpening.objects.order_by("name", "id").first()
            if row is not None:
                sharing.ask_place(row, wanted_from=current().on, asker=ASKER[town.slug], by=None)
