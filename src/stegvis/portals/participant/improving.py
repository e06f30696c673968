"""My ideas: what I have proposed, what became of it, and whether my first name may stand there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.intake.actions import NotNow
from stegvis.learning.boards import actions
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.facts import taken_up
from stegvis.learning.boards.forms import IdeaForm
from stegvis.learning.boards.models import Board, NameConsent, Proposer
from stegvis.learning.boards.words import STATES
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own, shown
from stegvis.portals.participant.words import REFUSED


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_improvements(request: HttpRequest) -> HttpResponse:
    mine, do = own(request, FieldClass.VOICE), request.POST.get("do", "")
    boards = list(Board.objects.order_by("name", "id"))
    chosen = next((one for one in boards if str(one.pk) == request.POST.get("board", "")), None)
    form = IdeaForm(request.POST if do == "idea" else None)
    by = mine.visit.actor
    try:
        if do == "yes":
            actions.say_yes_to_name(mine.person, by=by)
        elif do == "no":
            actions.take_name_back(mine.person, by=by)
        elif chosen and form.is_valid():
            actions.propose(chosen, mine.person, Idea(**form.cleaned_data), by=by)
        if do in {"yes", "no"} or (chosen and form.is_bound and form.is_valid()):
            return redirect("my_improvements")
    except NotNow:
        return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    rows = Proposer.objects.filter(person=mine.person).select_related("improvement")
    ideas = [one.improvement for one in rows.order_by("-created_at", "-id")]
    had = taken_up({one.pk for one in ideas})
    return shown(
        request,
        "improving",
        mine,
        boards=boards,
        form=form,
        ideas=[(one, STATES[one.state], had.get(one.pk, [])) for one in ideas],
        named=NameConsent.objects.filter(person=mine.person, withdrawn_on__isnull=True).first(),
        may_be_named=not is_shielded(mine.person),
    )
