"""How many a Danish site may have in company practice at once, and for how long: the law as dated
data with its paragraph (limits.toml), asked for a day.

What the law forbids is `hard`: nobody may be placed so. What nobody has said yet is asked for and
refuses nothing. Groups are the numbers of § 6 of the law on active employment effort (LAB).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from stegvis.core.values.sentences import Sentence

ONE = Decimal(1)
DAYS = 7  # a week


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule while it holds, `valid_to` not in. `ours`: what of it no source says."""

    paragraph: str
    valid_from: date
    valid_to: date | None = None
    ours: str = ""
    not_employed_there: frozenset[int] = frozenset()
    figures: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


type Rules = Mapping[str, Sequence[Rule]]
"""kind of rule → its versions"""


@dataclass(frozen=True, slots=True)
class Longest:
    """Weeks of one practice: at first; `assessed`: after somebody has looked at this case;
    `special`: so many more at a time in a very special need. None: cannot be made longer."""

    weeks: int
    assessed: int | None
    special: int | None
    paragraph: str

    def allowed(self, *, assessed: bool = False, special: int = 0) -> int:
        """Weeks in all with what has been decided; `special`: how many times."""
        if self.assessed is None or not assessed:
            return self.weeks
        return self.assessed + (self.special or 0) * special


@dataclass(frozen=True, slots=True)
class Asked:
    """A company practice as it would be. `ends`: its last day. `fte`: ordinary full-time employees
    of the site (P-number) over the months before, as `ordinary` counts them; None: not known.
    `placed`: those who are there already, in full-time people; `share`: this one's. `assessed`,
    `special`: as `Longest.allowed`. `stated`: the employer and the employees' representative have
    written that the number is kept. `talked`: they have talked about its being so long."""

    since: date
    ends: date | None
    group: int | None
    job_ready: bool | None = None
    fte: Decimal | None = None
    placed: Decimal = Decimal(0)
    share: Decimal = ONE
    function: str = ""
    paid_functions: tuple[str, ...] = ()
    assessed: bool = False
    special: int = 0
    purpose: bool = True
    stated: bool = True
    talked: bool = True
    employed_there: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """`hard`: the law refuses it; else something has still to be said. `because` is worded by
    sentences.toml beside this file; its code is the fault's."""

    because: Sentence
    paragraph: str
    hard: bool = True

    @property
    def code(self) -> str:
        return self.because.code


def read(table: Mapping[str, Any]) -> Rules:
    """The rules of a parsed limits.toml. ValueError for two versions of one that overlap."""
    found = {kind: tuple(_rule(dict(raw)) for raw in rows) for kind, rows in table.items()}
    for kind, versions in found.items():
        for one, later in combinations(versions, 2):
            same = set(one.figures.get("groups", [0])) & set(later.figures.get("groups", [0]))
            if same and (later.holds(one.valid_from) or one.holds(later.valid_from)):
                day = max(one.valid_from, later.valid_from)
                raise ValueError(f"{kind}: two versions hold on {day}")
    return found


def _rule(raw: dict[str, Any]) -> Rule:
    return Rule(
        paragraph=raw.pop("paragraph"),
        valid_from=raw.pop("valid_from"),
        valid_to=raw.pop("valid_to", None),
        ours=raw.pop("ours", ""),
        not_employed_there=frozenset(raw.pop("not_employed_there", ())),
        figures=raw,
    )


@cache
def danish() -> Rules:
    text = files("stegvis.core.matching").joinpath("limits.toml").read_text("utf-8")
    return read(tomllib.loads(text))


def rule(kind: str, on: date, *, rules: Rules | None = None) -> Rule | None:
    """The version of that kind that holds that day; None before the first."""
    versions = (rules or danish())[kind]
    return next((one for one in versions if one.holds(on)), None)


def ordinary(months: Sequence[Decimal], on: date, *, rules: Rules | None = None) -> Decimal | None:
    """The mean of the months before a placing, the newest last: ordinary employees over 18 without
    subsidy, in full-time people. None where fewer months are known than the rule asks."""
    held = rule("many", on, rules=rules)
    wanted = held.figures["months"] if held else 0
    if not wanted or len(months) < wanted:
        return None
    return sum(months[-wanted:], Decimal(0)) / wanted


def full_time(hours: Decimal, on: date, *, rules: Rules | None = None) -> Decimal | None:
    """Hours a week as a share of a full-time person."""
    held = rule("full_time", on, rules=rules)
    return hours / held.figures["hours"] if held else None


def counts(kind: str, on: date, *, rules: Rules | None = None) -> bool:
    """Whether a placement of this kind takes of the site's number."""
    held = rule("many", on, rules=rules)
    return held is not None and kind in held.figures["counts"]


def cap(fte: Decimal | None, on: date, *, rules: Rules | None = None) -> int | None:
    """Full-time people a site may have at once: one for every 5 of the first 50 and one for every
    10 above, always one. Where the employees are not known, the one that is always allowed."""
    held = rule("many", on, rules=rules)
    if held is None:
        return None
    figures, known = held.figures, fte if fte is not None else Decimal(0)
    below = min(known, Decimal(figures["up_to"])) // figures["per_up_to"]
    above = max(Decimal(0), known - figures["up_to"]) // figures["per_above"]
    return max(int(figures["always"]), int(below) + int(above))


