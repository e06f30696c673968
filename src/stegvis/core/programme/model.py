"""A programme model as frozen values.

The file format is described in docs/formats/programme.schema.json; `load.py` turns a checked file
into these values. Nothing here knows a particular programme: six Swedish steps, three Danish ones
and a network's process are all the same shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stegvis.core.values.texts import Texts as Texts  # noqa: PLC0414 -- spoken of as model.Texts


class LadderKind(StrEnum):
    PHASE = "phase"  # what the organisation does now
    ABILITY = "ability"  # how much support and own planning; where the work is
    SCALE = "scale"  # where the person is assessed to be: a dated reading
    CATEGORY = "category"  # what kind of need: a dated classification, not progress


class Entry(StrEnum):
    ANY = "any_step"
    FIRST = "first_step"


class Test(StrEnum):
    AUTO = "auto"  # computed from recorded facts
    JUDGED = "judged"  # set by a person, with evidence
    YES_NO = "yes_no"  # done or not done, ticked by a person


@dataclass(frozen=True, slots=True)
class Setting:
    """A value a municipality may change. `ours` says that no source gives it: it is our default."""

    key: str
    value: float | int | str | bool | None
    ours: bool
    texts: Texts
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of entry or exit. `measure` names what an AUTO test reads (see measures.py);
    `needs` maps that measure's parameters to setting keys or plain values."""

    code: str
    texts: Texts
    test: Test
    measure: str = ""
    needs: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    easy: Texts = field(default_factory=dict)  # the same in easy language, for the participant
    ours: tuple[str, ...] = ()  # names of fields above that no source gives


@dataclass(frozen=True, slots=True)
class Duty:
    code: str
    role: str
    texts: Texts
    optional: bool = True
    word: str = ""  # the source's own qualification in this step ("täta", "vid behov")


@dataclass(frozen=True, slots=True)
class Element:
    """A core element: mandatory or not, with its home step and the facts that prove it."""

    code: str
    texts: Texts
    mandatory: bool
    step: str | None
    evidence: tuple[str, ...]  # criterion codes, read like exit criteria
    due_after: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    ordinal: int
    names: Mapping[str, Texts]  # by track; the model's first track is the default
    entry: tuple[str, ...] = ()  # criterion codes
    exit_all: tuple[str, ...] = ()
    exit_any: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    documents: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    support: str = ""  # much, less, little, on_demand
    purpose: Texts = field(default_factory=dict)
    planning_horizon_days: int | None = None
    duration_weeks: tuple[int, int] | None = None
    time_limited: bool = False  # a decision point, never an automatic end
    ours: tuple[str, ...] = ()  # names of fields above that no source gives
    easy: Texts = field(default_factory=dict)  # the purpose in easy language, for the participant
    contents: tuple[Texts, ...] = ()  # what is done here


@dataclass(frozen=True, slots=True)
class Ladder:
    code: str
    kind: LadderKind
    texts: Texts
    entry: Entry
    steps: tuple[Step, ...]  # by ordinal, 1..n
    optional: bool = False
    primary: bool = False  # the ladder a person stands on; exactly one per model
    uses: str = ""  # the key of the programme this ladder is taken from
    place: str = ""  # where it is in use, if not everywhere


