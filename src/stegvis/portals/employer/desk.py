"""What the company reads on its page, and what it can do there."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stegvis.core.values.hours import hours as read_hours
from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import (
    in_force,
    on_the_way,
    said_hours,
    side_by_side,
    signed_by,
    told_now,
    versions_of,
)
from stegvis.journey.agreements.facts.answers import WeekPart, weeks_of
from stegvis.journey.agreements.facts.reading import holdings
from stegvis.journey.agreements.forms import AnswersForm, OfferForm, as_hours
from stegvis.journey.agreements.models import CallAsked, EmployerLink, FollowUpDate, Side
from stegvis.journey.agreements.pages.answers import month_name, open_months
from stegvis.journey.agreements.pages.said import hours as said_in_hours
from stegvis.journey.agreements.pages.said import laid_out
from stegvis.journey.agreements.words import FAULTS, KINDS, WAYS
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.accounts.models import Member
from stegvis.platform.tenancy.models import StaleRow, Tenant
from stegvis.platform.tenancy.scope import current
from stegvis.platform.ui.dates import long_day, short_day

DONE = ("signed", "hours", "form", "called", "offered")
OFFERED_FROM = 20  # ours: from this day of it a month may be confirmed
MOST = 60 * 60  # minutes of one kind in a week


class Refused(ValueError):
    """What was sent cannot be; the sentence says why."""


class Desk:
    """Read once for the page and for what is sent. Everything is asked for by the link's own
    placement: there is no key in the address or in a form that could lead elsewhere."""

    def __init__(self, request: HttpRequest, link: EmployerLink, town: Tenant) -> None:
        self.request, self.link, self.town = request, link, town
        self.row, self.on = link.placement, current().on
        self.row.person = link.person
        self.versions = versions_of(self.row.pk)
        self.waiting = self._to_sign()
        self.holds = in_force(self.versions, self.on)
        self.forms = side_by_side(self.row.pk)
        self.said_hours = said_hours(self.row.pk)
        do = request.POST.get("do", "") if request.method == "POST" else ""
        self.do, self.fault = do, ""
        open_ones = open_months(self.row, self.forms, "employer", on=self.on)
        name = link.person.given_name
        data = request.POST if do == "form" else None
        asked = open_ones and self.holds is not None
        self.answers = AnswersForm(data, months=open_ones, name=name, own=False) if asked else None
        self.offer = OfferForm(request.POST if do == "offer" else None, prefix="offer")
        self.weeks, self.typed = self._weeks(), dict[str, str]()

    def _to_sign(self) -> Any:
        version = on_the_way(self.versions)
        return version if version and version.state == "ready" else None

    # What is sent

    def done(self, submission: uuid.UUID) -> str | None:
        """The word of what was done; nothing when it could not be. Nothing is written half."""
        verbs = {
            "sign": self._sign, "hours": self._hours, "form": self._form,
            "call": self._call, "offer": self._offer,
        }  # fmt: skip
        verb = verbs.get(self.do)
        if verb is None:
            return None
        try:
            with transaction.atomic():
                return verb(submission)
        except NotNow as fault:
            self.fault = str(FAULTS[fault.code])
        except StaleRow:
            self.fault = str(FAULTS["changed"])
        except Refused as fault:
            self.fault = str(fault)
        return None

    def _sign(self, submission: uuid.UUID) -> str:
        digest = self.request.POST.get("digest", "")
        actions.sign_by_link(self.link, actions.Signing(Side.EMPLOYER, "link", digest, submission))
        return "signed"

    def _call(self, submission: uuid.UUID) -> str:
        actions.ask_call(self.link, submission=submission)
        return "called"

    def _form(self, submission: uuid.UUID) -> str:
        if self.answers is None:
            raise NotNow("answered")
        if not self.answers.is_valid():
            raise Refused(_("Something is missing in the answers. It stands beside each."))
        actions.answer_by_link(self.link, self.answers.said, submission=submission)
        return "form"

    def _offer(self, submission: uuid.UUID) -> str:
        if not self.offer.is_valid():
            raise Refused(_("Say what work it is."))
        actions.offer_place(
            self.link, actions.Offer(**self.offer.cleaned_data), submission=submission
        )
        return "offered"

    def _hours(self, submission: uuid.UUID) -> str:
        month = self._month()
        if not month or self.request.POST.get("month") != month:
            raise NotNow("ahead")
        found: dict[str, dict[str, int]] = {}
        same = True
        for week in self.weeks:
            for kind in self._kinds():
                minutes = self._minutes(f"{kind}-{week.week}")
                found.setdefault(kind, {})[week.week] = minutes
                same = same and minutes == week.agreed.get(kind, 0)
        actions.confirm_hours(self.link, month, found, as_agreed=same, submission=submission)
        return "hours"

    def _minutes(self, name: str) -> int:
        text = self.request.POST.get(name, "").strip()[:8]
        self.typed = {**self.typed, name: text}
        try:
            minutes = round(read_hours(text or "0") * 60)
        except ValueError:
            raise Refused(_("Write hours as 6 or 7,5.")) from None
        if not 0 <= minutes <= MOST:
            raise Refused(_("More than a week holds. Is the number right?"))
        return minutes

    # What is read

    def _month(self) -> str:
        """The month to confirm: the first of the last two that nobody has confirmed; this one from
        its twentieth day."""
        if self.holds is None and not any(v.state == "signed" for v in self.versions):
            return ""
        months = open_months(self.row, [], "employer", on=self.on)
        for month, _name in months:
            ready = month < f"{self.on:%Y-%m}" or self.on.day >= OFFERED_FROM
            if ready and month not in self.said_hours:
                return month
        return ""

    def _kinds(self) -> list[str]:
        lines = holdings(self.versions, ended=self.row.until)
        return [kind for kind, several in lines.items() if several]

    def _weeks(self) -> list[WeekPart]:
        month = self._month()
        lines: Any = holdings(self.versions, ended=self.row.until)
        return weeks_of(month, lines) if month else []

    def context(self) -> dict[str, Any]:
        shown = self.waiting or self.holds
        shown = shown or next((v for v in self.versions if v.state == "signed"), None)
        done = [word for word in DONE if word in self.request.GET]
        told = told_now(self.link.person_id, self.row.pk)
        return {
            "town": self.town.name, "contact": self.link.contact.name.split(" ")[0],
            "given": self.link.person.given_name, "site": self.row.site.name,
            "said": laid_out(shown.document, told=told) if shown else None,
            "to_sign": self.waiting, "signed": self._signed(),
            "caller": self._caller(), "calls": self._calls(), "next": self._next(),
            "month": month_name(self._month()) if self._month() else "", "code": self._month(),
            "weeks": self._rows(), "kinds": [(k, KINDS[k]) for k in self._kinds()],
            "confirmed": self._confirmed(), "answers": self.answers, "offer": self.offer,
            "answered": any(one.employer for one in self.forms), "fault": self.fault,
            "do": self.do, "done": done[0] if done else "",
            "until": long_day(self.link.expires_at.date()),
        }  # fmt: skip

    def _signed(self) -> bool:
        if self.waiting is None:
            return False
        return any(one.side == Side.EMPLOYER and one.signature for one in signed_by(self.waiting))

    def _caller(self) -> str:
        """The one name the company has here: its entrance, else whoever gave the link."""
        member = self.row.site.entrance_id or self.link.by_id
        row = Member.members.filter(pk=member).first() if member else None
        return row.name.split(" ")[0] if row else ""

    def _calls(self) -> CallAsked | None:
        rows = CallAsked.objects.filter(placement=self.row.pk, person=self.link.person_id)
        waits: CallAsked | None = rows.filter(handled_at__isnull=True).first()
        return waits

    def _next(self) -> str:
        rows = FollowUpDate.objects.filter(placement=self.row.pk, person=self.link.person_id)
        row = rows.filter(state="planned", on__gte=self.on).order_by("on", "id").first()
        return f"{long_day(row.on)}. {WAYS[row.way]}" if row else ""

    def _rows(self) -> list[dict[str, Any]]:
        found = []
        for week in self.weeks:
            cells = []
            for kind in self._kinds():
                name = f"{kind}-{week.week}"
                agreed = as_hours(week.agreed.get(kind, 0)) or "0"
                value = self.typed.get(name, agreed)
                cells.append({
                    "name": name, "value": value, "changed": value != agreed, "what": KINDS[kind],
                })  # fmt: skip
            days = short_day(week.since, self.on)
            if week.last > week.since:
                days += f"–{short_day(week.last, self.on)}"
            found.append({"number": week.number, "days": days, "cells": cells})
        return found

    def _confirmed(self) -> list[dict[str, Any]]:
        """What the company has said of the last two months."""
        found = []
        for month, rows in sorted(self.said_hours.items(), reverse=True)[:2]:
            parts = [
                f"{said_in_hours(row.minutes)} {KINDS[kind]}" for kind, row in sorted(rows.items())
            ]
            found.append({"month": month_name(month), "said": ". ".join(parts)})
        return found
