"""What the binder shows: the model in words, and for each thing whether source or we say it.

Nothing here is text yet: names are Texts and phrases are Sayings, told in the reader's language
by `wording.tell`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stegvis.core.programme import wording
from stegvis.core.programme.model import (
    Cadence,
    Criterion,
    Document,
    Element,
    Entry,
    Ladder,
    Programme,
    Role,
    Setting,
    Step,
    Test,
    Texts,
)
from stegvis.core.programme.wording import Saying
from stegvis.core.values.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Task:
    texts: Texts
    optional: bool
    word: str  # the source's own word for how often, or ""


@dataclass(frozen=True, slots=True)
class Work:
    """What one role does in a step."""

    role: Role
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A criterion: `how` it is settled; `ours` are the settings of ours it depends on."""

    code: str
    texts: Texts
    easy: Texts
    test: Test
    how: Saying
    ours: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence: `ours` says that its number is not the source's."""

    code: str
    texts: Texts
    how: Saying
    ours: bool
    unit: bool  # done once for the whole workplace, not on a person's road


@dataclass(frozen=True, slots=True)
class StepPage:
    step: Step
    facts: tuple[Saying, ...]  # length, planning, support, time limit: in words
    work: tuple[Work, ...]
    entry: tuple[Condition, ...]
    exit_all: tuple[Condition, ...]
    exit_any: tuple[Condition, ...]
    elements: tuple[Element, ...]
    documents: tuple[Document, ...]
    rhythms: tuple[Rhythm, ...]


@dataclass(frozen=True, slots=True)
class LadderPages:
    ladder: Ladder
    how: Saying  # what kind of ladder it is and where one may begin
    pages: tuple[StepPage, ...]


@dataclass(frozen=True, slots=True)
class Binder:
    programme: Programme
    ladders: tuple[LadderPages, ...]  # the one a person stands on first
    rhythms: tuple[Rhythm, ...]  # those of no particular step
    moves: tuple[Saying, ...]
    ours: tuple[tuple[Setting, Sentence], ...]  # our defaults, with their value in words
    source: tuple[tuple[Setting, Sentence], ...]  # numbers the source gives
    unknown: tuple[Texts, ...]


def binder(programme: Programme) -> Binder:
    settings = [(one, wording.setting(one)) for one in programme.settings.values()]
    ladders = sorted(programme.ladders, key=lambda ladder: not ladder.primary)
    return Binder(
        programme=programme,
        ladders=tuple(
            LadderPages(ladder, _kind(ladder), tuple(_page(programme, s) for s in ladder.steps))
            for ladder in ladders
        ),
        rhythms=tuple(_rhythm(programme, one) for one in programme.cadences if not one.steps),
        moves=_moves(programme),
        ours=tuple(pair for pair in settings if pair[0].ours),
        source=tuple(pair for pair in settings if not pair[0].ours),
        unknown=programme.unknown,
    )


def _page(programme: Programme, step: Step) -> StepPage:
    documents = {one.code: one for one in programme.documents}
    elements = {one.code: one for one in programme.elements}
    return StepPage(
        step=step,
        facts=tuple(_facts(step)),
        work=tuple(_work(programme, step)),
        entry=tuple(_conditions(programme, step.entry)),
        exit_all=tuple(_conditions(programme, step.exit_all)),
        exit_any=tuple(_conditions(programme, step.exit_any)),
        elements=tuple(elements[code] for code in step.elements),
        documents=tuple(documents[code] for code in step.documents),
        rhythms=tuple(
            _rhythm(programme, one) for one in programme.cadences if step.code in one.steps
        ),
    )


def _facts(step: Step) -> Iterable[Saying]:
    if step.support:
        yield (Sentence(f"support_{step.support}"),)
    if step.duration_weeks:
        least, most = step.duration_weeks
        yield (Sentence("duration", {"least": least, "most": most}),)
    if step.planning_horizon_days:
        yield (Sentence("horizon", {"n": step.planning_horizon_days}),)
    if step.time_limited:
        yield (Sentence("time_limited"),)


def _work(programme: Programme, step: Step) -> Iterable[Work]:
    for role in programme.roles:
        duties = [duty for duty in step.duties if duty.role == role.code]
        if duties:
            yield Work(role, tuple(Task(one.texts, one.optional, one.word) for one in duties))


def _conditions(programme: Programme, codes: Iterable[str]) -> Iterable[Condition]:
    for code in codes:
        one = programme.criteria[code]
        yield Condition(
            code=code,
            texts=one.texts,
            easy=one.easy,
            test=one.test,
            how=(wording.criterion(programme, one),),
            ours=_ours(programme, one),
        )


def _ours(programme: Programme, one: Criterion) -> tuple[Setting, ...]:
    return tuple(s for s in wording.settings_of(programme, one.needs) if s.ours)


def _rhythm(programme: Programme, one: Cadence) -> Rhythm:
    amounts = (one.every, one.within, one.earliest, one.lasts)
    settings = [s for each in amounts for s in wording.settings_of(programme, each)]
    return Rhythm(
        code=one.code,
        texts=one.texts,
        how=wording.cadence(programme, one),
        ours=any(s.ours for s in settings) or bool({"every", "within"} & set(one.ours)),
        unit=one.of == "unit",
    )


def _kind(ladder: Ladder) -> Saying:
    said = [Sentence(f"kind_{ladder.kind}")]
    if ladder.kind in {"phase", "ability"}:
        said.append(Sentence("begins_first" if ladder.entry is Entry.FIRST else "begins_any"))
    return tuple(said)


def _moves(programme: Programme) -> tuple[Saying, ...]:
    rules = programme.transitions
    roles = {role.code: role.texts for role in programme.roles}
    said = [
        Sentence("move_skip" if rules.skip_up else "move_no_skip"),
        Sentence("move_back" if rules.back else "move_no_back"),
        Sentence("move_by", {"roles": [roles[code] for code in rules.decided_by]}),
    ]
    if rules.drop_out:
        steps = {step.code: step for step in programme.ladder(rules.drop_out.ladder).steps}
        values = {
            "from_step": _name(steps[rules.drop_out.from_step]),
            "restart_step": _name(steps[rules.drop_out.restart_step]),
            "role": roles[rules.drop_out.exception_by],
            "exceptions": list(rules.drop_out.exceptions.values()),
        }
        said.append(Sentence("move_drop_out", values))
    return tuple((one,) for one in said)


def _name(step: Step) -> Texts:
    return next(iter(step.names.values()))
