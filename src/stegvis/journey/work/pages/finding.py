"""The enrolment a page is about, the way back, and writing with one sentence for a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.abilities.pages.finding import READERS, WORKERS, latest, open_one
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.words import FAULTS
from stegvis.platform.tenancy.models import StaleRow


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    person = enrolment.person
    return {
        "person": {
            "key": person.pk,
            "name": person.name,
            "first_name": person.given_name,
            "url": reverse("person", args=[person.pk]),
        },
        "people_url": reverse("participants"),
    }


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
