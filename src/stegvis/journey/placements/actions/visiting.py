"""The profile for the talk with a company, and going there: planned, done, what each thinks."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from stegvis.journey.employers.models import Opening, Site
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions.asking import about, ask, is_own
from stegvis.journey.placements.models import BEST, WORST, MatchProfile, Visit
from stegvis.journey.standing.actions import tell, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

TOLD = (Visit.Kind.VISIT, Visit.Kind.TASTER)


def write_profile(
    enrolment: Enrolment,
    texts: Mapping[str, str],
    *,
    by: Actor | None,
    seen: int | None = None,
    submission: uuid.UUID | None = None,
) -> MatchProfile:
    """What the person looks for and brings (FM-28), anew or for the first time. `seen`: the version
    the writer had before them. Raises NotNow: "ended", "empty_profile"; StaleRow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    given = about(enrolment, by)
    said = {part: texts.get(part, "").strip() for part in MatchProfile.PARTS}
    if not any(said.values()):
        raise NotNow("empty_profile")
    row = MatchProfile.objects.filter(enrolment=enrolment).first()
    if row is None:
        row = MatchProfile(**given, **said, on=current().on, submission=submission or uuid7())
        row.save(force_insert=True)
    else:
        row.version = row.version if seen is None else seen
        for name, value in {**said, "on": current().on, "by_id": given["by_id"]}.items():
            setattr(row, name, value)
        row.save_if_unchanged(*said, "on", "by_id")
    tell(enrolment, "document", source=row.pk, on=row.on, document="match_profile")
    wrote("match_profile_written", [row.person_id], parts=[name for name in said if said[name]])
    return row


@dataclass(frozen=True, slots=True)
class NewVisit:
    """`company`: the member who goes along."""

    site: Site
    kind: str
    on: dt.date
    opening: Opening | None = None
    company: uuid.UUID | None = None
    done: bool = False


def plan_visit(
    enrolment: Enrolment,
    new: NewVisit,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Visit:
    """A visit to come, or one that has been. Raises NotNow: "ended", "not_yet",
    "before_the_road", "no_such_opening"."""
    ask(by, enrolment.person_id)
    given = about(enrolment, by)
    if new.on < enrolment.since:
        raise NotNow("before_the_road")
    if new.done and new.on > current().on:
        raise NotNow("not_yet")
    if new.opening is not None and new.opening.site_id != new.site.pk:
        raise NotNow("no_such_opening")
    row = Visit(
        **given,
        site=new.site,
        opening=new.opening,
        kind=new.kind,
        on=new.on,
        state=Visit.State.DONE if new.done else Visit.State.PLANNED,
        company_id=new.company,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    _tell(row)
    wrote("visit_planned", [row.person_id], visit=str(row.pk), sort_of=row.kind, done=new.done)
    return row


def _tell(row: Visit) -> None:
    """What has been; the place itself is not told."""
    if row.state == Visit.State.DONE and row.kind in TOLD:
        fit = row.fit or None
        tell(row.enrolment, "visit", source=row.pk, on=row.on, what=row.kind, fit=fit)
    elif row.state == Visit.State.DONE:
        tell(row.enrolment, "activity", source=row.pk, on=row.on, what="accompanied")


def judge_visit(row: Visit, *, by: Actor | None, fit: str, why: str, seen: int) -> None:
    """It has been, and how whoever went along sees the fit. Raises NotNow: "ended", "visit_over",
    "not_yet"; StaleRow."""
    ask(by, row.person_id)
    about(row.enrolment, by)
    if row.state == Visit.State.CALLED_OFF:
        raise NotNow("visit_over")
    if row.on > current().on:
        raise NotNow("not_yet")
    row.version = seen
    row.state, row.fit, row.fit_why = Visit.State.DONE, fit, why.strip()
    row.save_if_unchanged("state", "fit", "fit_why")
    _tell(row)
    wrote("visit_judged", [row.person_id], visit=str(row.pk), fit=fit)


def say_visit(row: Visit, *, by: Actor | None, rating: int | None, words: str) -> None:
    """The person's own view, by themselves, or written down for them as long as they have not said
    it. Raises NotNow: "ended", "visit_not_done", "own_words"; StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.VOICE)
    about(row.enrolment, by)
    own = is_own(by)
    if row.state != Visit.State.DONE and not (row.on <= current().on and row.state == "planned"):
        raise NotNow("visit_not_done")
    if row.own and not own:
        raise NotNow("own_words")
    if rating is not None and not WORST <= rating <= BEST:
        raise NotNow("visit_not_done")
    told = row.state
    row.state, row.rating, row.words, row.own = Visit.State.DONE, rating, words.strip(), own
    row.save_if_unchanged("state", "rating", "words", "own")
    if told != row.state:
        _tell(row)
    wrote("visit_said", [row.person_id], visit=str(row.pk), own=own)


def call_off(row: Visit, *, by: Actor | None, seen: int) -> None:
    """It did not come to it. Raises NotNow: "visit_over"; StaleRow."""
    ask(by, row.person_id)
    if row.state != Visit.State.PLANNED:
        raise NotNow("visit_over")
    row.version = seen
    row.state = Visit.State.CALLED_OFF
    row.save_if_unchanged("state")
    untell(row.pk)
    wrote("visit_called_off", [row.person_id], visit=str(row.pk))
