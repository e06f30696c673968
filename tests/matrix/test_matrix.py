"""Every address × method × colleague × relation to a person, against the policy and the decision.

What one may not see answers 404, to the byte like what is not there. In the push gate each
address meets every colleague and every participant, in a Latin square of pairs, each looked at or
pressed in turn, another pair for each address; in the night all.
"""

from __future__ import annotations

import functools
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse

from stegvis.platform.access.authority import subject
from stegvis.platform.access.decision import Act, Allow, Subject, decide
from stegvis.platform.access.pages import Policy
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import COLLEAGUES, PARTICIPANTS, SIGNING_IN, Cast, Colleague, Participant
from tests.cast.visiting import bearing, session_of
from tests.matrix.walk import Address, addresses, of_nobody, of_person, of_town

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-01", "X-03", "INV-20")]

SHARE = len(PARTICIPANTS)  # each colleague meets one of them at each address
OPENED = {200, 302, 400, 405, 409, 422}
# Furnished with all that pages ask for: where the decision allows, the page must really open.
FURNISHED = {"own", "same_unit", "other_unit", "ended", "abroad", "protected_named"}
# Pages that are there for some alone, whoever asks: after an exit, and where the programme has the
# rule. That they open there is a test of their own.
FOR_SOME = {"outcome", "drop_out_exception"}
OURS = [one for one in addresses() if one.policy and not one.policy.open_to_all]
ABOUT = [one for one in OURS if one.about_person]
OTHERS = [one for one in OURS if one.policy and one.policy.roles and not one.about_person]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a visitor can tell one answer from another by."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def _ask(visitor: Any, method: str, url: str) -> Answer:
    """Nothing a page does stays: the next question is asked of the same world."""
    with transaction.atomic():
        response = getattr(visitor, method)(url)
        transaction.set_rollback(True)
    headers = tuple(sorted((k, v) for k, v in response.headers.items()))
    body = b"" if response.streaming else response.content
    return Answer(response.status_code, headers, body)


_about: dict[str, Subject] = {}  # whose ties the cast gives once and for all
_nothing: dict[tuple[str, str], Answer] = {}


def _missing(who: str, method: str, cast: Cast, signed_in: Callable[[str], Any]) -> Answer:
    """What that colleague is answered where there is nothing: the same whatever was asked for, so
    it is asked once. That each address answers so about nobody is a test of its own."""
    if (who, method) not in _nothing:
        url = reverse("person", args=[uuid.uuid4()])
        _nothing[who, method] = _ask(signed_in(who), method, url)
    return _nothing[who, method]


FRESH = 240  # seconds; a session older than five minutes is written anew by the page that is asked
_sessions: dict[str, Any] = {}
_made: list[float] = [0.0]


@pytest.fixture
def signed_in(cast: Cast, sign_in: Callable[..., Any]) -> Callable[[str], Any]:
    """Everybody's session, made once in a while and stored in one go for each test."""
    if time.monotonic() - _made[0] > FRESH:
        _sessions.update({who: session_of(cast[who]) for who in SIGNING_IN})
        _made[0] = time.monotonic()
    Session.objects.bulk_create(_sessions.values())
    return functools.cache(lambda who: bearing(_sessions[who]))


def _turn(address: Address, *more: str) -> int:
    return zlib.crc32(" ".join([address.name, *more]).encode())


def _methods(address: Address, *more: str, whole: bool) -> tuple[str, ...]:
    return ("get", "post") if whole else (("get", "post")[_turn(address, *more) % 2],)


def _pairs(address: Address, *, whole: bool) -> Iterator[tuple[str, str]]:
    turn = _turn(address)
    for i, who in enumerate(SIGNING_IN):
        for j, whom in enumerate(PARTICIPANTS):
            if whole or (i + j + turn) % SHARE == 0:
                yield who, whom


