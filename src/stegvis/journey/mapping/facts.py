"""What is known of where someone starts: for this room's pages, for the plan, for the person's own
folder. What is of life areas is left out for whoever may not read it (`summary`)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from stegvis.core.programme.model import Programme
from stegvis.core.progression.dues import Due, due
from stegvis.core.progression.road import history
from stegvis.core.values.driving import Licence
from stegvis.journey.intake.models import Enrolment, OrderLine
from stegvis.journey.mapping.models import (
    Assessment,
    Cited,
    Credential,
    FundStatus,
    JobGoal,
    LanguageNeed,
    LifeEntry,
    MethodCard,
    OwnWords,
    Paper,
    PaperReview,
)
from stegvis.journey.mapping.words import BASES, Named, ours
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.facts import cases
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.platform.access.authority import may, reached
from stegvis.platform.access.decision import Act, Actor, FieldClass

EVENT = "mapping_closed"
MAKE, REVIEW = "cv_with_person", "review_cv_letter"  # duties that a programme gives a step
SMALL = 5  # ours: fewer are not told apart (INV-27)
WHOLE_WORD = 2  # so short a word must be the whole of what was said
_VERBS = {"clarify": "investigate", "try": "investigate", "train": "support", "practise": "support"}


@dataclass(frozen=True, slots=True)
class Summary:
    """The present situation in the order it is always shown: resources, goal, barriers (FM-09).
    `resources`, `barriers` and `words` are empty for whoever may not read the life areas."""

    resources: tuple[LifeEntry, ...] = ()
    goal: JobGoal | None = None
    barriers: tuple[LifeEntry, ...] = ()
    words: tuple[OwnWords, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    credentials: tuple[Credential, ...] = ()

    @property
    def unhelped(self) -> tuple[LifeEntry, ...]:
        """Barriers that nobody helps with yet (FM-13)."""
        return tuple(row for row in self.barriers if row.state != "solved" and not row.helper)


def summary(enrolment: Enrolment, *, by: Actor | None, on: dt.date) -> Summary:
    """Six queries at most. `by` None is a job."""
    reads = by is None or may(by, Act.READ, enrolment.person_id, FieldClass.SENSITIVE, on=on)
    life = life_entries(enrolment) if reads else []
    words = own_words(enrolment) if reads else []
    return situation(
        life,
        words=tuple(words),
        goal=job_goal(enrolment),
        papers=papers(enrolment),
        credentials=credentials(enrolment),
    )


def situation(life: Iterable[LifeEntry], **rest: Any) -> Summary:
    """A summary of what a page has read already; `rest` by the summary's names."""
    rows = tuple(life)
    return Summary(
        resources=tuple(row for row in rows if row.sort == LifeEntry.Sort.RESOURCE),
        barriers=tuple(row for row in rows if row.sort == LifeEntry.Sort.BARRIER),
        **rest,
    )


def life_entries(enrolment: Enrolment) -> list[LifeEntry]:
    """SENSITIVE: for a page that shows that class."""
    return list(LifeEntry.objects.filter(enrolment=enrolment).order_by("on", "id"))


def own_words(enrolment: Enrolment) -> list[OwnWords]:
    """SENSITIVE to read, as what they speak of; VOICE to write."""
    rows = OwnWords.objects.filter(enrolment=enrolment).order_by("on", "id")
    return list(rows.select_related("heard_by"))


def job_goals(enrolment: Enrolment) -> list[JobGoal]:
    """All of them, the latest first."""
    rows = JobGoal.objects.filter(enrolment=enrolment).select_related("by")
    return list(rows.order_by("-on", "-id"))


def job_goal(enrolment: Enrolment) -> JobGoal | None:
    return JobGoal.objects.filter(enrolment=enrolment).order_by("-on", "-id").first()


def papers(enrolment: Enrolment) -> dict[str, Paper]:
    """The latest version of each kind."""
    rows = Paper.objects.filter(enrolment=enrolment).order_by("kind", "number")
    return {row.kind: row for row in rows}


def licences(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Licence]]:
    """The driving licences of those the visitor reaches, as somebody has seen them. One query."""
    found: dict[uuid.UUID, list[Licence]] = {}
    rows = Credential.objects.filter(person__in=list(persons), kind="licence", exists="yes")
    for row in rows.order_by("id"):
        found.setdefault(row.person_id, []).append(Licence(frozenset(row.classes), row.valid_to))
    return found


