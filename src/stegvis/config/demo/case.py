"""One enrolment, told day by day with the same verbs the rooms have: what each writes is kept as
rows, and the core is asked for its advice with what was known that day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from stegvis.config.demo.background import kept_elsewhere
from stegvis.config.demo.plan import Plan, Row, days
from stegvis.config.demo.stock import stock
from stegvis.core.programme.model import Criterion, Programme, Step, Test
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import Judgement, judgement, to_json
from stegvis.core.progression.moves import Move

WHAT = {"version": "migrate", "leave": "end"}
SUPPORTS = ("much", "less", "little", "on_demand")
UNUSUAL = ("skip", "back", "restart", "correct")


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a programme: its row's key and what it says."""

    key: uuid.UUID
    programme: Programme


@dataclass(slots=True)
class Case:
    """`kept`: facts the unit had on paper then, in kinds whose rooms are not built yet. They stand
    behind advice that was given, and nowhere else."""

    plan: Plan
    version: Version
    enrolment: Row
    referral: Row | None
    worker: uuid.UUID
    period: Row | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    kept: list[Fact] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        return self.version.programme

    @property
    def texts(self) -> dict[str, Any]:
        return stock(self.plan.country)

    def add(self, model: str, on: dt.date, /, **values: Any) -> Row:
        row = self.plan.add(model, on, person_id=self.enrolment["person_id"], **values)
        self.rows.setdefault(model, []).append(row)
        return row

    def dated(self, model: str, on: dt.date, /, **values: Any) -> Row:
        return self.add(model, on, enrolment_id=self.enrolment["id"], **values)

    def tell(self, kind: str, row: Row, on: dt.date, /, **values: Any) -> None:
        """What the room tells the core of the row it has just written."""
        self.dated(
            "standing.DatedFact", on, source=row["id"], kind=kind, on=on, values=values, until=None
        )

    def of(self, model: str) -> list[Row]:
        return self.rows.get(model, [])

    # What is asked, and what the core says of it

    def facts(self) -> list[Fact]:
        return [*_facts(self), *self.kept]

    def judged(self, on: dt.date) -> Judgement:
        return judgement(self.programme, self.facts(), on)

    def asked(self, step: Step) -> list[Criterion]:
        """What leaving the present step and entering `step` asks."""
        here = self.step
        codes = [*(here.exit_all if here else ()), *step.entry]
        return [self.programme.criteria[code] for code in dict.fromkeys(codes)]

    @property
    def step(self) -> Step | None:
        return self.programme.step(self.period["step"]) if self.period else None

    def step_at(self, ordinal: int) -> Step:
        return self.programme.primary.steps[ordinal - 1]

    # Facts beside the step

    def assign(self, member: uuid.UUID, part: str, since: dt.date, because: str = "") -> Row:
        return self.dated(
            "intake.Assignment", since, member_id=member, part=part, since=since, because=because
        )

    def hand_over(self, member: uuid.UUID, part: str, on: dt.date) -> None:
        """Another takes over from whoever holds the part."""
        for row in self.of("intake.Assignment"):
            if row["part"] == part and row.get("until") is None:
                row["until"] = on
        self.assign(member, part, on, self.texts["basis"]["took_over"])
        if part == "case_worker":
            self.worker = member

    def judge(self, criterion: str, on: dt.date, *, met: bool) -> None:
        basis = self.plan.rng.choice(self.texts["basis"]["met" if met else "not_met"])
        self.dated(
            "standing.Judged",
            on,
            criterion=criterion,
            met=met,
            basis=basis,
            on=on,
            by_id=self.worker,
        )

    def judge_all(self, step: Step, on: dt.date, *, of_ten: int = 10) -> None:
        """Judge what `step` asks. Of ten criteria that a person judges, `of_ten` are met."""
        for criterion in self.asked(step):
            if criterion.test is not Test.AUTO:
                self.judge(criterion.code, on, met=self.plan.rng.randrange(10) < of_ten)

    def on_paper(self, step: Step, on: dt.date) -> None:
        """What the unit had written down of what `step` asks and a computer can read."""
        for criterion in self.asked(step):
            if criterion.test is Test.AUTO:
                self.kept += kept_elsewhere(self.programme, criterion, on)

    def income(self, moment: str, source: str, on: dt.date) -> None:
        self.dated("intake.Income", on, moment=moment, source=source, on=on)

    def categorise(self, which: str, code: str, on: dt.date, instrument: str) -> None:
        self.dated(
            "standing.Category",
            on,
            category_set=which,
            code=code,
            instrument=instrument,
            on=on,
            grounds=self.plan.rng.choice(self.texts["basis"]["category"]),
            by_id=self.worker,
        )

    def read_scale(self, ladder: str, level: int, on: dt.date, own: int | None) -> None:
        step = self.programme.ladder(ladder).steps[level - 1]
        self.dated(
            "standing.ScaleReading",
            on,
            ladder=ladder,
            level=step.code,
            ordinal=level,
            on=on,
            grounds=self.plan.rng.choice(self.texts["basis"]["reading"]),
            persons_own=own,
            by_id=self.worker,
        )

    def pause(self, since: dt.date, until: dt.date | None) -> None:
        reason = self.plan.rng.randrange(3)
        self.dated(
            "standing.Pause",
            since,
            since=since,
            until=until,
            reason=("parental_leave", "illness", "other")[reason],
            note=self.texts["basis"]["pause"][reason],
        )

    # Decisions

    def decide(self, ordinal: int, on: dt.date, *, drop_out: bool = False, **said: Any) -> Row:
        """Move to a step of the primary ladder, or stay. `said` overrides texts and review date."""
        step = self.step_at(ordinal)
        if drop_out:
            self.kept.append(Fact(on - days(1), "drop_out", {"reason": "workplace"}))
        found = self.judged(on)
        move = next(m for m in found.open_moves if m.ladder == self.ladder and m.to == step.code)
        row = self._decision(found, move.kind, on, to=step.code, **said)
        row |= {"skipped": list(move.skipped), "against_advice": move.needs_reason}
        if move.kind != "stay":
            self._step_on(row, move, on)
        return row

    @property
    def ladder(self) -> str:
        return self.programme.primary.code

    def _step_on(self, decision: Row, move: Move, on: dt.date) -> None:
        if self.period:
            self.period["until"] = on
            decision["closes_id"] = self.period["id"]
        self.period = self.open_period(self.programme.step(move.to), on, attempt=move.attempt)
        decision["opens_id"] = self.period["id"]

    def open_period(self, step: Step, since: dt.date, *, attempt: int = 1, **more: Any) -> Row:
        return self.dated(
            "standing.StepPeriod",
            since,
            ladder=self.ladder,
            step=step.code,
            ordinal=step.ordinal,
            attempt=attempt,
            since=since,
            **self._support(step),
            **more,
        )

    def _support(self, step: Step) -> dict[str, str]:
        """Now and then somebody needs other support than the step usually gives (AJ-06)."""
        if step.support and self.plan.some(0.07):
            other = self.plan.rng.choice([one for one in SUPPORTS if one != step.support])
            return {"support": other, "note": self.texts["basis"]["support"]}
        return {"support": step.support}

    def _decision(self, found: Judgement, kind: str, on: dt.date, *, to: str, **said: Any) -> Row:
        words = self.plan.rng.choice(self.texts["words"][kind])
        asked = self.plan.some(0.8)
        values = {
            "programme_id": self.version.key,
            "kind": kind,
            "ladder": self.ladder,
            "from_step": self.period["step"] if self.period else "",
            "to_step": to,
            "effective_on": on,
            "advice": to_json(found),
            "reasons": self._reasons(kind, on),
            "grounds": self.plan.rng.choice(self.texts["grounds"][kind]),
            "own_words": words if asked else "",
            "own_words_missing": "" if asked else "not_asked",
            "by_id": self.worker,
        }
        return self.dated("steps.StepDecision", on, **(values | said))

    def _reasons(self, kind: str, on: dt.date) -> list[str]:
        if kind not in {"forward", "skip"}:
            return []
        recent = [r for r in self.of("standing.Judged") if r["met"] and r["on"] >= on - days(30)]
        return list(dict.fromkeys(row["criterion"] for row in recent))[:3]

    def correct(self, on: dt.date) -> None:
        """The last move was wrong: what it opened is void, what it closed goes on."""
        wrong = self.of("steps.StepDecision")[-1]
        back = next(r for r in self.of("standing.StepPeriod") if r["id"] == wrong["closes_id"])
        found = self.judged(on)
        self._decision(found, "correct", on, to=back["step"], corrects_id=wrong["id"])
        assert self.period is not None  # noqa: S101 -- the wrong decision opened it
        self.period["voided_at"] = self.plan.moment(on)
        back["until"] = None
        self.period = back

    def leave(self, on: dt.date, reason: str, income: str) -> None:
        self.income("exit", income, on)
        to_work = income != self.of("intake.Income")[0]["source"]
        words = self.plan.rng.choice(self.texts["words"]["leave_to_work" if to_work else "leave"])
        row = self._decision(
            self.judged(on), "leave", on, to="", own_words=words, own_words_missing=""
        )
        if self.period:
            self.period["until"] = on
            row["closes_id"] = self.period["id"]
        self.period = None
        self.enrolment |= {"until": on, "exit_reason": reason}
        for assignment in self.of("intake.Assignment"):
            assignment["until"] = assignment.get("until") or on
        for pause in self.of("standing.Pause"):
            pause["until"] = pause.get("until") or on


