"""What the pages of the board share: who keeps it, one row of it, and what was refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404

from stegvis.journey.intake.actions import NotNow
from stegvis.learning.boards.words import FAULTS
from stegvis.platform.accounts.models import Role

KEEPERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)
MOST = 60


def one(model: Any, key: Any, **more: Any) -> Any:
    try:
        found = model.objects.filter(pk=uuid.UUID(str(key)), **more).order_by("id").first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def tried(form: forms.Form | None, verb: Callable[[], Any]) -> str:
    """What the verb refused, in a sentence; at the form where there is one."""
    try:
        verb()
    except NotNow as refused:
        said = str(FAULTS[refused.code])
        if form is not None:
            form.add_error(None, said)
        return said
    return ""
