"""Sending: the grounds are asked now, the paper is made, kept sealed and handed over by a link that
opens once with a code, or on paper."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from stegvis.core.values.periods import Period
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import OrderLine
from stegvis.journey.reports.actions.writing import permit_staff
from stegvis.journey.reports.facts.covering import Grounds, grounds_of, unseen
from stegvis.journey.reports.facts.reading import unfit_word
from stegvis.journey.reports.models import (
    GRACE_MINUTES,
    LINK_DAYS,
    Dispatch,
    Link,
    Report,
    ReportLine,
)
from stegvis.journey.reports.words import SECTIONS
from stegvis.journey.standing.actions import tell
from stegvis.journey.waivers.facts import held_still
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.access.decision import Actor
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.access.sealing import mark, seal_bytes, unseal_bytes
from stegvis.platform.documents.typesetting import MorePages, TooLarge, Unprintable, pdf
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.speech import speaking
from stegvis.platform.ui.dates import long_day

CODE_DIGITS = 8
MAIL_TASK = "reports.mail"
DAY = dt.timedelta(days=1)
PAPERS: dict[str, str] = {Report.Kind.REPORT: "report", Report.Kind.FORM: "feedback"}


class Unfit(NotNow):
    """A word that does not belong there, or a letter that cannot be printed."""

    def __init__(self, code: str, word: str) -> None:
        super().__init__(code)
        self.word = word


@dataclass(frozen=True, slots=True)
class Sending:
    """How it is to go, and on which day. `sender`: the municipality and, unless that would tell
    where a protected person is, the unit."""

    way: str
    sender: str
    on: dt.date
    address: str = ""
    base: str = ""  # where the product is reached: the beginning of the link
    submission: uuid.UUID = field(default_factory=uuid7)


def send(report: Report, sending: Sending, *, by: Actor | None) -> Dispatch:
    """Everything is asked anew in this moment: access, waivers, words. Raises NotNow, StaleRow."""
    permit_staff(by, report.person_id)
    held_still(report.person_id)
    at = timezone.now()  # after the wait: what was withdrawn in it covers nothing
    lines = list(ReportLine.objects.filter(report=report).select_for_update().order_by("id"))
    lines.sort(key=lambda line: line.position)
    found = grounds_of(report, lines, at=at)
    shielded = is_shielded(report.person_id)
    _check(report, lines, found, sending, shielded=shielded)
    made = _paper(report, lines, found, sending.sender, on=sending.on)
    report.state = Report.State.SENT
    report.save_if_unchanged("state")
    row = _dispatched(report, sending, found, made, by=by)
    if sending.way == Dispatch.By.LINK:
        _queue(_link(row, at), sending.base)
    _told(report, sending.on)
    wrote(
        "report_sent",
        [report.person_id],
        report=str(report.pk),
        to=report.recipient_kind,
        way=sending.way,
        waivers=sorted(found.waivers),
        sections=sorted(found.kept),
    )
    return row


def _dispatched(
    report: Report, sending: Sending, found: Grounds, made: bytes, *, by: Actor | None
) -> Dispatch:
    """The paper as it went, sealed, with the grounds of each passage."""
    row = Dispatch(
        tenant_id=report.tenant_id,
        report=report,
        person_id=report.person_id,
        way=sending.way,
        recipient_kind=report.recipient_kind,
        recipient_name=report.recipient_name,
        recipient_address=sending.address,
        grounds=found.kept,
        waivers=[uuid.UUID(key) for key in found.waivers],
        struck=found.struck,
        sealed=seal_bytes(report.tenant_id, made),
        digest=hashlib.sha256(made).hexdigest(),
        seen=report.has_been_seen,
        commented=bool(report.comment),
        by_id=by.member if by else None,
        submission=sending.submission,
    )
    row.save(force_insert=True)
    return row


def _told(report: Report, on: dt.date) -> None:
    """Whoever referred is as a rule also who enrolled: a programme may ask for either. The form is
    the feedback to who enrolled, and no report."""
    seen = report.has_been_seen
    said: dict[str, Any] = {"seen_by_participant": seen, "step": report.step or None}
    enrolment = report.enrolment
    if report.kind == Report.Kind.FORM:
        tell(enrolment, "report", source=report.pk, on=on, to="enrolling_agency", **said)
        return
    tell(enrolment, "report", source=report.pk, on=on, to="referrer", **said)
    if report.recipient_kind == enrolment.agency:
        other = uuid.uuid5(report.pk, "enrolling_agency")
        tell(enrolment, "report", source=other, on=on, to="enrolling_agency", **said)


def _check(
    report: Report,
    lines: list[ReportLine],
    found: Grounds,
    sending: Sending,
    *,
    shielded: bool,
) -> None:
    if report.state != Report.State.DRAFT:
        raise NotNow("already_sent")
    if not report.may_leave or unseen(report, lines, found):
        raise NotNow("not_seen")
    if not found.kept:
        raise NotNow("nothing_covered")
    if sending.way == Dispatch.By.LINK:
        if shielded:
            raise NotNow("protected")
        if not sending.address:
            raise NotNow("address_missing")
    for line in lines:
        if line.section in found.kept and (word := unfit_word(line.text)):
            raise Unfit("unfit_word", word)


def title_of(report: Report, name: str) -> str:
    if report.kind == Report.Kind.FORM:
        return _("Feedback: %(name)s") % {"name": name}
    return _("Report: %(name)s") % {"name": name}


def head_of(report: Report) -> list[str]:
    """To whom, which referral, which days, and what they asked for."""
    referral = report.referral
    said = [_("To: %(name)s") % {"name": report.recipient_name}]
    if referral is not None and referral.received_on:
        said.append(
            _("Your referral %(number)s, %(day)s")
            % {"number": referral.number, "day": long_day(referral.received_on)}
        )
    period = Period(report.since, report.until)
    said.append(
        _("The days from %(since)s to %(until)s")
        % {"since": long_day(period.since), "until": long_day(report.until - DAY)}
    )
    return said


def asked_of(report: Report) -> list[str]:
    rows = OrderLine.objects.filter(referral=report.referral_id).order_by("id")
    return [row.what for row in rows]


def draft_paper(report: Report, sender: str, *, on: dt.date) -> bytes:
    """As it would go now, for the person to have before them. Raises NotNow."""
    lines = list(ReportLine.objects.filter(report=report))
    found = grounds_of(report, lines, at=timezone.now())
    return _paper(report, lines, found, sender, on=on, draft=True)


def _paper(
    report: Report,
    lines: list[ReportLine],
    found: Grounds,
    sender: str,
    *,
    on: dt.date,
    draft: bool = False,
) -> bytes:
    """The person's name, what may go, and their own words. Nothing else of the record."""
    with speaking(report.language):
        values = {
            "title": title_of(report, report.person.name),
            "sender": sender,
            "date": long_day(on),
            "label": report.kind == Report.Kind.REPORT,  # the form tells of no observations
            "to": head_of(report),
            "sections": [
                {"title": str(SECTIONS[line.section]), "lines": line.text.split("\n")}
                for line in lines
                if line.section in found.kept
            ],
            "comment": _comment(report),
            "ending": _("Draft. It has not been sent.") if draft else "",
        }
        try:
            return pdf(PAPERS[report.kind], values, report.language)
        except MorePages:
            raise NotNow("over_a_page") from None
        except Unprintable as fault:
            raise Unfit("unprintable", fault.letters) from None
        except TooLarge:
            raise NotNow("too_long") from None


