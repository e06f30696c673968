"""What the person can do: two marks for each ability, and what is arranged to find out more."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Max, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stegvis.core.progression import fading
from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts
from stegvis.journey.abilities.models import (
    OWN,
    Adaptation,
    ObservationSummary,
    PlanningDocument,
    SupportGiven,
    Trial,
    WorkshopOrder,
)
from stegvis.journey.abilities.pages.finding import READERS, WORKERS, about, latest, reads_health
from stegvis.journey.abilities.words import SUPPORT
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

LATELY = dt.timedelta(days=90)
RECENT = 5  # summaries, and entries of the support log, that stand on the tab


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def abilities(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    return render(request, "abilities/abilities.html", _Tab(latest(person, visit), visit).context())


@dataclass(frozen=True, slots=True)
class _Tried:
    """A trial with what it tries. `told`: whether the rating itself may stand on the page."""

    row: Trial
    name: str
    told: bool


class _Tab:
    def __init__(self, enrolment: Enrolment, visit: Visit) -> None:
        self.enrolment, self.visit = enrolment, visit
        self.model = facts.model_of(enrolment)
        self.health = reads_health(enrolment)
        self.open = enrolment.until is None

    def context(self) -> dict[str, Any]:
        on, holds = self.visit.scope.on, self.visit.actor.holds
        known = facts.marks(self.enrolment, on=on, model=self.model, bodily=self.health)
        trials = self._trials()
        return about(self.enrolment) | {
            "marks": [{"mark": mark, "try_url": self._try_url(mark, trials)} for mark in known],
            "apart": [mark for mark in known if mark.apart],
            "months": fading.months(self.model),
            "months_ours": fading.is_ours(self.model),
            "trials": [one for one in trials if one.row.observation_id is None],
            "tried": [one for one in trials if one.row.observation_id is not None],
            "health": self.health,
            "me": self.visit.actor.member,
            "planning": self._planning(),
            "orders": self._orders(),
            "adaptations": self._adaptations(),
            **self._lately(),
            "writes": self.open and holds(*WORKERS),
            "rates": self.open and holds(Role.CASE_WORKER, Role.JOB_MEDIATOR),
            "decides": self.open and holds(Role.CASE_WORKER),
        }

    def _trials(self) -> list[_Tried]:
        rows = Trial.objects.filter(enrolment=self.enrolment, called_off_on__isnull=True)
        rows = rows.select_related("rating", "tried_by", "observation").order_by("by_when", "id")
        words = facts.words_of(self.model)
        names = facts.body() | {one.code: one for one in words}
        found = []
        for row in rows:
            rating, known = row.rating, names.get(row.rating.item)
            # Of the body: those who may know of health, and whoever tries it if the person agrees.
            mine = row.shown and row.tried_by_id == self.visit.actor.member
            told = not rating.bodily or self.health or mine
            name = rating.named or (known.name if known else rating.item)
            found.append(_Tried(row, name, told))
        return found

    def _try_url(self, mark: facts.Mark, trials: list[_Tried]) -> str:
        """Where a rating is ordered to be tried: a fresh one with a value, tried by nobody yet."""
        if mark.own is None or mark.own.value is None or mark.own.stale or not self.open:
            return ""
        if not self.visit.actor.holds(*WORKERS):
            return ""
        if any(one.row.rating_id == mark.own.rating for one in trials):
            return ""
        return reverse("order_trial", args=[self.enrolment.person_id, mark.own.rating])

    def _planning(self) -> list[dict[str, Any]]:
        rows = PlanningDocument.objects.filter(enrolment=self.enrolment).order_by("document")
        have = {
            row["document"]: row
            for row in rows.values("document").annotate(number=Max("number"), on=Max("on"))
        }
        lang, person = get_language() or "sv", self.enrolment.person_id
        return [
            {
                "name": pick(form.texts, lang),
                "number": have[code]["number"] if code in have else 0,
                "on": have[code]["on"] if code in have else None,
                "url": reverse("planning_document", args=[person, code]),
                "paper_url": reverse("planning_paper", args=[person, code, have[code]["number"]])
                if code in have
                else "",
            }
            for code, form in facts.forms(self.model).items()
        ]

    def _orders(self) -> list[tuple[WorkshopOrder, str]]:
        rows = WorkshopOrder.objects.filter(enrolment=self.enrolment).select_related("supervisor")
        ordered = rows.order_by("-since", "id")
        return [(row, facts.place_name(self.model, row.site)) for row in ordered]

    def _adaptations(self) -> Any:
        rows = Adaptation.objects.filter(enrolment=self.enrolment, until__isnull=True)
        return rows.order_by("agreed_on", "id")

    def _lately(self) -> dict[str, Any]:
        """The latest summaries and the support given lately, in one query."""
        columns = ("pk", "on", "by__name", "kind")
        since = self.visit.scope.on - LATELY
        gathered = ObservationSummary.objects.filter(enrolment=self.enrolment).order_by()
        given = SupportGiven.objects.filter(enrolment=self.enrolment, on__gte=since).order_by()
        rows = gathered.annotate(kind=Value("", CharField())).values_list(*columns)
        more = given.annotate(kind=Cast("what", CharField())).values_list(*columns)
        both = rows.union(more, all=True).order_by("-on", "-pk")
        named = [{"pk": pk, "on": on, "by": by, "kind": kind} for pk, on, by, kind in both]
        support = [row | {"word": SUPPORT[row["kind"]]} for row in named if row["kind"]]
        return {
            "summaries": [row for row in named if not row["kind"]][:RECENT],
            "support": support[:RECENT],
        }


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def series(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The curve of one self-rating, with its table. Of the body only for who may read health."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    item = request.GET.get("item", "")
    health = reads_health(enrolment)
    known = {one.item: one for one in facts.marks(enrolment, on=visit.scope.on, bodily=health)}
    mark = known.get(item) or next((one for one in known.values() if one.own), None)
    if item and item not in known:
        raise Http404
    points = facts.series(enrolment, mark.item) if mark else ()
    context = about(enrolment) | {
        "mark": mark,
        "points": points,
        "last": points[-1] if points else None,
        "others": [one for one in known.values() if one.own and one is not mark],
        "own_item": bool(mark and mark.item.startswith(OWN)),
        "scale": facts.ends(mark.high) if mark else None,
        "may_rate": enrolment.until is None and visit.actor.holds(Role.CASE_WORKER),
    }
    return render(request, "abilities/series.html", context)
