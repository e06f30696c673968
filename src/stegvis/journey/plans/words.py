"""Codes of the plan in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.platform.ui.dates import long_day

FAULTS = {
    "date_missing": _("In this programme every goal and every individual action has a date."),
    "aim_missing": _("Choose one main aim: work, studies or other."),
    "aim_text_missing": _("Write which other aim it is."),
    "change_note_missing": _("Write what has changed since the earlier version, and why."),
    "inventory_lacking": _("The inventory is not done. Write why the plan is made before it."),
    "lacking": _("Something is lacking. Write why the plan applies all the same."),
    "already_agreed": _("This version is agreed. A change is a new version."),
    "no_plan": _("There is no plan yet."),
    "no_such_goal": _("That goal is not in the plan."),
    "enrolment_ended": _("The person has left this programme."),
    "topic_not_wished": _("A social topic is only the person’s own wish."),
    "owner_missing": _("Write who does it."),
    "their_own_words": _("Only the person changes what they wrote themselves."),
    "words_missing": _("Write the words, as they were said."),
    "not_yet": _("That day has not come yet."),
    "measure_ended": _("It has already ended."),
    "owner_organisation_missing": _("Write which organisation it is."),
    "day_order": _("The days do not follow each other."),
    "reason_missing": _("Write the reason in the person’s own terms."),
}
AIMS = {"work": _("Work"), "studies": _("Studies"), "other": _("Other")}
KINDS = {
    "main": _("Main goal"),
    "sub": _("Sub-goal"),
    "behaviour": _("Change of a habit"),
    "job": _("Job goal"),
}
SOURCES = {
    "talk": _("From a talk"),
    "form": _("From a form answer"),
    "follow_up": _("From a follow-up"),
    "mapping": _("From the mapping"),
    "person": _("The person’s own"),
}
STATUSES = {
    "going": _("On its way"),
    "slow": _("Slow"),
    "reached": _("Reached"),
    "dropped": _("No longer wanted"),
}
STATUS_TAGS = {
    "going": ("ok", "play"),
    "slow": ("warn", "hourglass"),
    "reached": ("ok", "check"),
    "dropped": ("", "minus"),
}
MARKS = {"begun": _("Begun"), "done": _("Done"), "not_done": _("Did not happen")}
SCOPES = {"individual": _("For this person"), "general": _("Common to all")}
# Ours: what social competence may be about, as somebody's own wish. Nobody is rated (JI-20, N-06).
TOPICS = {
    "take_criticism": _("To take criticism"),
    "give_criticism": _("To give criticism"),
    "limits": _("To set limits"),
    "talking": _("To talk with colleagues and customers"),
    "together": _("To work together"),
    "attitude": _("How I meet work"),
}
HOWS = {
    "decided": _("Decided"),
    "own_page": _("On their own page"),
    "paper": _("On paper"),
    "read_out": _("Read out together"),
}
# Ours, where the programme has no words of its own for it.
MEASURES = {
    "social_worker": _("Social worker"),
    "family": _("Family support"),
    "debt": _("Debt and budget advice"),
    "language": _("Language training"),
    "housing": _("Housing support"),
    "employment_service": _("Rehabilitation at the employment service"),
    "occupational_therapist": _("Occupational therapist"),
    "health": _("Health care"),
    "psychiatry": _("Psychiatry"),
    "addiction": _("Addiction clinic"),
}
HEALTH = frozenset({"occupational_therapist", "health", "psychiatry", "addiction"})
BASES = {
    "service": _("Social services act"),
    "health": _("Health care act"),
    "other": _("Another act"),
}
MEASURE_STATES = {
    "flagged": _("To be asked for"),
    "asked": _("No answer yet"),
    "queued": _("Waits to begin"),
    "refused": _("Answered no"),
    "going": _("Going on"),
    "ended": _("Ended"),
}
MEASURE_TAGS = {
    "flagged": ("warn", "flag"),
    "asked": ("warn", "hourglass"),
    "queued": ("", "calendar-clock"),
    "refused": ("", "x"),
    "going": ("ok", "check"),
    "ended": ("", "minus"),
}
ANSWERS = {"yes": _("Yes"), "waits": _("Yes, but there is a queue"), "no": _("No")}
ANSWER_KINDS = {
    "rating": _("Own ratings"),
    "planning": _("Planning documents"),
    "critique": _("What has been wrong, and how it could be"),
}
CHOICES = {
    "chosen": _("Chose"),
    "declined": _("Said no"),
    "undecided": _("Has not decided"),
}
LACKING = {
    "situation": _("The present situation is not described"),
    "resources": _("No resources are written down"),
    "barriers": _("Barriers are not written down, nor that there are none"),
    "aim": _("No main aim is chosen"),
    "goal": _("There is no goal"),
    "sub_goal": _("There is no sub-goal"),
    "dates": _("A goal has no date"),
}
THERE = {
    "situation": _("The present situation is described"),
    "resources": _("Resources are written down"),
    "barriers": _("Barriers are written down, or that there are none"),
    "aim": _("One main aim is chosen"),
    "goal": _("There is a goal"),
    "sub_goal": _("There is a sub-goal"),
    "dates": _("Every goal has a date"),
}
FIELDS = {
    "situation": _("Present situation"),
    "resources": _("Resources"),
    "barriers": _("Barriers"),
    "no_barriers": _("No barriers stated"),
    "aim": _("Main aim"),
    "aim_text": _("Which other aim"),
    "change_note": _("What has changed, and why"),
    "text": _("What"),
    "done_when": _("Done when"),
    "due": _("By when"),
    "kind": _("Kind"),
    "under": _("Under which goal"),
    "source": _("Where it comes from"),
    "goal": _("For which goal"),
    "scope": _("For whom"),
    "owner": _("Who"),
    "owner_name": _("Who, by name"),
    "times": _("When, in words"),
    "topic": _("Topic"),
    "own_wish": _("Own wish"),
}


def measure_kinds(model: Programme) -> list[tuple[str, Any]]:
    """The programme's own words; where it has none, ours."""
    own = model.vocabularies.get("parallel_measures")
    if own is None:
        return list(MEASURES.items())
    lang = get_language() or "sv"
    return [(term.code, pick(term.texts, lang)) for term in own.terms]


