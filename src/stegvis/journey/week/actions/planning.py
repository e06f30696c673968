"""Planning a week, showing it, going through it with those it is about."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.core.values.driving import Licence, may_drive
from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.facts import licences
from stegvis.journey.standing.actions import Telling, tell_many
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.week.facts import Areas, OwnWeek, areas_open, own_areas, own_weeks
from stegvis.journey.week.models import (
    WEEK,
    Apart,
    Half,
    Lead,
    Published,
    Review,
    Slot,
    Taken,
    WhyApart,
    Wish,
)
from stegvis.platform.access.authority import may, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

WORK = FieldClass.WORK
WEEKEND = 6


@dataclass(frozen=True, slots=True)
class NewSlot:
    """`area` None: nothing there any longer."""

    day: dt.date
    half: str
    area: uuid.UUID | None
    trying: bool = False


def plan(
    enrolment: Enrolment,
    slots: list[NewSlot],
    *,
    by: Actor | None,
    planned_by: str = "staff",
    areas: Areas | None = None,
) -> int:
    """Half days of one person as they are to be; what is not named stays. How many changed.
    `areas`: all there are, where the caller has them already.

    Raises NotNow: "enrolment_ended", "not_a_weekday", "over", "no_such_area",
    "no_licence"; Hidden.
    """
    _permit(by, enrolment.person_id, planned_by)
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")
    there = _there(enrolment, [one.day for one in slots])
    known = areas_open() if areas is None else areas
    for one in slots:
        _check(one, known)
    new = [one for one in slots if _area_of(there, one) != one.area]
    _check_licence(enrolment, new, known)
    changed = 0  # nothing is written before all of it may be
    for one in slots:
        row = there.get((one.day, one.half))
        unit = known[one.area].unit if one.area else enrolment.unit_id
        how = _How(by, planned_by, unit)
        changed += _set(enrolment, one, row, how)
    if changed:
        for monday in sorted({_monday(one.day) for one in slots}):
            _tell_week(enrolment, monday)
        wrote("week_planned", [enrolment.person_id], halves=changed)
    return changed


def _permit(by: Actor | None, person: uuid.UUID, planned_by: str) -> None:
    """The person plans as themselves, and as nobody else."""
    own = by is not None and by.holds(Role.PARTICIPANT) and planned_by == Slot.By.PERSON
    permit(by, Act.WRITE, person, FieldClass.VOICE if own else WORK)


def plan_own(enrolment: Enrolment, slots: list[NewSlot], *, by: Actor) -> int:
    """The person's own half days, from tomorrow on, at areas that are theirs to choose among. How
    many changed. Raises as `plan` does, and NotNow: "too_late", "no_such_area"."""
    if any(one.day <= current().on for one in slots):
        raise NotNow("too_late")
    for monday in {_monday(one.day) for one in slots}:
        there = {one.pk for one in own_areas(enrolment, monday, on=current().on)}
        wanted = {one.area for one in slots if _monday(one.day) == monday and one.area}
        if not wanted <= there:
            raise NotNow("no_such_area")
    return plan(enrolment, slots, by=by, planned_by=Slot.By.PERSON)


def _there(enrolment: Enrolment, days: list[dt.date]) -> dict[tuple[dt.date, str], Slot]:
    """Locked, so that two who plan the same person take turns."""
    Enrolment.enrolments.select_for_update().only("pk").get(pk=enrolment.pk)
    rows = Slot.slots.filter(person=enrolment.person_id, day__in=days).order_by("id")
    return {(row.day, row.half): row for row in rows}


def _check(one: NewSlot, areas: Areas) -> None:
    if one.day.isoweekday() >= WEEKEND or one.half not in Half.values:
        raise NotNow("not_a_weekday")
    if one.day < _monday(current().on):
        raise NotNow("over")
    if one.area is not None and not _is_open(areas, one):
        raise NotNow("no_such_area")


def _area_of(there: dict[tuple[dt.date, str], Slot], one: NewSlot) -> uuid.UUID | None:
    row = there.get((one.day, one.half))
    return row.area_id if row else None


def _check_licence(enrolment: Enrolment, new: list[NewSlot], areas: Areas) -> None:
    """Where one drives, only those whose licence has been seen and holds that day (KN-51)."""
    driving = [one for one in new if one.area and areas[one.area].licence]
    held = licences([enrolment.person_id]).get(enrolment.person_id, []) if driving else []
    if not all(_may_be_there(held, one, areas) for one in driving):
        raise NotNow("no_licence")


def _may_be_there(held: list[Licence], one: NewSlot, areas: Areas) -> bool:
    return one.area is None or may_drive(held, areas[one.area].licence, one.day)


def _is_open(areas: Areas, one: NewSlot) -> bool:
    return one.area in areas and one.day in areas[one.area].days


@dataclass(frozen=True, slots=True)
class _How:
    by: Actor | None
    planned_by: str
    unit: uuid.UUID  # whose area it is

    @property
    def member(self) -> uuid.UUID | None:
        return self.by.member if self.by else None


def _set(enrolment: Enrolment, one: NewSlot, row: Slot | None, how: _How) -> bool:
    if row is None:
        if one.area is None:
            return False
        _new(enrolment, one, one.area, how).save(force_insert=True)
        return True
    if one.area is None:
        row.delete()
        return True
    if (row.area_id, row.trying, row.planned_by) == (one.area, one.trying, how.planned_by):
        return False
    row.area_id, row.trying, row.unit_id = one.area, one.trying, how.unit
    row.planned_by, row.by_id = how.planned_by, how.member
    row.save_if_unchanged("area_id", "trying", "unit_id", "planned_by", "by_id")
    return True


def _new(enrolment: Enrolment, one: NewSlot, area: uuid.UUID, how: _How) -> Slot:
    return Slot(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        unit_id=how.unit,
        day=one.day,
        half=one.half,
        area_id=area,
        trying=one.trying,
        planned_by=how.planned_by,
        by_id=how.member,
    )


def _tell_week(enrolment: Enrolment, monday: dt.date) -> None:
    """The core hears how many days of the week the person has planned themselves (AJ-26, AJ-31).
    What was carried out of it the attendance tells; until it does again, what it told stands."""
    own = own_weeks([enrolment.person_id], monday)[enrolment.person_id]
    told = DatedFact.objects.filter(source=_source(enrolment, monday), kind="planned_week")
    before = told.values_list("values", flat=True).first() or {}
    tell_many([week_told(enrolment, own, done=before.get("days_done"))])


def _source(enrolment: Enrolment, monday: dt.date) -> uuid.UUID:
    return uuid.uuid5(enrolment.pk, str(Week.of(monday)))


def week_told(enrolment: Enrolment, own: OwnWeek, *, done: int | None) -> Telling:
    """One week for the core. `done`: on how many of the days that they planned alone somebody came;
    None: not known, or not yet."""
    values = {
        "week": str(Week.of(own.monday)),
        "planned_by": "participant" if own.days else "staff",
        "days": None if own.free is None else len(own.working),
        "days_planned": len(own.days) or own.planned,
        "days_done": done if own.days else None,
    }
    source = _source(enrolment, own.monday)
    return Telling(enrolment, "planned_week", source, own.monday, values)


def copy_week(enrolments: list[Enrolment], monday: dt.date, *, by: Actor) -> int:
    """The week before, put where nothing stands yet and nothing else is taken. How many half days.
    Whoever may not be written is left out, and where somebody may no longer drive."""
    before, copied = monday - dt.timedelta(weeks=1), 0
    rows = Slot.slots.of_week(before).filter(enrolment__in=enrolments).order_by("day", "half", "id")
    wanted: dict[uuid.UUID, list[NewSlot]] = {}
    taken = _occupied(enrolments, monday)
    for row in rows:
        day = row.day + dt.timedelta(weeks=1)
        if (row.person_id, day, row.half) not in taken:
            new = NewSlot(day, row.half, row.area_id, row.trying)
            wanted.setdefault(row.enrolment_id, []).append(new)
    areas = areas_open()
    held = licences(one.person_id for one in enrolments)
    for enrolment in enrolments:
        mine = held.get(enrolment.person_id, [])
        slots = [one for one in wanted.get(enrolment.pk, []) if _is_open(areas, one)]
        slots = [one for one in slots if _may_be_there(mine, one, areas)]
        if slots and may(by, Act.WRITE, enrolment.person_id, WORK, on=current().on):
            copied += plan(enrolment, slots, by=by, areas=areas)
    return copied


def _occupied(enrolments: list[Enrolment], monday: dt.date) -> set[tuple[uuid.UUID, dt.date, str]]:
    slots = Slot.slots.of_week(monday).filter(enrolment__in=enrolments).order_by()
    taken = Taken.halves.of_week(monday).filter(enrolment__in=enrolments).order_by()
    columns = ("person_id", "day", "half")
    return set(slots.values_list(*columns)) | set(taken.values_list(*columns))


def take(enrolment: Enrolment, day: dt.date, half: str, *, by: Actor | None, free: bool) -> None:
    """A half day is taken by something else, or free again. What by is not asked."""
    permit(by, Act.WRITE, enrolment.person_id, WORK)
    if day.isoweekday() >= WEEKEND or half not in Half.values:
        raise NotNow("not_a_weekday")
    rows = Taken.halves.filter(person=enrolment.person_id, day=day, half=half)
    if free:
        for row in rows.order_by("id"):
            row.delete()
    elif not rows.exists():
        Taken(
            tenant_id=enrolment.tenant_id,
            enrolment=enrolment,
            person_id=enrolment.person_id,
            day=day,
            half=half,
            by_id=by.member if by else None,
        ).save(force_insert=True)
    wrote("half_day_taken", [enrolment.person_id], free=free)


def publish(unit: uuid.UUID, monday: dt.date, *, by: Actor) -> Published:
    """Those the week is about see it from now on, and every change of it."""
    row = Published(tenant_id=current().tenant, unit_id=unit, monday=monday, by_id=by.member)
    row.save(force_insert=True)
    wrote("week_published", week=str(Week.of(monday)))
    return row


def go_through(unit: uuid.UUID, monday: dt.date, *, by: Actor) -> Review:
    """The week was gone through with the group (KN-57)."""
    row = Review(
        tenant_id=current().tenant, unit_id=unit, monday=monday, on=current().on, by_id=by.member
    )
    row.save(force_insert=True)
    wrote("week_gone_through", week=str(Week.of(monday)))
    return row


def wish(
    enrolment: Enrolment,
    monday: dt.date,
    words: str,
    *,
    by: Actor | None,
    granted: bool,
    answer: str = "",
) -> Wish:
    """What the person wished of their week and what came of it. Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, WORK)
    if not words.strip():
        raise NotNow("words_missing")
    if not granted and not answer.strip():
        raise NotNow("answer_missing")
    row = Wish(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        monday=monday,
        words=words.strip(),
        granted=granted,
        answer=answer.strip(),
        on=current().on,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    wrote("wish_answered", [enrolment.person_id], granted=granted)
    return row


def keep_apart(
    person: uuid.UUID, other: uuid.UUID, why: str, *, by: Actor, on: dt.date
) -> uuid.UUID:
    """Two who are not to be in one place at one time. Why is written for the first one's record
    alone. Raises NotNow; Hidden where either may not be written."""
    for one in (person, other):
        permit(by, Act.WRITE, one, FieldClass.SENSITIVE)
    if person == other:
        raise NotNow("same_person")
    if not why.strip():
        raise NotNow("why_missing")
    pair, tenant = uuid7(), current().tenant
    for mine, theirs in ((person, other), (other, person)):
        known = Apart.pairs.filter(person=mine, other=theirs, until__isnull=True)
        if known.exists():
            continue
        row = Apart(
            tenant_id=tenant, person_id=mine, other_id=theirs, pair=pair, since=on, by_id=by.member
        )
        row.save(force_insert=True)
        if mine == person:
            told = WhyApart(tenant_id=tenant, apart=row, person_id=mine, words=why, by_id=by.member)
            told.save(force_insert=True)
    wrote("kept_apart", [person])
    return pair


def end_apart(pair: uuid.UUID, *, by: Actor, on: dt.date) -> None:
    for row in Apart.pairs.filter(pair=pair, until__isnull=True).order_by("id"):
        permit(by, Act.WRITE, row.person_id, FieldClass.SENSITIVE)
        row.until = on
        row.save_if_unchanged("until")
        wrote("apart_ended", [row.person_id])


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def lead(area: uuid.UUID, member: uuid.UUID, capacity: int | None) -> Lead:
    """Who supervises an area from now on; said again, the capacity is what changes."""
    row: Lead | None = Lead.leads.filter(area=area, member=member, until__isnull=True).first()
    if row is None:
        row = Lead(tenant_id=current().tenant, area_id=area, member_id=member, capacity=capacity)
        row.save(force_insert=True)
    elif row.capacity != capacity:
        row.capacity = capacity
        row.save_if_unchanged("capacity")
    wrote("area_lead_set", lead=str(row.pk))
    return row


def end_lead(key: str, areas: list[uuid.UUID], *, on: dt.date) -> None:
    """Of these areas only; what is no lead of theirs is let be."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return
    for row in Lead.leads.filter(pk=wanted, area__in=areas, until__isnull=True).order_by("id"):
        row.until = on
        row.save_if_unchanged("until")
        wrote("area_lead_ended", lead=str(row.pk))


__all__ = [
    "WEEK", "NewSlot", "copy_week", "end_apart", "end_lead", "go_through", "keep_apart", "lead",
    "plan", "plan_own", "publish", "take", "week_told", "wish",
]  # fmt: skip
