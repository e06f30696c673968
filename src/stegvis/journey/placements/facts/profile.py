"""What a profile begins with: the job goal and the resources that are written already. What is
written of health, of income or of any area of life that is read by few alone does not come in."""

from __future__ import annotations

from stegvis.journey.abilities.facts import items, known_marks, model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.facts import job_goal
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.plans.facts import current as agreed
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.tenancy.scope import current

WORKS = 4  # seen to work, on the scale of function


def begun(enrolment: Enrolment, by: Actor) -> dict[str, str]:
    """By part of the profile; nothing is stored until somebody saves it."""
    found = {}
    goal = job_goal(enrolment)
    if goal is not None and goal.kind != JobGoal.STUDIES:
        part = {"position": "workplaces", "function": "functions"}.get(goal.kind, "tasks")
        found[part] = goal.text
    competences = [_seen(enrolment), _resources(enrolment, by)]
    found["competences"] = "\n".join(one for one in competences if one)
    return found


def _seen(enrolment: Enrolment) -> str:
    """What has been seen to work, by name."""
    on = current().on
    names = items(model_of(enrolment), on=on)
    works = sorted(
        names[ability].name
        for _key, ability, kind, level, _day in known_marks([enrolment.pk], on=on)
        if kind == "observed" and level == WORKS and ability in names
    )
    return ", ".join(works)


def _resources(enrolment: Enrolment, by: Actor) -> str:
    """As both have acknowledged them in the plan, for those who read the plan."""
    if not may(by, Act.READ, enrolment.person_id, FieldClass.PLAN, on=current().on):
        return ""
    plan = agreed(enrolment)
    return plan.resources if plan else ""
