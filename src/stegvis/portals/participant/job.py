"""My agreement with a company: what is agreed, what the company may know, my signature, and how it
goes there (JI-16). Nobody signs or answers for me here."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import (
    in_force,
    on_the_way,
    placements_of,
    shares,
    side_by_side,
    signed_by,
    versions_of,
)
from stegvis.journey.agreements.forms import AnswersForm
from stegvis.journey.agreements.models import Side
from stegvis.journey.agreements.pages.answers import open_months
from stegvis.journey.agreements.pages.ground import chosen, submission
from stegvis.journey.agreements.pages.said import laid_out
from stegvis.journey.agreements.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.participant.own import Own, own, shown


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
def my_job(request: HttpRequest) -> HttpResponse:
    posts = request.method == "POST"
    mine = own(request, FieldClass.VOICE if posts else FieldClass.WORK)
    job = _Job(mine, request)
    if posts and job.row is None:
        raise Http404
    if posts and job.done():
        return redirect("my_job")
    return shown(request, "job", mine, **job.context())


class _Job:
    def __init__(self, mine: Own, request: HttpRequest) -> None:
        self.mine, self.request, self.fault = mine, request, ""
        self.row = chosen(placements_of(mine.person), "")
        self.versions = versions_of(self.row.pk) if self.row else []
        waiting = on_the_way(self.versions)
        self.to_sign = waiting if waiting and waiting.state == "ready" else None
        on = mine.visit.scope.on
        self.holds = in_force(self.versions, on)
        months = side_by_side(self.row.pk) if self.row else []
        open_ones = open_months(self.row, months, "participant", on=on) if self.row else []
        asked = self.holds is not None and open_ones
        data = request.POST if request.POST.get("do") == "form" else None
        self.form = AnswersForm(data, months=open_ones, name="", own=True) if asked else None

    def done(self) -> bool:
        do, _colon, key = self.request.POST.get("do", "").partition(":")
        try:
            if do == "sign":
                return self._signed()
            if do in {"yes", "no"}:
                return self._shared(key, shared=do == "yes")
            if do == "form":
                return self._answered()
        except NotNow as fault:
            self.fault = str(FAULTS[fault.code])
        except StaleRow:
            self.fault = str(FAULTS["changed"])
        return False

    def _signed(self) -> bool:
        digest = self.request.POST.get("digest", "")
        version = self.to_sign or next((v for v in self.versions if v.digest == digest), None)
        if version is None:
            raise NotNow("not_ready")
        act = actions.Signing(Side.PARTICIPANT, "own_page", digest, submission(self.request))
        actions.sign(version, act, by=self.mine.visit.actor)
        return True

    def _shared(self, key: str, *, shared: bool) -> bool:
        try:
            about = uuid.UUID(key)
        except ValueError:
            raise Http404 from None
        assert self.row is not None  # noqa: S101
        actions.answer_share(self.row, about, shared=shared, by=self.mine.visit.actor)
        return True

    def _answered(self) -> bool:
        if self.form is None or self.row is None:
            raise NotNow("answered")
        if not self.form.is_valid():
            return False
        by = self.mine.visit.actor
        actions.answer_form(self.row, self.form.said, by=by, submission=submission(self.request))
        return True

    def context(self) -> dict[str, Any]:
        read = self.to_sign or self.holds
        mine = [one for one in signed_by(read) if one.side == Side.PARTICIPANT] if read else []
        return {
            "placement": self.row, "said": laid_out(read.document) if read else None,
            "to_sign": self.to_sign if mine and mine[0].waits else None,
            "signed": bool(mine and not mine[0].waits),
            "shares": shares(self.mine.person, self.row.pk) if self.row else [],
            "form": self.form, "fault": self.fault,
        }  # fmt: skip
