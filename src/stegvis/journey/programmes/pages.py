"""The binder: what a programme is, for everyone who works with it; and what a new version changes.

It is read by all staff and holds no person.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from stegvis.core.programme.explain import binder as explain
from stegvis.journey.programmes.access import one_of, versions_with
from stegvis.journey.programmes.facts import compared, programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.journal.visit import visit_of

CHAPTERS: list[Callable[[HttpRequest], str]] = []
"""What later rooms add to every binder, as finished markup: the municipality's own jobs, say."""
HALF_DAYS = (_("Morning"), _("Afternoon"))
DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))


@page(*STAFF)
def binders(request: HttpRequest) -> HttpResponse:
    rows = ProgrammeVersion.versions.in_force()
    listed = [(row, programme(row)) for row in rows]
    context = {"listed": listed, "track": visit_of(request).track}
    return render(request, "programmes/versions.html", context)


@page(*STAFF)
def binder(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    row, rows = versions_with(version)
    model = programme(row)
    context = {
        "row": row,
        "others": [other for other in rows if other.pk != row.pk],
        "in_force": row.pk == next((r.pk for r in rows if r.withdrawn_on is None), None),
        "model": model,
        "binder": explain(model),
        "track": visit_of(request).track or next(iter(model.tracks)),
        "chapters": [chapter(request) for chapter in CHAPTERS],
        "days": DAYS,
        "halves": HALF_DAYS,
    }
    return render(request, "programmes/version.html", context)


@page(*STAFF)
def difference(request: HttpRequest, version: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """What `other` has that `version` has not; two programmes cannot be told apart this way."""
    row, rows = versions_with(version)
    newer = one_of(rows, other)
    context = {
        "row": row,
        "other": newer,
        "model": programme(newer),
        "compared": compared(row, newer.text, programme(newer)),
    }
    return render(request, "programmes/changes.html", context)
