"""Who has read. The reviewer sees reads picked by rules, without participants' names; staff with
the right see all reads of a person they work with. Looking here is written down like any look."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stegvis.journey.people.models import Person
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.chain import verify
from stegvis.platform.journal.models import Event
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen, wrote
from stegvis.portals.reviewer import words
from stegvis.portals.reviewer.rows import told
from stegvis.portals.reviewer.rules import RULES, Span, picked, tally

PAGE = 50
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


def _day(request: HttpRequest) -> dt.date | None:
    """The day asked for; the calendar's first and last have no neighbours and are none."""
    try:
        day = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if dt.date.min < day < dt.date.max else None


def _before(request: HttpRequest) -> int | None:
    typed = request.GET.get("before", "")
    return int(typed) if typed.isdecimal() and len(typed) < 18 else None  # noqa: PLR2004 -- bigint


@page(Role.LOG_REVIEWER, shows=FieldClass.READS, purpose=Purpose.LOG_REVIEW)
def reads(request: HttpRequest) -> HttpResponse:
    on, day = visit_of(request).scope.on, _day(request)
    span = Span(day, day + DAY) if day else Span(on - WEEK + DAY, on + DAY)
    rule = request.GET.get("rule", "")
    rule = rule if rule in RULES else ""
    found = picked(span, rule=rule, before=_before(request), limit=PAGE + 1)
    numbers = list(found)[:PAGE]
    since, until = span.instants
    events = list(
        Event.events.filter(seq__in=numbers, at__gte=since, at__lt=until).order_by("-seq")
    )
    # A list of many is shown as a number; whoever stands here with a key of their own is read.
    seen(person for event in events if len(event.persons) == 1 for person in event.persons)
    context = {
        "rows": told(events, found),
        "tally": tally(span),
        "rules": [(code, *words.RULES[code], words.LOOKED_AT[code]) for code in RULES],
        "rule": rule,
        "day": day,
        "last_day": span.until - DAY,
        "first_day": span.since,
        "more": numbers[-1] if len(found) > PAGE else None,
        "chain": _last_check(),
    }
    context["counted"] = [
        (*one, context["tally"].by_rule[one[0]])  # type: ignore[attr-defined]
        for one in context["rules"]  # type: ignore[attr-defined]
    ]
    return render(request, "reviewer/log.html", context)


def _last_check() -> dict[str, Any] | None:
    """What the last check of the chain in the last month found."""
    lately = timezone.now() - dt.timedelta(days=31)
    found = Event.events.filter(what="chain_checked", at__gte=lately).order_by("-seq").first()
    return {"at": found.at, **found.details} if found else None


@page(Role.LOG_REVIEWER, purpose=Purpose.LOG_REVIEW)
@require_POST
def check_chain(request: HttpRequest) -> HttpResponse:
    chain = verify()
    wrote("chain_checked", length=chain.length, broken_at=chain.broken_at)
    if chain.broken_at is None:
        messages.success(request, _("The journal is whole, from the first event to the last."))
    else:
        messages.error(request, _("The journal is broken. Tell the one who runs the system."))
    return redirect("reads")


@page(
    Role.CASE_WORKER,
    Role.UNIT_MANAGER,
    Role.PROTECTION_OFFICER,
    shows=FieldClass.READS,
    person="person",
)
def person_reads(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    who = Person.people.filter(pk=person).order_by("pk").first()
    if who is None:
        raise Http404
    day, before = _day(request), _before(request)
    events = Event.events.about(person).order_by("-seq")
    if day:
        since, until = Span(day, day + DAY).instants
        events = events.filter(at__gte=since, at__lt=until)
    if before:
        events = events.filter(seq__lt=before)
    found = list(events[: PAGE + 1])
    context = {
        "person": who,
        "rows": told(found[:PAGE]),
        "day": day,
        "more": found[PAGE - 1].seq if len(found) > PAGE else None,
    }
    return render(request, "reviewer/about.html", context)
