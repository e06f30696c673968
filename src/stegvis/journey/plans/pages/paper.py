"""The plan on A4, for the person to keep and to sign: from the browser, or as PDF/UA."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.plans.pages.found import READERS, crumbs
from stegvis.journey.plans.pages.reading import sheet_of
from stegvis.journey.plans.pages.sheet import Sheet
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.documents.typesetting import TooLarge, Unprintable, pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.ui.dates import long_day

NOT_PRINTED = ("ended", "flagged")


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def paper(request: HttpRequest, person: uuid.UUID, number: int) -> HttpResponse:
    sheet = sheet_of(request, person, number)
    context = sheet.context() | crumbs(sheet.row)
    older = f"?enrolment={sheet.row.pk}" if sheet.row.until else ""
    context |= {
        "unit": sheet.row.unit.name,
        "pdf_url": reverse("plan_pdf", args=[person, number]) + older,
    }
    return render(request, "plans/paper.html", context)


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def pdf_of_version(request: HttpRequest, person: uuid.UUID, number: int) -> HttpResponse:
    """The same as a file; its name says nothing of the person."""
    sheet = sheet_of(request, person, number)
    try:
        made = pdf("plan", _values(sheet, visit_of(request)), (get_language() or "sv")[:2])
    except Unprintable as fault:
        said = _("These letters cannot be set in the file: %(letters)s. Print from the browser.")
        messages.warning(request, said % {"letters": fault.letters})
        return redirect("plan_paper", person=person, number=number)
    except TooLarge:
        messages.warning(request, _("The plan is too long for a file. Print from the browser."))
        return redirect("plan_paper", person=person, number=number)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="plan-{number}.pdf"'
    return answer


def _values(sheet: Sheet, visit: Visit) -> dict[str, Any]:
    known = sheet.context()
    name, version = sheet.row.person.name, sheet.version
    state = (
        _("from %(day)s") % {"day": long_day(version.agreed_on)}
        if version.agreed_on
        else _("a draft")
    )
    otherwise = known["sayings"]["otherwise"]
    return {
        "title": _("My plan"),
        "sender": f"{visit.tenant_name}, {sheet.row.unit.name}",
        "date": long_day(visit.scope.on),
        "to": [f"{name}. {_('Version %(n)s') % {'n': version.number}}, {state}"],
        "columns": [_("What"), _("Who"), _("When")],
        "start": list(_start(known)),
        "goals": [one for goal in known["goals"] for one in _goals(goal)],
        "sections": list(_sections(known)),
        "comment": {
            "title": _("I see it otherwise"),
            "text": "\n".join(one["text"] for one in otherwise),
        }
        if otherwise
        else None,
        "sign": [
            _("%(name)s, date") % {"name": name},
            _("%(name)s, date") % {"name": sheet.row.worker or ""},
        ],
    }


def _start(known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Resources, then the goal with the person's own words, then barriers (FM-09)."""
    head = known["head"]
    if head["resources"]:
        yield {"title": _("What I can and have with me"), "lines": [head["resources"]]}
    goals = [_dated(goal) for goal in known["goals"]]
    words = [one["text"] for one in known["sayings"]["words"]]
    aim = f"{_('My goal')} ({known['aim']})" if known["aim"] else _("My goal")
    yield {"title": aim, "lines": goals, "quotes": words}
    if head["barriers"]:
        yield {"title": _("What stands in the way, as I see it"), "lines": [head["barriers"]]}


def _dated(goal: dict[str, Any]) -> str:
    due = _("By %(day)s.") % {"day": long_day(goal["due"])} if goal["due"] else ""
    return f"{goal['text']}. {due}".strip()


def _goals(goal: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The sub-goals, and what is done for the goal itself."""
    if goal["actions"]:
        yield {"title": goal["text"], "actions": _actions(goal)}
    for one in goal["under"]:
        done = _("Done when: %(what)s") % {"what": one["done_when"]} if one["done_when"] else ""
        due = _("By %(day)s.") % {"day": long_day(one["due"])} if one["due"] else ""
        said = ". ".join(part for part in (done, due) if part)
        title = f"{one['number']}. {one['text']}"
        yield {"title": title, "status": said, "actions": _actions(one)}


def _actions(goal: dict[str, Any]) -> list[dict[str, str]]:
    return [{"what": a["text"], "who": a["who"], "when": a["when"]} for a in goal["actions"]]


def _sections(known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    measures = [
        f"{one['what']}, {one['state']}"
        for one in known["measures"]
        if one["row"].state not in NOT_PRINTED
    ]
    if measures:
        yield {"title": _("At the same time"), "lines": measures}
    if known["common"]:
        lines = [f"{act['text']} {act['when']}".strip() for act in known["common"]]
        yield {"title": _("All do"), "lines": lines}
