"""The enrolment a page is about, the way back, and writing with one sentence for a fault."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from stegvis.journey.abilities.pages.finding import READERS, WORKERS, open_one
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import LanguageNeed
from stegvis.journey.people.facts import way_back
from stegvis.journey.work.words import FAULTS
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.models import StaleRow


def latest(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The enrolment the person has, or had last, with what was said last of the language. 404 where
    there is none. One query."""
    said = LanguageNeed.objects.filter(enrolment=OuterRef("pk")).order_by("-on", "-created_at")
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    rows = rows.annotate(
        need=Subquery(said.values("need")[:1]), need_on=Subquery(said.values("on")[:1])
    )
    row = rows.select_related("person").order_by("-since", "-id").first()
    if row is None:
        raise Http404
    found: Enrolment = row
    return found


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    return way_back(enrolment.person)


def written(form: forms.Form, write: Callable[[], Any]) -> bool:
    """Do it; what cannot be now becomes one sentence on the form, and nothing stays half."""
    try:
        with transaction.atomic():
            write()
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except (StaleRow, IntegrityError):
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


__all__ = ["READERS", "WORKERS", "about", "latest", "open_one", "written"]
