"""Trying tasks, and training a language by them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.journey.work.facts import tasks_of
from stegvis.journey.work.models import LanguageExercise, TaskTrial
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class NewTry:
    """`task` is a code of the programme's tasks, or `named` says what it was. `since` and `until`
    are the first and the last day of trying."""

    task: str
    since: dt.date
    until: dt.date
    can_do: str
    named: str = ""
    liked: str = ""
    support_needed: str = ""
    words: str = ""


def _about(enrolment: Enrolment, by: Actor | None) -> dict[str, Any]:
    if enrolment.until is not None:
        raise NotNow("ended")
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by else None,
    }


def try_task(
    enrolment: Enrolment, new: NewTry, *, by: Actor | None, submission: uuid.UUID | None = None
) -> TaskTrial:
    """How it went with one task (AJ-21). Raises NotNow: "ended", "not_yet", "before_the_road",
    "tried_backwards", "task_missing", "how_missing"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    _check(enrolment, new)
    row = TaskTrial(
        **_about(enrolment, by),
        task=new.task,
        named=new.named.strip(),
        since=new.since,
        until=new.until,
        liked=new.liked,
        can_do=new.can_do,
        support_needed=new.support_needed.strip(),
        words=new.words.strip(),
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "activity", source=row.pk, on=row.until, what="task_tried")
    wrote("task_tried", [row.person_id], trial=str(row.pk), can_do=row.can_do)
    return row


def _check(enrolment: Enrolment, new: NewTry) -> None:
    if new.until > current().on:
        raise NotNow("not_yet")
    if new.until < new.since:
        raise NotNow("tried_backwards")
    if new.since < enrolment.since:
        raise NotNow("before_the_road")
    if bool(new.task) == bool(new.named.strip()) or (
        new.task and new.task not in tasks_of(enrolment)
    ):
        raise NotNow("task_missing")
    if new.can_do not in TaskTrial.Can.values or new.liked not in {"", *TaskTrial.Liked.values}:
        raise NotNow("how_missing")


def plan_language(
    enrolment: Enrolment,
    *,
    words: str,
    task: str = "",
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> LanguageExercise:
    """Through what the language is trained (AJ-46). Raises NotNow: "ended", "exercise_empty",
    "task_missing"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if not words.strip():
        raise NotNow("exercise_empty")
    if task and task not in tasks_of(enrolment):
        raise NotNow("task_missing")
    row = LanguageExercise(
        **_about(enrolment, by),
        task=task,
        words=words.strip(),
        since=current().on,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("language_planned", [row.person_id], exercise=str(row.pk))
    return row


def end_language(row: LanguageExercise, *, by: Actor | None) -> None:
    """The language is no longer trained by it. Twice is once."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    if row.until is None:
        row.until = max(current().on, row.since)
        row.save_if_unchanged("until")
        wrote("language_ended", [row.person_id], exercise=str(row.pk))
