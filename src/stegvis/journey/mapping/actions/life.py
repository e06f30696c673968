"""Life areas and the person's own words. Staff write what carries and what hinders; the words are
the person's, and only they change them (INV-19)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions.ground import common, is_own, still_open
from stegvis.journey.mapping.models import LifeEntry, OwnWords
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote


@dataclass(frozen=True, slots=True)
class EntryText:
    """What is said of one thing. The fields below `source` are a barrier's alone."""

    area: str
    text: str
    on: dt.date
    more: str = ""
    source: str = "citizen"
    derived: bool = False
    worry: bool = False
    helper: str = ""
    state: str = LifeEntry.State.OPEN


CHANGED = ("area", "text", "on", "more", "source", "derived", "worry", "helper", "state")


def note_entry(
    enrolment: Enrolment, sort: str, new: EntryText, *, by: Actor | None, words: str = ""
) -> LifeEntry:
    """A resource or a barrier. `words`: what the person said of it, word for word."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    still_open(enrolment)
    if not new.text.strip():
        raise NotNow("nothing_said")
    row = LifeEntry(**common(enrolment, by), sort=sort, **asdict(new))
    row.save(force_insert=True)
    _tell(enrolment, row)
    wrote("life_entry_noted", [enrolment.person_id], entry=sort, row=str(row.pk))
    if words.strip():
        note_words(enrolment, words, by=by, on=new.on, entry=row)
    return row


def change_entry(row: LifeEntry, new: EntryText, *, by: Actor | None) -> None:
    """The wording before stays to be read. Raises StaleRow when a colleague was faster."""
    permit(by, Act.WRITE, row.person_id, FieldClass.SENSITIVE)
    still_open(row.enrolment)
    if not new.text.strip():
        raise NotNow("nothing_said")
    for name, value in asdict(new).items():
        setattr(row, name, value)
    row.save_if_unchanged(*CHANGED)
    _tell(row.enrolment, row)
    wrote("life_entry_changed", [row.person_id], entry=row.sort, row=str(row.pk))


def _tell(enrolment: Enrolment, row: LifeEntry) -> None:
    """That there is one, and how it stands; never of which area of life: that may be health."""
    if row.sort == LifeEntry.Sort.RESOURCE:
        tell(enrolment, "resource", source=row.pk, on=row.on)
    else:
        tell(enrolment, "barrier", source=row.pk, on=row.on, state=row.state)


def note_words(
    enrolment: Enrolment,
    text: str,
    *,
    by: Actor | None,
    on: dt.date,
    entry: LifeEntry | None = None,
) -> OwnWords:
    """Words as they were said: by the person, or written down for them by staff."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.VOICE)
    still_open(enrolment)
    if not text.strip():
        raise NotNow("nothing_said")
    given = common(enrolment, by)
    heard = given.pop("by_id")
    row = OwnWords(**given, entry=entry, text=text, on=on, heard_by_id=heard)
    row.save(force_insert=True)
    wrote("own_words_noted", [enrolment.person_id], row=str(row.pk), own=is_own(by))
    return row


def change_words(row: OwnWords, text: str, *, by: Actor | None) -> None:
    """Only the person. The words before stay to be read."""
    permit(by, Act.WRITE, row.person_id, FieldClass.VOICE)
    if not is_own(by):
        raise NotNow("not_their_words")
    if not text.strip():
        raise NotNow("nothing_said")
    row.text = text
    row.save_if_unchanged("text")
    wrote("own_words_changed", [row.person_id], row=str(row.pk))
