"""The plan as others ask for it: the version that applies, its goals and how they go, and a
version's text as the document the core compares, merges and finds lacking."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery

from stegvis.core.progression.plans import (
    ACTION,
    GOAL,
    HEAD,
    forgotten,
    review_days,
    units,
)
from stegvis.core.values.merging import Document, Unit
from stegvis.core.values.periods import Period
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.motivation.facts import EARLY, stage_of
from stegvis.journey.plans.models import (
    ActivityMark,
    Goal,
    GoalReview,
    InVersion,
    PlanActivity,
    PlanVersion,
    Saving,
    Saying,
)
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import Pause

YES = "yes"
HEAD_FIELDS = (
    "situation", "resources", "barriers", "no_barriers", "aim", "aim_text", "change_note",
)  # fmt: skip
GOAL_FIELDS = ("under", "kind", "text", "done_when", "due", "source", "source_key", "behaviour")
ACTION_FIELDS = (
    "goal", "scope", "text", "owner", "owner_name", "due", "times", "topic", "own_wish",
)  # fmt: skip
EMPTY: Document = {HEAD: dict.fromkeys(HEAD_FIELDS, "")}


# The text of a version


def document(
    version: PlanVersion, goals: Iterable[Goal], activities: Iterable[PlanActivity]
) -> Document:
    """Rows as a document: every value is text, what is unknown is empty."""
    found: dict[str, Unit] = {HEAD: _unit(version, HEAD_FIELDS)}
    found |= {f"{GOAL}{row.thread}": _unit(row, GOAL_FIELDS) for row in _kept(goals)}
    found |= {f"{ACTION}{row.thread}": _unit(row, ACTION_FIELDS) for row in _kept(activities)}
    return found


def _kept[R: InVersion](rows: Iterable[R]) -> list[R]:
    return sorted((row for row in rows if not row.left_out), key=lambda row: row.position)


def _unit(row: Any, fields: Sequence[str]) -> Unit:
    return {name: plain(getattr(row, name)) for name in fields}


def plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    return YES if value is True else str(value)


def document_of(version: PlanVersion) -> Document:
    """The latest saving of a version. One query."""
    return saved(version, version.revision)


def saved(version: PlanVersion, revision: int) -> Document:
    found = Saving.objects.filter(of=version, revision=revision).values_list("document", flat=True)
    return found.first() or EMPTY


def with_documents(rows: QuerySet[PlanVersion]) -> QuerySet[Any]:
    """Versions with their text as `text`, in the same query."""
    last = Saving.objects.filter(of=OuterRef("pk"), revision=OuterRef("revision"))
    return rows.annotate(text=Subquery(last.values("document")[:1]))


# The version that applies, and one on its way


def current(enrolment: Enrolment) -> PlanVersion | None:
    """The version both have agreed on last: the one that applies."""
    rows = PlanVersion.versions.agreed().filter(enrolment=enrolment)
    found: PlanVersion | None = rows.order_by("-number").first()
    return found


def draft(enrolment: Enrolment) -> PlanVersion | None:
    found: PlanVersion | None = PlanVersion.versions.drafts().filter(enrolment=enrolment).first()
    return found


# Goals and how they go


@dataclass(frozen=True, slots=True)
class Stand:
    """A goal of the plan that applies, as it was last looked at. `status` is empty when nobody
    has; `forgotten`: two follow-ups have passed it by (AJ-48)."""

    goal: Goal
    set_on: dt.date
    status: str = ""
    reviewed_on: dt.date | None = None
    comment: str = ""
    forgotten: bool = False

    @property
    def is_open(self) -> bool:
        return self.status not in GoalReview.CLOSED


def goals(enrolment: Enrolment, *, on: dt.date) -> list[Stand]:
    """Every goal of the plan that applies, open and closed. Four queries."""
    version = current(enrolment)
    if version is None:
        return []
    rows = list(Goal.objects.filter(of=version, left_out=False))
    began = _began(enrolment, rows)
    looked: dict[uuid.UUID, list[GoalReview]] = {row.thread: [] for row in rows}
    for review in GoalReview.objects.filter(enrolment=enrolment, thread__in=looked):
        looked[review.thread].append(review)
    every = interval(enrolment)
    pauses = paused(enrolment)
    return [
        stand(row, looked[row.thread], set_on=began[row.thread], every=every, pauses=pauses, on=on)
        for row in rows
    ]


def open_goals(enrolment: Enrolment, *, on: dt.date) -> list[Stand]:
    """Those neither reached nor dropped: for the weekly follow-up and the person's own page."""
    return [one for one in goals(enrolment, on=on) if one.is_open]


