"""What is told of many: how decisions are documented, and an extract with nobody in it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.reports.facts.extract import COLUMNS
from stegvis.journey.reports.facts.quality import quality, share
from stegvis.platform.accounts.models import Grant
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.models import Unit
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.mark.requirement("KN-14")
@given(of=st.integers(0, 60), part=st.integers(0, 60))
def test_a_share_never_tells_of_fewer_than_five_on_either_side(of: int, part: int) -> None:
    n = min(part, of)
    said = share("written", n, of)
    if said.n is not None and of:
        assert of >= 5
        assert n == 0 or n >= 5
        assert of - n == 0 or of - n >= 5
    if 0 < of < 5:
        assert (said.n, said.of) == (None, None)


@pytest.mark.requirement("KN-14")
def test_decisions_are_counted_as_n_of_n_and_nobody_protected_among_them(
    cast: Cast, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        units = list(Unit.objects.filter(pk__in=cast.ekdala.units).order_by("pk"))
        first = next(
            row
            for row in quality(units, since=cast.on.replace(year=cast.on.year - 1))
            if row.unit == "AME-kontoret"
        )
    there = [
        p
        for p in cast.participants.values()
        if p.enrolment and p.town == cast.ekdala and not p.key.startswith("protected")
    ]
    written = {one.code: one for one in first.shares}["written"]
    assert written.of is not None
    assert written.n == written.of
    assert written.of <= len(there) + 1  # one has left by a decision of its own


@pytest.mark.requirement("KN-14")
def test_a_manager_sees_the_own_unit_and_whoever_evaluates_all(
    cast: Cast, sign_in: Signing
) -> None:
    where = reverse("documentation")
    mine = sign_in(cast["mona"]).get(where).content.decode()
    assert "AME-kontoret" in mine
    assert "Arbetscentrum" not in re.sub(r"<aside.*?</aside>|<header.*?</header>", "", mine)
    every = sign_in(cast["evert"]).get(where).content.decode()
    assert "AME-kontoret" in every
    assert "Arbetscentrum" in every
    assert sign_in(cast["asta"]).get(where).status_code == 404


@pytest.fixture
def crowd(cast: Cast, as_job: Work) -> None:
    """Nothing is known of sex or birth, so that some rows are alike."""
    with as_job(cast.ekdala.tenant):
        Person.people.all().update(sex="u", born_on=None)


@pytest.mark.requirement("X-10")
def test_the_extract_holds_nothing_that_names_anybody(
    cast: Cast, sign_in: Signing, crowd: None
) -> None:
    answer = sign_in(cast["evert"]).get(f"{reverse('evaluation')}?file=1")
    text = answer.content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    for one in cast.participants.values():
        assert not [t for t in one.traces if t in text]
        assert str(one.person) not in text
        assert not one.enrolment or str(one.enrolment) not in text
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)  # no day
    assert not re.search(r"@|\d{6}-\d{4}", text)


@pytest.mark.requirement("X-10")
def test_whoever_knows_all_there_is_to_know_finds_five_or_nobody(
    cast: Cast, sign_in: Signing, crowd: None
) -> None:
    evert = sign_in(cast["evert"])
    text = evert.get(f"{reverse('evaluation')}?file=1").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    alike = Counter(tuple(row[column.name] for column in COLUMNS) for row in rows)
    assert all(count >= 5 for count in alike.values())
    there = [p for p in cast.participants.values() if p.enrolment and p.town == cast.ekdala]
    protected = [p for p in there if p.key.startswith("protected")]
    assert len(rows) <= len(there) - len(protected)


@pytest.mark.requirement("X-10")
def test_two_extracts_share_no_id(cast: Cast, sign_in: Signing, crowd: None) -> None:
    evert = sign_in(cast["evert"])
    ids = []
    for _turn in range(2):
        text = evert.get(f"{reverse('evaluation')}?file=1").content.decode()
        ids.append({row["id"] for row in csv.DictReader(io.StringIO(text))})
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


@pytest.mark.requirement("X-10")
def test_an_extract_is_the_evaluators_and_stands_in_the_log_of_everybody_in_it(
    cast: Cast, sign_in: Signing, crowd: None, as_job: Work
) -> None:
    where = f"{reverse('evaluation')}?file=1"
    for who in ("asta", "mona", "ada", "loke", "petra", "olle"):
        assert sign_in(cast[who]).get(where).status_code == 404
    sign_in(cast["evert"]).get(where)
    with as_job(cast.ekdala.tenant):
        own = cast.person("own").person
        events = Event.events.about(own).filter(what="extract_taken")
        assert [event.member for event in events] == [cast["evert"].member]
        hidden = cast.person("protected_hidden").person
        assert not Event.events.about(hidden).filter(what="extract_taken").exists()


@pytest.mark.requirement("X-10")
def test_who_evaluates_one_unit_gets_rows_of_that_unit_alone(
    cast: Cast, sign_in: Signing, crowd: None, as_job: Work
) -> None:
    evert, where = cast["evert"], f"{reverse('evaluation')}?file=1"
    every = sign_in(evert).get(where).content.decode().count("\r\n")
    with as_job(cast.ekdala.tenant):
        there = Enrolment.enrolments.filter(unit=cast.ekdala.units[0]).count()
        Grant.grants.filter(member=evert.member).update(unit=cast.ekdala.units[0])
    mine = sign_in(evert).get(where).content.decode().count("\r\n")
    assert mine < every
    assert mine - 1 <= there