def _facts(case: Case) -> Iterator[Fact]:
    """The same facts as the rooms of standing and of steps read from their tables."""
    if case.referral:
        values = {"state": case.referral["state"], "referrer": case.referral["referrer_kind"]}
        yield Fact(case.referral["received_on"], "referral", values)
    since = case.enrolment["since"]
    yield Fact(since, "enrolment", {"agency": case.enrolment["agency"]})
    if case.enrolment.get("until"):
        yield Fact(case.enrolment["until"], "exit", {"reason": case.enrolment["exit_reason"]})
    for model, kind, names in _KINDS:
        for row in case.of(model):
            if row.get("voided_at") is None:
                values = {name: row[column] for name, column in names if row.get(column)}
                yield Fact(row.get("since") or row["on"], kind, values, row.get("until"))
    yield from _more(case)


def _more(case: Case) -> Iterator[Fact]:
    for row in case.of("standing.Category"):
        screened = row["category_set"] == "screening_group"
        code = {"group" if screened else "code": row["code"], "set": row["category_set"]}
        yield Fact(row["on"], "screening" if screened else "category", code)
    for row in case.of("standing.Judged"):
        values = {"criterion": row["criterion"], "met": row["met"]}
        yield Fact(row["on"], "judgement", values)
    for row in case.of("intake.Assignment"):
        yield Fact(row["since"], "assignment", {"role": row["part"], "state": "assigned"})
        if row.get("until"):
            yield Fact(row["until"], "assignment", {"role": row["part"], "state": "ended"})
    for row in case.of("steps.StepDecision"):
        if row["kind"] != "stay":
            values = {"what": WHAT.get(row["kind"], "step"), "ladder": row["ladder"]}
            values |= {"to": row["to_step"], "grounds": row["grounds"]}
            yield Fact(row["effective_on"], "decision", values | {"own_words": row["own_words"]})


_KINDS: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]] = (
    (
        "standing.StepPeriod",
        "step",
        tuple((name, name) for name in ("ladder", "step", "attempt", "imported", "support")),
    ),
    ("standing.Pause", "pause", (("reason", "reason"),)),
    (
        "standing.ScaleReading",
        "scale_reading",
        (("ladder", "ladder"), ("level", "ordinal"), ("person_level", "persons_own")),
    ),
    ("intake.Income", "income_source", (("source", "source"), ("at", "moment"))),
)
