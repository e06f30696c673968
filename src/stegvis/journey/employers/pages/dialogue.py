"""One site's dialogue: what was said, how often it was asked, pauses, figures; who is silent."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import talking
from stegvis.journey.employers.facts import talking as told
from stegvis.journey.employers.forms import CountForm, PauseForm, RuleForm, TalkForm
from stegvis.journey.employers.models import Dialogue, Headcount, KnockRule, Site, SitePause
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
from stegvis.journey.employers.words import ANSWERS, SOURCES, TALKS
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


def _site(key: uuid.UUID) -> Site:
    row: Site = got(Site.sites.select_related("company", "entrance"), key)
    return row


@page(*facts.READERS)
def site_dialogue(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    """Who knocked last stands before the next one knocks."""
    row, on = _site(site), visit_of(request).scope.on
    if request.method == "POST" and edits(request):
        said(request, lambda: _do(request, site))
        return redirect("site_dialogue", site=site)
    rule = told.rule()
    talks = told.dialogue_of(row.pk)
    knocks = told.knocks_of(talks, on, rule)
    pauses = [one for one in row.pauses.order_by("since", "id") if not one.until or one.until > on]
    counts = row.headcounts.order_by("-on", "-created_at", "-id")[:3]
    context = {
        "row": row,
        "rule": rule,
        "knocks": knocks,
        "next": knocks.next(on),
        "silent": bool(told.silent(visit_of(request).country, on, site=row.pk, known=rule)),
        "pauses": [(one, on >= one.since) for one in pauses],
        "counts": [(one, SOURCES[Headcount.Source(one.source)]) for one in counts],
        "talks": [_talk(one) for one in talks],
        "answers": list(ANSWERS.items()),
        "edits": edits(request),
    }
    return render(request, "employers/dialogue.html", context)


def _talk(row: Dialogue) -> dict[str, Any]:
    answer = ANSWERS[Dialogue.Answer(row.answer)] if row.answer else ""
    return {"row": row, "kind": TALKS[Dialogue.Kind(row.kind)], "answer": answer}


def _do(request: HttpRequest, site: uuid.UUID) -> None:
    what, _mark, key = request.POST.get("do", "").partition(":")
    if what == "resume":
        talking.end_pause(got(SitePause.pauses.filter(site=site), key_of(key)))
    elif what in Dialogue.Answer.values and what:
        talking.answer(got(Dialogue.objects.filter(site=site), key_of(key)), what)


@page(*facts.EDITORS)
def new_talk(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row, visit = _site(site), visit_of(request)
    on = visit.scope.on
    here = row.contacts.standing(on).order_by("name", "id")
    people = {str(one.pk): one for one in here}
    options = {"contact_id": [("", _("– nobody –")), *((k, one.name) for k, one in people.items())]}
    form = TalkForm(posted(request), initial={"on": on, "kind": "call"}, options=options)
    if form.is_valid():
        typed = form.said()
        contact = people.get(typed.pop("contact_id"))
        new = talking.Said(**typed, contact=contact)
        if done(form, lambda: talking.note(row, new, by=visit.actor.member), Dialogue()):
            return saved(request, "site_dialogue", row.pk)
    return _sheet(request, form, row, _("Spoken with the site"), lede=_knocked(row, visit.scope.on))


def _knocked(row: Site, on: Any) -> str:
    """A notice before the next knock: how often, and who knocked last."""
    found = told.knocks(row.pk, on)
    if found.last is None:
        return ""
    name = found.last.by.name if found.last.by else _("somebody")
    return _("Asked %(used)s of %(most)s times this month, last by %(name)s.") % {
        "used": found.used, "most": found.most, "name": name,
    }  # fmt: skip


def _sheet(request: HttpRequest, form: Any, row: Site, title: str, **more: Any) -> HttpResponse:
    return sheet(
        request, form, title=title, back="site_dialogue", key=row.pk, place=row.name, **more
    )


@page(*facts.EDITORS)
def new_site_pause(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row, visit = _site(site), visit_of(request)
    form = PauseForm(posted(request), initial={"since": visit.scope.on})
    if form.is_valid() and done(
        form, lambda: talking.pause(row, **form.said(), by=visit.actor.member), SitePause()
    ):
        return saved(request, "site_dialogue", row.pk)
    return _sheet(request, form, row, _("The site takes nobody for a while"))


@page(*facts.EDITORS)
def new_headcount(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row, visit = _site(site), visit_of(request)
    form = CountForm(posted(request), initial={"on": visit.scope.on})
    if form.is_valid():
        new = talking.Counted(**form.said())
        if done(form, lambda: talking.count(row, new, by=visit.actor.member), Headcount()):
            return saved(request, "site_dialogue", row.pk)
    return _sheet(request, form, row, _("How many work there"))


@page(*facts.READERS)
@require_safe
def silent_sites(request: HttpRequest) -> HttpResponse:
    """Asked, and no answer. A person decides from the list: nothing asks again by itself."""
    visit, rule = visit_of(request), told.rule()
    on = visit.scope.on
    rows = told.silent(visit.country, on, known=rule)
    keys = [row.site_id for row in rows]
    used, pausing = told.used(keys, on), told.paused(keys, on)
    context = {
        "rows": [
            (row, row.site_id in pausing, told.Knocks(used.get(row.site_id, 0), rule.most, row))
            for row in rows
        ],
        "next_month": told.Knocks(rule.most, rule.most, None).next(on),
        "rule": rule,
        "sets": visit.actor.holds(Role.UNIT_MANAGER),
        "edits": edits(request),
    }
    return render(request, "employers/silent.html", context)


@page(Role.UNIT_MANAGER)
def knock_rule(request: HttpRequest) -> HttpResponse:
    rule = told.rule()
    known = {"most": rule.most, "silent_after": rule.silent_after, "version": rule.version}
    form = RuleForm(posted(request), initial=known)
    if form.is_valid() and done(form, lambda: talking.set_rule(**form.said()), KnockRule()):
        return saved(request, "silent_sites")
    return sheet(
        request, form, title=_("How often we ask a site"), back="silent_sites",
        place=_("Without an answer"),
        lede=_("Two times a month and ten working days are ours until you say otherwise."),
    )  # fmt: skip
