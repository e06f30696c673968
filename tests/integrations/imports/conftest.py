"""An empty municipality to import into."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from stegvis.config.checkout import ROOT
from stegvis.integrations.imports.actions import store, try_out
from stegvis.integrations.imports.judged import Sending
from stegvis.integrations.imports.reading.results import Reading
from stegvis.journey.programmes.actions import publish
from stegvis.platform.tenancy.models import Tenant, Unit
from tests.cast.building import as_service
from tests.integrations.imports.known import FILES, TODAY


@dataclass(frozen=True, slots=True)
class Town:
    tenant: uuid.UUID
    units: tuple[uuid.UUID, ...]

    def sending(self, name: str, kind: str = "participants", **more: Any) -> Sending:
        """One of the fixtures, or bytes."""
        data = more.pop("data", None)
        if data is None:
            data = (FILES / name).read_bytes()
        said = {"data": data, "name": name, "kind": kind, "on": TODAY, "unit": self.units[0]}
        return Sending(**said | more)

    def store(self, name: str, kind: str = "participants", **more: Any) -> Reading:
        progress = more.pop("progress", None)
        return store(self.tenant, self.sending(name, kind, **more), progress=progress)

    def try_out(self, name: str, kind: str = "participants", **more: Any) -> Reading:
        return try_out(self.tenant, self.sending(name, kind, **more))

    def at_work(self) -> Any:
        return as_service(self.tenant)


@pytest.fixture
def make_town(db: None) -> Callable[..., Town]:
    def make(slug: str, *units: str, country: str = "SE") -> Town:
        tenant = Tenant(slug=slug, name=slug.title(), country=country)
        tenant.save(force_insert=True)
        key = {"SE": "jobbtrappa", "DK": "flere_skal_med"}[country]
        with as_service(tenant.pk):
            rows = [Unit(tenant=tenant, name=name) for name in units or ("Enheten",)]
            Unit.objects.bulk_create(rows)
            text = (ROOT / "programmes" / key / "model.yaml").read_text("utf-8")
            publish(text, on=TODAY)
        return Town(tenant.pk, tuple(row.pk for row in rows))

    return make


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town("lilla", "AME-kontoret", "Arbetscentrum")
