"""Stating and correcting hours, self-support, handing over after a year, after-care."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from stegvis.core.values import paid
from stegvis.core.values.paid import Kind, Source
from stegvis.core.values.periods import add_months
from stegvis.journey.employers.models import Company
from stegvis.journey.hours.facts import (
    Ledger,
    Proposal,
    counted,
    key_of,
    ledger,
    proposals,
    years,
)
from stegvis.journey.hours.models import (
    AfterCare,
    AfterCareContact,
    HandOver,
    HoursEntry,
    SelfSupport,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import Telling, tell, tell_many, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind as TieKind
from stegvis.platform.access.relations import tie
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

BACK = 36  # months that may still be written down by hand
LONGEST = dt.timedelta(days=2 * 366)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewHours:
    """`month`: any day of it. `amount`: parts of an hour."""

    month: dt.date
    employer: str
    amount: int
    kind: Kind = Kind.ORDINARY
    source: Source = Source.EMPLOYER
    voucher: str = ""
    note: str = ""


def state_hours(
    enrolment: Enrolment,
    new: NewHours,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
    imported: bool = False,
) -> HoursEntry:
    """What a source says of a month. What it has said already is corrected, never said again.
    Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    _check(enrolment, new)
    row = _row(enrolment, new, by=by, submission=submission)
    row.imported = imported
    row.company = _company(new.employer)
    _store(row, "stated_before")
    wrote("hours_stated", [enrolment.person_id], month=_code(row.month), hours=row.kind)
    told_again(enrolment, row.month)
    return row


def correct_hours(
    earlier: HoursEntry,
    amount: int,
    *,
    by: Actor | None,
    note: str = "",
    submission: uuid.UUID | None = None,
) -> HoursEntry:
    """A row in the place of another, which stays to be read. Raises NotNow."""
    enrolment = earlier.enrolment
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if amount == earlier.amount:
        raise NotNow("same_as_before")
    new = NewHours(
        earlier.month, earlier.employer, amount, Kind(earlier.kind), Source(earlier.source),
        earlier.voucher, note,
    )  # fmt: skip
    _check(enrolment, new)
    row = _row(enrolment, new, by=by, submission=submission)
    row.company_id, row.corrects = earlier.company_id, earlier
    _store(row, "corrected_before")
    wrote("hours_corrected", [enrolment.person_id], month=_code(row.month), hours=row.kind)
    told_again(enrolment, row.month)
    return row