def credentials(enrolment: Enrolment) -> tuple[Credential, ...]:
    return tuple(Credential.objects.filter(enrolment=enrolment).order_by("kind", "id"))


def purpose(enrolment: Enrolment) -> tuple[str, ...]:
    """What the referral is after (KN-37): `investigate`, `support`, or both; empty: nobody said.
    To clarify or try is to find out; to train or practise is to support. To be shown wherever
    something is ordered."""
    if enrolment.referral_id is None:
        return ()
    lines = OrderLine.objects.filter(referral=enrolment.referral_id).order_by("id")
    return purposes(lines.values_list("verb", flat=True))


def purposes(verbs: Iterable[str]) -> tuple[str, ...]:
    found = {_VERBS[verb] for verb in verbs}
    return tuple(code for code in ("investigate", "support") if code in found)


def _latest(rows: Any, *names: str) -> Subquery:
    said = JSONObject(**{name: name for name in names})
    return Subquery(
        rows.filter(enrolment=OuterRef("pk")).order_by("-on", "-id").values(said=said)[:1]
    )


def with_situation(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments with what the mapping page says beside the life areas, in the same query: the
    referral's verbs, the goal, the language need, the fund, the closing assessment."""
    verbs = OrderLine.objects.filter(referral=OuterRef("referral_id")).order_by("id").values("verb")
    cited = Cited.objects.filter(assessment=OuterRef("pk")).order_by("on", "id")
    closed = Assessment.objects.annotate(
        rests_on=ArraySubquery(cited.values(said=JSONObject(kind="kind", on="on")))
    )
    fund = FundStatus.objects.filter(enrolment=OuterRef("pk")).order_by("id")
    return rows.annotate(
        verbs=ArraySubquery(verbs),
        goal_said=_latest(JobGoal.objects, "kind", "text", "strength", "on"),
        language_said=_latest(LanguageNeed.objects, "need", "how", "on"),
        fund_said=Subquery(
            fund.values(said=JSONObject(told="told_on", applied="applied_on", member="member"))[:1]
        ),
        closing=_latest(
            closed,
            "on", "which_step", "which_measures", "measures_words", "training_or_ready", "summary",
            "unanswered", "despite", "rests_on",
        ),
    )  # fmt: skip


def bases(enrolment: Enrolment) -> list[DatedFact]:
    """What an assessment may cite: told by whichever room saw, heard or keeps it."""
    rows = DatedFact.objects.filter(enrolment=enrolment, kind__in=BASES, struck=False)
    return list(rows.order_by("-on", "kind", "id")[:60])


# The mapping's time


def mapping_due(model: Programme, facts: Sequence[Any], on: dt.date) -> Due | None:
    """When the programme wants the mapping closed; None: closed, paused, or no such rule."""
    codes = {one.code for one in model.cadences if one.event == EVENT}
    found = (one for one in due(model, history(model, facts, on)) if one.what in codes)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Pending:
    """A mapping that goes on."""

    enrolment: Enrolment
    due: Due


def pending(actor: Actor, on: dt.date, *, most: int = 300) -> list[Pending]:
    """The mappings that go on among those the actor may read, the most pressing first. Three
    queries, however many there are."""
    closed = Assessment.objects.filter(enrolment=OuterRef("pk"))
    rows = Enrolment.enrolments.visible_to(actor, on).open().filter(~Exists(closed))
    going = list(rows.select_related("person").order_by("-since", "id")[:most])
    models = programmes({row.programme_id for row in going})
    asked = [row for row in going if _asks(models[row.programme_id])]
    known = cases(row.pk for row in asked)
    found = [
        Pending(row, item)
        for row in asked
        if (item := mapping_due(models[row.programme_id], known[row.pk], on)) is not None
    ]
    return sorted(found, key=lambda one: (one.due.by or dt.date.max, one.enrolment.person.sort_key))


def _asks(model: Programme) -> bool:
    return any(one.event == EVENT for one in model.cadences)


# What is to be done


@dataclass(frozen=True, slots=True)
class ToDo:
    """`what`: obtain (a credential), make or review (a paper); `about` says which."""

    what: str
    about: str
    owner: str
    by: dt.date | None = None
    source: uuid.UUID | None = None
    words: str = ""


def to_do(enrolment: Enrolment, model: Programme, known: Summary | None = None) -> list[ToDo]:
    """Open tasks of the papers: what the plan lists and the step asks for. Four queries, two when
    the summary is at hand."""
    latest = known.papers if known else papers(enrolment)
    rows = known.credentials if known else credentials(enrolment)
    missing = [row for row in rows if row.exists == Credential.Exists.NO]
    found = [
        ToDo("obtain", row.kind, row.owner, row.due, row.pk, row.what)
        for row in sorted(missing, key=lambda row: (row.due or dt.date.max, row.pk))
    ]
    periods = _periods(enrolment, model)
    if _since(periods, model, MAKE):
        found += [ToDo("make", kind, "both") for kind in Paper.Kind.values if kind not in latest]
    since = _since(periods, model, REVIEW)
    if since:
        done = _reviewed(enrolment, latest, since)
        found += [ToDo("review", kind, "both") for kind in Paper.Kind.values if kind not in done]
    return found


def _periods(enrolment: Enrolment, model: Programme) -> list[StepPeriod]:
    """The latest first."""
    rows = StepPeriod.periods.standing().filter(enrolment=enrolment, ladder=model.primary.code)
    return list(rows.order_by("-since", "-id"))


def _since(periods: Iterable[StepPeriod], model: Programme, duty: str) -> dt.date | None:
    """Since when the person has stood on steps with this duty, without another step between."""
    asking = {
        step.code for step in model.primary.steps if any(one.code == duty for one in step.duties)
    }
    since = None
    for period in periods:
        if period.step not in asking or (since is None and period.until is not None):
            break
        since = period.since
    return since


def _reviewed(enrolment: Enrolment, latest: Mapping[str, Paper], since: dt.date) -> set[str]:
    """Gone through, or written anew, since then. One query."""
    rows = PaperReview.objects.filter(enrolment=enrolment, on__gte=since).order_by("id")
    written = {kind for kind, row in latest.items() if row.on >= since and row.reason == ""}
    return written | set(rows.values_list("kind", flat=True))


# A direction


def proposals(done: Iterable[str], answers: Iterable[str]) -> list[Named]:
    """Areas of work that fit what someone does at home (codes) and what they say of work, school
    and leisure, those with the most behind them first. Pure: chance and records have no part."""
    ticked = set(done)
    spoken = {word for text in answers for word in re.findall(r"\w+", text.casefold())}
    weighed = [(_weight(area, ticked, spoken), area) for area in ours("job_areas").values()]
    return [area for weight, area in sorted(weighed, key=lambda one: -one[0]) if weight]


def _weight(area: Named, ticked: set[str], spoken: set[str]) -> int:
    return len(ticked & set(area.come_from)) + sum(_fits(said, area.words) for said in spoken)


def _fits(said: str, words: Iterable[str]) -> bool:
    return any(said == word or (len(word) > WHOLE_WORD and said.startswith(word)) for word in words)


# The unit


@dataclass(frozen=True, slots=True)
class Share:
    """`yes` and `unknown` of `of`; None: too few to be told apart."""

    code: str
    yes: int | None
    unknown: int | None
    of: int


def fund_shares(actor: Actor, on: dt.date) -> list[Share]:
    """How many were told, applied, are members, of all who are enrolled (AJ-44). One query each for
    the people and for their answers; somebody nobody has asked is unknown, never a no."""
    mine = Enrolment.enrolments.visible_to(actor, on).open()
    people = mine.values("pk")
    of = mine.count()
    rows = FundStatus.objects.filter(
        reached(actor, FieldClass.PLAN, on=on, column="person_id"), enrolment__in=people
    )
    said = list(rows.order_by("id").values("told_on", "applied_on", "member"))
    unasked = of - len(said)
    members = [row["member"] for row in said]
    return [
        _share("told", sum(row["told_on"] is not None for row in said), unasked, of),
        _share("applied", sum(row["applied_on"] is not None for row in said), unasked, of),
        _share("member", members.count("yes"), unasked + members.count("unknown"), of),
    ]


def _share(code: str, yes: int, unknown: int, of: int) -> Share:
    """One small part would be worked out from the others: then none of them is said."""
    if any(0 < part < SMALL for part in (yes, unknown, of - yes - unknown)):
        return Share(code, None, None, of)
    return Share(code, yes, unknown, of)


# The library


def method_cards(wanted: str = "") -> list[MethodCard]:
    """The cards in use; `wanted` is looked for in title, text and tags."""
    cards = MethodCard.objects.filter(retired_on__isnull=True).order_by("title", "id")
    words = wanted.casefold().split()
    return [card for card in cards if all(one in _said(card) for one in words)]


def _said(card: MethodCard) -> str:
    return " ".join([card.title, card.text, *card.tags]).casefold()
