"""A user signs in; a member is that user in one municipality; a grant is a role in it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, override

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from stegvis.platform.tenancy.models import Row, Tenant, Unit, tenant_key


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Who signs in. Knows no municipality and no role: those hang on the membership."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.email


class Role(models.TextChoices):
    CASE_WORKER = "case_worker", _("Case worker")
    WORK_SUPERVISOR = "work_supervisor", _("Work supervisor")
    JOB_MEDIATOR = "job_mediator", _("Job mediator")
    UNIT_MANAGER = "unit_manager", _("Unit manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    LOG_REVIEWER = "log_reviewer", _("Log reviewer")
    PROTECTION_OFFICER = "protection_officer", _("Responsible for protected identities")
    PARTICIPANT = "participant", _("Participant")
    EVALUATOR = "evaluator", _("Evaluator")


class MemberQuerySet(models.QuerySet["Member"]):
    def colleagues(self) -> MemberQuerySet:
        """Staff, past and present: a participant's own sign-in is nobody's colleague."""
        return self.filter(portal=False)

    def working(self, on: dt.date) -> MemberQuerySet:
        return self.colleagues().filter(Q(left_on__isnull=True) | Q(left_on__gt=on))


class Member(Row):
    """A user in a municipality. A leaver gets an end date: it holds from the very next request,
    in every session that is still open. `portal`: a participant's own way in; the name is then a
    word for that and never the person's, which lies behind the person's wall."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    signature = models.CharField(max_length=12, blank=True)
    unit = tenant_key("tenancy.Unit", null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    portal = models.BooleanField(default=False, db_default=False, editable=False)

    members: ClassVar[Any] = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="member_once")]

    @override
    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    def held(self, on: dt.date) -> GrantQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


class Grant(Row):
    """A role, in a unit or (null) in the whole municipality, from a day until a day (half-open).
    `need` keeps why the role is needed: access without such an analysis has cost others dearly."""

    member = tenant_key("accounts.Member", db_index=True, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = tenant_key("tenancy.Unit", null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    need = models.CharField(max_length=200, blank=True)
    given_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    grants: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="grant_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
        ]


class Guarded(Row):
    """Something secret that lets a person in. Wrong tries are counted here, in the row itself, so
    that two at once cannot share one; what is closed stays closed."""

    person = models.UUIDField()
    member = tenant_key("accounts.Member", related_name="+")
    secret = models.CharField(max_length=64)  # a keyed mark: see doors.kept
    tries = models.PositiveSmallIntegerField(default=0)
    shut_until = models.DateTimeField(null=True, blank=True)
    given_by = tenant_key("accounts.Member", related_name="+")
    given_at = models.DateTimeField(db_default=Now(), editable=False)
    used_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class OpenQuerySet(models.QuerySet[Any]):
    def open(self) -> OpenQuerySet:
        return self.filter(closed_at__isnull=True)


class PersonalLink(Guarded):
    """A participant's own address, of which only a digest is kept, and the code told beside it."""

    digest = models.BinaryField()

    links: ClassVar[Any] = OpenQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="link_once"),
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(closed_at__isnull=True),
                name="one_open_link",
            ),
        ]


class SharedDevice(Row):
    """A tablet of a unit on which participants sign in by pictures. It says who it is by a cookie
    of which only a digest is kept."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    name = models.CharField(max_length=60)
    digest = models.BinaryField()
    enrolled_by = tenant_key("accounts.Member", related_name="+")
    enrolled_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    devices: ClassVar[Any] = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["enrolled_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="device_once"),
        ]


class PicturePin(Guarded):
    """The person's own picture on one shared device, and the four pictures that follow it."""

    device = tenant_key("accounts.SharedDevice", related_name="pins")
    picture = models.CharField(max_length=20)

    pins: ClassVar[Any] = OpenQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "device", "picture"],
                condition=Q(closed_at__isnull=True),
                name="own_picture_on_a_device",
            ),
            models.UniqueConstraint(
                fields=["tenant", "device", "person"],
                condition=Q(closed_at__isnull=True),
                name="one_open_pin_on_a_device",
            ),
        ]


class Leave(Row):
    """Days a member of staff is away, half-open. No reason is asked: the lists need only the days.
    Taken back is `until` = `since`."""

    member = tenant_key("accounts.Member", db_index=True, related_name="leaves")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="leave_in_order"
            ),
        ]


__all__ = [
    "Grant",
    "Guarded",
    "Leave",
    "Member",
    "PersonalLink",
    "PicturePin",
    "Role",
    "SharedDevice",
    "Tenant",
    "Unit",
    "User",
]
