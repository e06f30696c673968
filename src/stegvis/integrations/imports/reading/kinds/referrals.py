"""Referrals: who is sent by whom, for what, and what is to be answered when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
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
    text_reader,
)
from stegvis.integrations.imports.reading.register import KnownPerson, KnownReferral, Ledger
from stegvis.integrations.imports.reading.results import (
    CREATED,
    HELD,
    UNCHANGED,
    UPDATED,
    Row,
)
from stegvis.integrations.imports.reading.values.people import read_referrer
from stegvis.integrations.imports.reading.values.vocabulary import (
    asks_for_assessment,
    read_term,
    read_verbs,
)
from stegvis.integrations.imports.reading.wording import shown, word_list

_ASSESSMENT = "work_ability_assessment"
_COMPARED = ("received", "referrer", "why", "verb", "service", "use", "answer_due", "sender")


def _readers(context: Context) -> Mapping[str, CellReader]:
    def received(cell: Cell, column: str) -> Read:
        day = context.dates.any(cell)
        code = day.fault or ("date_future" if day.on and day.on > context.today else day.note)
        if day.on is None:
            return said(column, code)
        rough = {} if day.precision == "day" else {"received_precision": day.precision}
        return said(column, code, received=day.on, **rough)

    def due(cell: Cell, column: str) -> Read:
        day = context.dates.any(cell)
        if day.on is None:
            missing = day.fault == "date_missing"
            return Read({"answer_due": None}) if missing else said(column, "due_unclear")
        # A deadline without a year is the next such day, which "latest past" cannot know.
        return said(
            column, "due_unclear" if day.note else "", answer_due=None if day.note else day.on
        )

    return {
        "id": identity_reader(context),
        "name": name_reader,
        **contact_readers(),
        "number": text_reader("number"),
        "received": received,
        "referrer": _referrer,
        "sender": text_reader("sender"),
        "why": _why,
        "verb": _verb,
        "service": _service,
        "use": _use,
        "due": due,
    }


def _referrer(cell: Cell, column: str) -> Read:
    found = read_referrer(cell)
    return said(
        column, found.fault or found.note, **({"referrer": found.code} if found.code else {})
    )


def _why(cell: Cell, column: str) -> Read:
    text = shown(cell)
    if not any(sign.isalnum() for sign in text):
        return said(column, "purpose_missing", why=None)
    if asks_for_assessment(text):
        return said(column, "service_not_ours", why=text, answer_to_referrer="needed")
    return Read({"why": text})


def _verb(cell: Cell, column: str) -> Read:
    """Train, try, practise or clarify: one of them. An empty cell says nothing."""
    verbs = read_verbs(cell)
    if len(verbs) == 1:
        return Read({"verb": next(iter(verbs))})
    if not verbs and not shown(cell):
        return Read({"verb": None})
    return said(column, "verb_ambiguous" if verbs else "verb_unknown", verb=None)


def _service(cell: Cell, column: str) -> Read:
    code = read_term("service", cell)
    if code is None:
        return said(column, "service_unknown", service=None)
    if code == _ASSESSMENT:
        return said(column, "service_not_ours", service=code, answer_to_referrer="needed")
    expired = code in word_list("vocabulary")["expired"]["services"]
    return said(column, "scheme_expired" if expired else "", service=code or None)


def _use(cell: Cell, column: str) -> Read:
    code = read_term("use", cell)
    return said(
        column, "" if code else "use_unknown" if code is None else "use_missing", use=code or None
    )


def _finish(row: Row) -> None:
    join_names(row)
    received, due = row.values.get("received"), row.values.get("answer_due")
    if received and due and due < received:
        row.say(row.column("due"), "date_order")


_NEEDED = (
    ("received", "received", "date_missing"),
    ("referrer", "referrer", "referrer_missing"),
    ("why", "why", "purpose_missing"),
)


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    for row in rows:
        known = ledger.person(row.identity) if row.identity else None
        compare_names(row, known, ledger)
        if not row.slipped:
            _require(row, known)
        earlier = _earlier(row, ledger)
        if earlier is not None and row.identity not in ("", earlier.national_id):
            row.say(row.column("number"), "number_reused")
            row.first = earlier.row
        if row.held:
            row.outcome = HELD
            if row.identity:
                ledger.wait(row.identity, row.values.get("name") or "", row.number)
        elif earlier is None:
            _create(row, known, ledger)
        else:
            _compare(row, earlier, ledger)


def _require(row: Row, known: KnownPerson | None) -> None:
    for field, value, code in _NEEDED:
        column = row.column(field)
        spoken = column and any(each.column == column for each in row.issues)
        if row.values.get(value) is None and not spoken:
            row.say(column, code)
    if known is None and not row.values.get("name"):
        row.say(row.column("name"), "name_missing")


def referral_key(row: Row) -> str:
    """The referral's number; where senders have none, who was sent by whom on which day."""
    number = row.values.get("number")
    return number or "|".join(
        (row.identity, str(row.values.get("received")), row.values.get("referrer") or "")
    )


def _earlier(row: Row, ledger: Ledger) -> KnownReferral | None:
    return ledger.referral(referral_key(row)) if row.values.get("number") or row.identity else None


def _create(row: Row, known: KnownPerson | None, ledger: Ledger) -> None:
    row.outcome = CREATED
    ledger.add_referral(
        KnownReferral(referral_key(row), row.identity, dict(row.values), row.number)
    )
    if known is None and row.identity:
        ledger.add(KnownPerson(row.identity, row.values["name"], row=row.number))


def _compare(row: Row, earlier: KnownReferral, ledger: Ledger) -> None:
    """The same referral once more: the first stands, a gap may be filled, and what only says again
    what a file said before is no news."""
    gaps: dict[str, Any] = {}
    said_before = earlier.said or {}
    for name in _COMPARED:
        new, old = row.values.get(name), earlier.values.get(name)
        if new is None or new in (old, said_before.get(name)):
            continue
        if old is None and said_before.get(name) is None:
            gaps[name] = new
        elif not row.decided(Decision.KEEP):
            code = "conflicts_with_register" if earlier.row is None else "dup_conflict"
            row.say(row.column(_FIELD_OF.get(name, name)), code)
    row.first = earlier.row
    if row.held:
        row.outcome = HELD
        return
    row.outcome = UPDATED if gaps else UNCHANGED
    row.issues.append(issue("", "dup_adds" if gaps else "dup_same"))
    filled = {**earlier.values, **gaps}
    ledger.add_referral(
        KnownReferral(earlier.number, earlier.national_id, filled, earlier.row, earlier.said)
    )


_FIELD_OF = {"answer_due": "due"}

REFERRALS = Kind("referrals", _readers, _judge, _finish)
