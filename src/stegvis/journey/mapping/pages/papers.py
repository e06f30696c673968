"""The goal and the papers: what is shown to an employer, and what is to be had for it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.actions.papers import CHANGED
from stegvis.journey.mapping.forms import CredentialForm, PaperForm
from stegvis.journey.mapping.models import Credential, Paper
from stegvis.journey.mapping.pages.ground import (
    READERS,
    WRITERS,
    about,
    as_it_stands,
    done,
    enrolment_of,
    model_of,
)
from stegvis.journey.mapping.pages.overview import goal_words
from stegvis.journey.mapping.words import (
    CREDENTIALS,
    EXISTS,
    OWNERS,
    PAPER_SOURCES,
    PAPER_STATES,
    PAPERS,
    SECTIONS,
)
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of

SHOWN = (*READERS, Role.JOB_MEDIATOR)


@page(*SHOWN, shows=FieldClass.PLAN, person="person")
@require_safe
def papers(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Facts of the plan: a mediator shows them to an employer together with the person."""
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit)
    model = model_of(enrolment)
    known = facts.Summary(papers=facts.papers(enrolment), credentials=facts.credentials(enrolment))
    writes = enrolment.until is None and visit.actor.holds(*WRITERS)
    goals = facts.job_goals(enrolment)
    context = about(
        enrolment,
        writes=writes,
        goals=[
            goal_words(model, vars(row), row.on) | {"by": row.by, "why": row.why} for row in goals
        ],
        papers=[_paper(person, kind, known.papers.get(kind)) for kind in Paper.Kind],
        credentials=[_credential(row) for row in known.credentials],
        to_do=[_task(one, person) for one in facts.to_do(enrolment, model, known)],
        goal_url=reverse("job_goal", args=[person]),
        credential_url=reverse("new_credential", args=[person]),
    )
    return render(request, "mapping/papers.html", context)


def _paper(person: uuid.UUID, kind: Paper.Kind, row: Paper | None) -> dict[str, Any]:
    return {
        "name": PAPERS[kind],
        "row": row,
        "state": PAPER_STATES[Paper.State(row.state)] if row else "",
        "where": PAPER_SOURCES.get(row.source, "") if row else "",
        "sections": _sections(kind, row) if row else [],
        "url": reverse("paper", args=[person, kind.value]),
    }


def _sections(kind: Paper.Kind, row: Paper) -> list[tuple[Any, str]]:
    named = SECTIONS[kind].items()
    return [(label, row.sections[code]) for code, label in named if row.sections.get(code)]


def _credential(row: Credential) -> dict[str, Any]:
    kind, icon = {"yes": ("ok", "check"), "no": ("warn", "hourglass")}.get(
        row.exists, ("", "circle-question-mark")
    )
    return {
        "row": row,
        "kind": CREDENTIALS.get(row.kind, row.kind),
        "exists": EXISTS[row.exists],
        "owner": OWNERS.get(row.owner, row.owner),
        "tag": kind,
        "icon": icon,
        "url": reverse("credential", args=[row.person_id, row.pk]),
    }


def _task(one: facts.ToDo, person: uuid.UUID) -> dict[str, Any]:
    if one.what == "obtain":
        name = str(CREDENTIALS.get(one.about, one.about)).lower()
        words = _("Obtain %(what)s") % {"what": f"{name}: {one.words}"}
        url = reverse("credential", args=[person, one.source])
    else:
        name = str(PAPERS[Paper.Kind(one.about)])
        asked = {"make": _("Make %(what)s"), "review": _("Go through %(what)s again")}[one.what]
        words, url = asked % {"what": name}, reverse("paper", args=[person, one.about])
    return {"words": words, "url": url, "owner": OWNERS.get(one.owner, one.owner), "by": one.by}


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def one_paper(request: HttpRequest, person: uuid.UUID, paper: str) -> HttpResponse:
    """Write the next version, with the present one before one; or say that it was gone through."""
    visit, kind = visit_of(request), paper
    if kind not in Paper.Kind.values:
        raise Http404
    enrolment = enrolment_of(person, visit, open_only=True)
    rows = Paper.objects.filter(enrolment=enrolment, kind=kind).order_by("-number")
    versions = list(rows.select_related("by"))
    latest = versions[0] if versions else None
    writing = request.method == "POST" and request.POST.get("do") != "review"
    form = PaperForm(
        request.POST if writing else None, on=visit.scope.on, kind=kind,
        initial=_now(latest) | {"on": visit.scope.on},
    )  # fmt: skip

    def write() -> None:
        data = form.cleaned_data
        new = actions.NewPaper(
            kind=kind, state=data["state"], on=data["on"], seen=data["seen"] or 0,
            sections=form.sections(), source=data["source"], reason=data["reason"],
        )  # fmt: skip
        actions.write_paper(enrolment, new, by=visit.actor)

    def review() -> None:
        actions.review_paper(enrolment, kind, by=visit.actor, on=visit.scope.on)

    if writing:
        saved = form.is_valid() and done(form, write)
    else:
        saved = request.method == "POST" and done(form, review)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("papers", person=person)
    return render(request, "mapping/paper.html", about(enrolment, **_shown(form, kind, versions)))


def _now(latest: Paper | None) -> dict[str, Any]:
    if latest is None:
        return {"seen": 0, "state": Paper.State.MADE}
    parts = {f"s_{code}": text for code, text in latest.sections.items()}
    return parts | {
        "seen": latest.number,
        "state": latest.state,
        "source": latest.source,
        "reason": latest.reason,
    }


def _shown(form: PaperForm, kind: str, versions: list[Paper]) -> dict[str, Any]:
    named = Paper.Kind(kind)
    return {
        "form": form,
        "title": PAPERS[named],
        "may_review": bool(versions) and versions[0].state != Paper.State.NOT_MADE,
        "versions": [
            {
                "row": row,
                "state": PAPER_STATES[Paper.State(row.state)],
                "sections": _sections(named, row),
            }
            for row in versions
        ],
    }


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def new_credential(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    form = CredentialForm(request.POST if request.method == "POST" else None, on=visit.scope.on)

    def note() -> None:
        actions.note_credential(enrolment, form.credential(), by=visit.actor)

    if request.method == "POST" and form.is_valid() and done(form, note):
        messages.success(request, _("Saved."))
        return redirect("papers", person=person)
    context = about(enrolment, form=form, row=None, theirs=None)
    return render(request, "mapping/credential.html", context)


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def credential(request: HttpRequest, person: uuid.UUID, credential: uuid.UUID) -> HttpResponse:
    """Change what is known of one, or say that it has come."""
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    rows = Credential.objects.filter(pk=credential, person=person, enrolment=enrolment)
    row = rows.select_related("enrolment").first()
    if row is None:
        raise Http404
    names = (*CHANGED, "version")
    come = request.method == "POST" and request.POST.get("do") == "obtained"
    form = CredentialForm(
        request.POST if request.method == "POST" and not come else None,
        on=visit.scope.on,
        initial={name: getattr(row, name) for name in names},
    )

    def change() -> None:
        row.version = form.cleaned_data["version"] or 0
        actions.change_credential(row, form.credential(), by=visit.actor)

    def obtain() -> None:
        actions.obtained(row, by=visit.actor, on=visit.scope.on)

    if come:
        saved = done(form, obtain)
    else:
        valid = request.method == "POST" and form.is_valid()
        saved = valid and done(form, change, newest=lambda: as_it_stands(row).version)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("papers", person=person)
    context = about(
        enrolment, form=form, row=row, theirs=as_it_stands(row) if form.non_field_errors() else None
    )
    return render(request, "mapping/credential.html", context)
