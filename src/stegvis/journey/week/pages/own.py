"""One person's weeks: planned on a page of their own, with what they wished."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.values.periods import Week
from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.facts import halves, open_in, own_weeks, state_of
from stegvis.journey.week.forms import ApartForm, WeekForm, WishForm
from stegvis.journey.week.models import Apart, Slot, Taken, WhyApart, Wish
from stegvis.journey.week.pages.board import READERS, parsed
from stegvis.journey.week.words import FAULTS
from stegvis.journey.work.facts import step_of
from stegvis.journey.work.pages.finding import about
from stegvis.platform.access.authority import may, reached
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow

WORK, SENSITIVE = FieldClass.WORK, FieldClass.SENSITIVE


def _of(visit: Visit, person: uuid.UUID) -> Enrolment:
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    found: Enrolment | None = rows.filter(person=person).select_related("person", "unit").first()
    if found is None:
        raise Http404
    return found


@page(*READERS, shows=WORK, person="person")
def schedule(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """This week and how it is planned; a link leads on to the next."""
    visit = visit_of(request)
    return redirect("person_week", person=person, week=str(Week.of(visit.scope.on)))


@page(*READERS, shows=WORK, person="person", writes=True)
def person_week(request: HttpRequest, person: uuid.UUID, week: str) -> HttpResponse:
    at, visit = parsed(week), visit_of(request)
    row = _of(visit, person)
    writes = may(visit.actor, Act.WRITE, person, WORK, on=visit.scope.on)
    sheet = _Sheet(request, row, at, visit.unit)
    if request.method == "POST" and writes and sheet.written(visit):
        return redirect("person_week", person=person, week=week)
    wishes = Wish.wishes.filter(person=person, monday=at.monday)
    context = about(row) | {
        "form": sheet.form,
        "wish_form": sheet.wish,
        "wishes": list(wishes),
        "week": at,
        "number": at.number,
        "before": str(at.plus(-1)),
        "after": str(at.plus(1)),
        "writes": writes,
        "own": sheet.own,
        "plans": own_weeks([person], at.monday)[person],
        "asks": _horizon_asked(row, visit),
        "state": sheet.state,
    }
    return render(request, "week/person.html", context)


def _horizon_asked(row: Enrolment, visit: Visit) -> int | None:
    """How many days ahead the person's step asks that they plan themselves (AJ-26)."""
    step = step_of(row, model_of(row), on=visit.scope.on)
    return step.planning_horizon_days if step else None


def _there(person: uuid.UUID, at: Week) -> tuple[list[Slot], set[tuple[dt.date, str]]]:
    slots = Slot.slots.of_week(at.monday).filter(person=person).order_by("day", "half", "id")
    taken = Taken.halves.of_week(at.monday).filter(person=person).order_by()
    return list(slots), set(taken.values_list("day", "half"))


class _Sheet:
    """The week as it stands, and the writing of it."""

    def __init__(self, request: HttpRequest, row: Enrolment, at: Week, unit: Any) -> None:
        self.request, self.row, self.at = request, row, at
        monday, person = at.monday, row.person_id
        slots, self.taken = _there(person, at)
        self.state = state_of(slots, self.taken)
        self.slots = {(one.day, one.half): one for one in slots}
        self.own = bool(slots) and all(one.planned_by == Slot.By.PERSON for one in slots)
        sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.sent = sent
        areas = list(open_in([row.unit_id, *([unit] if unit else [])], monday))
        free = halves([person], monday).get(person)
        made: dict[str, Any] = {
            "monday": monday, "areas": areas, "slots": slots, "taken": self.taken, "free": free,
        }  # fmt: skip
        self.form = WeekForm(request.POST if sent == "week" else None, **made)
        self.wish = WishForm(request.POST if sent == "wish" else None, prefix="wish")

    def written(self, visit: Visit) -> bool:
        verb = {"week": self._week, "wish": self._wish}.get(self.sent)
        if verb is None:
            return False
        try:
            return verb(visit)
        except NotNow as fault:
            form = self.form if self.sent == "week" else self.wish
            form.add_error(None, str(FAULTS[fault.code]))
        except StaleRow:
            messages.warning(self.request, _("A colleague has changed this meanwhile. Look again."))
        return False

    def _week(self, visit: Visit) -> bool:
        if not self.form.is_valid():
            return False
        Enrolment.enrolments.select_for_update().only("pk").get(pk=self.row.pk)
        if self.request.POST.get("seen") != state_of(*_there(self.row.person_id, self.at)):
            raise NotNow("changed_meanwhile")
        own = self.form.cleaned_data["own"]
        slots = [NewSlot(day, half, area, trying) for day, half, area, trying in self.form.slots()]
        if own == self.own:  # not said anew whose it is: what is left alone stays whose it was
            slots = [one for one in slots if self._is_new(one)]
        actions.plan(self.row, slots, by=visit.actor, planned_by="person" if own else "staff")
        for day, half, is_taken in self.form.taken():
            if is_taken != ((day, half) in self.taken):
                actions.take(self.row, day, half, by=visit.actor, free=not is_taken)
        messages.success(self.request, _("Saved."))
        return True

    def _is_new(self, one: NewSlot) -> bool:
        there = self.slots.get((one.day, one.half))
        return (there.area_id, there.trying) != (one.area, one.trying) if there else bool(one.area)

    def _wish(self, visit: Visit) -> bool:
        if not self.wish.is_valid():
            return False
        said = self.wish.cleaned_data
        actions.wish(
            self.row, self.at.monday, said["words"], by=visit.actor,
            granted=said["granted"] == "yes", answer=said["answer"],
        )  # fmt: skip
        return True


@page(Role.CASE_WORKER, shows=SENSITIVE, person="person", writes=True)
def apart(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Whom the person is not to be together with, and why: nobody who plans reads the why."""
    visit = visit_of(request)
    row, on = _of(visit, person), visit.scope.on
    wall = reached(visit.actor, SENSITIVE, on=on, column="person_id")
    rest = Enrolment.enrolments.open().filter(wall, unit=row.unit_id).exclude(person=person)
    others = rest.select_related("person").order_by("person__given_name", "pk")
    sent = request.POST if request.method == "POST" and "end" not in request.POST else None
    seen([one.person_id for one in others], shows=SENSITIVE)  # their names are in the choice
    form = ApartForm(sent, others=list(others))
    if request.method == "POST" and _kept(request, form, person, visit):
        return redirect("apart", person=person)
    rows = Apart.pairs.filter(person=person, until__isnull=True).select_related("other", "by")
    why = WhyApart.objects.filter(person=person).order_by("created_at")
    said = dict(why.values_list("apart", "words"))
    told = [(one.other.name, said.get(one.pk, ""), one) for one in rows.order_by("since", "id")]
    return render(request, "week/apart.html", about(row) | {"form": form, "rows": told})


def _kept(request: HttpRequest, form: ApartForm, person: uuid.UUID, visit: Visit) -> bool:
    try:
        if "end" in request.POST:
            pair = Apart.pairs.filter(
                person=person, until__isnull=True, pk=_uuid(request.POST["end"])
            )
            for one in pair.order_by("id"):
                actions.end_apart(one.pair, by=visit.actor, on=visit.scope.on)
            return True
        if not form.is_valid():
            return False
        said = form.cleaned_data
        actions.keep_apart(
            person, uuid.UUID(said["other"]), said["why"], by=visit.actor, on=visit.scope.on
        )
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return False
    return True


def _uuid(said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        raise Http404 from None
