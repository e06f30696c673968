"""An invoice basis as a file, and the objects of an order as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stegvis.core.values.cells import shown
from stegvis.journey.orders.models import InvoiceBasis, OrderObject, WorkRow

WIDE, EDGE = 640, 48


def titles() -> list[str]:
    return [
        _("Order number"), _("Customer"), _("Reference"), _("What"), _("Place"), _("Day"),
        _("Quantity"), _("Measure"), _("Price each"), _("Sum"),
    ]  # fmt: skip


def _cells(basis: InvoiceBasis) -> Iterator[list[str]]:
    order = basis.order
    for row in basis.rows.all():
        head = [order.number, order.customer.name, order.customer.reference, row.what, row.place]
        yield [
            *map(shown, head),
            row.on.isoformat(), f"{row.quantity.normalize():f}", shown(row.measure),
            f"{row.price:.2f}", f"{row.total:.2f}",
        ]  # fmt: skip


def as_csv(basis: InvoiceBasis) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles())
    writer.writerows([[*c[:6], *(t.replace(".", ",") for t in c[6:])] for c in _cells(basis)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(basis: InvoiceBasis) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, titles(), book.add_format({"bold": True}))
        for at, cells in enumerate(_cells(basis), start=1):
            for column, text in enumerate(cells):
                if column in (6, 8, 9):
                    sheet.write_number(at, column, float(text))
                else:
                    sheet.write_string(at, column, text)
    return out.getvalue()


def drawn(things: Iterable[OrderObject], done: Collection[object]) -> SafeString:
    """Where the objects lie, from their own coordinates: no map service learns what is looked
    after. The list beside it says the same in words."""
    rows = list(things)
    if not rows:
        return SafeString("")
    west, south = min(r.east for r in rows), min(r.north for r in rows)
    span = max(1, max(r.east for r in rows) - west, max(r.north for r in rows) - south)
    scale = (WIDE - 2 * EDGE) / span
    high = round((max(r.north for r in rows) - south) * scale) + 2 * EDGE
    dots = "".join(
        _dot(
            r,
            EDGE + round((r.east - west) * scale),
            high - EDGE - round((r.north - south) * scale),
            done=r.pk in done,
        )
        for r in rows
    )
    label = escape(_("Where the objects lie"))
    return SafeString(
        f'<svg class="order-map" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{label}">'
        f"{dots}</svg>"
    )


def _dot(row: OrderObject, x: int, y: int, *, done: bool) -> str:
    mark = f'<path class="om-tick" d="M{x - 5} {y}l4 4 7-8"/>' if done else ""
    kind = "om-dot done" if done else "om-dot"
    return (
        f'<circle class="{kind}" cx="{x}" cy="{y}" r="11"/>{mark}'
        f'<text class="om-name" x="{x}" y="{y + 27}" text-anchor="middle">{escape(row.name)}</text>'
    )


def summed(rows: Iterable[WorkRow]) -> str:
    return f"{sum(row.total for row in rows):.2f}".replace(".", ",")
