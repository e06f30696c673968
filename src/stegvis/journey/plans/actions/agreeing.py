"""Agreeing on a draft, each side for itself, and the person's own words beside it.

A version applies when both have acknowledged the same saving. Who has acknowledged an earlier one
is asked again: nobody has agreed to what they have not read or heard.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet

from stegvis.core.progression.plans import GOAL, lacking, units
from stegvis.journey.background.facts import inventory_state
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import facts
from stegvis.journey.plans.actions.writing import locked
from stegvis.journey.plans.models import Acknowledgement, Plan, PlanVersion, Saying
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import Hidden, authorise, may, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind as Tie
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current

How, Side = Acknowledgement.How, Acknowledgement.Side
ROLES = {Side.PARTICIPANT: "participant", Side.CASE_WORKER: "case_worker"}


def _is_self(by: Actor, person: uuid.UUID) -> bool:
    """Whether it is the person who speaks. Whoever may not write their voice is turned away."""
    allowed = authorise(by, Act.WRITE, person, FieldClass.VOICE, on=current().on)
    return allowed.basis is Tie.SELF


def acknowledge(
    version: PlanVersion,
    *,
    by: Actor,
    how: str,
    seen: int | None = None,
    otherwise: str = "",
    submission: uuid.UUID | None = None,
) -> Acknowledgement:
    """One side says yes to a saving. `how` decides which: "decided" is the case worker, "own_page"
    the person, "paper" and "read_out" the person as staff have noted it. `seen`: the saving that
    lay before them. Raises NotNow, StaleRow, Hidden."""
    side = _side(version.person_id, by, how)
    plan = locked(version.enrolment)
    now: PlanVersion = PlanVersion.versions.get(pk=version.pk, plan=plan)
    if now.state == PlanVersion.State.AGREED:
        raise NotNow("already_agreed")
    if now.revision != (version.revision if seen is None else seen):
        raise StaleRow
    if side == Side.CASE_WORKER:
        _decide(now, by, otherwise.strip())
    made = _made(now, side, by, how, submission)
    _agree_if_both(now)
    return made


def _side(person: uuid.UUID, by: Actor, how: str) -> Acknowledgement.Side:
    if how == How.DECIDED:
        permit(by, Act.WRITE, person, FieldClass.PLAN)
        return Side.CASE_WORKER
    if _is_self(by, person) != (how == How.OWN_PAGE):
        raise Hidden(person, "another_hand")
    return Side.PARTICIPANT


def _decide(draft: PlanVersion, by: Actor, otherwise: str) -> None:
    """What is lacking is said; that the plan applies all the same is written down (FM-07, and
    KN-81 for who may know of a behaviour's stage)."""
    text = facts.document_of(draft)
    lacks = lacking(text)
    knows = may(by, Act.READ, draft.person_id, FieldClass.MOTIVATION, on=current().on)
    is_early = knows and bool(facts.early(text))
    if "aim" in lacks:
        raise NotNow("aim_missing")
    if draft.number > 1 and not draft.change_note.strip():
        raise NotNow("change_note_missing")
    if inventory_state(draft.enrolment).warns:
        raise NotNow("inventory_lacking")  # JI-05; background.actions.go_on_without says why
    if (lacks or is_early) and not otherwise:
        raise NotNow("lacking")
    draft.otherwise = otherwise if lacks or is_early else ""
    draft.save_if_unchanged("otherwise")


def _made(
    draft: PlanVersion,
    side: Acknowledgement.Side,
    by: Actor,
    how: str,
    submission: uuid.UUID | None,
) -> Acknowledgement:
    rows = Acknowledgement.objects.filter(of=draft, side=side, revision=draft.revision)
    same = rows.first()
    if same is not None:
        return same
    row = Acknowledgement(
        tenant_id=draft.tenant_id,
        of=draft,
        person_id=draft.person_id,
        side=side,
        revision=draft.revision,
        how=how,
        on=current().on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("plan_acknowledged", [draft.person_id], version=str(draft.pk), side=side, how=how)
    return row


def _agree_if_both(draft: PlanVersion) -> None:
    rows = Acknowledgement.objects.filter(of=draft, revision=draft.revision)
    sides = set(rows.order_by("side").values_list("side", flat=True))
    if sides != set(Side):
        return
    draft.state, draft.agreed_on = PlanVersion.State.AGREED, current().on
    draft.save_if_unchanged("state", "agreed_on")
    goals = units(facts.document_of(draft), GOAL)
    tell(
        draft.enrolment,
        "plan_agreed",
        source=draft.pk,
        on=draft.agreed_on,
        aim=draft.aim,
        goals=len(goals),
        acknowledged_by=[ROLES[Side.PARTICIPANT], ROLES[Side.CASE_WORKER]],
    )
    wrote("plan_agreed", [draft.person_id], version=str(draft.pk), number=draft.number)


# The person's words


def say_words(
    version: PlanVersion, text: str, *, by: Actor, submission: uuid.UUID | None = None
) -> Saying:
    """The person's own words to the plan, said by themselves or written down as they said them.
    Said anew they replace those before, which stay to be read. Raises NotNow, Hidden."""
    return _say(version, Saying.Kind.WORDS, text, by, submission=submission)


def disagree(
    version: PlanVersion,
    text: str,
    *,
    by: Actor,
    about: uuid.UUID | None = None,
    submission: uuid.UUID | None = None,
) -> Saying:
    """The person sees it otherwise; it stands beside the text until they take it back, whatever
    is decided. `about`: the thread of a goal. Raises NotNow, Hidden."""
    if about is not None and about not in _threads(version):
        raise NotNow("no_such_goal")
    return _say(version, Saying.Kind.DISAGREEMENT, text, by, about=about, submission=submission)


def _threads(version: PlanVersion) -> set[uuid.UUID]:
    rows = version.goals.filter(left_out=False).order_by("thread")
    return set(rows.values_list("thread", flat=True))


def take_back(saying: Saying, *, by: Actor) -> Saying:
    """The person no longer says so. Raises NotNow, Hidden."""
    own = _is_self(by, saying.person_id)
    if saying.how == Saying.How.OWN_PAGE and not own:
        raise NotNow("their_own_words")
    return _written(saying.of, saying.kind, "", by, own=own, replaces=saying)


def answer(saying: Saying, text: str, *, by: Actor) -> Saying:
    """The case worker's answer, under what it answers; an earlier one stays to be read."""
    permit(by, Act.WRITE, saying.person_id, FieldClass.PLAN)
    if not text.strip():
        raise NotNow("words_missing")
    before = _standing(saying.enrolment_id).filter(kind=Saying.Kind.ANSWER, answers=saying)
    return _written(
        saying.of,
        Saying.Kind.ANSWER,
        text.strip(),
        by,
        own=False,
        answers=saying,
        replaces=before.first(),
    )


def _standing(enrolment: uuid.UUID) -> QuerySet[Saying]:
    rows = Saying.objects.filter(enrolment=enrolment, replaced_by__isnull=True)
    return rows.exclude(text="")


def _say(
    version: PlanVersion,
    kind: str,
    text: str,
    by: Actor,
    *,
    about: uuid.UUID | None = None,
    submission: uuid.UUID | None = None,
) -> Saying:
    own = _is_self(by, version.person_id)
    if not text.strip():
        raise NotNow("words_missing")
    _hold(version)
    before = _standing(version.enrolment_id).filter(kind=kind, about=about)
    if not own:  # what the person wrote themselves is not written over by anybody
        before = before.filter(how=Saying.How.WRITTEN_DOWN)
    replaces = before.order_by("-created_at", "-id").first()
    return _written(
        version, kind, text.strip(), by,
        own=own, about=about, replaces=replaces, submission=submission,
    )  # fmt: skip


def _hold(version: PlanVersion) -> None:
    """Two who write at once follow each other; words may be said also when the road has ended."""
    Plan.objects.select_for_update().filter(pk=version.plan_id).first()


def _written(version: PlanVersion, kind: str, text: str, by: Actor, **more: Any) -> Saying:
    """`more`: own, and what it is about, replaces or answers."""
    own: bool = more.pop("own")
    replaces: Saying | None = more.get("replaces")
    if replaces is not None:
        more["about"] = replaces.about
    row = Saying(
        tenant_id=version.tenant_id,
        of=version,
        enrolment_id=version.enrolment_id,
        person_id=version.person_id,
        kind=kind,
        text=text,
        how=Saying.How.OWN_PAGE if own else Saying.How.WRITTEN_DOWN,
        on=current().on,
        by_id=by.member,
        **{"submission": uuid7()} | {name: value for name, value in more.items() if value},
    )
    row.save(force_insert=True)
    wrote("plan_words", [version.person_id], version=str(version.pk), kind=kind)
    return row
