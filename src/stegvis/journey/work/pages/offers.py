"""The areas of the unit beside one person: shown, offered, chosen, left out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.abilities.pages.finding import latest, reads_health
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.facts import equal_left
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.actions import NewChoice, choose_area, show_areas
from stegvis.journey.work.facts import Against, Offer, offers, saw_all, speaks_against
from stegvis.journey.work.forms import ChoiceForm
from stegvis.journey.work.models import AreaChoice
from stegvis.journey.work.pages.finding import READERS, WORKERS, about, written
from stegvis.journey.work.words import CHOICES, FAULTS, LEVEL_WORDS, WHOSE, Named, why_left_out
from stegvis.journey.workplaces.models import WorkArea
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


@page(*READERS, shows=FieldClass.WORK, person="person", writes=True)
def area_offers(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Every area that is open in the unit, and what has come of it. One press: all were shown."""
    visit = visit_of(request)
    row, on = latest(person, visit), visit.scope.on
    writes = row.until is None and visit.actor.holds(*WORKERS)
    if request.method == "POST":
        if not writes:
            raise Http404
        _show(request, row)
        return redirect("area_offers", person=person)
    found, reasons = offers(row, on=on), why_left_out()
    health = reads_health(row)
    context = about(row) | {
        "rows": [_line(one, reasons, health=health) for one in found],
        "saw_all": saw_all([row.pk]).get(row.pk),
        "open": sum(one.is_open for one in found),
        "writes": writes,
        "equal": _equal(row, visit.actor),
    }
    return render(request, "work/offers.html", context)


def _show(request: HttpRequest, row: Enrolment) -> None:
    """All, or those that were ticked."""
    some = None if "all" in request.POST else _keys(request.POST.getlist("area"))
    try:
        show_areas(row, some, by=visit_of(request).actor)
    except NotNow as fault:
        messages.warning(request, str(FAULTS[fault.code]))
    else:
        messages.success(request, _("Written down what was shown today."))


def _keys(said: list[str]) -> set[uuid.UUID]:
    found = set()
    for one in said:
        try:
            found.add(uuid.UUID(one))
        except ValueError:
            continue
    return found


def _equal(row: Enrolment, actor: Actor) -> dict[str, Any] | None:
    """How many questions of the checklist nobody has answered, for who may open the referral."""
    if not actor.holds(Role.CASE_WORKER, Role.UNIT_MANAGER) or row.referral_id is None:
        return None
    return {"left": equal_left(row.referral_id), "referral": row.referral_id}


def _line(one: Offer, reasons: dict[str, Named], *, health: bool) -> dict[str, Any]:
    return {"one": one, "area": one.area} | (answered(one.answer, reasons, health=health) or {})


def answered(
    row: AreaChoice | None, reasons: dict[str, Named], *, health: bool
) -> dict[str, Any] | None:
    """What was said of an area, in words. That health is why is read by those alone who may; the
    others read that there is another reason."""
    if row is None:
        return None
    words, kind, icon = CHOICES[AreaChoice.What(row.what)]
    reason = reasons.get(row.reason)
    hidden = reason is not None and reason.health and not health
    return {
        "said": words, "kind": kind, "icon": icon, "row": row,
        "whose": WHOSE["person" if row.by_person else "staff"],
        "reason": reasons["other"] if hidden else reason,
        "words": "" if hidden else row.words,
    }  # fmt: skip


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def area_choice(request: HttpRequest, person: uuid.UUID, area: uuid.UUID) -> HttpResponse:
    """What has come of one area. A known limit that speaks against it is said, and bars nothing."""
    visit = visit_of(request)
    row, on = latest(person, visit), visit.scope.on
    place = _area(area, on)
    if row.until is not None or place is None:
        raise Http404
    reasons = {code: one for code, one in why_left_out().items() if not one.closed}
    health = reads_health(row)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        on=on,
        choices={"reason": [("", _("– choose –")), *_offered(reasons, health=health)]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = NewChoice(
            place, said["what"], said["whose"] == "person", said["reason"], said["words"]
        )
        if written(form, lambda: choose_area(row, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("area_offers", person=person)
    rows = AreaChoice.objects.filter(enrolment=row, person=person, area=place).select_related("by")
    every = why_left_out()
    before = [answered(one, every, health=health) for one in rows.order_by("-on", "-created_at")]
    against = [limit_words(one) for one in speaks_against(row.pk, on=on, area=place)]
    context = {"form": form, "area": place, "before": before, "against": against}
    return render(request, "work/choice.html", about(row) | context)


def _offered(reasons: dict[str, Named], *, health: bool) -> list[tuple[str, str]]:
    """Who may not read of health writes nothing of it either: they would not see it again."""
    return [(code, str(one)) for code, one in reasons.items() if health or not one.health]


def _area(key: uuid.UUID, on: Any) -> WorkArea | None:
    rows = WorkArea.areas.standing(on).exclude(workplace__closed_on__lte=on).filter(pk=key)
    found: WorkArea | None = (
        rows.filter(Q(since__isnull=True) | Q(since__lte=on)).select_related("workplace").first()
    )
    return found


def limit_words(one: Against) -> dict[str, Any]:
    """A limit that speaks against: what is asked, and what there is."""
    return {
        "name": one.name,
        "asks": LEVEL_WORDS[one.asks],
        "at_most": LEVEL_WORDS[one.at_most],
        "agreed": one.agreed,
        "tasks": one.tasks,
    }
