"""Whether a programme file holds together: what it refers to exists, and what is ours says so.

The checks read the parts as they are, so that a file with one broken corner is still checked
everywhere else: a person mends it once, not fault by fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from stegvis.core.programme.faults import Fault
from stegvis.core.programme.measures import AMOUNTS, MEASURES, OPEN, WHENS
from stegvis.core.programme.parts import Part
from stegvis.core.programme.shape import known
from stegvis.core.values.texts import LANGUAGES

MILESTONES = tuple(f"M{number}" for number in range(13))


@dataclass(frozen=True)
class Index:
    """The codes a file may refer to, those of the ladders it uses included."""

    root: Part
    steps: dict[str, Part | None] = field(default_factory=dict)
    criteria: set[str] = field(default_factory=set)

    def codes(self, table: str) -> list[str]:
        return [key for key, _ in self.root[table].pairs()]

    def rows(self, table: str) -> list[str]:
        return [row["code"].word for row in self.root[table]]


def index(root: Part, *, steps: list[str], criteria: list[str]) -> Index:
    """`steps` and `criteria` are those of the ladders taken from other programmes."""
    own = {step["code"].word: step for ladder in root["ladders"] for step in ladder["steps"]}
    return Index(root, {**dict.fromkeys(steps), **own}, {*criteria, *_keys(root["criteria"])})


def faults(at: Index) -> Iterator[Fault]:
    for check in _CHECKS:
        yield from check(at)


def _languages(at: Index) -> Iterator[Fault]:
    wanted = [one.word for one in at.root["languages"] if one.word in LANGUAGES]
    yield from _texts(at.root, wanted)
    if len(wanted) > 1 and "translations" not in _words(at.root["ours"]):
        yield at.root["languages"].fault("fault_translations", own=wanted[0])


def _texts(part: Part, wanted: list[str]) -> Iterator[Fault]:
    keys = _keys(part)
    if keys and set(keys) <= set(LANGUAGES):
        for lang in wanted:
            if lang not in keys:
                yield part.fault("fault_no_language", lang=lang)
        return
    for _, inside in part.pairs():
        yield from _texts(inside, wanted)
    for inside in part:
        yield from _texts(inside, wanted)


def _codes_once(at: Index) -> Iterator[Fault]:
    root = at.root
    ladders = list(root["ladders"])
    groups: list[list[Part]] = [
        ladders,
        [step for ladder in ladders for step in ladder["steps"]],
        *(list(root[table]) for table in ("elements", "cadences", "outcomes", "category_sets")),
        *(list(one["categories"]) for one in root["category_sets"]),
        *(list(one["terms"]) for _, one in root["vocabularies"].pairs()),
    ]
    for group in groups:
        first: dict[str, int] = {}
        for part in group:
            code = part["code"].word
            if code and code in first:
                yield part["code"].fault("fault_twice", key=code, first=first[code])
            first.setdefault(code, part.line)


def _ladders(at: Index) -> Iterator[Fault]:
    ladders = list(at.root["ladders"])
    primary = [ladder for ladder in ladders if ladder["primary"].value is True]
    if ladders and len(primary) != 1:
        yield at.root["ladders"].fault("fault_primary", n=len(primary))
    for ladder in primary:
        if ladder["kind"].value in {"scale", "category"}:
            yield ladder["kind"].fault("fault_primary_kind", kind=ladder["kind"].value)
    for ladder in ladders:
        own = {"kind", "texts", "entry", "steps"}
        for key in sorted(own):
            if "use" in ladder and key in ladder:
                yield ladder[key].fault("fault_use_and_own", key=key)
            elif "use" not in ladder and key not in ladder:
                yield ladder.fault("fault_missing_key", key=key)
        for place, step in enumerate(ladder["steps"], start=1):
            if isinstance(step["ordinal"].value, int) and step["ordinal"].value != place:
                found = step["ordinal"].value
                yield step["ordinal"].fault("fault_ordinal", found=found, wanted=place)


def _steps(at: Index) -> Iterator[Fault]:
    tracks = at.codes("tracks")
    sites = [term["code"].word for term in at.root["vocabularies"]["sites"]["terms"]]
    for step in (step for ladder in at.root["ladders"] for step in ladder["steps"]):
        for key in ("entry", "exit_all", "exit_any"):
            yield from _refers(step[key], "criteria", list(at.criteria))
        yield from _refers(step["elements"], "elements", at.rows("elements"))
        yield from _refers(step["documents"], "documents", at.codes("documents"))
        yield from _refers(step["sites"], "vocabularies › sites", sites)
        for duty in step["duties"]:
            code = duty["code"] if isinstance(duty.value, Mapping) else duty
            yield from _refer(code, "duties", at.codes("duties"))
        for track, name in step["names"].pairs():
            if track not in tracks:
                yield name.fault("fault_unknown", code=track, table="tracks", known=tracks)
        if tracks and step["names"].value and tracks[0] not in step["names"]:
            yield step["names"].fault("fault_no_first_track", track=tracks[0])
        weeks = step["duration_weeks"].value
        if isinstance(weeks, list) and len(weeks) == 2 and weeks[0] > weeks[1]:  # noqa: PLR2004
            yield step["duration_weeks"].fault("fault_backwards")


def _roles(at: Index) -> Iterator[Fault]:
    roles = at.codes("roles")
    moves = at.root["transitions"]
    for _, duty in at.root["duties"].pairs():
        yield from _refer(duty["role"], "roles", roles)
    yield from _refers(moves["decided_by"], "roles", roles)
    yield from _refer(moves["drop_out"]["exception_by"], "roles", roles)


def _drop_out(at: Index) -> Iterator[Fault]:
    drop = at.root["transitions"]["drop_out"]
    ladders = {row["code"].word: row for row in at.root["ladders"]}
    yield from _refer(drop["ladder"], "ladders", list(ladders))
    if (ladder := ladders.get(drop["ladder"].word)) is not None:
        steps = [step["code"].word for step in ladder["steps"]]
        yield from _refer(drop["from_step"], "steps", steps)
        yield from _refer(drop["restart_step"], "steps", steps)


def _elements(at: Index) -> Iterator[Fault]:
    for element in at.root["elements"]:
        yield from _refer(element["step"], "steps", list(at.steps))
        yield from _refers(element["evidence"], "criteria", list(at.criteria))
        yield from _amounts(element["due_after"], at)
        home = at.steps.get(element["step"].word)
        if home is not None and element["code"].word not in _words(home["elements"]):
            yield element["step"].fault("fault_not_at_home", code=element["code"].word)


def _criteria(at: Index) -> Iterator[Fault]:
    for _, one in at.root["criteria"].pairs():
        if one["test"].value == "auto" and "measure" not in one:
            yield one.fault("fault_missing_key", key="measure")
        if one["test"].value != "auto" and "measure" in one:
            yield one["measure"].fault("fault_measure_unread", test=str(one["test"].value))
        yield from _refer(one["measure"], "measures", list(MEASURES))
        if one["measure"].word in MEASURES:
            yield from _parameters(one, at)


def _parameters(one: Part, at: Index) -> Iterator[Fault]:
    measure, needs = one["measure"].word, one["needs"]
    for name in MEASURES[measure]:
        if name not in needs:
            yield one.fault("fault_no_parameter", key=name, measure=measure)
    for name, value in needs.pairs():
        if name not in MEASURES[measure] and measure not in OPEN:
            names = list(MEASURES[measure])
            yield value.fault("fault_unknown_key", key=name, known=known(name, names))
        elif name in AMOUNTS:
            yield from _amount(value, at)
    if measure == "category_is":
        sets = {row["code"].word: row for row in at.root["category_sets"]}
        yield from _refer(needs["set"], "category_sets", list(sets))
        if needs["set"].word in sets:
            of = [row["code"].word for row in sets[needs["set"].word]["categories"]]
            yield from _refer(needs["category"], "categories", of)
    if measure == "scale_at_least":
        yield from _refer(needs["ladder"], "ladders", at.rows("ladders"))


def _cadences(at: Index) -> Iterator[Fault]:
    for cadence in at.root["cadences"]:
        yield from _refers(cadence["steps"], "steps", list(at.steps))
        for key in ("every", "within", "earliest", "lasts"):
            yield from _amounts(cadence[key], at)
        if (
            "word" in cadence
        ):  # the source gives a word and no number: a number is ours, and says so
            for key in ("every", "within"):
                for _, amount in cadence[key].pairs():
                    setting = at.root["settings"][amount.word]
                    if not amount.word or setting["ours"].value is False:
                        yield amount.fault("fault_number_for_word", word=cadence["word"].word)


def _amounts(part: Part, at: Index) -> Iterator[Fault]:
    for _, amount in part.pairs():
        yield from _amount(amount, at)


def _amount(part: Part, at: Index) -> Iterator[Fault]:
    """An amount is a number or the key of a setting that holds one."""
    if isinstance(part.value, bool) or not isinstance(part.value, int | float | str):
        yield part.fault("fault_amount", found=str(part.value))
    yield from _refer(part, "settings", at.codes("settings"))
    value = at.root["settings"][part.word]["value"].value if part.word else 0
    if isinstance(value, str | bool):
        yield part.fault("fault_amount", found=part.word)


def _milestones(at: Index) -> Iterator[Fault]:
    for code, ways in at.root["milestones"].pairs():
        if code not in MILESTONES:
            yield ways.fault("fault_unknown", code=code, table="milestones", known=list(MILESTONES))
        for when in ways:
            heads = [key for key, _ in when.pairs() if key in WHENS]
            if len(heads) != 1:
                yield when.fault("fault_when", known=list(WHENS))
            for key in ("enters", "leaves"):
                yield from _refers(when[key], "steps", list(at.steps))
            yield from _refers(when["met"], "criteria", list(at.criteria))
            yield from _refer(when["reaches"], "steps", list(at.steps))
            yield from _refer(when["after"], "milestones", list(MILESTONES))
            if "after" in when:
                yield from _amount(when["days"], at)


def _categories(at: Index) -> Iterator[Fault]:
    for one in at.root["category_sets"]:
        for category in one["categories"]:
            yield from _refers(category["expected_steps"], "steps", list(at.steps))


def _documents(at: Index) -> Iterator[Fault]:
    """What a form's field also takes, and what abilities and purposes speak of, must be there."""
    vocabularies = at.root["vocabularies"]
    for _, document in at.root["documents"].pairs():
        fields = [str(n) for n, _field in enumerate(document["fields"], start=1)]
        for pick in document["picks"]:
            yield from _refer(pick["field"], "fields", fields)
            yield from _refers(pick["of"], "vocabularies", at.codes("vocabularies"))
    for term in vocabularies["abilities"]["terms"]:
        yield from _refers(term["values"]["criteria"], "criteria", list(at.criteria))
    for term in vocabularies["step_purpose"]["terms"]:
        yield from _refers(term["values"]["steps"], "steps", list(at.steps))


