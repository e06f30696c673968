"""What two municipalities have agreed to show each other of their companies (JI-43, X-01).

Each has its own row of the agreement, and `pair` is what they have in common. What the other one
shows lies here as a copy that only a function of the database writes (0040): no key goes across,
no wall is opened, and no column of it can hold a person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from stegvis.journey.employers.models.register import CODE, LINE, NAME, Spanned, StandingQuerySet
from stegvis.platform.tenancy.models import Row, tenant_key


class SharingPact(Spanned, Row):
    """Our side of an agreement with another municipality, half-open."""

    class State(models.TextChoices):
        OFFERED = "offered"
        ACCEPTED = "accepted"
        ENDED = "ended"

    pair = models.UUIDField()
    peer = models.UUIDField()
    peer_name = models.CharField(max_length=NAME)
    offered_by_us = models.BooleanField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    pacts: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["peer_name", "since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "pair"], name="pact_has_one_row_here"),
            models.UniqueConstraint(
                fields=["tenant", "peer"], condition=~Q(state="ended"), name="one_pact_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(tenant=F("peer")), name="pact_is_with_another"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pact_in_order"
            ),
        ]


class SharedOpening(Row):
    """An opening of another municipality, as it lets us see it. `origin`: its key there;
    `ambassadors`: how many of the site's own staff are fully trained."""

    pair = models.UUIDField()
    origin = models.UUIDField()
    company = models.CharField(max_length=NAME)
    site = models.CharField(max_length=NAME)
    address = models.CharField(max_length=LINE, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    name = models.CharField(max_length=NAME)
    area = models.CharField(max_length=CODE, blank=True)
    tasks = models.TextField(blank=True)
    hours_from = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    hours_to = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    free = models.PositiveSmallIntegerField(null=True)
    grade = models.CharField(max_length=12)
    sector = models.CharField(max_length=12)
    ambassadors = models.PositiveSmallIntegerField()
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["company", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "pair", "origin"], name="shared_once"),
        ]


class PlaceRequest(Row):
    """One municipality asks another for a place: for nobody by name, and there is no field for one.
    `ours`: we asked; else we are asked. `token` is the same on both sides."""

    class Answer(models.TextChoices):
        NONE = ""
        YES = "yes"
        NO = "no"

    pair = models.UUIDField()
    token = models.UUIDField()
    origin = models.UUIDField()
    ours = models.BooleanField()
    opening = models.CharField(max_length=NAME)
    site = models.CharField(max_length=NAME)
    peer_name = models.CharField(max_length=NAME)
    asker = models.CharField(max_length=NAME)
    asked_on = models.DateField()
    wanted_from = models.DateField()
    answer = models.CharField(max_length=3, blank=True, choices=Answer.choices)
    answered_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta:
        ordering = ["-asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token"], name="place_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_on__gte=F("asked_on"))),
                name="request_answered_on_a_day",
            ),
        ]
