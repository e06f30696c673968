"""The ledger of one person, who has none for last month, and the first year of many at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Lower

from stegvis.core.programme.model import Programme
from stegvis.core.progression.dues import amount
from stegvis.core.progression.road import Road, history
from stegvis.core.progression.windows import Series, hands_over, series
from stegvis.core.values import paid
from stegvis.core.values.paid import Figure, Kind, Line, Source
from stegvis.core.values.periods import add_months
from stegvis.journey.agreements.models import EmployerHours
from stegvis.journey.employers.models import Company
from stegvis.journey.hours.models import AfterCareContact, HandOver, HoursEntry
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.placements.models import Placement
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import facts as standing
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass

RULE = "ordinary_hours_in_month"
USUAL = Decimal(30)
DAY = dt.timedelta(days=1)


def key_of(employer: str) -> str:
    """The same for every spelling that means the same."""
    return " ".join(employer.casefold().split())


def last_month(on: dt.date) -> dt.date:
    return add_months(on.replace(day=1), -1)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every row of an enrolment, oldest first, and what counts of each month."""

    rows: tuple[HoursEntry, ...]
    months: Mapping[dt.date, tuple[Figure, ...]]
    names: Mapping[str, str]  # of employers, by key: as they were said last

    def of(self, month: dt.date, kind: Kind) -> int | None:
        return paid.total(self.months.get(month, ()), kind)


def ledger(enrolment: uuid.UUID) -> Ledger:
    """One query."""
    rows = HoursEntry.entries.filter(enrolment=enrolment).select_related("by")
    return counted(list(rows.order_by("month", "created_at", "id")))


def counted(rows: Iterable[HoursEntry]) -> Ledger:
    known = tuple(rows)
    names = {row.employer_key: row.employer for row in known}
    return Ledger(known, paid.figures(_line(row) for row in known), names)


def _line(row: HoursEntry) -> Line:
    return Line(
        row.pk, row.month, row.employer_key, Kind(row.kind), Source(row.source), row.amount,
        row.corrects_id,
    )  # fmt: skip


def aims(programme: Programme) -> bool:
    """Whether a step of the programme ends with so many ordinary hours. Elsewhere hours are counted
    and aim at no number."""
    ends = {code for ladder in programme.ladders for step in ladder.steps for code in step.exit_any}
    return any(one.measure == RULE for code, one in programme.criteria.items() if code in ends)


def wanted(programme: Programme) -> tuple[Decimal, int]:
    """How many ordinary hours, in how many months, the programme's criterion asks for; ours where
    it names none. The highest, where several ask: any hour at all is asked for as well."""
    asked = [
        (amount(programme, one.needs.get("hours")), amount(programme, one.needs.get("months")))
        for one in programme.criteria.values()
        if one.measure == RULE
    ]
    hours, months = max(((h or 0, m or 1) for h, m in asked), default=(0, 1))
    return (Decimal(str(hours)) if hours >= 1 else USUAL), int(months)


@dataclass(frozen=True, slots=True)
class Employer:
    key: str
    name: str
    company: uuid.UUID | None = None


def employers(enrolment: Enrolment, found: Ledger, on: dt.date) -> list[Employer]:
    """Where hours may have been worked: the placements that hold, the latest first, then those of
    the ledger. One query."""
    rows = Placement.placements.filter(enrolment=enrolment).select_related("site__company")
    several = sorted(rows, key=lambda row: (row.until is None or row.until > on, row.since))
    placed = [row.site.company for row in reversed(several)]
    seen = {key_of(one.name): Employer(key_of(one.name), one.name, one.pk) for one in placed}
    for key, name in found.names.items():
        seen.setdefault(key, Employer(key, name))
    return list(seen.values())


def without_hours(actor: Actor, *, on: dt.date) -> QuerySet[Enrolment]:
    """Those this actor follows up, who were at a company last month and of whose hours nothing is
    written down for it, nor confirmed by a company and to be taken over. Whoever mediates; the case
    worker where nobody does."""
    month = last_month(on)
    there = Placement.placements.filter(
        Q(until__isnull=True) | Q(until__gt=month),
        enrolment=OuterRef("pk"),
        since__lt=add_months(month, 1),
    )
    said = HoursEntry.entries.filter(enrolment=OuterRef("pk"), month=month)
    mine = _follows(actor, on)
    found: QuerySet[Enrolment] = Enrolment.enrolments.filter(
        mine, Exists(there), ~Exists(said), ~Exists(_not_taken()), until__isnull=True
    )
    return found.filter(reached(actor, FieldClass.WORK, on=on, column="person_id"))


def _follows(actor: Actor, on: dt.date) -> Q:
    held = Assignment.assignments.held(on)
    part = Assignment.Part
    mediated = held.filter(part=part.JOB_MEDIATOR)
    own = held.filter(member=actor.member)
    return Q(pk__in=own.filter(part=part.JOB_MEDIATOR).values("enrolment")) | (
        Q(pk__in=own.filter(part=part.CASE_WORKER).values("enrolment"))
        & ~Q(pk__in=mediated.values("enrolment"))
    )


