"""Who has read: for the reviewer by rules and without names, for staff with the right in full."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import get_resolver, reverse

from stegvis.config.checkout import SOURCE
from stegvis.journey.people.models import Person
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import Policy
from stegvis.platform.accounts.models import Member
from stegvis.platform.journal.models import Event, Sort
from stegvis.platform.journal.writing import Page, keeping, seen, wrote
from stegvis.platform.tenancy.scope import scope
from stegvis.portals.reviewer import words
from stegvis.portals.reviewer.rows import short_key
from stegvis.portals.reviewer.rules import MANY, Span, picked, tally
from tests.cast.people import Cast, Colleague

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]


def _read(who: Colleague, *persons: uuid.UUID, what: str = "person") -> None:
    page = Page(what=what, purpose=Purpose.CASE_WORK, basis="case_worker", shows="plan")
    with scope(who.town.tenant, member=who.member), keeping(page):
        seen(persons)


def _week(cast: Cast) -> Span:
    return Span(cast.on - dt.timedelta(days=1), cast.on + dt.timedelta(days=2))


def _rules(cast: Cast, as_job: Job) -> list[list[str]]:
    with as_job(cast.ekdala.tenant):
        return list(picked(_week(cast), limit=500).values())


@pytest.mark.requirement("X-04", "INV-4")
def test_staff_with_the_right_see_who_read_when_why_and_what(cast: Cast, sign_in: Signing) -> None:
    own = cast.person("own")
    asta = sign_in(cast["asta"])
    assert asta.get(reverse("person", kwargs={"person": own.person})).status_code == 200
    page = asta.get(reverse("person_reads", kwargs={"person": own.person}))
    text = html.unescape(page.content.decode())
    assert own.name in text
    assert "Asta Ekdaladotter" in text
    assert "AME-kontoret" in text
    assert str(words.PURPOSES["case_work"]) in text
    assert str(words.BASES["case_worker"]) in text
    assert words.what("person") in text


def test_a_refused_attempt_stands_there_for_those_who_may_see(cast: Cast, sign_in: Signing) -> None:
    own = cast.person("own")
    there = {"person": own.person}
    assert sign_in(cast["birger"]).get(reverse("person", kwargs=there)).status_code == 404
    text = sign_in(cast["asta"]).get(reverse("person_reads", kwargs=there)).content.decode()
    assert "Birger Ekdaladotter" in text
    assert str(words.SORTS["denied"]) in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("asta", 200), ("mona", 200), ("aron", 404), ("vera", 404), ("jonna", 404), ("birger", 404),
     ("ada", 404), ("loke", 404), ("petra", 404), ("inge", 404), ("nils", 404)],
)  # fmt: skip
def test_only_those_who_work_with_the_person_and_have_the_right(
    cast: Cast, sign_in: Signing, who: str, status: int
) -> None:
    there = reverse("person_reads", kwargs={"person": cast.person("own").person})
    assert sign_in(cast[who]).get(there).status_code == status


def test_a_protected_persons_reads_are_there_for_those_named_and_nobody_else(
    cast: Cast, sign_in: Signing
) -> None:
    there = reverse("person_reads", kwargs={"person": cast.person("protected_named").person})
    seen_by = [
        who
        for who in ("asta", "petra", "mona", "aron")
        if sign_in(cast[who]).get(there).status_code == 200
    ]
    assert seen_by == ["asta", "petra"]


def test_a_day_is_chosen_and_pages_go_by_number(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    own = cast.person("own").person
    for _ in range(60):
        _read(cast["asta"], own)
    asta, there = sign_in(cast["asta"]), reverse("person_reads", kwargs={"person": own})
    with queries() as made:
        text = asta.get(there).content.decode()
    assert text.count("<time") == 50
    assert made.count <= 8, made.statements
    earlier = re.search(r'href="(\?before=\d+)"', text)
    assert earlier
    assert 0 < asta.get(there + earlier[1]).content.decode().count("<time") <= 50
    assert "<time" not in asta.get(f"{there}?day=2020-01-01").content.decode()
    assert "<time" in asta.get(f"{there}?day=nonsense&before=x").content.decode()


@pytest.mark.requirement("X-04")
def test_the_reviewer_sees_no_name_of_a_participant_but_the_same_key_for_the_same_person(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    own = cast.person("own")
    birger = sign_in(cast["birger"])
    for _ in range(2):
        birger.get(reverse("person", kwargs={"person": own.person}))
    text = sign_in(cast["loke"]).get(reverse("reads")).content.decode()
    with as_job(cast.ekdala.tenant):
        key = short_key(own.person)
    assert text.count(key) == 2
    assert "Birger Ekdaladotter" in text
    assert str(own.person) not in text
    traces = [trace for one in cast.participants.values() for trace in (one.family, one.number)]
    assert [trace for trace in traces if trace in text] == []


def test_what_the_reviewer_looks_at_is_logged_too(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    own = cast.person("own").person
    sign_in(cast["birger"]).get(reverse("person", kwargs={"person": own}))
    sign_in(cast["loke"]).get(reverse("reads"))
    with as_job(cast.ekdala.tenant):
        last = Event.events.order_by("-seq")[0]
    assert (last.what, last.sort, last.member) == ("reads", Sort.READ, cast["loke"].member)
    assert last.purpose == Purpose.LOG_REVIEW
    assert own in last.persons


def test_an_attempt_without_assignment_is_always_picked(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    before = sum("denied" in rules for rules in _rules(cast, as_job))
    there = {"person": cast.person("own").person}
    sign_in(cast["birger"]).get(reverse("person", kwargs=there))
    assert sum("denied" in rules for rules in _rules(cast, as_job)) == before + 1


def test_every_look_at_a_protected_person_is_picked(cast: Cast, as_job: Job) -> None:
    before = sum("protected" in rules for rules in _rules(cast, as_job))
    _read(cast["asta"], cast.person("protected_named").person)
    _read(cast["asta"], cast.person("own").person)
    both = (cast.person("own").person, cast.person("protected_named").person)
    _read(cast["asta"], *both, what="my_day")  # one's own list, opened every morning
    assert sum("protected" in rules for rules in _rules(cast, as_job)) == before + 1


def test_a_look_at_someone_with_ones_own_family_name_is_picked(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        row = Member.members.get(pk=cast["aron"].member)
        row.name = f"Aron {cast.person('same_unit').family}"
        row.save_if_unchanged("name")
    before = sum("same_name" in rules for rules in _rules(cast, as_job))
    _read(cast["aron"], cast.person("same_unit").person)
    _read(cast["aron"], cast.person("ended").person)
    assert sum("same_name" in rules for rules in _rules(cast, as_job)) == before + 1


def test_more_than_the_limit_in_a_short_time_is_picked_from_the_first_to_the_last(
    cast: Cast, as_job: Job
) -> None:
    for _ in range(MANY):
        _read(cast["marta"], uuid.uuid4())
    assert not any("many" in rules for rules in _rules(cast, as_job))
    _read(cast["marta"], uuid.uuid4())
    assert sum("many" in rules for rules in _rules(cast, as_job)) == MANY + 1


def test_a_list_of_many_is_no_burst(cast: Cast, as_job: Job) -> None:
    for _ in range(MANY + 5):
        _read(cast["marta"], *(uuid.uuid4() for _ in range(50)), what="participants")
    assert not any("many" in rules for rules in _rules(cast, as_job))


def test_the_sample_is_about_two_of_a_hundred_and_cannot_be_reckoned_from_the_number(
    cast: Cast, as_job: Job
) -> None:
    with scope(cast.ekdala.tenant, member=cast["marta"].member), connection.cursor() as cursor:
        one = {"sort": "read", "what": "x", "persons": [], "purpose": "case_work", "details": {}}
        events = [{**one, "persons": [str(uuid.uuid4()), str(uuid.uuid4())]} for _ in range(2000)]

        cursor.execute("select journal_append(%s::jsonb)", [json.dumps(events)])
    with as_job(cast.ekdala.tenant):
        found = tally(_week(cast))
    assert 15 <= found.by_rule["sample"] <= 80
    assert found.looked_at >= 2000


def test_a_job_is_nobodys_curiosity(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        before = tally(_week(cast)).looked_at
    page = Page(what="import", purpose=Purpose.JOB)
    with scope(cast.ekdala.tenant, service="import"), keeping(page):
        wrote("person_registered", [uuid.uuid4()])
    with as_job(cast.ekdala.tenant):
        assert tally(_week(cast)).looked_at == before


def test_a_rule_and_a_day_narrow_the_queue_and_the_page_takes_few_queries(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    sign_in(cast["birger"]).get(reverse("person", kwargs={"person": cast.person("own").person}))
    _read(cast["asta"], cast.person("protected_named").person)
    loke, there = sign_in(cast["loke"]), reverse("reads")
    with queries() as made:
        everything = loke.get(there).content.decode()
    assert made.count <= 15, made.statements
    only = loke.get(f"{there}?rule=protected").content.decode()
    assert 0 < only.count("<time") < everything.count("<time")
    assert "Birger" not in only
    assert "<time" not in loke.get(f"{there}?day=2020-01-01").content.decode()
    assert loke.get(f"{there}?rule=king&day=x&before=y").status_code == 200


@pytest.mark.parametrize("who", ["asta", "mona", "ada", "petra", "evert", "vera", "nils"])
def test_only_the_reviewer_reviews(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    assert visitor.get(reverse("reads")).status_code == 404
    assert visitor.post(reverse("reads_check")).status_code == 404


@pytest.mark.requirement("X-04")
def test_checking_the_chain_says_that_it_is_whole_and_is_itself_kept(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    loke = sign_in(cast["loke"])
    loke.cookies["django_language"] = "en"
    assert "not checked this month" in loke.get(reverse("reads")).content.decode()
    assert loke.post(reverse("reads_check")).status_code == 302
    assert "whole</span>" in loke.get(reverse("reads")).content.decode()
    with as_job(cast.ekdala.tenant):
        event = Event.events.filter(what="chain_checked").get()
    assert event.details["broken_at"] is None
    assert event.details["length"] > 0


def _pages_about_people() -> set[str]:
    def walk(patterns: Any) -> set[str]:
        found = set()
        for one in patterns:
            if hasattr(one, "url_patterns"):
                found |= walk(one.url_patterns)
            policy = getattr(getattr(one, "callback", None), "policy", None)
            if isinstance(policy, Policy) and isinstance(policy.shows, FieldClass):
                found.add(one.name)
        return found

    return walk(get_resolver().url_patterns)


def test_every_page_about_people_has_words_in_the_log() -> None:
    assert _pages_about_people() - words.WHAT.keys() == set()


def test_everything_that_is_written_about_people_has_words_in_the_log() -> None:
    about = re.compile(r'wrote\(\s*"([a-z_]+)",\s*\[')
    files = [file for file in Path(SOURCE).rglob("*.py") if "migrations" not in file.parts]
    written = {code for file in files for code in about.findall(file.read_text("utf-8"))}
    assert len(written) > 5
    assert written - words.WHAT.keys() == set()


@pytest.mark.requirement("X-03")
def test_a_persons_log_does_not_count_the_others_of_a_list(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    """A list of the one who may know of a protected person is one longer than that of the rest."""
    own = cast.person("own")
    _read(cast["asta"], own.person, *(one.person for one in cast.protected))
    _read(cast["mona"], own.person, cast.person("same_unit").person)
    page = sign_in(cast["asta"]).get(reverse("person_reads", kwargs={"person": own.person}))
    told = re.findall(r'<span class="mut">(\([^<]*\))</span>', page.content.decode())
    assert len(told) == 2
    assert len(set(told)) == 1
    assert not any(sign.isdigit() for sign in told[0])


@pytest.mark.requirement("X-03")
def test_no_rule_tells_the_reviewer_a_protected_persons_family_name(
    cast: Cast, as_job: Job
) -> None:
    asta = cast["asta"]
    for key, rules in (("protected_named", ["protected"]), ("own", ["same_name"])):
        person = cast.person(key).person
        with as_job(cast.ekdala.tenant):
            Person.people.filter(pk=person).update(family_name="Samma")
            Member.members.filter(pk=asta.member).update(name="Asta Samma")
        _read(asta, person)
        kept = [set(found) - {"sample", "evening"} for found in _rules(cast, as_job)]
        assert kept[0] == set(rules), key


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "x" * 5000])
def test_a_day_that_cannot_be_is_no_day(cast: Cast, sign_in: Signing, day: str) -> None:
    own = cast.person("own").person
    assert sign_in(cast["loke"]).get(reverse("reads"), {"day": day}).status_code == 200
    about = reverse("person_reads", kwargs={"person": own})
    assert sign_in(cast["asta"]).get(about, {"day": day}).status_code == 200
