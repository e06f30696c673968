"""The product's tables as plain models: only the columns a bare page reads or writes."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"

    class Meta:
        managed = False
        db_table = "accounts_user"


class Plain(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant_id = models.UUIDField()
    version = models.IntegerField(default=1)

    # Any: the type checker knows the product's settings, and these models are not among them.
    objects: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True


class Sent(Plain):
    submission = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Unit(Plain):
    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        db_table = "tenancy_unit"


class Member(Plain):
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)

    class Meta:
        managed = False
        db_table = "accounts_member"


class Programme(Sent):
    key = models.CharField(max_length=40)
    number = models.IntegerField()

    class Meta:
        managed = False
        db_table = "programmes_programmeversion"


class Person(Plain):
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "people_person"


class Referral(Sent):
    number = models.CharField(max_length=30)

    class Meta:
        managed = False
        db_table = "intake_referral"


class Enrolment(Sent):
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True)
    agency = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "intake_enrolment"


class Fact(Sent):
    """Something dated of one enrolment."""

    person_id = models.UUIDField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Assignment(Fact):
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    part = models.CharField(max_length=16)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "intake_assignment"


class Period(Fact):
    ladder = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    ordinal = models.SmallIntegerField()
    attempt = models.SmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True)
    support = models.CharField(max_length=16, default="")
    purpose = models.CharField(max_length=16, default="")
    note = models.TextField(default="")
    imported = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "standing_stepperiod"


class Pause(Fact):
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=30)

    class Meta:
        managed = False
        db_table = "standing_pause"


class Category(Fact):
    code = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "standing_category"


class Judged(Fact):
    criterion = models.CharField(max_length=60)
    met = models.BooleanField()
    basis = models.TextField()
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "standing_judged"


class Income(Fact):
    moment = models.CharField(max_length=5)
    source = models.CharField(max_length=30)
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "intake_income"


class Duty(Plain):
    """A to-do of staff on a step, for one stay on it."""

    person_id = models.UUIDField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(max_length=40)
    optional = models.BooleanField(default=True)
    state = models.CharField(max_length=10, default="open")

    class Meta:
        managed = False
        db_table = "standing_duty"


class Decision(Fact):
    programme_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    ladder = models.CharField(max_length=40)
    from_step = models.CharField(max_length=40)
    to_step = models.CharField(max_length=40)
    skipped: ClassVar = ArrayField(models.CharField(max_length=40), default=list)
    closes = models.ForeignKey(Period, models.PROTECT, null=True, related_name="+")
    opens = models.ForeignKey(Period, models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField()
    advice = models.JSONField(default=dict)
    against_advice = models.BooleanField(default=False)
    reasons: ClassVar = ArrayField(models.CharField(max_length=120), default=list)
    grounds = models.TextField()
    own_words = models.TextField()
    own_words_missing = models.CharField(max_length=40, default="")
    review_on = models.DateField(null=True)
    by = models.ForeignKey(Member, models.PROTECT)

    class Meta:
        managed = False
        db_table = "steps_stepdecision"


class Said(Plain):
    """What was said of a day, and what holds of it: the columns both have."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    on = models.DateField()
    what = models.CharField(max_length=12, default="work")
    status = models.CharField(max_length=10)
    minutes = models.SmallIntegerField(null=True)
    attended = models.SmallIntegerField(null=True)
    reason = models.CharField(max_length=24, default="")
    how = models.CharField(max_length=10, default="supervisor")
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Statement(Said):
    submission = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    device = models.CharField(max_length=36, default="")
    turn = models.IntegerField(default=0)
    over = models.CharField(max_length=48, default="")

    class Meta:
        managed = False
        db_table = "attendance_statement"


class Attendance(Said):
    leave = models.BooleanField(default=False)
    starts = models.TimeField(null=True)
    expected = models.SmallIntegerField(null=True)
    disputed = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "attendance_attendance"


class Dated(Plain):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    source = models.UUIDField()
    kind = models.CharField(max_length=32)
    on = models.DateField()
    until = models.DateField(null=True)
    values = models.JSONField(default=dict)
    struck = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "standing_datedfact"
