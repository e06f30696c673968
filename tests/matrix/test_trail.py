"""Every page crawled as everyone: what shows a person has left a trace of having shown them, and
of a protected person nothing shows to anybody who is not named."""

from __future__ import annotations

import functools
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape

from stegvis.journey.intake import actions as intake
from stegvis.journey.people.actions import NewPerson, protect, register
from stegvis.platform.access.authority import subject
from stegvis.platform.access.decision import Allow, FieldClass, decide
from stegvis.platform.access.models import Shield
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import SIGNING_IN, Cast, Colleague, Participant
from tests.matrix.walk import addresses, of_person, of_town

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03", "X-04")]
OURS = [one for one in addresses() if one.policy and not one.policy.open_to_all]
PUSH = {"asta", "olle", "ada", "vera"}
LISTS = [one.at({}) for one in OURS if not one.arguments and one.policy and one.policy.roles]
KEYS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9]{64}")
CLOCK = re.compile(rb"\b[0-2]\d[.:][0-5]\d\b")  # "as of 14.05": new in every answer


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer, with the persons the journal says it was about."""

    url: str
    status: int
    text: str
    written: frozenset[uuid.UUID]


class Walk:
    """A colleague going from page to page. Nothing a page does stays, so the last event written
    before the first page is the last before each."""

    def __init__(self, who: str, cast: Cast, sign_in: Callable[..., Any]) -> None:
        self.who = cast[who]
        self.visitor = sign_in(self.who)
        self.before = self._last()

    def _last(self) -> int:
        with scope(self.who.town.tenant, service="test"):
            return int(Event.events.order_by("-seq").values_list("seq", flat=True)[0])

    def fetch(self, url: str) -> Shown:
        with transaction.atomic():
            response = self.visitor.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            rows = self._written()
            transaction.set_rollback(True)
        assert len({request for _, request in rows}) <= 1, "two requests' events in one"
        headers = "\n".join(f"{k}: {v}" for k, v in response.headers.items())
        persons = frozenset(person for found, _ in rows for person in found)
        text = f"{headers}\n{body.decode(errors='replace')}"
        return Shown(url, response.status_code, text, persons)

    def _written(self) -> list[Any]:
        with scope(self.who.town.tenant, service="test"):
            events = Event.events.filter(seq__gt=self.before, member=self.who.member)
            rows = events.exclude(sort="denied").order_by("seq")
            return list(rows.values_list("persons", "request"))


def _urls(who: Colleague, cast: Cast, allowed: set[str], *, share: int) -> Iterator[str]:
    """Each page once without a person, and about people of one's own municipality, others for each
    page: one in `share` of those one may read. Of those one may not, every page tells the same to
    the byte (test_matrix), so all are asked about at night and one of them at each page else."""
    town = of_town(cast, who.town, who)
    own = [p for p in cast.participants.values() if p.town == who.town]
    open_to = [p for p in own if p.key in allowed]
    shut = [p for p in own if p.key not in allowed]
    for turn, address in enumerate(OURS):
        if address.about_person:
            others = shut if share == 1 else shut[turn % len(shut) :][:1]
            some = open_to[turn % share :: share] + others
            yield from (address.at(of_person(one, cast)) for one in some)
        elif address.policy and address.policy.roles:
            yield address.at(town)


def _marks(one: Participant) -> tuple[str, ...]:
    parts = (one.person, one.enrolment, one.referral, one.decision, one.period)
    return (*one.traces, *(str(part) for part in parts if part))


def _may_read(who: Colleague, whom: Participant, cast: Cast) -> bool:
    if who.town != whom.town:
        return False
    with scope(who.town.tenant, service="test"):
        about = subject(who.town.tenant, whom.person)
    verdicts = (decide(who.actor, "read", about, one, on=cast.on) for one in FieldClass)  # type: ignore[arg-type]
    return any(isinstance(verdict, Allow) for verdict in verdicts)


@pytest.fixture
def logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], list[str]]:
    """What a walk has left in the log and on the screen, line by line, down to the last detail."""
    caplog.set_level(logging.DEBUG)

    def lines() -> list[str]:
        logging.getLogger("stegvis.probe").warning("a line that is caught")
        written = (caplog.text + "".join(capfd.readouterr())).splitlines()
        kept = [line for line in written if "django.db" not in line and "(0.0" not in line]
        assert any("a line that is caught" in line for line in kept)
        return kept

    return lines


@pytest.mark.parametrize("who", sorted(PUSH))
def test_what_shows_a_person_is_written_down_shows_only_who_may_be_seen_and_is_in_no_log(
    who: str, cast: Cast, sign_in: Callable[..., Any], logged: Callable[[], list[str]]
) -> None:
    _crawled(who, cast, sign_in, share=3)
    _holds_nobody(logged(), cast)


@pytest.mark.night
@pytest.mark.parametrize("who", SIGNING_IN)
def test_what_shows_anybody_is_written_down_shows_only_who_may_be_seen_and_is_in_no_log(
    who: str, cast: Cast, sign_in: Callable[..., Any], logged: Callable[[], list[str]]
) -> None:
    _crawled(who, cast, sign_in, share=1)
    _holds_nobody(logged(), cast)


def _holds_nobody(lines: list[str], cast: Cast) -> None:
    marks = [mark for one in cast.participants.values() for mark in _marks(one)]
    assert [line for line in lines if any(mark in line for mark in marks)] == []


def _crawled(who: str, cast: Cast, sign_in: Callable[..., Any], *, share: int) -> None:
    walk, found = Walk(who, cast, sign_in), []
    allowed = {p.key for p in cast.participants.values() if _may_read(walk.who, p, cast)}
    marked = {p.key: _marks(p) for p in cast.participants.values()}
    for url in _urls(walk.who, cast, allowed, share=share):
        shown = walk.fetch(url)
        assert shown.status < 500, url
        text = shown.text.replace(url, "")
        for one in cast.participants.values():
            marks = [mark for mark in marked[one.key] if mark in text]
            if marks and one.key not in allowed:
                found.append(f"{url} shows {who} {one.key}: {marks}")
            if marks and one.person not in shown.written:
                found.append(f"{url} shows {one.key} and the journal does not know: {marks}")
    assert found == []


def test_the_crawl_really_sees_people(cast: Cast, sign_in: Callable[..., Any]) -> None:
    """A positive control: the marks we look for are there for whom they should be."""
    walk = Walk("asta", cast, sign_in)
    texts = "".join(walk.fetch(url).text for url in LISTS)
    for key in ("own", "protected_named"):
        assert cast.person(key).family in texts


def _searching(one: Participant) -> Iterator[str]:
    """Whole, and as typed so far."""
    for word in (one.family, one.number):
        yield word
        yield word[:-1]


NIGHT = [pytest.param(who, True, marks=pytest.mark.night) for who in SIGNING_IN]


@pytest.mark.parametrize(("who", "whole"), [("vera", False), *NIGHT])
def test_no_search_tells_that_a_protected_person_is_there(
    who: str, cast: Cast, sign_in: Callable[..., Any], *, whole: bool
) -> None:
    """The answer to a hidden person's name is that to a word nobody is called: as typed so far and
    whole where a question changes what a page shows, and whole on every other page; there, in the
    gate, of the first who is hidden."""
    walk = Walk(who, cast, sign_in)
    shown = [walk.fetch(url) for url in LISTS]
    plain = {one.url: _plain(one.text, "qqqq") for one in shown if one.status == 200}

    def asked(url: str, word: str) -> tuple[Any, ...]:
        told = walk.fetch(f"{url}?q={quote(word)}")
        return told.status, told.written, _plain(told.text, word)

    blank = functools.cache(asked)
    asking = [url for url in plain if _unasked(blank(url, "qqqq")[-1]) != plain[url]]
    assert reverse("participants") in asking
    hidden = [one for one in cast.protected if not _may_read(walk.who, one, cast)]
    for one in hidden:
        for word in _searching(one):
            nobody = "".join("9" if c.isdigit() else "q" if c.isalpha() else c for c in word)
            everywhere = word in (one.family, one.number) and (whole or one is hidden[0])
            for url in plain if everywhere else asking:
                assert asked(url, word) == blank(url, nobody), (url, word)


def _unasked(text: bytes) -> bytes:
    """Without the page's own address, which says on every page what was asked for."""
    return re.sub(rb"(\?|%3F)q(=|%3D)#", b"", text)


