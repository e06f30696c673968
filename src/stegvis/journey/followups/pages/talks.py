"""Notes and contacts on one timeline, and writing them down in a few presses."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import af_contact, since_last
from stegvis.journey.followups.forms import ContactForm, NoteForm
from stegvis.journey.followups.models import ContactEvent, FollowUp, Note
from stegvis.journey.followups.pages.road import TALKERS, TALKS, Whose, ask_back, back_to, whose
from stegvis.journey.followups.words import (
    ABOUT,
    BY_COUNTRY,
    FAULTS,
    KINDS,
    PARTICIPANTS,
    PARTIES,
    RESULTS,
    WAY_ICONS,
    WAYS,
    party,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.pages import page
from stegvis.platform.tenancy.models import StaleRow

LONG = 9  # digits that a version never has
MOST = 150  # of each kind on one page; nobody reads further back than that in one go


@page(*TALKERS, shows=TALKS, person="person")
@require_safe
def talks(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Everything said with and for one person, newest first; filtered by who it was with. What
    somebody wrote is read here, and never searched (Förordning 2001:637 15 §)."""
    at = whose(request, person)
    wanted = request.GET.get("with", "")
    wanted = wanted if wanted in PARTIES or wanted in PARTICIPANTS else ""
    told = _told(person, at)
    on = at.visit.scope.on
    context = at.context(
        items=[one for one in told if not wanted or wanted in one["with"]],
        filters=_filters(told, wanted),
        wanted=party(wanted) if wanted else "",
        af=af_contact(at.enrolment, on=on) if at.enrolment else None,
        last=since_last(at.enrolment, on=on) if at.enrolment else None,
        authorities=_authorities(told),
        goes_on=at.enrolment is not None,
    )
    return render(request, "followups/talks.html", context)


def _told(person: uuid.UUID, at: Whose) -> list[dict[str, Any]]:
    """Three queries, whatever has been said."""
    notes = Note.notes.filter(person=person).select_related("by")[:MOST]
    contacts = ContactEvent.events.filter(person=person).select_related("by")[:MOST]
    reviews = FollowUp.follow_ups.filter(person=person).select_related("by")[:MOST]
    me = at.visit.actor.member
    items = [
        *(_note(row, me) for row in notes),
        *(_contact(row) for row in contacts),
        *(_follow_up(row) for row in reviews),
    ]
    return sorted(items, key=lambda one: (one["on"], one["at"]), reverse=True)


def _item(row: Any, **said: Any) -> dict[str, Any]:
    by = row.by.name if row.by else ""
    return {
        "on": row.on,
        "at": row.created_at,
        "by": by,
        "with": (),
        "tags": [],
        "quote": "",
    } | said


def _note(row: Note, me: uuid.UUID) -> dict[str, Any]:
    own = row.by_id == me
    url = reverse("correct_note", args=[row.person_id, row.pk]) if own else ""
    what = str(ABOUT[row.about]) if row.about in ABOUT else ""
    return _item(row, icon="pen-line", what=_("Note"), aside=what, text=row.text, url=url)


def _contact(row: ContactEvent) -> dict[str, Any]:
    tags = [_("Was there with the person")] if row.accompanied else []
    if not row.reached:
        tags.append(_("No answer"))
    length = [_("%(n)s minutes") % {"n": row.minutes}] if row.minutes else []
    return _item(
        row,
        icon=WAY_ICONS[row.way],
        what=party(row.party),
        aside=" · ".join([str(WAYS[row.way]), *length]),
        text=row.outcome,
        tags=tags,
        **{"with": (row.party,)},
    )


def _follow_up(row: FollowUp) -> dict[str, Any]:
    there = [str(PARTICIPANTS.get(code, code)) for code in row.participants]
    return _item(
        row,
        icon="list-checks",
        what=str(KINDS[row.kind]),
        aside=", ".join(there),
        text=row.note,
        quote=row.own_words,
        tags=[str(RESULTS[row.result])] if row.result else [],
        next=row.next_step,
        **{"with": tuple(row.participants)},
    )


