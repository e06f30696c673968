"""A month of orders: eleven substations to be kept clear, furniture moved on two days, a hedge cut,
and what is to be bought. All customers, places and coordinates are invented."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

WORDS = {
    "SE": {
        "grid": ("Ekdala Elnät (påhittat)", "Röja runt nätstation", "2 m runt om", "NS"),
        "school": ("Utbildningsförvaltningen", "Flytta skrivbord", "Ekskolan", "st"),
        "garden": ("Bostadsbolaget Linden (påhittat)", "Klippa häck", "Gård 4", "st"),
        "buy": (("Arbetshandskar", "10 par"), ("Trimmertråd", "2 rullar"), ("Kaffe", "4 paket")),
    },
    "DK": {
        "grid": ("Birkesø Net (opdigtet)", "Rydde om transformerstation", "2 m rundt om", "TS"),
        "school": ("Skoleforvaltningen", "Flytte skriveborde", "Birkeskolen", "stk."),
        "garden": ("Boligforeningen Linden (opdigtet)", "Klippe hæk", "Gård 4", "stk."),
        "buy": (("Arbejdshandsker", "10 par"), ("Trimmersnor", "2 ruller"), ("Kaffe", "4 poser")),
    },
}
PLACES = (
    (0, 0), (220, 140), (410, 60), (560, 260), (150, 330), (330, 420), (700, 90), (640, 430),
    (40, 520), (480, 560), (250, 640),
)  # fmt: skip


def orders(made: Plan, going: Sequence[Case]) -> None:
    units = list(dict.fromkeys(case.enrolment["unit_id"] for case in going))
    for turn, unit in enumerate(units):
        _of_unit(made, unit, turn)


def _of_unit(made: Plan, unit: uuid.UUID, turn: int) -> None:
    words: dict[str, Any] = WORDS[made.country]
    tens = 30 + turn * 10
    if turn == 0:
        _stations(made, unit, words["grid"], tens + 1)
    begun = working_day(made.today - days(20 + turn))
    for at, (key, sort) in enumerate((("school", "internal"), ("garden", "external"))):
        customer, what, place, measure = words[key]
        row = _order(made, unit, begun, f"{tens + 2 + at}", (customer, sort, what), place=place)
        on = begun
        for count in (11, 12):
            on = working_day(on + days(1))
            _visit(made, row, on, "done" if on <= made.today else "planned")
            _work(made, row, what, place, on, quantity=Decimal(count), measure=measure,
                  price=Decimal(120))  # fmt: skip
        begun = working_day(begun + days(6))
    for what, amount in words["buy"]:
        made.add("orders.Purchase", made.today, unit_id=unit, what=what, amount=amount,
                 asked_on=made.today - days(2), bought_on=None)  # fmt: skip


def _stations(made: Plan, unit: uuid.UUID, words: Any, number: int) -> None:
    """All were done last month; some this time, the rest wait for the next afternoon."""
    customer, what, rule, short = words
    begun = working_day(made.today - days(30))
    row = _order(made, unit, begun, str(number), (customer, "external", what), rule=rule,
                 recurring=True, price=Decimal(485))  # fmt: skip
    latest = working_day(made.today - days(4))
    _visit(made, row, begun, "done")
    _visit(made, row, latest, "done")
    _visit(made, row, made.today, "planned")
    for at, (east, north) in enumerate(PLACES):
        name = f"{short}-{at + 1:02}"
        thing = made.add("orders.OrderObject", begun, order_id=row["id"], name=name, east=east,
                         north=north)  # fmt: skip
        for on in (begun, latest) if at % 3 else (begun,):
            _work(made, row, what, name, on, thing_id=thing["id"], price=Decimal(485))


def _order(
    made: Plan, unit: uuid.UUID, on: dt.date, number: str, said: tuple[str, str, str], **more: Any
) -> Row:
    name, sort, what = said
    known = [row for row in made.of("orders.Customer") if row["name"] == name]
    customer = known[0] if known else made.add(
        "orders.Customer", on, name=name, sort=sort, reference=""
    )  # fmt: skip
    values = {
        "place": "", "amount": "", "rule": "", "recurring": False, "price": None,
        "closed_on": None, "imported": False, **more,
    }  # fmt: skip
    return made.add(
        "orders.CustomerOrder", on, unit_id=unit, number=f"U-{on.year}-{number}", what=what,
        customer_id=customer["id"], **values,
    )  # fmt: skip


def _visit(made: Plan, order: Row, on: dt.date, state: str) -> None:
    checked = ["tools", "waste"] if state == "done" else []
    made.add("orders.OrderVisit", min(on, made.today), order_id=order["id"], on=on, part="",
             checked=checked, state=state)  # fmt: skip


def _work(made: Plan, order: Row, what: str, place: str, on: dt.date, **more: Any) -> None:
    values = {
        "thing_id": None, "quantity": Decimal(1), "measure": "", "state": "done",
        "basis_id": None, **more,
    }  # fmt: skip
    made.add("orders.WorkRow", on, order_id=order["id"], what=what, place=place, on=on, **values)
