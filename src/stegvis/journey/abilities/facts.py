"""What is known of someone's abilities, as two marks with their days. Never one number of both."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from stegvis.core.programme.model import Document, Programme, Term
from stegvis.core.progression import fading
from stegvis.core.progression.marks import Apart, apart
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.models import OWN, TRIED, Ability, Observation, SelfRating
from stegvis.journey.abilities.words import (
    THE_WORKSHOP,
    TRIED_IN_WORK,
    WORKSHOP,
    starter,
)
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.workplaces.models import Task


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be rated, and unless `bodily` also observed. `high`: what the top of 0-10
    means, better or worse. `source`: programme, starter, tenant or ours."""

    code: str
    name: str
    criteria: tuple[str, ...] = ()
    bodily: bool = False
    high: str = "better"
    source: str = "programme"


@dataclass(frozen=True, slots=True)
class OwnMark:
    """The person's latest word. `value` None: they would rather not say."""

    rating: uuid.UUID
    value: int | None
    scale: str
    on: dt.date
    words: str
    stale: bool
    pale: int


@dataclass(frozen=True, slots=True)
class SeenMark:
    """The latest that was seen, `times` how often it has been looked for in all."""

    observation: uuid.UUID
    seen: str
    on: dt.date
    by: str
    situation: str
    words: str
    times: int
    stale: bool
    pale: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One item, seen from two sides. `apart` is said only while neither side is stale."""

    item: str
    name: str
    bodily: bool
    high: str
    criteria: tuple[str, ...]
    own: OwnMark | None
    seen: SeenMark | None

    @property
    def apart(self) -> Apart:
        own, seen = self.own, self.seen
        if own is None or seen is None or own.value is None or own.stale or seen.stale:
            return Apart.NOT
        if self.high != "better":
            return Apart.NOT
        return apart(own.value, own.scale, seen.seen)


@dataclass(frozen=True, slots=True)
class Point:
    """One rating of a series."""

    on: dt.date
    value: int | None
    scale: str
    words: str
    written_for: bool


def model_of(enrolment: Enrolment) -> Programme:
    return programmes({enrolment.programme_id})[enrolment.programme_id]


def items(model: Programme, *, on: dt.date) -> dict[str, Item]:
    """What can be rated of a person in this programme on this day, by code: the programme's words,
    else those we begin with, then the municipality's own, then the body's. One query."""
    lang = get_language() or "sv"
    found = {item.code: item for item in _abilities(model, lang, on)}
    own = Ability.objects.order_by("name", "id")
    for row in own:
        if row.until is None or row.until > on:
            item = Item(row.code, row.name, tuple(row.criteria), source="tenant")
            found.setdefault(row.code, item)
    return found | body(lang)


def body(lang: str = "") -> dict[str, Item]:
    """Items of the body that ratings begin with; a person may name any other."""
    lang = lang or get_language() or "sv"
    return {
        raw["code"]: Item(
            raw["code"],
            pick(raw["texts"], lang),
            bodily=True,
            high=raw["high"],
            source="ours" if raw.get("ours") else "starter",
        )
        for raw in starter()["body"]
    }


def _abilities(model: Programme, lang: str, on: dt.date) -> Iterable[Item]:
    vocabulary = model.vocabularies.get("abilities")
    if vocabulary is None:
        for raw in starter()["abilities"]:
            yield Item(raw["code"], pick(raw["texts"], lang), source="starter")
        return
    for term in vocabulary.in_force(on):
        yield Item(term.code, pick(term.texts, lang), fading.criteria_of(model, term.code))


# The latest of either side for each item. The third column names what the person named; a trial of
# something bodily lends its observation the item it tried.
_MARKS = """
select x.*, a.name, a.criteria from (
select * from (
select distinct on (item, lower(named)) 'own' as side, tenant_id, item, named, bodily, id, "on",
       value::text as said, scale as kind, words, '' as by, '' as situation, 1::bigint as times
  from abilities_selfrating where enrolment_id = %(enrolment)s
 order by item, lower(named), "on" desc, created_at desc) own
union all
select * from (
select distinct on (coalesce(r.item, o.ability), lower(coalesce(r.named, ''))) 'seen', o.tenant_id,
       coalesce(r.item, o.ability), coalesce(r.named, ''), r.item is not null, o.id, o."on",
       o.seen, '', o.words, m.name, o.situation,
       count(*) over (partition by coalesce(r.item, o.ability), lower(coalesce(r.named, '')))
  from abilities_observation o
  join accounts_member m on m.tenant_id = o.tenant_id and m.id = o.by_id
  left join abilities_trial t
         on t.tenant_id = o.tenant_id and t.observation_id = o.id and o.ability = %(tried)s
  left join abilities_selfrating r on r.tenant_id = t.tenant_id and r.id = t.rating_id
 where o.enrolment_id = %(enrolment)s and o.struck_on is null
 order by 3, lower(coalesce(r.named, '')), o."on" desc, o.created_at desc) seen
) x left join abilities_ability a on a.tenant_id = x.tenant_id and a.code = x.item
"""


def marks(
    enrolment: Enrolment,
    *,
    on: dt.date,
    model: Programme | None = None,
    bodily: bool = False,
) -> tuple[Mark, ...]:
    """The latest self mark and the latest observed mark of each item that has either, with age and
    staleness, in the order of their names. Items of the body only where asked for: whoever reads
    them must be let see health. One query (two when the programme has not been read yet)."""
    model = model or model_of(enrolment)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"enrolment": enrolment.pk, "tried": TRIED})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    sides: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        if bodily or not row["bodily"]:
            key = f"{OWN}:{row['named'].casefold()}" if row["item"] == OWN else row["item"]
            sides.setdefault(key, {})[row["side"]] = row
    made = [_mark(key, both, _Namer(model, on)) for key, both in sides.items()]
    return tuple(sorted(made, key=lambda mark: (mark.bodily, mark.name.casefold())))


class _Namer:
    """Names of items without another query: the rows bring the municipality's own."""

    def __init__(self, model: Programme, on: dt.date) -> None:
        self.model, self.on = model, on
        self.lang = get_language() or "sv"
        self.months = fading.months(model)

    def item(self, row: Mapping[str, Any]) -> Item:
        code = row["item"]
        if code == OWN:
            return Item(code, row["named"], bodily=True, high="", source="person")
        if code == TRIED:
            return Item(code, str(TRIED_IN_WORK))
        known = body(self.lang).get(code) or self._ability(code)
        if known is None and row["name"] is not None:
            return Item(code, row["name"], tuple(_list(row["criteria"])), source="tenant")
        return known or Item(code, code)

    def _ability(self, code: str) -> Item | None:
        vocabulary = self.model.vocabularies.get("abilities")
        for term in vocabulary.terms if vocabulary else ():
            if term.code == code:
                criteria = fading.criteria_of(self.model, code)
                return Item(code, pick(term.texts, self.lang), criteria)
        for raw in starter()["abilities"]:
            if raw["code"] == code:
                return Item(code, pick(raw["texts"], self.lang), source="starter")
        return None

    def age(self, on: dt.date) -> tuple[bool, int]:
        return fading.is_stale(on, self.on, self.months), fading.paleness(on, self.on)


