"""The way in and the way out. Whatever was wrong, the answer is the same words after the same
work: an unknown link, a wrong code, a shut door and a person nobody may know of are all alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from stegvis.journey.voices.words import PICTURES
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.pages import everyone, page
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import Role, SharedDevice
from stegvis.platform.journal.gate import ENTRANCE
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import Page, keeping, wrote
from stegvis.platform.tenancy.scope import scope

DEVICE = "device"  # the cookie by which a shared tablet says which it is
CLEARED = '"cache", "storage"'


@everyone
def my_door(request: HttpRequest) -> HttpResponse:
    """Where somebody comes who is not signed in: to the pictures on a shared tablet, else to what
    to do."""
    if request.COOKIES.get(DEVICE):
        return redirect("my_pictures")
    return render(request, "participant/door.html", {"idle": "idle" in request.GET})


@everyone
def my_link(request: HttpRequest, token: str) -> HttpResponse:
    """The code's page. Looking at it tells nothing: it is the same for a link that is none."""
    if request.method == "POST":
        tenant = doors.tenant_of(token)
        with scope(tenant, service="sign_in"):
            tried = doors.try_link(token, request.POST.get("code", ""))
            _note(tried, "link")
        if tried.way:
            return _let_in(request, tried.way)
    return render(request, "participant/link.html", {"wrong": request.method == "POST"})


@everyone
def my_pictures(request: HttpRequest) -> HttpResponse:
    """On a shared tablet: the own picture, then four, one press each. What has been pressed goes
    along in the form; nothing is kept on the tablet or on the server."""
    token = request.COOKIES.get(DEVICE, "")[: doors.LONGEST]
    tenant = doors.tenant_of(token)
    picture, picked = _pressed(request)
    wrong = False
    with scope(tenant, service="sign_in"):
        device = doors.device_of(token)
        if len(picked) == doors.PICKS:
            tried = doors.try_pictures(device, picture, ",".join(picked))
            _note(tried, "picture")
            wrong, picture, picked = True, "", []
        else:
            tried = doors.Tried(None)
    if tried.way:
        return _let_in(request, tried.way)
    return render(request, "participant/pictures.html", _keys(device, picture, picked, wrong=wrong))


def _pressed(request: HttpRequest) -> tuple[str, list[str]]:
    """The own picture and the secret ones so far. What is no picture of ours counts for nothing."""
    said = request.POST if request.method == "POST" else {}
    picture, press = said.get("picture", ""), said.get("press", "")
    picked = [one for one in said.get("picked", "").split(",") if one in doors.SECRET_PICTURES]
    if "again" in said:
        return "", []
    if picture not in doors.OWN_PICTURES:
        return (press, []) if press in doors.OWN_PICTURES else ("", [])
    if press in doors.SECRET_PICTURES:
        picked.append(press)
    return picture, picked[: doors.PICKS]


def _keys(
    device: SharedDevice | None, picture: str, picked: list[str], *, wrong: bool
) -> dict[str, Any]:
    names = doors.SECRET_PICTURES if picture else doors.OWN_PICTURES
    return {
        "shared": device is not None,
        "keys": [(name, PICTURES[name]) for name in names],
        "picture": picture,
        "picked": ",".join(picked),
        "dots": [turn < len(picked) for turn in range(doors.PICKS)],
        "left": doors.PICKS - len(picked),
        "wrong": wrong,
    }


def _note(tried: doors.Tried, by: str) -> None:
    """A try is kept in the journal of whoever it was made on: also the wrong one."""
    if tried.person is None:
        return
    with keeping(Page(what="way_in", purpose=Purpose.OWN)):
        if tried.way is None:
            reason = "shut" if tried.shut else "wrong"
            wrote("way_in_tried", [tried.person], sort=Sort.DENIED, by=by, reason=reason)


def _let_in(request: HttpRequest, way: doors.Way) -> HttpResponse:
    """A new session, the only one: any earlier of this person's ends here, wherever it is open."""
    tenant = doors.tenant_of(_token(request))
    logout(request)  # whoever was signed in here before, and whatever an intruder planted
    with scope(tenant, member=way.member), keeping(Page(what="way_in", purpose=Purpose.OWN)):
        doors.end_sessions(way.user)
        login(request, way.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.set_expiry(0)
        request.session["tenant"] = str(tenant)
        request.session[ENTRANCE] = way.by
        request.session["seen"] = int(timezone.now().timestamp())
        wrote("came_in", [way.person], by=way.by)
    return redirect("my_today")


def _token(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.kwargs.get("token") if match else "") or request.COOKIES.get(DEVICE, "")


@page(Role.PARTICIPANT, purpose=Purpose.OWN)
@require_POST
def my_leave(request: HttpRequest) -> HttpResponse:
    """Out, and nothing of it left in the browser. The tablet itself stays a shared one."""
    idle = "?idle=1" if request.POST.get("idle") else ""
    logout(request)
    response = redirect(f"{settings.PARTICIPANT_DOOR}{idle}")
    response.headers["Clear-Site-Data"] = CLEARED
    return response
