"""Mappings: what people carry and meet, what they want, their papers, and how it was closed."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days, working_day

CLOSES = 36  # days after the enrolment, by far the most often
RECENT = 75  # days back: of these some are late


@cache
def _texts(country: str) -> dict[str, Any]:
    every = tomllib.loads(Path(__file__).with_name("mapping.toml").read_text("utf-8"))
    found: dict[str, Any] = every[country]
    return found


def mapping(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        _Told(made, case).all()


class _Told:
    """One person's mapping, from the first weeks of the enrolment on."""

    def __init__(self, made: Plan, case: Case) -> None:
        self.made, self.case, self.rng = made, case, made.rng
        self.texts = _texts(made.country)
        self.since: dt.date = case.enrolment["since"]
        self.by = {"by_id": case.worker}

    def all(self) -> None:
        self._life()
        self._words()
        self._goal()
        self._papers()
        self._told()
        recent = self.since > self.made.today - days(RECENT)
        if self._day(CLOSES) < self.made.today and not (recent and self.made.some(0.4)):
            self._close()

    def _day(self, after: int) -> dt.date:
        """A working day so long after the enrolment, today at the latest."""
        return min(working_day(self.since + days(after)), self.made.today)

    def _life(self) -> None:
        for sort, most in (("resource", 5), ("barrier", 3)):
            pool = self.texts[f"{sort}s"]
            for row in self.rng.sample(pool, self.rng.randrange(1, most + 1)):
                self._entry(sort, row)

    def _entry(self, sort: str, said: Sequence[str]) -> None:
        area, text, rest = said
        on = self._day(self.rng.randrange(2, 25))
        hinders = sort == "barrier"
        row = self.case.dated(
            "mapping.LifeEntry",
            on,
            sort=sort,
            area=area,
            text=text,
            more="" if hinders else rest,
            helper=rest if hinders else "",
            worry=hinders and self.made.some(0.3),
            state=self.rng.choice(("open", "under_way", "under_way")) if hinders else "open",
            source=self.rng.choice(("citizen", "citizen", "professional")),
            on=on,
            **self.by,
        )
        told = {"state": row["state"]} if hinders else {}
        self.case.tell(sort, row, on, **told)

    def _words(self) -> None:
        for text in self.rng.sample(self.texts["words"], self.rng.randrange(0, 3)):
            on = self._day(self.rng.randrange(2, 25))
            heard = self.case.worker if self.made.some(0.7) else None
            self.case.dated("mapping.OwnWords", on, text=text, on=on, heard_by_id=heard)

    def _goal(self) -> None:
        """Some change it on the way; some have none yet."""
        for after in self.rng.choice(((), (20,), (20,), (15, 70))):
            on = self._day(after)
            kind, text = self.rng.choice(self.texts["goals"])
            strength = self.rng.choice(("own", "chosen_with_worker", "to_try"))
            row = self.case.dated(
                "mapping.JobGoal",
                on,
                kind=kind,
                text=text,
                strength=strength,
                on=on,
                **self.by,
            )
            if kind == "studies":
                self.case.tell("event", row, on, what="study_goal")
            else:
                self.case.tell("job_goal", row, on, goal=kind, strength=strength)

    def _papers(self) -> None:
        about, work = self.rng.choice(self.texts["about"]), self.rng.choice(self.texts["jobs"])
        if self.made.some(0.6):
            self._paper("cv", {"about": about, "work": work})
        if self.made.some(0.35):
            self._paper("application_letter", {"why": self.rng.choice(self.texts["letters"])})
        for kind, what in self.rng.sample(self.texts["credentials"], self.rng.randrange(0, 3)):
            missing = kind != "reference" and self.made.some(0.4)
            on = self._day(14)
            self.case.dated(
                "mapping.Credential",
                on,
                kind=kind,
                what=what,
                exists="no" if missing else "yes",
                owner="participant" if missing else "",
                due=working_day(self.made.today + days(self.rng.randrange(5, 25)))
                if missing
                else None,
                **self.by,
            )

    def _paper(self, kind: str, sections: dict[str, str]) -> None:
        on = self._day(self.rng.randrange(10, 30))
        jobnet = self.made.country == "DK" and kind == "cv" and self.made.some(0.4)
        source = "jobnet" if jobnet else "own"
        row = self.case.dated(
            "mapping.Paper",
            on,
            kind=kind,
            number=1,
            state="elsewhere" if jobnet else "made",
            source=source,
            sections={} if jobnet else sections,
            on=on,
            **self.by,
        )
        self.case.tell("document", row, on, document=kind, state=source)

    def _told(self) -> None:
        on = self._day(self.rng.randrange(5, 20))
        tossed = [self.made.some(0.6) for _ in range(5)]
        if tossed[0]:
            row = self.case.dated("mapping.ToldOfMethods", on, cards=[], on=on, **self.by)
            self.case.tell("information", row, on, about="methods")
        if tossed[1]:
            need = self.rng.choice(("none", "extra", "vocational"))
            how = "" if need == "none" else self.texts["how"]
            self.case.dated("mapping.LanguageNeed", on, need=need, how=how, on=on, **self.by)
        if tossed[2]:
            self._fund(on)
        if tossed[3] and tossed[4]:
            about = self.texts["guidance"]
            row = self.case.dated("mapping.Guidance", on, about=about, on=on, **self.by)
            self.case.tell("event", row, on, what="study_guidance")

    def _fund(self, on: dt.date) -> None:
        member = self.rng.choice(("unknown", "yes", "no"))
        applied = self._day(40) if member == "yes" else None
        row = self.case.dated(
            "mapping.FundStatus", on, told_on=on, applied_on=applied, member=member, **self.by
        )
        self.case.tell("information", row, on, about="unemployment_fund")

    def _close(self) -> None:
        on = self._day(CLOSES + self.rng.randrange(-4, 4))
        steps = self.case.programme.primary.steps
        answers = {
            "which_step": steps[min(1, len(steps) - 1)].code,
            "which_measures": ["work_training"],
            "training_or_ready": "training",
        }
        summary = self.rng.choice(self.texts["summaries"])
        row = self.case.dated(
            "mapping.Assessment", on, on=on, summary=summary, **answers, **self.by
        )
        self.case.tell("mapping_closed", row, on, summary="written", **answers)
        self._cite(row)

    def _cite(self, row: Row) -> None:
        papers = [one for one in self.case.of("mapping.Paper") if one["on"] <= row["on"]]
        for one in papers[:1]:
            self.case.add(
                "mapping.Cited",
                row["on"],
                assessment_id=row["id"],
                kind="document",
                source=one["id"],
                on=one["on"],
            )
