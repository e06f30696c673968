"""A planning document and an observation summary as PDF/UA, each the same as its page. The name of
the file says nothing of the person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.abilities.facts import Mark
from stegvis.journey.abilities.pages.finding import READERS
from stegvis.journey.abilities.pages.gathering import summary_sheet
from stegvis.journey.abilities.pages.planning import planning_sheet
from stegvis.journey.abilities.templatetags.abilities import rated, seen_word, the_day
from stegvis.journey.abilities.words import LABEL
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.documents.typesetting import TooLarge, Unprintable, pdf
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.ui.dates import long_day


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def planning_pdf(request: HttpRequest, person: uuid.UUID, plan_form: str, nth: int) -> HttpResponse:
    sheet = planning_sheet(request, person, plan_form, nth)
    row = sheet["row"]
    values = _head(request, sheet, sheet["title"], row) | {
        "rows": [{"question": one["question"], "answer": _answer(one)} for one in sheet["answers"]],
    }
    values["to"].append(_("Version %(n)s") % {"n": row.number})
    made = _made(request, "planning", values)
    if made is None:
        return redirect("planning_paper", person=person, plan_form=plan_form, nth=nth)
    return _file(made, f"{plan_form}-{nth}.pdf")


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def summary_pdf(request: HttpRequest, person: uuid.UUID, gathered: uuid.UUID) -> HttpResponse:
    """The person's own words are set apart, as theirs (KN-70)."""
    sheet = summary_sheet(request, person, gathered)
    row = sheet["summary"]
    head = _head(request, sheet, _("Observation summary"), row)
    own = {"title": _("In the person's own words"), "text": row.own_words}
    values = head | {
        "to": [str(LABEL), *head["to"]],
        "sections": list(_sections(sheet)),
        "comment": own if row.own_words else None,
    }
    made = _made(request, "report", values)
    if made is None:
        return redirect("observation_summary", person=person, gathered=gathered)
    return _file(made, f"observations-{row.on}.pdf")


def _head(request: HttpRequest, sheet: dict[str, Any], title: str, row: Any) -> dict[str, Any]:
    """What both say first, and at the foot of every sheet that neither is an assessment (KN-72).
    Where a protected person goes is their address: the unit is not said on what can be passed on.
    """
    visit = visit_of(request)
    unit = "" if is_shielded(sheet["person"]["key"]) else visit.unit_name
    return {
        "title": title,
        "sender": ", ".join(part for part in (visit.tenant_name, unit) if part),
        "date": long_day(row.on),
        "label": True,
        "to": [
            f"{_('Name')}: {sheet['person']['name']}",
            f"{_('Written by')}: {row.by.name}",
        ],
    }


def _answer(one: dict[str, Any]) -> str:
    if one["not_relevant"]:
        return _("Not relevant")
    return "\n".join(part for part in (one["answer"], ", ".join(one["picked"])) if part)


def _sections(sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    row = sheet["summary"]
    yield {"title": _("What works"), "lines": [row.works]}
    yield {"title": _("What does not work right now"), "lines": [row.not_now]}
    if sheet["marks"]:
        lines = [_mark(one, sheet["person"]["first_name"]) for one in sheet["marks"]]
        yield {"title": _("Abilities that have been seen"), "lines": lines}
    if not row.own_words:
        yield {"title": _("In the person's own words"), "lines": [str(sheet["why_none"])]}


def _mark(mark: Mark, name: str) -> str:
    """Both marks with their days, beside each other."""
    said = []
    if mark.seen:
        seen = f"{seen_word(mark.seen.seen).lower()}, {the_day(mark.seen.on)}"
        said.append(f"{_('Seen in work')}: {seen}")
    if mark.own:
        own = f"{rated(mark.own)}, {the_day(mark.own.on)}"
        said.append(f"{_('%(name)s says') % {'name': name}}: {own}")
    return f"{mark.name[:1].upper()}{mark.name[1:]}. {'. '.join(said)}."


def _made(request: HttpRequest, template: str, values: dict[str, Any]) -> bytes | None:
    """None with a sentence for whoever asked, where it cannot be set."""
    try:
        return pdf(template, values, (get_language() or "sv")[:2])
    except Unprintable as fault:
        said = _("These letters cannot be set in the file: %(letters)s. Print from the browser.")
        messages.warning(request, said % {"letters": fault.letters})
    except TooLarge:
        messages.warning(request, _("It is too long for a file. Print from the browser."))
    return None


def _file(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
