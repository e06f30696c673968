"""The staff's page of a person's way in, and the list of what the person says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.voices import actions
from stegvis.journey.voices.models import Message
from stegvis.platform.access.authority import Hidden
from stegvis.platform.accounts.models import PersonalLink, PicturePin, SharedDevice
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]


@pytest.fixture
def asta(cast: Cast, sign_in: Callable[..., Any]) -> Any:
    return sign_in(cast["asta"])


def _url(cast: Cast, key: str = "own") -> str:
    return f"/people/{cast.person(key).person}/access/"


def test_a_new_link_is_shown_once_with_its_code_and_printed_without(cast: Cast, asta: Any) -> None:
    assert asta.post(_url(cast), {"do": "link"}).headers["Location"] == _url(cast)
    page = asta.get(_url(cast)).content.decode()
    code = re.search(r'class="way-code"[^>]*>(\d{3}) (\d{3})<', page)
    link = re.search(r"http://testserver/my/in/([\w-]+)/", page)
    assert code
    assert link
    sheet = asta.get(_url(cast) + "sheet/").content.decode()
    printed = sheet.partition('<article class="way-sheet">')[2].partition("</article>")[0]
    assert link[0] in printed
    assert "".join(code.groups()) not in printed.replace(" ", "")
    own = cast.person("own")
    assert not [trace for trace in own.traces if trace in printed], "found on a bus it names nobody"
    assert "qr-code" in printed
    del asta.cookies["given"]
    assert link[0] not in asta.get(_url(cast)).content.decode()
    assert asta.get(_url(cast) + "sheet/").status_code == 302


def test_the_cookie_that_carries_it_is_sealed_short_and_for_that_page_alone(
    cast: Cast, asta: Any
) -> None:
    asta.post(_url(cast), {"do": "link"})
    cookie = asta.cookies["given"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (_url(cast), True, "Strict")
    assert cookie["max-age"] <= 600
    page = asta.get(_url(cast)).content.decode()
    link = re.search(r"/my/in/([\w-]+)/", page)
    assert link
    assert link[1] not in cookie.value
    asta.post(_url(cast), {"do": "link"})
    stale = cookie.value
    asta.cookies["given"] = stale
    assert link[0] not in asta.get(_url(cast)).content.decode(), "an ended link is shown no more"


def test_giving_renewing_and_shutting_are_written_down(cast: Cast, asta: Any) -> None:
    for do in ("link", "link", "revoke"):
        asta.post(_url(cast), {"do": do})
    with scope(cast.ekdala.tenant, service="test"):
        about = Event.events.about(cast.person("own").person).filter(what__startswith="way_in_")
        counts = [event.what for event in about.order_by("seq")]
        assert counts == [
            "way_in_given", "way_in_closed", "way_in_given", "way_in_closed", "way_in_ended",
        ]  # fmt: skip
        assert PersonalLink.links.open().count() == 0


def test_only_those_named_give_a_protected_person_a_way_in(
    cast: Cast, at_work: Callable[..., Any], sign_in: Callable[..., Any]
) -> None:
    named = cast.person("protected_named").person
    assert sign_in(cast["asta"]).get(_url(cast, "protected_named")).status_code == 200
    assert sign_in(cast["aron"]).get(_url(cast, "protected_named")).status_code == 404
    for who in ("aron", "vera", "mona", "olle"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.give_link(named, by=cast[who].actor)


def test_who_is_in_no_programme_gets_no_page(cast: Cast, asta: Any) -> None:
    assert asta.post(_url(cast, "left"), {"do": "link"}).status_code in {200, 404}
    with scope(cast.ekdala.tenant, service="test"):
        assert not PersonalLink.links.filter(person=cast.person("left").person).exists()


def test_a_refused_link_is_refused_in_a_sentence(cast: Cast, sign_in: Callable[..., Any]) -> None:
    """Somebody referred and not enrolled yet, known to whoever protects them."""
    page = sign_in(cast["petra"]).post(_url(cast, "protected_intake"), {"do": "link"})
    assert page.status_code == 200
    assert "Deltagaren är inte inskriven nu" in page.content.decode()


def test_pictures_are_given_on_a_device_and_a_taken_one_is_refused_in_a_sentence(
    cast: Cast, asta: Any, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["vera"]):
        actions.share_device(cast.ekdala.units[0], "Tvätten", by=cast["vera"].actor)
        device = SharedDevice.devices.get().pk
    picks = {f"pick_{n}": name for n, name in enumerate(("bus", "key", "flag", "pan"), 1)}
    sent = {"do": "pictures", "device": str(device), "picture": "wash", **picks}
    assert asta.post(_url(cast), sent).status_code == 302
    with at_work(cast["aron"]), pytest.raises(actions.NotNow, match="picture_taken"):
        actions.give_pictures(
            cast.person("same_unit").person, device, picture="wash",
            picked=("bus",) * 4, by=cast["aron"].actor,
        )  # fmt: skip
    easy = {**sent, **{f"pick_{n}": "bus" for n in range(1, 5)}}
    page = asta.post(_url(cast), easy)
    assert page.status_code == 200
    assert "för lätt att gissa" in page.content.decode()
    assert asta.post(_url(cast), {"do": "pictures"}).status_code == 200
    with scope(cast.ekdala.tenant, service="test"):
        assert PicturePin.pins.open().count() == 1


def test_what_the_person_says_is_heard_and_answered_once(
    cast: Cast, asta: Any, at_work: Callable[..., Any], sign_in: Callable[..., Any]
) -> None:
    own = cast.person("own").person
    with at_work(cast["olle"]):
        row = actions.say(
            own, actions.NewMessage(Message.Kind.WORDS, cast.on, words="Hej på dig"),
            by=cast["olle"].actor,
        )  # fmt: skip
    url = f"/people/{own}/messages/"
    assert "Hej på dig" in sign_in(cast["vera"]).get(url).content.decode()
    assert sign_in(cast["vera"]).post(url, {"message": str(row.pk)}).status_code == 404
    asta.post(url, {"message": str(row.pk), "answer": "Vi ses på torsdag"})
    with scope(cast.ekdala.tenant, service="test"):
        found = Message.messages.get(pk=row.pk)
        assert (found.words, found.answer) == ("Hej på dig", "Vi ses på torsdag")
        assert found.heard_by_id == cast["asta"].member
    again = sign_in(cast["jonna"]).post(url, {"message": str(row.pk), "answer": "Och jag"})
    assert "En kollega" in again.content.decode()
    with at_work(cast["asta"]), pytest.raises(StaleRow):
        actions.hear(found, by=cast["asta"].actor)


@pytest.mark.requirement("N-18")
def test_nobody_of_the_staff_says_anything_in_the_persons_name_without_the_right(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    """A case worker may write down a call; a supervisor, a manager and a stranger may not."""
    own = cast.person("own").person
    new = actions.NewMessage(Message.Kind.CALL, cast.on)
    for who in ("vera", "mona", "aron", "ada"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.say(own, new, by=cast[who].actor)


def test_what_nobody_has_heard_stands_on_my_day(
    cast: Cast, asta: Any, at_work: Callable[..., Any], sign_in: Callable[..., Any]
) -> None:
    own = cast.person("own").person
    new = actions.NewMessage(Message.Kind.LATE, cast.on, minutes=15)
    with at_work(cast["olle"]):
        row = actions.say(own, new, by=cast["olle"].actor)
    for who in ("asta", "vera", "jonna"):
        assert "Blir sen, 15 minuter" in sign_in(cast[who]).get("/my-day/").content.decode()
    assert "Blir sen" not in sign_in(cast["aron"]).get("/my-day/").content.decode()
    asta.post(f"/people/{own}/messages/", {"message": str(row.pk)})
    assert "Blir sen" not in asta.get("/my-day/").content.decode()