def _filters(told: Iterable[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    """Those somebody has had a contact with, and how often; all of them first."""
    counts: dict[str, int] = {}
    for one in told:
        for code in one["with"]:
            counts[code] = counts.get(code, 0) + 1
    if wanted:
        counts.setdefault(wanted, 0)
    chosen: list[dict[str, Any]] = [
        {"url": "?", "label": _("Everything"), "n": None, "current": not wanted}
    ]
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        label = party(code) if code not in PARTICIPANTS else str(PARTICIPANTS[code])
        chosen.append(
            {"url": f"?with={code}", "label": label, "n": counts[code], "current": wanted == code}
        )
    return chosen


def _authorities(told: Iterable[dict[str, Any]]) -> int:
    """How many parties outside the road have been spoken with."""
    near = {"participant", *PARTICIPANTS, "relative"}
    return len({code for one in told for code in one["with"]} - near)


@page(*TALKERS, shows=TALKS, person="person", writes=True)
def note(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A note, from wherever one is: the key N or the button, the words, and saved."""
    at = whose(request, person)
    back = back_to(request, reverse("talks", args=[person]))
    form = NoteForm(_sent(request), today=at.visit.scope.on, initial={"on": at.visit.scope.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.note(
                person,
                data["text"],
                by=at.visit.actor,
                on=data["on"],
                enrolment=at.enrolment,
                about=data["about"],
            )
        except NotNow as fault:
            form.add_error("text", str(FAULTS[fault.code]))
        else:
            messages.success(request, _("The note is saved."))
            ask_back(request, data["text"], at.person.given_name)
            return redirect(back)
    context = at.context(form=form, back=back, row=None)
    return render(request, "followups/note.html", context)


@page(*TALKERS, shows=TALKS, person="person", writes=True)
def correcting_note(request: HttpRequest, person: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """One's own note, put right. What stood there is kept."""
    at = whose(request, person)
    row = Note.notes.filter(pk=note, person=person).first()
    if row is None:
        raise Http404
    if row.by_id != at.visit.actor.member:
        messages.info(request, str(FAULTS["not_ones_own"]))
        return redirect("talks", person=person)
    first = {"text": row.text, "about": row.about, "on": row.on}
    form = NoteForm(_sent(request), today=at.visit.scope.on, initial=first)
    del form.fields["on"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        seen = request.POST.get("seen", "")
        row.version = int(seen) if seen.isdecimal() and len(seen) < LONG else row.version
        try:
            actions.correct_note(row, data["text"], by=at.visit.actor, about=data["about"])
        except StaleRow:
            row = Note.notes.get(pk=note, person=person)
            form.add_error(
                None,
                _("The note was changed meanwhile. It now says: %(text)s")
                % {
                    "text": row.text,
                },
            )
        except NotNow as fault:
            form.add_error("text", str(FAULTS[fault.code]))
        else:
            messages.success(request, _("The note is corrected. The earlier one is kept."))
            ask_back(request, data["text"], at.person.given_name)
            return redirect("talks", person=person)
    context = at.context(form=form, back=reverse("talks", args=[person]), row=row)
    return render(request, "followups/note.html", context)


@page(*TALKERS, shows=TALKS, person="person", writes=True)
def contact(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A contact, in one press for the usual: each way of having it is a button that saves. The rest
    is unfolded by whoever needs it."""
    at = whose(request, person)
    today = at.visit.scope.on
    parties = BY_COUNTRY[at.visit.country]
    wanted = request.GET.get("with", "")
    first = {"on": today, "party": wanted if wanted in parties else "participant"}
    form = ContactForm(_sent(request), today=today, parties=parties, initial=first)
    back = back_to(request, reverse("talks", args=[person]))
    if request.method == "POST" and form.is_valid():
        new = _new_contact(form.cleaned_data)
        actions.contact(person, new, by=at.visit.actor, enrolment=at.enrolment)
        messages.success(request, _("The contact is written down."))
        ask_back(request, new.outcome, at.person.given_name)
        return redirect(back)
    ways = [{"code": code, "label": WAYS[code], "icon": WAY_ICONS[code]} for code in WAYS]
    context = at.context(form=form, back=back, ways=ways)
    return render(request, "followups/contact.html", context)


def _new_contact(data: dict[str, Any]) -> actions.NewContact:
    return actions.NewContact(
        party=data["party"],
        way=data["way"],
        on=data["on"],
        reached=not data["unreached"],
        accompanied=data["accompanied"],
        outcome=data["outcome"],
        minutes=data["minutes"],
    )


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
