"""The ambassadors of all companies: how many, what they answer when asked, and a list read in."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import training as verbs
from stegvis.journey.employers.facts import training as told
from stegvis.journey.employers.facts.sharing import trained
from stegvis.journey.employers.forms import AnswersForm, ListForm
from stegvis.journey.employers.models import AmbassadorAsked, Company, Completed, Employee
from stegvis.journey.employers.pages.ground import (
    done,
    edits,
    got,
    key_of,
    posted,
    said,
    saved,
    sheet,
)
from stegvis.journey.employers.words import ASKED, LINES, SCALE, SECTORS
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*facts.READERS)
@require_safe
def ambassadors(request: HttpRequest) -> HttpResponse:
    """How many are trained: by municipality and sector, and module by module (JI-27)."""
    visit = visit_of(request)
    on = visit.scope.on
    rows = trained(visit.tenant_name, on)
    context = {
        "rows": [(one, SECTORS[Company.Sector(one.sector)]) for one in rows],
        "total": sum(one.named for one in rows),
        "modules": told.by_module(on),
        "edits": edits(request),
    }
    return render(request, "employers/ambassadors.html", context)


@page(*facts.EDITORS)
def ambassadors_asked(request: HttpRequest) -> HttpResponse:
    """Three questions to those who are ambassadors: optional, and no sum is made of the answers."""
    if request.method == "POST":
        if key := request.POST.get("do", ""):
            said(request, lambda: verbs.ask(got(Employee.employees, key_of(key))))
        return redirect("ambassadors_asked")
    on = visit_of(request).scope.on
    rounds = told.rounds()
    answers = [one for one in rounds if one.answered_on is not None]
    context = {
        "people": [(one, vars(one)["newest"]) for one in told.whole(on)],
        "n": len(answers),
        "of": len(rounds),
        "least": told.LEAST,
        "counts": _counted(answers) if len(answers) >= told.LEAST else [],
        "scale": SCALE.values(),
    }
    return render(request, "employers/asked.html", context)


def _counted(answers: Sequence[AmbassadorAsked]) -> list[tuple[Any, list[tuple[Any, int]]]]:
    found = []
    for name, words in ASKED.items():
        given = Counter(getattr(one, name) for one in answers)
        found.append((words, [(level_words, given[level]) for level, level_words in SCALE.items()]))
    return found


@page(*facts.EDITORS)
def ambassador_answers(request: HttpRequest, asked: uuid.UUID) -> HttpResponse:
    """Written down as the ambassador says it."""
    rows = AmbassadorAsked.objects.filter(answered_on=None).select_related("employee")
    row: AmbassadorAsked = got(rows, asked)
    form = AnswersForm(posted(request), initial={"version": row.version})
    if form.is_valid() and done(form, lambda: verbs.answered(row, form.answers()), row):
        return saved(request, "ambassadors_asked")
    return sheet(
        request,
        form,
        title=_("What %(name)s answers") % {"name": row.employee.name},
        lede=_("To answer is free. Only counts are shown, and first when there are five."),
        back="ambassadors_asked",
        place=_("Ambassadors asked"),
    )


@page(*facts.EDITORS)
def list_completions(request: HttpRequest) -> HttpResponse:
    """A list pasted in: all of it or nothing, with a sentence for each line that cannot be."""
    form = ListForm(posted(request))
    if form.is_valid():
        lines, faults = told.read(form.cleaned_data["lines"], visit_of(request).scope.on)
        for number, code in faults[: told.FAULTS_SHOWN]:
            form.add_error(
                "lines", _("Line %(n)s: %(fault)s") % {"n": number, "fault": LINES[code]}
            )
        new: list[int] = []
        if not faults and done(form, lambda: new.append(verbs.record(lines)), Completed()):
            text = ngettext("%(n)s new.", "%(n)s new.", new[0]) % {"n": new[0]}
            messages.success(request, f"{_('The list is read.')} {text}")
            return redirect("ambassadors")
    return sheet(
        request,
        form,
        title=_("Read in a list of who has gone through what"),
        lede=_("Only the company's own staff. Never write a participant here."),
        back="ambassadors",
        place=_("Ambassadors"),
    )
