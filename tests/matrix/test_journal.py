"""Who read and wrote what: complete, in the same transaction, and not to be tampered with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from stegvis.journey.people.models import Person
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.journal.chain import verify
from stegvis.platform.journal.models import Event
from stegvis.platform.journal.writing import NothingToWriteOn, Page, keeping, seen, wrote
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-04")]


@pytest.fixture
def as_owner(owner: psycopg.Connection[Any], cast: Cast) -> psycopg.Connection[Any]:
    """Who has the tables' rights and a municipality: as near as a forger inside can come."""
    owner.execute("select set_config('stegvis.tenant', %s, false)", [str(cast.ekdala.tenant)])
    owner.execute("select set_config('stegvis.service', 'forger', false)")
    return owner


def _verified(owner: psycopg.Connection[Any]) -> tuple[int, int | None]:
    row = owner.execute("select length, broken_at from journal_verify()").fetchone()
    assert row
    return row[0], row[1]


def test_the_chain_of_each_municipality_verifies(cast: Cast) -> None:
    for town in (cast.ekdala, cast.birkeso):
        with scope(town.tenant, service="test"):
            chain = verify()
            assert chain.broken_at is None
            assert chain.length == Event.events.count() > 15


FORGED = {
    "an event's word": "update journal_event set what = 'nothing' where seq = 5",
    "a reader": "update journal_event set member = gen_random_uuid() where seq = 5",
    "a person added": "update journal_event set persons = persons || tenant_id where seq = 5",
    "a person taken out": (
        "update journal_event set persons = '{}'"
        " where seq = (select min(seq) from journal_event where persons <> '{}')"
    ),
    "a purpose": "update journal_event set purpose = 'case_work' where seq = 5",
    "a detail": "update journal_event set details = '{\"x\": 1}' where seq = 5",
    "a time": "update journal_event set at = at + interval '1 second' where seq = 5",
    "the first removed": "delete from journal_event where seq = 1",
    "one in the middle removed": "delete from journal_event where seq = 9",
    "the tail removed": "delete from journal_event where seq > 20",
    "everything removed": "delete from journal_event",
    "two swapped": "update journal_event set seq = 13 - seq where seq in (6, 7)",
    "one put in twice": (
        "insert into journal_event select tenant_id, seq, at + interval '1 ms', sort, what, member,"
        " service, unit, purpose, basis, shows, persons, request, details, previous, hash"
        " from journal_event where seq = 8"
    ),
    "an own hash worked out anew": (
        "update journal_event e set what = 'x', hash = journal_digest(previous, row(e.tenant_id,"
        " e.seq, e.at, e.sort, 'x', e.member, e.service, e.unit, e.purpose, e.basis, e.shows,"
        " e.persons, e.request, e.details, e.previous, e.hash)::journal_event) where seq = 5"
    ),
    "the head wound back": "update journal_head set seq = 20",
    "the head's hash": "update journal_head set hash = sha256(hash)",
    "the head removed": "delete from journal_head",
}


@pytest.mark.parametrize("what", FORGED)
def test_verification_finds(what: str, as_owner: psycopg.Connection[Any]) -> None:
    length, broken_at = _verified(as_owner)
    assert broken_at is None
    done = as_owner.execute(FORGED[what])  # type: ignore[arg-type]
    assert done.rowcount > 0
    _, found = _verified(as_owner)
    assert found is not None
    assert found <= length + 1


def test_a_tail_cut_off_with_its_head_shows_only_against_an_anchor_kept_elsewhere(
    as_owner: psycopg.Connection[Any],
) -> None:
    """The limit, said out loud: whoever keeps yesterday's length and head sees it."""
    anchor = as_owner.execute("select length, head from journal_verify()").fetchone()
    assert anchor
    as_owner.execute("delete from journal_event where seq > 20")
    as_owner.execute(
        "update journal_head set seq = 20, hash = (select hash from journal_event where seq = 20)"
    )
    cut = as_owner.execute("select length, broken_at, head from journal_verify()").fetchone()
    assert cut
    assert cut[1] is None
    assert (cut[0], cut[2]) != anchor


def test_events_land_in_their_month_and_the_months_ahead_are_there(
    as_owner: psycopg.Connection[Any],
) -> None:
    rows = as_owner.execute("select distinct tableoid::regclass::text, at from journal_event")
    for table, at in rows.fetchall():
        assert table == f"journal_event_{at.astimezone(dt.UTC):%Y%m}"
    months = [
        as_owner.execute(
            "select to_regclass('journal_event_' || to_char(date_trunc('month', "
            "now() at time zone 'UTC') + make_interval(months => %s), 'YYYYMM'))",
            [ahead],
        ).fetchone()
        for ahead in range(4)
    ]
    assert all(month and month[0] for month in months)
    assert as_owner.execute("select count(*) from only journal_event_rest").fetchone() == (0,)


