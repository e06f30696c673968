"""The years before on their page: lanes, what was learnt, holes, handlers, the inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.background import actions
from stegvis.journey.background.facts import continuity, handlers_of, inventory_state, years_of
from stegvis.journey.background.models import (
    AgencyHandler,
    AgencyPeriod,
    EarlierIntervention,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.facts import case
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.memory import earlier
from tests.cast.people import Cast
from tests.journey.background.made import road
from tests.portals.caseworker.reading import assert_plain, faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
MEASURE = {
    "agency": "AF", "kind": "Arbetsprövning", "since": "våren 2019", "until": "2019-09",
    "learnt": "Morgnar fungerar inte", "result": "broken_off", "source": "Journal",
}  # fmt: skip


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("background", args=[cast.person("own").person])


def _new(cast: Cast, what: str) -> str:
    return reverse("new_note", args=[cast.person("own").person, what])


@pytest.mark.requirement("JI-04")
def test_a_measure_says_what_was_learnt_and_how_roughly_its_days_are_known(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    assert asta.post(_new(cast, "measure"), MEASURE).headers["Location"] == address
    page = text_of(asta.get(address))
    for said in ("Arbetsprövning", "Morgnar fungerar inte", "Avbruten", "våren 2019"):
        assert said in page
    with as_job(cast.ekdala.tenant):
        row = EarlierIntervention.notes.get(kind="Arbetsprövning")
        assert (row.since, row.since_precision) == (dt.date(2019, 1, 1), "half")
        assert (row.until, row.until_precision) == (dt.date(2019, 10, 1), "month")
        event = Event.events.about(row.person_id).order_by("-seq").first()
    assert "Morgnar" not in str(event.details)


@pytest.mark.requirement("JI-04")
def test_a_measure_of_which_nobody_says_what_was_learnt_asks_for_it(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta = sign_in(cast["asta"])
    before = text_of(asta.get(address))
    assert "1 av 1 ifyllda" in before
    asta.post(_new(cast, "measure"), MEASURE | {"learnt": ""})
    assert "1 av 2 ifyllda" in text_of(asta.get(address))


@pytest.mark.requirement("JI-03")
def test_three_authorities_are_lanes_and_years_nobody_knows_of_are_flagged(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta, this = sign_in(cast["asta"]), cast.on.year
    for agency, since, until in (
        ("AF", this - 8, this - 7),
        ("FK", this - 7, this - 6),
        ("REGION", this - 3, None),
    ):
        sent = {"agency": agency, "since": str(since), "until": str(until or "")}
        asta.post(_new(cast, "period"), sent)
    page = text_of(asta.get(address))
    assert_plain(page, "sv")
    assert f"{this - 5}, {this - 4}" in page
    for lane in ("AF", "FK", "Vård", "Soc"):
        assert f">{lane}</text>" in page
    with as_job(cast.ekdala.tenant):
        assert AgencyPeriod.notes.filter(person=cast.person("own").person).count() == 3


def test_days_that_cannot_be_are_refused_and_what_was_typed_stays(
    cast: Cast, sign_in: Signing
) -> None:
    asta = sign_in(cast["asta"])
    for wrong in (
        {"since": "nån gång"},
        {"since": "2019-13"},
        {"since": str(cast.on.year + 1), "until": ""},
        {"until": "2018"},
        {"since": "1912"},
    ):
        page = text_of(asta.post(_new(cast, "measure"), MEASURE | wrong))
        assert len(faults_of(page)) == 1, wrong
        assert "Morgnar fungerar inte" in page


def test_what_a_colleague_wrote_meanwhile_is_shown_and_not_written_over(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    own = cast.person("own")
    asta, at = (
        sign_in(cast["asta"]),
        reverse("change_note", args=[own.person, "measure", own.rows["past"]]),
    )
    sent = MEASURE | {"version": "1"}
    assert asta.post(at, sent | {"learnt": "Först"}).status_code == 302
    page = text_of(asta.post(at, sent | {"learnt": "Sist"}))
    assert faults_of(page)
    assert "Först" in page
    assert "Sist" in page
    with as_job(cast.ekdala.tenant):
        assert EarlierIntervention.notes.get(pk=own.rows["past"]).learnt == "Först"
        assert len(earlier(EarlierIntervention, id=own.rows["past"])) == 1


def test_a_mistake_is_struck_out_and_counts_no_more(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    own = cast.person("own")
    asta = sign_in(cast["asta"])
    at = reverse("change_note", args=[own.person, "measure", own.rows["past"]])
    asta.post(at, {"do": "strike"})
    assert asta.get(at).status_code == 404
    with as_job(cast.ekdala.tenant):
        assert years_of(own.person, on=cast.on).measures == ()
        assert EarlierIntervention.notes.filter(pk=own.rows["past"]).exists()


@pytest.mark.requirement("KN-118", "KN-140")
def test_handlers_are_counted_by_authority_with_the_days_since_they_met(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    met = cast.on - dt.timedelta(days=41)
    told = [("AF", "on", ""), ("AF", "on", ""), ("AF", "", met.isoformat())]
    told += [("FK", "", ""), ("SOC", "", "")]
    for agency, left, last in told:
        asta.post(_new(cast, "handler"), {"agency": agency, "left": left, "last_meeting": last})
    page = text_of(asta.get(address))
    assert "5 handläggare, 3 myndigheter" in page
    assert "41 dagar sedan senaste mötet" in page
    assert "2 byten" in page
    assert "Inget möte är känt" in page
    with as_job(cast.ekdala.tenant):
        found = continuity(handlers_of(cast.person("own").person), on=cast.on)
        assert [(one.agency, one.changes, one.days) for one in found] == [
            ("AF", 2, 41),
            ("FK", 0, None),
            ("SOC", 0, None),
        ]
        assert AgencyHandler.notes.filter(foresight="").count() == 5


@pytest.mark.requirement("JI-05")
def test_a_plan_before_the_inventory_warns_until_somebody_says_why(
    cast: Cast, as_job: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cast's programme asks for no inventory; that of JOBBINVEST does."""
    with as_job(cast.ekdala.tenant):
        enrolment = road(cast)
        assert not inventory_state(enrolment).warns
        with pytest.raises(NotNow, check=lambda fault: fault.code == "not_part_of_it"):
            actions.close_part(enrolment, "agency_periods", by=None)
        _in_jobbinvest(monkeypatch)
        state = inventory_state(enrolment)
        assert state.warns
        assert len(state.lacking) == 3
        with pytest.raises(NotNow, check=lambda fault: fault.code == "reason_missing"):
            actions.go_on_without(enrolment, "  ", by=None)
        actions.go_on_without(enrolment, "Plats från måndag", by=None)
        assert not inventory_state(enrolment).warns
        assert inventory_state(enrolment).why == "Plats från måndag"
        for part in state.parts:
            actions.close_part(enrolment, part, by=None)
        assert inventory_state(enrolment).lacking == ()
        told = [f.values["document"] for f in case(enrolment.pk) if f.kind == "document"]
        assert sorted(one for one in told if one in state.parts) == sorted(state.parts)
        with pytest.raises(NotNow, check=lambda fault: fault.code == "already_answered"):
            actions.close_part(enrolment, "agency_periods", by=None)


