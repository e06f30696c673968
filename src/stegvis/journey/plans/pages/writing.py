"""Writing the draft. What a colleague has saved meanwhile is put together with what was typed; what
both changed is shown side by side, and chosen."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.progression.plans import GOAL, HEAD, dates_required
from stegvis.core.values.merging import WHOLE, Document
from stegvis.journey.background.actions import go_on_without
from stegvis.journey.background.facts import inventory_state
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import facts
from stegvis.journey.plans.actions import Clashing, Seen, save
from stegvis.journey.plans.forms.draft import DraftForm
from stegvis.journey.plans.models import PlanVersion
from stegvis.journey.plans.pages import changed, copied
from stegvis.journey.plans.pages.found import (
    WRITERS,
    behaviours,
    crumbs,
    early_goals,
    enrolment,
    names,
    unfinished,
)
from stegvis.journey.plans.words import FAULTS
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

PICK = "pick:"
WHY = 1000


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def edit(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The draft as one form; the first saving after an agreed version begins the next."""
    visit = visit_of(request)
    writing = _Writing(enrolment(person, visit, going=True), visit, request)
    if request.method == "POST" and writing.saved():
        if request.POST.get("do") in ("go_on", "fill"):
            messages.success(request, _("The draft is saved."))
            return redirect("plan_edit", person=person)
        return redirect("plan", person=person)
    return render(request, "plans/edit.html", writing.context())


class _Writing:
    """One visit to the form: what lies before it, what was typed, and where two hands met."""

    def __init__(self, row: Any, visit: Visit, request: HttpRequest) -> None:
        self.row, self.visit, self.data = row, visit, request.POST
        self.model = programmes({row.programme_id})[row.programme_id]
        rows = facts.with_documents(PlanVersion.versions.filter(enrolment=row))
        self.versions: dict[int, Any] = {one.number: one for one in rows.order_by("number")}
        self.last = self.versions[max(self.versions)] if self.versions else None
        sent = request.method == "POST"
        self.seen = _seen(self.data.get("seen", "")) if sent else self._now()
        self.behaviours = behaviours(row, visit)
        self.inventory = inventory_state(row)
        self.why = self.data.get("without", "").strip()[:WHY]
        self.clashes: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.form = self._form(self._before(), data=self.data if sent else None)

    def _now(self) -> Seen:
        if self.last is None or self.last.state == PlanVersion.State.AGREED:
            return Seen()
        return Seen(self.last.number, self.last.revision)

    def _before(self) -> Document:
        """The text that lay before whoever wrote."""
        if self.seen.number in self.versions:
            return facts.saved(self.versions[self.seen.number], self.seen.revision)
        if self.last is None:
            return facts.EMPTY
        text: Document = self.last.text
        return {**text, HEAD: {**text[HEAD], "change_note": ""}}

    def _form(self, before: Document, *, data: Any = None) -> DraftForm:
        number = self.seen.number or (self.last.number + 1 if self.last else 1)
        return DraftForm(
            before,
            whose=f"{self.row.pk} {number} {self.visit.actor.member}",
            data=data,
            on=self.visit.scope.on,
            first=number == 1,
            dates=dates_required(self.model),
            owners=list(names(self.row).items()),
            behaviours=self.behaviours,
        )

    def saved(self) -> bool:
        if not self.form.is_valid():
            return False
        mine = self._picked(self.form.document())
        if self.data.get("do") == "fill":
            known = copied.offered(self.row, self.visit, mine)
            mine = copied.filled(mine, known, on=self.visit.scope.on, dates=self.form.dates)
        try:
            if self.why and self.inventory.warns:
                go_on_without(self.row, self.why, by=self.visit.actor)
            save(self.row, mine, seen=self.seen, by=self.visit.actor)
        except Clashing as met:
            self._meet(met)
        except NotNow as fault:
            self.faults.append(str(FAULTS[fault.code]))
        except StaleRow:
            self.faults.append(_("A colleague has changed this meanwhile. Save again."))
        else:
            return True
        return False

    def _meet(self, met: Clashing) -> None:
        """Both texts side by side. Sent again, the form is meant of what is saved now."""
        document, theirs = met.merged.document, met.theirs
        self.clashes = changed.clashes(met.merged.clashes, theirs, document, names(self.row))
        self.seen = met.seen
        self.form = self._form(document)

    def _picked(self, mine: Document) -> Document:
        """What was chosen where two hands met; the rest as it was typed."""
        picks = {key: value for key, value in self.data.items() if key.startswith(PICK)}
        if not picks or self.seen.number not in self.versions:
            return mine
        theirs = facts.saved(self.versions[self.seen.number], self.seen.revision)
        chosen = {key: dict(unit) for key, unit in mine.items()}
        for name, pick in picks.items():
            _choose(chosen, theirs, name.removeprefix(PICK), str(pick))
        return chosen

    def context(self) -> dict[str, Any]:
        now = self._now()
        return crumbs(self.row) | {
            "form": self.form,
            "tree": self.form.tree(),
            "common": self.form.common(),
            "seen": f"{self.seen.number}.{self.seen.revision}",
            "number": self.seen.number or (self.last.number + 1 if self.last else 1),
            "begins": now == Seen(),
            "clashes": self.clashes,
            "faults": self.faults,
            "dates": self.form.dates,
            "inventory": unfinished(self.inventory),
            "without": self.why,
            "known": copied.offered(self.row, self.visit, self.form.before),
            "early": early_goals(self.form.before, self.row.person_id, self.visit),
        }


def _choose(chosen: dict[str, dict[str, str]], theirs: Document, about: str, pick: str) -> None:
    """`about` is the unit and the field; a unit's key holds one colon."""
    unit, _colon, field = about.rpartition(":")
    if field == WHOLE:
        if pick == "theirs" and unit in theirs:
            chosen[unit] = dict(theirs[unit])
        elif pick == "away":
            chosen.pop(unit, None)
            for key in [k for k, one in chosen.items() if f"{GOAL}{one.get('under')}" == unit]:
                chosen.pop(key)
        return
    if unit not in chosen or field not in chosen[unit]:
        return
    other = theirs.get(unit, {}).get(field, "")
    if pick == "theirs":
        chosen[unit][field] = other
    elif pick == "both" and field in changed.LONG:
        chosen[unit][field] = f"{chosen[unit][field]}\n\n{other}".strip()


def _seen(text: str) -> Seen:
    """As the form carried it; what is not two numbers is nothing seen."""
    number, _dot, revision = text.partition(".")
    if number.isdecimal() and revision.isdecimal() and len(text) < 20:  # noqa: PLR2004
        return Seen(int(number), int(revision))
    return Seen()
