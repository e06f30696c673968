"""The list of a day: everybody is here but the few who are not. It works without a script, and
with one also without a network."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.attendance import facts
from stegvis.journey.attendance.actions import Mark, close_day, mark
from stegvis.journey.attendance.models import DayMark, HowSaid, Status, What
from stegvis.journey.attendance.pages import codes
from stegvis.journey.attendance.words import FAULTS, WHATS, Named, reasons, said
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

MARKERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.JOB_MEDIATOR)
TALKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR)
LATE_BY = (5, 10, 15, 30, 45, 60, 90, 120)
MOST_MARKS, A_YEAR = 400, 366
STORED, PLACE = "stored", re.compile(r"[0-9]{1,3}", re.ASCII)
OLDEST = dt.timedelta(days=14)  # a tablet that has been away longer says when wrongly


@page(*MARKERS, shows=FieldClass.WORK)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    return redirect("attendance_sheet", day=visit_of(request).scope.on, occasion=What.WORK)


@page(*MARKERS, shows=FieldClass.WORK)
def sheet(request: HttpRequest, day: str, occasion: str) -> HttpResponse:
    visit = visit_of(request)
    held, touched = request.method == "POST", "marks" in request.POST
    made = Sheet(visit, day, occasion, held=held, names=not touched)
    if request.method == "POST":
        try:
            done = made.take(request.POST)
        except NotNow as refused:
            if touched:  # a script asks: nothing of it is stored
                return JsonResponse(_answered(made.touches, refused.code), status=409)
            messages.warning(request, str(FAULTS[refused.code]))
            return render(request, "attendance/sheet.html", made.context(request.POST))
        if touched:
            return redirect(f"{made.state_url}?{_places(made.touches)}")
        if done:
            messages.success(request, _("The list is done."))
        return redirect("attendance_sheet", day=made.day, occasion=made.what)
    return render(request, "attendance/sheet.html", made.context())


@page(*MARKERS, shows=FieldClass.WORK)
@require_safe
def state(request: HttpRequest, day: str, occasion: str) -> HttpResponse:
    """What holds of the day, for the tablet's own page: marks without names."""
    made = Sheet(visit_of(request), day, occasion)
    seen(made.people, shows=FieldClass.WORK)
    return JsonResponse(
        {
            **_answered(_touches(request.GET)),
            "marks": {row["slot"]: row["code"] for row in made.rows() if row["code"]},
            "disputed": [row["slot"] for row in made.rows() if row["disputed"]],
            "done": made.done,
        }
    )


def _answered(touches: list[str], fault: str = "") -> dict[str, Any]:
    """Of each touch that was sent, in order: "stored" or why not; and those codes in words."""
    words = {code: str(FAULTS[code]) for code in sorted(set(touches) - {STORED})}
    said = {"touches": touches, "words": words}
    return said | ({"fault": str(FAULTS[fault])} if fault else {})


def _places(touches: list[str]) -> str:
    """The same on the way from what was sent to what holds: how many, and which were refused."""
    refused: dict[str, list[str]] = {code: [] for code in sorted(set(touches) - {STORED})}
    for at, code in enumerate(touches):
        if code != STORED:
            refused[code].append(str(at))
    return urlencode({"n": len(touches), **{code: ".".join(at) for code, at in refused.items()}})


def _touches(data: Any) -> list[str]:
    count = data.get("n", "")
    touches = [STORED] * (min(int(count), MOST_MARKS) if PLACE.fullmatch(count) else 0)
    for code in FAULTS:
        for at in data.get(code, "").split("."):
            if PLACE.fullmatch(at) and int(at) < len(touches):
                touches[int(at)] = code
    return touches