def _plain(text: str, word: str) -> bytes:
    """Without the word that was asked for, and without what is new in every answer."""
    for form in (quote(word), quote_plus(word), escape(word), word):
        text = text.replace(form, "#")
    text = re.sub(r"Content-Length: \d+", "", text)
    return CLOCK.sub(b"#", KEYS.sub(b"#", text.encode()))


@pytest.mark.parametrize("who", ["aron", "mona", "ada"])
def test_one_more_protected_person_changes_nothing_anybody_else_sees(
    who: str, cast: Cast, sign_in: Callable[..., Any], as_job: Callable[..., Any]
) -> None:
    """Counts, pages, order, badges: the whole of every page, before and after."""
    walk = Walk(who, cast, sign_in)
    before = [_plain(walk.fetch(url).text, "#") for url in LISTS]
    with as_job(cast.ekdala.tenant):
        new = NewPerson(given="Aaaa", family="Aaaaberg")
        person = register(new, country="SE", on=cast.on).pk
        asked = intake.NewReferral(
            person=person, unit=cast.ekdala.units[0], referrer_kind="AF", received_on=cast.on
        )
        intake.receive_referral(asked)
        protect(person, Shield.Grade.REGISTRATION, on=cast.on, source="staff")
    after = [_plain(walk.fetch(url).text, "#") for url in LISTS]
    assert [url for url, x, y in zip(LISTS, before, after, strict=True) if x != y] == []
