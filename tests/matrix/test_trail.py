"""Every page crawled as everyone: what shows a person has left a trace of having shown them, and
of a protected person nothing shows to anybody who is not named."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.db import transaction
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
PUSH = {"asta", "olle", "ada"}
KEYS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9]{64}")
CLOCK = re.compile(rb"\b[0-2]\d[.:][0-5]\d\b")  # "as of 14.05": new in every answer


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer, with the persons the journal says it was about."""

    url: str
    status: int
    text: str
    written: frozenset[uuid.UUID]


def _last(cast: Cast, who: Colleague) -> int:
    with scope(who.town.tenant, service="test"):
        return int(Event.events.order_by("-seq").values_list("seq", flat=True)[0])


def _fetch(visitor: Any, who: Colleague, url: str, cast: Cast) -> Shown:
    before = _last(cast, who)
    with transaction.atomic():
        response = visitor.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        with scope(who.town.tenant, service="test"):
            events = Event.events.filter(seq__gt=before, member=who.member).exclude(sort="denied")
            rows = list(events.order_by("seq").values_list("persons", "request"))
        transaction.set_rollback(True)
    assert len({request for _, request in rows}) <= 1, "two requests' events in one"
    headers = "\n".join(f"{k}: {v}" for k, v in response.headers.items())
    persons = frozenset(person for found, _ in rows for person in found)
    return Shown(url, response.status_code, f"{headers}\n{body.decode(errors='replace')}", persons)


def _urls(who: Colleague, cast: Cast, *, share: int = 1) -> Iterator[str]:
    """Each page once: without a person, and about everyone of one's own municipality; of these one
    in `share`, others for each page."""
    town = of_town(cast, who.town, who)
    everyone = [p for p in cast.participants.values() if p.town == who.town]
    for turn, address in enumerate(OURS):
        if address.about_person:
            some = everyone[turn % share :: share]
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


@pytest.mark.parametrize("who", sorted(PUSH))
def test_what_shows_a_person_is_written_down_and_shows_only_who_may_be_seen(
    who: str, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    _crawled(who, cast, sign_in, share=3)


@pytest.mark.night
@pytest.mark.parametrize("who", SIGNING_IN)
def test_what_shows_anybody_is_written_down_and_shows_only_who_may_be_seen(
    who: str, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    _crawled(who, cast, sign_in, share=1)


def _crawled(who: str, cast: Cast, sign_in: Callable[..., Any], *, share: int) -> None:
    colleague, found = cast[who], []
    visitor = sign_in(colleague)
    allowed = {p.key for p in cast.participants.values() if _may_read(colleague, p, cast)}
    for url in _urls(colleague, cast, share=share):
        shown = _fetch(visitor, colleague, url, cast)
        assert shown.status < 500, url
        for one in cast.participants.values():
            marks = [mark for mark in _marks(one) if mark in shown.text.replace(url, "")]
            if marks and one.key not in allowed:
                found.append(f"{url} shows {who} {one.key}: {marks}")
            if marks and one.person not in shown.written:
                found.append(f"{url} shows {one.key} and the journal does not know: {marks}")
    assert found == []


def test_the_crawl_really_sees_people(cast: Cast, sign_in: Callable[..., Any]) -> None:
    """A positive control: the marks we look for are there for whom they should be."""
    asta = cast["asta"]
    visitor = sign_in(asta)
    lists = [a.at({}) for a in OURS if not a.arguments and a.policy and a.policy.roles]
    texts = "".join(_fetch(visitor, asta, url, cast).text for url in lists)
    for key in ("own", "protected_named"):
        assert cast.person(key).family in texts


def _searching(one: Participant) -> Iterator[str]:
    """Whole, and as typed so far."""
    for word in (one.family, one.number):
        yield word
        yield word[:-1]


@pytest.mark.parametrize(
    "who",
    [
        "vera",
        *(pytest.param(w, marks=pytest.mark.night) for w in SIGNING_IN if w != "vera"),
    ],
)
def test_no_search_tells_that_a_protected_person_is_there(
    who: str, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    """The answer to a hidden person's name is that to a word nobody is called."""
    colleague = cast[who]
    visitor = sign_in(colleague)
    lists = [a.at({}) for a in OURS if not a.arguments and a.policy and a.policy.roles]
    opening = [url for url in lists if visitor.get(url).status_code == 200]
    for one in cast.protected:
        if _may_read(colleague, one, cast):
            continue
        for word in _searching(one):
            nobody = "".join("9" if c.isdigit() else "q" if c.isalpha() else c for c in word)
            for url in opening:
                told, blank = (
                    _fetch(visitor, colleague, f"{url}?q={quote(asked)}", cast)
                    for asked in (word, nobody)
                )
                assert (told.status, told.written) == (blank.status, blank.written)
                assert _plain(told.text, word) == _plain(blank.text, nobody), (url, word)


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
    colleague = cast[who]
    visitor = sign_in(colleague)
    urls = [a.at({}) for a in OURS if not a.arguments and a.policy and a.policy.roles]
    before = [_plain(_fetch(visitor, colleague, url, cast).text, "#") for url in urls]
    with as_job(cast.ekdala.tenant):
        new = NewPerson(given="Aaaa", family="Aaaaberg")
        person = register(new, country="SE", on=cast.on).pk
        asked = intake.NewReferral(
            person=person, unit=cast.ekdala.units[0], referrer_kind="AF", received_on=cast.on
        )
        intake.receive_referral(asked)
        protect(person, Shield.Grade.REGISTRATION, on=cast.on, source="staff")
    after = [_plain(_fetch(visitor, colleague, url, cast).text, "#") for url in urls]
    assert [url for url, x, y in zip(urls, before, after, strict=True) if x != y] == []


def test_no_log_line_holds_a_person(
    cast: Cast,
    sign_in: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Pages that open, pages that do not, and a page that breaks."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("stegvis.probe").warning("a line that is caught")
    for who in ("vera", "ada"):
        visitor = sign_in(cast[who])
        visitor.raise_request_exception = False
        for url in _urls(cast[who], cast, share=3):
            visitor.get(url)
    written = caplog.text + "".join(capfd.readouterr())
    lines = [
        line for line in written.splitlines() if "django.db" not in line and "(0.0" not in line
    ]
    assert any("a line that is caught" in line for line in lines)
    marks = [mark for one in cast.participants.values() for mark in _marks(one)]
    assert [line for line in lines if any(mark in line for mark in marks)] == []