@dataclass(frozen=True, slots=True)
class DropOut:
    """What opens when someone drops out: the named step again, next day, unless excepted."""

    ladder: str
    from_step: str
    restart_step: str
    exception_by: str
    exceptions: Mapping[str, Texts]
    exception_next: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transitions:
    skip_up: bool
    back: bool
    decided_by: tuple[str, ...]
    drop_out: DropOut | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """Something that is to happen again and again, or once, within a time.

    `every` and `within` hold {"days"|"weeks"|"months": setting key or number}; `word` keeps the
    source's own unquantified word ("täta"). `starts` is the fact kind that starts the clock.
    """

    code: str
    event: str
    texts: Texts
    steps: tuple[str, ...] = ()  # only while standing on one of these; empty = always
    every: Mapping[str, object] = field(default_factory=dict)
    within: Mapping[str, object] = field(default_factory=dict)
    earliest: Mapping[str, object] = field(default_factory=dict)
    starts: str = ""
    lasts: Mapping[str, object] = field(default_factory=dict)
    word: str = ""
    ours: tuple[str, ...] = ()
    of: str = "person"  # or "unit": done once for all of a workplace, not on a person's road
    schemes: tuple[str, ...] = ()  # only for who was referred under one of these; empty = all


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a step. `kind` "planning": a form that is filled in for a person, in versions;
    `picks`: which of its fields (from 1) also take terms of which vocabularies."""

    code: str
    texts: Texts
    fields: tuple[Texts, ...] = ()
    kind: str = ""
    picks: tuple[Mapping[str, object], ...] = ()
    ours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    texts: Texts
    notes: Texts = field(default_factory=dict)
    ours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    code: str
    texts: Texts
    numerator: str
    denominator: str
    after_days: int | None = None
    target: float | None = None
    of: str = "participants"  # or "cooperation_group", "municipalities": who is counted
    by: str = "status"  # or "survey", "scale", "method_trials", "hours": what it is counted from
    ours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """M0..M12. `when` is a small condition read by progression/milestones: {"first": "referral"},
    {"enters": ["s5", "s6"]}, {"leaves": ["s1"]}, {"decided": "job_ready"}."""

    code: str
    when: tuple[Mapping[str, object], ...]  # any of; empty = the programme has no such milestone


@dataclass(frozen=True, slots=True)
class Category:
    """A dated classification (AM1.., screening group 1..3) and what the model expects of it."""

    code: str
    texts: Texts
    next: Texts = field(default_factory=dict)
    expected_steps: tuple[str, ...] = ()  # a pairing used for notices only, never a gate
    in_programme: bool = True
    ours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategorySet:
    code: str  # "need_category", "screening_group"
    texts: Texts
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary. `values` holds what the source says beside it (hours, season)."""

    code: str
    texts: Texts
    group: str = ""
    since: date | None = None
    until: date | None = None  # half-open: the first day it is no longer in force
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    code: str
    texts: Texts
    terms: tuple[Term, ...]
    extendable: bool = False  # a municipality may add words of its own
    ours: tuple[str, ...] = ()

    def in_force(self, on: date) -> tuple[Term, ...]:
        return tuple(
            term
            for term in self.terms
            if (term.since is None or term.since <= on) and (term.until is None or on < term.until)
        )


@dataclass(frozen=True, slots=True)
class Programme:
    key: str
    version: int
    country: str
    languages: tuple[str, ...]  # first = the programme's own
    names: Texts
    source: str
    target_group: Texts
    aim: Texts
    requires_referral: bool
    tracks: Mapping[str, Texts]  # first = default
    roles: tuple[Role, ...]
    ladders: tuple[Ladder, ...]
    transitions: Transitions
    criteria: Mapping[str, Criterion]
    elements: tuple[Element, ...]
    cadences: tuple[Cadence, ...]
    documents: tuple[Document, ...]
    outcomes: tuple[Outcome, ...]
    milestones: tuple[Milestone, ...]
    category_sets: tuple[CategorySet, ...]
    settings: Mapping[str, Setting]
    vocabularies: Mapping[str, Vocabulary]
    unknown: tuple[Texts, ...]  # what the source leaves open
    ours: tuple[str, ...] = ()  # e.g. "translations": all languages but the first are our words

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def primary(self) -> Ladder:
        return next(ladder for ladder in self.ladders if ladder.primary)

    def ladder(self, code: str) -> Ladder:
        return next(ladder for ladder in self.ladders if ladder.code == code)

    def step(self, code: str) -> Step:
        return next(step for ladder in self.ladders for step in ladder.steps if step.code == code)
