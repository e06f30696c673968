"""Agreeing on a behaviour and writing down what is said of it. The person may do what staff may,
on their own page; a cross they have not shared is theirs alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from stegvis.core.values.traits import traits
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.motivation.models import (
    MOST,
    Analysis,
    Answer,
    Coping,
    Cross,
    Relapse,
    Ruler,
    Said,
    Stage,
    TargetBehaviour,
)
from stegvis.platform.access.authority import Hidden, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote


@dataclass(frozen=True, slots=True)
class NewBehaviour:
    behaviour: str
    context: str
    frequency: str
    proposed_by: str
    agreed_on: dt.date
    problem: str = ""


def agree(enrolment: Enrolment, new: NewBehaviour, *, by: Actor) -> TargetBehaviour:
    """A behaviour that person and worker will talk about."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.MOTIVATION)
    if traits(new.behaviour):
        raise NotNow("a_trait_is_no_behaviour")
    row = TargetBehaviour(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        by_id=by.member,
        **asdict(new),
    )
    row.save(force_insert=True)
    wrote("behaviour_agreed", [row.person_id], behaviour=str(row.pk))
    return row


def end(behaviour: TargetBehaviour, *, by: Actor, on: dt.date) -> None:
    """It is talked about no more; what was said stays to be read."""
    permit(by, Act.WRITE, behaviour.person_id, FieldClass.MOTIVATION)
    behaviour.ended_on = max(on, behaviour.agreed_on)
    behaviour.save_if_unchanged("ended_on")
    wrote("behaviour_ended", [behaviour.person_id], behaviour=str(behaviour.pk))


def _say[S: Said](
    kind: type[S], behaviour: TargetBehaviour, *, by: Actor, on: dt.date, **said: Any
) -> S:
    permit(by, Act.WRITE, behaviour.person_id, FieldClass.MOTIVATION)
    if behaviour.ended_on is not None:
        raise NotNow("behaviour_ended")
    if on < behaviour.agreed_on:
        raise NotNow("before_it_was_agreed")
    row = kind(
        tenant_id=behaviour.tenant_id,
        person_id=behaviour.person_id,
        behaviour=behaviour,
        on=on,
        by_id=by.member,
        **said,
    )
    row.save(force_insert=True)
    # That something was said, never what: the journal is read by people who may not know.
    wrote("behaviour_talked_about", [row.person_id], behaviour=str(behaviour.pk))
    return row


def note_stage(
    behaviour: TargetBehaviour, stage: str, sign: str, *, by: Actor, on: dt.date
) -> Stage:
    """Where in the change, with the sign it rests on (V-20)."""
    if not sign.strip():
        raise NotNow("sign_missing")
    return _say(Stage, behaviour, by=by, on=on, stage=Stage.Code(stage), sign=sign.strip())


def read_rulers(
    behaviour: TargetBehaviour, *, importance: int, confidence: int, by: Actor, on: dt.date
) -> Ruler:
    if not (0 <= importance <= MOST and 0 <= confidence <= MOST):
        raise NotNow("ruler_is_0_to_10")
    return _say(Ruler, behaviour, by=by, on=on, importance=importance, confidence=confidence)


@dataclass(frozen=True, slots=True)
class NewCross:
    now_good: str = ""
    now_less: str = ""
    change_good: str = ""
    change_less: str = ""
    areas: tuple[str, ...] = ()
    shared: bool = False


def fill_cross(behaviour: TargetBehaviour, new: NewCross, *, by: Actor, on: dt.date) -> Cross:
    """Written by the person, or by staff word for word beside them: what staff write down is
    shared with staff by that."""
    fields = asdict(new) | {"areas": list(new.areas)}
    if not any((new.now_good, new.now_less, new.change_good, new.change_less)):
        raise NotNow("cross_is_empty")
    if not by.holds(Role.PARTICIPANT):
        fields["shared"] = True
    return _say(Cross, behaviour, by=by, on=on, **fields)


def _own(cross: Cross, by: Actor) -> None:
    permit(by, Act.WRITE, cross.person_id, FieldClass.MOTIVATION)
    if not by.holds(Role.PARTICIPANT):
        raise Hidden(cross.person_id, "not_theirs")


def share_cross(cross: Cross, *, by: Actor, shared: bool) -> None:
    """The person's choice alone (KN-85)."""
    _own(cross, by)
    cross.shared = shared
    cross.save_if_unchanged("shared")
    wrote("cross_shared" if shared else "cross_kept", [cross.person_id])


def take_away_cross(cross: Cross, *, by: Actor) -> None:
    """The person takes their cross away: it is gone, and the journal says that it was."""
    _own(cross, by)
    cross.delete()
    wrote("cross_taken_away", [cross.person_id])


def analyse(
    behaviour: TargetBehaviour,
    *,
    situation: str,
    act: str,
    consequence: str,
    reinforcer: str = "",
    by: Actor,
    on: dt.date,
) -> Analysis:
    """Situation, behaviour, consequence. The behaviour is something one could film: a word about
    what somebody is like is refused here (methods §5)."""
    if traits(act):
        raise NotNow("a_trait_is_no_behaviour")
    return _say(
        Analysis,
        behaviour,
        by=by,
        on=on,
        situation=situation,
        act=act,
        consequence=consequence,
        reinforcer=reinforcer,
    )


def look_at_relapse(
    behaviour: TargetBehaviour, *, trigger: str, learnt: str, next_try: str, by: Actor, on: dt.date
) -> Relapse:
    """Of the relapse noted last, once; each of the three is asked (KN-82)."""
    stage = behaviour.stages.order_by("on", "created_at", "id").last()
    if stage is None or stage.stage != Stage.Code.RELAPSE:
        raise NotNow("no_relapse")
    if Relapse.objects.filter(stage=stage).exists():
        raise NotNow("relapse_looked_at")
    return _say(
        Relapse,
        behaviour,
        by=by,
        on=on,
        stage=stage,
        trigger=trigger,
        learnt=learnt,
        next_try=next_try,
    )


def cope(
    behaviour: TargetBehaviour, *, situation: str, instead: str, by: Actor, on: dt.date
) -> Coping:
    return _say(Coping, behaviour, by=by, on=on, situation=situation, instead=instead)


def answer(
    behaviour: TargetBehaviour, question: str, words: str, *, by: Actor, on: dt.date
) -> Answer:
    """Word for word, with the question as it was put."""
    return _say(Answer, behaviour, by=by, on=on, question=question, words=words)
