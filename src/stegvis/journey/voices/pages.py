"""The staff's side: what the person has said, their way in, and the devices a unit shares.

A new link and its code are shown once, to whoever asked for them. Between the press and the page
they travel sealed in a cookie of some minutes; the server keeps digests alone.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.voices import actions
from stegvis.journey.voices.forms import AnswerForm, DeviceForm, PicturesForm
from stegvis.journey.voices.models import Message, Mood
from stegvis.journey.voices.words import FACES, FAULTS, KINDS, PICTURES, SIGNS
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.access.sealing import Unreadable, seal, unseal
from stegvis.platform.accounts.doors import OWN_PICTURES, digest
from stegvis.platform.accounts.models import PersonalLink, PicturePin, Role, SharedDevice
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

GIVERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)
HEARERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR)
SHARERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER)
COOKIE, SHOWN_SECONDS = "given", 600
DEVICE_COOKIE, YEAR = "device", 365 * 24 * 3600
MOST = 30


def _person(person: uuid.UUID, visit: Visit) -> dict[str, str]:
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    return {"name": row.name, "given": row.given_name, "url": reverse("person", args=[person])}


# The person's way in


@page(*GIVERS, shows=FieldClass.PLAN, person="person", writes=True)
def way_in(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    sheet = _WayIn(person, visit, request)
    if request.method == "POST" and (answer := sheet.written()):
        return answer
    return render(request, "voices/way_in.html", sheet.context())


class _WayIn:
    def __init__(self, person: uuid.UUID, visit: Visit, request: HttpRequest) -> None:
        self.person, self.visit, self.request = person, visit, request
        self.named = _person(person, visit)
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.devices = list(SharedDevice.devices.open().select_related("unit"))
        choices = [(str(one.pk), f"{one.name}, {one.unit.name}") for one in self.devices]
        data = request.POST if self.sent == "pictures" else None
        self.form = PicturesForm(data, devices=choices)

    def context(self) -> dict[str, Any]:
        pins = PicturePin.pins.open().filter(person=self.person).select_related("device")
        return {
            "person": self.named,
            "people_url": reverse("participants"),
            "link": PersonalLink.links.open().filter(person=self.person).first(),
            "given": _given(self.request, self.person),
            "sheet_url": reverse("way_in_sheet", args=[self.person]),
            "pins": list(pins),
            "form": self.form if self.devices else None,
            "chart": [(name, PICTURES[name]) for name in OWN_PICTURES],
            "shielded": is_shielded(self.person),
            "enrolled": Enrolment.enrolments.open().filter(person=self.person).exists(),
        }

    def written(self) -> HttpResponse | None:
        by, here = self.visit.actor, redirect("way_in", person=self.person)
        try:
            if self.sent == "link":
                return _hand_over(here, actions.give_link(self.person, by=by), self.visit)
            if self.sent == "pictures":
                return here if self._pictures() else None
            if self.sent == "revoke":
                actions.revoke(self.person, by=by)
                messages.success(self.request, _("The way in is shut, also where it was open."))
                return here
        except NotNow as refused:
            said = str(FAULTS[refused.code])
            if self.form.is_bound:
                self.form.add_error(None, said)
            else:
                messages.warning(self.request, said)
            return None
        return here

    def _pictures(self) -> bool:
        if not self.form.is_valid():
            return False
        actions.give_pictures(
            self.person,
            self.form.chosen,
            picture=self.form.cleaned_data["picture"],
            picked=self.form.picked,
            by=self.visit.actor,
        )
        messages.success(self.request, _("The pictures work on that device from now on."))
        return True


def _hand_over(here: HttpResponse, given: actions.GivenLink, visit: Visit) -> HttpResponse:
    sealed = seal(visit.actor.tenant, f"{given.token} {given.code}")
    here.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=SHOWN_SECONDS,
        path=here.headers["Location"],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return here


def _given(request: HttpRequest, person: uuid.UUID) -> dict[str, Any] | None:
    """The link just made, while it is the one that opens; later it is only a digest."""
    import segno

    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        token, code = unseal(visit_of(request).actor.tenant, sealed).split(" ")
    except (Unreadable, ValueError, binascii.Error):
        return None
    if not PersonalLink.links.open().filter(person=person, digest=digest(token)).exists():
        return None
    url = request.build_absolute_uri(reverse("my_link", args=[token]))
    drawn = segno.make(url, error="m").svg_inline(border=0, svgclass="qr-code", omitsize=True)
    return {"url": url, "code": f"{code[:3]} {code[3:]}", "qr": SafeString(drawn)}


@page(*GIVERS, shows=FieldClass.PLAN, person="person")
@require_safe
def way_in_sheet(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The paper to hand over. It names nobody, and the code is not on it."""
    visit = visit_of(request)
    given = _given(request, person)
    if given is None:
        return redirect("way_in", person=person)
    named = _person(person, visit)
    context = {"person": named, "given": given, "back_url": reverse("way_in", args=[person])}
    return render(request, "voices/sheet.html", context)


# What the person has said


@page(*HEARERS, shows=FieldClass.VOICE, person="person", writes=True)
def voices(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Newest first. Whoever may write here answers; a supervisor reads."""
    visit = visit_of(request)
    named = _person(person, visit)
    said = Message.messages.filter(person=person).standing().select_related("heard_by")
    rows = list(said.order_by("-created_at", "-id")[:MOST])
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _heard(rows, form, request, visit):
        return redirect("voices", person=person)
    writes = may(visit.actor, Act.WRITE, person, FieldClass.VOICE, on=visit.scope.on)
    sent = request.POST.get("message", "")
    moods = Mood.objects.filter(person=person).order_by("-created_at", "-id")[:10]
    context = {
        "person": named,
        "people_url": reverse("participants"),
        "rows": [
            {
                "row": row,
                "what": KINDS[row.kind],
                "sign": SIGNS[row.kind],
                "form": form if str(row.pk) == sent else AnswerForm(),
                "may_answer": writes and row.heard_at is None,
            }
            for row in rows
        ],
        "faulty": form if form.errors else None,
        "moods": [(mood.on, mood.face, FACES[mood.face]) for mood in moods],
    }
    return render(request, "voices/voices.html", context)


def _heard(rows: list[Message], form: AnswerForm, request: HttpRequest, visit: Visit) -> bool:
    row = next((row for row in rows if str(row.pk) == request.POST.get("message", "")), None)
    if row is None:
        return True
    try:
        actions.hear(row, by=visit.actor, answer=form.cleaned_data["answer"])
    except StaleRow:
        form.add_error(None, str(FAULTS["heard_already"]))
        return False
    return True


# Shared devices


@page(*SHARERS)
def devices(request: HttpRequest) -> HttpResponse:
    """The devices of one's own unit. To share the one in one's hands is to sign out of it."""
    visit = visit_of(request)
    own = SharedDevice.devices.open().filter(unit=visit.unit)
    form = DeviceForm(request.POST if request.POST.get("do") == "share" else None)
    if request.method == "POST":
        if request.POST.get("do") == "share" and form.is_valid():
            return _share(request, form.cleaned_data["name"], visit)
        for row in own:
            if request.POST.get("do") == f"close-{row.pk}":
                actions.close_device(row)
                return redirect("devices")
    rows = list(own.select_related("enrolled_by"))
    context = {"rows": rows, "form": form if visit.unit else None, "unit": visit.unit_name}
    return render(request, "voices/devices.html", context)


def _share(request: HttpRequest, name: str, visit: Visit) -> HttpResponse:
    token = actions.share_device(visit.unit, name, by=visit.actor)
    logout(request)
    response = redirect("my_pictures")
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
