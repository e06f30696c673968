"""The pages of fidelity, as their visitors meet them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.learning.fidelity.facts.extract import COLUMNS
from stegvis.learning.fidelity.facts.spans import quarters
from stegvis.platform.access.models import Shield
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.models import Unit
from tests.cast.people import Cast
from tests.journey.made import decide
from tests.learning.fidelity.crowd import crowd

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
DAY = dt.timedelta(days=1)


def case_at(cast: Cast, key: str) -> str:
    return reverse("elements", args=[cast.person(key).person])


@pytest.mark.requirement("FM-02")
@pytest.mark.parametrize("who", ["inge", "mads", "mette"])
def test_each_element_stands_with_its_reason_for_whoever_may_read_the_plan(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], who: str
) -> None:
    visitor = sign_in(cast[who])
    visitor.get(case_at(cast, "abroad"))
    with queries() as made:
        answer = visitor.get(case_at(cast, "abroad"))
    assert answer.status_code == 200
    assert made.count <= 12, "\n".join(made.statements)
    assert answer.text.count('class="fid-n num"') == 6


@pytest.mark.requirement("FM-02")
def test_a_case_that_left_step_1_without_a_mediator_shows_the_second_element_red(
    cast: Cast, sign_in: Signing, at_work: Callable[..., Any]
) -> None:
    inge = sign_in(cast["inge"])
    assert "tag late" not in inge.get(case_at(cast, "abroad")).text
    with at_work(cast["inge"]):
        decide(cast, cast["inge"], "abroad", "t2", effective_on=cast.on)
    second = inge.get(case_at(cast, "abroad")).text.split('class="fid-n num"')[2]
    assert "tag late" in second


@pytest.mark.requirement("FM-02")
def test_a_proof_leads_where_the_reader_may_look_and_is_elsewhere_only_said(
    cast: Cast, sign_in: Signing
) -> None:
    mediator = reverse("mediator", args=[cast.person("abroad").person])
    mapping = reverse("mapping", args=[cast.person("abroad").person])
    for who in ("inge", "mads", "mette"):
        page = re.sub(r"<nav.*?</nav>", "", sign_in(cast[who]).get(case_at(cast, "abroad")).text)
        page = page.split("<main", 1)[1]
        assert f'href="{mediator}"' in page  # it is assigned: its proof is there
        assert (f'href="{mapping}"' in page) == (who == "inge")  # health and income are not theirs


@pytest.mark.requirement("FM-02")
@pytest.mark.parametrize(
    ("who", "whose"),
    [("asta", "abroad"), ("asta", "barred"), ("mona", "protected_hidden"), ("evert", "own"),
     ("ada", "own"), ("loke", "own")],
)  # fmt: skip
def test_whoever_may_not_read_the_plan_finds_no_elements(
    cast: Cast, sign_in: Signing, who: str, whose: str
) -> None:
    assert sign_in(cast[who]).get(case_at(cast, whose)).status_code == 404


def test_a_programme_without_elements_says_so(cast: Cast, sign_in: Signing) -> None:
    page = sign_in(cast["asta"]).get(case_at(cast, "own")).text
    assert 'class="fid-n' not in page
    assert "kärnelement" in page


@pytest.fixture
def many(cast: Cast, as_job: Work) -> list[Enrolment]:
    with as_job(cast.birkeso.tenant):
        return crowd(cast, 40, on=cast.on)


@pytest.mark.requirement("FM-02", "FM-15", "FM-19", "FM-21", "FM-26", "FM-43", "INV-17", "N-14")
def test_a_manager_sees_n_of_n_and_no_share_without_it(
    cast: Cast, sign_in: Signing, many: list[Enrolment], queries: Callable[[], Any]
) -> None:
    mette = sign_in(cast["mette"])
    where = f"{reverse('fidelity')}?period={cast.on.year}"
    mette.get(where)
    with queries() as made:
        answer = mette.get(where)
    assert made.count <= 14, "\n".join(made.statements)
    page = answer.text.split("<main", 1)[1]
    for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
        if re.search(r"\d ?%", row) and 'class="share"' in row:
            assert re.search(r"\d+ (av|af) \d+", row), row
    assert re.search(r"\d+ (av|af) \d+", page)
    for one in many:
        assert str(one.pk) not in page
    assert "Menge" not in page


@pytest.mark.requirement("FM-43")
def test_the_people_behind_a_number_are_those_the_manager_may_read(
    cast: Cast, sign_in: Signing, many: list[Enrolment], as_job: Work
) -> None:
    mette = sign_in(cast["mette"])
    said = {"period": str(cast.on.year), "element": "ke1"}
    pages = {
        kind: mette.get(reverse("fidelity_people"), said | {"kind": kind}).text.split("<main", 1)[1]
        for kind in ("met", "lacking", "unknown", "not_due")
    }
    named = [name for page in pages.values() for name in re.findall(r"Menge\d+ ", page)]
    assert named
    assert len(named) == len(set(named))  # in one list each
    with as_job(cast.birkeso.tenant):
        left = Person.people.filter(enrolments__until__lt=cast.on)
        gone = {f"{one.given_name} " for one in left}
        row = next(one for one in many if one.until is None)
        Shield(
            tenant_id=row.tenant_id, person=row.person_id, grade=Shield.Grade.MARKED,
            since=cast.on, source="staff",
        ).save(force_insert=True)  # fmt: skip
        name = Person.people.get(pk=row.person_id).given_name
    assert not gone & set(named)
    for kind in pages:
        page = mette.get(reverse("fidelity_people"), said | {"kind": kind}).text
        assert f"{name} " not in page
    assert mette.get(reverse("fidelity_people"), said | {"kind": "all"}).status_code == 404
    with as_job(cast.birkeso.tenant):
        assert Event.events.filter(what="fidelity_people").exists()


def test_bad_days_get_one_sentence_and_keep_what_was_typed(cast: Cast, sign_in: Signing) -> None:
    mette = sign_in(cast["mette"])
    page = mette.get(reverse("fidelity"), {"since": "2026-05-01", "until": "2026-04-01"})
    assert page.status_code == 200
    assert 'value="2026-05-01"' in page.text
    assert page.text.count('class="err"') <= 1
    for said in ({"unit": "x"}, {"unit": str(cast.ekdala.units[0])}):
        assert mette.get(reverse("fidelity"), said).status_code == 404
    for said in ({"period": "2026-Q9"}, {"since": "x", "until": "y"}, {"programme": "x"}):
        assert mette.get(reverse("fidelity"), said).status_code == 200


@pytest.mark.parametrize("who", ["asta", "vera", "jonna", "ada", "loke", "evert", "petra", "olle"])
def test_figures_of_a_unit_are_its_managers(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    assert visitor.get(reverse("fidelity")).status_code == 404
    assert visitor.get(reverse("fidelity_people"), {"element": "ke1"}).status_code == 404
    if who != "evert":
        assert visitor.get(reverse("fidelity_extract")).status_code == 404


@pytest.fixture
def evaluator(cast: Cast, as_job: Work, sign_in: Signing, many: list[Enrolment]) -> Any:
    """Mads evaluates the whole Danish town for a day."""
    with as_job(cast.birkeso.tenant):
        Grant.grants.filter(member=cast["mads"].member).update(role=Role.EVALUATOR, unit=None)
    return sign_in(cast["mads"])


@pytest.mark.requirement("FM-53", "N-14", "INV-27")
def test_the_extract_holds_figures_and_nobody(
    cast: Cast, evaluator: Any, many: list[Enrolment], as_job: Work
) -> None:
    where = reverse("fidelity_extract")
    code = quarters(cast.on)[0].code
    text = evaluator.get(where, {"file": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    measures = {row["measure"] for row in rows}
    assert {"people", "element", "group", "step", "broke_off", "hours_reached"} <= measures
    for one in cast.participants.values():
        assert not [trace for trace in one.traces if trace in text]
        assert str(one.person) not in text
    with as_job(cast.birkeso.tenant):
        for row in many:
            assert str(row.pk) not in text
            assert str(row.person_id) not in text
    assert "Menge" not in text
    assert "Folk" not in text
    assert not re.search(r"\d{6}-\d{4}|[0-9a-f]{8}-[0-9a-f]{4}", text)
    days = set(re.findall(r"\d{4}-\d{2}-\d{2}", text))
    assert days == {(quarters(cast.on)[0].until - DAY).isoformat()}  # the period's own
    for row in rows:
        n, of = row["n"], row["of"]
        assert not n or int(n) == 0 or int(n) >= 5
        assert not (n and of) or int(of) - int(n) == 0 or int(of) - int(n) >= 5
        assert row["told"] != "no" or not (n or of or row["median"])
    sheet = evaluator.get(where, {"file": "xlsx", "period": code}).content
    (name,) = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).sheet_names
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_name(name).to_python()
    assert cells[0] == list(COLUMNS)
    assert len(cells) == len(rows) + 1


@pytest.mark.requirement("FM-53")
def test_an_extract_is_of_whole_quarters_that_have_ended_and_is_written_in_the_log(
    cast: Cast, evaluator: Any, as_job: Work, queries: Callable[[], Any]
) -> None:
    where = reverse("fidelity_extract")
    for code in (str(cast.on.year), f"{cast.on.year}-H1", "2026-05", "2999-Q1"):
        assert evaluator.get(where, {"period": code}).status_code == 404
    assert evaluator.get(where, {"file": "pdf"}).status_code == 404
    with queries() as made:
        assert evaluator.get(where).status_code == 200
    assert made.count <= 14, "\n".join(made.statements)
    answer = evaluator.get(where, {"file": "csv"})
    assert answer["Cache-Control"] == "no-store"
    with as_job(cast.birkeso.tenant):
        taken = Event.events.filter(what="fidelity_extract_taken")
        assert [one.member for one in taken] == [cast["mads"].member]


@pytest.mark.requirement("FM-53", "INV-27")
def test_who_evaluates_units_gets_each_by_itself_and_never_a_sum(
    cast: Cast, evaluator: Any, as_job: Work
) -> None:
    with as_job(cast.birkeso.tenant):
        unit = cast.birkeso.units[0]
        Grant.grants.filter(member=cast["mads"].member).update(unit=unit)
    text = evaluator.get(reverse("fidelity_extract"), {"file": "csv"}).content.decode("utf-8-sig")
    where = {row["where"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert where == {"Jobcentret"}


def test_a_unit_with_the_name_of_a_formula_is_words_in_the_file(
    cast: Cast, evaluator: Any, as_job: Work
) -> None:
    with as_job(cast.birkeso.tenant):
        Unit.objects.filter(pk=cast.birkeso.units[0]).update(name="=1+1")
        Grant.grants.filter(member=cast["mads"].member).update(unit=cast.birkeso.units[0])
    text = evaluator.get(reverse("fidelity_extract"), {"file": "csv"}).content.decode("utf-8-sig")
    where = {row["where"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert where == {"'=1+1"}
