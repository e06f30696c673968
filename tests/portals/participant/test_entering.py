"""Coming in and going out: alike whatever was wrong, one session at a time, nothing left behind."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings
from django.utils import timezone

from stegvis.journey.steps import actions as steps
from stegvis.journey.voices.actions import (
    GivenLink,
    close_device,
    give_link,
    give_pictures,
    revoke,
    share_device,
)
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import Grant, Member, PersonalLink, Role, SharedDevice
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast, Colleague
from tests.cast.visiting import Visitor
from tests.cast.visiting import sign_in as signed_in
from tests.matrix.walk import addresses, of_person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]
PICKED = ("bus", "key", "plant", "flag")


def _give(
    cast: Cast, at_work: Callable[..., Any], key: str = "own", who: str = "asta"
) -> GivenLink:
    with at_work(cast[who]):
        return give_link(cast.person(key).person, by=cast[who].actor)


@pytest.fixture
def given(cast: Cast, at_work: Callable[..., Any]) -> GivenLink:
    return _give(cast, at_work)


def _enter(visitor: Any, given: Any, code: str = "") -> Any:
    return visitor.post(f"/my/in/{given.token}/", {"code": code or given.code})


def _told(response: Any) -> tuple[int, str]:
    text = response.content.decode()
    return response.status_code, re.sub(r'value="[A-Za-z0-9]{64}"|/my/in/[^"]*', "#", text)


def test_link_and_code_open_the_persons_own_page_and_no_other(
    cast: Cast, visitor: Any, given: GivenLink
) -> None:
    assert visitor.get(f"/my/in/{given.token}/").status_code == 200
    answer = _enter(visitor, given, f"{given.code[:3]} {given.code[3:]}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")
    page = visitor.get("/my/").content.decode()
    assert cast.person("own").given in page
    assert visitor.get("/").headers["Location"] == "/my/"


def test_unknown_wrong_shut_ended_and_protected_are_told_alike(
    cast: Cast, at_work: Callable[..., Any], given: GivenLink
) -> None:
    wrong = f"{(int(given.code) + 1) % 10**6:06}"
    hidden = _give(cast, at_work, "protected_named")
    answers = [_told(_enter(Visitor(), given, wrong))]
    answers.append(_told(_enter(Visitor(), GivenLink("A" * 46, ""), "123456")))
    answers.append(_told(_enter(Visitor(), GivenLink("short", ""), "123456")))
    answers.append(_told(_enter(Visitor(), hidden, "not six digits")))
    with scope(cast.ekdala.tenant, service="test"):
        PersonalLink.links.update(shut_until=timezone.now() + doors.WAIT)
    answers.append(_told(_enter(Visitor(), given)))
    with at_work(cast["asta"]):
        revoke(cast.person("own").person, by=cast["asta"].actor)
    answers.append(_told(_enter(Visitor(), given)))
    assert len(set(answers)) == 1
    asked = {_told(Visitor().get(f"/my/in/{token}/")) for token in (given.token, "none", "A" * 46)}
    assert len(asked) == 1


def test_the_code_may_be_written_in_the_digits_of_another_script(
    visitor: Any, given: GivenLink
) -> None:
    eastern = "".join(chr(0x6F0 + int(sign)) for sign in given.code)
    assert visitor.post(f"/my/in/{given.token}/", {"code": eastern}).status_code == 302


def test_a_renewed_link_ends_the_earlier_one_and_every_open_session(
    cast: Cast, visitor: Any, given: GivenLink, at_work: Callable[..., Any]
) -> None:
    _enter(visitor, given)
    assert visitor.get("/my/").status_code == 200
    newer = _give(cast, at_work)
    assert visitor.get("/my/").headers["Location"].startswith("/my/in/")
    assert _enter(Visitor(), given).status_code == 200
    assert _enter(Visitor(), newer).status_code == 302


def test_one_device_at_a_time(visitor: Any, given: GivenLink) -> None:
    second = Visitor()
    _enter(visitor, given)
    _enter(second, given)
    assert second.get("/my/").status_code == 200
    assert visitor.get("/my/").headers["Location"].startswith("/my/in/")


def test_a_session_planted_before_is_not_the_one_that_opens(visitor: Any, given: GivenLink) -> None:
    planted = SessionStore()
    planted["seen"] = int(time.time())
    planted.save(must_create=True)
    visitor.cookies["session"] = planted.session_key
    _enter(visitor, given)
    assert visitor.cookies["session"].value != planted.session_key
    intruder = Visitor()
    intruder.cookies["session"] = planted.session_key
    assert intruder.get("/my/").headers["Location"].startswith("/my/in/")
    assert not visitor.cookies["session"]["max-age"], "it ends with the browser"


def test_another_persons_link_in_the_same_browser_leaves_nothing_of_the_first(
    cast: Cast, visitor: Any, given: GivenLink, at_work: Callable[..., Any]
) -> None:
    theirs = _give(cast, at_work, "same_unit", "aron")
    _enter(visitor, given)
    assert (
        _enter(visitor, theirs, given.code if given.code != theirs.code else "0").status_code == 200
    )
    assert cast.person("own").given in visitor.get("/my/").content.decode(), (
        "a wrong code is nothing"
    )
    _enter(visitor, theirs)
    page = visitor.get("/my/").content.decode()
    assert cast.person("same_unit").given in page
    assert cast.person("own").given not in page


def test_a_participants_session_opens_no_page_of_staff_and_no_account(
    cast: Cast, visitor: Any, given: GivenLink
) -> None:
    _enter(visitor, given)
    objects = of_person(cast.person("own"), cast)
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        for address in addresses():
            policy = address.policy
            if policy is None or policy.open_to_all or Role.PARTICIPANT in policy.roles:
                continue
            assert visitor.get(address.at(objects)).status_code == 404, address.name
        assert visitor.get("/my/").status_code == 200, "link and code are two factors"


def test_who_is_both_staff_and_participant_keeps_the_two_apart(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    """Also where somebody has given the role to the wrong one of the two members."""
    given = _give(cast, at_work)
    with scope(cast.ekdala.tenant, service="test"):
        for who in ("asta", "olle"):
            for role in (Role.CASE_WORKER, Role.PARTICIPANT):
                Grant(
                    tenant_id=cast.ekdala.tenant, member_id=cast[who].member, role=role,
                    since=cast.on,
                ).save(force_insert=True)  # fmt: skip
    person = f"/people/{cast.person('own').person}/"
    asta, olle = signed_in(cast["asta"]), Visitor()
    _enter(olle, given)
    assert (asta.get(person).status_code, asta.get("/my/").status_code) == (200, 404)
    assert (olle.get(person).status_code, olle.get("/my/").status_code) == (404, 200)


def test_the_participants_member_bears_no_name_and_is_nobodys_colleague(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    person = cast.person("protected_named")
    _give(cast, at_work, "protected_named")
    with scope(cast.ekdala.tenant, service="test"):
        made = Member.members.filter(portal=True).exclude(pk=cast["olle"].member).get()
        assert person.given not in made.name + made.user.name + made.user.email
        assert made.user.email.endswith(".invalid")
        assert not made.user.has_usable_password()
        assert not Member.members.working(cast.on).filter(pk=made.pk).exists()


def test_leaving_the_programme_ends_the_page_at_the_next_press(
    cast: Cast, visitor: Any, given: GivenLink, at_work: Callable[..., Any]
) -> None:
    _enter(visitor, given)
    own = cast.person("own")
    assert own.enrolment
    new = steps.NewDecision(to_step="", effective_on=cast.on, grounds="Arbete från i dag.")
    with at_work(cast["asta"]):
        steps.leave(own.enrolment, new, by=cast["asta"].actor, reason="work", income="wage")
    assert visitor.get("/my/").headers["Location"].startswith("/my/in/")
    assert _enter(Visitor(), given).status_code == 200


def test_what_was_tried_stands_in_the_persons_journal(
    cast: Cast, visitor: Any, given: GivenLink
) -> None:
    _enter(visitor, given, "000000" if given.code != "000000" else "1")
    _enter(visitor, given)
    with scope(cast.ekdala.tenant, service="test"):
        about = Event.events.about(cast.person("own").person)
        tried = about.get(what="way_in_tried")
        assert (tried.sort, tried.details) == ("denied", {"by": "link", "reason": "wrong"})
        assert about.filter(what="came_in").count() == 1
        assert given.code not in str(list(about.values_list("details", flat=True)))


# Pictures on a shared device


@pytest.fixture
def tablet(cast: Cast, at_work: Callable[..., Any], visitor: Any) -> Any:
    """A browser that a supervisor has shared, with the person's pictures on it."""
    asta = cast["asta"].actor
    with at_work(cast["vera"]):
        token = share_device(cast.ekdala.units[0], "Tvätten", by=cast["vera"].actor)
    with at_work(cast["asta"]):
        there = doors.device_of(token)
        assert there
        own = cast.person("own").person
        give_pictures(own, there.pk, picture="wash", picked=PICKED, by=asta)
    visitor.cookies["device"] = token
    return visitor