def stand(
    goal: Goal,
    reviews: Sequence[GoalReview],
    *,
    set_on: dt.date,
    every: int | None,
    pauses: Sequence[Period],
    on: dt.date,
) -> Stand:
    last = reviews[-1] if reviews else None
    closed = last is not None and last.status in GoalReview.CLOSED
    left = not closed and forgotten(
        set_on, [one.on for one in reviews], every=every, on=on, pauses=pauses
    )
    if last is None:
        return Stand(goal, set_on, forgotten=left)
    return Stand(goal, set_on, last.status, last.on, last.comment, left)


def _began(enrolment: Enrolment, rows: Iterable[Goal]) -> dict[uuid.UUID, dt.date]:
    """When each goal was first agreed on."""
    found = Goal.objects.filter(
        enrolment=enrolment, thread__in=[row.thread for row in rows], left_out=False
    )
    agreed = found.filter(of__state=PlanVersion.State.AGREED).order_by()
    return dict(agreed.values_list("thread").annotate(Min("of__agreed_on")))


def interval(enrolment: Enrolment) -> int | None:
    """Days between looks at a goal, as the programme has it."""
    return review_days(programmes({enrolment.programme_id})[enrolment.programme_id])


def paused(enrolment: Enrolment) -> list[Period]:
    rows = Pause.objects.filter(enrolment=enrolment).order_by("since", "id")
    return [Period(row.since, row.until) for row in rows]


def open_activities(enrolment: Enrolment) -> list[tuple[PlanActivity, str]]:
    """What is to be done by the plan that applies, with what became of it; done ones left out."""
    version = current(enrolment)
    if version is None:
        return []
    last = ActivityMark.objects.filter(enrolment=enrolment, thread=OuterRef("thread"))
    rows = PlanActivity.objects.filter(of=version, left_out=False).annotate(
        became=Subquery(last.order_by("-on", "-created_at").values("state")[:1])
    )
    return [(row, row.became or "") for row in rows if row.became != ActivityMark.State.DONE]


# A goal to change a behaviour asks the behaviour's stage first


@dataclass(frozen=True, slots=True)
class Early:
    """A goal that a plan helps little with now: the behaviour's stage, or "" when nothing is
    known of it (KN-81)."""

    goal: str
    stage: str


def early(text: Document) -> list[Early]:
    """Goals to change a behaviour whose person has not made up their mind. Of the motivation's
    class: for those who may read that, and for nobody else. A query per such goal."""
    found = []
    for unit in units(text, GOAL).values():
        if unit.get("kind") != Goal.Kind.BEHAVIOUR:
            continue
        stage = stage_of(uuid.UUID(unit["behaviour"])) if unit.get("behaviour") else None
        if stage is None or stage.stage in EARLY:
            found.append(Early(unit["text"], str(stage.stage) if stage else ""))
    return found


# Words beside the text


def standing_sayings(rows: Iterable[Saying], *, number: int) -> list[Saying]:
    """What stood beside version `number`: said by then, and not said anew or taken back by then."""
    said = [row for row in rows if row.of.number <= number]
    gone = {row.replaces_id for row in said}
    return [row for row in said if row.pk not in gone and row.text]


# Who has a plan


def with_plan(rows: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Enrolments with `has_plan` and, of those without, when a draft was begun."""
    versions = PlanVersion.versions.filter(enrolment=OuterRef("pk"))
    begun = versions.drafts().order_by("-number").values("created_at")[:1]
    return rows.annotate(has_plan=Exists(versions.agreed()), draft_begun=Subquery(begun))
