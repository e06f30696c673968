"""What people say of themselves, and what is seen of them in work: three weeks of it, and older
marks that have faded or gone stale."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day
from stegvis.core.programme.model import Term
from stegvis.core.progression.fading import criteria_of
from stegvis.journey.abilities.facts import forms, is_rare, places, purposes
from stegvis.journey.abilities.words import starter

OLD = (260, 215)  # days ago: what has gone stale
FADED = (120, 100)
LATELY = (20, 16, 13, 9, 6, 2)
SEEN = ("works", "works", "works", "with_support", "with_support", "not_now")
SEEN_LIKE = (("not_now",), ("with_support",), ("works",))  # as the person sees it themselves


def abilities(made: Plan, going: Sequence[Case]) -> None:
    if not going:
        return
    name, code = going[0].texts["abilities"]["own"]
    asks = [c for c in going[0].programme.criteria if c in {"more_self_going", "own_barriers"}]
    made.add("abilities.Ability", made.today - days(200), code=code, name=name, criteria=asks)
    for case in going:
        _Life(made, case).told()


class _Life:
    """One person's marks and papers."""

    def __init__(self, made: Plan, case: Case) -> None:
        self.made, self.case = made, case
        self.texts = case.texts["abilities"]
        self.by = _observer(case)
        self.codes = _codes(case)

    def told(self) -> None:
        for item in self.made.rng.sample(self.codes, k=min(4, len(self.codes))):
            self._marks(item)
        self._body()
        self._papers()
        self._arranged()

    def _since(self, back: int) -> Any:
        """So many days ago, if the person was here then."""
        day = working_day(self.made.today - days(back))
        began = self.case.enrolment["since"]
        return day if began < day <= self.made.today else None

    def _pick(self, *path: str) -> str:
        pool: Any = self.texts
        for name in path:
            pool = pool[name]
        found: str = self.made.rng.choice(pool)
        return found

    def _marks(self, item: str) -> None:
        rng = self.made.rng
        value = rng.choice((3, 5, 6, 8, 8, 9))
        thinks = SEEN_LIKE[min(2, value // 4)] if self.made.some(0.75) else SEEN
        for back in (*OLD[:1], *FADED[:1], *LATELY[:: rng.choice((2, 3, 5))]):
            day = self._since(back)
            if day and self.made.some(0.7):
                self._rating(item, day, max(0, min(10, value + rng.randrange(-1, 2))))
        for back in (*OLD[1:], *FADED[1:], *LATELY[1 :: rng.choice((2, 3, 5))]):
            day = self._since(back)
            if day and self.made.some(0.75):
                self._seen(item, day, among=thinks)

    def _rating(self, item: str, day: Any, value: int, *, bodily: bool = False) -> Row:
        row = self.case.dated(
            "abilities.SelfRating",
            day,
            item=item,
            bodily=bodily,
            value=value,
            on=day,
            words=self._pick("rated") if self.made.some(0.4) else "",
            by_id=self.case.worker,
            written_for=True,
        )
        said = {"item": "body"} if bodily else {"item": item, "value": value}
        self.case.tell("self_rating", row, day, **said)
        return row

    def _seen(self, ability: str, day: Any, words: str = "", among: Sequence[str] = SEEN) -> Row:
        seen = self.made.rng.choice(among)
        row = self.case.dated(
            "abilities.Observation",
            day,
            ability=ability,
            seen=seen,
            situation=self._pick("situations"),
            words=words or (self._pick("seen", seen) if self.made.some(0.7) else ""),
            on=day,
            by_id=self.by,
        )
        self.case.tell("observation", row, day, ability=ability, seen=seen)
        return row

    def _body(self) -> None:
        """Now and then something of the body, tried in work or about to be."""
        day = self._since(18)
        if day is None or not self.made.some(0.3):
            return
        turn, tried = self.made.rng.randrange(2), self._since(5)
        rating = self._rating("back_pain", day, 8 - turn, bodily=True)
        done = self._seen("tried", tried, self.texts["trial"]["words"][turn]) if tried else None
        self.case.dated(
            "abilities.Trial",
            day,
            rating_id=rating["id"],
            rated_on=day,
            shown=self.made.some(0.7),
            what=self.texts["trial"]["what"][turn],
            place=self.texts["trial"]["where"][turn],
            tried_by_id=self.by,
            by_when=self.made.today + days(7),
            ordered_by_id=self.case.worker,
            observation_id=done["id"] if done else None,
            observed_on=tried if done else None,
        )

    def _papers(self) -> None:
        """The planning document of the present step, and who else writes in it."""
        step, known = self.case.step, forms(self.case.programme)
        code = next((c for c in step.documents if c in known), "") if step else ""
        for number, back in enumerate((19, 4), start=1):
            day = self._since(back)
            if code and day and self.made.some(0.6) and (number == 1 or self._has(code)):
                self._planned(code, number, day)

    def _has(self, code: str) -> bool:
        return any(row["document"] == code for row in self.case.of("abilities.PlanningDocument"))

    def _planned(self, code: str, number: int, day: Any) -> None:
        asked = forms(self.case.programme)[code].fields
        pool = self.texts["plan"]["answers"]
        answers = [
            {
                "question": dict(q),
                "answer": pool[n % len(pool)],
                "not_relevant": False,
                "picked": [],
            }
            for n, q in enumerate(asked)
        ]
        if self.made.some(0.3):
            answers[-2] |= {"answer": "", "not_relevant": True}
        row = self.case.dated(
            "abilities.PlanningDocument",
            day,
            document=code,
            number=number,
            answers=answers,
            on=day,
            by_id=self.by,
        )
        self.case.tell("document", row, day, document=code, state="written")

    def _arranged(self) -> None:
        if self.made.some(0.35) and (day := self._since(15)):
            values = {"what": self._pick("adapt", "what"), "why": self._pick("adapt", "why")}
            self.case.dated(
                "abilities.Adaptation", day, agreed_on=day, by_id=self.by, until=None, **values
            )
        if self.made.some(0.2) and (day := self._since(8)):
            words = {name: self._pick("summary", name) for name in ("works", "not_now")}
            own = self._pick("summary", "own")
            self.case.dated(
                "abilities.ObservationSummary", day, own_words=own, on=day, by_id=self.by, **words
            )
        self._placed()
        self._ordered()
        self._supported()

    def _placed(self) -> None:
        """Where the step is done, where the programme says what may be chosen."""
        step, period, model = self.case.step, self.case.period, self.case.programme
        known: dict[str, Term] = places(model, step.code) if step else {}
        if not known or period is None or step is None or not self.made.some(0.6):
            return
        usual = [code for code, term in known.items() if not is_rare(term)]
        rare = [code for code, term in known.items() if is_rare(term)]
        odd = bool(rare) and self.made.some(0.15)
        asks = purposes(model, step.code)
        period["purpose"] = self.made.rng.choice(list(asks)) if asks else ""
        self.case.dated(
            "abilities.StepPlace",
            period["since"],
            period_id=period["id"],
            site=self.made.rng.choice(rare if odd else usual),
            rare=odd,
            reason=self.texts["plan"]["rare"] if odd else "",
            by_id=self.case.worker,
        )

    def _ordered(self) -> None:
        """Mapping at a workshop, where the person is on a first step with a supervisor."""
        step = self.case.step
        day = self._since(17)
        if step is None or day is None or step.ordinal > 2 or not self.made.some(0.4):  # noqa: PLR2004
            return
        if self.by not in _holding(self.case, "work_supervisor"):
            return
        known = list(places(self.case.programme, self.case.step_at(1).code))
        self.case.dated(
            "abilities.WorkshopOrder",
            day,
            site=known[-1] if known else "workshop",
            questions=self.texts["plan"]["questions"],
            answers=self.texts["plan"]["found"] if self.made.some(0.5) else [],
            supervisor_id=self.by,
            since=day,
            due_on=self.made.today + days(10),
            ordered_by_id=self.case.worker,
        )

    def _supported(self) -> None:
        step = self.case.step
        if step is None or step.support not in {"on_demand", "little"}:
            return
        for back in (12, 7, 3):
            day = self._since(back)
            if day and self.made.some(0.5):
                what = self.made.rng.choice(("asked", "offered", "company"))
                row = self.case.dated(
                    "abilities.SupportGiven", day, what=what, on=day, by_id=self.by
                )
                told = "company" if what == "company" else "support_on_demand"
                self.case.tell("event", row, day, what=told, result=what)


def _observer(case: Case) -> uuid.UUID:
    """Whoever sees the person at work: a supervisor, a mediator, else the case worker."""
    held = [*_holding(case, "work_supervisor"), *_holding(case, "job_mediator")]
    return held[0] if held else case.worker


def _holding(case: Case, part: str) -> list[uuid.UUID]:
    rows = case.of("intake.Assignment")
    return [row["member_id"] for row in rows if row["part"] == part and row.get("until") is None]


def _codes(case: Case) -> list[str]:
    """The abilities of the programme, those first that say something about what is asked next."""
    vocabulary = case.programme.vocabularies.get("abilities")
    codes = [term.code for term in vocabulary.terms] if vocabulary else []
    codes = codes or [raw["code"] for raw in starter()["abilities"]]
    return sorted(codes, key=lambda code: (not criteria_of(case.programme, code), code))
