"""My hours by month: what is written down of them, and the paper that says so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stegvis.core.values.paid import PARTS
from stegvis.journey.hours.facts import aims, ledger, wanted
from stegvis.journey.hours.pages.finding import told
from stegvis.journey.hours.pages.paper import statement
from stegvis.journey.hours.pages.tab import picture, table
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own, shown


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
@require_safe
def my_hours(request: HttpRequest) -> HttpResponse:
    """With `?paper` it is the statement."""
    mine = own(request, FieldClass.WORK)
    enrolment = mine.latest
    if enrolment is None:
        return shown(request, "hours", mine, months=[], picture=None)
    if "paper" in request.GET:
        return statement(enrolment, mine.visit, named=True)
    found = ledger(enrolment.pk)
    programme = programmes({enrolment.programme_id})[enrolment.programme_id]
    line = wanted(programme)[0] if aims(programme) else 0
    return shown(
        request,
        "hours",
        mine,
        months=table(found, named=True),
        picture=picture(found, line, mine.visit.scope.on),
        line=told(int(line * PARTS)) if line else "",
    )
