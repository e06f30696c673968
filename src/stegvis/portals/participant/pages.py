"""The participant's pages: today, my plan, my folder, write. Each shows the visitor's own record
and takes no key of anybody's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.voices import actions
from stegvis.journey.voices.models import FACES, Message
from stegvis.journey.voices.words import FACES as FACE_WORDS
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.reads import by_day, reads
from stegvis.portals.participant.road import coming, placed, road
from stegvis.portals.participant.words import LONGEST, MINUTES, REFUSED, SAY, TOLD, sent

JUST_NOW = dt.timedelta(minutes=2)
SHOWN = 20
NUMBER = 18  # digits of a bigint


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
@require_safe
def my_today(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.PLAN)
    on = mine.visit.scope.on
    said = Message.messages.filter(person=mine.person, on=on).standing()
    return shown(
        request,
        "today",
        mine,
        today=on,
        coming=coming(mine),
        said=[(SAY[row.kind].picture, sent(row), row.heard_at) for row in said],
        faces=_faces(mine.face),
        road=road(mine),
        say=list(SAY.values())[:3],
    )


def _faces(face: int) -> list[tuple[int, str, Any, bool]]:
    return [(n, f"mood-{n}", FACE_WORDS[n], n == face) for n in range(1, FACES + 1)]


# Say


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_say(request: HttpRequest, kind: str) -> HttpResponse:
    """The second of two presses: late by how much, or yes."""
    mine = own(request, FieldClass.VOICE)
    said = _message(request, kind, mine) if request.method == "POST" else None
    if said is not None:
        try:
            actions.say(mine.person, said, by=mine.visit.actor)
        except NotNow:
            return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
        return redirect("my_told")
    return shown(request, "say", mine, say=SAY[kind], minutes=MINUTES)


def _message(request: HttpRequest, kind: str, mine: Own) -> actions.NewMessage | None:
    """What was pressed; None for what is no answer to the page."""
    on = mine.visit.scope.on
    if kind != Message.Kind.LATE:
        return actions.NewMessage(Message.Kind(kind), on) if "yes" in request.POST else None
    known = {str(minutes): minutes for minutes, _picture in MINUTES}
    minutes = known.get(request.POST.get("minutes", ""))
    return actions.NewMessage(Message.Kind.LATE, on, minutes=minutes) if minutes else None


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_told(request: HttpRequest) -> HttpResponse:
    """It has been said, and for some seconds it can be taken back."""
    mine = own(request, FieldClass.VOICE)
    since = timezone.now() - JUST_NOW
    rows = Message.messages.filter(person=mine.person, created_at__gte=since).standing()
    last = rows.order_by("-created_at", "-id").first()
    if last is None:
        return redirect("my_today")
    if request.method == "POST":
        try:
            actions.take_back(last, by=mine.visit.actor)
        except NotNow as refused:
            return shown(request, "refused", mine, words=REFUSED[refused.code])
        return redirect("my_today")
    left = actions.UNDO_SECONDS - int((timezone.now() - last.created_at).total_seconds())
    return shown(
        request,
        "told",
        mine,
        words=TOLD[last.kind],
        what=sent(last),
        picture=SAY[last.kind].picture,
        undo=max(left, 0) if last.heard_at is None else 0,
    )


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
@require_POST
def my_mood(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.VOICE)
    face = request.POST.get("face", "")
    if face in {str(n) for n in range(1, FACES + 1)}:
        try:
            actions.feel(mine.person, int(face), by=mine.visit.actor)
        except NotNow:
            return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    return redirect("my_today")


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_write(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.VOICE)
    words = request.POST.get("words", "").strip()
    if request.method == "POST" and words and len(words) <= LONGEST:
        new = actions.NewMessage(Message.Kind.WORDS, mine.visit.scope.on, words=words)
        try:
            actions.say(mine.person, new, by=mine.visit.actor)
        except NotNow:
            return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
        return redirect("my_told")
    rows = Message.messages.filter(person=mine.person).standing()
    rows = rows.order_by("-created_at", "-id")[:SHOWN]
    return shown(
        request,
        "write",
        mine,
        words=words,
        fault="" if request.method != "POST" else REFUSED["too_long" if words else "no_words"],
        rows=[(SAY[row.kind].picture, sent(row), row) for row in rows],
        longest=LONGEST,
    )


# My plan


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
@require_safe
def my_plan(request: HttpRequest) -> HttpResponse:
    """My road, what the next step asks, and where I say I stand. The same page is the paper."""
    mine = own(request, FieldClass.PLAN)
    return shown(request, "plan", mine, road=road(mine), placed=placed(mine))


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
@require_POST
def my_place(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.VOICE)
    model = mine.model
    steps = {step.code: step for step in model.primary.steps} if model else {}
    step = steps.get(request.POST.get("step", ""))
    if model and step:
        actions.place_oneself(
            mine.person,
            ladder=model.primary.code,
            step=step.code,
            ordinal=step.ordinal,
            by=mine.visit.actor,
        )
    return redirect("my_plan")


# My folder


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
@require_safe
def my_folder(request: HttpRequest) -> HttpResponse:
    return shown(request, "folder", own(request, FieldClass.PLAN))


@page(Role.PARTICIPANT, shows=FieldClass.READS, purpose=Purpose.OWN)
@require_safe
def my_reads(request: HttpRequest) -> HttpResponse:
    mine = own(request, FieldClass.READS)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < NUMBER else None
    found = reads(mine, before)
    days = by_day(found.rows, mine.visit.scope.on)
    return shown(request, "reads", mine, days=days, readers=found.readers, more=found.more)
