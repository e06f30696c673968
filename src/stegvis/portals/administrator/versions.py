"""Programme versions: which holds and for how many, changing one, bringing a new one.

A version is never changed. A form or a file makes the text of the next one; it is shown beside the
one that holds before anybody publishes it. Those under way stay where they are.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stegvis.core.programme.faults import Faults
from stegvis.core.programme.model import Programme
from stegvis.core.programme.uses import used
from stegvis.journey.programmes.actions import publish as publish_version
from stegvis.journey.programmes.facts import compared, programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.portals.administrator import rows
from stegvis.portals.administrator.counts import enrolled, said
from stegvis.portals.administrator.drafts import DraftForm, UploadForm, lang, plain, read


@dataclass(frozen=True, slots=True)
class Standing:
    """A programme as it stands here. `people` and those of `earlier` are words: 0, 1–4 or more."""

    row: ProgrammeVersion
    model: Programme
    people: str
    earlier: list[tuple[ProgrammeVersion, str]]

    @property
    def ours(self) -> int:
        return sum(setting.ours for setting in self.model.settings.values())


@page(Role.ADMINISTRATOR)
def administration(request: HttpRequest) -> HttpResponse:
    found = ProgrammeVersion.versions.filter(withdrawn_on__isnull=True).order_by("key", "-number")
    counted = enrolled()
    listed = [_standing(list(group), counted) for _key, group in groupby(found, lambda r: r.key)]
    return render(request, "administrator/programmes.html", {"listed": listed})


def _standing(versions: list[ProgrammeVersion], counted: Counter[uuid.UUID]) -> Standing:
    newest, *earlier = versions
    return Standing(
        row=newest,
        model=programme(newest),
        people=said(counted[newest.pk]),
        earlier=[(row, said(counted[row.pk])) for row in earlier],
    )


@page(Role.ADMINISTRATOR)
def change(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    row = rows.one(ProgrammeVersion, version)
    newest = _newest(row.key)
    if request.method == "GET" and newest and newest.pk != row.pk:
        return redirect("programme_change", version=newest.pk)
    form = DraftForm(row, request.POST or None)
    if form.is_valid() and form.draft:
        return _preview(request, form.draft, row)
    context = {
        "form": form,
        "row": row,
        "model": form.model,
        "track": visit_of(request).track or next(iter(form.model.tracks)),
        "people": said(enrolled()[row.pk]),
    }
    return render(request, "administrator/change.html", context)


@page(Role.ADMINISTRATOR)
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[tuple[int, str]] = []
    if form.is_valid():
        text = form.cleaned_data["file"]
        try:
            model = read(text, _others(text))
        except Faults as found:
            faults = [(fault.line, fault.sentence(lang())) for fault in found.faults]
        else:
            return _preview(request, text, _newest(model.key))
    return render(request, "administrator/upload.html", {"form": form, "faults": faults})


@page(Role.ADMINISTRATOR)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    text, note = plain(request.POST.get("text", "")), request.POST.get("note", "").strip()
    try:
        model = read(text, others := _others(text))
    except Faults as found:
        faults = [(fault.line, fault.sentence(lang())) for fault in found.faults]
        context = {"form": UploadForm(), "faults": faults}
        return render(request, "administrator/upload.html", context)
    base = _newest(model.key, lock=True)
    if request.POST.get("base", "") != (str(base.pk) if base else ""):
        return _preview(request, text, base, note=note, overtaken=True)
    here = visit_of(request)
    try:
        with transaction.atomic():
            row = publish_version(
                text, on=here.scope.on, by=here.actor.member, others=others, note=note
            )
    except IntegrityError:  # the programme's first version, published twice at once
        return _preview(request, text, _newest(model.key), note=note, overtaken=True)
    messages.success(request, _("Published. New enrolments begin in this version."))
    return redirect("binder", version=row.pk)


def _preview(
    request: HttpRequest,
    text: str,
    base: ProgrammeVersion | None,
    *,
    note: str = "",
    overtaken: bool = False,
) -> HttpResponse:
    """What the text would change. `overtaken`: a colleague has published since it was shown."""
    model = read(text, _others(text))
    context = {
        "model": model,
        "text": text,
        "base": base,
        "note": note,
        "overtaken": overtaken,
        "compared": compared(base, text, model) if base else None,
        "people": said(enrolled()[base.pk]) if base else "0",
        "track": visit_of(request).track or next(iter(model.tracks)),
    }
    return render(request, "administrator/preview.html", context)


def _newest(key: str, *, lock: bool = False) -> ProgrammeVersion | None:
    found = ProgrammeVersion.versions.filter(key=key, withdrawn_on__isnull=True)
    found = found.order_by("-number")
    row: ProgrammeVersion | None = (found.select_for_update() if lock else found).first()
    return row


def _others(text: str) -> dict[str, str]:
    """The texts of the municipality's other programmes that this one takes ladders from."""
    texts = {row.key: row.text for row in ProgrammeVersion.versions.in_force()}
    return used(text, texts)
