"""The agreement as those who work with it meet it, and its papers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from stegvis.journey.agreements.facts import versions_of
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.placements.models import Placement, PlacementLine
from tests.cast.people import Cast
from tests.cast.visiting import Visitor
from tests.journey.agreements.conftest import sign_all

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
Sign = Callable[..., Visitor]


def _form(placement: Placement, **more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "seen": "0", "since": placement.since.isoformat(),
        "tasks": ["Vande", "Potte om"], "from_start": "yes", "ordinary": "4",
        "ordinary_per": "week", "ordinary_function": "Pakke ordrer", "practice": "12",
        "practice_function": "Vande", "goal_0": "Passer drivhuset", "none_needed": "on",
        "rhythm": "taper", "topics": ["tasks"], "contact": str(placement.contact_id),
        "do": "ready", **more,
    }  # fmt: skip


def test_what_is_missing_is_said_and_what_was_typed_stays(
    cast: Cast, placement: Placement, sign_in: Sign, at_work: Work
) -> None:
    path = f"/people/{placement.person_id}/agreement/{placement.pk}/"
    mads = sign_in(cast["mads"])
    answer = mads.post(path, _form(placement, goal_0="", grows_into="Kundeordrer"))
    assert answer.status_code == 200
    assert "Kundeordrer" in answer.content.decode()
    with at_work(cast["mads"]):
        assert versions_of(placement.pk) == []
    assert mads.post(path, _form(placement)).status_code == 302
    with at_work(cast["mads"]):
        assert [row.state for row in versions_of(placement.pk)] == ["ready"]


def test_the_pages_ask_no_more_than_twelve_questions(
    cast: Cast, ready: AgreementVersion, sign_in: Sign, at_work: Work, queries: Callable[[], Any]
) -> None:
    sign_all(cast, ready, at_work)
    mads = sign_in(cast["mads"])
    for page in ("", "answers/"):
        with queries() as made:
            assert mads.get(f"/people/{ready.person_id}/agreement/{page}").status_code == 200
        assert made.count <= 12, made.statements


def test_who_does_not_work_with_the_person_finds_nothing(
    cast: Cast, ready: AgreementVersion, sign_in: Sign
) -> None:
    for who in ("asta", "agnes"):
        visitor = sign_in(cast[who])
        assert visitor.get(f"/people/{ready.person_id}/agreement/").status_code == 404


@pytest.mark.requirement("FM-39")
def test_agreement_and_form_are_papers_in_danish(
    cast: Cast, ready: AgreementVersion, sign_in: Sign
) -> None:
    mads = sign_in(cast["mads"])
    base = f"/people/{ready.person_id}/agreement/{ready.placement_id}"
    for path in (f"{base}/1.pdf", f"{base}/form.pdf"):
        answer = mads.get(path)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert b"/Lang" in answer.content
        assert b"pdfuaid" in answer.content


@pytest.mark.requirement("FM-32", "FM-56")
def test_the_hours_of_the_placement_stand_in_the_agreement_already(
    cast: Cast, placement: Placement, as_job: Work, sign_in: Sign
) -> None:
    with as_job(cast.birkeso.tenant):
        for pay, what, hours in (("ordinary", "Pakke", "4.5"), ("practice", "Vande", "12")):
            PlacementLine(
                tenant_id=placement.tenant_id, placement=placement, person_id=placement.person_id,
                pay=pay, function=what, hours_week=Decimal(hours),
            ).save(force_insert=True)  # fmt: skip
    page = sign_in(cast["mads"]).get(f"/people/{placement.person_id}/agreement/{placement.pk}/")
    first = page.context["form"].initial
    assert (first["ordinary"], first["ordinary_function"]) == ("4.5", "Pakke")
    assert (first["practice"], first["practice_function"]) == ("12", "Vande")
