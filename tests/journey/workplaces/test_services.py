"""What is offered, and what is not delivered alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stegvis.journey.workplaces.models import Service
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def _typed(cast: Cast, **more: str) -> dict[str, str]:
    return {"name": "Ny tjänst", "unit_id": str(cast["mona"].unit), "needs": "nobody"} | more


@pytest.mark.requirement("INV-25", "KN-59")
@pytest.mark.parametrize("needs", ["nobody", "partner"])
def test_an_assessment_of_work_ability_is_not_delivered_here(
    cast: Cast, sign_in: SignIn, needs: str
) -> None:
    typed = _typed(cast, needs=needs, partner="Regionen", assesses_work_ability="on",
                   name="Arbetsförmågebedömning")  # fmt: skip
    mona = sign_in(cast["mona"])
    page = text_of(mona.post(reverse("new_service"), typed))
    assert len(faults_of(page)) == 1
    assert "legitimerade" in page
    right = typed | {"needs": "licensed", "contributes": "Iakttagelser i arbete"}
    assert mona.post(reverse("new_service"), right).status_code == 302
    shown = text_of(sign_in(cast["asta"]).get(reverse("services")))
    assert shown.index("Utförs inte här") < shown.index("Arbetsförmågebedömning")
    assert "Iakttagelser i arbete" in shown


@pytest.mark.requirement("INV-25")
def test_the_table_keeps_no_such_service_either(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant):
        rows = Service.services.filter(pk=cast.ekdala.work["service"])
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(assesses_work_ability=True)


@pytest.mark.requirement("KN-59")
def test_what_needs_a_partner_says_which(cast: Cast, sign_in: SignIn) -> None:
    mona = sign_in(cast["mona"])
    page = text_of(mona.post(reverse("new_service"), _typed(cast, needs="partner")))
    assert len(faults_of(page)) == 1
    named = _typed(cast, needs="partner", partner="Arbetsterapeut")
    assert mona.post(reverse("new_service"), named).status_code == 302
    assert "Tillsammans med Arbetsterapeut" in text_of(mona.get(reverse("services")))
