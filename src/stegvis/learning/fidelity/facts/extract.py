"""The figures as rows of a file: of many, never of one (FM-53). No name, number, key or day of
anybody is read into it, and what is too small to be told is left empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stegvis.core.outcomes.fidelity import Told
from stegvis.core.programme.model import Programme
from stegvis.core.values.cells import shown
from stegvis.core.values.texts import pick
from stegvis.learning.fidelity.facts.counting import Counted
from stegvis.learning.fidelity.facts.telling import Figures, Middle, told
from stegvis.learning.fidelity.words import AGES, MEASURES, NOT_SCREENED, PLACES

COLUMNS = (
    "where", "programme", "version", "period", "as_of", "measure", "part", "words",
    "n", "of", "unknown", "not_due", "median", "told",
)  # fmt: skip
NUMBERS = ("n", "of", "unknown", "not_due", "median")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of one unit, or of the municipality, as an evaluator gets them."""

    where: str
    counted: Counted
    figures: Figures


def sheet(where: str, of: Counted) -> Sheet:
    return Sheet(where, of, told(of))


def rows(of: Sheet, lang: str) -> Iterator[dict[str, Any]]:
    """Every figure on its own row. `told`: "yes", "no", or "part" where something is left empty."""
    head = {
        "where": of.where,
        "programme": of.figures.programme.key,
        "version": of.figures.programme.version,
        "period": of.counted.span.code,
        "as_of": of.counted.on.isoformat(),
    }
    for measure, part, words, values in _figures(of.figures, lang):
        known = [value is not None for value in values.values()]
        said = "yes" if all(known) else "part" if any(known) else "no"
        line = {"measure": measure, "part": part, "words": words, "told": said}
        yield head | line | dict.fromkeys(NUMBERS) | values


type _Figure = tuple[str, str, str, dict[str, Any]]


def _figures(of: Figures, lang: str) -> Iterator[_Figure]:
    yield "people", "", str(MEASURES["people"]), {"n": of.people}
    for element in of.programme.elements:
        said = of.elements.get(element.code, Told())
        yield "element", element.code, pick(element.texts, lang), _share(said)
    yield from _parts("group", of.groups, _group_words(of.programme, lang))
    yield from _parts("step", of.steps, _step_words(of.programme, lang))
    yield "broke_off", "", str(MEASURES["broke_off"]), _share(of.dropped)
    yield "hours_reached", "", str(MEASURES["hours_reached"]), _share(of.hours.kept)
    yield "hours_sum", "", str(MEASURES["hours_sum"]), {"n": of.hours_sum}
    for code in ("start", "search", "talks", "answers"):
        one: Middle = getattr(of, code)
        if code == "search" and not of.ages:
            continue  # the programme has no step on which a match is looked for
        yield f"{code}_median", "", str(MEASURES[code]), {"median": one.median, "n": one.n}
        if one.asked is not None:
            yield f"{code}_kept", "", str(MEASURES[f"{code}_kept"]), _share(one.kept)
    yield from _parts("search_age", of.ages, _age_words())
    yield "same_mediator", "", str(MEASURES["same_mediator"]), _share(of.mediators)
    yield "months_with_contact", "", str(MEASURES["months_with_contact"]), _share(of.months)


def _share(said: Told) -> dict[str, Any]:
    return {"n": said.n, "of": said.of, "unknown": said.unknown, "not_due": said.not_due}


def _parts(
    measure: str, parts: Mapping[str, int | None], words: Mapping[str, str]
) -> Iterator[_Figure]:
    for code, n in parts.items():
        yield measure, code or "none", words.get(code, ""), {"n": n}


def _group_words(programme: Programme, lang: str) -> dict[str, str]:
    sets = [category for one in programme.category_sets for category in one.categories]
    return {one.code: pick(one.texts, lang) for one in sets} | {"": str(NOT_SCREENED)}


def _age_words() -> dict[str, str]:
    return {code: f"{MEASURES['search_age']}: {words}" for code, words in AGES.items()}


def _step_words(programme: Programme, lang: str) -> dict[str, str]:
    known = {
        step.code: pick(next(iter(step.names.values())), lang) for step in programme.primary.steps
    }
    return known | {code: str(words) for code, words in PLACES.items()}


def as_csv(several: Iterable[Sheet], lang: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\r\n", restval="")
    writer.writeheader()
    for one in several:
        writer.writerows(
            {name: shown(value) if isinstance(value, str) else value for name, value in row.items()}
            for row in rows(one, lang)
        )
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(several: Iterable[Sheet], lang: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        lines = (row for one in several for row in rows(one, lang))
        for at, row in enumerate(lines, start=1):
            for column, name in enumerate(COLUMNS):
                value = row.get(name)
                if value is None:
                    continue
                if name in NUMBERS:
                    page.write_number(at, column, value)
                else:
                    page.write_string(at, column, str(value))
    return out.getvalue()