def _comment(report: Report) -> dict[str, str] | None:
    if not report.comment:
        return None
    words = _("%(name)s’s own comment") % {"name": report.person.given_name}
    return {"title": words, "text": report.comment}


def paper_of(dispatch: Dispatch) -> bytes:
    """What went out, byte by byte."""
    return unseal_bytes(dispatch.tenant_id, bytes(dispatch.sealed))


# The link


def _link(dispatch: Dispatch, at: dt.datetime) -> Link:
    row = Link(
        tenant_id=dispatch.tenant_id,
        dispatch=dispatch,
        person_id=dispatch.person_id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
    )
    row.save(force_insert=True)
    return row


def _queue(link: Link, base: str) -> None:
    """Have it mailed by the worker, once this transaction is through. The token is made there: it
    lies in no queue."""
    job = app.configure_task(MAIL_TASK, queue="mail")
    job.defer(tenant=str(link.tenant_id), link=str(link.pk), round=link.round, base=base)


def code_of(link: Link) -> str:
    """Eight digits, told apart from the link: by telephone. Worked out, never kept."""
    raw = mark(link.tenant_id, f"report-code:{link.pk}:{link.round}")
    return f"{int.from_bytes(raw[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(link: Link) -> str:
    """A fresh token; the earlier one leads nowhere from now on. Kept as a hash alone."""
    token = secrets.token_urlsafe(24)
    link.token_hash = hashed(token)
    link.save_if_unchanged("token_hash")
    return token


