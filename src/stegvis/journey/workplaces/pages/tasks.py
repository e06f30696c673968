"""The catalogue of tasks, and the card of each: what is done, what it asks, where it is needed."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import OuterRef, Subquery
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.forms import (
    AnalysisForm,
    RequirementRows,
    StepRows,
    TaskForm,
)
from stegvis.journey.workplaces.models import Function, JobDescription, Task, WorkAnalysis
from stegvis.journey.workplaces.pages.ground import (
    done,
    got,
    must_edit,
    own_places,
    own_symbols,
    saved,
    sheet,
)
from stegvis.journey.workplaces.pages.register import describing
from stegvis.journey.workplaces.words import (
    CONTEXTS,
    KINDS,
    LEVELS,
    MONTHS,
    SOURCES,
    group_name,
)
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


def season(task: Task) -> str:
    if task.from_month is None or task.to_month is None:
        return ""
    return f"{MONTHS[task.from_month - 1]}–{MONTHS[task.to_month - 1]}"


@page(*STAFF)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What there is to do, narrowed by group, kind, season, and whether it is like a regular job;
    or what lacks a manual or an analysis."""
    visit = visit_of(request)
    month, wanted = visit.scope.on.month, request.GET
    every = list(facts.catalogue(on=visit.scope.on))
    lacking = {"manual": "described", "analysis": "analysed"}.get(wanted.get("lacks", ""))
    rows = [
        task
        for task in every
        if wanted.get("group", "") in {"", task.group}
        and wanted.get("kind", "") in {"", task.kind}
        and (not wanted.get("job") or task.like_a_job)
        and (not wanted.get("now") or task.in_season(month))
        and (lacking is None or not getattr(task, lacking))
    ]
    context = {
        "rows": [_line(task, month) for task in rows],
        "n": len(every),
        "groups": sorted({task.group for task in every if task.group}),
        "kinds": list(KINDS.items()),
        "wanted": wanted,
        "no_manual": sum(not task.described for task in every),  # type: ignore[attr-defined]
        "no_analysis": sum(not task.analysed for task in every),  # type: ignore[attr-defined]
        "edits": visit.actor.holds(*facts.EDITORS),
    }
    return render(request, "workplaces/tasks.html", context)


def chapter(request: HttpRequest) -> str:
    """The jobs as they stand in every programme's binder (AJ-61): by group, each with the latest
    description of how it is done. One query."""
    on = visit_of(request).scope.on
    latest = JobDescription.objects.filter(task=OuterRef("pk")).order_by("-number", "-id")
    rows = list(facts.catalogue(on=on).annotate(how=Subquery(latest.values("steps")[:1])))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        line = _line(row, on.month) | {"lines": vars(row)["how"] or []}
        groups.setdefault(row.group or str(_("Without a group")), []).append(line)
    context = {"groups": list(groups.items()), "n": len(rows)}
    return render_to_string("workplaces/_chapter.html", context, request)


def _line(task: Task, month: int) -> dict[str, Any]:
    return {
        "task": task,
        "kind": KINDS[Task.Kind(task.kind)],
        "season": season(task),
        "out": not task.in_season(month),
    }


@page(*STAFF)
@require_safe
def task(request: HttpRequest, task: uuid.UUID) -> HttpResponse:
    """The card. The same page is the paper."""
    visit = visit_of(request)
    row: Task = got(Task.tasks.select_related("workplace__unit", "area", "symbol"), task)
    analyses = list(row.analyses.select_related("by", "reviewed_by").order_by("-number", "-id"))
    newest = analyses[0] if analyses else None
    asked = facts.requirements([newest.pk]).get(newest.pk, ()) if newest else ()
    said = [(one, LEVELS.get(one.level, "")) for one in asked]
    described = row.descriptions.select_related("by").order_by("-number", "-id")
    context = {
        "row": row,
        "kind": KINDS[Task.Kind(row.kind)],
        "source": SOURCES[Task.Source(row.source)],
        "season": season(row),
        "out": not row.in_season(visit.scope.on.month),
        "newest": newest,
        "context": CONTEXTS[WorkAnalysis.Context(newest.context)] if newest else "",
        "steps": list(newest.steps.order_by("ordinal", "id")) if newest else [],
        "must": [pair for pair in said if pair[0].hard],
        "train": [pair for pair in said if not pair[0].hard],
        "analyses": analyses[1:],
        "described": list(described),
        "edits": facts.edits(visit.actor, row.workplace.unit_id),
        "works_with": visit.actor.holds(Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR),
        "reviews": newest and newest.reviewed_on is None and newest.by_id != visit.actor.member,
    }
    return render(request, "workplaces/task.html", context)


@page(*facts.EDITORS)
def new_task(request: HttpRequest) -> HttpResponse:
    return _task(request, Task())


