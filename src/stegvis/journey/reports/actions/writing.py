"""The draft, and the person's access to it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone

from stegvis.core.values.periods import Period
from stegvis.journey.abilities.models import SelfRating
from stegvis.journey.background.models import Critique
from stegvis.journey.followups.facts import job_search_count
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment, OrderLine, Referral
from stegvis.journey.intake.words import agency
from stegvis.journey.plans.facts import Stand, goals
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.reports.facts.drafting import Draft, Record, drafted
from stegvis.journey.reports.facts.feedback import form_of
from stegvis.journey.reports.models import Report, ReportLine
from stegvis.journey.standing import facts as standing
from stegvis.journey.standing.models import Judged, StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.authority import Hidden, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.speech import speaking

DAY = dt.timedelta(days=1)
STAFF = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)


def permit_staff(by: Actor | None, person: uuid.UUID) -> None:
    """Those who may write it; the person may read it, and say what they think of it."""
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    if by is not None and not by.holds(*STAFF):
        raise Hidden(person, "field_class")


def draft(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    since: dt.date,
    until: dt.date,
    occasion: str,
    step: str = "",
    language: str = "sv",
    kind: str = Report.Kind.REPORT,
) -> Report:
    """A first proposal from what is recorded. Raises NotNow where nobody referred."""
    permit_staff(by, enrolment.person_id)
    referral = enrolment.referral
    if referral is None:
        raise NotNow("no_referrer")
    period = Period(since, until)
    with speaking(language):
        row = Report(
            tenant_id=enrolment.tenant_id,
            enrolment=enrolment,
            person_id=enrolment.person_id,
            referral=referral,
            kind=kind,
            occasion=occasion,
            step=step,
            since=since,
            until=until,
            recipient_kind=referral.referrer_kind,
            recipient_name=referral.referrer_name or agency(referral.referrer_kind),
            language=language,
            by_id=by.member if by else None,
        )
        passages = _passages(row, enrolment, period)
    row.save(force_insert=True)
    ReportLine.objects.bulk_create([_line(row, at, one) for at, one in enumerate(passages)])
    wrote("report_drafted", [row.person_id], report=str(row.pk), kind=kind, occasion=occasion)
    return row


def _passages(row: Report, enrolment: Enrolment, period: Period) -> list[Draft]:
    if row.kind == Report.Kind.FORM:
        return form_of(enrolment, period)
    assert enrolment.referral is not None  # noqa: S101
    return drafted(_record(enrolment, enrolment.referral, period, row.language), period)


def _line(report: Report, position: int, one: Draft) -> ReportLine:
    return ReportLine(
        tenant_id=report.tenant_id,
        report=report,
        person_id=report.person_id,
        position=position,
        section=one.section,
        category=one.category,
        text=one.text,
        left_out=one.left_out,
    )


def _record(enrolment: Enrolment, referral: Referral, period: Period, language: str) -> Record:
    periods = StepPeriod.periods.standing().filter(enrolment=enrolment).order_by("since", "id")
    decisions = StepDecision.objects.filter(enrolment=enrolment, corrections__isnull=True)
    judged = Judged.objects.filter(enrolment=enrolment).order_by("on", "id")
    return Record(
        enrolment=enrolment,
        programme=programmes({enrolment.programme_id})[enrolment.programme_id],
        facts=standing.case(enrolment.pk),
        periods=list(periods),
        decisions=list(decisions.defer("advice").order_by("effective_on", "id")),
        judged=list(judged),
        orders=list(OrderLine.objects.filter(referral=referral).order_by("id")),
        goals=_goals(enrolment, period),
        sought=job_search_count(enrolment, period.since, period.until or dt.date.max),
        track=enrolment.unit.track,
        lang=language,
    )


def _goals(enrolment: Enrolment, period: Period) -> list[Stand]:
    """Without those made of an answer about the body, or of what somebody had against an authority:
    the class of the answer stays with the goal."""
    found = goals(enrolment, on=(period.until or dt.date.max) - DAY)
    keys = {one.goal.source_key for one in found if one.goal.source_key}
    if not keys:
        return found
    closed = {
        *SelfRating.objects.filter(pk__in=keys, bodily=True).values_list("pk", flat=True),
        *Critique.notes.filter(pk__in=keys).values_list("pk", flat=True),
    }
    return [one for one in found if one.goal.source_key not in closed]


def _open(report: Report) -> None:
    if report.state != Report.State.DRAFT:
        raise NotNow("already_sent")


def rewrite(report: Report, line: ReportLine, text: str, *, by: Actor | None) -> None:
    """Another wording; what the person has seen must be seen anew. Raises StaleRow."""
    permit_staff(by, report.person_id)
    _open(report)
    if line.text == text:
        return
    line.text = text
    line.save_if_unchanged("text")
    _revised(report)
    wrote("report_rewritten", [report.person_id], report=str(report.pk), section=line.section)


def leave_out(report: Report, line: ReportLine, *, out: bool, by: Actor | None) -> None:
    """To take a passage away needs no new look; to put one in does. Raises StaleRow."""
    permit_staff(by, report.person_id)
    _open(report)
    line.left_out = out
    line.save_if_unchanged("left_out")
    if not out:
        _revised(report)
    wrote(
        "report_passage_left_out" if out else "report_passage_put_in",
        [report.person_id],
        report=str(report.pk),
        section=line.section,
    )


def _revised(report: Report) -> None:
    report.revision += 1
    report.refused_at = None  # what they did not want to see was another text
    report.save_if_unchanged("revision", "refused_at")


def show(report: Report, *, by: Actor | None) -> None:
    """Lay it out on the person's own page."""
    permit_staff(by, report.person_id)
    _open(report)
    report.shown_at = timezone.now()
    report.save_if_unchanged("shown_at")
    wrote("report_shown", [report.person_id], report=str(report.pk))


