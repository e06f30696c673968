"""Places shared between municipalities: the agreements, what others show, who asked whom. There is
no participant on these pages and no field for one."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.values.grades import Grade
from stegvis.journey.employers import facts
from stegvis.journey.employers.actions import sharing as verbs
from stegvis.journey.employers.actions.taking import take_place
from stegvis.journey.employers.facts import sharing as told
from stegvis.journey.employers.forms import AskForm, PactForm
from stegvis.journey.employers.models import PlaceRequest, SharedOpening, SharingPact
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
from stegvis.journey.employers.words import GRADES, PACTS, REPLIES, TAGS
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

GRADED = (Grade.AMBASSADOR, Grade.EXAMPLE)


@page(*facts.READERS)
def shared_places(request: HttpRequest) -> HttpResponse:
    """What others let us see, by kind of work and grade; the requests; the agreements."""
    if request.method == "POST" and edits(request):
        said(request, lambda: _do(request))
        return redirect("shared_places")
    visit = visit_of(request)
    wanted = {name: request.GET.get(name, "")[:40] for name in ("q", "grade", "free")}
    pacts = told.pacts()
    names = {one.pair: one.peer_name for one in pacts}
    context = {
        "rows": [
            (row, names.get(row.pair, ""), GRADES[Grade(row.grade)], *TAGS[Grade(row.grade)])
            for row in told.shown(
                visit.scope.on, words=wanted["q"], grade=wanted["grade"], free=bool(wanted["free"])
            )
        ],
        "grades": [(one.value, GRADES[one]) for one in GRADED],
        "wanted": wanted,
        "to_us": [
            (one, *REPLIES[PlaceRequest.Answer(one.answer)]) for one in told.requests(ours=False)
        ],
        "from_us": _asked_by_us(),
        "pacts": [(one, *PACTS[SharingPact.State(one.state)]) for one in pacts],
        "ours": told.shared_by_us(visit.scope.on),
        "edits": edits(request),
        "agrees": _agrees(visit),
    }
    return render(request, "employers/shared.html", context)


def _asked_by_us() -> list[tuple[Any, ...]]:
    rows = told.requests(ours=True)
    ours = told.taken(rows)
    return [(one, *REPLIES[PlaceRequest.Answer(one.answer)], ours.get(one.pk)) for one in rows]


def _agrees(visit: Visit) -> bool:
    return visit.actor.holds(Role.UNIT_MANAGER)


def _do(request: HttpRequest) -> None:
    what, _mark, text = request.POST.get("do", "").partition(":")
    visit, key = visit_of(request), key_of(text)
    if what in ("yes", "no"):
        verbs.answer_request(got(PlaceRequest.objects, key), what, by=visit.actor.member)
    elif what == "take":
        take_place(got(PlaceRequest.objects, key), country=visit.country)
    elif what == "accept" and _agrees(visit):
        verbs.accept_pact(got(SharingPact.pacts, key))
    elif what == "end" and _agrees(visit):
        verbs.end_pact(got(SharingPact.pacts, key))


@page(Role.UNIT_MANAGER)
def new_pact(request: HttpRequest) -> HttpResponse:
    """Offered to the other municipality; nothing is shown before it has accepted."""
    visit = visit_of(request)
    peers = told.peers(visit.scope.tenant)
    form = PactForm(
        posted(request),
        initial={"since": visit.scope.on},
        options={"peer": [(str(one.pk), one.name) for one in peers]},
    )
    if form.is_valid():
        typed: dict[str, Any] = form.said()
        peer = uuid.UUID(typed.pop("peer"))
        if done(form, lambda: verbs.offer_pact(peer, **typed), SharingPact()):
            return saved(request, "shared_places")
    return sheet(
        request,
        form,
        title=_("Offer to share places"),
        lede=_("Openings you mark as shared are shown, never anything about a participant."),
        back="shared_places",
        place=_("Places of others"),
    )


@page(*facts.EDITORS)
def ask_place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """For nobody by name: who it is for is told when the person has agreed."""
    visit = visit_of(request)
    row: SharedOpening = got(SharedOpening.objects.filter(withdrawn_on=None), place)
    form = AskForm(posted(request), initial={"wanted_from": visit.scope.on})
    if form.is_valid() and done(
        form,
        lambda: verbs.ask_place(row, **form.said(), asker=visit.member_name, by=visit.actor.member),
        PlaceRequest(),
    ):
        return saved(request, "shared_places")
    return sheet(
        request,
        form,
        title=_("Ask for %(place)s") % {"place": row.name},
        lede=_("The other municipality sees the day and your name. Nobody else is named."),
        back="shared_places",
        place=_("Places of others"),
    )
