"""The plan as others ask for it: the version that applies, its goals and how they go, and a
version's text as the document the core compares, merges and finds lacking."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from stegvis.core.programme.model import Programme
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
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.facts import marks
from stegvis.journey.abilities.models import PlanningDocument
from stegvis.journey.background.facts import critique_to_turn
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
LATELY = dt.timedelta(weeks=2)  # twice the shortest time of a programme: a list asks no further
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
    """Every goal of the plan that applies, open and closed. One query."""
    return goals_of([enrolment.pk], on=on)


def goals_of(
    enrolments: Iterable[uuid.UUID] | QuerySet[Any], *only: Any, on: dt.date
) -> list[Stand]:
    """The same for several roads at once, goals of each beside each other. One query."""
    rows = _applying(enrolments, *only)
    found: list[Any] = list(rows.select_related("enrolment"))
    models = programmes({row.enrolment.programme_id for row in found})
    return [_stand(row, models[row.enrolment.programme_id], on) for row in found]


def _applying(enrolments: Iterable[uuid.UUID] | QuerySet[Any], *only: Any) -> QuerySet[Any]:
    """The goals of the plans that apply, with when they were agreed on and looked at."""
    applies = PlanVersion.versions.agreed().filter(enrolment=OuterRef("enrolment"))
    looked = GoalReview.objects.filter(enrolment=OuterRef("enrolment"), thread=OuterRef("thread"))
    pauses = Pause.objects.filter(enrolment=OuterRef("enrolment")).order_by("since", "id")
    rows = Goal.objects.filter(
        *only,
        of=Subquery(applies.order_by("-number").values("pk")[:1]),
        left_out=False,
        enrolment__in=enrolments,
    ).annotate(
        set_on=Subquery(_first_agreed()),
        looked=ArraySubquery(
            looked.order_by("on", "created_at", "id").values(
                found=JSONObject(on="on", status="status", said="comment")
            )
        ),
        pauses=ArraySubquery(pauses.values(found=JSONObject(since="since", until="until"))),
    )
    return rows.order_by("enrolment", "position", "id")


def forgotten_goals(enrolments: QuerySet[Any], *, on: dt.date) -> list[Stand]:
    """Those that two rounds have passed by, of many roads, those first that have waited longest
    (AJ-48). One query; what was looked at or agreed on lately is left out in it already."""
    found = goals_of(enrolments, *_not_lately(on), on=on)
    left = [one for one in found if one.forgotten]
    return sorted(left, key=lambda one: one.reviewed_on or one.set_on)


def _not_lately(on: dt.date) -> tuple[Any, ...]:
    looked = GoalReview.objects.filter(enrolment=OuterRef("enrolment"), thread=OuterRef("thread"))
    going = Enrolment.enrolments.open().filter(pk=OuterRef("enrolment"))
    return ~Exists(looked.filter(on__gt=on - LATELY)), Exists(going)


def to_look_at(enrolments: QuerySet[Any], *, on: dt.date) -> QuerySet[Any, Any]:
    """The same as rows still to be asked for; see `left_by`."""
    rows = _applying(enrolments, *_not_lately(on))
    return rows.values_list("person_id", "enrolment__programme_id", "set_on", "looked", "pauses")


def left_by(rows: Iterable[tuple[Any, ...]], *, on: dt.date) -> list[uuid.UUID]:
    """Of rows `to_look_at`, the person of each forgotten goal, who has waited longest first."""
    read = [(*row[:3], *(_plain(cell) for cell in row[3:])) for row in rows]
    models = programmes({row[1] for row in read})
    left = [
        (looked[-1]["on"] if looked else set_on.isoformat(), person)
        for person, version, set_on, looked, pauses in read
        if _is_left(set_on, looked, pauses, models[version], on)
    ]
    return [person for _day, person in sorted(left, key=lambda one: one[0])]


def _plain(cell: list[Any]) -> list[Any]:
    """JSON as the driver gives it: text, or already read."""
    return [json.loads(one) if isinstance(one, str) else one for one in cell]


def _first_agreed() -> Any:
    """When a goal was first agreed on."""
    same = Goal.objects.filter(
        enrolment=OuterRef("enrolment"), thread=OuterRef("thread"), left_out=False
    )
    agreed = same.filter(of__state=PlanVersion.State.AGREED).order_by("of__number")
    return agreed.values("of__agreed_on")[:1]


def open_goals(enrolment: Enrolment, *, on: dt.date) -> list[Stand]:
    """Those neither reached nor dropped: for the weekly follow-up and the person's own page."""
    return [one for one in goals(enrolment, on=on) if one.is_open]