def saw(report: Report, *, by: Actor | None) -> None:
    """The person has opened it on their own page."""
    permit(by, Act.WRITE, report.person_id, FieldClass.VOICE)
    _open(report)
    _seen(report, Report.Way.OWN_PAGE)


def note_seen(report: Report, how: str, *, by: Actor | None) -> None:
    """It was read together, or handed over on paper."""
    permit_staff(by, report.person_id)
    _open(report)
    _seen(report, Report.Way(how))


def _seen(report: Report, how: Report.Way) -> None:
    report.seen_at, report.seen_how = timezone.now(), how
    report.seen_revision, report.refused_at = report.revision, None
    report.save_if_unchanged("seen_at", "seen_how", "seen_revision", "refused_at")
    wrote("report_seen", [report.person_id], report=str(report.pk), how=str(how))


def refuse(report: Report, *, by: Actor | None) -> None:
    """The person was asked and did not want to see it: noted, so that it may go (INV-7)."""
    permit_staff(by, report.person_id)
    _open(report)
    report.refused_at = timezone.now()
    report.save_if_unchanged("refused_at")
    wrote("report_refused", [report.person_id], report=str(report.pk))


def comment(report: Report, text: str, *, by: Actor | None) -> None:
    """What the person says of it goes with it, word by word. Their words alone: whoever writes them
    down for somebody holds the right to write in the person's voice, and never over what the
    person wrote with their own hand (N-18)."""
    permit(by, Act.WRITE, report.person_id, FieldClass.VOICE)
    _open(report)
    own = by is not None and by.holds(Role.PARTICIPANT)
    if report.commented_own and not own:
        raise NotNow("their_own_words")
    report.comment, report.commented_at, report.commented_own = text.strip(), timezone.now(), own
    report.save_if_unchanged("comment", "commented_at", "commented_own")
    wrote("report_commented", [report.person_id], report=str(report.pk))


def drop(report: Report, *, by: Actor | None) -> None:
    """Put a draft aside; it stays to be read in the history."""
    permit_staff(by, report.person_id)
    _open(report)
    report.state = Report.State.DROPPED
    report.save_if_unchanged("state")
    wrote("report_dropped", [report.person_id], report=str(report.pk))
