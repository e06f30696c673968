"""The mappings that go on, and how many know of the unemployment fund."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stegvis.journey.mapping import facts
from stegvis.journey.mapping.pages.ground import WRITERS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

MANAGERS = (Role.UNIT_MANAGER,)
SOON = dt.timedelta(days=7)


@page(*WRITERS, *MANAGERS, shows=FieldClass.PLAN)
@require_safe
def mappings(request: HttpRequest) -> HttpResponse:
    """A case worker's own, a manager's unit's, the most pressing first: when they began and when
    they are due, never what is in them."""
    visit = visit_of(request)
    on = visit.scope.on
    found = facts.pending(visit.actor, on)
    seen([one.enrolment.person_id for one in found], shows=FieldClass.PLAN)
    opens = visit.actor.holds(*WRITERS)
    names = {"told": _("Told of the fund"), "applied": _("Have applied"), "member": _("Members")}
    managing = visit.actor.holds(*MANAGERS)
    shares = facts.fund_shares(visit.actor, on) if managing else []
    context = {
        "rows": [_row(one, on, opens=opens) for one in found],
        "shares": [(names[one.code], one) for one in shares],
        "fewer": facts.SMALL,
    }
    return render(request, "mapping/mappings.html", context)


def _row(one: facts.Pending, on: dt.date, *, opens: bool) -> dict[str, Any]:
    enrolment, by = one.enrolment, one.due.by
    days = (on - by).days if by else 0
    kind, icon, state = "", "calendar", _("In time")
    if one.due.overdue:
        kind, icon = "late", "clock-alert"
        state = ngettext("%(n)s day over", "%(n)s days over", days) % {"n": days}
    elif by and by <= on + SOON:
        kind, icon, state = "warn", "calendar-clock", _("Soon")
    elif one.due.earliest and one.due.earliest <= on:
        kind, icon, state = "info", "calendar", _("May be closed now")
    address = "mapping" if opens else "person"
    return {
        "name": enrolment.person.name,
        "url": reverse(address, args=[enrolment.person_id]),
        "since": enrolment.since,
        "earliest": one.due.earliest,
        "by": by,
        "kind": kind,
        "icon": icon,
        "state": state,
    }