def headroom(
    fte: Decimal | None, placed: Decimal, on: date, *, rules: Rules | None = None
) -> Decimal | None:
    """Full-time people for whom there is still room; below 0 where there are too many already.
    None where no rule is known for the day."""
    most = cap(fte, on, rules=rules)
    return None if most is None else most - placed


def no_room(
    fte: Decimal | None, placed: Decimal, more: int, on: date, *, rules: Rules | None = None
) -> Fault | None:
    """What the law says of so many more whole people at a site. Always hard: a proposal beyond it
    could not be placed."""
    held = rule("many", on, rules=rules)
    left = headroom(fte, placed, on, rules=rules)
    if held is None or left is None or more <= left:
        return None
    values = {"room": max(0, int(left)), "more": more}
    return Fault(Sentence("more_than_the_law", values), held.paragraph)


def longest(
    group: int,
    job_ready: bool | None,  # noqa: FBT001 -- beside the group it belongs to
    on: date,
    *,
    rules: Rules | None = None,
) -> Longest | None:
    """How long one practice may be. `job_ready` decides for group 12 alone; while it is not known
    there, the shorter holds. None: no rule for this group or day."""
    for one in (rules or danish())["long"]:
        named = one.figures
        mine = "not_ready" if job_ready is False else "ready"
        if one.holds(on) and group in (*named["groups"], *named.get(mine, ())):
            return Longest(
                named["weeks"], named.get("assessed"), named.get("special"), one.paragraph
            )
    return None


def faults(asked: Asked, *, rules: Rules | None = None) -> tuple[Fault, ...]:
    """What speaks against it on its first day, what the law refuses first."""
    made = danish() if rules is None else rules
    found = [
        *_many(asked, made),
        *_long(asked, made),
        *_functions(asked, made),
        *_papers(asked, made),
    ]
    return tuple(sorted(found, key=lambda one: not one.hard))


def _exempt(asked: Asked, held: Rule) -> bool:
    return asked.employed_there and asked.group in held.not_employed_there


def _many(asked: Asked, rules: Rules) -> Iterator[Fault]:
    held = rule("many", asked.since, rules=rules)
    if held is None:
        yield Fault(Sentence("no_limit_known", {"on": asked.since}), "", hard=False)
        return
    room = headroom(asked.fte, asked.placed, asked.since, rules=rules)
    if room is None or asked.share <= room or _exempt(asked, held):
        return
    if asked.fte is None:
        yield Fault(Sentence("employees_not_known"), held.paragraph, hard=False)
        return
    values = {"placed": asked.placed, "fte": asked.fte, "most": room + asked.placed}
    yield Fault(Sentence("too_many_there", values), held.paragraph)


def _long(asked: Asked, rules: Rules) -> Iterator[Fault]:
    if asked.group is None:
        yield Fault(Sentence("group_not_said"), "", hard=False)
        return
    most = longest(asked.group, asked.job_ready, asked.since, rules=rules)
    if most is None:
        if rule("many", asked.since, rules=rules) is not None:
            yield Fault(Sentence("no_length_known", {"group": asked.group}), "", hard=False)
        return
    if asked.ends is None:
        yield Fault(Sentence("no_last_day", {"weeks": most.weeks}), most.paragraph)
        return
    weeks = most.allowed(assessed=asked.assessed, special=asked.special)
    if (asked.ends - asked.since).days < DAYS * weeks:
        return
    values = {"weeks": weeks, "assessed": most.assessed or 0, "special": most.special or 0}
    code = "too_long"
    if most.assessed is not None:
        code = "too_long_without_need" if asked.assessed else "too_long_without_look"
    yield Fault(Sentence(code, values), most.paragraph)


def _functions(asked: Asked, rules: Rules) -> Iterator[Fault]:
    held = rule("function", asked.since, rules=rules)
    if held is None or not asked.paid_functions or _exempt(asked, held):
        return
    practice, paid = _plain(asked.function), {_plain(one) for one in asked.paid_functions}
    if not practice or "" in paid:
        yield Fault(Sentence("function_not_said"), held.paragraph, hard=False)
    if practice and practice in paid:
        yield Fault(Sentence("same_function", {"function": asked.function}), held.paragraph)


def _papers(asked: Asked, rules: Rules) -> Iterator[Fault]:
    purpose = rule("purpose", asked.since, rules=rules)
    if purpose is not None and not asked.purpose:
        yield Fault(Sentence("purpose_not_agreed"), purpose.paragraph)
    stated = rule("stated", asked.since, rules=rules)
    if stated is not None and not asked.stated and not _exempt(asked, stated):
        yield Fault(Sentence("number_not_stated"), stated.paragraph)
    talk = rule("talk", asked.since, rules=rules)
    if talk is None or asked.ends is None or asked.talked or _exempt(asked, talk):
        return
    weeks = talk.figures["weeks"]
    if (asked.ends - asked.since).days >= DAYS * weeks:
        yield Fault(Sentence("not_talked_over", {"weeks": weeks}), talk.paragraph)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