def _stand(row: Any, model: Programme, on: dt.date) -> Stand:
    left = _is_left(row.set_on, row.looked, row.pauses, model, on)
    if not row.looked:
        return Stand(row, row.set_on, forgotten=left)
    last = row.looked[-1]
    day = dt.date.fromisoformat(last["on"])
    return Stand(row, row.set_on, last["status"], day, last["said"], left)


def _is_left(
    set_on: dt.date, looked: list[Any], pauses: list[Any], model: Programme, on: dt.date
) -> bool:
    if looked and looked[-1]["status"] in GoalReview.CLOSED:
        return False
    days = [dt.date.fromisoformat(one["on"]) for one in looked]
    gone = [_period(one) for one in pauses]
    return forgotten(set_on, days, every=review_days(model), on=on, pauses=gone)


def _period(found: dict[str, str | None]) -> Period:
    until = found["until"]
    return Period(
        dt.date.fromisoformat(str(found["since"])), dt.date.fromisoformat(until) if until else None
    )


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


# What a goal may be made of


@dataclass(frozen=True, slots=True)
class Answer:
    """Something a form was answered with. `goal`: what a goal made of it would say; `kind`: rating,
    planning or critique; `turned`: a goal has been made of it."""

    kind: str
    key: uuid.UUID
    question: str
    answer: str
    goal: str
    on: dt.date
    turned: bool = False


def answers(enrolment: Enrolment, *, on: dt.date, lang: str, sensitive: bool) -> list[Answer]:
    """The latest answers of the forms, of which goals may be made (JI-18), and the items of the
    critique that no goal has taken up (JI-11). Items of the body and the critique only where
    `sensitive`: for who may read that. Four queries at most."""
    found = [*_rated(enrolment, on, bodily=sensitive), *_planned(enrolment, lang)]
    turned = Goal.objects.filter(enrolment=enrolment, left_out=False, source_key__isnull=False)
    keys = set(turned.order_by("source_key").values_list("source_key", flat=True))
    found = [replace(one, turned=one.key in keys) for one in found]
    rows = critique_to_turn(enrolment) if sensitive else []
    for row in rows:
        said = row.instead or row.words
        found.append(Answer("critique", row.pk, row.words, row.instead, said, row.on))
    return found


def _rated(enrolment: Enrolment, on: dt.date, *, bodily: bool) -> Iterable[Answer]:
    for mark in marks(enrolment, on=on, bodily=bodily):
        own = mark.own
        if own is not None and own.value is not None:
            yield Answer("rating", own.rating, mark.name, str(own.value), mark.name, own.on)


def _planned(enrolment: Enrolment, lang: str) -> Iterable[Answer]:
    """Of the latest version of each planning document. An answer has no row of its own: its key is
    worked out from the document's."""
    rows = PlanningDocument.objects.filter(enrolment=enrolment).order_by("document", "number")
    for row in {one.document: one for one in rows}.values():
        for number, one in enumerate(row.answers):
            text = one["answer"].strip()
            if text and not one["not_relevant"]:
                key = uuid.uuid5(row.pk, str(number))
                yield Answer("planning", key, pick(one["question"], lang), text, text, row.on)


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
