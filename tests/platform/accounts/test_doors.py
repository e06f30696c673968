"""The ways in of participants: secrets at rest, tries that are counted, doors that shut."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from stegvis.journey.voices.actions import give_link, give_pictures, share_device
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import PersonalLink, PicturePin
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]
PICKED = ("bus", "key", "plant", "flag")


@pytest.fixture
def given(cast: Cast, at_work: Callable[..., Any]) -> Any:
    with at_work(cast["asta"]):
        return give_link(cast.person("own").person, by=cast["asta"].actor)


@pytest.fixture
def job(cast: Cast, as_job: Callable[..., Any]) -> Any:
    with as_job(cast.ekdala.tenant):
        yield


def _row() -> PersonalLink:
    row: PersonalLink = PersonalLink.links.order_by("-given_at", "-id")[0]
    return row


def _wrong(given: Any) -> str:
    return f"{(int(given.code) + 1) % 10**6:06}"


def test_neither_the_link_nor_the_code_is_stored(given: Any, job: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(l)::text from accounts_personallink l")
        stored = "".join(row[0] for row in cursor.fetchall())
    assert given.token not in stored
    assert given.code not in stored
    assert len(given.code) == doors.DIGITS
    with override_settings(SEALING_KEY="another installation's"):
        assert doors.kept(given.code, _row().pk) != _row().secret, "it hangs on the key"


def test_a_token_leads_to_its_municipality_and_what_is_none_leads_nowhere(cast: Cast) -> None:
    tenant = cast.ekdala.tenant
    assert doors.tenant_of(doors.new_token(tenant)) == tenant
    assert doors.new_token(tenant) != doors.new_token(tenant)
    for odd in ("", "abc", "å" * 46, "A" * 46 + "==", "A" * 500, "\x00"):
        assert doors.tenant_of(odd) == doors.NOWHERE


def test_the_right_code_lets_in_and_forgets_the_wrong_ones(given: Any, job: None) -> None:
    for _turn in range(3):
        assert doors.try_link(given.token, _wrong(given)).way is None
    tried = doors.try_link(given.token, given.code)
    assert tried.way is not None
    assert (_row().tries, _row().used_at is not None) == (0, True)


def test_after_five_wrong_tries_the_right_code_waits(given: Any, job: None) -> None:
    for _turn in range(doors.EACH):
        doors.try_link(given.token, _wrong(given))
    assert doors.try_link(given.token, given.code).way is None
    PersonalLink.links.update(shut_until=timezone.now() - dt.timedelta(seconds=1))
    assert doors.try_link(given.token, given.code).way is not None


def test_a_shut_door_does_not_count_what_is_tried_on_it(given: Any, job: None) -> None:
    """Else somebody who knocks could close it for good."""
    for _turn in range(doors.EACH + 7):
        doors.try_link(given.token, _wrong(given))
    assert _row().tries == doors.EACH


def test_after_twenty_only_a_new_link_helps(given: Any, job: None) -> None:
    for _turn in range(doors.MOST[PersonalLink]):
        doors.try_link(given.token, _wrong(given))
        PersonalLink.links.update(shut_until=None)
    assert _row().closed_at is not None
    assert doors.try_link(given.token, given.code).way is None


def test_a_link_ends_on_its_day(given: Any, job: None, cast: Cast) -> None:
    PersonalLink.links.update(expires_on=cast.on)
    assert doors.try_link(given.token, given.code).way is None


def test_a_code_fits_its_own_link_alone(given: Any, job: None) -> None:
    kept = doors.kept(given.code, uuid.uuid4())
    PersonalLink.links.update(secret=kept)
    assert doors.try_link(given.token, given.code).way is None


def test_every_try_costs_one_look_at_a_secret(
    given: Any, job: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown, wrong, shut and right: none is answered sooner than another."""
    looked: list[Any] = []
    kept = doors.kept
    monkeypatch.setattr(doors, "kept", lambda *a: looked.append(a) or kept(*a))
    for token, code in (("B" * 46, "0"), (given.token, _wrong(given)), (given.token, given.code)):
        looked.clear()
        doors.try_link(token, code)
        assert len(looked) == 1
    PersonalLink.links.update(shut_until=timezone.now() + dt.timedelta(hours=1))
    looked.clear()
    doors.try_link(given.token, given.code)
    assert len(looked) == 1


@pytest.fixture
def device(cast: Cast, at_work: Callable[..., Any]) -> Any:
    """A tablet, and the person's pictures on it."""
    asta = cast["asta"].actor
    with at_work(cast["asta"]):
        token = share_device(cast.ekdala.units[0], "Tvätten", by=asta)
        found = doors.device_of(token)
        assert found
        person = cast.person("own").person
        give_pictures(person, found.pk, picture="wash", picked=PICKED, by=asta)
        return token


def test_pictures_are_as_many_as_four_of_twelve_and_shut_after_ten(device: str, job: None) -> None:
    assert len(doors.SECRET_PICTURES) ** doors.PICKS >= 12**4
    there = doors.device_of(device)
    assert doors.try_pictures(there, "wash", ",".join(PICKED)).way is not None
    assert doors.try_pictures(there, "truck", ",".join(PICKED)).way is None
    assert doors.try_pictures(None, "wash", ",".join(PICKED)).way is None
    for _turn in range(doors.MOST[PicturePin]):
        doors.try_pictures(there, "wash", "bus,bus,bus,key")
        PicturePin.pins.update(shut_until=None)
    assert doors.try_pictures(there, "wash", ",".join(PICKED)).way is None


def test_tries_on_one_device_shut_no_other(
    device: str, cast: Cast, at_work: Callable[..., Any]
) -> None:
    asta, person = cast["asta"].actor, cast.person("own").person
    with at_work(cast["asta"]):
        second = share_device(cast.ekdala.units[0], "Köket", by=asta)
        there, here = doors.device_of(second), doors.device_of(device)
        assert there
        give_pictures(person, there.pk, picture="wash", picked=PICKED, by=asta)
        for _turn in range(doors.EACH):
            doors.try_pictures(here, "wash", "bus,bus,bus,key")
        assert doors.try_pictures(here, "wash", ",".join(PICKED)).way is None
        assert doors.try_pictures(there, "wash", ",".join(PICKED)).way is not None