class Sheet:
    """One colleague's list of one day. `names`: somebody reads it; else it only takes marks, which
    name nobody."""

    def __init__(
        self, visit: Visit, day: str, what: str, *, held: bool = False, names: bool = True
    ) -> None:
        try:
            self.day = dt.date.fromisoformat(day)
        except ValueError:
            raise Http404 from None
        if what not in What.values or abs((self.day - visit.scope.on).days) > A_YEAR:
            raise Http404
        self.visit, self.what = visit, what
        self.touches: list[str] = []
        self.group = facts.group(visit.actor, on=visit.scope.on, held=held, names=names)
        hours = facts.expected(self.group, self.day, country=visit.country)
        self.held = facts.of_day(self.group, self.day, what) if names else {}
        # Whoever has been marked stands in the list, expected or not: a mark is never hidden.
        self.hours = hours | {who: facts.Expected() for who in self.held if who not in hours}
        self.known = reasons()
        self.slots = {facts.slot(visit.actor, who, self.day, what): who for who in self.group}
        self.people = [who for who in self.group if who in self.hours]

    @property
    def state_url(self) -> str:
        return reverse("attendance_state", args=[self.day, self.what])

    @property
    def done(self) -> bool:
        return DayMark.objects.filter(
            member=self.visit.actor.member, on=self.day, what=self.what
        ).exists()

    # What is shown

    def rows(self) -> list[dict[str, Any]]:
        """By the hour they begin, then by name (KN-58); the order of the day never changes."""
        if not hasattr(self, "_rows"):
            words = facts.own_words(self.people, self.day) if self.what == What.WORK else {}
            found = [self._row(who, words) for who in self.people]
            self._rows = sorted(found, key=lambda one: one["order"])
        return self._rows

    def _row(self, who: uuid.UUID, words: dict[uuid.UUID, Any]) -> dict[str, Any]:
        person, hours, row = self.group[who].person, self.hours[who], self.held.get(who)
        told = words.get(who)
        own = "" if row or told is None else self._own(told)
        slot = facts.slot(self.visit.actor, who, self.day, self.what)
        code = codes.write(row, self.known) if row else ""
        return {
            "slot": slot,
            "name": person.name,
            "person": who,
            "starts": hours.start,
            "code": code,
            "own": own,
            "shown": code or own,
            "letter": (code or own)[:1],
            "said": self._said(row, told),
            "disputed": bool(row and row.disputed),
            "order": (hours.start is None, hours.start or dt.time(), person.name, str(who)),
        }

    def _own(self, told: Any) -> str:
        return "s" if told.kind == "sick" else f"l{told.minutes or ''}"

    def _said(self, row: Any, told: Any) -> str:
        if row is None:
            return _("Says so themselves") if told is not None else ""
        if row.status in {Status.LATE, Status.ABSENT, Status.SENT_HOME}:
            return said(row.status, row.minutes, row.reason, self.known)
        return ""

    def context(self, typed: Any = None) -> dict[str, Any]:
        rows = self.rows()
        if typed is not None:
            for row in rows:
                row["letter"] = typed.get(f"s-{row['slot']}", row["letter"])[:1]
        seen(self.people, shows=FieldClass.WORK)
        on = self.visit.scope.on
        return {
            "rows": rows,
            "day": self.day,
            "today": on,
            "before": self.day - dt.timedelta(days=1),
            "after": self.day + dt.timedelta(days=1) if self.day < on else None,
            "what": self.what,
            "whats": [(code, word) for code, word in WHATS.items()],
            "marked": sum(bool(row["shown"]) for row in rows),
            "late_by": LATE_BY,
            "reasons": self.in_use(),
            "owner": facts.owner(self.visit.actor),
            "done": self.done,
            "talks": self.visit.actor.holds(*TALKERS),
            "state_url": self.state_url,
        }

    def in_use(self) -> list[Named]:
        return [one for one in self.known.values() if not one.closed]

    # What is sent

    def take(self, data: Any) -> bool:
        """Marks from a tablet or from the form, and whether the list is done. Raises NotNow."""
        marks = self._sent(data["marks"], data) if "marks" in data else self._form(data)
        try:
            by = self.visit.actor
            mark(marks, self.day, self.hours, by=by, what=self.what, known=self.known)
        except NotNow as refused:  # the day itself: none of it is taken
            self.touches = [one if one != STORED else refused.code for one in self.touches]
            raise
        if "done" in data:
            close_day(self.day, by=self.visit.actor, what=self.what)
        return "done" in data

    def _sent(self, text: str, data: Any) -> list[Mark]:
        """Those that can be taken. One that cannot is no reason to lose a morning's others: each is
        answered by itself. Raises NotNow where none can."""
        try:
            rows = json.loads(text)[:MOST_MARKS]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise NotNow("code_unknown") from None
        now, device = timezone.now(), str(data.get("device", ""))[:36]
        found = [self._taken(row, now, device) for row in rows]
        self.touches = [one if isinstance(one, str) else STORED for one in found]
        marks = [one for one in found if isinstance(one, Mark)]
        if found and not marks:
            raise NotNow(self.touches[0])
        return marks

    def _taken(self, row: Any, now: dt.datetime, device: str) -> Mark | str:
        try:
            return self._touch(row, now, device)
        except NotNow as refused:
            return refused.code
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return "code_unknown"

    def _touch(self, row: dict[str, Any], now: dt.datetime, device: str) -> Mark:
        """`ago`: how long ago it was touched, so that a tablet's clock may be wrong."""
        ago = min(max(dt.timedelta(milliseconds=int(row["ago"])), dt.timedelta()), OLDEST)
        return self._mark(
            str(row["slot"]),
            str(row["code"]),
            now - ago,
            key=uuid.UUID(str(row["key"])),
            device=device,
            turn=min(max(int(row["turn"]), 0), 2**31 - 1),
            over=self._over(str(row.get("over", ""))),
        )

    def _over(self, code: str) -> str:
        return facts.says(*codes.read(code, self.known)) if code else ""

    def _form(self, data: Any) -> list[Mark]:
        """Only what differs from what holds is said anew."""
        now = timezone.now()
        found = [(row, self._chosen(row, data)) for row in self.rows()]
        return [
            self._mark(row["slot"], code, now, own=row["own"], over=self._over(row["code"]))
            for row, code in found
            if code and _differs(code, row["code"])
        ]

    def _chosen(self, row: dict[str, Any], data: Any) -> str:
        """What stands in the form for one person; "All are here" fills in where nothing does."""
        code = str(data.get(f"s-{row['slot']}", ""))
        if code == "l":
            return code + str(data.get(f"m-{row['slot']}", ""))
        if code == "a":
            return str(data.get(f"r-{row['slot']}", "")) or code
        return code or ("h" if "all" in data else "")

    def _mark(self, slot: str, code: str, at: dt.datetime, *, own: str = "", **more: Any) -> Mark:
        who = self.slots.get(slot)
        if who is None:
            raise NotNow("not_in_the_list")
        status, minutes, reason = codes.read(code, self.known)
        attended = None
        start = self.hours[who].start if who in self.hours else None
        if status == Status.SENT_HOME and start and self.day == self.visit.scope.on:
            begun = timezone.make_aware(dt.datetime.combine(self.day, start))
            attended = max(0, int((at - begun).total_seconds() // 60))
        how = HowSaid.PERSON if own and own == code else HowSaid.SUPERVISOR
        return Mark(self.group[who], status, at, minutes, reason, attended, how=how, **more)


def _differs(code: str, held: str) -> bool:
    """A choice without its detail says nothing new of the same choice with it."""
    if code == "a" and held == "o":
        return False
    return code != held and (code[0] != held[:1] or len(code) > 1)
