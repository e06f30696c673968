"""Which moves are open, and why: advice. Nothing here refuses a move; what the model does not
foresee or where something is lacking is listed as possible with a written reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from stegvis.core.programme.model import DropOut, Entry, Ladder, Programme, Step, Texts
from stegvis.core.progression.criteria import Condition, Judge, still_lacking
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.road import STOOD_ON, Road, Stay

ENTER, FORWARD, SKIP, BACK, RESTART, STAY = "enter", "forward", "skip", "back", "restart", "stay"


@dataclass(frozen=True, slots=True)
class Move:
    """A move a person may decide. `proposed`: the model asks for it (a restart after a drop-out),
    and would have it begin on `since`; it still takes a decision."""

    ladder: str
    to: str
    kind: str
    because: Reason
    needs_reason: bool
    attempt: int = 1
    skipped: tuple[str, ...] = ()
    proposed: bool = False
    since: date | None = None


def open_moves(programme: Programme, road: Road, *, judge: Judge | None = None) -> tuple[Move, ...]:
    """Moves on every ladder one stands on; never empty for a ladder with steps."""
    judge = judge or Judge(programme, road)
    return tuple(
        move
        for ladder in programme.ladders
        if ladder.kind in STOOD_ON
        for move in _of_ladder(judge, ladder)
    )


def step_name(programme: Programme, step: Step, track: str = "") -> Texts:
    """A step's name in a track, else in the programme's first track."""
    chosen = track if step.names.get(track) else next(iter(programme.tracks), "")
    return step.names.get(chosen) or next(iter(step.names.values()), {})


def _of_ladder(judge: Judge, ladder: Ladder) -> list[Move]:
    stays = judge.road.stays.get(ladder.code, ())
    current = stays[-1] if stays and stays[-1].until is None else None
    moves = [_move(judge, ladder, step, stays=stays, current=current) for step in ladder.steps]
    restart = _after_drop_out(judge, ladder, stays)
    if restart is None:
        return moves
    return [restart, *(move for move in moves if move.to != restart.to)]


def _move(
    judge: Judge,
    ladder: Ladder,
    step: Step,
    *,
    stays: tuple[Stay, ...],
    current: Stay | None,
) -> Move:
    attempt = 1 + sum(stay.step == step.code for stay in stays)
    if current is None:
        kind, reason, needs = _entering(judge, ladder, step, again=attempt > 1)
        return Move(ladder.code, step.code, kind, reason, needs, attempt=attempt)
    away = step.ordinal - current.ordinal
    if away == 0:
        reason = Reason("stay", {"days": current.days(judge.road.on), "since": current.since})
        return Move(
            ladder.code, step.code, STAY, reason, needs_reason=False, attempt=current.attempt
        )
    here = next(other for other in ladder.steps if other.ordinal == current.ordinal)
    if away < 0:
        allowed = judge.programme.transitions.back
        reason = Reason("back" if allowed else "back_unforeseen", _named(judge, step))
        return Move(ladder.code, step.code, BACK, reason, not allowed, attempt=attempt)
    conditions = (*judge.leaving(here), *judge.entering(step))
    if away == 1:
        reason, needs = _forward(judge, step, conditions)
        return Move(ladder.code, step.code, FORWARD, reason, needs, attempt=attempt)
    between = [s for s in ladder.steps if current.ordinal < s.ordinal < step.ordinal]
    return Move(
        ladder.code,
        step.code,
        SKIP,
        _skip(judge, step, between, conditions),
        needs_reason=True,
        attempt=attempt,
        skipped=tuple(other.code for other in between),
    )


def _entering(judge: Judge, ladder: Ladder, step: Step, *, again: bool) -> tuple[str, Reason, bool]:
    """Entering a ladder one does not stand on; a step one was on before is begun again."""
    kind = RESTART if again else ENTER
    named = _named(judge, step)
    if judge.road.exited:
        return kind, Reason("enter_ended", {**named, "on": judge.road.exited}), True
    if judge.programme.requires_referral and judge.road.referred is None:
        return kind, Reason("enter_no_referral", named), True
    outside = outside_programme(judge.programme, judge.road)
    if outside is not None:
        return kind, outside, True
    if ladder.entry is Entry.FIRST and step.ordinal > 1 and not again:
        return kind, Reason("enter_unforeseen", named), True
    lacking = still_lacking(judge.entering(step))
    if lacking:
        return kind, Reason("enter_lacking", {**named, **_listed(judge, lacking)}), True
    return kind, Reason("enter", named), False


def _forward(judge: Judge, step: Step, conditions: tuple[Condition, ...]) -> tuple[Reason, bool]:
    outside = outside_programme(judge.programme, judge.road)
    if outside is not None:
        return outside, True
    lacking = still_lacking(conditions)
    if lacking:
        return Reason("forward_lacking", {**_named(judge, step), **_listed(judge, lacking)}), True
    return Reason("forward_ready", {**_named(judge, step), "of": len(conditions)}), False


def _skip(
    judge: Judge, step: Step, between: list[Step], conditions: tuple[Condition, ...]
) -> Reason:
    names = tuple(step_name(judge.programme, other, judge.road.track) for other in between)
    values = {**_named(judge, step), "skipped": names}
    if not judge.programme.transitions.skip_up:
        return Reason("skip_unforeseen", values)
    lacking = still_lacking(conditions)
    if lacking:
        return Reason("skip_lacking", {**values, **_listed(judge, lacking)})
    return Reason("skip", values)


def outside_programme(programme: Programme, road: Road) -> Reason | None:
    """INV-14 as advice: the latest category of a set may say that the road lies elsewhere."""
    for group in programme.category_sets:
        filed = road.categories.get(group.code)
        category = next((c for c in group.categories if filed and c.code == filed[-1].code), None)
        if category is not None and filed and not category.in_programme:
            return Reason("category_outside", {"category": category.texts, "on": filed[-1].on})
    return None


def barred(programme: Programme, road: Road, move: Move) -> Reason | None:
    """INV-14: whose road lies elsewhere goes no further on this one, not even for reasons in
    writing. Another category, decided and dated, opens the way."""
    if move.kind not in {FORWARD, SKIP, RESTART}:
        return None
    return outside_programme(programme, road)


def unanswered_drop_out(programme: Programme, road: Road) -> tuple[DropOut, Fact] | None:
    """The latest drop-out from the step the rule speaks of that no step change has answered."""
    rule = programme.transitions.drop_out
    if rule is None or road.exited:
        return None
    stays = road.stays.get(rule.ladder, ())
    for fact in reversed(road.of("drop_out")):
        if any(_answers(stay, rule, fact) for stay in stays):
            return None
        if _stood_on(rule, stays, fact):
            return rule, fact
    return None


def _answers(stay: Stay, rule: DropOut, fact: Fact) -> bool:
    same_day = stay.since == fact.on and stay.step == rule.restart_step and stay.how != "forward"
    return stay.since > fact.on or same_day


def _stood_on(rule: DropOut, stays: tuple[Stay, ...], fact: Fact) -> bool:
    if fact.values.get("step"):
        return bool(fact.values["step"] == rule.from_step)
    last = next((stay for stay in reversed(stays) if stay.since <= fact.on), None)
    return last is not None and last.step == rule.from_step


def excepted(rule: DropOut, road: Road, since: date) -> Fact | None:
    """The exception that ends the road instead, set by the one role that may set it."""
    return next(
        (
            fact
            for fact in reversed(road.of("exception"))
            if fact.on >= since
            and fact.values["code"] in rule.exceptions
            and fact.values.get("by") == rule.exception_by
        ),
        None,
    )


def _after_drop_out(judge: Judge, ladder: Ladder, stays: tuple[Stay, ...]) -> Move | None:
    """INV-13 as advice: the next attempt of the restart step, the day after the drop-out."""
    open_one = unanswered_drop_out(judge.programme, judge.road)
    if open_one is None or open_one[0].ladder != ladder.code:
        return None
    rule, fact = open_one
    step = next(step for step in ladder.steps if step.code == rule.restart_step)
    attempt = 1 + sum(stay.step == step.code for stay in stays)
    values = {**_named(judge, step), "attempt": attempt, "on": fact.on}
    exception = excepted(rule, judge.road, fact.on)
    if exception is not None:
        values["exception"] = rule.exceptions[exception.values["code"]]
        reason = Reason("restart_excepted", values)
        return Move(ladder.code, step.code, RESTART, reason, needs_reason=True, attempt=attempt)
    return Move(
        ladder.code,
        step.code,
        RESTART,
        Reason("restart", values),
        needs_reason=False,
        attempt=attempt,
        proposed=True,
        since=fact.on + timedelta(days=1),
    )


def _named(judge: Judge, step: Step) -> dict[str, Any]:
    return {"step": step_name(judge.programme, step, judge.road.track)}


def _listed(judge: Judge, lacking: tuple[Condition, ...]) -> dict[str, Any]:
    codes = tuple(dict.fromkeys(condition.criterion for condition in lacking))
    texts = tuple(judge.programme.criteria[code].texts for code in codes)
    return {"n": len(codes), "lacking": texts, "codes": codes}
