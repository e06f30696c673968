"""One report: the paper as it would go now, why each passage may, what stays, and sending it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.reports import actions
from stegvis.journey.reports.actions.sending import (
    Sending,
    Unfit,
    asked_of,
    code_of,
    draft_paper,
    head_of,
    may_still_go,
    paper_of,
    title_of,
)
from stegvis.journey.reports.facts.covering import REFERRAL, Grounds, grounds_of, unseen
from stegvis.journey.reports.facts.feedback import LONGEST
from stegvis.journey.reports.forms import CommentForm, PassageForm, SendForm
from stegvis.journey.reports.models import Dispatch, Report, ReportLine
from stegvis.journey.reports.pages.listing import READERS, WRITERS
from stegvis.journey.reports.words import FAULTS, NEVER, SECTIONS, SEEN, STATES, STRUCK
from stegvis.journey.waivers.words import CATEGORIES
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.speech import speaking


def _report(person: uuid.UUID, report: uuid.UUID) -> Report:
    rows = Report.reports.filter(pk=report, person=person)
    row = rows.select_related("person", "referral", "enrolment__unit").first()
    if row is None:
        raise Http404
    return row


@page(*READERS, shows=FieldClass.DISCLOSURE, person="person", writes=True)
def report(request: HttpRequest, person: uuid.UUID, report: uuid.UUID) -> HttpResponse:
    """Review, change, show, send; once sent, what became of it."""
    visit = visit_of(request)
    sheet = _Sheet(_report(person, report), visit, request)
    if request.method == "POST" and sheet.done():
        return redirect("report", person=person, report=report)
    return render(request, "reports/report.html", sheet.context())


@page(*READERS, shows=FieldClass.DISCLOSURE, person="person")
@require_safe
def paper(request: HttpRequest, person: uuid.UUID, report: uuid.UUID) -> HttpResponse:
    """What went out, as it went out; of a draft, what would go now, for the person to read."""
    row = _report(person, report)
    sent = Dispatch.objects.filter(report=row).first()
    try:
        made = paper_of(sent) if sent else _draft(row, request)
    except NotNow as fault:
        messages.warning(request, str(FAULTS[fault.code]) % {"word": getattr(fault, "word", "")})
        return redirect("report", person=person, report=report)
    wrote("report_paper_fetched", [person], report=str(report), sent=sent is not None)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="report.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _draft(row: Report, request: HttpRequest) -> bytes:
    visit = visit_of(request)
    sender = sender_of(row, visit, shielded=is_shielded(row.person_id))
    return draft_paper(row, sender, on=visit.scope.on)


def sender_of(row: Report, visit: Visit, *, shielded: bool) -> str:
    """Where a protected person goes to work is their address: the unit is not said."""
    if shielded:
        return visit.tenant_name
    return f"{visit.tenant_name}, {row.enrolment.unit.name}"


class _Sheet:
    def __init__(self, row: Report, visit: Visit, request: HttpRequest) -> None:
        self.row, self.visit, self.request = row, visit, request
        self.by = visit.actor
        self.now = timezone.now()
        self.lines = list(ReportLine.objects.filter(report=row))
        self.dispatch = self._dispatched()
        self.link = self.dispatch.links.first() if self.dispatch else None
        self.shielded = is_shielded(row.person_id)
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.fault = ""
        self.passages = {line.section: self._passage(line) for line in self.lines}
        self.comment = CommentForm(request.POST if self.sent == "comment" else None)
        self.send = SendForm(
            request.POST if self.sent == "send" else None,
            shielded=self.shielded,
            address=self._address(),
        )

    def _dispatched(self) -> Dispatch | None:
        return Dispatch.objects.filter(report=self.row).select_related("by").first()

    def _address(self) -> str:
        contact = self.row.referral.referrer_contact if self.row.referral else ""
        return contact if "@" in contact and " " not in contact.strip() else ""

    def _passage(self, line: ReportLine) -> PassageForm:
        data = self.request.POST if self.sent == f"save-{line.section}" else None
        return PassageForm(
            data,
            auto_id=f"{line.section}-%s",
            most=LONGEST if self.row.kind == Report.Kind.FORM else 2000,
            initial={"text": line.text, "version": line.version},
        )

    # What is done

    def done(self) -> bool:
        name, _dash, rest = self.sent.partition("-")
        verb = getattr(self, f"_do_{name}", None)
        if verb is None:
            return False
        try:
            return bool(verb(rest))
        except Unfit as fault:
            self.fault = str(FAULTS[fault.code]) % {"word": fault.word}
        except NotNow as fault:
            self.fault = str(FAULTS[fault.code])
        except StaleRow:
            self.fault = _("A colleague has changed this meanwhile. Look again.")
        return False

    def _line(self, section: str) -> ReportLine:
        line = next((one for one in self.lines if one.section == section), None)
        if line is None:
            raise Http404
        return line

    def _do_save(self, section: str) -> bool:
        line, form = self._line(section), self.passages.get(section)
        if form is None or not form.is_valid():
            return False
        data = form.cleaned_data
        if data["version"] != line.version and data["text"] != line.text:
            said = _("A colleague has changed this meanwhile to: “%(text)s”. Yours is kept below.")
            form.add_error("text", said % {"text": line.text})
            form.data = {**form.data.dict(), "version": str(line.version)}  # type: ignore[attr-defined]
            return False
        actions.rewrite(self.row, line, data["text"], by=self.by)
        return True

    def _do_leave(self, section: str) -> bool:
        actions.leave_out(self.row, self._line(section), out=True, by=self.by)
        return True

    def _do_take(self, section: str) -> bool:
        actions.leave_out(self.row, self._line(section), out=False, by=self.by)
        return True

    def _do_show(self, _rest: str) -> bool:
        actions.show(self.row, by=self.by)
        return True

    def _do_seen(self, how: str) -> bool:
        if how not in ("together", "paper"):
            raise Http404
        actions.note_seen(self.row, how, by=self.by)
        return True

    def _do_refuse(self, _rest: str) -> bool:
        actions.refuse(self.row, by=self.by)
        return True

    def _do_comment(self, _rest: str) -> bool:
        if not self.comment.is_valid():
            return False
        actions.comment(self.row, self.comment.cleaned_data["text"], by=self.by)
        return True

    def _do_drop(self, _rest: str) -> bool:
        actions.drop(self.row, by=self.by)
        return True

    def _do_send(self, _rest: str) -> bool:
        if not self.send.is_valid():
            return False
        data = self.send.cleaned_data
        sending = Sending(
            way=data["way"],
            sender=sender_of(self.row, self.visit, shielded=self.shielded),
            on=self.visit.scope.on,
            address=data.get("address") or "",
            base=self.request.build_absolute_uri("/"),
        )
        actions.send(self.row, sending, by=self.by)
        messages.success(self.request, _("The report is on its way."))
        return True

    def _do_renew(self, _rest: str) -> bool:
        if self.link is None:
            raise Http404
        actions.renew(self.link, by=self.by, base=self.request.build_absolute_uri("/"))
        messages.success(self.request, _("A new link is on its way, with a new code."))
        return True

    # What is shown

    def context(self) -> dict[str, Any]:
        found = grounds_of(self.row, self.lines, at=self.now)
        kept, struck = found.kept, found.struck
        looked = self.row.may_leave and not unseen(self.row, self.lines, found)
        if self.dispatch:
            kept, struck = self.dispatch.grounds, self.dispatch.struck
        return self._about(looked=looked) | self._passages(found, kept, struck) | self._forms()

    def _about(self, *, looked: bool) -> dict[str, Any]:
        """Whose it is, in which state, and what is written above it on the paper."""
        state, tag, icon = STATES[self.row.state]
        person = self.row.person
        with speaking(self.row.language):
            paper_title, head = title_of(self.row, person.name), head_of(self.row)
        return {
            "person": {"name": person.name, "given": person.given_name, "pk": person.pk},
            "paper_url": reverse("report_paper", args=[person.pk, self.row.pk]),
            "reports_url": reverse("reports", args=[person.pk]),
            "sharing_url": self._sharing(),
            "row": self.row,
            "state": {"words": state, "tag": tag, "icon": icon},
            "draft": self.row.state == Report.State.DRAFT,
            "may_write": self.by.holds(*WRITERS),
            "paper": {
                "title": paper_title,
                "head": head,
                "sender": sender_of(self.row, self.visit, shielded=self.shielded),
            },
            "asked": asked_of(self.row),
            "never": NEVER,
            "looked": looked,
            "flow": self._flow(looked=looked),
            "seen_how": SEEN.get(self.row.seen_how, ""),
            "delivery": self._delivery(),
            "shielded": self.shielded,
        }

    def _passages(
        self, found: Grounds, kept: dict[str, str], struck: dict[str, str]
    ) -> dict[str, Any]:
        with speaking(self.row.language):
            titles = {code: str(words) for code, words in SECTIONS.items()}
        return {
            "sections": [
                self._section(line, titles, kept, found.waivers)
                for line in self.lines
                if line.section in kept
            ],
            "aside": [self._aside(line, struck) for line in self.lines if line.section in struck],
        }

    def _forms(self) -> dict[str, Any]:
        return {
            "comment": self.comment,
            "send": self.send,
            "fault": self.fault,
            "forms": [*self.passages.values(), self.comment, self.send],
        }

    def _sharing(self) -> str:
        where = reverse("sharing", args=[self.row.person_id])
        return f"{where}?kind={self.row.recipient_kind}#give"

    def _section(
        self, line: ReportLine, titles: dict[str, str], kept: dict[str, str], waivers: Any
    ) -> dict[str, Any]:
        on = kept[line.section]
        waiver = waivers.get(on)
        form = self.passages[line.section]
        return {
            "key": line.section,
            "title": titles[line.section],
            "text": line.text,
            "on_referral": on == REFERRAL,
            "until": waiver.over_at if waiver else None,
            "category": CATEGORIES[line.category],
            "form": form,
            "open": bool(form.errors),
        }

    def _aside(self, line: ReportLine, struck: dict[str, str]) -> dict[str, Any]:
        why = struck[line.section]
        form = self.passages[line.section]
        return {
            "key": line.section,
            "title": SECTIONS[line.section],
            "text": line.text,
            "why": STRUCK[why],
            "empty": why == "empty",
            "left_out": why == "left_out",
            "form": form,
            "open": bool(form.errors),
        }

    def _flow(self, *, looked: bool) -> list[dict[str, Any]]:
        """The four steps of a report, those done with their moment."""
        row, name = self.row, self.row.person.given_name
        seeing = _("%(name)s sees it")
        if looked:
            seeing = _("%(name)s has seen it")
        if row.refused_at and not row.has_been_seen:
            seeing = _("%(name)s did not want to see it")
        sent = self.dispatch
        states = [bool(row.pk), looked or bool(sent), bool(sent), bool(sent)]
        here = states.index(False) if False in states else -1
        words = [
            (_("Proposal written"), row.created_at),
            (seeing % {"name": name}, row.seen_at or row.refused_at),
            (_("You review"), None),
            (_("Sent"), sent.created_at if sent else None),
        ]
        return [
            {"n": n + 1, "words": said, "at": at, "done": states[n], "here": n == here}
            for n, (said, at) in enumerate(words)
        ]

    def _delivery(self) -> dict[str, Any] | None:
        sent, link = self.dispatch, self.link
        if sent is None:
            return None
        waits = link is not None and link.opened_at is None
        stopped = link is not None and waits and not may_still_go(link, self.now)
        told = waits and not stopped and self.by.holds(*WRITERS)
        if told and link is not None:
            wrote("report_code_shown", [self.row.person_id], link=str(link.pk))
        return {
            "way": sent.way,
            "to": sent.recipient_name,
            "address": sent.recipient_address,
            "at": sent.created_at,
            "by": sent.by.name if sent.by else "",
            "digest": sent.digest[:16],
            "paper_url": reverse("report_paper", args=[self.row.person_id, self.row.pk]),
            "code": code_of(link) if told and link else "",
            "link": link,
            "stopped": stopped,
            "over": link is not None and link.opened_at is None and link.expires_at <= self.now,
        }