def _list(raw: Any) -> list[str]:
    found: list[str] = json.loads(raw) if isinstance(raw, str) else list(raw or ())
    return found


def _mark(key: str, sides: Mapping[str, Mapping[str, Any]], namer: _Namer) -> Mark:
    own, seen = sides.get("own"), sides.get("seen")
    item = namer.item(own or seen or {})
    return Mark(
        item=key,
        name=item.name,
        bodily=item.bodily,
        high=item.high,
        criteria=item.criteria,
        own=_own(own, namer) if own else None,
        seen=_seen(seen, namer) if seen else None,
    )


def _own(row: Mapping[str, Any], namer: _Namer) -> OwnMark:
    value = int(row["said"]) if row["said"] is not None else None
    stale, pale = namer.age(row["on"])
    return OwnMark(row["id"], value, row["kind"], row["on"], row["words"], stale, pale)


def _seen(row: Mapping[str, Any], namer: _Namer) -> SeenMark:
    stale, pale = namer.age(row["on"])
    return SeenMark(
        row["id"], row["said"], row["on"], row["by"], row["situation"], row["words"], row["times"],
        stale, pale,
    )  # fmt: skip


def series(enrolment: Enrolment, item: str) -> tuple[Point, ...]:
    """Every rating of one item, by day: `item` is a code, or "own:" and what the person named,
    as Mark.item has it. One query. Whoever shows an item of the body must be let see health."""
    rows = SelfRating.objects.filter(enrolment=enrolment)
    if item.startswith(f"{OWN}:"):
        rows = rows.filter(item=OWN, named__iexact=item.partition(":")[2])
    else:
        rows = rows.filter(item=item)
    return tuple(
        Point(row.on, row.value, row.scale, row.words, row.written_for)
        for row in rows.order_by("on", "created_at", "id")
    )


