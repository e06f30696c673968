"""What a road is drawn from: plain values, so that the drawing rests on no judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from stegvis.core.programme.model import Ladder, Programme
from stegvis.core.values.sentences import catalogue
from stegvis.core.values.texts import pick

SAYS = catalogue("stegvis.core.programme.draw", "words.toml")


@dataclass(frozen=True, slots=True)
class Tread:
    ordinal: int  # 1..n, without holes
    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """Time on one step, half-open. `until` None goes on today. `label` stands inside a pause."""

    since: date
    until: date | None
    step: int
    label: str = ""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    since: date
    until: date
    step: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Words at the landing of the step that begins `on`, e.g. "Back, new medicine"."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A support beside the steps; `until` None goes on."""

    since: date
    until: date | None
    label: str


@dataclass(frozen=True, slots=True)
class Week:
    """Attendance of the week that begins on `monday`, 0 to 1; None: nothing was expected."""

    monday: date
    share: float | None


@dataclass(frozen=True, slots=True)
class RoadWords:
    today: str
    beside: str
    attendance: str
    skipped: str  # "Skipped {steps}"
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadPicture:
    """`key` makes the ids in the picture unique on the page: letters, digits, hyphens."""

    key: str
    title: str
    desc: str
    treads: tuple[Tread, ...]
    periods: tuple[Period, ...]
    today: date
    words: RoadWords
    plans: tuple[Plan, ...] = ()
    moves: tuple[Move, ...] = ()
    lanes: tuple[Lane, ...] = ()
    weeks: tuple[Week, ...] = field(default=())
    rtl: bool = False


def road_words(lang: str) -> RoadWords:
    """The drawing's own words in `lang`."""
    return RoadWords(
        today=SAYS.say("today", {}, lang),
        beside=SAYS.say("beside", {}, lang),
        attendance=SAYS.say("attendance", {}, lang),
        skipped=SAYS.say("skipped", {"steps": "{steps}"}, lang),
        months=tuple(SAYS.say("months", {}, lang).split()),
    )


def treads(ladder: Ladder, *, track: str, lang: str) -> tuple[Tread, ...]:
    """The ladder's steps as one office calls them; else by the name of the first track."""
    return tuple(
        Tread(step.ordinal, pick(step.names.get(track) or next(iter(step.names.values())), lang))
        for step in ladder.steps
    )


def chosen(programme: Programme, code: str | None) -> Ladder:
    return programme.ladder(code) if code else programme.primary