def _allowed(policy: Policy, method: str, who: Colleague, whom: Participant, cast: Cast) -> bool:
    if not who.actor.holds(*policy.roles) or policy.shows is None:
        return False
    if who.town != whom.town:
        return False
    act = Act.WRITE if policy.writes and method == "post" else Act.READ
    if whom.key not in _about:
        with scope(whom.town.tenant, service="test"):
            _about[whom.key] = subject(whom.town.tenant, whom.person)
    return isinstance(decide(who.actor, act, _about[whom.key], policy.shows, on=cast.on), Allow)


def _may_lack(address: Address, whom: str) -> bool:
    return whom not in FURNISHED or address.name in FOR_SOME


def _deviations(
    address: Address, cast: Cast, signed_in: Callable[[str], Any], *, whole: bool
) -> tuple[int, list[str]]:
    policy, asked, found = address.policy, 0, []
    assert policy
    for who, whom in _pairs(address, whole=whole):
        url = address.at(of_person(cast.person(whom), cast))
        for method in _methods(address, who, whom, whole=whole):
            asked += 1
            answer = _ask(signed_in(who), method, url)
            said = f"{method} {address.name} as {who} about {whom}: {answer.status}"
            if not _allowed(policy, method, cast[who], cast.person(whom), cast):
                if answer.status != 404 or answer != _missing(who, method, cast, signed_in):
                    found.append(f"{said}, is not like what is not there")
            elif answer.status not in OPENED | ({404} if _may_lack(address, whom) else set()):
                found.append(f"{said}, does not open")
            elif method == "post" and not policy.writes and answer.status != 405:
                found.append(f"{said}, takes a form though it says it writes nothing")
    return asked, found