@dataclass(frozen=True, slots=True)
class Year:
    """The first year of one enrolment. `hand_over`: it is over and nobody has taken over."""

    enrolment: Enrolment
    programme: Programme
    road: Road
    series: Series | None
    hand_over: bool


def years(rows: Iterable[Enrolment], *, on: dt.date) -> list[Year]:
    """Three queries, however many."""
    enrolments = list(rows)
    keys = [row.pk for row in enrolments]
    cases = standing.cases(keys)
    models = programmes({row.programme_id for row in enrolments})
    handed = set(
        HandOver.objects.filter(enrolment__in=keys).order_by().values_list("enrolment", "year")
    )
    made = []
    for row in enrolments:
        model = models[row.programme_id]
        road = history(model, cases[row.pk], on)
        found = series(model, road)
        over = found is not None and hands_over(found, road)
        over = over and found is not None and (row.pk, found.since) not in handed
        made.append(Year(row, model, road, found, over))
    return made


def followed(actor: Actor, *, on: dt.date) -> QuerySet[Enrolment]:
    """The open enrolments this actor follows up."""
    rows: QuerySet[Enrolment] = Enrolment.enrolments.filter(_follows(actor, on), until__isnull=True)
    wall = reached(actor, FieldClass.WORK, on=on, column="person_id")
    return rows.filter(wall).select_related("person")


def contacts_due(actor: Actor, *, on: dt.date) -> QuerySet[AfterCareContact]:
    """Contacts of after-care whose day has come."""
    wall = reached(actor, FieldClass.OUTCOME, on=on, column="person_id")
    found: QuerySet[AfterCareContact] = AfterCareContact.contacts.due(on).filter(wall)
    return found


# What a company has confirmed on its page


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the company said last of a month and kind, beside what the ledger has from the employer.
    `row`: the ledger's own, None where it has none. `amount`: parts of an hour."""

    said: EmployerHours
    company: Company
    amount: int
    row: HoursEntry | None

    @property
    def month(self) -> dt.date:
        return dt.date.fromisoformat(f"{self.said.month}-01")

    @property
    def waits(self) -> bool:
        """Not taken over, and nobody has written a figure from the employer since."""
        if self.row is None:
            return True
        return self.row.amount != self.amount and self.row.created_at < self.said.created_at


def proposals(enrolment: uuid.UUID, found: Ledger) -> list[Proposal]:
    """The oldest month first. One query. What was said of two placements at one company adds up:
    the employer has one figure a month."""
    rows = EmployerHours.objects.filter(enrolment=enrolment)
    rows = rows.select_related("placement__site__company").order_by("created_at", "id")
    latest = {(row.month, row.placement_id, row.kind): row for row in rows}
    several: dict[tuple[str, str, uuid.UUID], list[EmployerHours]] = {}
    for row in latest.values():
        company = row.placement.site.company_id
        several.setdefault((row.month, row.kind, company), []).append(row)
    return [_proposal(several[key], found) for key in sorted(several)]


def _proposal(several: list[EmployerHours], found: Ledger) -> Proposal:
    said = max(several, key=lambda row: (row.created_at, row.pk))
    company = said.placement.site.company
    amount = sum(row.minutes for row in several) * paid.MINUTE
    gone = {row.corrects_id for row in found.rows}
    standing = (row for row in found.rows if row.pk not in gone and row.source == Source.EMPLOYER)
    same = (
        row
        for row in standing
        if company.pk == row.company_id or key_of(company.name) == row.employer_key
        if row.kind == said.kind and f"{row.month:%Y-%m}" == said.month
    )
    return Proposal(said, company, amount, next(same, None))


def confirmed_hours(actor: Actor, *, on: dt.date) -> QuerySet[Enrolment]:
    """Those this actor follows up, of whom a company has confirmed hours that nobody has taken over
    or written otherwise since."""
    mine: QuerySet[Enrolment] = Enrolment.enrolments.filter(
        _follows(actor, on), Exists(_not_taken()), until__isnull=True
    )
    return mine.filter(reached(actor, FieldClass.WORK, on=on, column="person_id"))


def _not_taken() -> QuerySet[EmployerHours]:
    """Of the enrolment outside: the latest word of each month, unless the ledger has heard it."""
    said = EmployerHours.objects.filter(enrolment=OuterRef("pk"))
    later = EmployerHours.objects.filter(
        placement=OuterRef("placement"), month=OuterRef("month"), kind=OuterRef("kind"),
        created_at__gt=OuterRef("created_at"),
    )  # fmt: skip
    company = OuterRef("placement__site__company")
    heard = HoursEntry.entries.standing().filter(
        Q(company=company) | Q(employer_key=Lower(OuterRef("placement__site__company__name"))),
        Q(created_at__gt=OuterRef("created_at")) | Q(amount=OuterRef("minutes") * paid.MINUTE),
        enrolment=OuterRef("enrolment"), kind=OuterRef("kind"), source=Source.EMPLOYER,
        month=Cast(Concat(OuterRef("month"), Value("-01")), DateField()),
    )  # fmt: skip
    found: QuerySet[EmployerHours] = said.filter(~Exists(later), ~Exists(heard))
    return found