def _terms(at: Index) -> Iterator[Fault]:
    for _, vocabulary in at.root["vocabularies"].pairs():
        for term in vocabulary["terms"]:
            days = {}
            for key in ("since", "until"):
                if key in term:
                    days[key] = _day(term[key].word)
                    if days[key] is None:
                        yield term[key].fault("fault_no_day", found=str(term[key].value))
            since, until = days.get("since"), days.get("until")
            if since and until and until <= since:
                yield term["until"].fault("fault_backwards")


def _ours(at: Index) -> Iterator[Fault]:
    """A mark of what is ours names something that is there."""
    root = at.root
    marked: list[Part] = [step for ladder in root["ladders"] for step in ladder["steps"]]
    for table in ("cadences", "outcomes"):
        marked += root[table]
    for table in ("criteria", "roles", "documents", "vocabularies"):
        marked += [part for _, part in root[table].pairs()]
    marked += [category for one in root["category_sets"] for category in one["categories"]]
    for part in marked:
        for name in part["ours"]:
            if name.word and name.word not in part and name.word != "all":
                yield name.fault("fault_ours_of_nothing", code=name.word)


_CHECKS: tuple[Callable[[Index], Iterator[Fault]], ...] = (
    _languages, _codes_once, _ladders, _steps, _roles, _drop_out, _elements, _criteria, _cadences,
    _milestones, _categories, _documents, _terms, _ours,
)  # fmt: skip


def _refer(part: Part, table: str, codes: list[str]) -> Iterator[Fault]:
    if part.word and part.word not in codes:
        near = known(part.word, codes)
        yield part.fault("fault_unknown", code=part.word, table=table, known=near)


def _refers(part: Part, table: str, codes: list[str]) -> Iterator[Fault]:
    for one in part:
        yield from _refer(one, table, codes)


def _keys(part: Part) -> list[str]:
    return [key for key, _ in part.pairs()]


def _words(part: Part) -> list[str]:
    return [one.word for one in part]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
