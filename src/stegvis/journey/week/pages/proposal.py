"""A week that the planner proposes: asked for, waited for, read as a difference, taken over.

It stands beside the board until somebody presses; nothing of it is shown to those it is about.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week import actions
from stegvis.journey.week.actions import Absence
from stegvis.journey.week.facts import days_of
from stegvis.journey.week.facts.proposing import aims
from stegvis.journey.week.forms import AwayForm
from stegvis.journey.week.models import Half, Lead, Proposal
from stegvis.journey.week.pages.board import chosen_unit, parsed, people_of
from stegvis.journey.week.pages.difference import difference
from stegvis.journey.week.words import AIMS, FAULTS
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow, Unit

WORK = FieldClass.WORK
ASKED = {"fill": Proposal.What.FILL, "anew": Proposal.What.ANEW}
LIVE = (Proposal.State.ASKED, Proposal.State.WORKING, Proposal.State.READY, Proposal.State.FAILED)


@page(Role.WORK_SUPERVISOR, Role.CASE_WORKER, shows=WORK)
def week_proposal(request: HttpRequest, week: str) -> HttpResponse:
    at, visit = parsed(week), visit_of(request)
    unit = chosen_unit(request, visit)
    here = _Here(request, visit, unit, at)
    if request.method == "POST" and here.done():
        return redirect(here.url)
    row = here.latest()
    people = difference(row, visit.actor) if row else []
    seen([one["person"] for one in people] + here.choosable, shows=WORK)
    context = {
        "week": at,
        "number": at.number,
        "unit": unit.name,
        "row": row,
        "going": row is not None and row.state in ("asked", "working"),
        "people": people,
        "sums": _sums(people),
        "open": any(one["open"] for one in people),
        "taken": any(one["state"] == "taken" for one in people),
        "form": here.form,
        "aims": [AIMS[one] for one in aims()],
        "board_url": reverse("week_board", args=[week]) + here.query,
        "over": at.monday + dt.timedelta(days=5) <= visit.scope.on,
    }
    return render(request, "week/proposal.html", context)


def _sums(people: list[dict[str, Any]]) -> dict[str, int]:
    kinds = [move["kind"] for one in people for move in one["moves"]]
    return {
        "new": kinds.count("new"),
        "moved": kinds.count("moved"),
        "away": kinds.count("away"),
        "short": sum(bool(one["why"]) for one in people),
        "people": sum(bool(one["moves"]) for one in people),
    }


class _Here:
    """The unit and week one stands at, and what is pressed there."""

    def __init__(self, request: HttpRequest, visit: Visit, unit: Unit, at: Week) -> None:
        self.request, self.visit, self.unit, self.at = request, visit, unit, at
        self.query = "" if visit.unit else f"?unit={unit.pk}"
        self.url = reverse("week_proposal", args=[str(at)]) + self.query
        on = visit.scope.on
        write = reached(visit.actor, WORK, on=on, column="person_id", act=Act.WRITE)
        rows = people_of(visit, unit).filter(write).select_related("person")
        self.people: list[Enrolment] = list(rows.order_by("person__given_name", "pk"))
        leads = Lead.leads.filter(until__isnull=True, area__workplace__unit=unit)
        leads = leads.select_related("member").order_by("member__name", "id")
        self.leads = {one.member_id: one.member.name for one in leads}
        sent = request.POST if request.POST.get("do") == "away" else None
        days = [day for day in days_of(at.monday) if day >= on]
        self.form = AwayForm(sent, people=self.people, leads=self.leads, days=days)
        self.form.fields["who"].initial = request.GET.get("who", "")

    @property
    def choosable(self) -> list[uuid.UUID]:
        """Their names are in the choice of who is ill."""
        return [one.person_id for one in self.people]

    def latest(self) -> Proposal | None:
        rows = Proposal.proposals.filter(
            by=self.visit.actor.member, unit=self.unit, monday=self.at.monday, state__in=LIVE
        )
        found: Proposal | None = rows.select_related("lead").order_by("-created_at").first()
        return found

    def done(self) -> bool:
        try:
            return self._done(self.request.POST.get("do", ""))
        except NotNow as fault:
            messages.warning(self.request, str(FAULTS[fault.code]))
        except StaleRow:
            messages.warning(self.request, _("A colleague has changed this meanwhile. Look again."))
        return True

    def _done(self, do: str) -> bool:
        by, row = self.visit.actor, self.latest()
        if do in ASKED:
            actions.ask(self.unit.pk, self.at.monday, ASKED[do], by=by)
        elif do == "away":
            return self._away()
        elif row is not None and do == "cancel":
            actions.cancel(row, by=by)
        elif row is not None and do == "throw":
            actions.throw(row, by=by)
        elif row is not None and do == "take":
            self._told(*actions.take_over(row, by=by, only=self._person()))
        elif row is not None and do == "undo":
            self._told_undone(*actions.undo(row, by=by))
        return True

    def _away(self) -> bool:
        if not self.form.is_valid():
            return False
        person = next((o for o in self.people if o.person_id == self.form.key), None)
        lead = self.form.key if self.form.key in self.leads else None
        halves = tuple((day, half) for day in self.form.chosen_days for half in Half.values)
        absence = Absence(halves, person=person, lead=lead)
        what = Proposal.What.REPAIR
        actions.ask(self.unit.pk, self.at.monday, what, by=self.visit.actor, absence=absence)
        return True

    def _person(self) -> uuid.UUID | None:
        said = self.request.POST.get("person", "")
        try:
            return uuid.UUID(said) if said else None
        except ValueError:
            return uuid.UUID(int=0)  # nobody's

    def _told(self, put: int, left: int) -> None:
        said = ngettext(
            "%(n)s half day stands on the board now.",
            "%(n)s half days stand on the board now.",
            put,
        )
        messages.success(self.request, said % {"n": put})
        self._told_left(left)

    def _told_undone(self, back: int, left: int) -> None:
        said = ngettext("%(n)s half day is as it was.", "%(n)s half days are as they were.", back)
        messages.success(self.request, said % {"n": back})
        self._told_left(left)

    def _told_left(self, left: int) -> None:
        if left:
            said = ngettext(
                "%(n)s person's week has been changed meanwhile; it was let be.",
                "%(n)s people's weeks have been changed meanwhile; they were let be.",
                left,
            )
            messages.warning(self.request, said % {"n": left})
