"""Rating, observing, trying, and gathering what was seen. No verb here changes what another wrote:
a rating stays the person's, an observation stays what was seen."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from stegvis.core.progression.marks import TOPS
from stegvis.journey.abilities import facts
from stegvis.journey.abilities.models import (
    OWN,
    TRIED,
    Adaptation,
    Observation,
    ObservationSummary,
    SelfRating,
    SupportGiven,
    Trial,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.actions import tell, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

BODY = "body"
"""What the core is told instead of an item of the body, or of one that the person names."""


def _about(enrolment: Enrolment, on: dt.date) -> dict[str, Any]:
    """What every row here has. Raises NotNow: "ended", "not_yet"."""
    if enrolment.until is not None:
        raise NotNow("ended")
    if on > current().on:
        raise NotNow("not_yet")
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
    }


@dataclass(frozen=True, slots=True)
class NewRating:
    """`item` is a code of facts.items, or OWN with what the person calls it in `named`. `value`
    None with `declined`: they were asked and would rather not say."""

    item: str
    on: dt.date
    value: int | None = None
    scale: str = "ten"
    declined: bool = False
    named: str = ""
    words: str = ""


def rate(
    enrolment: Enrolment,
    new: NewRating,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> SelfRating:
    """The person's own word of themselves, or written down by staff because they asked. Raises
    NotNow: "no_such_item", "item_not_named", "outside_scale", "not_yet", "ended"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.VOICE)
    bodily = _checked(enrolment, new)
    row = SelfRating(
        **_about(enrolment, new.on),
        item=new.item,
        named=new.named.strip() if new.item == OWN else "",
        bodily=bodily,
        scale=new.scale,
        value=None if new.declined else new.value,
        declined=new.declined,
        on=new.on,
        words=new.words,
        by_id=by.member if by else None,
        written_for=not (by and by.holds(Role.PARTICIPANT)),
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    _tell_rating(row)
    wrote("self_rated", [enrolment.person_id], rating=str(row.pk), declined=new.declined)
    return row


def _checked(enrolment: Enrolment, new: NewRating) -> bool:
    """Whether the item is of the body; anything a person names themselves is kept as if it were."""
    top = TOPS.get(new.scale, -1)
    if not new.declined and (new.value is None or not 0 <= new.value <= top):
        raise NotNow("outside_scale")
    if new.item == OWN:
        if not new.named.strip():
            raise NotNow("item_not_named")
        return True
    item = facts.items(facts.model_of(enrolment), on=new.on).get(new.item)
    if item is None:
        raise NotNow("no_such_item")
    return item.bodily


def _tell_rating(row: SelfRating) -> None:
    """Codes for whoever reads the plan: of the body no more than that there is a rating."""
    said: dict[str, Any] = {"item": row.item, "value": row.value}
    if row.bodily:
        said = {"item": BODY}
    elif row.scale != SelfRating.Scale.TEN:
        said = {"item": row.item}
    tell(row.enrolment, "self_rating", source=row.pk, on=row.on, **said)


@dataclass(frozen=True, slots=True)
class NewObservation:
    ability: str
    seen: str
    on: dt.date
    situation: str = ""
    words: str = ""


def observe(
    enrolment: Enrolment,
    new: NewObservation,
    *,
    by: Actor,
    submission: uuid.UUID | None = None,
) -> Observation:
    """What was seen of an ability. Raises NotNow: "no_such_item", "not_yet", "ended"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    item = facts.items(facts.model_of(enrolment), on=new.on).get(new.ability)
    if item is None or item.bodily or new.seen not in Observation.Seen.values:
        raise NotNow("no_such_item")
    criteria = list(item.criteria) if item.source == "tenant" else None
    return _seen(enrolment, new, by=by, criteria=criteria, submission=submission)


def _seen(
    enrolment: Enrolment,
    new: NewObservation,
    *,
    by: Actor,
    criteria: list[str] | None = None,
    submission: uuid.UUID | None = None,
) -> Observation:
    row = Observation(
        **_about(enrolment, new.on),
        ability=new.ability,
        seen=new.seen,
        situation=new.situation,
        words=new.words,
        on=new.on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(
        enrolment,
        "observation",
        source=row.pk,
        on=new.on,
        ability=new.ability,
        seen=new.seen,
        criteria=criteria,
    )
    wrote("observed", [enrolment.person_id], observation=str(row.pk), ability=new.ability)
    return row


def strike(observation: Observation, *, by: Actor) -> None:
    """A slip of the hand, taken back by whoever made it. A trial it answered is open again."""
    permit(by, Act.WRITE, observation.person_id, FieldClass.WORK)
    if observation.by_id != by.member:
        raise NotNow("not_yours")
    if observation.struck_on is not None:
        return
    observation.struck_on = current().on
    observation.save_if_unchanged("struck_on")
    for trial in Trial.objects.filter(observation=observation).order_by("id"):
        trial.observation = trial.observed_on = None
        trial.save_if_unchanged("observation", "observed_on")
    untell(observation.pk)
    wrote("observation_struck", [observation.person_id], observation=str(observation.pk))


@dataclass(frozen=True, slots=True)
class NewTrial:
    """`shown`: the person agrees that whoever tries it reads what they rated."""

    what: str
    tried_by: uuid.UUID
    by_when: dt.date
    place: str = ""
    shown: bool = False


def order_trial(
    enrolment: Enrolment,
    rating: SelfRating,
    new: NewTrial,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Trial:
    """Order something that tries the rating in work. The rating is only pointed at. Raises NotNow:
    "another_person", "tried_already", "not_with_the_person", "before_the_rating"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if rating.bodily:  # whoever orders it knows what it is
        permit(by, Act.READ, enrolment.person_id, FieldClass.SENSITIVE)
    if rating.enrolment_id != enrolment.pk:
        raise NotNow("another_person")
    if new.by_when < rating.on:
        raise NotNow("before_the_rating")
    if Trial.objects.filter(rating=rating, called_off_on__isnull=True).exists():
        raise NotNow("tried_already")
    held = Assignment.assignments.held(current().on).filter(enrolment=enrolment)
    if not held.filter(member=new.tried_by).exists():
        raise NotNow("not_with_the_person")
    row = Trial(
        **_about(enrolment, rating.on),
        rating=rating,
        rated_on=rating.on,
        shown=new.shown or not rating.bodily,
        what=new.what,
        place=new.place,
        tried_by_id=new.tried_by,
        by_when=new.by_when,
        ordered_by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("trial_ordered", [enrolment.person_id], trial=str(row.pk), member=str(new.tried_by))
    return row


def record_trial(trial: Trial, new: NewObservation, *, by: Actor) -> Observation:
    """What came of it: one new observation, tied to the one rating. Whatever `new.ability` says, it
    is the rating's own; of something bodily only that it was tried."""
    permit(by, Act.WRITE, trial.person_id, FieldClass.WORK)
    if trial.observation_id is not None or trial.called_off_on is not None:
        raise NotNow("trial_is_over")
    if new.on < trial.rated_on:
        raise NotNow("before_the_rating")
    if new.seen not in Observation.Seen.values:
        raise NotNow("no_such_item")
    rating = trial.rating
    ability = TRIED if rating.bodily else rating.item
    seen = NewObservation(ability, new.seen, new.on, new.situation or trial.place, new.words)
    row = _seen(trial.enrolment, seen, by=by, criteria=[] if rating.bodily else None)
    trial.observation, trial.observed_on = row, row.on
    trial.save_if_unchanged("observation", "observed_on")
    wrote("trial_recorded", [trial.person_id], trial=str(trial.pk), observation=str(row.pk))
    return row


def call_off(trial: Trial, *, by: Actor) -> None:
    """It will not be tried: the rating may be tried some other way."""
    permit(by, Act.WRITE, trial.person_id, FieldClass.WORK)
    if trial.observation_id is not None or trial.called_off_on is not None:
        raise NotNow("trial_is_over")
    trial.called_off_on = current().on
    trial.save_if_unchanged("called_off_on")
    wrote("trial_called_off", [trial.person_id], trial=str(trial.pk))


@dataclass(frozen=True, slots=True)
class NewSummary:
    works: str
    not_now: str
    on: dt.date
    own_words: str = ""
    own_words_missing: str = ""


def summarise(
    enrolment: Enrolment, new: NewSummary, *, by: Actor, submission: uuid.UUID | None = None
) -> ObservationSummary:
    """Gather what was seen. The person's own words belong to it, or why they are not there."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if bool(new.own_words.strip()) == bool(new.own_words_missing):
        raise NotNow("own_words_missing")
    row = ObservationSummary(
        **_about(enrolment, new.on),
        works=new.works,
        not_now=new.not_now,
        own_words=new.own_words.strip(),
        own_words_missing=new.own_words_missing,
        on=new.on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("observations_summarised", [enrolment.person_id], summary=str(row.pk))
    return row


@dataclass(frozen=True, slots=True)
class NewAdaptation:
    what: str
    agreed: bool
    on: dt.date
    why: str = ""


def adapt(
    enrolment: Enrolment,
    new: NewAdaptation,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Adaptation:
    """What makes work possible, when the person agrees that those at work read it."""
    own = by is not None and by.holds(Role.PARTICIPANT)
    shows = FieldClass.VOICE if own else FieldClass.WORK
    permit(by, Act.WRITE, enrolment.person_id, shows)
    if not new.agreed:
        raise NotNow("not_agreed")
    row = Adaptation(
        **_about(enrolment, new.on),
        what=new.what,
        why=new.why,
        agreed_on=new.on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("adapted", [enrolment.person_id], adaptation=str(row.pk))
    return row


def end_adaptation(row: Adaptation, *, by: Actor | None) -> None:
    own = by is not None and by.holds(Role.PARTICIPANT)
    permit(by, Act.WRITE, row.person_id, FieldClass.VOICE if own else FieldClass.WORK)
    if row.until is not None:
        raise NotNow("already_ended")
    row.until = max(current().on, row.agreed_on)
    row.save_if_unchanged("until")
    wrote("adaptation_ended", [row.person_id], adaptation=str(row.pk))


@dataclass(frozen=True, slots=True)
class NewSupport:
    what: str
    on: dt.date
    words: str = ""


def give_support(
    enrolment: Enrolment, new: NewSupport, *, by: Actor, submission: uuid.UUID | None = None
) -> SupportGiven:
    """Support as it was asked for, or a share in the company of the workplace (AJ-34)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if new.what not in SupportGiven.What.values:
        raise NotNow("no_such_item")
    row = SupportGiven(
        **_about(enrolment, new.on),
        what=new.what,
        words=new.words,
        on=new.on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    what = "company" if new.what == SupportGiven.What.COMPANY else "support_on_demand"
    tell(enrolment, "event", source=row.pk, on=new.on, what=what, result=new.what)
    wrote("support_given", [enrolment.person_id], support=new.what)
    return row
