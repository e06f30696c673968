"""What customers ask the workplaces to do, what was done of it, and what is invoiced.

Nothing here knows a participant: no row has a relation to a person and none a field for free notes
about who did what. What is invoiced can then name nobody (INV-24, N-11).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

SORTS = ("internal", "external")
STATES = ("planned", "done", "cancelled")
CHECKS = ("tools", "waste", "clean", "keys")  # ours: what is gone through when a job ends


@remembered
class Customer(SubmittedRow):
    """Who asks: another part of the municipality (internal) or somebody outside."""

    name = models.CharField(max_length=120)
    sort = models.CharField(max_length=8, choices=[(each, each) for each in SORTS])
    reference = models.CharField(max_length=60, blank=True)  # the customer's own, for the invoice

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "name"], name="customer_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="customer_is_named"),
        ]


@remembered
class CustomerOrder(SubmittedRow):
    """One number, however many visits it takes (KN-47). `recurring`: its objects are done again."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    number = models.CharField(max_length=30)
    customer = tenant_key("orders.Customer", related_name="orders")
    what = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    amount = models.CharField(max_length=60, blank=True)  # parts or pieces, as the customer says it
    rule = models.CharField(max_length=60, blank=True)  # such as "2 m around"
    recurring = models.BooleanField(default=False)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    imported = models.BooleanField(default=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["-number", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "number"], name="order_numbered_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(what=""), name="order_says_what"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="order_price_not_below_0"
            ),
        ]


@remembered
class OrderVisit(SubmittedRow):
    """A day somebody goes there. `checked`: what was gone through at its end (KN-50)."""

    order = tenant_key("orders.CustomerOrder", related_name="visits")
    on = models.DateField()
    part = models.CharField(max_length=120, blank=True)  # what of the order this day takes
    checked = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    state = models.CharField(max_length=9, default="planned")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=STATES), name="visit_state_known"),
        ]


@remembered
class OrderObject(SubmittedRow):
    """Something that is looked after again and again, where it is: metres east and north of the
    order's own origin, so that no map service is asked (KN-48)."""

    order = tenant_key("orders.CustomerOrder", related_name="things", db_index=False)
    name = models.CharField(max_length=60)
    east = models.IntegerField()
    north = models.IntegerField()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "order", "name"], name="object_named_once"),
        ]


@remembered
class InvoiceBasis(SubmittedRow):
    """What the finance assistant gets: finished rows of one order in a period, sent on a day and
    confirmed on a day (KN-49). Its rows are those lines that name it."""

    order = tenant_key("orders.CustomerOrder", related_name="bases")
    since = models.DateField()
    until = models.DateField()  # the first day after
    made_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    receipt = models.CharField(max_length=40, blank=True)  # the number the finance side gave it

    class Meta(SubmittedRow.Meta):
        ordering = ["-made_on", "-id"]
        verbose_name_plural = "invoice bases"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="basis_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True)
                | (Q(sent_on__isnull=False) & ~Q(receipt="")),
                name="basis_confirmed_after_sent",
            ),
        ]


class WorkRowQuerySet(models.QuerySet["WorkRow"]):
    def to_invoice(self) -> WorkRowQuerySet:
        return self.filter(state="done", basis__isnull=True, price__isnull=False)


@remembered
class WorkRow(SubmittedRow):
    """What was done, where, on which day: each finished line is one row of an invoice basis."""

    order = tenant_key("orders.CustomerOrder", related_name="rows", db_index=False)
    thing = tenant_key("orders.OrderObject", null=True, related_name="rows")
    what = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    quantity = models.DecimalField(max_digits=8, decimal_places=2, default=1)
    measure = models.CharField(max_length=12, blank=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=9, default="done")
    basis = tenant_key("orders.InvoiceBasis", null=True, related_name="rows")

    rows: ClassVar[Any] = WorkRowQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "place", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "order", "what", "place", "on"], name="line_once_a_day"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="line_state_known"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="line_quantity_not_below_0"),
            models.CheckConstraint(
                condition=Q(basis__isnull=True) | Q(state="done", price__isnull=False),
                name="invoiced_is_done_and_priced",
            ),
        ]

    @property
    def total(self) -> Decimal:
        price: Decimal = self.price or Decimal()
        total: Decimal = (price * self.quantity).quantize(Decimal("0.01"))
        return total


@remembered
class Purchase(SubmittedRow):
    """Something to buy for the workplaces of a unit; bought is ticked (KN-56)."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    what = models.CharField(max_length=120)
    amount = models.CharField(max_length=40, blank=True)
    asked_on = models.DateField()
    bought_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["asked_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="purchase_says_what"),
        ]
