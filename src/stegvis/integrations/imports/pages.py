"""The workbench: files that came in, what is ready and what waits, and the answers to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.texts import pick
from stegvis.integrations.imports import facts, forms
from stegvis.integrations.imports.actions import SERVICE, carry_out
from stegvis.integrations.imports.answering import (
    Touched,
    answer,
    decide_shielded,
    map_columns,
    take_in,
    undo,
)
from stegvis.integrations.imports.judged import ContentGone, Sending
from stegvis.integrations.imports.models import ImportFile, ImportRow, ShieldedRow
from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.storing.kept import opened
from stegvis.integrations.imports.tasks import ALONE, queue
from stegvis.integrations.imports.words import (
    DECISIONS,
    OUTCOMES,
    STATES,
    field_name,
    said,
)
from stegvis.journey.people.models import Identity
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.access.sealing import unseal
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow, Unit
from stegvis.platform.tenancy.scope import scope

LATEST = 100  # files in the list


def _allowed(visit: Visit) -> list[uuid.UUID] | None:
    """The units whose rows this visitor may bring; None: all."""
    units = visit.actor.units(Role.UNIT_MANAGER)
    return None if None in units else [unit for unit in units if unit is not None]


def _as_import(visit: Visit) -> Any:
    """At work as the import, which knows everybody: only for verbs, never for what is shown."""
    return scope(visit.actor.tenant, member=visit.actor.member, service=SERVICE, on=visit.scope.on)


def _units(visit: Visit) -> list[tuple[str, str]]:
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    allowed = _allowed(visit)
    found = [
        (str(key), name)
        for key, name in rows.values_list("id", "name")
        if allowed is None or key in allowed
    ]
    return sorted(found, key=lambda pair: pair[0] != str(visit.unit))


def _programmes(visit: Visit) -> list[tuple[str, str]]:
    """Those of the country first."""
    rows = [(row.key, programme(row)) for row in ProgrammeVersion.versions.in_force()]
    tracks = set(Unit.objects.order_by("id").values_list("track", flat=True)) - {""}
    rows.sort(key=lambda r: (r[1].country != visit.country, not tracks & r[1].tracks.keys(), r[0]))
    return [(key, pick(model.names, get_language() or "sv")) for key, model in rows]


@page(Role.UNIT_MANAGER, shows=FieldClass.IDENTITY, purpose=Purpose.INTAKE)
def imports(request: HttpRequest) -> HttpResponse:
    """The files of the units one manages, and a place to hand in the next."""
    visit = visit_of(request)
    choices = {"programmes": _programmes(visit), "units": _units(visit)}
    sent = request.method == "POST"
    form = forms.UploadForm(request.POST or None, request.FILES or None, **choices)
    if sent and form.is_valid():
        file = _taken_in(form, visit)
        if file is not None:
            return redirect("import", file=file.pk)
    rows = ImportFile.files.order_by("-created_at", "-id").select_related("unit")[:LATEST]
    context = {"form": form, "files": [_line(row) for row in rows], "total": len(rows)}
    return render(request, "imports/imports.html", context, status=422 if sent else 200)


def _taken_in(form: forms.UploadForm, visit: Visit) -> ImportFile | None:
    """The file, or a sentence in the form that says why it cannot be used."""
    said_, sent = form.cleaned_data, form.cleaned_data["file"]
    kept = facts.saved(said_["kind"], said_["sender"].strip())
    sending = Sending(
        data=sent.read(),
        name=sent.name or "",
        kind=said_["kind"],
        on=visit.scope.on,
        sender=said_["sender"],
        programme=said_["programme"],
        unit=uuid.UUID(said_["unit"]),
        allowed=_allowed(visit),
        by=visit.actor.member,
        mapping=kept.mapping if kept else {},
        units=kept.units if kept else {},
    )
    try:
        with _as_import(visit):
            return take_in(sending)
    except Refusal as refusal:
        form.add_error("file", _sentence(refusal))
        return None


def _sentence(refusal: Refusal) -> str:
    """What is wrong with the file as a whole, and where."""
    where = [
        words % {"n": value}
        for words, value in (
            (_("sheet %(n)s"), refusal.sheet),
            (_("row %(n)s"), refusal.row),
            (_("column %(n)s"), refusal.column),
        )
        if value
    ]
    return f"{said(refusal.code)} ({', '.join(where)})" if where else said(refusal.code)


def _line(file: ImportFile) -> dict[str, Any]:
    kind, icon, words = STATES[file.state]
    waits = file.counts.get("held", 0) + file.counts.get("protected", 0)
    return {
        "url": reverse("import", args=[file.pk]),
        "name": file.name,
        "kind": file.get_kind_display(),
        "sender": file.sender,
        "unit": file.unit.name,
        "on": file.created_at.date(),
        "rows": file.size,
        "waits": waits if file.state != ImportFile.State.UNDONE else 0,
        "tag": (kind, icon, words),
    }


@page(Role.UNIT_MANAGER, shows=FieldClass.IDENTITY, purpose=Purpose.INTAKE)
def import_file(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """One file: columns, what is ready, what waits, and the answers."""
    visit = visit_of(request)
    row = ImportFile.files.select_related("programme", "unit").filter(pk=file).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        _do(request, row, visit)
        return redirect("import", file=row.pk)
    return render(request, "imports/import.html", _bench(request, row, visit))


def _do(request: HttpRequest, file: ImportFile, visit: Visit) -> None:
    """Carry out what was asked; what cannot be done is said on the page that follows."""
    acts = {"columns": _columns, "answer": _answer, "store": _store, "undo": _undo}
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        return
    if request.POST.get("version") != str(file.version):
        messages.warning(request, _("A colleague has worked with this file meanwhile. Look again."))
        return
    try:
        act(request, file, visit)
    except StaleRow:
        messages.warning(request, _("A colleague has worked with this file meanwhile. Look again."))
    except Refusal as refusal:
        messages.error(request, _sentence(refusal))
    except ContentGone:
        messages.error(request, _("The file is no longer kept. Hand it in once more."))
    except Touched:
        messages.error(
            request,
            _("Somebody has worked with what the file brought. It can no longer be taken back."),
        )


def _columns(request: HttpRequest, file: ImportFile, visit: Visit) -> None:
    mapping = forms.mapping_from(file, request.POST)
    names = facts.unknown_units(file)
    allowed = {key for key, _name in _units(visit)}
    units = file.units | forms.units_from(request.POST, names, allowed)
    with _as_import(visit):
        map_columns(file, mapping, units, allowed=_allowed(visit))
    messages.success(request, _("The columns are read anew."))


def _answer(request: HttpRequest, file: ImportFile, visit: Visit) -> None:
    keys = forms.keys_from(request.POST)
    rows = list(ImportRow.rows.of(file).held().filter(pk__in=keys).order_by("id"))
    answers = forms.answers_from(request.POST, rows, _numbers(request))
    if answers:
        with _as_import(visit):
            answer(file, answers, by=visit.actor.member, allowed=_allowed(visit))
    messages.success(request, _("Kept. What is ready now is counted above."))


def _numbers(request: HttpRequest) -> dict[uuid.UUID, str]:
    """The numbers of persons named in the form: only of those whom the visitor may see."""
    said_ = [str(value) for name, value in request.POST.items() if name.startswith("same-")]
    keys = [uuid.UUID(each) for each in said_ if forms.is_key(each)]
    rows = Identity.objects.filter(person__in=keys, until__isnull=True).order_by("id")
    seen([row.person_id for row in rows])
    return {row.person_id: unseal(row.tenant_id, bytes(row.sealed)) for row in rows}


def _store(request: HttpRequest, file: ImportFile, visit: Visit) -> None:
    allowed = _allowed(visit)
    ready = facts.tally(file).ready
    if not ready and file.state != ImportFile.State.STORING:
        messages.info(request, _("Nothing is ready to be stored."))
        return
    with _as_import(visit):
        if ready <= ALONE and file.state != ImportFile.State.STORING:
            carry_out(visit.actor.tenant, file.pk, allowed=allowed, by=visit.actor.member)
            messages.success(request, _("Stored. What waits for an answer stays here."))
            return
        file.state = ImportFile.State.STORING
        file.save_if_unchanged("state")
        queue(visit.actor.tenant, file.pk, allowed=allowed, by=visit.actor.member)
    messages.success(request, _("It is being stored. You can leave this page."))


def _undo(request: HttpRequest, file: ImportFile, visit: Visit) -> None:
    if not facts.may_undo(file, visit.scope.on):
        raise Touched
    with _as_import(visit):
        undo(file)
    messages.success(request, _("The file is taken back. Nothing of it is in the register."))


def _bench(request: HttpRequest, file: ImportFile, visit: Visit) -> dict[str, Any]:
    wanted = request.GET.get("page", "")
    at = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1  # noqa: PLR2004
    tally = facts.tally(file)
    there = file.state not in (ImportFile.State.UNDONE, ImportFile.State.STORING)
    waiting, pages = facts.waiting(file, page=at) if there else ([], 1)
    names = facts.unknown_units(file) if there else []
    seen({person for each in waiting for person in each.persons}, shows=FieldClass.IDENTITY)
    columns = forms.columns_of(file, facts.example_cells(file)) if there else []
    return {
        "file": file,
        "tag": STATES[file.state],
        "tally": tally,
        "bar": _bar(tally),
        "waiting": waiting,
        "page_at": min(at, pages),
        "pages": pages,
        "columns": columns,
        "fields": forms.fields_of(file.kind),
        "unknown_units": list(enumerate(names)),
        "units": _units(visit) if names else [],
        "examples": [_example(row) for row in (facts.examples(file) if there else [])],
        "remarks": [_remark(each) for each in file.issues],
        "asks_colours": any(each["code"] == "legend_colours" for each in file.issues),
        "may_undo": facts.may_undo(file, visit.scope.on),
        "imports_url": reverse("imports"),
    }


def _bar(tally: facts.Tally) -> list[tuple[str, float, float]]:
    """The parts of the bar: class, where it begins and how wide it is, in percent."""
    parts = (
        ("rd", tally.ready + tally.stored + tally.same),
        ("mn", tally.mend),
        ("hd", tally.decide + tally.protected),
        ("cl", tally.clash),
    )
    whole = sum(many for _, many in parts) or 1
    at, bar = 0.0, []
    for name, many in parts:
        wide = 100 * many / whole
        bar.append((name, round(at, 2), round(wide, 2)))
        at += wide
    return bar


def _example(row: ImportRow) -> dict[str, Any]:
    said_ = row.values
    shown = (
        "step", "enrolled_on", "received", "why", "unit", "case_worker", "from_", "last_day",
        "group", "employer", "hours", "start", "task", "ambassador", "contact", "places",
    )  # fmt: skip
    labels = {
        "enrolled_on": "start", "case_worker": "worker", "from_": "start", "last_day": "last",
    }  # fmt: skip
    facts_ = [(field_name(labels.get(n, n)), said_[n]) for n in shown if said_.get(n) is not None]
    return {
        "number": row.number,
        "name": said_.get("name") or said_.get("company") or "",
        "facts": facts_[:4],
        "outcome": OUTCOMES[row.outcome],
    }


def _remark(issue: dict[str, Any]) -> str:
    rows = ", ".join(str(row) for row in issue["rows"][:12])
    where = " ".join(filter(None, (issue["sheet"], issue["column"], rows)))
    return f"{said(issue['code'])} ({where})" if where else said(issue["code"])


@page(Role.PROTECTION_OFFICER, shows=FieldClass.IDENTITY, purpose=Purpose.PROTECTION)
@require_safe
def protected_rows(request: HttpRequest) -> HttpResponse:
    """Rows about protected persons that wait for the one who is responsible."""
    rows = facts.shielded()
    seen([row.person for row in rows if row.person], shows=FieldClass.IDENTITY)
    lines = [
        {
            "url": reverse("protected_row", args=[row.pk]),
            "kind": row.row.file.get_kind_display(),
            "number": row.row.number,
            "on": row.row.file.created_at.date(),
        }
        for row in rows
    ]
    return render(request, "imports/protected_rows.html", {"rows": lines})


@page(Role.PROTECTION_OFFICER, shows=FieldClass.IDENTITY, purpose=Purpose.PROTECTION)
def protected_row(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """What the row says, and the decision about it."""
    visit = visit_of(request)
    found = ShieldedRow.shielded.select_related("row__file").filter(pk=row, done=False).first()
    if found is None or found.row.file.state == ImportFile.State.UNDONE:
        raise Http404
    if request.method == "POST":
        if request.POST.get("version") != str(found.version):
            messages.warning(request, _("A colleague has decided meanwhile."))
            return redirect("protected_rows")
        chosen = request.POST.get("decision", "")
        if chosen in (Decision.SHIELD, Decision.OPEN, Decision.LEAVE):
            return _decided(request, found, Decision(chosen), visit)
    return render(request, "imports/protected_row.html", _protected(found))


def _decided(
    request: HttpRequest, row: ShieldedRow, decision: Decision, visit: Visit
) -> HttpResponse:
    try:
        with _as_import(visit):
            decide_shielded(row, decision, by=visit.actor.member)
    except (Refusal, ContentGone):
        messages.error(request, _("The file is no longer kept. Ask for it once more."))
    else:
        row.refresh_from_db()
        if decision is Decision.SHIELD and not row.done:
            messages.warning(request, _("The row still lacks something and was not stored."))
        else:
            messages.success(request, _("Decided."))
    return redirect("protected_rows")


def _protected(row: ShieldedRow) -> dict[str, Any]:
    kept = opened(bytes(row.sealed))
    codes = [code for code in row.codes if not code.startswith("protected_")]
    return {
        "row": row,
        "number": row.row.number,
        "kind": row.row.file.get_kind_display(),
        "name": kept.get("values", {}).get("name", ""),
        "cells": [text for text in kept.get("cells", []) if text],
        "marks": [said(code) for code in row.codes if code.startswith("protected_")],
        "lacks": [said(code) for code in codes],
        "decisions": [(d, DECISIONS[d]) for d in (Decision.SHIELD, Decision.OPEN, Decision.LEAVE)],
    }
