"""Whose page it is, who may know where somebody is, and writing with one sentence for a fault."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.matching.limits import Fault
from stegvis.core.matching.wording import said
from stegvis.journey.employers.models import ContactPerson, Opening, Site
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.facts import way_back
from stegvis.journey.placements.actions import LawRefuses
from stegvis.journey.placements.facts.fitting import goal_said
from stegvis.journey.placements.models import MatchProfile
from stegvis.journey.placements.words import FAULTS
from stegvis.platform.access.authority import may, subject
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow

TOO_LONG = 10  # digits
WRITERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)


def latest(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The enrolment the person has, or had last, with the job goal that counts and the day of the
    profile. 404 where there is none. One query."""
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    profile = MatchProfile.objects.filter(enrolment=OuterRef("pk")).values("on")[:1]
    rows = rows.annotate(goal=goal_said(OuterRef("pk")), profile=Subquery(profile))
    row: Enrolment | None = rows.select_related("person").order_by("-since", "-id").first()
    if row is None:
        raise Http404
    return row


def knows_where(visit: Visit, person: uuid.UUID) -> bool:
    """Where a protected person works is their address: of those alone who may know that."""
    if not subject(visit.actor.tenant, person).shielded:
        return True
    return may(visit.actor, Act.READ, person, FieldClass.LOCATION, on=visit.scope.on)


def open_one(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The open enrolment, of somebody whose place the visitor may know. 404 for the rest."""
    row = latest(person, visit)
    if row.until is not None or not knows_where(visit, person):
        raise Http404
    return row


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    return way_back(enrolment.person)


def written(form: forms.Form, write: Callable[[], Any]) -> bool:
    """Do it; what cannot be now becomes one sentence on the form, and nothing stays half."""
    try:
        with transaction.atomic():
            write()
    except LawRefuses as fault:
        for one in worded(fault.faults):
            form.add_error(None, one)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except (StaleRow, IntegrityError):
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


def worded(faults: Sequence[Fault]) -> list[str]:
    """Each as a sentence with its paragraph."""
    lang = get_language() or "sv"
    made = []
    for one in faults:
        (words,) = said([one.because], lang)
        words = words[:1].upper() + words[1:]
        made.append(f"{words} ({one.paragraph})." if one.paragraph else f"{words}.")
    return made


def sent(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def wheres(openings: Sequence[Opening], sites: Sequence[Site]) -> list[tuple[str, Any]]:
    """Openings, then sites without one, as a list of choices."""
    groups: list[tuple[str, Any]] = [("", _("– choose –"))]
    if openings:
        offered = [(f"opening:{one.pk}", f"{one.site.name}: {one.name}") for one in openings]
        groups.append((_("Openings"), offered))
    if sites:
        groups.append((_("Other sites"), [(f"site:{one.pk}", one.name) for one in sites]))
    return groups


def where(
    said: str, openings: Sequence[Opening], sites: Sequence[Site]
) -> tuple[Site, Opening | None]:
    """What was chosen among `wheres`."""
    which, _colon, key = said.partition(":")
    if which == "opening":
        opening = next(one for one in openings if str(one.pk) == key)
        return opening.site, opening
    return next(one for one in sites if str(one.pk) == key), None


def standing_sites(visit: Visit) -> list[Site]:
    rows = Site.sites.standing(visit.scope.on).exclude(company__until__lte=visit.scope.on)
    return list(rows.order_by("name", "id"))


def contacts(visit: Visit, site: Site | None = None) -> list[ContactPerson]:
    rows = ContactPerson.contacts.standing(visit.scope.on)
    rows = rows.filter(site=site) if site else rows
    return list(rows.select_related("site").order_by("site__name", "name", "id"))


def contact_choices(found: Sequence[ContactPerson], *, alone: bool) -> list[tuple[str, str]]:
    """`alone`: of one site, so that the site need not be said."""
    named = [(str(one.pk), one.name if alone else f"{one.site.name}: {one.name}") for one in found]
    return [("", _("– nobody –")), *named]


def colleagues(enrolment: Enrolment, visit: Visit) -> list[tuple[str, str]]:
    """Those who work with the person now."""
    held = Assignment.assignments.held(visit.scope.on).filter(enrolment=enrolment)
    rows = held.select_related("member").order_by("member__name", "id")
    names = {str(row.member_id): row.member.name for row in rows}
    return [("", _("– nobody –")), *names.items()]


def whole(said: str) -> int | None:
    """Python refuses to read a number of thousands of digits; nobody here means one of ten."""
    text = said.strip()
    return int(text) if text.isdecimal() and len(text) < TOO_LONG else None
