"""Registering a placement: where, as what, to which ordinary hours, with whom, and the way out to
it (FM-27)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from stegvis.journey.employers.models import ContactPerson, Opening, Site
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions.asking import about, ask, works_there
from stegvis.journey.placements.actions.law import check, country
from stegvis.journey.placements.actions.visiting import NewVisit, plan_visit
from stegvis.journey.placements.facts.early import early_days
from stegvis.journey.placements.facts.site import grade_of
from stegvis.journey.placements.models import Match, Placement, PlacementLine, Visit
from stegvis.journey.placements.words import EXTERNAL, kinds, places
from stegvis.journey.standing.actions import tell
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.decision import Actor
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

KEEP_AFTER = dt.timedelta(days=28)  # the contact so that it lasts; ours


@dataclass(frozen=True, slots=True)
class NewLine:
    pay: str
    function: str
    hours_week: Decimal


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """`company`: who goes along the first day. `group`, `job_ready`, `talked_on`: asked in Denmark
    of what the law counts."""

    site: Site
    kind: str
    aim: str
    since: dt.date
    lines: Sequence[NewLine]
    ends: dt.date | None = None
    opening: Opening | None = None
    match: Match | None = None
    contact: ContactPerson | None = None
    guide: str = ""
    tasks: str = ""
    site_kind: str = "external_employer"
    company: uuid.UUID | None = None
    group: int | None = None
    job_ready: bool | None = None
    talked_on: dt.date | None = None


def place(
    enrolment: Enrolment,
    new: NewPlacement,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Placement:
    """Somebody is placed at a site, from a day. What the law forbids is refused (LawRefuses, a
    NotNow "law"). Raises NotNow: "ended", "aim_missing", "no_such_kind", "no_such_opening",
    "no_contact", "before_the_road", "ends_before", "no_hours", "same_function", "match_over",
    "overlaps"."""
    ask(by, enrolment.person_id)
    given = about(enrolment, by)
    _coherent(enrolment, new)
    # Two who place the same person follow each other.
    Enrolment.enrolments.select_for_update().only("pk").get(pk=enrolment.pk)
    _alone(enrolment, new)
    row = _row(enrolment, new, given, submission)
    check(row, new.lines)
    row.save(force_insert=True)
    each = {"tenant_id": row.tenant_id, "placement": row, "person_id": row.person_id}
    PlacementLine.objects.bulk_create(
        [
            PlacementLine(**each, pay=one.pay, function=one.function.strip(),
                          hours_week=one.hours_week)
            for one in new.lines
        ]
    )  # fmt: skip
    tell_placement(row)
    _way_out(enrolment, row, new, by)
    wrote(
        "placed", [row.person_id],
        placement=str(row.pk), sort_of=row.kind, place=row.site_kind, early=row.early,
    )  # fmt: skip
    return row


def _row(
    enrolment: Enrolment, new: NewPlacement, given: dict[str, object], submission: uuid.UUID | None
) -> Placement:
    days = early_days(enrolment) if new.site_kind in EXTERNAL else None
    after = (new.since - enrolment.since).days
    return Placement(
        **given,
        site=new.site,
        opening=new.opening,
        match=new.match,
        kind=new.kind,
        site_kind=new.site_kind,
        aim=new.aim.strip(),
        tasks=new.tasks.strip() or (new.opening.tasks if new.opening else ""),
        contact=new.contact,
        guide=new.guide.strip(),
        since=new.since,
        ends=new.ends,
        planned=new.since,
        begun_on=new.since if new.since <= current().on else None,
        grade=grade_of(new.site, on=new.since),
        early=days is not None and after <= days,
        early_days=days,
        group=new.group,
        job_ready=new.job_ready,
        talked_on=new.talked_on,
        submission=submission or uuid7(),
    )


def _coherent(enrolment: Enrolment, new: NewPlacement) -> None:
    if not new.aim.strip():
        raise NotNow("aim_missing")
    here = country()
    if new.kind not in kinds(here) or new.site_kind not in places(here):
        raise NotNow("no_such_kind")
    if new.opening is not None and new.opening.site_id != new.site.pk:
        raise NotNow("no_such_opening")
    works_there(new.contact, new.site)
    if new.since < enrolment.since:
        raise NotNow("before_the_road")
    if new.ends is not None and new.ends < new.since:
        raise NotNow("ends_before")
    _lines(new.lines)


def _lines(lines: Sequence[NewLine]) -> None:
    if not lines or any(not one.function.strip() or one.hours_week <= 0 for one in lines):
        raise NotNow("no_hours")
    functions = {" ".join(one.function.casefold().split()) for one in lines}
    if len(functions) < len(lines):
        raise NotNow("same_function")


def _alone(enrolment: Enrolment, new: NewPlacement) -> None:
    """Once at a site at a time, and a match is placed once."""
    rows = Placement.placements.standing(new.since).filter(enrolment=enrolment)
    if rows.filter(site=new.site).exists():
        raise NotNow("overlaps")
    if new.match is None:
        return
    if new.match.enrolment_id != enrolment.pk or new.match.state != Match.State.ACCEPTED:
        raise NotNow("match_over")
    if Placement.placements.filter(match=new.match).exists():
        raise NotNow("match_over")


def tell_placement(row: Placement) -> None:
    """That somebody is placed, of which kind, and that somebody there answers for them; never
    where."""
    tell(
        row.enrolment, "placement", source=row.pk, on=row.since, until=row.until,
        site=row.site_kind, form=row.kind, grade=row.grade or None, early=row.early,
    )  # fmt: skip
    if row.contact_id:
        tell(row.enrolment, "contact_person", source=row.pk, on=row.since, at=row.site_kind)
    else:
        _untell_contact(row)


def _untell_contact(row: Placement) -> None:
    """Nobody there answers any more: what was told of that counts no more, the placement does."""
    DatedFact.objects.filter(source=row.pk, kind="contact_person").update(struck=True)


def _way_out(enrolment: Enrolment, row: Placement, new: NewPlacement, by: Actor | None) -> None:
    """From the safe group to a place outside (KN-137): somebody goes along the first day, and asks
    again when it has lasted a while."""
    if row.site_kind not in EXTERNAL:
        return
    company = new.company or (by.member if by else None)
    today = current().on
    first = NewVisit(new.site, Visit.Kind.START, row.since, new.opening, company)
    if row.since >= today:
        plan_visit(enrolment, first, by=by)
    again = max(row.since + KEEP_AFTER, today)
    plan_visit(enrolment, NewVisit(new.site, Visit.Kind.KEEP, again, None, company), by=by)
