"""The mapping on one page: what carries, the goal, what stands in the way; and what is missing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.facts import (
    life_entries,
    mapping_due,
    own_words,
    purposes,
    situation,
    with_situation,
)
from stegvis.journey.mapping.models import JobGoal, LifeEntry, OwnWords, Paper
from stegvis.journey.mapping.pages.ground import READERS, WRITERS, about, model_of
from stegvis.journey.mapping.words import (
    BASES,
    LANGUAGE_NEEDS,
    MEMBER,
    PAPERS,
    PURPOSES,
    SOURCES,
    STATES,
    STUDIES,
    TRAINING_OR_READY,
    named,
    word,
)
from stegvis.journey.standing.facts import case
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.ui.dates import long_day

SOON = dt.timedelta(days=7)
HELP = {"open": "", "under_way": "info", "solved": "ok"}
SIGNS = {"open": "circle", "under_way": "loader", "solved": "check"}


@page(*READERS, shows=FieldClass.SENSITIVE, person="person")
@require_safe
def mapping(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Life areas may tell of health: case worker and the person themselves, nobody else."""
    visit = visit_of(request)
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    told = with_situation(rows).select_related("person").order_by("-since", "-id")
    enrolment = told.first()
    if enrolment is None:
        raise Http404
    sheet = _Sheet(enrolment, visit)
    return render(request, "mapping/mapping.html", about(enrolment, **sheet.context()))


