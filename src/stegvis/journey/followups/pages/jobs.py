"""What is done to find a job, and whether somebody is soon ready to."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import job_search_count, may_seek, ready_soon
from stegvis.journey.followups.forms import JobSearchForm, ReadyForm
from stegvis.journey.followups.models import JobSearch
from stegvis.journey.followups.pages.road import TALKERS, Whose, whose
from stegvis.journey.followups.words import FAULTS, JOB_KINDS, JOB_RESULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow

MONTH = dt.timedelta(days=30)
LONG = 9  # digits that a version never has


@page(*TALKERS, shows=FieldClass.VOICE, person="person", writes=True)
def job_seeking(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The log, with one line to fill in. What the person wrote themselves is said to be theirs."""
    at = whose(request, person)
    enrolment, today = at.on_road, at.visit.scope.on
    sheet = _Sheet(request, at)
    if request.method == "POST" and sheet.written():
        return redirect("job_seeking", person=person)
    rows = JobSearch.objects.filter(enrolment=enrolment).select_related("by")
    context = at.context(
        form=sheet.form,
        ready_form=sheet.ready_form,
        latest=sheet.latest,
        open=sheet.open,
        rows=[_row(row) for row in rows[:100]],
        results=JOB_RESULTS.items(),
        month=job_search_count(enrolment, today - MONTH, today + dt.timedelta(days=1)),
        may_judge=sheet.may_judge,
    )
    return render(request, "followups/jobs.html", context)


def _row(row: JobSearch) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "version": row.version,
        "on": row.on,
        "what": JOB_KINDS[row.kind],
        "employer": row.employer,
        "result": row.result,
        "result_words": JOB_RESULTS[row.result],
        "own": row.by_participant,
        "by": row.by.name if row.by else "",
    }


class _Sheet:
    """The forms of the page, and the writing of the one that was sent."""

    def __init__(self, request: HttpRequest, at: Whose) -> None:
        self.request, self.at = request, at
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        today = at.visit.scope.on
        data = request.POST
        self.open = may_seek(at.on_road)
        self.latest = ready_soon(at.on_road)
        self.may_judge = at.visit.actor.holds(Role.CASE_WORKER)  # the verb asks for the tie
        log = data if self.sent == "log" else None
        self.form = JobSearchForm(log, today=today, initial={"on": today})
        self.ready_form = ReadyForm(data if self.sent == "ready" else None, prefix="ready")

    def written(self) -> bool:
        verbs = {"log": self._log, "ready": self._ready, "answer": self._answer}
        verb = verbs.get(self.sent)
        if verb is None:
            return False
        try:
            return verb()
        except NotNow as fault:
            self._refused(str(FAULTS[fault.code]))
        except StaleRow:
            messages.warning(self.request, _("A colleague has changed this meanwhile. Look again."))
        return False

    def _refused(self, said: str) -> None:
        forms = [form for form in (self.form, self.ready_form) if form.is_bound]
        for form in forms:
            form.add_error(None, said)
        if not forms:
            messages.warning(self.request, said)

    def _log(self) -> bool:
        if not self.form.is_valid():
            return False
        new = actions.NewJobSearch(**self.form.cleaned_data)
        actions.log_job_search(self.at.on_road, new, by=self.at.visit.actor)
        return True

    def _ready(self) -> bool:
        if not self.ready_form.is_valid():
            return False
        data = self.ready_form.cleaned_data
        actions.say_ready_soon(
            self.at.on_road,
            ready=data["ready"] == "yes",
            grounds=data["grounds"],
            by=self.at.visit.actor,
            on=self.at.visit.scope.on,
        )
        return True

    def _answer(self) -> bool:
        result = self.request.POST.get("result", "")
        key = self.request.POST.get("row", "")
        rows = JobSearch.objects.filter(person=self.at.person.pk, enrolment=self.at.on_road)
        row = next((one for one in rows if str(one.pk) == key), None)
        if row is None or result not in JOB_RESULTS:
            raise Http404
        seen = self.request.POST.get("seen", "")
        row.version = int(seen) if seen.isdecimal() and len(seen) < LONG else row.version
        actions.answer_job_search(row, result, by=self.at.visit.actor)
        return True
