"""Writing down a pause, a category, a level on a scale, or a support that differs."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import LadderKind, Programme
from stegvis.core.values.texts import pick
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import actions
from stegvis.journey.standing.forms import (
    CategoryForm,
    Dated,
    EndPauseForm,
    PauseForm,
    ReadingForm,
    SupportForm,
)
from stegvis.journey.standing.models import Pause, StepPeriod
from stegvis.journey.standing.words import FAULTS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

DECIDERS = (Role.CASE_WORKER,)
SCREENING = "screening_group"


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def standing(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    enrolment = rows.filter(person=person).select_related("person").first()
    if enrolment is None:
        raise Http404
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    sheet = _Sheet(enrolment, model, visit, request)
    if request.method == "POST" and sheet.written():
        return redirect("person", person=person)
    context = {
        "forms": sheet.shown(),
        "person": {"name": enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
    }
    return render(request, "standing/standing.html", context)


class _Sheet:
    """The forms that fit the person now, and the writing of the one that was sent."""

    def __init__(
        self, enrolment: Enrolment, model: Programme, visit: Visit, request: HttpRequest
    ) -> None:
        self.enrolment, self.model, self.visit = enrolment, model, visit
        self.lang = get_language() or "sv"
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.data = request.POST
        running = Q(until__isnull=True) | Q(until__gt=visit.scope.on)
        self.pause = Pause.objects.filter(running, enrolment=enrolment).first()
        self.period = (
            StepPeriod.periods.standing()
            .filter(enrolment=enrolment, until__isnull=True, ladder=model.primary.code)
            .first()
        )
        self.scale = next(
            (ladder for ladder in model.ladders if ladder.kind is LadderKind.SCALE), None
        )
        self.forms = dict(self._forms())

    def _forms(self) -> Any:
        if self.pause:
            yield "end_pause", self._form("end_pause", EndPauseForm)
        else:
            yield "pause", self._form("pause", PauseForm)
        for group in self.model.category_sets:
            if group.code == SCREENING:  # has a page of its own, with grounds that few read
                continue
            codes = [(c.code, pick(c.texts, self.lang)) for c in group.categories]
            name = f"category-{group.code}"
            yield name, self._form(name, CategoryForm, code=codes)
        if self.scale:
            levels = [
                (step.code, pick(next(iter(step.names.values())), self.lang))
                for step in self.scale.steps
            ]
            own = [
                ("", _("– not said –")),
                *((str(s.ordinal), str(s.ordinal)) for s in self.scale.steps),
            ]
            yield "reading", self._form("reading", ReadingForm, level=levels, persons_own=own)
        if self.period:
            yield "support", self._form("support", SupportForm)

    def _form(self, name: str, kind: type[Dated], **options: Any) -> Dated:
        today = self.visit.scope.on
        initial: dict[str, Any] = {"on": today, "since": today}
        if name == "support" and self.period:
            initial["support"] = self.period.support
        data = self.data if self.sent == name else None
        return kind(data, on=today, options=options, initial=initial, prefix=name)

    def shown(self) -> list[dict[str, Any]]:
        return [
            {"form": form, "name": name, "title": self._title(name)}
            for name, form in self.forms.items()
        ]

    def _title(self, name: str) -> str:
        for group in self.model.category_sets:
            if name == f"category-{group.code}":
                return pick(group.texts, self.lang)
        if name == "reading" and self.scale:
            return pick(self.scale.texts, self.lang)
        return {
            "pause": _("Begin a pause"),
            "end_pause": _("End the pause"),
            "support": _("Support on this step"),
        }[name]

    def written(self) -> bool:
        form = self.forms.get(self.sent)
        if form is None or not form.is_valid():
            return False
        verb = getattr(self, f"_{self.sent.partition('-')[0]}")
        try:
            with transaction.atomic():
                verb(form.cleaned_data)
        except IntegrityError:
            form.add_error(None, _("There is already a pause at that time."))
        except StaleRow:
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        else:
            return True
        return False

    def _pause(self, data: dict[str, Any]) -> None:
        actions.begin_pause(
            self.enrolment,
            by=self.visit.actor,
            since=data["since"],
            until=data["until"],
            reason=data["reason"],
            note=data["note"],
        )

    def _end_pause(self, data: dict[str, Any]) -> None:
        if self.pause:
            actions.end_pause(self.pause, by=self.visit.actor, on=data["on"])

    def _category(self, data: dict[str, Any]) -> None:
        new = actions.NewCategory(
            category_set=self.sent.partition("-")[2],
            code=data["code"],
            on=data["on"],
            instrument=data["instrument"],
            grounds=data["grounds"],
        )
        actions.set_category(self.enrolment, new, by=self.visit.actor)

    def _reading(self, data: dict[str, Any]) -> None:
        if self.scale is None:
            return
        step = self.model.step(data["level"])
        own = data["persons_own"]
        new = actions.NewReading(
            ladder=self.scale.code,
            level=step.code,
            ordinal=step.ordinal,
            on=data["on"],
            grounds=data["grounds"],
            persons_own=int(own) if own else None,
        )
        actions.read_scale(self.enrolment, new, by=self.visit.actor)

    def _support(self, data: dict[str, Any]) -> None:
        if self.period:
            actions.change_support(
                self.period, by=self.visit.actor, support=data["support"], note=data["note"]
            )