def _press(visitor: Any, *names: str) -> Any:
    """As a finger does: each answer's hidden fields go along with the next press."""
    sent: dict[str, str] = {}
    response = None
    for name in names:
        response = visitor.post("/my/in/pictures/", {**sent, "press": name})
        if response.status_code == 302:
            break
        text = response.content.decode()
        sent = {
            field: re.search(f'name="{field}" value="([^"]*)"', text)[1]  # type: ignore[index]
            for field in ("picture", "picked")
        }
    return response


def test_own_picture_and_four_more_open_the_page(cast: Cast, tablet: Any) -> None:
    assert tablet.get("/my/in/").headers["Location"] == "/my/in/pictures/"
    assert _press(tablet, "wash", *PICKED).headers["Location"] == "/my/"
    assert cast.person("own").given in tablet.get("/my/").content.decode()


def test_the_tablet_tells_nobody_who_uses_it(cast: Cast, tablet: Any) -> None:
    page = tablet.get("/my/in/pictures/").content.decode()
    assert all(f'value="{name}"' in page for name in doors.OWN_PICTURES), "all, whoever has one"
    own = cast.person("own")
    assert not any(trace in page for trace in own.traces)
    assert _told(_press(tablet, "truck", *PICKED)) == _told(_press(tablet, "wash", *PICKED[::-1]))


