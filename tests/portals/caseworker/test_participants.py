"""The dense list: whose it is, how it is ordered, and how one person is looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Referral
from stegvis.journey.people.models import Person
from stegvis.journey.steps import actions as steps
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, decide, new
from tests.portals.caseworker.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
LIST = "/people/"


def _names(html: str) -> list[str]:
    return [row[0] for row in rows_of(html)[1:]]


def test_a_case_worker_lists_their_own_and_a_manager_the_unit(cast: Cast, sign_in: Signing) -> None:
    def listed(who: str) -> set[str]:
        return set(_names(text_of(sign_in(cast[who]).get(LIST))))

    def named(*keys: str) -> set[str]:
        return {cast.person(key).name for key in keys}

    assert listed("asta") == named("own", "protected_named")
    assert listed("vera") == listed("jonna") == named("own")
    assert listed("mona") == named("own", "same_unit", "ended", "barred", "leavers", "endeds")
    assert listed("marta") == named("other_unit")


@pytest.mark.requirement("AJ-64")
def test_the_step_is_called_what_the_readers_office_calls_it(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    own, office = cast.person("own").name, "Lättare arbetsträning"
    with as_job(cast.ekdala.tenant):
        Member.members.filter(pk=cast["vera"].member).update(unit=cast.ekdala.units[1])
    assert office in text_of(sign_in(cast["asta"]).get(LIST))
    workshop = text_of(sign_in(cast["vera"]).get(LIST))
    assert own in workshop
    assert "Kom igång" in workshop
    assert office not in workshop


def test_what_presses_most_comes_first_and_the_columns_order_it_otherwise(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    look = cast.on + dt.timedelta(days=3)
    with at_work(cast["aron"]):
        decide(cast, cast["aron"], "same_unit", "s2", review_on=look)
        decide(cast, cast["aron"], "ended", "s6", effective_on=cast.on)
    visitor = sign_in(cast["mona"])
    assert _names(text_of(visitor.get(LIST)))[0] == cast.person("same_unit").name
    by_step = _names(text_of(visitor.get(f"{LIST}?sort=step")))
    assert by_step[-1] == cast.person("ended").name
    by_name = _names(text_of(visitor.get(f"{LIST}?sort=name")))
    assert by_name == sorted(by_name, key=lambda name: name.partition(" ")[2])
    assert 'aria-sort="ascending"' in text_of(visitor.get(f"{LIST}?sort=name"))


def test_a_step_decided_for_a_later_day_is_not_shown_as_todays(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any], at_work: Callable[..., Any]
) -> None:
    monday = cast.on + dt.timedelta(days=6)
    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast)
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s3", effective_on=monday)
        steps.decide(row.pk, new(cast, "s1", effective_on=monday), by=cast["asta"].actor)
    visitor = sign_in(cast["asta"])
    rows = {line[0]: line for line in rows_of(text_of(visitor.get(LIST)))}
    assert rows[cast.person("own").name][1].endswith("2")
    assert "börjar" in rows["Nyman Provsson"][2]


def test_the_second_page_goes_on_where_the_first_ended(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        for _turn in range(55):
            an_enrolment(cast)
    visitor = sign_in(cast["asta"])
    first, second = (
        rows_of(text_of(visitor.get(f"{LIST}?sort=name&page={n}")))[1:] for n in (1, 2)
    )
    assert (len(first), len(second)) == (50, 7)
    assert "sort=name&amp;page=2" in text_of(visitor.get(f"{LIST}?sort=name"))


@pytest.mark.parametrize("page", ["-1", "0", "9999", "x", "9" * 5000, "1e3", "", "٢"])
def test_a_page_number_that_is_none_shows_a_page(cast: Cast, sign_in: Signing, page: str) -> None:
    html = text_of(sign_in(cast["asta"]).get(LIST, {"page": page}))
    assert cast.person("own").name in html


@pytest.mark.parametrize("how", ["name", "part", "family", "turned", "upper"])
def test_one_is_found_by_name(cast: Cast, sign_in: Signing, how: str) -> None:
    own = cast.person("own")
    words = {
        "name": own.name,
        "part": "oll",
        "family": "ekstr",
        "turned": f"{own.family} {own.given}",
        "upper": own.name.upper(),
    }[how]
    assert _names(text_of(sign_in(cast["asta"]).get(LIST, {"q": words}))) == [own.name]


def test_one_is_found_by_number_and_by_case_number(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    from stegvis.core.values.identity import read_number
    from stegvis.journey.people.actions import renumber

    own = cast.person("own")
    number = read_number("19811228-9874", country="SE", on=cast.on)
    assert number is not None
    with as_job(cast.ekdala.tenant):
        renumber(Person.people.get(pk=own.person), number, on=cast.on)
        case = Referral.referrals.get(pk=own.referral).number
    visitor = sign_in(cast["asta"])
    for words in ("19811228-9874", "811228-9874", "198112289874", case):
        assert _names(text_of(visitor.get(LIST, {"q": words}))) == [own.name], words


def test_somebody_whose_referral_waits_is_found_and_nobody_else_of_the_kind(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    waiting = cast.person("intake")
    with as_job(cast.ekdala.tenant):
        case = Referral.referrals.get(pk=waiting.referral).number
    visitor = sign_in(cast["asta"])
    for words in (waiting.name, case):
        html = text_of(visitor.get(LIST, {"q": words}))
        assert _names(html) == [waiting.name]
        assert reverse("referral", args=[waiting.person, waiting.referral]) in html
    for hidden in ("other_unit", "protected_intake", "same_unit", "barred"):
        html = text_of(visitor.get(LIST, {"q": cast.person(hidden).name}))
        assert _names(html) == []


@pytest.mark.requirement("X-01")
def test_a_miss_reads_the_same_for_the_hidden_and_for_nobody(cast: Cast, sign_in: Signing) -> None:
    visitor = sign_in(cast["asta"])
    words = [cast.person("protected_hidden").family, "Ingenbergsson"]
    pages = [
        text_of(visitor.get(LIST, {"q": word})).partition("<main")[2].replace(word, "…")
        for word in words
    ]
    assert pages[0] == pages[1]


@pytest.mark.requirement("X-04")
def test_notes_and_reasons_are_not_searched_and_the_words_are_not_kept(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    visitor = sign_in(cast["asta"])
    for words in ("Kartlagd", "Behov-own", "Anledning-own", "somaliska", "Spårgatan"):
        assert _names(text_of(visitor.get(LIST, {"q": words}))) == [], words
    with as_job(cast.ekdala.tenant):
        events = list(Event.events.filter(sort="search"))
    assert len(events) == 5
    assert events[0].details == {"by": "name", "found": 0}
    assert "Spårgatan" not in str([event.details for event in events])


@pytest.mark.parametrize("words", ["%", "_", "\\", "' or 1=1 --", "<script>", "a" * 100_000])
def test_signs_that_mean_something_elsewhere_mean_nothing_here(
    cast: Cast, sign_in: Signing, words: str
) -> None:
    html = text_of(sign_in(cast["asta"]).get(LIST, {"q": words}))
    assert _names(html) == []
    assert "<script>" not in html.partition("<main")[2]


def test_what_one_chose_to_see_is_kept_when_one_sorts_turns_pages_and_looks_up(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    """Somebody who manages a unit and has people of their own in it."""
    mona = cast["mona"]
    with as_job(cast.ekdala.tenant):
        for _turn in range(51):
            an_enrolment(cast, case_worker=mona.member)
        Grant(
            tenant_id=mona.town.tenant, member_id=mona.member, role=Role.CASE_WORKER,
            unit_id=mona.unit, since=cast.on, need="the test",
        ).save(force_insert=True)  # fmt: skip
    visitor = sign_in(mona)
    html = text_of(visitor.get(f"{LIST}?show=mine"))
    assert "show=mine&amp;page=2" in html
    assert "sort=name&amp;show=mine" in html
    assert '<input type="hidden" name="show" value="mine">' in html
    assert len(_names(text_of(visitor.get(f"{LIST}?show=mine&page=2")))) == 1
    assert cast.person("same_unit").name not in html
    unit = [text_of(visitor.get(f"{LIST}?show=unit&page={number}")) for number in (1, 2)]
    assert any(cast.person("same_unit").name in page for page in unit)


def test_a_name_of_html_is_words(cast: Cast, sign_in: Signing, as_job: Callable[..., Any]) -> None:
    with as_job(cast.ekdala.tenant):
        person = Person.people.get(pk=cast.person("own").person)
        person.rename(given="<img src=x onerror=alert(1)>", family='"><b>&amp;', country="SE")
        person.save_if_unchanged("given_name", "family_name", "sort_key", "search")
    visitor = sign_in(cast["asta"])
    for address in (LIST, "/my-day/", reverse("person", args=[person.pk]),
                    reverse("decide", args=[person.pk]), reverse("leave", args=[person.pk]),
                    reverse("standing", args=[person.pk]), f"{LIST}?q=<img"):  # fmt: skip
        html = text_of(visitor.get(address))
        assert "<img src=x" not in html, address
        assert "<b>&amp;" not in html, address


def test_reading_the_list_is_written_with_those_shown_and_no_others(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    sign_in(cast["asta"]).get(LIST)
    with as_job(cast.ekdala.tenant):
        event = Event.events.filter(what="participants")[0]
    shown = {cast.person(key).person for key in ("own", "protected_named")}
    assert set(event.persons) == shown


def test_the_walls_are_asked_once_for_every_table_named(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    """Each naming of a table under the wall costs a look at everybody one reaches."""
    visitor = sign_in(cast["mona"])
    with queries() as made:
        visitor.get(LIST)
    ordering, columns = made.statements[-3], made.statements[-2]
    assert ordering.count('standing_stepperiod" "U') == 1
    assert columns.count('FROM "standing_stepperiod"') == 1
    assert columns.count('FROM "intake_assignment"') == 1
