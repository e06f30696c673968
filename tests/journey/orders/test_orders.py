"""Orders of customers: split over days, ticked on a map, invoiced without anybody's name."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from stegvis.journey.orders import actions, models
from stegvis.journey.orders.models import CustomerOrder, InvoiceBasis, Purchase, WorkRow
from stegvis.journey.people.models import Person
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
STATIONS = 11


@pytest.fixture
def who(cast: Cast) -> Any:
    return next(
        one for one in cast.colleagues.values()
        if one.town == cast.ekdala and one.role == "work_supervisor" and not one.ended and one.unit
    )  # fmt: skip


@pytest.fixture
def stations(cast: Cast, who: Any, as_job: Work) -> CustomerOrder:
    """Eleven substations to be kept clear, 2 m around."""
    with as_job(cast.ekdala.tenant):
        new = actions.NewOrder(
            "U-2026-031", "Elnätet", "external", "Röja", rule="2 m runt",
            recurring=True, price=Decimal(485), days=(cast.on,),
        )  # fmt: skip
        row = actions.take_order(new, unit=who.unit)
        for at in range(STATIONS):
            actions.add_object(row, f"NS-{at + 1:02}", east=at * 40, north=at % 3 * 90)
    return row


def _form(on: dt.date, **more: Any) -> dict[str, Any]:
    return {
        "number": "U-2026-032", "customer": "Utbildningsförvaltningen", "sort": "internal",
        "what": "Flytta möbler", "place": "Ekskolan", "first": on.isoformat(),
        "second": (on + dt.timedelta(days=1)).isoformat(), **more,
    }  # fmt: skip


@pytest.mark.requirement("KN-47")
def test_an_order_split_on_two_days_keeps_one_number(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work
) -> None:
    visitor = sign_in(who)
    assert visitor.post(reverse("new_order"), _form(cast.on)).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = CustomerOrder.objects.get(number="U-2026-032")
        assert row.visits.count() == 2
        assert row.customer.sort == "internal"
    assert faults_of(text_of(visitor.post(reverse("new_order"), _form(cast.on))))


@pytest.mark.requirement("KN-48", "KN-49", "INV-24")
def test_eleven_ticked_stations_are_eleven_rows_without_a_name(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work, stations: CustomerOrder
) -> None:
    visitor, address = sign_in(who), reverse("order", args=[stations.pk])
    with as_job(cast.ekdala.tenant):
        things = [str(key) for key in stations.things.values_list("pk", flat=True)]
    page = text_of(visitor.get(address))
    assert page.count("om-dot") == STATIONS
    for _again in range(2):  # a double click is one tick
        visitor.post(address, {"do": "tick", "thing": things})
    period = {"period-since": cast.on.isoformat(), "period-last": cast.on.isoformat()}
    visitor.post(address, {"do": "period", **period})
    with as_job(cast.ekdala.tenant):
        basis = InvoiceBasis.objects.get(order=stations)
        assert basis.rows.count() == STATIONS
        names = [person.name for person in Person._base_manager.all()]
    text = visitor.get(reverse("basis_file", args=[basis.pk, "csv"])).content.decode("utf-8-sig")
    assert len(text.splitlines()) == STATIONS + 1
    sheet = visitor.get(reverse("basis_file", args=[basis.pk, "xlsx"])).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in rows[1:]] == [485] * STATIONS
    assert names
    assert not any(name in text or name in str(rows) for name in names)


@pytest.mark.requirement("INV-24")
def test_no_table_of_orders_has_a_way_to_a_person() -> None:
    rooms = {"orders", "tenancy"}
    for model in vars(models).values():
        if isinstance(model, type) and getattr(model, "__module__", "") == models.__name__:
            if not hasattr(model, "_meta"):
                continue
            for one in model._meta.get_fields():
                if one.is_relation and one.related_model is not None and one.concrete:
                    assert one.related_model._meta.app_label in rooms, one


@pytest.mark.requirement("KN-49")
def test_a_basis_is_confirmed_after_it_was_sent_and_with_a_number(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work, stations: CustomerOrder
) -> None:
    visitor, address = sign_in(who), reverse("order", args=[stations.pk])
    with as_job(cast.ekdala.tenant):
        thing = stations.things.first()
        assert thing is not None
        actions.tick(stations, [thing.pk], on=cast.on)
        until = cast.on + dt.timedelta(days=1)
        basis = actions.make_basis(stations, since=cast.on, until=until)
        with pytest.raises(actions.Refused, match="nothing_done"):
            actions.make_basis(stations, since=cast.on, until=until)
        with pytest.raises(actions.Refused, match="not_sent"):
            actions.confirm_basis(basis, "F-1")
        with pytest.raises(actions.Refused, match="invoiced"):
            actions.take_back(WorkRow.rows.get(basis=basis))
    visitor.post(address, {"do": f"send:{basis.pk}"})
    visitor.post(address, {"do": f"confirm:{basis.pk}", "receipt": " "})
    with as_job(cast.ekdala.tenant):
        assert InvoiceBasis.objects.get(pk=basis.pk).confirmed_on is None
    visitor.post(address, {"do": f"confirm:{basis.pk}", "receipt": "F-1"})
    with as_job(cast.ekdala.tenant):
        assert InvoiceBasis.objects.get(pk=basis.pk).receipt == "F-1"


@pytest.mark.requirement("KN-50")
def test_the_list_at_the_end_of_a_job_may_be_left_in_part(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work, stations: CustomerOrder
) -> None:
    with as_job(cast.ekdala.tenant):
        key = stations.visits.get().pk
    sent = {"do": f"end:{key}", "check": ["waste", "made-up"]}
    sign_in(who).post(reverse("order", args=[stations.pk]), sent)
    with as_job(cast.ekdala.tenant):
        ended = stations.visits.get()
        assert (ended.state, ended.checked) == ("done", ["waste"])


def test_a_cell_that_looks_like_a_formula_is_text(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        new = actions.NewOrder("=1+1", "@Kund", "external", "-Röja", price=Decimal(1))
        row = actions.take_order(new, unit=who.unit)
        actions.add_row(row, what="=cmd()", on=cast.on, price=Decimal(1))
        until = cast.on + dt.timedelta(days=1)
        basis = actions.make_basis(row, since=cast.on, until=until)
    body = sign_in(who).get(reverse("basis_file", args=[basis.pk, "csv"])).content.decode()
    assert "'=1+1;'@Kund;;'=cmd()" in body


def test_another_units_order_is_not_there(
    cast: Cast, who: Any, sign_in: Signing, stations: CustomerOrder
) -> None:
    visitor = sign_in(who)
    others = cast.ekdala.orders[who.unit == cast.ekdala.units[0]]
    for key in (others, uuid.uuid4()):
        assert visitor.get(reverse("order", args=[key])).status_code == 404


def test_what_is_bought_leaves_the_list(
    cast: Cast, who: Any, sign_in: Signing, as_job: Work
) -> None:
    visitor, address = sign_in(who), reverse("purchases")
    visitor.post(address, {"what": "Arbetshandskar", "amount": "10 par"})
    assert "Arbetshandskar" in text_of(visitor.get(address))
    with as_job(cast.ekdala.tenant):
        key = str(Purchase.objects.get().pk)
    visitor.post(address, {"do": "buy", "row": [key, "nonsense"]})
    assert "Arbetshandskar" not in text_of(visitor.get(address))


def test_the_pages_ask_few_questions(
    cast: Cast, who: Any, sign_in: Signing, stations: CustomerOrder, queries: Any
) -> None:
    visitor = sign_in(who)
    for address in (reverse("orders"), reverse("order", args=[stations.pk])):
        visitor.get(address)
        with queries() as asked:
            visitor.get(address)
        assert asked.count <= 12, address