@pytest.mark.parametrize("address", ABOUT, ids=lambda one: one.name)
def test_a_persons_page_opens_for_whom_the_decision_allows_alone(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    asked, found = _deviations(address, cast, signed_in, whole=False)
    assert found == []
    assert asked >= len(SIGNING_IN)


@pytest.mark.night
@pytest.mark.parametrize("address", ABOUT, ids=lambda one: one.name)
def test_a_persons_page_for_everyone_about_everyone(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    asked, found = _deviations(address, cast, signed_in, whole=True)
    assert found == []
    assert asked == len(SIGNING_IN) * len(PARTICIPANTS) * 2


@pytest.mark.parametrize("address", ABOUT, ids=lambda one: one.name)
def test_a_page_about_nobody_is_like_every_other_that_is_not_there(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    """For one who may open such pages, and one who may not."""
    nobody = address.at(of_nobody(of_person(cast.person("own"), cast)))
    for who in ("asta", SIGNING_IN[_turn(address) % len(SIGNING_IN)]):
        for method in ("get", "post"):
            answer = _ask(signed_in(who), method, nobody)
            assert answer == _missing(who, method, cast, signed_in), f"{method} as {who}"


@pytest.mark.parametrize("address", OTHERS, ids=lambda one: one.name)
def test_a_page_about_no_person_opens_for_its_roles_alone(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    """Of those who may, one of each role looks and presses; everybody else does one in turn."""
    assert _misled(address, cast, signed_in, whole=False) == []


@pytest.mark.night
@pytest.mark.parametrize("address", OTHERS, ids=lambda one: one.name)
def test_a_page_about_no_person_opens_for_its_roles_alone_whatever_one_does(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    assert _misled(address, cast, signed_in, whole=True) == []


def _one_of_each_role(address: Address, cast: Cast) -> set[str]:
    holding: dict[Role | None, list[str]] = {}
    for who in SIGNING_IN:
        holding.setdefault(cast[who].role, []).append(who)
    return {some[_turn(address) % len(some)] for some in holding.values()}


def _misled(
    address: Address, cast: Cast, signed_in: Callable[[str], Any], *, whole: bool
) -> list[str]:
    policy, found, thorough = address.policy, [], _one_of_each_role(address, cast)
    met: set[str] = set()
    assert policy
    for who in SIGNING_IN:
        town = cast[who].town
        other = cast.birkeso if town == cast.ekdala else cast.ekdala
        here, there = of_town(cast, town, cast[who]), of_town(cast, other)
        may = cast[who].actor.holds(*policy.roles)
        methods = _methods(address, who, whole=whole or (may and who in thorough))
        # Pressed, the page of a wall's screen signs out whoever pressed: nobody is left to ask.
        for method in ("get",) if address.name == "hang" else methods:
            answer = _ask(signed_in(who), method, address.at(here))
            said = f"{method} {address.name} as {who}: {answer.status}"
            if not may:
                if answer.status != 404 or answer != _missing(who, method, cast, signed_in):
                    found.append(f"{said}, is not like what is not there")
                continue
            if answer.status not in OPENED:
                found.append(f"{said}, does not open")
            if address.at(there) == address.at(here):
                continue
            theirs = _ask(signed_in(who), method, address.at(there))
            if not whole and method in met and theirs == _missing(who, method, cast, signed_in):
                continue
            met.add(method)  # what is nowhere is asked for once, and where the answer is another
            if theirs != _ask(signed_in(who), method, address.at(of_nobody(here))):
                found.append(f"{said}, tells something of the neighbour's")
    return found


def _any(address: Address, cast: Cast) -> str:
    return address.at(of_person(cast.person("own"), cast))


@pytest.mark.parametrize("address", OURS, ids=lambda one: one.name)
def test_who_has_not_signed_in_is_sent_to_the_door(
    address: Address, cast: Cast, visitor: Any
) -> None:
    url = _any(address, cast)
    own = address.policy and address.policy.roles == {Role.PARTICIPANT}
    door = "/my/in/" if own else "/accounts/login/"
    for method in ("get", "post"):
        response = getattr(visitor, method)(url)
        assert response.status_code == 302
        assert response.headers["Location"] == f"{door}?next={url}"


@pytest.mark.parametrize("address", ABOUT + OTHERS, ids=lambda one: one.name)
def test_who_has_left_or_lacks_the_second_factor_gets_no_further(
    address: Address, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    """Whether the person is there or not, for someone who may not be here at all."""
    urls = [_any(address, cast), address.at(of_nobody(of_person(cast.person("own"), cast)))]
    lena = sign_in(cast["lena"])
    left = [_ask(lena, "get", url) for url in urls]
    assert (left[0].status, left[0]) == (403, left[1])
    half = sign_in(cast["asta"], second_factor=False)
    assert {half.get(url).headers["Location"] for url in urls} == {"/accounts/2fa/totp/activate/"}


@pytest.mark.parametrize("address", ABOUT, ids=lambda one: one.name)
def test_a_page_about_a_person_takes_no_part_of_another_persons_record(
    address: Address, cast: Cast, signed_in: Callable[[str], Any]
) -> None:
    """The person's own key with somebody else's referral or decision, both of whom one may see."""
    own, theirs = cast.person("own"), cast.person("protected_named")
    parts = set(address.arguments) & {"referral", "enrolment", "decision", "period", "past"}
    mixed = of_person(theirs, cast) | {"person": own.person}
    for part in parts:
        answer = _ask(
            signed_in("asta"), "get", address.at(of_person(own, cast) | {part: mixed[part]})
        )
        assert answer.status == 404, f"{address.name} shows one person's {part} under another"


def test_the_matrix_meets_every_colleague_and_every_participant(cast: Cast) -> None:
    for address in ABOUT:
        pairs = list(_pairs(address, whole=False))
        assert {who for who, _ in pairs} == set(SIGNING_IN)
        assert {whom for _, whom in pairs} == set(PARTICIPANTS)
    assert set(SIGNING_IN) | {"lena"} == set(COLLEAGUES)
    assert len(ABOUT) >= 5


def test_the_matrix_notices_a_page_that_forgets_the_person(
    cast: Cast, signed_in: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A positive control: the gate without its question about the person."""
    from stegvis.platform.journal import gate

    address = next(one for one in ABOUT if one.name == "person")
    monkeypatch.setattr(gate, "authorise", lambda *args, **kw: Allow("unit"))  # type: ignore[arg-type]
    _, found = _deviations(address, cast, signed_in, whole=False)
    assert found
