"""Criteria of a step, judged: met, not met, unknown, or for a person to judge, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stegvis.core.programme.model import Criterion, Programme, Step, Test
from stegvis.core.progression import fading
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.measures import MEASURES, Finding, State, View
from stegvis.core.progression.road import Road

ENTRY, EXIT, EXIT_ANY = "entry", "exit", "exit_any"


@dataclass(frozen=True, slots=True)
class Condition:
    """One criterion where it is asked: on entering or leaving a step, or (`exit_any`) one of
    several ways to leave it. `step` is empty for what is asked before any step."""

    criterion: str
    step: str
    side: str
    state: State
    because: Reason
    evidence: tuple[date, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.state is State.MET


@dataclass(slots=True)
class Judge:
    """Judges the criteria of one programme on one road, each at most once."""

    programme: Programme
    road: Road
    _known: dict[tuple[str, date | None], Finding] = field(default_factory=dict)
    _anew: dict[str, date | None] = field(default_factory=dict)

    def leaving(self, step: Step) -> tuple[Condition, ...]:
        return (
            *self._conditions(step.exit_all, step, EXIT),
            *self._conditions(step.exit_any, step, EXIT_ANY),
        )

    def entering(self, step: Step) -> tuple[Condition, ...]:
        return tuple(self._conditions(step.entry, step, ENTRY))

    def finding(self, code: str, step: Step | None = None) -> Finding:
        after = self.began_anew(step) if step else None
        known = self._known.get((code, after))
        if known is None:
            known = _find(self.programme, self.programme.criteria[code], View(self.road, after))
            self._known[code, after] = known
        return known

    def began_anew(self, step: Step) -> date | None:
        """The latest drop-out that led to a new attempt: what was agreed before it no longer
        counts for the steps that are begun again."""
        if step.code not in self._anew:
            self._anew[step.code] = self._find_began_anew(step)
        return self._anew[step.code]

    def _find_began_anew(self, step: Step) -> date | None:
        rule = self.programme.transitions.drop_out
        if rule is None or not self.road.of("drop_out"):
            return None
        again = {other.code: other.ordinal for other in self.programme.ladder(rule.ladder).steps}
        if again.get(step.code, 0) < again.get(rule.restart_step, 0):
            return None
        restarts = [s for s in self.road.stays.get(rule.ladder, ()) if s.how == "restart"]
        if not restarts:
            return None
        began = restarts[-1].since
        return max((f.on for f in self.road.of("drop_out") if f.on <= began), default=None)

    def _conditions(self, codes: Iterable[str], step: Step, side: str) -> Iterable[Condition]:
        for code in codes:
            found = self.finding(code, step)
            yield Condition(code, step.code, side, found.state, found.because, found.evidence)


def still_lacking(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Those not met; of several ways out none is lacking once one is met."""
    every = tuple(conditions)
    out = {c.step for c in every if c.side == EXIT_ANY and c.is_met}
    return tuple(c for c in every if not c.is_met and not (c.side == EXIT_ANY and c.step in out))


def _find(programme: Programme, criterion: Criterion, view: View) -> Finding:
    if criterion.test is not Test.AUTO:
        return _judged(programme, criterion, view)
    needs: dict[str, Any] = {}
    ours: list[str] = []
    for name, value in criterion.needs.items():
        setting = programme.settings.get(value) if isinstance(value, str) else None
        if setting is None:
            needs[name] = value
            continue
        if setting.value is None:
            return Finding(State.UNKNOWN, Reason("not_set", {"setting": setting.texts}))
        needs[name] = setting.value
        if setting.ours:
            ours.append(setting.key)
    found = MEASURES[criterion.measure](view, needs)
    return _marked(found, ours) if ours else found


def _marked(found: Finding, ours: list[str]) -> Finding:
    """The same finding, saying which of the limits used are defaults of ours."""
    values = {**found.because.values, "ours": tuple(ours)}
    return Finding(found.state, Reason(found.because.code, values), found.evidence)


def _judged(programme: Programme, criterion: Criterion, view: View) -> Finding:
    """A person's latest word; without one, what there is to judge from."""
    seen = _evidence(programme, criterion, view)
    words = [f for f in view.of("judgement") if f.values["criterion"] == criterion.code]
    if not words or words[-1].values.get("met") is None:
        if criterion.test is Test.YES_NO:
            return Finding(State.NOT_MET, Reason("not_ticked"))
        code = "to_judge" if seen else "to_judge_no_evidence"
        values: Mapping[str, Any] = {"n": len(seen), "on": seen[-1]} if seen else {}
        return Finding(State.TO_JUDGE, Reason(code, values), seen)
    word = words[-1]
    days = tuple(sorted({*seen, word.on}))
    return Finding(
        State.MET if word.values["met"] else State.NOT_MET, _said(criterion, word, seen), days
    )


def _said(criterion: Criterion, word: Fact, seen: tuple[date, ...]) -> Reason:
    values = {"on": word.on, "by": word.values.get("by", "")}
    if not word.values["met"]:
        return Reason("judged_not_met", values)
    if criterion.test is Test.JUDGED and criterion.evidence and not seen:
        return Reason("judged_met_no_evidence", values)
    return Reason("judged_met", {**values, "n": len(seen)})


def _evidence(programme: Programme, criterion: Criterion, view: View) -> tuple[date, ...]:
    """The days of what there is to judge from; what has gone stale is no evidence (KN-71)."""
    found = [fact for kind in criterion.evidence for fact in view.happened(kind)]
    counts = fading.counting(programme, found, criterion.code, view.on)
    return tuple(sorted({fact.on for fact in counts}))
