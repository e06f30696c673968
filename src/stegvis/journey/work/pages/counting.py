"""Equal offers in figures for the manager, and the list of why areas are left out."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.shares import Share, counts, shares
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.actions import NewReason, change_reason
from stegvis.journey.work.facts import saw_all
from stegvis.journey.work.forms import WhyForm
from stegvis.journey.work.models import AreaChoice
from stegvis.journey.work.words import FAULTS, SEXES, why_left_out
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import wrote

OFFERED, CHOSEN, LEFT_OUT = AreaChoice.What


@page(Role.UNIT_MANAGER, shows=FieldClass.WORK)
@require_safe
def equal_offers(request: HttpRequest) -> HttpResponse:
    """Of those enrolled now, of whom the manager may know: shares with n of N and what is not
    known, by sex where it is recorded. Of nobody in particular, and nobody hidden is counted."""
    visit = visit_of(request)
    on = visit.scope.on
    theirs = reached(visit.actor, FieldClass.WORK, on=on, column="person_id")
    rows = Enrolment.enrolments.open().filter(theirs).order_by("id")
    sex = dict(rows.values_list("pk", "person__sex"))
    latest = _latest(sex)
    wrote("equal_offers_counted", sort=Sort.READ)
    context = {
        "shown": told(by_sex(sex, saw_all(list(sex)))),
        "own": told(by_sex(sex, _own(latest), all_known=True)),
        "reasons": _reasons(latest),
        "fewest": K,
    }
    return render(request, "work/counted.html", context)


def by_sex(
    sex: Mapping[uuid.UUID, str], known: Mapping[uuid.UUID, bool], *, all_known: bool = False
) -> dict[str, Share]:
    """Of each sex: how many of those of whom it is known, and of how many it is not. `all_known`:
    only those of whom something is known are asked about."""
    made = {}
    for code in SEXES:
        of = [one for one, said in sex.items() if said == code]
        answers = [known[one] for one in of if one in known]
        made[code] = Share(sum(answers), len(answers), 0 if all_known else len(of) - len(answers))
    return made


def told(groups: dict[str, Share]) -> list[tuple[Any, Share | None]]:
    """All of them, then by sex; what may not be told is None. A sum that is itself too small is
    not told either."""
    every = Share(
        sum(one.n for one in groups.values()),
        sum(one.of for one in groups.values()),
        sum(one.unknown for one in groups.values()),
    )
    found = shares(groups)
    rows = [(SEXES[code], found[code]) for code, one in groups.items() if one.size]
    return [(_("All"), every if every.size >= K or not every.size else None), *rows]


def _latest(of: Mapping[uuid.UUID, str]) -> list[AreaChoice]:
    """What was said last of each area of each."""
    rows = AreaChoice.objects.filter(enrolment__in=list(of)).exclude(what=OFFERED)
    order = ("enrolment_id", "area_id")
    return list(rows.order_by(*order, "-on", "-created_at", "-id").distinct(*order))


def _own(latest: list[AreaChoice]) -> dict[uuid.UUID, bool]:
    """Of those who have a chosen area: whether every choice was their own."""
    found: dict[uuid.UUID, bool] = {}
    for row in latest:
        if row.what == CHOSEN:
            found[row.enrolment_id] = found.get(row.enrolment_id, True) and row.by_person
    return found


def _reasons(latest: list[AreaChoice]) -> list[tuple[str, int | None]]:
    """How many people leave an area out for each reason; each counts once for a reason."""
    pairs = {(row.enrolment_id, row.reason) for row in latest if row.what == LEFT_OUT}
    found = counts(Counter(reason for _one, reason in pairs))
    known = why_left_out()
    named = [(str(known.get(code, code)), n) for code, n in found.items()]
    return sorted(named, key=lambda one: (one[1] is None, -(one[1] or 0), one[0].casefold()))


@page(Role.ADMINISTRATOR)
def left_out_reasons(request: HttpRequest) -> HttpResponse:
    """Ours, until the municipality changes them; `?code=` opens one."""
    known = why_left_out()
    code = request.GET.get("code", "")
    if code and code not in known:
        raise Http404
    one = known.get(code)
    initial = {**one.texts, "health": one.health, "closed": one.closed} if one else None
    form = WhyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_reason(NewReason(**form.cleaned_data), code=code)
        except NotNow as refused:
            form.add_error("sv", str(FAULTS[refused.code]))
        else:
            messages.success(request, _("Saved."))
            return redirect("left_out_reasons")
    context = {"rows": known.values(), "form": form, "one": one}
    return render(request, "work/reasons.html", context)
