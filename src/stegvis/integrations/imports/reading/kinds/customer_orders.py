"""What customers have asked for, as a unit keeps it: a line for each thing done, planned or called
off. A finished line is one row of an invoice basis, so nothing unclear of price, amount or day is
stored. The free text is looked through for names and kept out: it might reach the invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Kind,
    Read,
    said,
)
from stegvis.integrations.imports.reading.register import Ledger, OrderRow
from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, Row
from stegvis.integrations.imports.reading.values.amounts import read_amount
from stegvis.integrations.imports.reading.values.vocabulary import read_term
from stegvis.integrations.imports.reading.wording import shown

LONGEST = {"order": 30, "customer": 120, "what": 120, "object": 120, "measure": 12}
MOST = Decimal(999_999)
# Two words with capitals beside each other, anywhere: rather one too many than one invoiced.
_NAMES = re.compile(r"\b[^\W\d_a-zåäöæø][a-zåäöæøéü]+(?:-\w+)? [^\W\d_a-zåäöæø][a-zåäöæøéü]+")


def _readers(context: Context) -> Mapping[str, CellReader]:
    def day(cell: Cell, column: str) -> Read:
        found = context.dates.any(cell)
        return said(column, found.fault or found.note, date=found.on)

    return {
        "order": _text("order", "order_missing"),
        "cust": _text("customer", "customer_missing"),
        "what": _text("what", "order_says_nothing"),
        "obj": _text("object"),
        "date": day,
        "qty": _quantity,
        "measure": _text("measure"),
        "price": _price,
        "status": _status,
        "text": _free,
    }


def _text(name: str, missing: str = "") -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        text = shown(cell)
        if len(text) > LONGEST[name]:
            return said(column, "too_long", **{name: text})
        return said(column, "" if text else missing, **{name: text})

    return read


def _quantity(cell: Cell, column: str) -> Read:
    found = read_amount(cell)
    if found is None or abs(found) > MOST:
        return said(column, "qty_unreadable")
    return said(column, "qty_negative" if found < 0 else "", qty=float(found))


def _price(cell: Cell, column: str) -> Read:
    found = read_amount(cell)
    if found is None or not 0 <= found <= MOST:
        return said(column, "price_unreadable", price=None)
    return Read({"price": float(found)})


def _status(cell: Cell, column: str) -> Read:
    code = read_term("order_status", cell)
    return Read({"status": code}) if code else said(column, "status_unknown")


def _free(cell: Cell, column: str) -> Read:
    return said(column, "person_in_text") if _NAMES.search(shown(cell)) else NOTHING


def _finish(row: Row) -> None:
    for field, value, code in (
        ("cust", "customer", "customer_missing"),
        ("what", "what", "order_says_nothing"),
        ("date", "date", "date_missing"),
        ("qty", "qty", "qty_unreadable"),
        ("status", "status", "status_unknown"),
    ):
        if row.values.get(value) in (None, "") and not _spoken(row, field):
            row.say(row.column(field), code)


def _spoken(row: Row, field: str) -> bool:
    column = row.column(field)
    return bool(column) and any(each.column == column for each in row.issues)


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    known = ledger.order_rows({row.values["order"] for row in rows if row.values.get("order")})
    customers: dict[str, str] = {}
    for row in rows:
        on, values = row.values.get("date"), row.values
        if on and values.get("status") == "done" and on > ledger.today:
            row.say(row.column("date"), "done_in_future")
        key = (values.get("order"), values.get("what"), values.get("object") or "", on)
        earlier = known.get(key)
        if not row.held and earlier is not None:
            _repeat(row, earlier)
        if row.held:
            row.outcome = HELD
            continue
        asked = customers.setdefault(values["order"], values["customer"])
        if asked != values["customer"]:
            row.say(row.column("cust"), "dup_conflict")
            row.outcome = HELD
        elif earlier is None:
            row.outcome = CREATED
            known[key] = OrderRow(
                values["customer"], values["qty"], values.get("price"), values["status"], row.number
            )


def _repeat(row: Row, earlier: OrderRow) -> None:
    """The same thing on the same day once more: the first stands, and two invoices would follow
    from letting both in."""
    values = row.values
    mine = (values["customer"], values["qty"], values.get("price"), values["status"])
    row.first = earlier.row
    if mine != earlier[:4]:
        row.say("", "conflicts_with_register" if earlier.row is None else "dup_conflict")
        return
    row.outcome = UNCHANGED
    row.issues.append(issue("", "dup_same"))


ORDERS = Kind(
    "customer_orders", _readers, _judge, _finish, required=("order", "what"),
    keys=("order", "cust", "what"),
)  # fmt: skip