@page(*facts.EDITORS)
def change_task(request: HttpRequest, task: uuid.UUID) -> HttpResponse:
    row: Task = got(Task.tasks.select_related("workplace"), task)
    must_edit(request, row.workplace.unit_id)
    return _task(request, row)


def _task(request: HttpRequest, row: Task) -> HttpResponse:
    visit, new = visit_of(request), row._state.adding
    initial: dict[str, Any] = {}
    if not new:
        initial = {name: getattr(row, name, None) for name in TaskForm.base_fields}
        initial["place"] = f"{row.workplace_id}:{row.area_id}" if row.area_id else row.workplace_id
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        options={"place": own_places(visit), "symbol_id": own_symbols(visit)},
        initial=initial,
    )

    def keep() -> None:
        row.version = form.cleaned_data["version"] or row.version
        actions.keep_task(placed(row, form), form.said(), by=visit.actor)

    if request.method == "POST" and form.is_valid() and done(form, keep, row=None if new else row):
        return saved(request, "task", row.pk)
    title = _("New task") if new else row.name
    return sheet(request, form, title=title, back="tasks", place=_("Tasks"))


def placed(row: Task, form: TaskForm) -> Task:
    """At the workplace that was chosen, so that the verb can ask whose it is."""
    row.workplace_id = uuid.UUID(form.said()["workplace_id"])
    return row


@page(*facts.EDITORS)
def describe_task(request: HttpRequest, task: uuid.UUID) -> HttpResponse:
    return describing(request, got(Task.tasks.select_related("workplace"), task), "task")


@page(*facts.EDITORS)
def analyse(request: HttpRequest, task: uuid.UUID) -> HttpResponse:
    """The task taken apart: a new version, beginning from the one before."""
    row: Task = got(Task.tasks.select_related("workplace"), task)
    must_edit(request, row.workplace.unit_id)
    newest = row.analyses.order_by("-number", "-id").first()
    posted = request.POST if request.method == "POST" else None
    given = _before(newest) if newest else {"form": {}, "steps": [], "asked": []}
    form = AnalysisForm(posted, initial=given["form"])
    steps = StepRows(posted, prefix="s", initial=given["steps"])
    asked = RequirementRows(
        posted, prefix="r", initial=given["asked"], form_kwargs={"functions": _functions()}
    )

    def keep(new: actions.NewAnalysis) -> Any:
        return actions.analyse(row, new, by=visit_of(request).actor)

    # Each is asked, so that every fault is said at once.
    if posted is not None and all([form.is_valid(), steps.is_valid(), asked.is_valid()]):
        new = form.analysis(steps, asked)
        if new is not None and done(form, lambda: keep(new)):
            return saved(request, "task", row.pk)
    context = {"row": row, "form": form, "steps": steps, "asked": asked, "newest": newest}
    return render(request, "workplaces/analysis.html", context)


def _before(newest: WorkAnalysis) -> dict[str, Any]:
    """The newest version as what the form begins with."""
    steps = list(newest.steps.order_by("ordinal", "id"))
    ordinal = {step.pk: step.ordinal for step in steps}
    names = ("context", "tools", "risks", "occupations")
    return {
        "form": {name: getattr(newest, name) for name in names} | {"seen": newest.number},
        "steps": [{"pictogram": one.pictogram, "text": one.text} for one in steps],
        "asked": [
            {
                "function": one.function,
                "level": one.level,
                "hard": "must" if one.hard else "train",
                "step": ordinal[one.step_id] if one.step_id else None,
                "why": one.why,
            }
            for one in newest.requirements.order_by("-hard", "function", "id")
        ],
    }


def _functions() -> list[tuple[str, Any]]:
    """By group, as a list of choices."""
    lang, groups = get_language() or "sv", {}  # type: ignore[var-annotated]
    for row in Function.objects.filter(until__isnull=True).order_by("group", "name", "id"):
        groups.setdefault(group_name(row.group, lang), []).append((row.code, row.name))
    return list(groups.items())


@page(*facts.EDITORS)
def review(request: HttpRequest, task: uuid.UUID, analysis: uuid.UUID) -> HttpResponse:
    """Somebody else than whoever wrote it has looked it over."""
    visit = visit_of(request)
    rows = WorkAnalysis.objects.select_related("task__workplace").filter(task=task)
    row: WorkAnalysis = got(rows, analysis)
    must_edit(request, row.task.workplace.unit_id)
    form = Form(request.POST if request.method == "POST" else None)
    pressed = request.method == "POST" and form.is_valid()
    if pressed and done(form, lambda: actions.review(row, by=visit.actor, on=visit.scope.on)):
        return saved(request, "task", row.task_id)
    return sheet(
        request,
        form,
        title=_("Reviewed: %(name)s") % {"name": row.task.name},
        lede=_("You have read the steps and what is asked, and they are right."),
        back="task",
        key=row.task_id,
        place=row.task.name,
    )
