"""What a municipality calls things and agrees on: schemes, words of the trade, commissions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.abilities.models import Ability
from stegvis.journey.intake.models import Commission
from stegvis.journey.programmes.models import Scheme, Term
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Row
from stegvis.platform.tenancy.scope import current
from stegvis.portals.administrator import rows
from stegvis.portals.administrator.counts import filled, places_used
from stegvis.portals.administrator.forms import (
    AbilityForm,
    CommissionForm,
    RowForm,
    SchemeForm,
    TermForm,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A list of rows that are added and changed alike. `taken`: the field only one may have."""

    model: type[Row]
    form: type[RowForm]
    event: str
    title: Any
    lede: Any
    new: Any
    taken: str = ""


KINDS = {
    "schemes": Kind(
        Scheme,
        SchemeForm,
        "scheme",
        gettext_lazy("Schemes"),
        gettext_lazy("Under what a person can be referred. One that has ended stays in old cases."),
        gettext_lazy("New scheme"),
        taken="code",
    ),
    "terms": Kind(
        Term,
        TermForm,
        "term",
        gettext_lazy("Words and their meaning"),
        gettext_lazy("Shown beside the word where a referral is written and read."),
        gettext_lazy("New word"),
        taken="term",
    ),
    "commissions": Kind(
        Commission,
        CommissionForm,
        "commission",
        gettext_lazy("Commissions"),
        gettext_lazy("How many places an agency has ordered of a unit, and for how long."),
        gettext_lazy("New commission"),
    ),
    "own_abilities": Kind(
        Ability,
        AbilityForm,
        "own_ability",
        gettext_lazy("Abilities of your own"),
        gettext_lazy(
            "Beside those the programmes name. They are rated and observed like the rest."
        ),
        gettext_lazy("New ability"),
        taken="name",
    ),
}


@page(Role.ADMINISTRATOR)
def words(request: HttpRequest, kind: str) -> HttpResponse:
    context: dict[str, Any] = {"kind": kind, "what": KINDS[kind], "today": current().on}
    context["new_url"] = reverse(f"{KINDS[kind].event}_new")
    if kind == "schemes":
        context["rows"] = Scheme.objects.order_by("name", "id")
    elif kind == "terms":
        context["rows"] = Term.objects.order_by("term", "id")
    elif kind == "own_abilities":
        context["rows"] = Ability.objects.order_by("name", "id")
    else:
        used = places_used()
        found = Commission.objects.select_related("unit").order_by("-since", "id")
        context["rows"] = [(row, filled(row, used)) for row in found]
    return render(request, f"administrator/{kind}.html", context)


@page(Role.ADMINISTRATOR)
def new_word(request: HttpRequest, kind: str) -> HttpResponse:
    what = KINDS[kind]
    form = what.form(request.POST or None, instance=what.model())
    language = {"SE": "sv", "DK": "da"}[visit_of(request).country]
    values = {"language": language} if kind == "terms" else {}
    if form.is_valid() and rows.add(form, f"{what.event}_added", taken=what.taken, **values):
        messages.success(request, _("Saved."))
        return redirect(kind)
    return _form_page(request, kind, form, "")


@page(Role.ADMINISTRATOR)
def word(request: HttpRequest, kind: str, row: uuid.UUID) -> HttpResponse:
    what = KINDS[kind]
    found = rows.one(what.model, row)
    name = found.agency if isinstance(found, Commission) else str(found)
    form = what.form(request.POST or None, instance=found)
    taken = what.taken if what.taken in form.fields else ""
    if form.is_valid() and rows.change(form, f"{what.event}_changed", taken=taken):
        messages.success(request, _("Saved."))
        return redirect(kind)
    return _form_page(request, kind, form, name)


def _form_page(request: HttpRequest, kind: str, form: RowForm, name: str) -> HttpResponse:
    context = {"form": form, "what": KINDS[kind], "name": name, "list_url": reverse(kind)}
    return render(request, "administrator/word.html", context)