def _in_jobbinvest(monkeypatch: pytest.MonkeyPatch) -> None:
    from stegvis.config.checkout import ROOT
    from stegvis.core.programme.load import load
    from stegvis.journey.background import facts

    text = (ROOT / "programmes" / "jobbinvest" / "model.yaml").read_text("utf-8")
    model = load(text, file="model.yaml")
    monkeypatch.setattr(facts, "programmes", lambda keys: dict.fromkeys(keys, model))


@pytest.mark.requirement("JI-05")
def test_the_reason_is_asked_for_on_the_page(
    cast: Cast, sign_in: Signing, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_jobbinvest(monkeypatch)
    asta = sign_in(cast["asta"])
    assert 'name="why"' in text_of(asta.get(address))
    assert faults_of(text_of(asta.post(address, {"do": "without", "why": ""})))
    asta.post(address, {"do": "without", "why": "Plats från måndag"})
    page = text_of(asta.get(address))
    assert "Plats från måndag" in page
    assert 'name="why"' not in page
    asta.post(address, {"do": "close:agency_periods"})
    assert 'value="close:agency_periods"' not in text_of(asta.get(address))


def test_the_page_asks_the_database_a_dozen_times_at_most(
    cast: Cast, sign_in: Signing, address: str, queries: Callable[[], Any]
) -> None:
    asta = sign_in(cast["asta"])
    asta.get(address)
    for name in ("background", "contact_surfaces", "ahead", "tests", "team"):
        with queries() as made:
            assert asta.get(reverse(name, args=[cast.person("own").person])).status_code == 200
        assert made.count <= 12, (name, made.count, made.statements)


@pytest.mark.parametrize("who", ["vera", "jonna", "mona", "petra", "loke", "olle"])
def test_nobody_but_the_case_worker_reads_the_years_before(
    cast: Cast, sign_in: Signing, address: str, who: str
) -> None:
    assert sign_in(cast[who]).get(address).status_code == 404