def sightings(enrolment: Enrolment) -> dict[str, list[tuple[dt.date, str]]]:
    """Every day something was seen and what, oldest first, by Mark.item; what a trial of a rating
    came to stands at what was rated. One query. Items of the body are among them: whoever shows
    them must be let see health."""
    rows = Observation.observations.standing().filter(enrolment=enrolment)
    found: dict[str, list[tuple[dt.date, str]]] = {}
    for ability, on, seen, item, named in rows.order_by("on", "created_at", "id").values_list(
        "ability", "on", "seen", "trials__rating__item", "trials__rating__named"
    ):
        tried = f"{OWN}:{named.casefold()}" if item == OWN else item
        found.setdefault(tried if ability == TRIED and item else ability, []).append((on, seen))
    return found


def evidence(
    enrolment: Enrolment, model: Programme, criteria: Iterable[str], *, on: dt.date
) -> dict[str, tuple[Mark, ...]]:
    """The marks that say something about each criterion: those of the abilities tied to it, the
    stale ones too, which are shown as such. One query, none when nothing is asked."""
    asked = tuple(criteria)
    known = marks(enrolment, on=on, model=model) if asked else ()
    return {code: tuple(mark for mark in known if code in mark.criteria) for code in asked}


def forms(model: Programme) -> dict[str, Document]:
    """The planning documents of a programme, by code, in the order of its steps."""
    every = {one.code: one for one in model.documents if one.kind == "planning"}
    steps = [step for ladder in model.ladders for step in ladder.steps]
    found = {code: every[code] for step in steps for code in step.documents if code in every}
    return found | every


def form_of_step(model: Programme, step: str) -> str:
    """The planning document of a step, or nothing."""
    known = forms(model)
    steps = [one for ladder in model.ladders for one in ladder.steps if one.code == step]
    return next((code for one in steps for code in one.documents if code in known), "")


def picks(model: Programme, document: Document) -> dict[int, tuple[Term, ...]]:
    """Which fields of a form (from 1) also take terms, and which: of the tasks, say."""
    found: dict[int, tuple[Term, ...]] = {}
    for pair in document.picks:
        names = pair["of"]
        assert isinstance(names, list | tuple)  # noqa: S101 -- the format says so
        terms = [term for name in names for term in model.vocabularies[name].terms]
        found[int(str(pair["field"]))] = tuple(terms)
    return found


def later_names(enrolment: Enrolment, model: Programme, *, on: dt.date) -> frozenset[str]:
    """What the unit's tasks of a later step than the person's are called, in small letters: they
    are not to be picked until they are asked for (AJ-58). Two queries."""
    rows = StepPeriod.periods.on(on).filter(enrolment=enrolment, ladder=model.primary.code)
    code = rows.values_list("step", flat=True).first()
    here = next((one.ordinal for one in model.primary.steps if one.code == code), None)
    if here is None:
        return frozenset()
    later = Task.tasks.standing(on).filter(workplace__unit=enrolment.unit_id, min_step__gt=here)
    return frozenset(name.lower() for name in later.order_by("name").values_list("name", flat=True))


def is_named(term: Term, names: Collection[str]) -> bool:
    """The unit calls its task as the programme calls the term, in any of its languages."""
    return any(text.lower() in names for text in term.texts.values())


def term_names(model: Programme) -> dict[str, str]:
    """What every term of the programme is called, by its code."""
    lang = get_language() or "sv"
    return {
        term.code: pick(term.texts, lang)
        for vocabulary in model.vocabularies.values()
        for term in vocabulary.terms
    }


