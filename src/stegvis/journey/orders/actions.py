"""The verbs of orders. They are about no person, so they ask nobody's wall; the page has asked for
the role, and every row is looked up in the unit of whoever is here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stegvis.journey.orders.models import (
    CHECKS,
    Customer,
    CustomerOrder,
    InvoiceBasis,
    OrderObject,
    OrderVisit,
    Purchase,
    WorkRow,
)
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current


class Refused(Exception):
    """It cannot be now; `code` says why, in words.FAULTS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewOrder:
    number: str
    customer: str
    sort: str
    what: str
    place: str = ""
    amount: str = ""
    rule: str = ""
    recurring: bool = False
    price: Decimal | None = None
    days: tuple[dt.date, ...] = field(default=())


def take_order(new: NewOrder, *, unit: uuid.UUID) -> CustomerOrder:
    """An order with its days: one number, one visit a day (KN-47)."""
    if CustomerOrder.objects.filter(number=new.number).exists():
        raise Refused("number_taken")
    tenant = current().tenant
    customer, _made = Customer.objects.get_or_create(
        tenant_id=tenant, name=new.customer, defaults={"sort": new.sort}
    )
    names = ("number", "what", "place", "amount", "rule", "recurring", "price")
    row = CustomerOrder(
        tenant_id=tenant,
        unit_id=unit,
        customer=customer,
        **{name: getattr(new, name) for name in names},
    )
    row.save(force_insert=True)
    for day in dict.fromkeys(new.days):
        OrderVisit(tenant_id=tenant, order=row, on=day).save(force_insert=True)
    wrote("order_taken", order=str(row.pk), visits=len(set(new.days)))
    return row


def plan_visit(order: CustomerOrder, on: dt.date, part: str = "") -> OrderVisit:
    _open(order)
    if order.visits.filter(on=on).exists():
        raise Refused("visit_there")
    row = OrderVisit(tenant_id=order.tenant_id, order=order, on=on, part=part)
    row.save(force_insert=True)
    wrote("visit_planned", order=str(order.pk))
    return row


def end_visit(visit: OrderVisit, *, checked: Collection[str]) -> None:
    """The job ends; the list is gone through as far as it was (KN-50)."""
    visit.checked = [code for code in CHECKS if code in checked]
    visit.state = "done"
    visit.save_if_unchanged("checked", "state")
    wrote("visit_ended", order=str(visit.order_id), checked=visit.checked)


def add_object(order: CustomerOrder, name: str, *, east: int, north: int) -> OrderObject:
    _open(order)
    if order.things.filter(name=name).exists():
        raise Refused("object_there")
    row = OrderObject(tenant_id=order.tenant_id, order=order, name=name, east=east, north=north)
    row.save(force_insert=True)
    wrote("object_added", order=str(order.pk))
    return row


def tick(order: CustomerOrder, things: Collection[uuid.UUID], *, on: dt.date) -> int:
    """These objects are done that day: a row each, once however often it is sent (KN-48)."""
    _open(order)
    if order.price is None:
        raise Refused("price_missing")
    there = set(order.rows.filter(on=on, what=order.what).values_list("place", flat=True))
    rows = [
        WorkRow(
            tenant_id=order.tenant_id, order=order, thing=one, what=order.what, place=one.name,
            on=on, price=order.price,
        )
        for one in order.things.filter(pk__in=things)
        if one.name not in there
    ]  # fmt: skip
    WorkRow.rows.bulk_create(rows, ignore_conflicts=True)
    wrote("objects_done", order=str(order.pk), rows=len(rows))
    return len(rows)


def add_row(order: CustomerOrder, **said: Any) -> WorkRow:
    """Something done that is not an object of the map."""
    _open(order)
    row = WorkRow(tenant_id=order.tenant_id, order=order, **said)
    row.save(force_insert=True)
    wrote("work_noted", order=str(order.pk))
    return row


def take_back(row: WorkRow) -> None:
    """It was ticked by mistake. What is in an invoice basis stays."""
    if row.basis_id is not None:
        raise Refused("invoiced")
    row.state = "cancelled"
    row.save_if_unchanged("state")
    wrote("work_taken_back", order=str(row.order_id))


def make_basis(order: CustomerOrder, *, since: dt.date, until: dt.date) -> InvoiceBasis:
    """All that is done and not yet invoiced from `since` up to, not including, `until`."""
    rows = order.rows.to_invoice().filter(on__gte=since, on__lt=until).select_for_update()
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        raise Refused("nothing_done")
    basis = InvoiceBasis(
        tenant_id=order.tenant_id, order=order, since=since, until=until, made_on=current().on
    )
    basis.save(force_insert=True)
    WorkRow.rows.filter(pk__in=keys).update(basis=basis)
    wrote("basis_made", order=str(order.pk), basis=str(basis.pk), rows=len(keys))
    return basis


def send_basis(basis: InvoiceBasis) -> None:
    if basis.sent_on is None:
        basis.sent_on = current().on
        basis.save_if_unchanged("sent_on")
        wrote("basis_sent", basis=str(basis.pk))


def confirm_basis(basis: InvoiceBasis, receipt: str) -> None:
    """The finance side has it and has given it a number."""
    if basis.sent_on is None:
        raise Refused("not_sent")
    if not receipt.strip():
        raise Refused("receipt_missing")
    basis.confirmed_on, basis.receipt = current().on, receipt.strip()[:40]
    basis.save_if_unchanged("confirmed_on", "receipt")
    wrote("basis_confirmed", basis=str(basis.pk))


def close_order(order: CustomerOrder) -> None:
    order.closed_on = current().on
    order.save_if_unchanged("closed_on")
    wrote("order_closed", order=str(order.pk))


def want(what: str, amount: str, *, unit: uuid.UUID) -> Purchase:
    row = Purchase(
        tenant_id=current().tenant, unit_id=unit, what=what, amount=amount, asked_on=current().on
    )
    row.save(force_insert=True)
    wrote("purchase_listed", purchase=str(row.pk))
    return row


def buy(rows: Collection[uuid.UUID], *, unit: uuid.UUID) -> int:
    left = Purchase.objects.filter(pk__in=rows, unit=unit, bought_on__isnull=True)
    count: int = left.update(bought_on=current().on)
    wrote("purchases_made", rows=count)
    return count


def _open(order: CustomerOrder) -> None:
    if order.closed_on is not None:
        raise Refused("closed")
