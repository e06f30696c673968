"""A workplace's day: what is gone through when it opens and closes, its log, briefings, cars.

What is about the place knows nobody: no participant stands in a tick, a line, a check or a booking.
Who took part, who drove and whose hand did a check stands apart, each row behind its person's wall.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

CODE = 24
LINE = 160


class Listed(models.TextChoices):
    """The lists of a unit. OUT and BACK are of vehicles (V-24)."""

    OPENING = "opening"
    CLOSING = "closing"
    SAFETY = "safety"
    OUT = "out"
    BACK = "back"


class Way(models.TextChoices):
    OUT = "out"
    BACK = "back"


class Part(models.TextChoices):
    DAY = "day"
    MORNING = "am"
    AFTERNOON = "pm"


@remembered
class Point(Row):
    """Something on a unit's list: its own, or one of ours that it has no use for."""

    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    listed = models.CharField(max_length=8, choices=Listed.choices)
    code = models.CharField(max_length=CODE)
    name = models.CharField(max_length=80, blank=True)  # without one it is ours
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["listed", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "listed", "code"], name="point_listed_once"
            ),
        ]


@remembered
class Tick(SubmittedRow):
    """One point is done that day. Taken back it is gone, and that it was there is remembered."""

    workplace = tenant_key("workplaces.Workplace", related_name="+", db_index=False)
    on = models.DateField()
    listed = models.CharField(max_length=8, choices=Listed.choices)
    code = models.CharField(max_length=CODE)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "workplace", "on", "listed", "code"], name="ticked_once_a_day"
            ),
        ]


@remembered
class LogLine(SubmittedRow):
    """A short line about the place: never about a participant, as is said where it is written."""

    workplace = tenant_key("workplaces.Workplace", related_name="+", db_index=False)
    on = models.DateField()
    text = models.CharField(max_length=LINE)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["tenant", "workplace", "on"], name="log_of_day")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="log_line_says_something"),
        ]


class Briefing(SubmittedRow):
    """The work was gone through with those who were there, and how it is done safely (KN-45)."""

    workplace = tenant_key("workplaces.Workplace", related_name="+", db_index=False)
    on = models.DateField()
    items = models.TextField(blank=True)  # a line each
    topics = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "workplace", "on"], name="briefing_of_day")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(items="") | Q(topics__len__gt=0), name="briefing_says_something"
            ),
        ]


class Briefed(SubmittedRow):
    """Somebody took part: one line of the person's own log of safety topics."""

    briefing = tenant_key("days.Briefing", related_name="took_part", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    on = models.DateField()
    topics = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "briefing", "person"], name="briefed_once_each"
            ),
        ]


@remembered
class Vehicle(Row):
    """A car of a unit. `licence`: the class its driver must have; `points`: what of the unit's list
    is gone through before it leaves."""

    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    plate = models.CharField(max_length=12, blank=True)
    licence = models.CharField(max_length=2, blank=True)
    points = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unit", "name"], name="vehicle_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="vehicle_is_named"),
        ]


@remembered
class Booking(SubmittedRow):
    """A vehicle is used on a day. Who drives: a colleague here, or a participant in a `Hand`."""

    vehicle = tenant_key("days.Vehicle", related_name="bookings", db_index=False)
    on = models.DateField()
    part = models.CharField(max_length=3, choices=Part.choices, default=Part.DAY)
    errand = models.CharField(max_length=80, blank=True)
    driver = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    by = tenant_key("accounts.Member", related_name="+")
    called_off_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "part", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "vehicle", "on", "part"],
                condition=Q(called_off_on__isnull=True),
                name="vehicle_used_once_at_a_time",
            ),
        ]


class VehicleCheck(SubmittedRow):
    """Gone through before it leaves, or when it is back (KN-46). `by` answers for it."""

    vehicle = tenant_key("days.Vehicle", related_name="checks", db_index=False)
    on = models.DateField()
    way = models.CharField(max_length=4, choices=Way.choices)
    good = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    defects = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "vehicle", "on", "way"], name="vehicle_checked_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(good__len__gt=0) | Q(defects__len__gt=0),
                name="check_saw_something",
            ),
        ]


class Hand(SubmittedRow):
    """What a participant did with a vehicle: drives it, or went through it with their own hands."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    on = models.DateField()
    booking = tenant_key(
        "days.Booking", null=True, blank=True, related_name="drivers", db_index=False
    )
    check_made = tenant_key(
        "days.VehicleCheck", null=True, blank=True, related_name="hands", db_index=False
    )

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(booking__isnull=True, check_made__isnull=False)
                | Q(booking__isnull=False, check_made__isnull=True),
                name="hand_drives_or_checks",
            ),
            models.UniqueConstraint(fields=["tenant", "booking"], name="one_driver_each"),
            models.UniqueConstraint(fields=["tenant", "check_made"], name="one_hand_each"),
        ]


@remembered
class Fault(SubmittedRow):
    """Something that is wrong with a vehicle: somebody's task until it is mended."""

    vehicle = tenant_key("days.Vehicle", related_name="faults")
    code = models.CharField(max_length=CODE, blank=True)  # of the list; else in words
    words = models.CharField(max_length=LINE, blank=True)
    found_on = models.DateField()
    owner = tenant_key("accounts.Member", db_index=True, related_name="+")
    by = tenant_key("accounts.Member", related_name="+")
    mended_on = models.DateField(null=True, blank=True)
    mended_by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["found_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(code="") | ~Q(words=""), name="fault_says_what_is_wrong"
            ),
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True, mended_by__isnull=True)
                | Q(mended_on__gte=F("found_on"), mended_by__isnull=False),
                name="mended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["tenant", "vehicle", "code"],
                condition=Q(mended_on__isnull=True) & ~Q(code=""),
                name="fault_open_once",
            ),
        ]


@remembered
class MemberLicence(Row):
    """A colleague's driving licence, as it was seen. A participant's stands among their papers."""

    member = tenant_key("accounts.Member", related_name="+")
    classes = ArrayField(models.CharField(max_length=2))
    valid_to = models.DateField()  # the last day
    seen_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="colleague_licence_once"),
            models.CheckConstraint(condition=Q(classes__len__gt=0), name="colleague_licence_says"),
        ]
