"""What the person wants to work with, and the talk that helps to find it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions.ground import common, is_own, still_open
from stegvis.journey.mapping.models import Interview, JobGoal
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote


@dataclass(frozen=True, slots=True)
class NewGoal:
    kind: str  # position, function, area; or studies
    text: str
    strength: str  # own, chosen_with_worker, to_try
    on: dt.date
    area: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NewInterview:
    """What was ticked, and what was said by source (work, education, leisure)."""

    done: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.done) or any(text.strip() for text in self.answers.values())


def set_job_goal(
    enrolment: Enrolment,
    new: NewGoal,
    *,
    by: Actor | None,
    interview: NewInterview | None = None,
) -> JobGoal:
    """A new goal, or a changed one: the earlier stays as history. The person may set their own."""
    own = FieldClass.VOICE if is_own(by) else FieldClass.PLAN
    permit(by, Act.WRITE, enrolment.person_id, own)
    still_open(enrolment)
    if not new.text.strip():
        raise NotNow("nothing_said")
    row = JobGoal(
        **common(enrolment, by),
        kind=new.kind,
        area=new.area,
        text=new.text.strip(),
        strength=new.strength,
        why=new.why,
        on=new.on,
        interview=_kept(enrolment, interview, by=by, on=new.on) if interview else None,
    )
    row.save(force_insert=True)
    _tell(enrolment, row)
    wrote("job_goal_set", [enrolment.person_id], row=str(row.pk), kind=row.kind, own=is_own(by))
    return row


def _tell(enrolment: Enrolment, row: JobGoal) -> None:
    """A goal of studies is no direction of work (V-11): it is told as what it is."""
    if row.kind == JobGoal.STUDIES:
        tell(enrolment, "event", source=row.pk, on=row.on, what="study_goal")
    else:
        tell(enrolment, "job_goal", source=row.pk, on=row.on, goal=row.kind, strength=row.strength)


def _kept(
    enrolment: Enrolment, interview: NewInterview, *, by: Actor | None, on: dt.date
) -> Interview:
    """The answers tell of the home and the family: they are read with the life areas."""
    own = FieldClass.VOICE if is_own(by) else FieldClass.SENSITIVE
    permit(by, Act.WRITE, enrolment.person_id, own)
    row = Interview(
        **common(enrolment, by),
        done=list(interview.done),
        answers={code: text for code, text in interview.answers.items() if text.strip()},
        on=on,
    )
    row.save(force_insert=True)
    wrote("direction_talked_about", [enrolment.person_id], row=str(row.pk))
    return row
