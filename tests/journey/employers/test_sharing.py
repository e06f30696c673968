"""Places shown to another municipality by agreement: openings go over, persons never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from stegvis.journey.employers.actions import keep_opening, say_free, sharing
from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Completed,
    Employee,
    Opening,
    PlaceRequest,
    SharedOpening,
    SharingPact,
    Site,
)
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.tenancy.scope import current
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def offered() -> Opening:
    tenant = current().tenant
    company = Company(tenant_id=tenant, name="Ekdala Bageri AB")
    site = Site(tenant_id=tenant, company=company, name="Bageriet")
    row = Opening(tenant_id=tenant, site=site, name="Packa bröd", tasks="Packar.", places=2)
    for one in (company, site, row):
        one.save(force_insert=True)
    say_free(row, 1, shared=True)
    return row


def state(row: Opening, now: str) -> None:
    keep_opening(row, {"state": now, "hours_from": None, "hours_to": None}, {})


@pytest.fixture(autouse=True)
def alone(cast: Cast, as_job: Work) -> None:
    """What the cast has agreed is over, and nothing of it is shown."""
    with as_job(cast.ekdala.tenant):
        Opening.openings.update(shared=False)
        sharing.end_pact(SharingPact.pacts.get())


def pact() -> SharingPact:
    """The one that is not over."""
    row: SharingPact = SharingPact.pacts.exclude(state="ended").get()
    return row


@pytest.fixture
def agreed(cast: Cast, as_job: Work) -> Opening:
    """Ekdala shows Birkesø an opening; both have agreed."""
    with as_job(cast.ekdala.tenant):
        opening = offered()
        sharing.offer_pact(cast.birkeso.tenant, since=current().on)
    with as_job(cast.birkeso.tenant):
        Opening.openings.update(shared=False)
        sharing.accept_pact(pact())
    with as_job(cast.ekdala.tenant):
        sharing.publish_all()
    return opening


def seen_in(tenant: Any, as_job: Work) -> list[SharedOpening]:
    with as_job(tenant):
        return list(SharedOpening.objects.filter(withdrawn_on=None).order_by("name"))


@pytest.mark.requirement("JI-43", "X-01", "INV-20")
def test_the_other_sees_a_shared_opening_and_nothing_else(
    cast: Cast, agreed: Opening, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        Opening(tenant_id=agreed.tenant_id, site=agreed.site, name="Inte delad").save()
    (row,) = seen_in(cast.birkeso.tenant, as_job)
    assert (row.name, row.company, row.free, row.grade) == (
        "Packa bröd", "Ekdala Bageri AB", 1, "none",
    )  # fmt: skip
    with as_job(cast.birkeso.tenant):
        assert not Opening.openings.filter(pk=agreed.pk).exists()  # the row itself stays at home


@pytest.mark.requirement("INV-20", "X-01")
def test_no_column_that_goes_over_can_hold_a_person() -> None:
    for model in (SharedOpening, SharingPact, PlaceRequest):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"person", "enrolment", "participant", "note", "text"}, model


def test_nothing_is_shown_before_the_other_has_accepted(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        offered()
        offered_pact = sharing.offer_pact(cast.birkeso.tenant, since=current().on)
        assert sharing.publish_all() == 0
        with pytest.raises(NotNow, match="nothing_to_accept"):
            sharing.accept_pact(offered_pact)  # whoever offered cannot accept for the other
        SharingPact.pacts.filter(state="offered").update(
            state="accepted"
        )  # even if our own row says so
        assert sharing.publish_all() == 0
    assert not seen_in(cast.birkeso.tenant, as_job)


def test_the_terms_that_were_offered_are_those_accepted(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        sharing.offer_pact(cast.birkeso.tenant, since=current().on)
    with as_job(cast.birkeso.tenant):
        SharingPact.pacts.filter(state="offered").update(since=dt.date(2020, 1, 1))
        with pytest.raises(NotNow, match="nothing_to_accept"):
            sharing.accept_pact(pact())


@pytest.mark.requirement("JI-43")
def test_what_changes_here_changes_there(cast: Cast, agreed: Opening, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        key = {"tenant_id": agreed.tenant_id}
        module = AmbassadorModule(**key, name="Bemötande", selected=True)
        module.save(force_insert=True)
        someone = Employee(**key, site=agreed.site, name="Leila Berg")
        someone.save(force_insert=True)
        for every in AmbassadorModule.modules.all():
            Completed(**key, employee=someone, module=every).save(force_insert=True)
        sharing.publish_all()
    assert [row.grade for row in seen_in(cast.birkeso.tenant, as_job)] == ["example"]
    with as_job(cast.ekdala.tenant):
        state(agreed, "paused")
    assert not seen_in(cast.birkeso.tenant, as_job)
    with as_job(cast.ekdala.tenant):
        state(agreed, "open")
        say_free(agreed, None, shared=False)
    assert not seen_in(cast.birkeso.tenant, as_job)


@pytest.mark.requirement("JI-43")
def test_either_side_ends_it_and_both_stop_seeing(
    cast: Cast, agreed: Opening, as_job: Work
) -> None:
    with as_job(cast.birkeso.tenant):
        sharing.end_pact(pact())
    assert not seen_in(cast.birkeso.tenant, as_job)
    with as_job(cast.ekdala.tenant):
        assert {one.state for one in SharingPact.pacts.all()} == {"ended"}
        assert sharing.publish_all() == 0


@pytest.mark.requirement("JI-43", "INV-20", "N-07")
def test_a_place_is_asked_for_and_answered_without_anybody_s_name(
    cast: Cast, agreed: Opening, as_job: Work
) -> None:
    with as_job(cast.birkeso.tenant):
        row = SharedOpening.objects.get(name="Packa bröd")
        asked = sharing.ask_place(row, wanted_from=current().on, asker="Mette Holm", by=None)
        with pytest.raises(NotNow, match="asked_already"):
            sharing.ask_place(row, wanted_from=current().on, asker="Mette Holm", by=None)
    with as_job(cast.ekdala.tenant):
        (request,) = PlaceRequest.objects.all()
        assert (request.opening, request.asker, request.ours, request.origin) == (
            "Packa bröd", "Mette Holm", False, agreed.pk,
        )  # fmt: skip
        sharing.answer_request(request, "yes", by=None)
        with pytest.raises(NotNow, match="answered_before"):
            sharing.answer_request(request, "no", by=None)
    with as_job(cast.birkeso.tenant):
        asked.refresh_from_db()
        assert (asked.answer, asked.answered_on is not None) == ("yes", True)


def test_a_withdrawn_place_cannot_be_asked_for(cast: Cast, agreed: Opening, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        say_free(agreed, None, shared=False)
    with as_job(cast.birkeso.tenant):
        row = SharedOpening.objects.get(name="Packa bröd")
        with pytest.raises(NotNow, match="not_shared_now"):
            sharing.ask_place(row, wanted_from=current().on, asker="Mette Holm", by=None)


@pytest.mark.requirement("X-01", "INV-20")
def test_nobody_writes_the_others_copies_but_the_function(
    cast: Cast, agreed: Opening, as_job: Work
) -> None:
    with (
        as_job(cast.birkeso.tenant),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        SharedOpening.objects.update(name="Något annat")


def test_the_municipality_is_set_back_after_each_function(
    cast: Cast, agreed: Opening, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant), connection.cursor() as cursor:
        sharing.publish_all()
        cursor.execute("select stegvis_tenant()")
        assert cursor.fetchone() == (cast.ekdala.tenant,)


def test_a_municipality_with_no_agreement_reaches_nothing(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant), connection.cursor() as cursor:
        for call in (
            "employers_offer_pact(gen_random_uuid())",
            "employers_accept_pact(gen_random_uuid())",
            "employers_end_pact(gen_random_uuid())",
            "employers_publish(gen_random_uuid(), '{}', '{}')",
            "employers_ask(gen_random_uuid(), gen_random_uuid())",
            "employers_answer(gen_random_uuid(), gen_random_uuid())",
        ):
            cursor.execute(f"select {call}")
            assert cursor.fetchone() == (0,)


def test_one_agreement_at_a_time_with_the_same(cast: Cast, agreed: Opening, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        for peer in (cast.birkeso.tenant, cast.ekdala.tenant):
            with pytest.raises(NotNow):
                sharing.offer_pact(peer, since=current().on)
