"""The orders of a unit, one order with its days and its objects, and what is to be bought."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.orders import actions, words
from stegvis.journey.orders.facts import as_csv, as_xlsx, drawn, summed
from stegvis.journey.orders.forms import (
    ObjectForm,
    OrderForm,
    PeriodForm,
    PurchaseForm,
    VisitForm,
)
from stegvis.journey.orders.models import CustomerOrder, InvoiceBasis, OrderVisit, Purchase
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow

TAKERS = (Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)
SHOWN = 200
_FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@page(*TAKERS)
def orders(request: HttpRequest) -> HttpResponse:
    """Those that are open first, with what is left to invoice."""
    visit = visit_of(request)
    left = Q(rows__state="done", rows__basis__isnull=True, rows__price__isnull=False)
    rows = (
        CustomerOrder.objects.filter(unit=visit.unit)
        .select_related("customer")
        .annotate(left=Count("rows", filter=left))
        .prefetch_related("visits")
        .order_by("closed_on", "-number", "id")[:SHOWN]
    )
    context = {"orders": [_listed(row, visit.scope.on) for row in rows]}
    return render(request, "orders/orders.html", context)


def _listed(row: Any, on: dt.date) -> dict[str, Any]:
    days = [each.on for each in row.visits.all()]
    coming = [day for day in days if day >= on]
    return {
        "row": row,
        "sort": words.SORTS[row.customer.sort],
        "next": coming[0] if coming else None,
        "visits": len(days),
    }


@page(*TAKERS)
def new_order(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    form = OrderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and visit.unit:
        said = dict(form.cleaned_data)
        days = tuple(day for day in (said.pop("first"), said.pop("second")) if day)
        try:
            with transaction.atomic():
                row = actions.take_order(actions.NewOrder(**said, days=days), unit=visit.unit)
        except actions.Refused as fault:
            form.add_error("number", str(words.FAULTS[fault.code]))
        else:
            messages.success(request, _("The order is there."))
            return redirect("order", order=row.pk)
    return render(request, "orders/new.html", {"form": form})


def _mine(request: HttpRequest, key: uuid.UUID) -> CustomerOrder:
    rows = CustomerOrder.objects.select_related("customer")
    row: CustomerOrder | None = rows.filter(pk=key, unit=visit_of(request).unit).first()
    if row is None:
        raise Http404
    return row


@page(*TAKERS)
def order(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """One order. Ticking eleven stations is twelve taps: each, and Done."""
    row = _mine(request, order)
    today = visit_of(request).scope.on
    forms: dict[str, Any] = {
        "visit": VisitForm(prefix="visit"),
        "object": ObjectForm(prefix="object"),
        "period": PeriodForm(
            prefix="period", initial={"since": today.replace(day=1), "last": today}
        ),
    }
    if request.method == "POST" and _carried_out(request, row, forms, today):
        return redirect("order", order=row.pk)
    return render(request, "orders/order.html", _shown(row, today) | {"forms": forms})


def _carried_out(
    request: HttpRequest, row: CustomerOrder, forms: dict[str, Any], today: dt.date
) -> bool:
    """False: something typed is wrong and the page is shown again with it."""
    name, _sep, about = request.POST.get("do", "").partition(":")
    if name in forms:
        kind = type(forms[name])
        forms[name] = kind(request.POST, prefix=name)
        if not forms[name].is_valid():
            return False
    said: Mapping[str, Any] = forms[name].cleaned_data if name in forms else {}
    try:
        with transaction.atomic():
            do: Callable[..., None] = _DO.get(name, _nothing)
            do(request, row, about, said, today)
    except actions.Refused as fault:
        messages.warning(request, str(words.FAULTS[fault.code]))
        return name not in forms
    except StaleRow:
        messages.warning(request, _("A colleague has changed this meanwhile. Look again."))
    return True


def _nothing(*_said: Any) -> None:
    """A button nobody has: the page is shown again."""


def _visit(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.plan_visit(row, said["on"], said["part"])


def _object(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.add_object(row, said["name"], east=said["east"], north=said["north"])


def _tick(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    count = actions.tick(row, _keys(request.POST.getlist("thing")), on=today)
    messages.success(request, _("%(count)d done today.") % {"count": count})


def _end(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.end_visit(
        _of(row.visits.filter(pk__in=_keys([about]))), checked=request.POST.getlist("check")
    )


def _back(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.take_back(_of(row.rows.filter(pk__in=_keys([about]))))


def _period(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.make_basis(row, since=said["since"], until=said["last"] + dt.timedelta(days=1))


def _send(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.send_basis(_of(row.bases.filter(pk__in=_keys([about]))))


def _confirm(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    basis = _of(row.bases.filter(pk__in=_keys([about])))
    actions.confirm_basis(basis, request.POST.get("receipt", ""))


def _close(request: Any, row: CustomerOrder, about: str, said: Any, today: dt.date) -> None:
    actions.close_order(row)


_DO: Mapping[str, Callable[..., None]] = {
    "visit": _visit, "object": _object, "tick": _tick, "end": _end, "back": _back,
    "period": _period, "send": _send, "confirm": _confirm, "close": _close,
}  # fmt: skip


def _keys(texts: list[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _of(rows: Any) -> Any:
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _shown(row: CustomerOrder, today: dt.date) -> dict[str, Any]:
    things = list(row.things.all())
    done = list(row.rows.all())
    today_done = {each.thing_id for each in done if each.on == today and each.state == "done"}
    last = {each.thing_id: each.on for each in done if each.thing_id and each.state == "done"}
    return {
        "order": row,
        "sort": words.SORTS[row.customer.sort],
        "visits": [_visited(each) for each in row.visits.all()],
        "things": [(each, each.pk in today_done, last.get(each.pk)) for each in things],
        "map": drawn(things, today_done),
        "rows": [(each, words.STATES[each.state]) for each in done],
        "sum": summed(each for each in done if each.state == "done"),
        "bases": [
            (each, summed(each.rows.all()), len(each.rows.all()))
            for each in row.bases.prefetch_related("rows")
        ],
    }


def _visited(row: OrderVisit) -> dict[str, Any]:
    return {
        "row": row,
        "tag": words.STATES[row.state],
        "checks": [(code, word, code in row.checked) for code, word in words.CHECKS.items()],
    }


@page(*TAKERS)
@require_safe
def basis_file(request: HttpRequest, basis: uuid.UUID, form: str) -> HttpResponse:
    """The invoice basis as a file: what was done, where, when and for how much; nobody's name."""
    rows = InvoiceBasis.objects.select_related("order__customer").prefetch_related("rows")
    row = rows.filter(pk=basis, order__unit=visit_of(request).unit).first()
    if row is None or form not in _FILES:
        raise Http404
    write, kind = _FILES[form]
    wrote("basis_downloaded", basis=str(row.pk), form=form)
    name = "".join(sign if sign.isalnum() or sign == "-" else "-" for sign in row.order.number)
    response = HttpResponse(write(row), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{row.since}.{form}"'
    return response


@page(*TAKERS)
def purchases(request: HttpRequest) -> HttpResponse:
    """What is to be bought; it prints as a list to take along."""
    visit = visit_of(request)
    adds = request.method == "POST" and request.POST.get("do") != "buy"
    form = PurchaseForm(request.POST if adds else None)
    if request.method == "POST" and visit.unit:
        if not adds:
            actions.buy(_keys(request.POST.getlist("row")), unit=visit.unit)
            return redirect("purchases")
        if form.is_valid():
            said = form.cleaned_data
            actions.want(said["what"], said["amount"], unit=visit.unit)
            return redirect("purchases")
    rows = Purchase.objects.filter(unit=visit.unit, bought_on__isnull=True)
    return render(request, "orders/purchases.html", {"form": form, "rows": list(rows[:SHOWN])})
