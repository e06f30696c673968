"""It began, goes on longer, or ends: decisions with grounds. No day ends anything by itself."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.core.matching.limits import Fault
from stegvis.journey.employers.models import ContactPerson
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.actions.asking import about, ask, works_there
from stegvis.journey.placements.actions.law import check, country, looked_at
from stegvis.journey.placements.actions.placing import tell_placement
from stegvis.journey.placements.models import Placement, PlacementDecision
from stegvis.journey.placements.words import LIMITED
from stegvis.platform.access.decision import Actor
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

BEGIN, EXTEND, END = PlacementDecision.What


@dataclass(frozen=True, slots=True)
class NewTurn:
    """`day`: the first day, or the new last one. `seen`: the version of the placement the decider
    had before them. `assessed`, `special`, `paragraph`: what Danish law asks of a longer practice.
    `talked_on`: when it was talked over with the employees' representative."""

    day: dt.date
    seen: int
    grounds: str = ""
    assessed: bool = False
    special: bool = False
    paragraph: str = ""
    talked_on: dt.date | None = None


def _open(row: Placement, new: NewTurn, by: Actor | None) -> None:
    ask(by, row.person_id)
    about(row.enrolment, by)
    if row.until is not None:
        raise NotNow("placement_over")
    row.version = new.seen


def _decide(
    row: Placement, what: str, new: NewTurn, by: Actor | None, submission: uuid.UUID | None
) -> PlacementDecision:
    made = PlacementDecision(
        tenant_id=row.tenant_id,
        placement=row,
        person_id=row.person_id,
        what=what,
        day=new.day,
        assessed=new.assessed,
        special=new.special,
        paragraph=new.paragraph.strip(),
        grounds=new.grounds.strip(),
        on=current().on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    made.save(force_insert=True)
    wrote("placement_decided", [row.person_id], placement=str(row.pk), decision=what)
    return made


def begin_placement(
    row: Placement, new: NewTurn, *, by: Actor | None, submission: uuid.UUID | None = None
) -> PlacementDecision:
    """The day it began, beside the day it was planned for (JI-10). Raises NotNow: "ended",
    "placement_over", "not_yet", "before_the_road", "begun", "ends_before"; StaleRow."""
    _open(row, new, by)
    if row.begun_on is not None:
        raise NotNow("begun")
    if new.day > current().on:
        raise NotNow("not_yet")
    if new.day < row.enrolment.since:
        raise NotNow("before_the_road")
    if row.ends is not None and row.ends < new.day:
        raise NotNow("ends_before")
    row.since = row.begun_on = new.day
    if row.early_days is not None:
        row.early = (new.day - row.enrolment.since).days <= row.early_days
    row.save_if_unchanged("since", "begun_on", "early")
    tell_placement(row)
    return _decide(row, BEGIN, new, by, submission)


def extend_placement(
    row: Placement, new: NewTurn, *, by: Actor | None, submission: uuid.UUID | None = None
) -> tuple[Fault, ...]:
    """A later last day, with grounds; what the law forbids is refused with its paragraph. Gives
    what has still to be said. Raises NotNow: "ended", "placement_over", "grounds_missing",
    "not_longer", "paragraph_missing", "law"; StaleRow."""
    _open(row, new, by)
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    if new.day <= max(row.ends or row.since, row.since):
        raise NotNow("not_longer")
    if country() == "DK" and row.kind in LIMITED and not new.paragraph.strip():
        raise NotNow("paragraph_missing")
    before = looked_at(row)
    said = {
        "assessed": new.assessed or new.special or before["assessed"],
        "special": int(new.special) + before["special"],
    }
    row.ends = new.day
    row.talked_on = new.talked_on or row.talked_on
    found = check(row, list(row.lines.order_by("pay", "id")), **said)
    row.save_if_unchanged("ends", "talked_on")
    _decide(row, EXTEND, new, by, submission)
    return found


def end_placement(
    row: Placement, new: NewTurn, *, by: Actor | None, submission: uuid.UUID | None = None
) -> PlacementDecision:
    """It ends as planned, or in something better: `day` is its last. Breaking off is another verb
    (drop_out). Raises NotNow: "ended", "placement_over", "grounds_missing", "ends_before",
    "not_yet"; StaleRow."""
    _open(row, new, by)
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    if new.day < row.since:
        raise NotNow("ends_before")
    if new.day > current().on:
        raise NotNow("not_yet")
    row.until = new.day + dt.timedelta(days=1)
    row.save_if_unchanged("until")
    tell_placement(row)
    return _decide(row, END, new, by, submission)


def change_contact(
    row: Placement, contact: ContactPerson | None, guide: str, *, by: Actor | None, seen: int
) -> None:
    """Another fixed contact person, another who guides day by day (FM-38, JI-52). Raises NotNow:
    "ended", "placement_over", "no_contact"; StaleRow."""
    _open(row, NewTurn(row.since, seen), by)
    works_there(contact, row.site)
    row.contact, row.guide = contact, guide.strip()
    row.save_if_unchanged("contact_id", "guide")
    tell_placement(row)
    wrote("contact_person_set", [row.person_id], placement=str(row.pk), given=contact is not None)