def day_of(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None


class _Sheet:
    """Everything the page says. Three queries beside the enrolment's own."""

    def __init__(self, enrolment: Enrolment, visit: Visit) -> None:
        self.enrolment, self.visit, self.on = enrolment, visit, visit.scope.on
        self.model = model_of(enrolment)
        self.facts = case(enrolment.pk)
        life, words = life_entries(enrolment), own_words(enrolment)
        self.known = situation(life, words=tuple(words))
        self.areas = named(self.model, "life_areas")
        self.writes = enrolment.until is None and visit.actor.holds(*WRITERS)
        self.said: dict[str, Any] = vars(enrolment)  # annotated by with_situation

    def context(self) -> dict[str, Any]:
        closing = self.said["closing"]
        return {
            "lede": self._lede(),
            "time": None if closing else self._time(),
            "writes": self.writes,
            "speaks": self.enrolment.until is None,
            "purposes": [PURPOSES[code] for code in purposes(self.said["verbs"])],
            "resources": [self._resource(row) for row in self.known.resources],
            "goal": self._goal(),
            "barriers": [self._barrier(row) for row in self.known.barriers],
            "unhelped": [row.text for row in self.known.unhelped],
            "words": [self._words(row) for row in reversed(self.known.words)],
            "untouched": self._untouched(),
            "ours": any(area.ours for area in self.areas.values()),
            "papers": self._papers(),
            "told": self._told(),
            "closing": self._closing(closing) if closing else None,
            **self._addresses(),
        }

    def _addresses(self) -> dict[str, str]:
        person = [self.enrolment.person_id]
        names = {"close": "close_mapping", "words": "new_words", "told": "told", "goal": "job_goal"}
        found = {f"{name}_url": reverse(address, args=person) for name, address in names.items()}
        new = reverse("new_entry", args=person)
        return found | {f"{sort}_url": f"{new}?sort={sort}" for sort in LifeEntry.Sort.values}

    def _lede(self) -> str:
        since = long_day(self.enrolment.since)
        return _("It began on %(day)s with the enrolment.") % {"day": since}

    def _time(self) -> dict[str, Any] | None:
        """How the programme's time stands; None when it has no such rule, or on a pause."""
        item = mapping_due(self.model, self.facts, self.on)
        if item is None or item.by is None:
            return None
        values = {"day": long_day(item.by), "n": (self.on - item.by).days}
        if item.overdue:
            return {
                "kind": "late",
                "icon": "clock-alert",
                "words": ngettext(
                    "To be closed by %(day)s: %(n)s day over",
                    "To be closed by %(day)s: %(n)s days over",
                    (self.on - item.by).days,
                )
                % values,
            }
        kind, icon = ("warn", "calendar-clock") if item.by <= self.on + SOON else ("", "calendar")
        words = _("To be closed by %(day)s") % values
        if item.earliest and self.on < item.earliest:
            values["first"] = long_day(item.earliest)
            words = _("To be closed between %(first)s and %(day)s") % values
        return {"kind": kind, "icon": icon, "words": words}

    def _entry(self, row: LifeEntry) -> dict[str, Any]:
        area = self.areas.get(row.area)
        address = reverse("life_entry", args=[row.person_id, row.pk])
        return {
            "text": row.text,
            "more": row.more,
            "area": word(self.model, "life_areas", row.area),
            "icon": area.icon if area else "circle",
            "source": SOURCES.get(row.source, row.source),
            "url": address if self.writes else "",
        }

    def _resource(self, row: LifeEntry) -> dict[str, Any]:
        return self._entry(row)

    def _barrier(self, row: LifeEntry) -> dict[str, Any]:
        return self._entry(row) | {
            "worry": row.worry,
            "derived": row.derived,
            "helper": row.helper,
            "needs_help": row in self.known.unhelped,
            "kind": HELP[row.state],
            "sign": SIGNS[row.state],
            "state": STATES[LifeEntry.State(row.state)],
        }

    def _words(self, row: OwnWords) -> dict[str, Any]:
        entries = {one.pk: one.text for one in (*self.known.resources, *self.known.barriers)}
        mine = row.heard_by_id is None
        own = self.visit.actor.holds(*READERS[1:])
        change = reverse("change_words", args=[row.person_id, row.pk])
        return {
            "text": row.text,
            "on": row.on,
            "of": entries.get(row.entry_id, "") if row.entry_id else "",
            "heard_by": "" if mine or row.heard_by is None else row.heard_by.name,
            "url": change if own and self.enrolment.until is None else "",
        }

    def _untouched(self) -> list[dict[str, str]]:
        """Areas that nobody has talked about yet."""
        said = {row.area for row in (*self.known.resources, *self.known.barriers)}
        new = reverse("new_entry", args=[self.enrolment.person_id])
        return [
            {"name": area.name, "url": f"{new}?sort=resource&area={code}", "icon": area.icon}
            for code, area in self.areas.items()
            if code not in said
        ]

    def _goal(self) -> dict[str, Any] | None:
        goal = self.said["goal_said"]
        return goal_words(self.model, goal, day_of(goal["on"])) if goal else None

    def _papers(self) -> list[dict[str, Any]]:
        there = {one.values["document"]: one.on for one in self._of("document")}
        return [{"name": PAPERS[kind], "on": there.get(kind.value)} for kind in Paper.Kind]

    def _of(self, kind: str, **wanted: str) -> list[Fact]:
        return [
            one
            for one in self.facts
            if one.kind == kind and all(one.values.get(k) == v for k, v in wanted.items())
        ]

    def _told(self) -> list[tuple[Any, str]]:
        """What the person was told of and offered: label and how it stands, "" when it is open."""
        language, fund = self.said["language_said"], self.said["fund_said"]
        guided = [one.on for one in self._of("event", what="study_guidance")]
        methods = [one.on for one in self._of("information", about="methods")]
        need = ""
        if language:
            need = ". ".join(
                str(t) for t in (LANGUAGE_NEEDS[language["need"]], language["how"]) if t
            )
        return [
            (_("Methods and tools"), long_day(methods[-1]) if methods else ""),
            (_("Language training"), need),
            (_("Unemployment fund"), _fund(fund) if fund else ""),
            (_("Study guidance"), long_day(guided[-1]) if guided else ""),
        ]

    def _closing(self, said: dict[str, Any]) -> dict[str, Any]:
        return {
            "on": day_of(said["on"]),
            "answers": closing_words(self.model, said, self.visit.track),
            "despite": said["despite"],
            "rests_on": [
                (BASES.get(one["kind"], one["kind"]), day_of(one["on"])) for one in said["rests_on"]
            ],
        }


def _fund(said: dict[str, Any]) -> str:
    told, applied = day_of(said["told"]), day_of(said["applied"])
    parts = [
        _("Told on %(day)s") % {"day": long_day(told)} if told else "",
        _("Applied on %(day)s") % {"day": long_day(applied)} if applied else "",
        str(MEMBER[said["member"]]),
    ]
    return ". ".join(part for part in parts if part)


def goal_words(model: Programme, goal: Any, on: dt.date | None) -> dict[str, Any]:
    """A goal as shown, from a row's values."""
    studies = goal["kind"] == JobGoal.STUDIES
    kind = str(STUDIES).capitalize() if studies else word(model, "job_goal_kinds", goal["kind"])
    return {
        "text": goal["text"],
        "kind": kind,
        "strength": word(model, "job_goal_strengths", goal["strength"]),
        "on": on,
    }


def closing_words(model: Programme, said: dict[str, Any], track: str) -> list[tuple[Any, str]]:
    lang = get_language() or "sv"
    steps = {step.code: step for step in model.primary.steps}
    step = steps.get(said["which_step"])
    name = f"{step.ordinal} {pick(step_name(model, step, track), lang)}" if step else ""
    measures = [word(model, "measures", code) for code in said["which_measures"]]
    measures += [said["measures_words"]] if said["measures_words"] else []
    ready = TRAINING_OR_READY.get(said["training_or_ready"], "")
    return [
        (_("Step"), name),
        (_("Measures"), ", ".join(measures)),
        (_("Training or ready"), str(ready)),
        (_("Summary"), said["summary"]),
    ]