def test_the_app_makes_the_months_to_come_through_the_one_function(cast: Cast) -> None:
    with scope(cast.ekdala.tenant, service="test"), connection.cursor() as cursor:
        cursor.execute("select journal_months(5)")
        assert cursor.fetchone() == (2,)
        cursor.execute("select journal_months(5)")
        assert cursor.fetchone() == (0,)


def test_an_event_keeps_who_when_why_and_in_which_request(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, own = cast["asta"], cast.person("own")
    with scope(cast.ekdala.tenant, service="test"):
        before = Event.events.order_by("-seq").values_list("seq", flat=True)[0]
    assert sign_in(asta).get(f"/people/{own.person}/").status_code == 200
    with scope(cast.ekdala.tenant, service="test"):
        (event,) = Event.events.filter(seq__gt=before, sort="read")
        assert (event.member, event.service, event.what) == (asta.member, "", "person")
        assert (event.purpose, event.basis, event.shows) == ("case_work", "case_worker", "plan")
        assert own.person in event.persons
        assert event.request is not None
        assert verify().broken_at is None


def test_a_refused_look_is_kept_with_its_reason_and_the_answer_tells_nothing(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    hidden = cast.person("protected_hidden")
    assert sign_in(cast["asta"]).get(f"/people/{hidden.person}/").status_code == 404
    with scope(cast.ekdala.tenant, service="test"):
        event = Event.events.filter(sort="denied").order_by("-seq")[0]
        assert (event.member, event.persons) == (cast["asta"].member, [hidden.person])
        assert event.details == {"reason": "protected"}


def test_when_the_journal_cannot_be_written_nothing_is_shown(
    cast: Cast, sign_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from stegvis.platform.journal import writing

    def broken(page: Page) -> None:
        with connection.cursor() as cursor:
            cursor.execute("insert into journal_event_rest default values")

    asta, own = sign_in(cast["asta"]), cast.person("own")
    asta.raise_request_exception = False
    urls = ["/people/", "/my-day/", f"/people/{own.person}/"]
    whole = [asta.get(url) for url in urls]
    assert all(response.status_code == 200 for response in whole)
    assert any(own.family in response.content.decode() for response in whole)
    monkeypatch.setattr(writing, "_append", broken)
    for url in urls:
        response = asta.get(url)
        assert response.status_code == 500
        text = response.content.decode()
        assert not [
            trace for p in cast.participants.values() for trace in p.traces if trace in text
        ]


def test_when_the_journal_cannot_be_written_nothing_is_changed(
    cast: Cast, at_work: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from stegvis.platform.journal import writing

    def broken(page: Page) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(writing, "_append", broken)
    with pytest.raises(DatabaseError), at_work(cast["asta"]):
        Person.people.filter(pk=cast.person("own").person).update(language="x")
    with scope(cast.ekdala.tenant, service="test"):
        assert Person.people.get(pk=cast.person("own").person).language != "x"


def test_reading_outside_a_page_or_a_job_is_a_fault(cast: Cast) -> None:
    with scope(cast.ekdala.tenant, service="test"), pytest.raises(NothingToWriteOn):
        seen([cast.person("own").person])
    with pytest.raises(NothingToWriteOn):
        wrote("something")


def _fails_after_writing() -> None:
    wrote("something")
    raise DatabaseError


def test_work_that_fails_leaves_no_event_behind(cast: Cast) -> None:
    with scope(cast.ekdala.tenant, service="test"):
        before = Event.events.count()
        with pytest.raises(DatabaseError), keeping(Page(what="x", purpose=Purpose.JOB)):
            _fails_after_writing()
        assert Event.events.count() == before


def test_many_persons_on_a_page_are_one_event_that_lists_each_once(cast: Cast) -> None:
    persons = [uuid.uuid4() for _ in range(50)]
    with scope(cast.ekdala.tenant, service="test"):
        with keeping(Page(what="list", purpose=Purpose.CASE_WORK)):
            seen(persons, shows=FieldClass.IDENTITY)
            seen(reversed(persons))
        event = Event.events.order_by("-seq")[0]
        assert (event.what, event.persons) == ("list", persons)
        assert Event.events.about(persons[7]).count() == 1
