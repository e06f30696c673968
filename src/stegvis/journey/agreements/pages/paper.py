"""The agreement and the form on paper, as PDF/UA, in the municipality's language: for all to keep,
and to sign or answer where nobody has a telephone."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.agreements.facts import signed_by, versions_of
from stegvis.journey.agreements.models import AgreementVersion, Side
from stegvis.journey.agreements.pages.ground import READERS, placement_of
from stegvis.journey.agreements.pages.said import laid_out
from stegvis.journey.agreements.words import HOW, QUESTIONS, REASONS, SIDES, WRITTEN
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.documents.typesetting import TooLarge, Unprintable, pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.speech import LANGUAGE_OF, speaking
from stegvis.platform.ui.dates import long_day


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def agreement_pdf(
    request: HttpRequest, person: uuid.UUID, placement: uuid.UUID, number: int
) -> HttpResponse:
    """Work and follow-up agreement (arbejds- og opfølgningsaftale), as it was laid out."""
    row = placement_of(person, placement)
    found = next((v for v in versions_of(row.pk) if v.number == number and v.digest), None)
    if found is None:
        raise Http404
    visit = visit_of(request)
    with speaking(LANGUAGE_OF[visit.country]):
        values = agreement_values(found, visit.tenant_name)
    return _file(request, "agreement", values, visit, f"agreement-{number}.pdf")


def agreement_values(version: AgreementVersion, sender: str) -> dict[str, Any]:
    said = laid_out(version.document)
    return {
        "title": _("Agreement on work and follow-up"),
        "sender": sender,
        "date": long_day(version.signed_on) if version.signed_on else "",
        "to": [
            _("%(person)s at %(site)s, %(company)s") % said,
            _("Version %(n)s, from %(day)s") % {"n": said["number"], "day": said["since"]},
        ],
        "sections": list(_sections(said)),
        "table": {
            "title": _("Following up"),
            "head": [_("When"), _("How often"), _("How")],
            "rows": [[one["when"], one["often"], one["way"]] for one in said["phases"]],
            "after": [", ".join(said["topics"]).capitalize()],
        },
        "signed": [_signature(one) for one in signed_by(version)],
    }


def _sections(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lines = [", ".join(said["tasks"])]
    if said["grows_into"]:
        lines.append(_("Can grow into: %(what)s") % {"what": said["grows_into"]})
    yield {"title": _("Tasks"), "lines": lines}
    yield {"title": _("Working time"), "lines": list(_hours(said))}
    yield {
        "title": _("Sub-goals"),
        "lines": [f"{g['text']}. {g['by']}".strip() for g in said["sub_goals"]],
    }
    nothing = _("Nothing to consider has been told.")
    yield {"title": _("What is to be considered"), "lines": said["considerations"] or [nothing]}
    contact = said["contact"]
    guides = [_("Guides day by day: %(name)s") % {"name": said["guide"]}] if said["guide"] else []
    named = ", ".join(part for part in (contact["name"], contact["title"]) if part)
    yield {"title": _("Fixed contact person"), "lines": [named, *guides]}
    if said["change_note"]:
        yield {"title": _("What is changed"), "lines": [said["change_note"]]}


def _hours(said: dict[str, Any]) -> Iterator[str]:
    if said["ordinary"]:
        yield _("Ordinary hours, wage: %(hours)s. %(function)s") % said["ordinary"]
    if said["practice"]:
        line = _("Practice: %(hours)s. %(function)s") % said["practice"]
        ends = _("Until %(day)s.") % {"day": said["practice_ends"]} if said["practice_ends"] else ""
        yield f"{line} {ends}".strip()
    if said["when"]:
        yield _("Ordinary hours later. %(when)s") % {"when": said["when"]}
    if said["times"]:
        yield said["times"]


def _signature(one: Any) -> dict[str, str]:
    row = one.signature
    if row is None:
        return {"who": str(SIDES[one.side]), "how": "", "line": _("Name, date")}
    how = f"{long_day(row.on)}, {HOW[row.how]}"
    who = SIDES[one.side] if one.side != Side.PARTICIPANT else SIDES[Side.PARTICIPANT]
    return {"who": f"{who}: {row.name}", "how": how, "line": ""}


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def agreement_form_pdf(
    request: HttpRequest, person: uuid.UUID, placement: uuid.UUID
) -> HttpResponse:
    """The questions of a month, to be answered with a pen by company and person alike."""
    visit, row = visit_of(request), placement_of(person, placement)
    with speaking(LANGUAGE_OF[visit.country]):
        values = form_values(row, visit)
    return _file(request, "workplace_form", values, visit, "follow-up-form.pdf")


def form_values(row: Placement, visit: Visit) -> dict[str, Any]:
    name = row.person.given_name
    return {
        "title": _("Follow-up form"),
        "sender": visit.tenant_name,
        "date": long_day(visit.scope.on),
        "to": [
            _("%(person)s at %(site)s, %(company)s")
            % {"person": row.person.name, "site": row.site.name, "company": row.site.company.name}
        ],
        "who": [_("Answered by the company"), _("Answered by the participant")],
        "month": _("Month"),
        "questions": [
            {
                "asked": str(asked).replace("%(name)s", name),
                "answers": [str(word) for word in words.values()],
            }
            for asked, _own, words in QUESTIONS.values()
        ],
        "days": [_("Days agreed"), _("Days there")],
        "reasons": {
            "title": _("If the person was away: the reasons that were stated, and how many times"),
            "rows": [str(word) for word in REASONS.values()],
        },
        "texts": [str(asked) for asked, _own in WRITTEN.values()],
        "note": _("Write nothing about health here. Call instead."),
    }


def _file(
    request: HttpRequest, template: str, values: dict[str, Any], visit: Visit, name: str
) -> HttpResponse:
    person = request.resolver_match.kwargs["person"] if request.resolver_match else None
    try:
        made = pdf(template, values, LANGUAGE_OF[visit.country])
    except Unprintable as fault:
        said = _("These letters cannot be set in the file: %(letters)s. Print from the browser.")
        messages.warning(request, said % {"letters": fault.letters})
        return redirect("agreement", person=person)
    except TooLarge:
        messages.warning(request, _("It is too long for a file. Print from the browser."))
        return redirect("agreement", person=person)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
