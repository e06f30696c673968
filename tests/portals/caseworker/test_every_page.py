"""What is true of every page of the case worker's day: who may, how many questions it asks the
database, its language, and that it works without a script."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.portals.caseworker.reading import assert_plain, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]


def _addresses(cast: Cast) -> dict[str, str]:
    own, waiting = cast.person("own"), cast.person("intake")
    return {
        "my_day": reverse("my_day"),
        "participants": reverse("participants"),
        "person": reverse("person", args=[own.person]),
        "decide": reverse("decide", args=[own.person]),
        "decision": reverse("decision", args=[own.person, own.decision]),
        "correct": reverse("correct", args=[own.person, own.decision]),
        "judge": reverse("judge", args=[own.person, "needs_less_support"]),
        "leave": reverse("leave", args=[own.person]),
        "standing": reverse("standing", args=[own.person]),
        "referrals": reverse("referrals"),
        "new_referral": reverse("new_referral"),
        "referral": reverse("referral", args=[waiting.person, waiting.referral]),
    }


MOST = {
    "my_day": 12, "participants": 7, "person": 10, "decide": 10, "decision": 8, "correct": 12,
    "judge": 8, "leave": 9, "standing": 8, "referrals": 6, "new_referral": 6, "referral": 10,
}  # fmt: skip
"""Statements, without those that only open and close. The person page and the decision: ten at
most with their caches warm (the model of the programme is read once per process)."""

ROLES = {
    "asta": set(MOST),
    "aron": {"my_day", "participants", "referrals", "new_referral", "referral"},
    "birger": {"my_day", "participants", "referrals", "new_referral"},
    "jonna": {"my_day", "participants", "person", "decision"},
    "vera": {"my_day", "participants", "person"},
    "mona": {"participants", "person", "decision", "referrals", "referral"},
    "marta": {"participants", "referrals"},
    "petra": {"referrals"},
    "ada": set(),
    "loke": set(),
    "evert": set(),
    "olle": set(),
    "edvin": set(),
    "nils": set(),
    "inge": {"my_day", "participants", "referrals", "new_referral"},
    "mette": {"participants", "referrals"},
}


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_the_database_no_more_than_so_often(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], name: str
) -> None:
    visitor, address = sign_in(cast["asta"]), _addresses(cast)[name]
    visitor.get(address)
    with queries() as made:
        text_of(visitor.get(address))
    assert made.count <= MOST[name], "\n".join(made.statements)


@pytest.mark.requirement("X-03")
@pytest.mark.parametrize("who", ROLES)
def test_each_colleague_opens_exactly_these_pages(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    opened = {name for name, at in _addresses(cast).items() if visitor.get(at).status_code == 200}
    assert opened == ROLES[who]


@pytest.mark.requirement("X-02", "X-09")
@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("name", MOST)
def test_a_page_stands_in_each_language_and_needs_no_script(
    cast: Cast, sign_in: Signing, name: str, language: str
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert_plain(text_of(visitor.get(_addresses(cast)[name])), language)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
@pytest.mark.parametrize("name", ["my_day", "participants", "person", "decision", "referrals"])
def test_a_page_that_only_shows_takes_nothing(
    cast: Cast, sign_in: Signing, name: str, method: str
) -> None:
    visitor = sign_in(cast["asta"])
    assert getattr(visitor, method)(_addresses(cast)[name]).status_code == 405


@pytest.mark.requirement("X-04")
@pytest.mark.parametrize("name", ["person", "decide", "decision", "standing", "leave", "referral"])
def test_reading_a_record_is_written_in_the_journal(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any], name: str
) -> None:
    sign_in(cast["asta"]).get(_addresses(cast)[name])
    with as_job(cast.ekdala.tenant):
        event = Event.events.filter(what=name, sort="read")[0]
        person = cast.person("intake" if name == "referral" else "own").person
        assert (event.member, event.persons) == (cast["asta"].member, [person])


@pytest.mark.parametrize("name", ["person", "decide", "standing", "leave", "judge"])
def test_a_key_that_leads_nowhere_answers_as_what_one_may_not_see(
    cast: Cast, sign_in: Signing, name: str
) -> None:
    visitor = sign_in(cast["asta"])
    address = _addresses(cast)[name]
    own = str(cast.person("own").person)
    nowhere = visitor.get(address.replace(own, str(uuid.uuid4())))
    hidden = visitor.get(address.replace(own, str(cast.person("other_unit").person)))
    assert nowhere.status_code == hidden.status_code == 404
    assert nowhere.content == hidden.content


def test_a_decision_is_read_under_its_own_person_alone(cast: Cast, sign_in: Signing) -> None:
    visitor = sign_in(cast["asta"])
    own, other = cast.person("own"), cast.person("protected_named")
    for name in ("decision", "correct"):
        assert visitor.get(reverse(name, args=[own.person, other.decision])).status_code == 404
    swapped = reverse("referral", args=[own.person, cast.person("intake").referral])
    assert visitor.get(swapped).status_code == 404


def test_each_role_begins_where_its_day_begins(cast: Cast, sign_in: Signing) -> None:
    begins = {
        "asta": "my_day", "vera": "my_day", "jonna": "my_day", "mona": "participants",
        "petra": "protected", "ada": "administration", "loke": "reads", "evert": "binders",
    }  # fmt: skip
    for who, name in begins.items():
        assert sign_in(cast[who]).get("/").url == reverse(name), who
