"""Writing the agreement: six parts on one page, filled in from the placement (mockup s)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.core.progression.agreements import PARTS, lacking
from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import latest_signed, on_the_way, shares, versions_of
from stegvis.journey.agreements.forms import AgreementForm
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.agreements.pages.ground import (
    WRITERS,
    named,
    placement_of,
    submission,
    towards,
)
from stegvis.journey.agreements.words import FAULTS, LACKING, MENDED
from stegvis.journey.employers.models import ContactPerson
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import StaleRow


@page(*WRITERS, shows=FieldClass.WORK, person="person", writes=True)
def agreement_edit(request: HttpRequest, person: uuid.UUID, placement: uuid.UUID) -> HttpResponse:
    desk = Desk(person, placement, request)
    if request.method == "POST" and desk.written():
        return redirect(f"{reverse('agreement', args=[person])}?placement={placement}")
    return render(request, "agreements/edit.html", desk.context())


class Desk:
    def __init__(self, person: uuid.UUID, placement: uuid.UUID, request: HttpRequest) -> None:
        self.request, self.visit = request, visit_of(request)
        self.person, self.placement = person, placement_of(person, placement)
        self.versions = versions_of(placement)
        self.version: AgreementVersion | None = on_the_way(self.versions)
        self.before = latest_signed(self.versions)
        if self.version is None and self.placement.until is not None:
            raise Http404
        on, actor = self.visit.scope.on, self.visit.actor
        self.asks = may(actor, Act.WRITE, person, FieldClass.VOICE, on=on)
        self.shares = shares(person, placement)
        contacts = ContactPerson.contacts.standing(on).filter(site=self.placement.site_id)
        self.form = AgreementForm(
            request.POST if request.method == "POST" else None,
            placement=self.placement, version=self.version or self._copied(),
            shares=self.shares if self.asks else [], contacts=contacts.order_by("name", "id"),
            amends=self.before is not None, on=on,
        )  # fmt: skip
        self.lacks: list[str] = []
        self.stale: AgreementVersion | None = None

    def _copied(self) -> AgreementVersion | None:
        """A change goes on from what was signed last; it holds from today, and says why."""
        if self.before is None:
            return None
        self.before.since = max(self.before.since, self.visit.scope.on)
        self.before.change_note = ""
        return self.before

    def written(self) -> bool:
        """Saved, and laid out to be signed when that was asked. What cannot be is said, and what
        was typed stays: with a fault the gate takes back whatever was written."""
        if not self.form.is_valid():
            return False
        said, by = self.form.written(submission(self.request)), self.visit.actor
        try:
            for key, shared in self.form.answers.items():
                actions.answer_share(self.placement, key, shared=shared, by=by)
            self.version = actions.save(
                self.placement, said, by=by, seen=self.form.cleaned_data["seen"] or 0
            )
            if self.request.POST.get("do") == "ready":
                actions.lay_out(self.version, by=by)
                messages.success(self.request, _("Ready. Now each of you signs."))
            else:
                messages.success(self.request, _("Saved."))
        except StaleRow:
            self.stale = on_the_way(versions_of(self.placement.pk))
            self.form.add_error(None, _("Somebody else has changed it. Compare before you save."))
            return False
        except NotNow as fault:
            self._said(fault.code)
            return False
        return True

    def _said(self, code: str) -> None:
        if code == "same_function":
            self.form.add_error("practice_function", str(FAULTS[code]))
            return
        if code == "lacking" and self.version is not None:
            self.lacks = list(lacking(self.version.terms))
            for part in self.lacks:
                self.form.add_error(FIELD_OF[part], str(MENDED[part]))
            return
        field = {"why_missing": "change_note", "begins_before": "since"}.get(code)
        self.form.add_error(field, str(FAULTS[code]))

    def context(self) -> dict[str, Any]:
        row = self.placement
        known = self.version
        lacks = self.lacks or (list(lacking(known.terms)) if known else list(PARTS))
        return named(row.person) | {
            "placement": row, "form": self.form, "amends": self.before, "version": known,
            "back_url": f"{reverse('agreement', args=[self.person])}?placement={row.pk}",
            "parts": [(LACKING[part], part not in lacks) for part in PARTS] if known else [],
            "towards": towards(known) if known else None,
            "contact": row.contact, "asks": self.asks, "unasked": [] if self.asks else self.shares,
            "stale": self.stale,
        }  # fmt: skip


FIELD_OF = {
    "tasks": "tasks",
    "working_time": "ordinary",
    "sub_goals": "goal_0",
    "considerations": "none_needed",
    "ordinary_hours": "discussed_on",
    "follow_up": "topics",
    "contact": "contact",
}
