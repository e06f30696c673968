"""What has been gone through with me before work, so that nobody is hurt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stegvis.journey.days.facts import safety_log
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own, shown


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
@require_safe
def my_safety(request: HttpRequest) -> HttpResponse:
    """My own log of safety topics, the latest first (KN-45)."""
    mine = own(request, FieldClass.WORK)
    return shown(request, "safety", mine, rows=safety_log(mine.person))
