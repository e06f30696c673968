"""The reports of one person, and those whoever is here has to see to."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Period
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.reports import actions
from stegvis.journey.reports.facts import Owed, of_person, owed
from stegvis.journey.reports.facts.feedback import last_month
from stegvis.journey.reports.facts.owed import owed_to
from stegvis.journey.reports.forms import PeriodForm
from stegvis.journey.reports.models import Link, Report
from stegvis.journey.reports.words import FAULTS, FORM, OCCASIONS, STATES
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.words import named
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

WRITERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.UNIT_MANAGER)
DAY = dt.timedelta(days=1)
USUAL_DAYS = 91  # ours: a quarter back, when nothing else says where to begin


@page(*READERS, shows=FieldClass.DISCLOSURE, person="person", writes=True)
def reports(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What is owed, what is on its way, what has gone out; one press writes a first proposal."""
    visit = visit_of(request)
    rows = Enrolment.enrolments.filter(person=person).order_by("-since", "-id")
    enrolment = rows.select_related("person", "unit", "referral").first()
    if enrolment is None:
        raise Http404
    sheet = _Sheet(enrolment, visit, request)
    if request.method == "POST" and (made := sheet.drafted()):
        return redirect("report", person=person, report=made.pk)
    return render(request, "reports/reports.html", sheet.context())


class _Sheet:
    def __init__(self, enrolment: Enrolment, visit: Visit, request: HttpRequest) -> None:
        self.enrolment, self.visit, self.request = enrolment, visit, request
        self.on = visit.scope.on
        self.model = programmes({enrolment.programme_id})[enrolment.programme_id]
        self.rows = of_person(enrolment.person_id)
        self.owed = owed([enrolment], on=self.on)
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.fault = ""
        data = request.POST if self.sent == "period" else None
        self.form = PeriodForm(data, on=self.on, initial=self._usual())
        asked = request.POST if self.sent == "form" else None
        self.simple = PeriodForm(asked, on=self.on, initial=self._month(), prefix="form")

    def _usual(self) -> dict[str, dt.date]:
        """From where the last one ended, else from the step's beginning; never before enrolment."""
        full = [row for row in self.rows if row.kind == Report.Kind.REPORT]
        last = max((row.until for row in full if row.state == Report.State.SENT), default=None)
        here = self._here()
        since = last or (here.since if here else self.on - dt.timedelta(days=USUAL_DAYS))
        until = min(self.on, (self.enrolment.until or self.on + DAY) - DAY)
        return {"since": min(max(since, self.enrolment.since), until), "until": until}

    def _month(self) -> dict[str, dt.date]:
        """The month before; less where the person has not been enrolled for so long."""
        since, until = last_month(self.on)
        if until < self.enrolment.since:
            since, until = self.enrolment.since, self.on
        return {"since": max(since, self.enrolment.since), "until": until}

    def _here(self) -> StepPeriod | None:
        rows = StepPeriod.periods.standing().filter(enrolment=self.enrolment, until__isnull=True)
        return rows.filter(ladder=self.model.primary.code).first()

    def drafted(self) -> Report | None:
        try:
            if self.sent == "period" and self.form.is_valid():
                data = self.form.cleaned_data
                period = Period(data["since"], data["until"] + DAY)
                return self._draft(period, "period", self._step())
            if self.sent == "form" and self.simple.is_valid():
                data = self.simple.cleaned_data
                period = Period(data["since"], data["until"] + DAY)
                return self._draft(period, "period", self._step(), kind=Report.Kind.FORM)
            if self.sent.startswith("owed-"):
                one = next((o for o in self.owed if self.sent == f"owed-{o.until}"), None)
                return self._owed(one) if one else None
        except NotNow as fault:
            self.fault = str(FAULTS[fault.code])
        return None

    def _step(self) -> str:
        here = self._here()
        return here.step if here else ""

    def _owed(self, one: Owed) -> Report:
        if one.draft:
            return Report.reports.get(pk=one.draft)
        occasion = "leave" if one.leaving else "step"
        return self._draft(Period(one.since, one.until), occasion, one.step)

    def _draft(
        self, period: Period, occasion: str, step: str, *, kind: str = Report.Kind.REPORT
    ) -> Report:
        return actions.draft(
            self.enrolment,
            by=self.visit.actor,
            since=period.since,
            until=period.until or self.on,
            kind=kind,
            occasion=occasion,
            step=step,
            language={"SE": "sv", "DK": "da"}[self.visit.country],
        )

    def context(self) -> dict[str, Any]:
        person = self.enrolment.person
        return {
            "person": {"name": person.name, "url": reverse("person", args=[person.pk])},
            "people_url": reverse("participants"),
            "rows": [shown(row) for row in self.rows],
            "owed": [
                {
                    "key": f"owed-{one.until}",
                    "step": named(self.model, one.step, self.visit.track),
                    "until": one.until,
                    "leaving": one.leaving,
                    "begun": one.draft is not None,
                }
                for one in self.owed
            ],
            "form": self.form if self.visit.actor.holds(*WRITERS) else None,
            "simple": self.simple,
            "fault": self.fault,
        }


def shown(row: Report) -> dict[str, Any]:
    """One report in a list."""
    state, tag, icon = STATES[row.state]
    return {
        "url": reverse("report", args=[row.person_id, row.pk]),
        "occasion": FORM if row.kind == Report.Kind.FORM else OCCASIONS[row.occasion],
        "since": row.since,
        "until": row.until - DAY,
        "to": row.recipient_name,
        "state": state,
        "tag": tag,
        "icon": icon,
        "seen": row.has_been_seen,
        "refused": row.refused_at is not None,
        "commented": bool(row.comment),
    }


@page(*READERS, shows=FieldClass.DISCLOSURE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits: reports owed, drafts, and links that did not arrive. Of those one may see."""
    visit = visit_of(request)
    on = visit.scope.on
    waiting = Report.reports.visible_to(visit.actor, on).waiting().select_related("person")
    drafts = list(waiting.order_by("until", "id")[:100])
    links = Link.objects.filter(mail=Link.Mail.FAILED, opened_at__isnull=True)
    mine = Report.reports.visible_to(visit.actor, on)
    failed = list(
        links.filter(dispatch__report__in=mine)
        .select_related("dispatch__report__person")
        .order_by("id")[:50]
    )
    due = owed_to(visit.actor, on=on)
    models = programmes({enrolment.programme_id for _one, enrolment in due})
    seen([row.person_id for row in drafts], shows=FieldClass.DISCLOSURE)
    seen([row.person_id for row in failed] + [one.person for one, _enrolment in due])
    context = {
        "owed": [
            {
                "name": enrolment.person.name,
                "url": reverse("reports", args=[one.person]),
                "step": named(models[enrolment.programme_id], one.step, visit.track),
                "until": one.until,
                "leaving": one.leaving,
            }
            for one, enrolment in due
            if one.draft is None
        ],
        "drafts": [shown(row) | {"name": row.person.name} for row in drafts],
        "failed": [_lost(row) for row in failed],
        "writes": visit.actor.holds(*WRITERS),
        "title": _("Reports"),
    }
    return render(request, "reports/overview.html", context)


def _lost(link: Link) -> dict[str, Any]:
    """A link that did not arrive."""
    return {
        "name": link.dispatch.report.person.name,
        "url": reverse("report", args=[link.person_id, link.dispatch.report_id]),
        "to": link.dispatch.recipient_name,
        "tries": link.mail_tries,
    }
