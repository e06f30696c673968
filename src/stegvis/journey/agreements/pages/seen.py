"""What the company sees, shown to those who work with the person before they send anything."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stegvis.journey.agreements.facts import in_force, on_the_way, told_now, versions_of
from stegvis.journey.agreements.pages.ground import READERS, named, placement_of
from stegvis.journey.agreements.pages.said import laid_out
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def agreement_seen(request: HttpRequest, person: uuid.UUID, placement: uuid.UUID) -> HttpResponse:
    row = placement_of(person, placement)
    versions, on = versions_of(row.pk), visit_of(request).scope.on
    waiting = on_the_way(versions)
    shown = waiting if waiting and waiting.digest else in_force(versions, on)
    if shown is None:
        raise Http404
    context = named(row.person) | {
        "said": laid_out(shown.document, told=told_now(person, row.pk)),
        "back_url": f"{reverse('agreement', args=[person])}?placement={row.pk}",
        "contact": row.contact,
    }
    return render(request, "agreements/seen.html", context)
