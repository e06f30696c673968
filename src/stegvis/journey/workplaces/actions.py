"""The verbs: what there is to do at work is written down, described, taken apart, reviewed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from stegvis.core.values.texts import pick
from stegvis.journey.workplaces.facts import edits
from stegvis.journey.workplaces.models import (
    CODE,
    AnalysisStep,
    BreakTime,
    Function,
    Idea,
    JobDescription,
    Requirement,
    Service,
    Symbol,
    Task,
    WorkAnalysis,
    WorkArea,
    Workplace,
    WorkplaceKind,
)
from stegvis.journey.workplaces.words import starter
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.documents.redrawing import Refused, redrawn
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import Row
from stegvis.platform.tenancy.scope import current


class NotNow(ValueError):
    """The act does not fit what is there. `code` names the sentence in `words.FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _own(by: Actor | None, unit: uuid.UUID) -> None:
    if by is not None and not edits(by, unit):
        raise NotNow("not_yours")


def _kept(row: Row, fields: Sequence[str] = ()) -> None:
    """A new row, or the named fields of one. A name stands once. Raises StaleRow."""
    try:
        with transaction.atomic():
            if fields:
                row.save_if_unchanged(*fields)
            else:
                row.save(force_insert=True)
    except IntegrityError:
        raise NotNow("name_taken") from None


def take_in_starters(language: str) -> int:
    """The kinds and functions we begin with, those that are not there yet; how many came."""
    tenant, n = current().tenant, 0
    for model, part in ((WorkplaceKind, "kinds"), (Function, "functions")):
        taken = set(model._base_manager.order_by("id").values_list("code", flat=True))
        for one in starter()[part]:
            if one["code"] in taken:
                continue
            said = {key: value for key, value in one.items() if key not in {"code", "texts"}}
            name = pick(one["texts"], language)
            _kept(model(tenant_id=tenant, code=one["code"], name=name, **said))
            n += 1
    wrote("work_words_taken_in", n=n)
    return n


def add_kind(name: str) -> WorkplaceKind:
    """A kind of the municipality's own, or the one of that name."""
    found = WorkplaceKind.objects.filter(name__iexact=name).first()
    if found is not None:
        return found
    row = WorkplaceKind(tenant_id=current().tenant, code=_code(name), name=name)
    _kept(row)
    wrote("workplace_kind_added", row=str(row.pk))
    return row


def _code(name: str) -> str:
    return slugify(name)[:CODE].strip("-") or uuid.uuid4().hex[:8]


def keep_workplace(row: Workplace, said: dict[str, Any], *, by: Actor | None) -> Workplace:
    """A new workplace or a changed one."""
    _own(by, row.unit_id)
    return _keep(row, said, "workplace")


def keep_area(row: WorkArea, said: dict[str, Any], *, by: Actor | None) -> WorkArea:
    """Hours and places that nobody knows are None."""
    _own(by, row.workplace.unit_id)
    if row._state.adding:
        taken = WorkArea.areas.filter(workplace=row.workplace).values_list("code", flat=True)
        code, n = _code(said["name"]), 1
        row.code = code
        while row.code in set(taken.order_by("id")):
            n += 1
            row.code = f"{code[: CODE - 3]}-{n}"
    return _keep(row, said, "work_area")


def keep_break(row: BreakTime, said: dict[str, Any], *, by: Actor | None) -> BreakTime:
    """When a unit rests. Hours that have been agreed stay as they were agreed."""
    _own(by, row.unit_id)
    return _keep(row, said, "break")


def drop_break(row: BreakTime, *, by: Actor | None) -> None:
    _own(by, row.unit_id)
    row.delete()
    wrote("break_dropped", row=str(row.pk))


def keep_task(row: Task, said: dict[str, Any], *, by: Actor | None) -> Task:
    """Its own picture is one of its unit's."""
    _own(by, row.workplace.unit_id)
    if said.get("symbol_id") and not of_unit(said["symbol_id"], row.workplace.unit_id):
        raise NotNow("symbol_elsewhere")
    return _keep(row, said, "task")


def of_unit(symbol: Any, unit: uuid.UUID) -> bool:
    """Whether the picture is the unit's, and may still be chosen or stands there already."""
    return Symbol.objects.filter(pk=symbol, unit=unit).exists()


def add_symbol(unit: uuid.UUID, words: str, sent: bytes, *, by: Actor) -> Symbol:
    """A picture of the unit's own, drawn anew. Raises NotNow with what is wrong with it."""
    _own(by, unit)
    try:
        image = redrawn(sent)
    except Refused as fault:
        raise NotNow(fault.code) from None
    row = Symbol(
        tenant_id=current().tenant,
        unit_id=unit,
        words=" ".join(words.split()),
        image=image,
        by_id=by.member,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotNow("symbol_there") from None
    wrote("symbol_added", row=str(row.pk))
    return row


def remove_symbol(row: Symbol, *, by: Actor) -> None:
    """No longer to be chosen. Where it stands it goes on being shown."""
    _own(by, row.unit_id)
    if row.removed_on is None:
        row.removed_on = current().on
        row.save_if_unchanged("removed_on")
        wrote("symbol_removed", row=str(row.pk))


def keep_service(row: Service, said: dict[str, Any], *, by: Actor | None) -> Service:
    """Assessing work ability is never a service of a unit's own (INV-25)."""
    _own(by, row.unit_id)
    if said["assesses_work_ability"] and said["needs"] != Service.Needs.LICENSED:
        raise NotNow("work_ability")
    return _keep(row, said, "service")


def _keep[R: Row](row: R, said: dict[str, Any], what: str) -> R:
    new = row._state.adding
    row.tenant_id = current().tenant
    for name, value in said.items():
        setattr(row, name, value)
    _kept(row, () if new else tuple(said))
    wrote(f"{what}_added" if new else f"{what}_changed", row=str(row.pk))
    return row


@dataclass(frozen=True, slots=True)
class NewDescription:
    """`seen`: the number of the version the hand had before it, 0 for none."""

    text: str
    steps: tuple[str, ...]
    seen: int = 0


def describe(of: WorkArea | Task, new: NewDescription, *, by: Actor | None) -> JobDescription:
    """The next version; the ones before stand as they were."""
    _own(by, of.workplace.unit_id)
    if not new.text.strip() and not new.steps:
        raise NotNow("says_nothing")
    key = {"task" if isinstance(of, Task) else "area": of}
    last = _last(JobDescription.objects.filter(**key), new.seen)
    row = JobDescription(
        tenant_id=of.tenant_id,
        number=last + 1,
        text=new.text,
        steps=list(new.steps),
        by_id=by.member if by else None,
        on=current().on,
        **key,
    )
    _version(row)
    wrote("job_described", row=str(row.pk), number=row.number)
    return row


def _last(rows: Any, seen: int) -> int:
    last: int = rows.aggregate(n=Max("number"))["n"] or 0
    if last != seen:
        raise NotNow("newer_version")
    return last


def _version(row: Row) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # two at once: the other one's is the newer
        raise NotNow("newer_version") from None


@dataclass(frozen=True, slots=True)
class NewStep:
    text: str
    pictogram: str = ""


@dataclass(frozen=True, slots=True)
class NewRequirement:
    """`step`: which of the steps, counted from 1; None is the whole task."""

    function: str
    level: int
    hard: bool
    why: str = ""
    step: int | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class NewAnalysis:
    steps: tuple[NewStep, ...]
    requirements: tuple[NewRequirement, ...]
    context: str = WorkAnalysis.Context.INTERNAL
    occupations: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    risks: str = ""
    seen: int = 0


def analyse(task: Task, new: NewAnalysis, *, by: Actor | None) -> WorkAnalysis:
    """The next version of the task taken apart, not yet reviewed."""
    _own(by, task.workplace.unit_id)
    if not new.steps:
        raise NotNow("no_steps")
    row = WorkAnalysis(
        tenant_id=task.tenant_id,
        task=task,
        number=_last(WorkAnalysis.objects.filter(task=task), new.seen) + 1,
        context=new.context,
        occupations=list(new.occupations),
        tools=list(new.tools),
        risks=new.risks,
        on=current().on,
        by_id=by.member if by else None,
    )
    _version(row)
    steps = [
        AnalysisStep(
            tenant_id=row.tenant_id, analysis=row, ordinal=n, pictogram=one.pictogram, text=one.text
        )
        for n, one in enumerate(new.steps, 1)
    ]
    AnalysisStep.objects.bulk_create(steps)
    Requirement.objects.bulk_create(
        Requirement(
            tenant_id=row.tenant_id,
            analysis=row,
            step=steps[one.step - 1] if one.step else None,
            function=one.function,
            level=one.level,
            hard=one.hard,
            why=one.why,
            weight=one.weight,
        )
        for one in new.requirements
    )
    wrote("task_analysed", row=str(row.pk), number=row.number)
    return row


def review(row: WorkAnalysis, *, by: Actor, on: dt.date) -> None:
    """Somebody else has looked it over. Raises StaleRow."""
    _own(by, row.task.workplace.unit_id)
    if row.reviewed_on is not None:
        raise NotNow("reviewed")
    if row.by_id == by.member:
        raise NotNow("own_review")
    row.reviewed_by_id, row.reviewed_on = by.member, on
    row.save_if_unchanged("reviewed_by_id", "reviewed_on")
    wrote("analysis_reviewed", row=str(row.pk))


def propose(person: uuid.UUID, text: str, more: str, *, by: Actor) -> Idea:
    """The person's own idea, in their own words."""
    permit(by, Act.WRITE, person, FieldClass.VOICE)
    scope = current()
    row = Idea(tenant_id=scope.tenant, person=person, text=text, more=more, on=scope.on)
    row.save(force_insert=True)
    wrote("idea_proposed", [person], row=str(row.pk))
    return row


def take_back(row: Idea, *, by: Actor) -> None:
    permit(by, Act.WRITE, row.person, FieldClass.VOICE)
    _waits(row)
    row.state = Idea.State.WITHDRAWN
    row.save_if_unchanged("state")
    wrote("idea_taken_back", [row.person], row=str(row.pk))


def accept(row: Idea, task: Task, said: dict[str, Any], *, by: Actor, answer: str) -> Task:
    """The idea becomes a task, which says that it was somebody's idea and not whose."""
    permit(by, Act.READ, row.person, FieldClass.VOICE)
    permit(by, Act.WRITE, row.person, FieldClass.WORK)
    _waits(row)
    task.source = Task.Source.OWN_IDEA
    keep_task(task, said, by=by)
    row.task, row.state = task, Idea.State.ACCEPTED
    _answered(row, by, answer, "task_id")
    wrote("idea_accepted", [row.person], row=str(row.pk))
    return task


def decline(row: Idea, *, by: Actor, answer: str) -> None:
    permit(by, Act.READ, row.person, FieldClass.VOICE)
    permit(by, Act.WRITE, row.person, FieldClass.WORK)
    _waits(row)
    if not answer.strip():
        raise NotNow("why_not")
    row.state = Idea.State.DECLINED
    _answered(row, by, answer)
    wrote("idea_declined", [row.person], row=str(row.pk))


def _waits(row: Idea) -> None:
    if row.state != Idea.State.PROPOSED:
        raise NotNow("answered")


def _answered(row: Idea, by: Actor, answer: str, *also: str) -> None:
    row.answer, row.answered_by_id, row.answered_on = answer, by.member, current().on
    row.save_if_unchanged("state", "answer", "answered_by_id", "answered_on", *also)
