"""What the room's pages share: whose enrolment it is, the crumbs, and what a verb refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.words import FAULTS
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.models import Row, StaleRow

WRITERS = (Role.CASE_WORKER,)
READERS = (*WRITERS, Role.PARTICIPANT)


def enrolment_of(person: uuid.UUID, visit: Visit, *, open_only: bool = False) -> Enrolment:
    """The enrolment the person stands in now, else the last one. One query."""
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    if open_only:
        rows = rows.open()
    found = rows.select_related("person").order_by("-since", "-id").first()
    if found is None:
        raise Http404
    return found


def model_of(enrolment: Enrolment) -> Programme:
    return programmes({enrolment.programme_id})[enrolment.programme_id]


def about(enrolment: Enrolment, **context: Any) -> dict[str, Any]:
    """What every page about a person says of them."""
    person = enrolment.person
    return {
        "person": {
            "name": person.name,
            "given": person.given_name,
            "url": reverse("person", args=[person.pk]),
        },
        "people_url": reverse("participants"),
        "mapping_url": reverse("mapping", args=[person.pk]),
        "papers_url": reverse("papers", args=[person.pk]),
        **context,
    }


def as_it_stands[R: Row](row: R) -> R:
    """The row as it is kept now, whatever this hand has done to its copy."""
    found: R = type(row)._base_manager.get(pk=row.pk)
    return found


def done(form: Form, verb: Callable[[], Any], *, newest: Callable[[], int] | None = None) -> bool:
    """Whether the verb went through; what it refused is said on the form, nothing half is stored.
    `newest`: the version that stands now, for a form that may be sent again over it."""
    try:
        with transaction.atomic():
            verb()
    except NotNow as fault:
        _say(form, str(FAULTS[fault.code]))
    except StaleRow:
        if newest is not None and hasattr(form, "meanwhile"):
            form.meanwhile(newest())
        else:
            _say(form, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


def _say(form: Form, words: str) -> None:
    if not form.is_bound:  # a button beside it was pressed: the form only bears the sentence
        form.cleaned_data = {}
    form.add_error(None, words)