def renew(link: Link, *, by: Actor | None, base: str) -> None:
    """Another link and another code: the mail went wrong, or the codes were used up."""
    permit_staff(by, link.person_id)
    if link.opened_at is not None:
        raise NotNow("opened_already")
    if is_shielded(link.person_id):
        raise NotNow("protected")
    if not may_still_go(link, timezone.now()):
        raise NotNow("covered_no_longer")
    link.round += 1
    link.wrong_codes, link.token_hash, link.mail, link.fault = 0, "", Link.Mail.WAITING, ""
    link.expires_at = timezone.now() + dt.timedelta(days=LINK_DAYS)
    link.save_if_unchanged("round", "wrong_codes", "token_hash", "mail", "fault", "expires_at")
    _queue(link, base)
    wrote("report_link_renewed", [link.person_id], link=str(link.pk))


def may_still_go(link: Link, at: dt.datetime) -> bool:
    """A link that nobody has opened has told nobody anything: what is told is told at that moment,
    on the waivers it was sent on, and of somebody protected since it is told on paper alone."""
    needed = set(link.dispatch.waivers)
    live = Waiver.waivers.live(at).filter(pk__in=needed, person=link.person_id)
    return live.count() == len(needed) and not is_shielded(link.person_id)


def opened(token: str, code: str, browser: str, *, at: dt.datetime) -> bytes | None:
    """The paper, for whoever has the link and its code; None for every other case alike. The first
    to open it has a short while to fetch it again, in the same browser; nobody else ever does.
    Called in the municipality the link names, as a job without a person behind it."""
    rows = Link.objects.select_for_update(of=("self",)).filter(token_hash=hashed(token))
    link = rows.select_related("dispatch").first()
    right = hmac.compare_digest((code_of(link) if link else "").encode(), code.encode())
    if link is None:
        return None
    if link.is_closed or link.expires_at <= at:
        wrote("report_link_refused", [link.person_id], sort=Sort.DENIED, reason="over")
        return None
    if not right:
        Link.objects.filter(pk=link.pk).update(
            wrong_codes=F("wrong_codes") + 1, version=F("version") + 1
        )
        wrote("report_link_refused", [link.person_id], sort=Sort.DENIED, reason="code")
        return None
    mine = hashed(browser)
    if link.opened_at is None and not may_still_go(link, at):
        wrote("report_link_refused", [link.person_id], sort=Sort.DENIED, reason="not_covered")
        return None
    if link.opened_at is None:
        link.opened_at, link.opened_by = at, mine
    elif link.opened_by != mine or at > link.opened_at + dt.timedelta(minutes=GRACE_MINUTES):
        wrote("report_link_refused", [link.person_id], sort=Sort.DENIED, reason="used")
        return None
    link.fetched += 1
    link.save_if_unchanged("opened_at", "opened_by", "fetched")
    wrote("report_opened", [link.person_id], dispatch=str(link.dispatch_id), nth=link.fetched)
    return paper_of(link.dispatch)
