"""Participants' own ideas, answered: accepted, they are tasks; else it is said why not."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.forms import IdeaForm
from stegvis.journey.workplaces.models import Idea, Task
from stegvis.journey.workplaces.pages.ground import done, got, own_places, saved
from stegvis.journey.workplaces.pages.tasks import placed
from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen


@page(Role.WORK_SUPERVISOR, shows=FieldClass.VOICE)
@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """Those that wait, of the people the supervisor works with, without their names."""
    visit = visit_of(request)
    rows = facts.ideas(visit.actor, on=visit.scope.on)
    seen([row.person for row in rows], shows=FieldClass.VOICE)
    return render(request, "workplaces/ideas.html", {"rows": rows})


@page(Role.WORK_SUPERVISOR, shows=FieldClass.WORK, person="person", writes=True)
def idea(request: HttpRequest, person: uuid.UUID, idea: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    authorise(visit.actor, Act.READ, person, FieldClass.VOICE, on=visit.scope.on)
    row: Idea = got(Idea.objects.filter(person=person), idea)
    posted = request.POST if request.method == "POST" else None
    declining = posted is not None and posted.get("do") == "decline"
    form = IdeaForm(
        posted,
        options={"place": own_places(visit)},
        initial={"name": row.text, "source": Task.Source.OWN_IDEA, "kind": Task.Kind.CRAFT},
        use_required_attribute=False,
    )
    form.fields["source"].required = False
    if declining:
        form.fields["place"].required = form.fields["name"].required = False
        form.fields["kind"].required = False

    def answer() -> None:
        data = form.said()
        words = data.pop("answer")
        if declining:
            actions.decline(row, by=visit.actor, answer=words)
            return
        data["source"] = Task.Source.OWN_IDEA
        actions.accept(row, placed(Task(), form), data, by=visit.actor, answer=words)

    if posted is not None and form.is_valid() and done(form, answer):
        return saved(request, "ideas")
    context = {"row": row, "form": form, "waits": row.state == Idea.State.PROPOSED}
    return render(request, "workplaces/idea.html", context | {"title": _("An idea")})