def place_name(model: Programme, site: str) -> str:
    """What a place is called; a programme that names none has its workshop."""
    return term_names(model).get(site) or (str(THE_WORKSHOP) if site == WORKSHOP else site)


def places(model: Programme, step: str) -> dict[str, Term]:
    """Where a step may be done, by code."""
    vocabulary = model.vocabularies.get("sites")
    every = {term.code: term for term in vocabulary.terms} if vocabulary else {}
    codes = [
        code
        for ladder in model.ladders
        for one in ladder.steps
        if one.code == step
        for code in one.sites
    ]
    return {code: every[code] for code in codes if code in every}


def is_rare(term: Term) -> bool:
    """Whether the programme wants a reason for the place."""
    return term.values.get("reason") is True


def purposes(model: Programme, step: str) -> dict[str, str]:
    """What a step may be for, where the programme asks, by code."""
    vocabulary = model.vocabularies.get("step_purpose")
    lang = get_language() or "sv"
    found = {}
    for term in vocabulary.terms if vocabulary else ():
        steps = term.values.get("steps", ())
        if isinstance(steps, list | tuple) and step in steps:
            found[term.code] = pick(term.texts, lang)
    return found


def words_of(model: Programme) -> tuple[Item, ...]:
    """The abilities the programme or the starter list names, those out of force too. No query."""
    vocabulary = model.vocabularies.get("abilities")
    lang = get_language() or "sv"
    if vocabulary is None:
        return tuple(
            Item(raw["code"], pick(raw["texts"], lang), source="starter")
            for raw in starter()["abilities"]
        )
    return tuple(
        Item(term.code, pick(term.texts, lang), fading.criteria_of(model, term.code))
        for term in vocabulary.terms
    )


def ends(high: str) -> dict[str, str]:
    """What 0 and 10 mean where the top means `high`; nothing where only the person knows."""
    lang = get_language() or "sv"
    raw = starter()["scale"]["ten"].get(high)
    return {name: pick(texts, lang) for name, texts in raw.items()} if raw else {}


LEVELS = {"works": 4, "with_support": 2, "not_now": 0}  # what was seen, on the scale of function
TEN, TOP = 10, 4


def known_marks(
    enrolments: Collection[uuid.UUID], *, on: dt.date
) -> Iterator[tuple[uuid.UUID, str, str, int, dt.date]]:
    """Of each: the latest that was seen and said of every ability, as whose, which, of which kind
    (observed, self), how far on the scale of function, which day. What is rated of the body is not
    in it: it must not be read off a list of work (N-15). One query."""
    for key, code, kind, said, scale, day in _latest_marks(enrolments, on=on):
        if said is not None:
            level = LEVELS[said] if kind == "observed" else level_of(int(said), scale)
            yield key, code, kind, level, day


def _latest_marks(enrolments: Collection[uuid.UUID], *, on: dt.date) -> Iterable[tuple[Any, ...]]:
    """Whose, of which ability, of which kind, what, on which scale, when; nothing of the body."""
    names = ("enrolment_id", "code", "kind", "said", "of", "on")
    newest = ("enrolment_id", "code", "-on", "-created_at")
    mine = {"enrolment__in": enrolments, "on__lte": on}
    seen = (
        Observation.observations.standing()
        .filter(**mine)
        .annotate(
            code=F("ability"), kind=Value("observed"), said=Cast("seen", TextField()), of=Value("")
        )
    )
    own = SelfRating.objects.filter(**mine, bodily=False, named="").annotate(
        code=F("item"), kind=Value("self"), said=Cast("value", TextField()), of=F("scale")
    )
    latest = [
        rows.order_by(*newest).distinct("enrolment_id", "code").values_list(*names)
        for rows in (seen, own)
    ]
    return latest[0].union(latest[1], all=True).order_by("kind")


def level_of(value: int, scale: str) -> int:
    """A rating on the scale of function: 0-10 in four steps, to the nearest."""
    return value if scale == SelfRating.Scale.FUNCTION else (value * TOP + TEN // 2) // TEN
