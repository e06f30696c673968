"""One person's way through the municipality: the referral, the enrolment, who works with them, and
the road itself, either told step by step (`SCRIPTS`) or walked by chance."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stegvis.config.demo import stories
from stegvis.config.demo.case import Case, Version
from stegvis.config.demo.persons import Person
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.config.demo.stock import stock
from stegvis.config.demo.stories import PACES

LONGEST_BACK = 730  # days
AGENCIES = {"SE": ("SOC", "SOC", "AF", "AF", "FK", "REGION"), "DK": ("JOBCENTER",) * 4 + ("SOC",)}
ANSWER_DAYS = 14

type Moves = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """`moves`: how many days ago, to which step; the first is where the person began. `pause`: from
    and until so many days ago. `due`: everything a person judges has just been judged as met."""

    moves: Moves
    pause: tuple[int, int] | None = None
    due: bool = False


# The people of the screens that were drawn first, and people who show that time ends nothing.
SCRIPTS: Mapping[str, Script] = {
    "Samira Nordh": Script(((309, 1), (267, 3), (225, 2), (127, 3), (57, 4)), pause=(176, 128)),
    "Tomas Fagerlind": Script(((290, 1), (250, 2), (162, 3)), due=True),
    "Rosa Vidfors": Script(((150, 1), (110, 2)), due=True),
    "Leyla Sandmark": Script(((400, 1), (360, 2), (250, 3), (95, 4))),
    "Tord Lindqvall": Script(((190, 1), (140, 2))),
    "Amina Warde": Script(((170, 1), (125, 2)), due=True),
    "Stig Hallengren": Script(((330, 1), (290, 2), (180, 3))),
    "Nour Eklid": Script(((240, 1), (190, 2), (80, 3)), due=True),
    "Pär Ömalm": Script(((520, 1), (480, 2), (330, 3), (170, 4), (38, 5))),
    "Mehran Tallgård": Script(((380, 1), (340, 3), (120, 4))),
    "Ebba Lundvik": Script(((33, 1),)),
    "Yonas Hagelin": Script(((260, 2), (150, 3))),
    "Benjamin Aspgård": Script(((210, 1), (170, 2), (75, 3))),
    "Elsa Furunäs": Script(((700, 1), (655, 2), (430, 2))),
    "Mette Holmstrand": Script(((314, 1), (286, 2), (216, 3), (160, 2), (97, 3))),
    "Otto Vallbrant": Script(((1120, 1), (1050, 2), (960, 3))),
}


@dataclass(frozen=True, slots=True)
class Load:
    """Whose people: so many whose road goes on, so many who have left, so many protected."""

    worker: str
    unit: str
    programme: str
    going: int
    left: int
    protected: int
    supervisors: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    outside: int = 0  # of those who have left: screened into another group (FM-04)


@dataclass(slots=True)
class Office:
    """What every road needs to be told: the plan, the staff, the programme versions."""

    plan: Plan
    members: Mapping[str, uuid.UUID]
    units: Mapping[str, uuid.UUID]
    versions: Mapping[str, Version]
    schemes: Sequence[uuid.UUID]
    leaver: tuple[uuid.UUID, str, dt.date]  # who, the unit's code, gone since

    @property
    def texts(self) -> dict[str, Any]:
        return stock(self.plan.country)

    def pick(self, keys: Sequence[str]) -> uuid.UUID:
        return self.members[self.plan.rng.choice(keys)]

    # The way in

    def referral(self, person: Row, unit: str, received: dt.date, **state: Any) -> Row:
        rng = self.plan.rng
        kind = rng.choice(AGENCIES[self.plan.country])
        return self.plan.add(
            "intake.Referral",
            received,
            person_id=person["id"],
            unit_id=self.units[unit],
            referrer_kind=kind,
            referrer_name=rng.choice(self.texts["referrers"][kind]),
            scheme_id=rng.choice(self.schemes) if rng.random() < 0.6 else None,  # noqa: PLR2004
            sent_on=received - days(rng.randint(0, 4)),
            received_on=received,
            answer_by=received + days(ANSWER_DAYS),
            need=rng.choice(self.texts["needs"]),
            **state,
        )

    def order(self, referral: Row, count: int) -> None:
        for line in self.plan.rng.sample(self.texts["orders"], count):
            self.plan.add(
                "intake.OrderLine",
                referral["created_at"].date(),
                referral_id=referral["id"],
                person_id=referral["person_id"],
                **line,
            )

    def enrol(self, person: Row, load: Load, since: dt.date, earlier: Row | None) -> Case:
        rng = self.plan.rng
        received = working_day(since - days(rng.randint(10, 30)))
        answered = min(since, working_day(received + days(rng.randint(2, 16))))
        worker = self.members[load.worker]
        referral = self.referral(
            person,
            load.unit,
            received,
            state="accepted",
            answered_on=answered,
            decided_by_id=worker,
            services_asked=["mapping", "work_training"],
            services_accepted=["mapping", "work_training"],
        )
        self.order(referral, rng.choice((1, 1, 2)))
        return self._opened(person, load, since, referral=referral, earlier=earlier)

    def _opened(
        self,
        person: Row,
        load: Load,
        since: dt.date,
        *,
        referral: Row | None,
        earlier: Row | None = None,
    ) -> Case:
        rng, version = self.plan.rng, self.versions[load.programme]
        enrolment = self.plan.add(
            "intake.Enrolment",
            since,
            person_id=person["id"],
            unit_id=self.units[load.unit],
            programme_id=version.key,
            referral_id=referral["id"] if referral else None,
            earlier_id=earlier["id"] if earlier else None,
            agency=referral["referrer_kind"] if referral else "OTHER",
            eligibility=self.texts["basis"]["eligibility"],
            since=since,
            extent_percent=rng.choice((25, 50, 50, 50, 75, 100)),
            imported=referral is None,
        )
        return Case(self.plan, version, enrolment, referral, self.members[load.worker])

    # The road

    def going(self, person: Person, load: Load, script: Script | None = None) -> Case:
        """Somebody whose road goes on today."""
        plan, rng = self.plan, self.plan.rng
        back = script.moves[0][0] if script else 14 + int(LONGEST_BACK * rng.random() ** 1.35)
        since = working_day(plan.today - days(back))
        earlier = None if script or plan.some(0.88) else self.before(person, load, since)
        case = self.enrol(person.row, load, since, earlier)
        self._staff(case, load, since)
        pace = PACES[load.programme]
        if script:
            _follow(case, pace, script, plan.today)
        else:
            stories.begin(case, pace, stories.entry_step(case, pace))
            self._until_today(case, pace, load)
        stories.readings(case, until=plan.today)
        if (script and script.due) or (not script and plan.some(0.14)):
            stories.due_today(case, plan.today)
        _look_again(case)
        return case

    def _until_today(self, case: Case, pace: stories.Pace, load: Load) -> None:
        """Some change case worker on the way; those of the one who has left had to."""
        today = self.plan.today
        gone, _unit, day = self.leaver
        if case.worker == gone:
            stories.walk(case, pace, until=day)
            case.hand_over(self.members[load.worker], "case_worker", day)
            stories.walk(case, pace, until=today, after=day)
        else:
            stories.walk(case, pace, until=today)

    def _staff(self, case: Case, load: Load, since: dt.date) -> None:
        """Who works with the person: the leaver had a share of the older cases of the unit."""
        plan, today = self.plan, self.plan.today
        gone, unit, day = self.leaver
        old = unit == load.unit and since < day - days(60) and not load.named
        if old and plan.some(0.2):
            case.worker = gone
        case.assign(case.worker, "case_worker", since)
        soon = working_day(since + days(plan.rng.randint(12, 40)))
        if load.supervisors and soon < today:
            case.assign(self.pick(load.supervisors), "work_supervisor", soon)
        if load.mediators and soon < today:
            case.assign(self.pick(load.mediators), "job_mediator", soon)

    def left(self, person: Person, load: Load, *, outside: bool = False) -> Case:
        """Somebody who has been here and left."""
        rng = self.plan.rng
        back = rng.randint(90, 200) if outside else rng.randint(210, LONGEST_BACK)
        since = working_day(self.plan.today - days(back))
        until = working_day(since + days(rng.randint(60, back - 20)))
        return self._been(person, load, since, until, outside=outside)

    def before(self, person: Person, load: Load, since: dt.date) -> Row:
        """An earlier enrolment (X-12): told by an old list, or lived through here."""
        until = since - days(self.plan.rng.randint(60, 200))
        begun = working_day(until - days(self.plan.rng.randint(120, 300)))
        if self.plan.some(0.4):
            return self._imported(person, load, begun, until)
        return self._been(person, load, begun, working_day(until)).enrolment

    def _been(
        self, person: Person, load: Load, since: dt.date, until: dt.date, *, outside: bool = False
    ) -> Case:
        plan, pace = self.plan, PACES[load.programme]
        case = self.enrol(person.row, load, since, None)
        case.assign(case.worker, "case_worker", since)
        if outside:
            stories.begin(case, pace, 1, group=plan.rng.choice("23"))
            if plan.some(0.85):  # a few still wait for the rehabilitation team
                case.leave(until, "other_programme", case.of("intake.Income")[0]["source"])
            return case
        if load.mediators:
            case.assign(self.pick(load.mediators), "job_mediator", since + days(21))
        stories.begin(case, pace, stories.entry_step(case, pace))
        stories.walk(case, pace, until=until)
        stories.readings(case, until=until)
        stories.finish(case, pace, until)
        return case

    def _imported(self, person: Person, load: Load, since: dt.date, until: dt.date) -> Row:
        """From an old list: no referral, no grounds, a hole between the steps."""
        case = self._opened(person.row, load, since, referral=None)
        half = since + (until - since) / 2
        first, second = case.step_at(1), case.step_at(2)
        case.open_period(first, since, until=half - days(9), imported=True)
        case.open_period(second, half, until=until, imported=True)
        case.enrolment |= {"until": until, "exit_reason": "other"}
        case.income("entry", "unknown", since)
        case.income("exit", "unknown", until)
        return case.enrolment


def _follow(case: Case, pace: stories.Pace, script: Script, today: dt.date) -> None:
    """The road as it is written. The same step again is a decision to stay."""
    stories.begin(case, pace, script.moves[0][1])
    if script.pause:
        case.pause(today - days(script.pause[0]), today - days(script.pause[1]))
    rule = case.programme.transitions.drop_out
    for back, ordinal in script.moves[1:]:
        on = working_day(today - days(back))
        step = case.step_at(ordinal)
        fell = bool(rule and case.step and case.step.code == rule.from_step)
        fell = fell and bool(rule and step.code == rule.restart_step)
        if not fell:
            case.judge_all(step, on - days(3))
            case.on_paper(step, on - days(3))
        case.decide(ordinal, on, drop_out=fell)


AGAIN = (-4, 0, 2, 5, 8, 9, 12, 14, 16, 20, 23, 27, 30, 33, 40, 47)
"""Days from today on which somebody means to look at a step again."""


def _look_again(case: Case) -> None:
    """When somebody means to look again: some days late, today, or in the weeks to come."""
    latest, today = case.of("steps.StepDecision")[-1], case.plan.today
    day = working_day(today + days(case.plan.rng.choice(AGAIN)))
    later = day > latest["effective_on"]
    latest["review_on"] = day if later and case.plan.some(0.85) else None
