"""What the pages of this room have in common: whose road it is, and the way back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from stegvis.journey.followups.words import asked_about
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

TALKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR)
TALKS = FieldClass.TALKS


@dataclass(frozen=True, slots=True)
class Whose:
    """`enrolment` is the open one, if there is one."""

    visit: Visit
    person: Person
    enrolment: Enrolment | None

    @property
    def on_road(self) -> Enrolment:
        """404 where there is no open enrolment to follow up."""
        if self.enrolment is None:
            raise Http404
        return self.enrolment

    def context(self, **more: Any) -> dict[str, Any]:
        pk = self.person.pk
        said = {
            "pk": pk,
            "name": self.person.name,
            "first_name": self.person.given_name,
            "url": reverse("person", args=[pk]),
        }
        return {"person": said, "people_url": reverse("participants"), **more}


def whose(request: HttpRequest, person: uuid.UUID) -> Whose:
    """Two queries. The gate has let the visitor in to this person already."""
    visit = visit_of(request)
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    rows = Enrolment.enrolments.open().filter(person=person).select_related("unit")
    return Whose(visit, row, rows.first())


def back_to(request: HttpRequest, fallback: str) -> str:
    """The page of ours one came from, or `fallback`."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted[:1] == "/"
    return wanted if ours else fallback


def ask_back(request: HttpRequest, text: str, given: str) -> None:
    """A question about words that make a trait of a moment. The text is kept as it was written."""
    for word in asked_about(text, given)[:3]:
        question = _("You wrote “%(word)s”. For which behaviour is that so, right now?")
        messages.info(request, question % {"word": word})


__all__ = ["TALKERS", "TALKS", "Whose", "ask_back", "back_to", "whose"]
