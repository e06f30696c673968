"""Tests by need: ordered with the person's consent, answered with the provider's summary, and how
long that takes."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.background import actions, words
from stegvis.journey.background.facts import FEWEST, Waiting, rule_of, waiting_times
from stegvis.journey.background.forms import ResultForm, TestForm
from stegvis.journey.background.models import TestOrder
from stegvis.journey.background.pages.roads import MAPPERS, framed, road_of
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def tests(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    sheet = _Tests(road_of(person, visit), visit, request)
    if request.method == "POST" and sheet.written():
        messages.success(request, _("Saved."))
        return redirect("tests", person=person)
    return render(request, "background/tests.html", sheet.context())


class _Tests:
    def __init__(self, road: Enrolment, visit: Visit, request: HttpRequest) -> None:
        self.road, self.visit, self.request = road, visit, request
        self.do, _sep, self.about = request.POST.get("do", "").partition(":")
        data, on = request.POST, visit.scope.on
        rows = TestOrder.notes.standing().filter(person=road.person_id)
        self.rows: list[TestOrder] = list(rows.prefetch_related("outcomes"))
        today = {"ordered_on": on, "consent_on": on}
        self.order = TestForm(
            data if self.do == "order" else None, on=on, country=visit.country, initial=today
        )
        self.results = {
            row.pk: ResultForm(
                data if (self.do, self.about) == ("result", str(row.pk)) else None,
                on=on,
                initial={"came_on": on},
                prefix=f"r{at}",
            )
            for at, row in enumerate(self.rows)
            if not row.outcomes.all()
        }

    def _row(self) -> TestOrder:
        for row in self.rows:
            if str(row.pk) == self.about:
                return row
        raise Http404

    def written(self) -> bool:
        acts = {"order": self._ordered, "result": self._came, "strike": self._struck}
        act = acts.get(self.do)
        form = self.results.get(self._row().pk) if self.about else self.order
        try:
            return act() if act else False
        except NotNow as fault:
            said = str(words.FAULTS[fault.code])
        except StaleRow:
            said = _("A colleague has changed this meanwhile. Look again.")
        if form and form.is_bound:
            form.add_error(None, said)
        else:
            messages.warning(self.request, said)
        return False

    def _ordered(self) -> bool:
        if not self.order.is_valid():
            return False
        said = self.order.values()
        actions.order_test(self.road, actions.NewTest(**said), by=self.visit.actor)
        return True

    def _came(self) -> bool:
        row = self._row()
        form = self.results.get(row.pk)
        if form is None:  # a colleague was faster
            raise NotNow("already_answered")
        if not form.is_valid():
            return False
        said = form.cleaned_data
        actions.result_came(row, said["summary"], by=self.visit.actor, on=said["came_on"])
        return True

    def _struck(self) -> bool:
        actions.strike_test(self._row(), by=self.visit.actor)
        return True

    def context(self) -> dict[str, Any]:
        return {
            **framed(self.road),
            "orders": [self._shown(row) for row in self.rows],
            "form": self.order,
            "open": self.road.until is None,
            "rule": rule_of("drug_test"),
        }

    def _shown(self, row: TestOrder) -> dict[str, Any]:
        outcome = next(iter(row.outcomes.all()), None)
        return {
            "key": row.pk,
            "kind": words.TESTS[row.kind],
            "why": row.why,
            "provider": row.provider,
            "ordered": row.ordered_on,
            "consent": words.CONSENTS[row.consent],
            "consent_on": row.consent_on,
            "cost": row.cost,
            "goes": row.delete_on,
            "summary": outcome.summary if outcome else "",
            "came": outcome.came_on if outcome else None,
            "days": (outcome.came_on - row.ordered_on).days if outcome else None,
            "form": self.results.get(row.pk),
        }


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def test_times(request: HttpRequest) -> HttpResponse:
    """Days from order to result, for the manager: figures over many, of nobody in particular."""
    visit = visit_of(request)
    theirs = reached(visit.actor, FieldClass.PLAN, on=visit.scope.on, column="person_id")
    rows = TestOrder.notes.standing().filter(theirs).order_by("id")
    times = waiting_times(rows.values_list("kind", "ordered_on", "outcomes__came_on"))
    wrote("test_times_counted", sort=Sort.READ)
    context = {"times": [_time(one) for one in times], "fewest": FEWEST}
    return render(request, "background/times.html", context)


def _time(one: Waiting) -> dict[str, Any]:
    return {
        "kind": words.TESTS[one.kind],
        "ordered": one.ordered if one.ordered >= FEWEST else None,
        "answered": one.answered if one.days is not None else None,
        "days": one.days,
    }
