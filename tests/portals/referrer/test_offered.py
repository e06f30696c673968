"""What a referrer reads before they refer somebody again: what is delivered here, what not."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.workplaces.models import Service
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-59")]


@pytest.fixture
def not_here(cast: Cast, as_job: Callable[..., Any]) -> None:
    with as_job(cast.ekdala.tenant):
        Service(
            tenant_id=cast.ekdala.tenant, unit_id=cast.ekdala.units[0], needs="licensed",
            name="Arbetsförmågebedömning", contributes="iakttagelser i arbete",
            assesses_work_ability=True,
        ).save(force_insert=True)  # fmt: skip


def _address(tenant: uuid.UUID, token: str = "x" * 32) -> str:
    place = base64.urlsafe_b64encode(tenant.bytes).decode().rstrip("=")
    return f"/l/{place}{token}/offer/"


def test_on_the_link_page_it_says_what_is_not_delivered_and_what_instead(
    cast: Cast, not_here: None, visitor: Any
) -> None:
    page = visitor.get(_address(cast.ekdala.tenant)).content.decode()
    assert "Utförs inte här: Arbetsförmågebedömning." in page
    assert "Vi kan bidra med: iakttagelser i arbete." in page
    form = visitor.get(_address(cast.ekdala.tenant).removesuffix("offer/")).content.decode()
    assert f'href="{_address(cast.ekdala.tenant)}"' in form


def test_it_is_the_same_for_every_link_and_tells_nothing_of_the_neighbour(
    cast: Cast, not_here: None, visitor: Any
) -> None:
    pages = []
    for token in ("a" * 32, "b" * 32):
        page = visitor.get(_address(cast.ekdala.tenant, token)).content.decode()
        assert "Arbetsförmågebedömning" in page
        pages.append(re.sub(r'value="[^"]*"', "", page.replace(token, "")))
    assert pages[0] == pages[1]
    other = visitor.get(_address(cast.birkeso.tenant)).content.decode()
    assert "Arbetsförmågebedömning" not in other
    for wrong in (_address(uuid.uuid4()), "/l/short/offer/"):
        assert visitor.get(wrong).status_code == 404


def test_whoever_writes_the_referral_down_sees_it_beside_the_form(
    cast: Cast, not_here: None, sign_in: Callable[..., Any]
) -> None:
    page = sign_in(cast["asta"]).get("/referrals/new/").content.decode()
    assert "Utförs inte här: Arbetsförmågebedömning." in page
    assert "Vi kan bidra med: iakttagelser i arbete." in page
