"""One person's road: drawn, told as a table, and with what the model asks, knows and lacks."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme import draw
from stegvis.core.programme.model import Programme
from stegvis.core.progression.dues import Due
from stegvis.core.progression.judgement import Judgement, say
from stegvis.core.progression.road import Stay
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.intake.words import agency
from stegvis.journey.plans.words import measure_name
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.screening.facts import leading, screens
from stegvis.journey.steps.facts import Known, asked, case_with, models_for, weigh, went_over
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.steps.words import decision_words
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.dates import long_day
from stegvis.portals.caseworker import coming
from stegvis.portals.caseworker.milestones import MILESTONES
from stegvis.portals.caseworker.people import named_step

SOON = dt.timedelta(days=7)
DECIDERS = (Role.CASE_WORKER,)
READERS = (*DECIDERS, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)  # of decisions
SHORT = 28  # letters that fit at a landing


def road_page(person: uuid.UUID, visit: Visit, *, wanted: str = "") -> dict[str, Any]:
    """Everything person.html shows, to whom the gate has let in to this person's road. Four
    queries, whatever has happened to the person."""
    later = ProgrammeVersion.versions.filter(
        key=OuterRef("programme__key"),
        number__gt=OuterRef("programme__number"),
        withdrawn_on__isnull=True,
    )
    rows = Enrolment.enrolments.filter(person=person).with_staff(visit.scope.on)
    rows = rows.annotate(newer=Exists(later), number=F("referral__number"), at=F("unit__name"))
    rows = rows.annotate(leading=leading(visit.scope.on))
    rows = rows.select_related("person")
    mine = list(rows.order_by("-since", "-id"))
    if not mine:
        return _before_enrolment(person, visit)
    chosen = next((row for row in mine if str(row.pk) == wanted), mine[0])
    decisions = list(
        StepDecision.objects.filter(enrolment=chosen)
        .select_related("by")
        .defer("advice")
        .order_by("created_at", "id")
    )
    judged = _judged(visit, chosen, decisions)
    return _Page(visit, chosen, judged, decisions).context(mine)


def _judged(visit: Visit, chosen: Enrolment, decisions: list[StepDecision]) -> Judgement:
    """With the days off of whoever holds the case: the same windows as on the lists."""
    staff = vars(chosen)["staff"]  # annotated by road_page, as the others read so here
    workers = [one["member"] for one in staff if one["part"] == Assignment.Part.CASE_WORKER]
    worker = uuid.UUID(workers[-1]) if workers else None
    days = calendar(visit.country, visit.scope.on, members=[worker])
    one = Known(case_with(chosen, decisions), went_over(decisions))
    models = models_for([chosen.programme_id], [one])
    off = days.of(worker, chosen.unit_id)
    return weigh(chosen.programme_id, one, models, on=visit.scope.on, off=off)


def _before_enrolment(person: uuid.UUID, visit: Visit) -> dict[str, Any]:
    """Someone who so far only has a referral."""
    from stegvis.journey.people.models import Person

    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    return {
        "person": {"name": row.name, "url": reverse("person", args=[person])},
        "lede": _("Not enrolled. A referral has come in."),
        "acts": [
            {"url": reverse("referrals"), "label": _("Referrals"), "icon": "inbox", "main": True}
        ],
        "around": [],
    }


class _Page:
    def __init__(
        self,
        visit: Visit,
        enrolment: Enrolment,
        judged: Judgement,
        decisions: list[StepDecision],
    ) -> None:
        self.visit = visit
        self.enrolment = enrolment
        self.model = judged.programme
        self.judged = judged
        self.decisions = decisions
        self.lang = get_language() or "sv"
        self.on = visit.scope.on
        self.ladder = self.model.primary
        stands = {one.ladder: one for one in judged.standing.ladders}
        self.on_ladder = stands[self.ladder.code]

    def context(self, mine: list[Enrolment]) -> dict[str, Any]:
        name = self.enrolment.person.name
        return {
            "person": {"name": name, "url": reverse("person", args=[self.enrolment.person_id])},
            "lede": self._lede(),
            "acts": self._acts(),
            "notices": [
                {"kind": "warn", "icon": "triangle-alert", "text": say(one, self.lang)}
                for one in self.judged.standing.notices
            ],
            "picture": self._picture(name) if self.on_ladder.stays else None,
            "periods": self._periods(),
            "coming": self._coming(),
            "around": self._around(),
            "programme": self._programme(),
            "lacking": self._lacking(),
            "lacking_for": self._next_name(),
            "elements": self._elements(),
            "milestones": self._milestones(),
            "history": self._history(),
            "categories": self._categories(),
            "enrolments": self._others(mine),
        }

    def _step(self, code: str) -> str:
        return named_step(self.model, code, self.visit.track)

    def _lede(self) -> str:
        here = self.on_ladder.current
        if self.enrolment.until:
            return _("Left the programme on %(day)s.") % {"day": long_day(self.enrolment.until)}
        if here is None:
            return _("Enrolled since %(day)s. No step yet.") % {
                "day": long_day(self.enrolment.since)
            }
        return _("Step %(n)s of %(of)s, %(name)s, since %(day)s.") % {
            "n": here.ordinal,
            "of": len(self.ladder.steps),
            "name": self._step(here.step),
            "day": long_day(here.since),
        }

    def _acts(self) -> list[dict[str, Any]]:
        """What one may do here, the usual last and largest."""
        if self.enrolment.until or not self.visit.actor.holds(*DECIDERS):
            return []
        acts = [
            ("standing", _("Pause or category"), "pause", False),
            ("leave", _("Leave the programme"), "log-out", False),
            ("decide", _("New step decision"), "arrow-up", True),
        ]
        if vars(self.enrolment)["newer"]:  # annotated by road_page
            acts.insert(0, ("change_version", _("Newer programme version"), "git-compare", False))
        if screens(self.model):
            acts.insert(0, ("screening", _("Screening"), "split", False))
        person = self.enrolment.person_id
        return [
            {"url": reverse(name, args=[person]), "label": label, "icon": sign, "main": main}
            for name, label, sign, main in acts
        ]

    def _picture(self, name: str) -> draw.RoadPicture:
        pauses = [
            draw.Period(p.since, p.until, self._level(p.since), _("Pause"), paused=True)
            for p in self.judged.road.pauses
        ]
        periods = [
            draw.Period(stay.since, stay.until, stay.ordinal) for stay in self.on_ladder.stays
        ]
        return draw.RoadPicture(
            key="road",
            title=_("The road of %(name)s") % {"name": name},
            desc=self._lede(),
            treads=draw.treads(self.ladder, track=self.visit.track, lang=self.lang),
            periods=tuple(periods + pauses),
            today=self.on,
            words=draw.road_words(self.lang),
            lanes=tuple(
                draw.Lane(one.on, one.until, measure_name(self.model, one.values["measure"]))
                for one in self.judged.road.of("parallel_measure")
                if one.values.get("state") in {"going", "ended"}
            ),
            moves=tuple(
                draw.Move(d.effective_on, self._short(d))
                for d in self.decisions
                if d.opens_id and d.kind in {"back", "skip", "restart"} and not self._corrected(d)
            ),
        )

    def _level(self, day: dt.date) -> int:
        before = [stay for stay in self.on_ladder.stays if stay.since <= day]
        return before[-1].ordinal if before else 1

    def _short(self, decision: StepDecision) -> str:
        """A few words at the landing; the whole reason stands in the table."""
        words = decision.grounds or ", ".join(decision.reasons)
        return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"

    def _corrected(self, decision: StepDecision) -> bool:
        return any(other.corrects_id == decision.pk for other in self.decisions)

    def _periods(self) -> list[dict[str, Any]]:
        opened = {d.effective_on: d for d in self.decisions if d.opens_id}
        rows = [self._period(stay, opened.get(stay.since)) for stay in self.on_ladder.stays]
        rows += [
            {
                "since": p.since,
                "until": p.until,
                "step": "",
                "paused": True,
                "reason": "",
                "decided_by": "",
            }
            for p in self.judged.road.pauses
        ]
        return sorted(rows, key=lambda row: row["since"])

    def _period(self, stay: Stay, decision: StepDecision | None) -> dict[str, Any]:
        reason = decision.grounds or "; ".join(decision.reasons) if decision else ""
        if stay.imported and not reason:
            reason = _("From an earlier list")
        return {
            "since": stay.since,
            "until": stay.until,
            "step": f"{stay.ordinal} {self._step(stay.step)}",
            "paused": False,
            "reason": reason,
            "decided_by": decision.by.name if decision else "",
        }

    def _coming(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        review = self._look_on()
        if review and not self.enrolment.until:
            found.append(
                {
                    "by": review,
                    "what": _("Look at the step again"),
                    "who": "",
                    "because": _("As decided."),
                    "kind": self._pressing(review),
                    "exempt_url": "",
                }
            )
        found += [self._due(one) for one in asked(self.judged)]
        return sorted(found, key=lambda row: row["by"])[:6]

    def _due(self, one: Due) -> dict[str, Any]:
        return {
            "by": one.by,
            "what": coming.words(self.judged, one.what),
            "because": coming.reason(self.judged, one),
            "kind": "late" if one.overdue else self._pressing(one.by or self.on),
            "who": "",
            "exempt_url": self._exempt_url(one),
        }

    def _exempt_url(self, due: Due) -> str:
        begun = due.window is not None and due.window.since <= self.on
        if not begun or not self.visit.actor.holds(*DECIDERS):
            return ""
        return reverse("exempt", args=[self.enrolment.person_id, due.what])

    def _look_on(self) -> dt.date | None:
        """As the latest decision that stands says it; one that says nothing asks for nothing."""
        standing = [d for d in self.decisions if d.kind != "version" and not self._corrected(d)]
        return standing[-1].review_on if standing else None

    def _pressing(self, day: dt.date) -> str:
        return "late" if day < self.on else "warn" if day <= self.on + SOON else ""

    def _around(self) -> list[tuple[Any, str]]:
        parts = dict(Role.choices)
        staff = vars(self.enrolment)["staff"]
        rows: list[tuple[Any, str]] = [(parts[one["part"]], one["name"]) for one in staff]
        if lead := vars(self.enrolment)["leading"]:  # annotated by road_page
            rows.append((_("Leads from day to day"), lead))
        rows.append((_("Referred by"), agency(self.enrolment.agency)))
        if number := vars(self.enrolment)["number"]:
            rows.append((_("Referral"), number))
        rows.append((_("Unit"), vars(self.enrolment)["at"]))
        return rows

    def _programme(self) -> dict[str, Any]:
        url = f"/programmes/{self.enrolment.programme_id}/"
        name = pick(self.model.names, self.lang)
        return {"name": name, "version": self.model.version, "url": url}

    def _next_name(self) -> str:
        here = self.on_ladder.current
        if self.enrolment.until:
            return ""
        ordinal = here.ordinal + 1 if here else 1
        step = next((s for s in self.ladder.steps if s.ordinal == ordinal), None)
        return self._step(step.code) if step else ""

    def _lacking(self) -> list[dict[str, str]]:
        return [
            {
                "name": criterion_name(self.model, one.criterion, self.lang),
                "because": say(one.because, self.lang),
            }
            for one in self.judged.lacking
        ]

    def _elements(self) -> list[dict[str, Any]]:
        asked = {element.code: element for element in self.model.elements}
        ordinals = {step.code: step.ordinal for step in self.ladder.steps}
        return [
            {
                "ordinal": ordinals.get(asked[one.code].step or "", 1),
                "of": len(self.ladder.steps),
                "name": pick(asked[one.code].texts, self.lang),
                "state": {"not_yet_due": "not_yet"}.get(one.state.value, one.state.value),
                "because": say(one.because, self.lang),
            }
            for one in self.judged.elements
        ]

    def _milestones(self) -> list[dict[str, Any]]:
        reached = {one.code: one.on for one in self.judged.milestones}
        named = [m.code for m in self.model.milestones if m.when]
        return [{"name": MILESTONES[code], "on": reached.get(code)} for code in named]

    def _history(self) -> list[dict[str, Any]]:
        return [
            {
                "on": decision.effective_on,
                "what": decision_words(decision, self.model, self.visit.track),
                "words": decision.own_words,
                "by": decision.by.name,
                "url": self._decision_url(decision),
            }
            for decision in reversed(self.decisions)
        ]

    def _decision_url(self, decision: StepDecision) -> str:
        if not self.visit.actor.holds(*READERS):
            return ""
        return reverse("decision", args=[decision.person_id, decision.pk])

    def _categories(self) -> list[dict[str, Any]]:
        found = []
        for group in self.model.category_sets:
            words = {category.code: category.texts for category in group.categories}
            for filed in reversed(self.judged.road.categories.get(group.code, ())):
                name = pick(words[filed.code], self.lang) if filed.code in words else filed.code
                found.append({"name": name, "since": filed.on})
        return found

    def _others(self, mine: list[Enrolment]) -> list[dict[str, Any]]:
        base = reverse("person", args=[self.enrolment.person_id])
        others = [row for row in mine if row.pk != self.enrolment.pk]
        models = programmes({row.programme_id for row in others})
        return [
            {
                "name": pick(models[row.programme_id].names, self.lang),
                "since": row.since,
                "until": row.until,
                "url": f"{base}?enrolment={row.pk}",
            }
            for row in others
        ]


def criterion_name(model: Programme, code: str, lang: str) -> str:
    """The criterion in the programme's words; the way in has words of ours."""
    criterion = model.criteria.get(code)
    if criterion:
        return pick(criterion.texts, lang)
    return {"referral": _("Referral"), "enrolment": _("Enrolment")}.get(code, code)