def test_without_the_device_the_right_pictures_open_nothing(tablet: Any) -> None:
    elsewhere = Visitor()
    assert _press(elsewhere, "wash", *PICKED).status_code == 200
    assert elsewhere.get("/my/").status_code == 302


def test_a_device_that_is_shared_no_more_opens_nothing(
    cast: Cast, tablet: Any, sign_in: Callable[..., Any]
) -> None:
    vera = sign_in(cast["vera"])
    page = vera.get("/devices/").content.decode()
    key = re.search(r'value="(close-[0-9a-f-]+)"', page)
    assert key
    vera.post("/devices/", {"do": key[1]})
    assert _press(tablet, "wash", *PICKED).status_code == 200


def test_closing_a_device_signs_out_whoever_is_signed_in_there(
    cast: Cast, tablet: Any, at_work: Callable[..., Any]
) -> None:
    """It was left behind, with somebody's page open."""
    _press(tablet, "wash", *PICKED)
    assert tablet.get("/my/").status_code == 200
    with at_work(cast["vera"]):
        close_device(SharedDevice.devices.get())
    assert tablet.get("/my/").status_code == 302


def test_leaving_clears_the_browser_and_keeps_the_device(tablet: Any) -> None:
    _press(tablet, "wash", *PICKED)
    kept = tablet.cookies["session"].value
    answer = tablet.post("/my/leave/")
    assert answer.headers["Location"] == "/my/in/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert tablet.cookies["device"].value
    tablet.cookies["session"] = kept
    assert tablet.get("/my/").headers["Location"].startswith("/my/in/")


def test_a_shared_session_ends_after_five_minutes_and_an_own_after_thirty(
    tablet: Any, given: GivenLink
) -> None:
    for enter, minutes in (
        (lambda one: _press(one, "wash", *PICKED), settings.SHARED_IDLE_SECONDS // 60),
        (lambda one: _enter(one, given), settings.SESSION_IDLE_SECONDS // 60),
    ):
        enter(tablet)
        for late, status in ((-1, 200), (1, 302)):
            store = SessionStore(tablet.cookies["session"].value)
            store["seen"] = int(time.time()) - minutes * 60 - late * 30
            store.save()
            assert tablet.get("/my/").status_code == status


def test_sharing_a_device_signs_the_supervisor_out_of_it(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    vera = sign_in(cast["vera"])
    answer = vera.post("/devices/", {"do": "share", "name": "Kökets platta"})
    assert answer.headers["Location"] == "/my/in/pictures/"
    cookie = vera.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert vera.get("/my-day/").status_code == 302
    assert vera.get("/my/in/pictures/").status_code == 200


def test_nobody_without_the_tie_gets_past_the_door(cast: Cast, sign_in: Callable[..., Any]) -> None:
    """A participant's session of whom no person is: as if there were no page."""
    with scope(cast.ekdala.tenant, service="test"):
        from stegvis.platform.access.models import Kind
        from stegvis.platform.access.relations import untie

        untie(cast.person("own").person, Kind.SELF, until=cast.on, member=cast["olle"].member)
    olle: Colleague = cast["olle"]
    assert sign_in(olle).get("/my/").status_code == 404
