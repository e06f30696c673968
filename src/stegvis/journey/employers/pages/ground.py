"""What the room's pages share: a form on a page of its own, what a verb refuses, two hands at one
row. Nothing here is about a participant, so no page of the room asks for one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.employers.facts import EDITORS
from stegvis.journey.employers.forms import Dated
from stegvis.journey.employers.words import FAULTS
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.accounts.models import Grant, Member
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Row, StaleRow


def done(form: Dated, verb: Callable[[], Any], row: Row) -> bool:
    """Whether the verb went through. What it refused is said on the form; nothing half is kept."""
    new, version = row._state.adding, form.cleaned_data["version"]
    if not new and version:
        row.version = version
    try:
        with transaction.atomic():
            verb()
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.beside(type(row)._base_manager.get(pk=row.pk))
    else:
        return True
    if new:
        row._state.adding = True
    return False


def known(form: type[Dated], row: Row, **more: Any) -> dict[str, Any]:
    """What the row says, for the form."""
    return {name: getattr(row, name) for name in form.base_fields} | more


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def sheet(request: HttpRequest, form: Dated, **context: Any) -> HttpResponse:
    """`title`; `back`, `key`, `place`: where one came from and what that is called."""
    return render(request, "employers/sheet.html", {"form": form, **context})


def saved(request: HttpRequest, where: str, *args: Any) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(where, *args)


def got(rows: Any, key: uuid.UUID) -> Any:
    found = rows.filter(pk=key).order_by("id").first()
    if found is None:
        raise Http404
    return found


def edits(request: HttpRequest) -> bool:
    return visit_of(request).actor.holds(*EDITORS)


def entrances(request: HttpRequest, there: uuid.UUID | None) -> list[tuple[str, Any]]:
    """Who can be a site's entrance: those who work with companies, and who is it already."""
    on = visit_of(request).scope.on
    held = Grant.grants.held(on).filter(role__in=EDITORS).values("member")
    works = Q(pk__in=held, left_on__isnull=True, portal=False) | Q(pk=there)
    found = {str(row.pk): row.name for row in Member.members.filter(works).order_by("name", "id")}
    return [("", _("– nobody yet –")), *found.items()]


def said(request: HttpRequest, verb: Callable[[], Any]) -> bool:
    """A button's verb; what it refuses is one sentence above the page."""
    try:
        with transaction.atomic():
            verb()
    except NotNow as fault:
        messages.warning(request, str(FAULTS[fault.code]))
    except StaleRow:
        messages.warning(request, _("A colleague has changed this meanwhile. Look again."))
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def key_of(text: str) -> uuid.UUID:
    """A key that leads nowhere for what is none: the row is then not found."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