def legal_bases(model: Programme) -> list[tuple[str, Any]]:
    own = model.vocabularies.get("legal_bases")
    if own is None:
        return list(BASES.items())
    lang = get_language() or "sv"
    return [(term.code, pick(term.texts, lang)) for term in own.terms]


def measure_name(model: Programme, code: str) -> str:
    """What a lane under the road is called; one that tells of health is told of as "other"."""
    return str(dict(measure_kinds(model)).get(code, _("A measure of another actor")))


def tells_of_health(model: Programme, kind: str) -> bool:
    """Whether what it is called tells of somebody's health."""
    own = model.vocabularies.get("parallel_measures")
    if own is None:
        return kind in HEALTH
    return any(term.code == kind and term.group == "health" for term in own.terms)


def owners(person: str, worker: str) -> dict[str, str]:
    """Who does something, by first names."""
    worker = worker or str(_("The case worker"))
    both = _("%(person)s and %(worker)s") % {"person": person, "worker": worker}
    return {"person": person, "worker": worker, "both": both, "other": str(_("Somebody else"))}


def value_words(name: str, text: str, goals: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A field of the plan's text as people read it. `goals`: what each goal says, by its key."""
    if not text:
        return ""
    codes: dict[str, Mapping[str, Any]] = {
        "aim": AIMS, "kind": KINDS, "source": SOURCES, "scope": SCOPES, "topic": TOPICS,
        "owner": names, "goal": goals, "under": goals,
    }  # fmt: skip
    if name in codes:
        return str(codes[name].get(text, text))
    if name in {"no_barriers", "own_wish"}:
        return str(_("Yes"))
    return long_day(dt.date.fromisoformat(text)) if name == "due" else text
