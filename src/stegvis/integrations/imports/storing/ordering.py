"""Orders of customers. What stands is read again under lock and never written over: a row that
says otherwise than the register waits for a person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from decimal import Decimal

from stegvis.integrations.imports.reading.register import OrderKey, OrderRow
from stegvis.integrations.imports.reading.results import CREATED
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.orders.models import Customer, CustomerOrder, OrderVisit, WorkRow
from stegvis.platform.tenancy.scope import current

INTERNAL = ("förvaltning", "kontoret", "hemtjänst", "forvaltning", "kommune", "kommun")
"""Ours: words in a customer's name that say it is part of the municipality; a person may change it
afterwards."""


def known_order_rows(numbers: Collection[str]) -> dict[OrderKey, OrderRow]:
    rows = WorkRow.rows.filter(order__number__in=numbers).order_by("id")
    said = rows.values_list(
        "order__number", "what", "place", "on", "order__customer__name", "quantity", "price",
        "state",
    )  # fmt: skip
    return {
        (number, what, place, on): OrderRow(
            customer, float(quantity), None if price is None else float(price), state
        )
        for number, what, place, on, customer, quantity, price, state in said
    }


def store_orders(arrivals: Sequence[Arrival], ground: Ground) -> None:
    orders = _orders({each.row.values["order"] for each in arrivals})
    there = known_order_rows(orders)
    customers = {row.name: row for row in Customer.objects.all()}
    visits = set(
        OrderVisit.objects.filter(order__number__in=orders)
        .order_by("id")
        .values_list("order_id", "on")
    )
    for arrival in arrivals:
        values = arrival.row.values
        key = (values["order"], values["what"], values.get("object") or "", values["date"])
        order = orders.get(values["order"])
        if arrival.row.outcome != CREATED:
            continue
        if key in there or (order is not None and order.customer.name != values["customer"]):
            arrival.wait()
            continue
        if order is None:
            customer = customers.get(values["customer"]) or _customer(values["customer"])
            customers[customer.name] = customer
            order = orders[values["order"]] = _order(arrival, customer, ground.units.here)
        _row(arrival, order)
        if (order.pk, values["date"]) not in visits:
            visits.add((order.pk, values["date"]))
            _visit(order, values["date"], values["status"])


def _orders(numbers: Collection[str]) -> dict[str, CustomerOrder]:
    rows = CustomerOrder.objects.filter(number__in=numbers).select_related("customer")
    return {row.number: row for row in rows.select_for_update(of=("self",))}


def _customer(name: str) -> Customer:
    internal = any(word in name.casefold() for word in INTERNAL)
    row = Customer(
        tenant_id=current().tenant, name=name, sort="internal" if internal else "external"
    )
    row.save(force_insert=True)
    return row


def _order(arrival: Arrival, customer: Customer, unit: uuid.UUID) -> CustomerOrder:
    values = arrival.row.values
    row = CustomerOrder(
        tenant_id=current().tenant,
        unit_id=unit,
        number=values["order"],
        customer=customer,
        what=values["what"],
        place=values.get("object") or "",
        imported=True,
    )
    row.save(force_insert=True)
    return row


def _row(arrival: Arrival, order: CustomerOrder) -> None:
    values = arrival.row.values
    price = values.get("price")
    row = WorkRow(
        tenant_id=current().tenant,
        order=order,
        what=values["what"],
        place=values.get("object") or "",
        on=values["date"],
        quantity=Decimal(str(values["qty"])),
        measure=values.get("measure") or "",
        price=None if price is None else Decimal(str(price)),
        state=values["status"],
    )
    row.save(force_insert=True)


def _visit(order: CustomerOrder, on: dt.date, state: str) -> None:
    row = OrderVisit(tenant_id=current().tenant, order=order, on=on, state=state)
    row.save(force_insert=True)
