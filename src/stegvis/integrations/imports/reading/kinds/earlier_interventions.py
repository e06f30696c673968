"""Earlier measures: who did what from when to when, how it went and what was learnt of it. Agencies
overlap as they did in life; a row without a measure is an enrolment alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from stegvis.core.values.periods import add_months
from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Kind,
    Read,
    compare_names,
    contact_readers,
    identity_reader,
    join_names,
    name_reader,
    said,
)
from stegvis.integrations.imports.reading.register import KnownPerson, KnownStretch, Ledger
from stegvis.integrations.imports.reading.results import (
    CREATED,
    HELD,
    UNCHANGED,
    UPDATED,
    Row,
)
from stegvis.integrations.imports.reading.values.stretches import read_edge
from stegvis.integrations.imports.reading.values.vocabulary import read_term
from stegvis.integrations.imports.reading.wording import listed, plain, shown

YEARS = 10  # a deep mapping looks back five to ten years (JI-03)
_ADDED = ("result", "learnt", "source")
_DOUBT = ("?", "/", " eller ", " el. ", "ev. ", "ev ", "måske ", "kanske ", "troligen ")


def _readers(context: Context) -> Mapping[str, CellReader]:
    window = add_months(context.today, -12 * YEARS)

    def start(cell: Cell, column: str) -> Read:
        edge = read_edge(cell, context.dates)
        if edge.rough is None:
            return said(column, edge.fault)
        first, _, precision = edge.rough
        if first > context.today:
            return said(column, "date_future")
        note = edge.note or ("older_than_window" if first < window else "")
        return said(column, note, from_=first, precision=precision)

    def last(cell: Cell, column: str) -> Read:
        if shown(cell).casefold() in listed("open_end"):
            return Read({"to": None, "open": True})
        edge = read_edge(cell, context.dates)
        if edge.rough is None:
            return said(column, edge.fault)
        _, end, precision = edge.rough
        return said(column, edge.note, to=end, open=False, to_precision=precision)

    return {
        "id": identity_reader(context),
        "name": name_reader,
        **contact_readers(),
        "agency": _agency,
        "kind": _text("kind"),
        "start": start,
        "last": last,
        "result": _result,
        "learnt": _text("learnt"),
        "source": _text("source"),
    }


def _agency(cell: Cell, column: str) -> Read:
    """One authority, by any spelling. A doubt that somebody has written is not ours to settle."""
    text = shown(cell)
    code = read_term("agency", cell)
    if not code or any(mark in f"{text.casefold()} " for mark in _DOUBT):
        return said(column, "agency_unknown", agency=None)
    return Read({"agency": code})


def _text(name: str) -> CellReader:
    def read(cell: Cell, _: str) -> Read:
        text = shown(cell)
        return Read({name: text}) if text and text not in ("-", "–") else NOTHING

    return read


def _result(cell: Cell, column: str) -> Read:
    text, code = shown(cell), read_term("result", cell)
    if code:
        return Read({"result": code})
    if not plain(text):
        return NOTHING
    return said(column, "result_unknown", result="other", result_words=text)


def _finish(row: Row) -> None:
    join_names(row)
    if not row.column("last"):
        row.values.update(to=None, open=True)
    start, end = row.values.get("from_"), row.values.get("to")
    if start and end and end < start:
        row.say(row.column("last"), "date_order")
    if not row.values.get("kind"):
        if row.values.get("learnt") or row.values.get("result"):
            row.say(row.column("kind"), "measure_missing")
    else:
        row.values["helps"] = plain(row.values["kind"]) not in listed("upkeep")


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    for row in rows:
        known = ledger.person(row.identity) if row.identity else None
        compare_names(row, known, ledger)
        if not row.slipped:
            _require(row)
        if row.identity and known is None:
            row.say(row.column("id"), "person_not_found")
        if row.held or known is None:
            row.outcome = HELD
        else:
            _compare(row, known)


def _require(row: Row) -> None:
    for field, value, code in (
        ("start", "from_", "date_missing"),
        ("agency", "agency", "agency_unknown"),
    ):
        column = row.column(field)
        spoken = column and any(
            each.column == column and each.code != "older_than_window" for each in row.issues
        )
        if row.values.get(value) is None and not spoken:
            row.say(column, code)


def _compare(row: Row, known: KnownPerson) -> None:
    """Against what is stored, and what earlier rows of the file have brought. Two lines of one list
    that differ are two measures; a line about a stored one may fill its gaps."""
    mine = _stretch(row)
    like = [each for each in known.stretches if _is_like(mine, each)]
    same = next((each for each in like if _says_no_more(mine, each)), None)
    same = same or next((each for each in like if each.row is None), None)
    if same is not None:
        _add_to(row, mine, same, known)
        return
    if any(each.agency == mine.agency and _overlap(each, mine) for each in known.stretches):
        row.say("", "overlap_same_agency")
    row.outcome = CREATED
    known.stretches.append(mine)


def _is_like(mine: KnownStretch, each: KnownStretch) -> bool:
    mark = (mine.agency, plain(mine.kind), mine.start)
    return mark == (each.agency, plain(each.kind), each.start)


def _says_no_more(mine: KnownStretch, each: KnownStretch) -> bool:
    """In one file: the very same. Of a stored one: nothing that is not stored."""
    if each.row is not None:
        return (mine.last, mine.values) == (each.last, each.values)
    return mine.last == each.last and mine.values.items() <= each.values.items()


def _stretch(row: Row) -> KnownStretch:
    values = row.values
    return KnownStretch(
        values["agency"],
        values.get("kind") or "",
        values["from_"],
        values.get("to"),
        {name: values[name] for name in _ADDED if values.get(name)} if values.get("kind") else {},
        row.number,
    )


def _add_to(row: Row, mine: KnownStretch, same: KnownStretch, known: KnownPerson) -> None:
    """The same measure once more: it may be closed, and gaps of what is known may be filled."""
    gaps = {name: said for name, said in mine.values.items() if name not in same.values}
    closes = same.last is None and mine.last is not None
    differs = [name for name, said in mine.values.items() if same.values.get(name, said) != said]
    if None not in (same.last, mine.last) and mine.last != same.last:
        differs.append("last")
    if differs and not row.decided(Decision.KEEP):
        row.say(row.column(differs[0]), "conflicts_with_register")
    row.first = same.row
    if row.held:
        row.outcome = HELD
        return
    row.outcome = UPDATED if gaps or closes else UNCHANGED
    row.issues.append(issue("", "closes" if closes else "dup_adds" if gaps else "dup_same"))
    at = known.stretches.index(same)
    end = mine.last if closes else same.last
    known.stretches[at] = replace(same, last=end, values={**same.values, **gaps})


def _overlap(one: KnownStretch, other: KnownStretch) -> bool:
    """Both ends are in."""
    ends: tuple[date, date] = (one.last or date.max, other.last or date.max)
    return one.start <= ends[1] and other.start <= ends[0]


EARLIER = Kind("earlier_interventions", _readers, _judge, _finish, required=("id", "agency"))
