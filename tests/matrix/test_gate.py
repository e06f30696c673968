"""The gate: sent twice is done once, a leaver is out at once, half a sign-in opens nothing."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import override_settings
from django.urls import path

from stegvis.journey.people.models import Person
from stegvis.journey.programmes.models import Term
from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import lift, shield, tie, untie
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.journal.answers import FIELD
from stegvis.platform.journal.models import Event, Submission
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current, scope
from tests.cast.people import Cast, Colleague
from tests.cast.visiting import sign_in as signed_in

pytestmark = pytest.mark.django_db


@page(Role.CASE_WORKER)
def add_term(request: HttpRequest) -> HttpResponse:
    """A form in miniature: a fault gives the form back, what is stored is answered with its row."""
    if not request.POST.get("term"):
        return HttpResponse("a term is missing", status=422)
    row = Term.objects.create(
        tenant_id=current().tenant, term=request.POST["term"], language="sv", definition="x",
        source=str(uuid.uuid4()),
    )  # fmt: skip
    wrote("term_added", row=str(row.pk))
    return redirect(f"/terms/{row.pk}/")


urlpatterns = [path("terms/add/", add_term, name="add_term")]
handler400 = "stegvis.platform.ui.errors.bad_request"
URL = "/terms/add/"
small = override_settings(ROOT_URLCONF=__name__)


def _terms(cast: Cast, word: str) -> int:
    with scope(cast.ekdala.tenant, service="test"):
        return int(Term.objects.filter(term=word).count())


@small
def test_the_same_form_sent_twice_is_one_row_and_one_answer(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, form = sign_in(cast["asta"]), {"term": "en gång", FIELD: str(uuid.uuid4())}
    first, second = asta.post(URL, form), asta.post(URL, form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert _terms(cast, "en gång") == 1
    with scope(cast.ekdala.tenant, service="test"):
        assert Event.events.filter(what="term_added").count() == 1


@small
@pytest.mark.parametrize("key", [None, "", "not a key", "1" * 31])
def test_a_form_without_its_key_is_refused(
    cast: Cast, sign_in: Callable[..., Any], key: str | None
) -> None:
    response = sign_in(cast["asta"]).post(URL, {"term": "utan", FIELD: key})
    assert response.status_code == 400
    assert _terms(cast, "utan") == 0


@small
def test_a_form_with_a_fault_keeps_its_key_free(cast: Cast, sign_in: Callable[..., Any]) -> None:
    asta, key = sign_in(cast["asta"]), str(uuid.uuid4())
    assert asta.post(URL, {FIELD: key}).status_code == 422
    with scope(cast.ekdala.tenant, service="test"):
        assert not Submission.objects.filter(key=key).exists()
    assert asta.post(URL, {"term": "rättad", FIELD: key}).status_code == 302
    assert _terms(cast, "rättad") == 1


@small
def test_two_colleagues_with_the_same_key_do_two_things(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    key = str(uuid.uuid4())
    answers = {
        sign_in(cast[who]).post(URL, {"term": who, FIELD: key}).headers["Location"]
        for who in ("asta", "aron", "inge")
    }
    assert len(answers) == 3


@small
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_with_one_key_are_one_row_and_ten_equal_answers(cast: Cast) -> None:
    form = {"term": "tio", FIELD: str(uuid.uuid4())}
    visitors = [signed_in(cast["asta"]) for _ in range(10)]
    start, answers = threading.Barrier(10), []

    def send(visitor: Any) -> None:
        try:
            start.wait()
            response = visitor.post(URL, form)
            answers.append((response.status_code, response.headers.get("Location")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 10
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
    assert _terms(cast, "tio") == 1


def test_a_row_changed_by_another_hand_is_not_written_over(cast: Cast) -> None:
    with scope(cast.ekdala.tenant, service="test"):
        mine = Person.people.get(pk=cast.person("own").person)
        theirs = Person.people.get(pk=mine.pk)
        theirs.language = "tigrinja"
        theirs.save_if_unchanged("language")
        mine.language = "arabiska"
        with pytest.raises(StaleRow):
            mine.save_if_unchanged("language")
        after = Person.people.get(pk=mine.pk)
        assert (after.language, after.version) == ("tigrinja", 2)


EVENTS: dict[str, Callable[[Cast, uuid.UUID], Any]] = {
    "the assignment ends": lambda cast, person: untie(
        person, Kind.CASE_WORKER, until=cast.on, member=cast["asta"].member
    ),
    "the role ends": lambda cast, person: Grant.grants.filter(member=cast["asta"].member).update(
        until=cast.on
    ),
    "the person is protected": lambda cast, person: shield(
        person, Shield.Grade.MARKED, since=cast.on, source="staff"
    ),
    "the colleague is barred": lambda cast, person: tie(
        person, Kind.BARRED, since=cast.on, member=cast["asta"].member
    ),
}


@pytest.mark.requirement("X-03")
@pytest.mark.parametrize("event", EVENTS)
def test_at_the_very_next_request_in_an_open_session(
    event: str, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, person = sign_in(cast["asta"]), cast.person("own").person
    assert asta.get(f"/people/{person}/").status_code == 200
    with scope(cast.ekdala.tenant, service="test"):
        EVENTS[event](cast, person)
    assert asta.get(f"/people/{person}/").status_code == 404


@pytest.mark.requirement("X-03")
def test_taken_off_the_list_of_those_named_closes_at_once_and_lifting_opens(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, person = sign_in(cast["asta"]), cast.person("protected_named").person
    assert asta.get(f"/people/{person}/").status_code == 200
    with scope(cast.ekdala.tenant, service="test"):
        untie(person, Kind.NAMED, until=cast.on, member=cast["asta"].member)
    assert asta.get(f"/people/{person}/").status_code == 404
    with scope(cast.ekdala.tenant, service="test"):
        Shield.objects.filter(person=person).update(review_on=cast.on - dt.timedelta(days=30))
    assert asta.get(f"/people/{person}/").status_code == 404, "a date that has passed opens nothing"
    with scope(cast.ekdala.tenant, service="test"):
        lift(person, on=cast.on, by=cast["petra"].member)
    assert asta.get(f"/people/{person}/").status_code == 200


@pytest.mark.parametrize("days", [0, -1])
def test_a_leaver_is_out_at_once_in_a_session_that_is_open(
    cast: Cast, sign_in: Callable[..., Any], days: int
) -> None:
    asta = sign_in(cast["asta"])
    assert asta.get("/people/").status_code == 200
    with scope(cast.ekdala.tenant, service="test"):
        gone = cast.on + dt.timedelta(days=days)
        Member.members.filter(pk=cast["asta"].member).update(left_on=gone)
        assert Relation.relations.filter(member=cast["asta"].member).held(cast.on).exists()
    assert asta.get("/people/").status_code == 403
    assert asta.get(f"/people/{cast.person('own').person}/").status_code == 403


def test_who_leaves_tomorrow_still_works_today(cast: Cast, sign_in: Callable[..., Any]) -> None:
    with scope(cast.ekdala.tenant, service="test"):
        tomorrow = cast.on + dt.timedelta(days=1)
        Member.members.filter(pk=cast["asta"].member).update(left_on=tomorrow)
    assert sign_in(cast["asta"]).get("/people/").status_code == 200


def _seen(visitor: Any, seconds_ago: int) -> None:
    store = SessionStore(visitor.cookies["session"].value)
    store["seen"] = int(time.time()) - seconds_ago
    store.save()


def test_an_idle_session_must_sign_in_anew_and_is_gone(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta = sign_in(cast["asta"])
    _seen(asta, 29 * 60)
    assert asta.get("/people/").status_code == 200
    _seen(asta, 31 * 60)
    response = asta.get("/people/")
    assert response.headers["Location"] == "/accounts/login/?idle=1&next=/people/"
    assert asta.get("/people/").headers["Location"] == "/accounts/login/?next=/people/"


def _lands(visitor: Any) -> str:
    response = visitor.get("/people/")
    return str(response.headers.get("Location", response.status_code))


def test_staff_need_a_second_factor_where_it_is_required(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    half: Colleague = sign_in(cast["asta"], second_factor=False)
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        assert _lands(half) == "/accounts/2fa/totp/activate/"
        assert _lands(sign_in(cast["asta"])) == "200"
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert _lands(half) == "200"


def test_a_session_of_one_municipality_cannot_be_turned_to_another(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta = sign_in(cast["asta"])
    store = SessionStore(asta.cookies["session"].value)
    store["tenant"] = str(cast.birkeso.tenant)
    store.save()
    assert asta.get("/people/").status_code == 403


@pytest.mark.requirement("X-01")
def test_a_user_of_two_municipalities_is_in_one_at_a_time(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    """Each session is in the municipality it chose, and what belongs to the other is not there."""
    birkeso, user = cast.birkeso, cast["asta"].user
    with scope(birkeso.tenant, service="test"):
        member = Member(tenant_id=birkeso.tenant, user=user, name="Asta", unit_id=birkeso.units[0])
        member.save(force_insert=True)
        Grant(tenant_id=birkeso.tenant, member=member, role=Role.CASE_WORKER, since=cast.on).save(
            force_insert=True
        )
        tie(cast.person("abroad").person, Kind.CASE_WORKER, since=cast.on, member=member.pk)
    there = sign_in(Colleague("asta", member.pk, birkeso, user, Role.CASE_WORKER, None))
    here = sign_in(cast["asta"])
    own, abroad = cast.person("own").person, cast.person("abroad").person
    assert [here.get(f"/people/{one}/").status_code for one in (own, abroad)] == [200, 404]
    assert [there.get(f"/people/{one}/").status_code for one in (own, abroad)] == [404, 200]
