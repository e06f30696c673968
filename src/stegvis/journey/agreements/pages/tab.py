"""The agreement of a person: what holds, who has signed, the company's link, the days ahead."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.actions.links import hashed
from stegvis.journey.agreements.facts import (
    in_force,
    on_the_way,
    placements_of,
    shares,
    signed_by,
    versions_of,
)
from stegvis.journey.agreements.models import (
    AgreementVersion,
    CallAsked,
    EmployerLink,
    FollowUpDate,
    Side,
    Signature,
)
from stegvis.journey.agreements.pages.ground import (
    READERS,
    WRITERS,
    chosen,
    crumbs,
    named,
    submission,
    towards,
)
from stegvis.journey.agreements.pages.said import laid_out
from stegvis.journey.agreements.words import FAULTS, HOW, SIDES, STATES, WAYS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.platform.access.authority import may, subject
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.sealing import Unreadable, seal, unseal
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

COOKIE, SHOWN_SECONDS = "company_link", 600
DAYS_SHOWN = 12


@page(*READERS, shows=FieldClass.WORK, person="person", writes=True)
def agreement(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    sheet = Sheet(person, request)
    if request.method == "POST":
        answer = sheet.done()
        if answer is not None:
            return answer
    return render(request, "agreements/agreement.html", sheet.context())


class Sheet:
    """One placement's agreement, read once for the page and for its verbs."""

    def __init__(self, person: uuid.UUID, request: HttpRequest) -> None:
        self.request, self.visit, self.person = request, visit_of(request), person
        self.placements = placements_of(person)
        wanted = request.POST.get("placement", "") or request.GET.get("placement", "")
        self.placement = chosen(self.placements, wanted)
        self.versions = versions_of(self.placement.pk) if self.placement else []
        self.waiting = on_the_way(self.versions)
        self.holds = in_force(self.versions, self.visit.scope.on)

    # The verbs

    def done(self) -> HttpResponse | None:
        if self.placement is None:
            return None
        do, _colon, key = self.request.POST.get("do", "").partition(":")
        verb = self._verbs().get(do)
        if verb is None:
            return None
        here = redirect(f"{reverse('agreement', args=[self.person])}?placement={self.placement.pk}")
        try:
            return verb(key, here) or here
        except NotNow as fault:
            messages.warning(self.request, str(FAULTS[fault.code]))
        except StaleRow:
            messages.warning(self.request, str(FAULTS["changed"]))
        self.__init__(self.person, self.request)  # type: ignore[misc] # as it stands now
        return None

    def _verbs(self) -> dict[str, Callable[[str, HttpResponse], HttpResponse | None]]:
        return {
            "sign": lambda _key, _here: self._sign(Side.MUNICIPALITY, "signed_in"),
            "beside": lambda _key, _here: self._sign(Side.PARTICIPANT, "beside"),
            "paper": lambda _key, _here: self._sign(Side.PARTICIPANT, "paper"),
            "company": lambda _key, _here: self._sign(Side.EMPLOYER, "paper"),
            "back": lambda _key, _here: self._take_back(),
            "link": lambda _key, here: self._link(here),
            "mail": lambda _key, _here: self._mail(),
            "end": lambda _key, _here: self._end(),
            "called": lambda key, _here: self._called(key),
            "held": lambda key, _here: self._held(key),
        }

    def _sign(self, side: str, how: str) -> None:
        digest = self.request.POST.get("digest", "")
        version = self.waiting or next((v for v in self.versions if v.digest == digest), None)
        if version is None:
            raise Http404
        act = actions.Signing(side, how, digest, submission(self.request))
        actions.sign(version, act, by=self.visit.actor)
        messages.success(self.request, _("It is signed."))

    def _take_back(self) -> None:
        if self.waiting is None:
            raise Http404
        actions.take_back(self.waiting, by=self.visit.actor)

    def _link(self, here: HttpResponse) -> HttpResponse:
        """The token travels sealed, for this page alone, and is shown once."""
        assert self.placement is not None  # noqa: S101
        given = actions.give_link(self.placement, by=self.visit.actor)
        sealed = base64.urlsafe_b64encode(seal(self.visit.actor.tenant, given.token)).decode()
        here.set_cookie(
            COOKIE, sealed, max_age=SHOWN_SECONDS, path=reverse("agreement", args=[self.person]),
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
        )  # fmt: skip
        return here

    def _mail(self) -> None:
        assert self.placement is not None  # noqa: S101
        base = self.request.build_absolute_uri("/")
        actions.give_link(self.placement, by=self.visit.actor, base=base)
        messages.success(self.request, _("The link is on its way. Tell the code by telephone."))

    def _end(self) -> None:
        assert self.placement is not None  # noqa: S101
        actions.end_link(self.placement, by=self.visit.actor)

    def _called(self, key: str) -> None:
        row = self._of(CallAsked, key)
        actions.handle_call(row, by=self.visit.actor)

    def _held(self, key: str) -> None:
        actions.note_held(self._of(FollowUpDate, key), by=self.visit.actor, on=self.visit.scope.on)

    def _of(self, model: Any, key: str) -> Any:
        try:
            found = model.objects.filter(pk=uuid.UUID(key), person=self.person).first()
        except ValueError:
            raise Http404 from None
        if found is None:
            raise Http404
        return found

    # The page

    def context(self) -> dict[str, Any]:
        row = self.placement
        head = named(row.person) if row else crumbs(self.person)
        head |= {"placement": row, "writes": self._writes(), "others": self._others()}
        if row is None:
            return head
        shown = self.waiting if self.waiting and self.waiting.state == "ready" else self.holds
        shown = shown or next((v for v in self.versions if v.state == "signed"), None)
        return head | {
            "edit_url": reverse("agreement_edit", args=[self.person, row.pk]),
            "seen_url": reverse("agreement_seen", args=[self.person, row.pk]),
            "shown": shown, "said": laid_out(shown.document) if shown else None,
            "state": STATES[shown.state] if shown else None,
            "ready": bool(self.waiting and self.waiting.state == "ready"),
            "draft": self.waiting if self.waiting and self.waiting.state == "draft" else None,
            "holds": self.holds, "towards": towards(shown) if shown else None,
            "withheld": self._withheld(shown), "signed": self._signed(shown),
            "versions": [_line(one) for one in self.versions],
            "dates": self._dates(), "calls": self._calls(),
            "shielded": subject(self.visit.actor.tenant, self.person).shielded,
            **self._company(row),
        }  # fmt: skip

    def _writes(self) -> bool:
        visit: Visit = self.visit
        return visit.actor.holds(*WRITERS) and may(
            visit.actor, Act.WRITE, self.person, FieldClass.WORK, on=visit.scope.on
        )

    def _others(self) -> list[dict[str, Any]]:
        here = reverse("agreement", args=[self.person])
        return [
            {"url": f"{here}?placement={row.pk}", "row": row}
            for row in self.placements
            if self.placement and row.pk != self.placement.pk
        ]

    def _withheld(self, shown: AgreementVersion | None) -> dict[str, int]:
        """How many the person keeps to themselves, how many nobody has asked about, and how many
        they have taken back since the paper was made. Never what."""
        if shown is None:
            return {}
        said = shares(self.person, shown.placement_id)
        inside = {one["key"] for one in shown.document["considerations"]}
        kept = {str(one.key) for one in said if one.is_shared}
        return {
            "no": sum(one.shared is False and str(one.key) not in inside for one in said),
            "unasked": sum(one.shared is None for one in said),
            "back": len(inside - kept),
        }

    def _signed(self, shown: AgreementVersion | None) -> list[dict[str, Any]]:
        if shown is None:
            return []
        found = []
        names = {
            Side.PARTICIPANT: shown.person.name,
            Side.EMPLOYER: shown.contact.name if shown.contact else "",
            Side.MUNICIPALITY: self.visit.tenant_name,
        }
        for one in signed_by(shown):
            row: Signature | None = one.signature
            found.append({
                "side": str(one.side), "what": SIDES[one.side], "waits": row is None,
                "name": row.name if row else names[one.side],
                "how": HOW[row.how] if row else "", "on": row.on if row else None,
                "by": row.by.name if row and row.by and row.how in {"paper", "beside"} else "",
            })  # fmt: skip
        return found

    def _dates(self) -> list[dict[str, Any]]:
        rows = FollowUpDate.objects.filter(placement=self.placement, person=self.person)
        kept = rows.exclude(state="dropped").order_by("on", "id")
        on = self.visit.scope.on
        found = [
            {"key": row.pk, "on": row.on, "way": WAYS[row.way], "held": row.state == "held",
             "late": row.state == "planned" and row.on < on,
             "come": row.state == "planned" and row.on <= on}
            for row in kept
        ]  # fmt: skip
        left = [one for one in found if not one["held"]]
        return left[:DAYS_SHOWN]

    def _calls(self) -> list[CallAsked]:
        rows = CallAsked.objects.filter(placement=self.placement, person=self.person)
        return list(rows.filter(handled_at__isnull=True).select_related("link__contact"))

    def _company(self, row: Placement) -> dict[str, Any]:
        links = EmployerLink.objects.filter(placement=row, revoked_at__isnull=True)
        link = links.select_related("contact").first()
        if link is None:
            return {"link": None, "mailable": bool(row.contact and row.contact.email)}
        return {
            "link": link, "works": link.stands(timezone.now()),
            "code": _grouped(actions.code_of(link)) if self._writes() else "",
            "given": self._given(link), "mailable": bool(row.contact and row.contact.email),
        }  # fmt: skip

    def _given(self, link: EmployerLink) -> str:
        """The address just made, while it is the one that opens."""
        try:
            sealed = base64.urlsafe_b64decode(self.request.COOKIES.get(COOKIE, ""))
            token = unseal(self.visit.actor.tenant, sealed)
        except (Unreadable, ValueError, binascii.Error):
            return ""
        if link.token_hash != hashed(token):
            return ""
        return self.request.build_absolute_uri(f"/w/{token}/")


def _grouped(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def _line(version: AgreementVersion) -> dict[str, Any]:
    return {"row": version, "state": STATES[version.state]}
