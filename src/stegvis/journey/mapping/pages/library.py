"""The method library: cards of the unit's working material, with a search. No person is in it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.forms import CardForm
from stegvis.journey.mapping.models import MethodCard
from stegvis.journey.mapping.pages.ground import as_it_stands, done
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of

EDITORS = (Role.UNIT_MANAGER, Role.ADMINISTRATOR)


@page(*STAFF)
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Search among the cards."""
    wanted = request.GET.get("q", "")[:80]
    cards = facts.method_cards(wanted)
    context = {
        "cards": cards,
        "wanted": wanted,
        "edits": visit_of(request).actor.holds(*EDITORS),
        "empty": not cards and not wanted,
    }
    return render(request, "mapping/methods.html", context)


@page(*EDITORS)
def starters(request: HttpRequest) -> HttpResponse:
    """Take in the cards we begin with, those that are not there yet."""
    if request.method == "POST":
        n = actions.take_in_starters({"SE": "sv", "DK": "da"}[visit_of(request).country])
        messages.success(request, _("%(n)s cards have come in.") % {"n": n})
    return redirect("methods")


@page(*EDITORS)
def new_method(request: HttpRequest) -> HttpResponse:
    form = CardForm(
        request.POST if request.method == "POST" else None, on=visit_of(request).scope.on
    )
    valid = request.method == "POST" and form.is_valid()
    if valid and done(form, lambda: actions.add_card(form.card())):
        messages.success(request, _("Saved."))
        return redirect("methods")
    return render(request, "mapping/method.html", {"form": form, "row": None, "theirs": None})


@page(*EDITORS)
def method(request: HttpRequest, card: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    row = MethodCard.objects.filter(pk=card, retired_on__isnull=True).first()
    if row is None:
        raise Http404
    names = ("title", "text", "licence", "licence_words", "version")
    initial = {name: getattr(row, name) for name in names} | {"tags": ", ".join(row.tags)}
    retiring = request.method == "POST" and request.POST.get("do") == "retire"
    form = CardForm(
        request.POST if request.method == "POST" and not retiring else None,
        on=visit.scope.on,
        initial=initial,
    )

    def change() -> None:
        row.version = form.cleaned_data["version"] or 0
        actions.change_card(row, form.card())

    if retiring:
        saved = done(form, lambda: actions.retire_card(row, on=visit.scope.on))
    else:
        valid = request.method == "POST" and form.is_valid()
        saved = valid and done(form, change, newest=lambda: as_it_stands(row).version)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("methods")
    context = {
        "form": form,
        "row": row,
        "theirs": as_it_stands(row) if form.non_field_errors() else None,
    }
    return render(request, "mapping/method.html", context)
