"""Proposing a match, what is done about what lacks, and each side's own answer."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from stegvis.journey.employers.models import ContactPerson, Opening, Site
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions.asking import about, ask, is_open, is_own, works_there
from stegvis.journey.placements.facts.fitting import lacking
from stegvis.journey.placements.models import Adjustment, Match, Said, Visit
from stegvis.journey.standing.actions import tell, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

PROPOSED, ACCEPTED, DECLINED, SET_ASIDE = Match.State


@dataclass(frozen=True, slots=True)
class NewMatch:
    """`despite`: why it is proposed although something that must be there is not, as far as is
    known."""

    site: Site
    opening: Opening | None = None
    visit: Visit | None = None
    tasks: str = ""
    can_grow_into: str = ""
    why: str = ""
    despite: str = ""


def propose_match(
    enrolment: Enrolment,
    new: NewMatch,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Match:
    """A person and a site, to ask both about (FM-30). Raises NotNow: "ended", "no_such_opening",
    "opening_closed", "against_missing", "matched_before"."""
    ask(by, enrolment.person_id)
    given = about(enrolment, by)
    is_open(new.opening, new.site)
    against = lacking(enrolment, new.opening, on=current().on) if new.opening else ()
    if against and not new.despite.strip():
        raise NotNow("against_missing")
    row = Match(
        **given,
        site=new.site,
        opening=new.opening,
        visit=new.visit,
        tasks=new.tasks.strip() or (new.opening.tasks if new.opening else ""),
        can_grow_into=new.can_grow_into.strip()
        or (new.opening.can_grow_into if new.opening else ""),
        why=new.why.strip(),
        despite=list(against),
        despite_why=new.despite.strip() if against else "",
        on=current().on,
        submission=submission or uuid7(),
    )
    _save(row)
    wrote("match_proposed", [row.person_id], match=str(row.pk), despite=list(against))
    return row


def _save(row: Match) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "one_match_of_an_opening" not in str(fault):
            raise
        raise NotNow("matched_before") from None


def set_aside(
    enrolment: Enrolment,
    opening: Opening,
    why: str,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Match:
    """This opening is not for this person, and why. Raises NotNow: "ended", "why_missing",
    "matched_before"."""
    ask(by, enrolment.person_id)
    given = about(enrolment, by)
    if not why.strip():
        raise NotNow("why_missing")
    going = Match.matches.going().filter(enrolment=enrolment, opening=opening)
    if going.exists():
        raise NotNow("matched_before")
    row = Match(
        **given, site_id=opening.site_id, opening=opening, state=SET_ASIDE, why=why.strip(),
        on=current().on, submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("match_set_aside", [row.person_id], match=str(row.pk))
    return row


def answer_match(row: Match, *, by: Actor | None, said: str, seen: int) -> None:
    """The person's answer, by themselves, or as they gave it to whoever writes. Raises NotNow:
    "ended", "match_over", "answered"; StaleRow."""
    own = is_own(by)
    permit(by, Act.WRITE, row.person_id, FieldClass.VOICE)
    _check(row, by)
    if row.own and row.person_said and not own:
        raise NotNow("answered")
    row.version = seen
    row.person_said, row.person_on, row.own = Said(said), current().on, own
    _settle(row, "person_said", "person_on", "own")
    wrote("match_answered", [row.person_id], match=str(row.pk), side="participant", said=said)


def answer_for_company(
    row: Match, *, by: Actor | None, said: str, contact: ContactPerson | None, seen: int
) -> None:
    """What the company has answered, and who there said it. Raises NotNow: "ended", "match_over",
    "no_contact"; StaleRow."""
    ask(by, row.person_id)
    _check(row, by)
    works_there(contact, row.site)
    row.version = seen
    row.employer_said, row.employer_on, row.contact = Said(said), current().on, contact
    _settle(row, "employer_said", "employer_on", "contact_id")
    wrote("match_answered", [row.person_id], match=str(row.pk), side="employer", said=said)


def _check(row: Match, by: Actor | None) -> None:
    about(row.enrolment, by)
    if row.state == SET_ASIDE or row.placements.exists():
        raise NotNow("match_over")


def _settle(row: Match, *changed: str) -> None:
    """One no ends it; with both yes it is a match, and the core is told who has said yes."""
    answers = (row.person_said, row.employer_said)
    row.state = (
        DECLINED if Said.NO in answers else ACCEPTED if answers == ("yes", "yes") else PROPOSED
    )
    try:
        with transaction.atomic():
            row.save_if_unchanged("state", *changed)
    except IntegrityError as fault:
        if "one_match_of_an_opening" not in str(fault):
            raise
        raise NotNow("matched_before") from None
    yes = [
        side
        for side, said in (("participant", row.person_said), ("employer", row.employer_said))
        if said == Said.YES
    ]
    if not yes or row.state == DECLINED:
        untell(row.pk)
        return
    days: list[dt.date] = [day for day in (row.person_on, row.employer_on) if day]
    tell(row.enrolment, "match", source=row.pk, on=max(days), accepted_by=yes)


def adjust(
    enrolment: Enrolment,
    opening: Opening,
    function: str,
    *,
    by: Actor | None,
    kind: str,
    words: str,
    submission: uuid.UUID | None = None,
) -> Adjustment:
    """What is done about one requirement for this person; said again, the latest holds. Raises
    NotNow: "ended", "why_missing", "no_such_opening"; StaleRow."""
    ask(by, enrolment.person_id)
    given = about(enrolment, by)
    if not words.strip():
        raise NotNow("why_missing")
    if not opening.requirements.filter(function=function).exists():
        raise NotNow("no_such_opening")
    row = Adjustment.objects.filter(enrolment=enrolment, opening=opening, function=function).first()
    said = {"kind": Adjustment.Kind(kind), "words": words.strip(), "on": current().on}
    if row is None:
        row = Adjustment(
            **given, **said, opening=opening, function=function, submission=submission or uuid7()
        )
        row.save(force_insert=True)
    else:
        for name, value in {**said, "by_id": given["by_id"]}.items():
            setattr(row, name, value)
        row.save_if_unchanged(*said, "by_id")
    wrote("requirement_adjusted", [row.person_id], function=function, sort_of=row.kind)
    return row
