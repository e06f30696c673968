"""A person's page: the road drawn and told, and what is asked, known and decided along it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing import actions
from stegvis.journey.steps import actions as steps
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, decide, new
from tests.portals.caseworker.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]


def _road(sign_in: Signing, cast: Cast, key: str = "own", who: str = "asta", **given: Any) -> str:
    address = reverse("person", args=[cast.person(key).person])
    return text_of(sign_in(cast[who]).get(address, given))


def _table(html: str) -> list[list[str]]:
    found = html.partition('class="data"')[2].partition("</details>")[0]
    return rows_of(found)[1:]


@pytest.mark.requirement("AJ-02", "AJ-59")
def test_the_table_tells_the_periods_the_picture_draws(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    day = cast.on - dt.timedelta(days=60)
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s3", effective_on=day)
        decide(cast, cast["asta"], "own", "s5", effective_on=cast.on)
    html = _road(sign_in, cast)
    rows = _table(html)
    assert [row[2][0] for row in rows] == ["2", "3", "5"]
    assert [row[1] for row in rows[:-1]] == [row[0] for row in rows[1:]], "no gap, no overlap"
    assert rows[-1][1] == "pågår"
    assert {row[4] for row in rows} == {"Asta Ekdaladotter"}
    assert rows[1][3] == "Vi ser det så."
    picture = html.partition('class="scroll road"')[2].partition("</svg>")[0]
    assert picture.count("<title") >= 1


def test_a_pause_is_a_line_of_its_own_without_its_reason(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    """Why somebody is away may be health; the step's page is read by more than may read that."""
    with at_work(cast["asta"]):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        actions.begin_pause(
            row, by=cast["asta"].actor, since=cast.on - dt.timedelta(days=5), reason="illness"
        )
    html = _road(sign_in, cast, who="vera")
    assert [row[2] for row in _table(html)][-1] == "Paus"
    assert "Sjukdom" not in html


def test_what_was_undone_is_not_on_the_road_and_still_in_the_history(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["asta"]):
        wrong = decide(cast, cast["asta"], "own", "s4", grounds="Fel-person-valdes")
        steps.correct(wrong.pk, new(cast, "s2", grounds="Rättat"), by=cast["asta"].actor)
    html = _road(sign_in, cast)
    assert [row[2][0] for row in _table(html)] == ["2"]
    assert "Fel-person-valdes" not in html
    assert reverse("decision", args=[wrong.person_id, wrong.pk]) in html


def test_what_comes_next_is_what_the_latest_decision_says(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    """One that was corrected, or that another has followed, asks for nothing any more."""
    with at_work(cast["asta"]):
        look = cast.on + dt.timedelta(days=200)
        decide(cast, cast["asta"], "own", "s2", review_on=look)
    said = "Titta på steget igen"
    assert said in _road(sign_in, cast)
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s3")
    assert said not in _road(sign_in, cast)


@pytest.mark.requirement("X-12")
def test_an_earlier_enrolment_is_a_road_of_its_own_one_click_away(
    cast: Cast, sign_in: Signing, as_job: Callable[..., Any]
) -> None:
    left = cast.person("left")
    with as_job(cast.ekdala.tenant):
        again = an_enrolment(cast, left.person)
    html = _road(sign_in, cast, "left")
    assert _table(html) == []
    assert f"?enrolment={left.enrolment}" in html
    earlier = _road(sign_in, cast, "left", enrolment=str(left.enrolment))
    assert [row[2][0] for row in _table(earlier)] == ["2"]
    assert f"?enrolment={again.pk}" in earlier
    assert reverse("decide", args=[left.person]) not in earlier


@pytest.mark.parametrize("wanted", ["", "x", "9" * 40, "01a200fd-07a4-7440-8cd0-e70bf322ffdc"])
def test_an_enrolment_that_is_none_shows_the_latest(
    cast: Cast, sign_in: Signing, wanted: str
) -> None:
    assert len(_table(_road(sign_in, cast, enrolment=wanted))) == 1


def test_a_referral_alone_opens_no_road(cast: Cast, sign_in: Signing) -> None:
    address = reverse("person", args=[cast.person("intake").person])
    for who in ("asta", "aron", "mona", "petra"):
        assert sign_in(cast[who]).get(address).status_code == 404, who


@pytest.mark.requirement("X-03")
def test_the_supervisor_reads_the_road_and_neither_income_nor_number(
    cast: Cast, sign_in: Signing
) -> None:
    html = _road(sign_in, cast, who="vera")
    own = cast.person("own")
    assert own.name in html
    for trace in (own.number, own.traces[2], own.traces[3], own.traces[4]):
        assert trace not in html
    for word in ("Försörjning", "inkomst", "Lever på"):
        assert word not in html
    links = re.findall(r'href="(/people/[^"]+)"', html)
    visitor = sign_in(cast["vera"])
    for link in links:
        assert visitor.get(link).status_code == 200, f"{link} leads her nowhere"


@pytest.mark.parametrize("who", ["asta", "jonna", "mona", "vera"])
def test_no_link_on_the_page_leads_its_reader_nowhere(
    cast: Cast, sign_in: Signing, who: str
) -> None:
    visitor = sign_in(cast[who])
    pages = [reverse("person", args=[cast.person("own").person]), "/people/"]
    for page in pages:
        html = text_of(visitor.get(page)).partition("<main")[2]
        for link in set(re.findall(r'href="(/[^"#]*)"', html)):
            assert visitor.get(link.replace("&amp;", "&")).status_code in {200, 302}, link


@pytest.mark.requirement("AJ-05", "AJ-06")
def test_a_long_stay_and_support_that_differs_are_said_and_change_nothing(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    from tests.journey.made import stood_on

    with at_work(cast["asta"]):
        actions.change_support(
            stood_on(cast.person("own").enrolment),
            by=cast["asta"].actor,
            support="little",
            note="Klarar sig",
        )
    html = _road(sign_in, cast)
    assert "Stödet" in html
    assert [row[2][0] for row in _table(html)] == ["2"]
