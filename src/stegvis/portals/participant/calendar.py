"""The participant's own week in their own calendar: an address that is theirs to make and to end.

Whatever is wrong with an address, the same answer comes: nothing says that a person exists.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import uuid
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.scheduling.icalendar import Event, stream
from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.week.actions import end_feed, feed_of, open_feed, token_of
from stegvis.journey.week.facts import USUAL, own_week, times
from stegvis.journey.week.models import Feed
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import everyone, page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import Page, keeping, seen
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope, today
from stegvis.platform.tenancy.speech import speaking
from stegvis.portals.participant.own import own, shown

PLACE = 22  # letters of a municipality's key at the beginning of the address
WEEKS = (-1, 0, 1)  # last week, this one and the next
PRODUCT = "-//Stegvis//My week//EN"


@page(Role.PARTICIPANT, shows=FieldClass.DISCLOSURE, purpose=Purpose.OWN)
def my_calendar(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.DISCLOSURE)
    if request.method == "POST" and mine.enrolment:
        by = mine.visit.actor
        if request.POST.get("do") == "make":
            with suppress(NotNow):  # the page says why there is none
                open_feed(mine.enrolment, by=by)
        elif request.POST.get("do") == "end":
            end_feed(mine.person, by=by)
        return redirect("my_calendar")
    rows = Feed.feeds.filter(person=mine.person, until__isnull=True)
    row: Feed | None = rows.first()
    hidden = is_shielded(mine.person)
    more = {"address": _address(request, row) if row and not hidden else "", "hidden": hidden}
    answer = shown(request, "calendar", mine, **more)
    answer["Cache-Control"] = "no-store"
    return answer


def _address(request: HttpRequest, row: Feed) -> str:
    return request.build_absolute_uri(reverse("week_feed", args=[token_of(row)]))


@everyone
@require_safe
def week_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What has been shown to the person, in half days with the area's name: no name, no number."""
    place = _place(token)
    town = Tenant.objects.filter(pk=place).first() if place else None
    made = _made(town, token[PLACE:]) if town else None
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="week.ics"'
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _place(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{token[:PLACE]}=="))
    except (ValueError, binascii.Error):
        return None


def _made(town: Tenant, secret: str) -> str | None:
    page_ = Page(what="week_feed", purpose=Purpose.OWN)
    with scope(town.pk, service="week_feed"), keeping(page_):
        row = feed_of(secret)
        if row is None:
            return None
        seen([row.person_id], shows=FieldClass.WORK)
        events = [one for n in WEEKS for one in _week(row, Week.of(today()).plus(n), town)]
    with speaking(town.language, town.words):
        return stream(events, name=_("My week"), made=timezone.now(), product=PRODUCT)


def _week(row: Feed, week: Week, town: Tenant) -> list[Event]:
    hours, zone = times(row.person_id, week.monday), ZoneInfo(town.timezone)
    return [_event(row, slot, hours, zone) for slot in own_week(row.person_id, week.monday)]


def _event(row: Feed, slot: Any, hours: Any, zone: ZoneInfo) -> Event:
    start, end = hours.get((slot.day, slot.half), USUAL[slot.half])
    return Event(
        # The same for the half day whoever is put where: a change takes its place.
        uid=f"{uuid.uuid5(row.pk, f'{slot.day}|{slot.half}')}@stegvis",
        start=dt.datetime.combine(slot.day, start, zone),
        end=dt.datetime.combine(slot.day, end, zone),
        summary=slot.area.name,
        location=slot.area.workplace.name,
    )
