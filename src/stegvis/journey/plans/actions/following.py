"""Following the plan: how a goal goes, and what became of something that was to be done. Whoever
works with the person may say so; the plan's own text is not touched."""

from __future__ import annotations

import datetime as dt
import uuid

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans.models import ActivityMark, Goal, GoalReview, PlanActivity
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


def review_goal(
    goal: Goal,
    *,
    status: str,
    by: Actor | None,
    comment: str = "",
    on: dt.date | None = None,
    submission: uuid.UUID | None = None,
) -> GoalReview:
    """A goal has been looked at (AJ-48). Raises NotNow, Hidden."""
    permit(by, Act.WRITE, goal.person_id, FieldClass.WORK)
    row = GoalReview(
        tenant_id=goal.tenant_id,
        goal=goal,
        enrolment_id=goal.enrolment_id,
        person_id=goal.person_id,
        thread=goal.thread,
        status=GoalReview.Status(status),
        comment=comment.strip(),
        on=_day(on),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(goal.enrolment, "goal_review", source=row.pk, on=row.on, status=row.status)
    wrote("goal_reviewed", [goal.person_id], goal=str(goal.thread), status=row.status)
    return row


def mark_activity(
    activity: PlanActivity,
    *,
    state: str,
    by: Actor | None,
    on: dt.date | None = None,
    submission: uuid.UUID | None = None,
) -> ActivityMark:
    """It has begun, is done, or did not happen. The core is told of what happened. Raises NotNow,
    Hidden."""
    permit(by, Act.WRITE, activity.person_id, FieldClass.WORK)
    row = ActivityMark(
        tenant_id=activity.tenant_id,
        activity=activity,
        enrolment_id=activity.enrolment_id,
        person_id=activity.person_id,
        thread=activity.thread,
        state=ActivityMark.State(state),
        on=_day(on),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    if row.state != ActivityMark.State.NOT_DONE:
        tell(activity.enrolment, "activity", source=row.pk, on=row.on, what=activity.scope)
    wrote("activity_marked", [activity.person_id], activity=str(row.thread), state=row.state)
    return row


def _day(on: dt.date | None) -> dt.date:
    today = current().on
    if on is not None and on > today:
        raise NotNow("not_yet")
    return on or today