def take_over(
    enrolment: Enrolment,
    shown: Collection[uuid.UUID],
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> int:
    """What companies confirmed, as it lay before the worker (`shown`), becomes the ledger's; how
    many rows that made. A figure that stood there is corrected by a row of its own, and nothing is
    taken twice. Raises NotNow when a company has said otherwise meanwhile."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    whole = ledger(enrolment.pk)
    latest = {one.said.pk: one for one in proposals(enrolment.pk, whole)}
    if not set(shown) <= latest.keys():
        raise NotNow("said_anew")
    turn = submission or uuid7()
    waits = [latest[key] for key in sorted(shown) if latest[key].waits]
    for one in waits:
        _take(enrolment, one, by=by, submission=uuid.uuid5(turn, str(one.said.pk)))
    for month in sorted({one.month for one in waits}):
        wrote("hours_taken_over", [enrolment.person_id], month=_code(month))
        told_again(enrolment, month)
    return len(waits)


def _take(enrolment: Enrolment, one: Proposal, *, by: Actor | None, submission: uuid.UUID) -> None:
    employer = one.row.employer if one.row else one.company.name
    new = NewHours(one.month, employer, one.amount, Kind(one.said.kind))
    _check(enrolment, new)
    row = _row(enrolment, new, by=by, submission=submission)
    row.company, row.corrects, row.said = one.company, one.row, one.said
    _store(row, "stated_before")


def _check(enrolment: Enrolment, new: NewHours) -> None:
    on = current().on
    first = on.replace(day=1)
    faults = {
        "left": enrolment.until is not None and new.month.replace(day=1) > enrolment.until,
        "employer_missing": not new.employer.strip(),
        "month_ahead": new.month.replace(day=1) > first,
        "month_too_far_back": add_months(new.month.replace(day=1), BACK) < first,
        "too_many": abs(new.amount) > paid.MOST,
        "negative": new.amount < 0 and new.source is not Source.PAY_SLIP,
    }
    for code, is_so in faults.items():
        if is_so:
            raise NotNow(code)


def _row(
    enrolment: Enrolment, new: NewHours, *, by: Actor | None, submission: uuid.UUID | None
) -> HoursEntry:
    employer = " ".join(new.employer.split())
    return HoursEntry(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        month=new.month.replace(day=1),
        employer=employer,
        employer_key=key_of(employer),
        kind=new.kind,
        source=new.source,
        amount=new.amount,
        voucher=new.voucher,
        note=new.note.strip(),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )


def _company(employer: str) -> Company | None:
    """The register's company of that name, if there is exactly one; none is invented."""
    found = list(Company.objects.filter(name__iexact=" ".join(employer.split()))[:2])
    return found[0] if len(found) == 1 else None


def _store(row: HoursEntry, fault: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        if "sent_once" in str(clash):
            raise  # the same press twice: the gate answers with what was done
        raise NotNow(fault) from None


def state_many(lines: Sequence[tuple[Enrolment, NewHours]]) -> list[HoursEntry]:
    """What a list says of months before, for the import, which keeps the journal and has looked
    that nothing of it stands there. The core is told once for each month. Rows in the lines' order.
    """
    companies = _companies()
    rows = []
    for enrolment, new in lines:
        permit(None, Act.WRITE, enrolment.person_id, FieldClass.WORK)
        row = _row(enrolment, new, by=None, submission=None)
        row.imported, row.company_id = True, companies.get(row.employer_key)
        rows.append(row)
    HoursEntry.entries.bulk_create(rows)
    tell_again_many(
        {(enrolment, row.month) for (enrolment, _), row in zip(lines, rows, strict=True)}
    )
    return rows


def _companies() -> dict[str, uuid.UUID]:
    """By the key of a name that one company alone has."""
    names = [(key, key_of(name)) for key, name in Company.objects.values_list("id", "name")]
    times = Counter(name for _, name in names)
    return {name: key for key, name in names if times[name] == 1}


def tell_again_many(months: Collection[tuple[Enrolment, dt.date]]) -> None:
    """As `told_again`, of many at once."""
    found: dict[uuid.UUID, list[HoursEntry]] = {}
    rows = HoursEntry.entries.filter(enrolment__in={enrolment.pk for enrolment, _ in months})
    for row in rows.order_by("month", "created_at", "id"):
        found.setdefault(row.enrolment_id, []).append(row)
    ledgers = {key: counted(several) for key, several in found.items()}
    empty = counted([])
    tell_many(
        [
            _telling(enrolment, month, ledgers.get(enrolment.pk, empty))
            for enrolment, month in sorted(months, key=lambda one: (one[0].pk, one[1]))
        ]
    )


def told_again(enrolment: Enrolment, month: dt.date) -> None:
    """Tell the core what counts of the month, of all employers together and each kind for itself.
    On the month's last day, or today while it runs."""
    tell_many([_telling(enrolment, month, ledger(enrolment.pk))])


def _telling(enrolment: Enrolment, month: dt.date, found: Ledger) -> Telling:
    values: dict[str, Any] = {
        kind.value: float(paid.amount(total))
        for kind in Kind
        if (total := found.of(month, kind)) is not None
    }
    return Telling(
        enrolment,
        "hours",
        fact_of(enrolment.pk, month),
        min(add_months(month, 1) - DAY, current().on),
        {"month": _code(month), **values},
    )


def fact_of(enrolment: uuid.UUID, month: dt.date) -> uuid.UUID:
    """One fact a month, whatever number of rows stand behind it: so their sum is exact."""
    return uuid.uuid5(enrolment, f"hours {_code(month)}")


def _code(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def say_self_support(
    enrolment: Enrolment,
    through: str,
    *,
    by: Actor | None,
    since: dt.date,
    submission: uuid.UUID | None = None,
) -> SelfSupport:
    """Self-support through a job or an education; whether it ends the step, a person decides.
    Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if since > current().on:
        raise NotNow("self_support_ahead")
    if SelfSupport.objects.filter(enrolment=enrolment, struck_on__isnull=True).exists():
        raise NotNow("self_support_before")
    row = SelfSupport(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        through=through,
        since=since,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "self_support", source=row.pk, on=since, through=through)
    wrote("self_support_said", [enrolment.person_id], through=through)
    return row


def strike_self_support(row: SelfSupport, *, by: Actor | None) -> None:
    """It was a mistake. Raises StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    row.struck_on = current().on
    row.save_if_unchanged("struck_on")
    untell(row.pk)
    wrote("self_support_struck", [row.person_id])


def hand_over(
    enrolment: Enrolment,
    to: uuid.UUID,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> HandOver:
    """The year is over: contact goes on in the ordinary course, with somebody named. Raises
    NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    on = current().on
    (year,) = years([enrolment], on=on)
    if year.series is None or not year.hand_over:
        done = HandOver.objects.filter(enrolment=enrolment).exists()
        raise NotNow("handed_over_before" if done else "no_year_over")
    row = HandOver(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        year=year.series.since,
        on=on,
        to_id=to,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=on, what="ordinary_contact_course")
    wrote("year_handed_over", [enrolment.person_id], to=str(to))
    return row


def plan_after_care(
    enrolment: Enrolment,
    until: dt.date,
    *,
    by: Actor | None,
    every: int = 1,
    submission: uuid.UUID | None = None,
) -> AfterCare:
    """After-care that the person wants: a contact every so many months until a day. Whoever plans
    it may write the contacts down also after the exit, and sees nothing else of the record then.
    Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.OUTCOME)
    on = current().on
    if not on < until <= on + LONGEST:
        raise NotNow("after_care_days")
    if AfterCare.objects.filter(enrolment=enrolment, ended_on__isnull=True).exists():
        raise NotNow("after_care_before")
    row = AfterCare(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        since=on,
        until=until,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    planned = _plan_contacts(row, every)
    if by is not None:
        tie(
            row.person_id, TieKind.AFTER, since=on, until=until + DAY, member=by.member,
            because="after-care",
        )  # fmt: skip
    wrote("after_care_planned", [enrolment.person_id], contacts=len(planned))
    return row


def _plan_contacts(row: AfterCare, every: int) -> list[dt.date]:
    days = [add_months(row.since, months) for months in range(every, 25, every)]
    planned = [day for day in days if day <= row.until] or [row.until]
    AfterCareContact.contacts.bulk_create(
        AfterCareContact(tenant_id=row.tenant_id, plan=row, person_id=row.person_id, planned=day)
        for day in planned
    )
    return planned


def end_after_care(row: AfterCare, *, by: Actor | None) -> None:
    """The person wants no more of it. Raises StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.OUTCOME)
    row.ended_on = current().on
    row.save_if_unchanged("ended_on")
    wrote("after_care_ended", [row.person_id])


def hold_contact(row: AfterCareContact, *, by: Actor | None, on: dt.date) -> None:
    """The contact has been. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.OUTCOME)
    if on > current().on:
        raise NotNow("contact_ahead")
    if row.held_on is not None:
        raise NotNow("contact_before")
    row.held_on, row.by_id = on, by.member if by else None
    row.save_if_unchanged("held_on", "by_id")
    wrote("after_care_contact", [row.person_id])
