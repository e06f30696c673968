"""The profile, visits and tasters, what fits, and a match with two answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from stegvis.core.matching.fits import Limit
from stegvis.journey.abilities.models import Observation, SelfRating
from stegvis.journey.employers.models import AmbassadorModule, Completed, Employee, Opening
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions import NewGoal, set_job_goal
from stegvis.journey.people.models import Contact
from stegvis.journey.placements import actions
from stegvis.journey.placements.actions import NewMatch, NewVisit
from stegvis.journey.placements.facts import LIMITS, fits_for
from stegvis.journey.placements.facts.fitting import open_openings
from stegvis.journey.placements.models import Adjustment, Match, MatchProfile, Placement, Visit
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.placements.conftest import (
    a_contact,
    a_function,
    a_site,
    an_opening,
    practice,
)

pytestmark = pytest.mark.django_db
FULL, HEALTH = "Tvättar och viker", "Ont i ryggen sedan 2019"


def told(row: Any, kind: str) -> dict[str, Any] | None:
    fact = DatedFact.objects.filter(source=row.pk, kind=kind, struck=False).first()
    return dict(fact.values) if fact else None


def saw(enrolment: Enrolment, cast: Cast, ability: str, seen: str, back: int = 3) -> None:
    Observation(
        tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
        ability=ability, seen=seen, on=cast.on - dt.timedelta(days=back),
        by_id=cast["asta"].member,
    ).save(force_insert=True)  # fmt: skip


def goal(enrolment: Enrolment, cast: Cast, text: str) -> None:
    set_job_goal(enrolment, NewGoal("function", text, "own", cast.on), by=cast["asta"].actor)


@pytest.mark.requirement("FM-28")
def test_a_profile_begins_with_the_goal_and_prints_one_page_without_health(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    goal(enrolment, cast, "Tvätt och sömnad")
    visitor, person = sign_in(cast["asta"]), enrolment.person_id
    page = visitor.get(reverse("match_profile", args=[person])).text
    assert "Tvätt och sömnad" in page
    sent = visitor.post(reverse("match_profile", args=[person]), {"tasks": FULL, "wishes": "Lugnt"})
    assert sent.status_code == 302
    row = MatchProfile.objects.get(enrolment=enrolment)
    assert (row.tasks, told(row, "document")) == (FULL, {"document": "match_profile"})
    paper = visitor.get(reverse("match_profile_pdf", args=[person]))
    assert paper.content.startswith(b"%PDF")
    assert paper.content.count(b"/Type /Page\n") <= 1
    with pytest.raises(NotNow, match="empty_profile"):
        actions.write_profile(enrolment, {"tasks": "  "}, by=asta)


@pytest.mark.requirement("FM-28")
def test_nothing_of_health_comes_into_a_profile_that_begins(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    SelfRating(
        tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
        item="back", bodily=True, value=8, on=cast.on, words=HEALTH, by_id=cast["asta"].member,
    ).save(force_insert=True)  # fmt: skip
    page = sign_in(cast["asta"]).get(reverse("match_profile", args=[enrolment.person_id])).text
    assert HEALTH not in page
    assert not [
        life for life in cast.person("own").traces if life.startswith("Livet") and life in page
    ]


@pytest.mark.requirement("FM-29")
def test_three_tasters_with_the_persons_own_rating_stand_beside_each_other(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    sites = [a_site(enrolment.tenant_id, name) for name in ("Bageriet", "Lagret", "Skolan")]
    rows = []
    for n, site in enumerate(sites):
        day = cast.on - dt.timedelta(days=10 - n)
        row = actions.plan_visit(enrolment, NewVisit(site, "taster", day, done=True), by=asta)
        actions.say_visit(row, by=asta, rating=n + 2, words=f"Så sa jag {n}")
        actions.judge_visit(row, by=asta, fit=("no", "partly", "good")[n], why="", seen=row.version)
        rows.append(row)
    assert told(rows[2], "visit") == {"what": "taster", "fit": "good"}
    page = sign_in(cast["asta"]).get(reverse("placements", args=[enrolment.person_id])).text
    for n, site in enumerate(sites):
        assert site.name in page
        assert f"Så sa jag {n}" in page
    assert "4 av 5" in page


@pytest.mark.requirement("FM-29")
def test_what_the_person_has_said_themselves_nobody_else_changes(
    cast: Cast, enrolment: Enrolment, asta: Any, at_work: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    row = actions.plan_visit(enrolment, NewVisit(site, "visit", cast.on, done=True), by=asta)
    with at_work(cast["olle"]):
        actions.say_visit(row, by=cast["olle"].actor, rating=5, words="Jag vill hit")
    with pytest.raises(NotNow, match="own_words"):
        actions.say_visit(row, by=asta, rating=1, words="Nej")
    assert Visit.visits.get(pk=row.pk).words == "Jag vill hit"


def test_a_visit_to_come_is_no_visit_and_one_called_off_never_was(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    later = cast.on + dt.timedelta(days=5)
    row = actions.plan_visit(enrolment, NewVisit(site, "visit", later), by=asta)
    assert told(row, "visit") is None
    with pytest.raises(NotNow, match="not_yet"):
        actions.judge_visit(row, by=asta, fit="good", why="", seen=row.version)
    actions.call_off(row, by=asta, seen=row.version)
    with pytest.raises(NotNow, match="visit_over"):
        actions.call_off(row, by=asta, seen=row.version)


@pytest.fixture
def laundry(cast: Cast, enrolment: Enrolment) -> Opening:
    """Asks for four things; the person is known to be able to do one of them, and short of two."""
    tenant = enrolment.tenant_id
    for code in ("p_met", "p_soft", "p_hard", "p_dark"):
        a_function(tenant, code, f"a_{code}")
    saw(enrolment, cast, "a_p_met", "works")
    saw(enrolment, cast, "a_p_soft", "with_support")
    saw(enrolment, cast, "a_p_hard", "not_now")
    return an_opening(
        tenant, "Tvätt", ("p_met", 3, True), ("p_soft", 4, False), ("p_hard", 3, True),
        ("p_dark", 2, False),
    )  # fmt: skip


def states(enrolment: Enrolment, opening: Opening, on: dt.date) -> dict[str, str]:
    found = {
        one.opening.pk: one
        for one in fits_for(enrolment, open_openings(on=on, enrolment=enrolment), on=on)
    }
    return {one.function: one.state for one in found[opening.pk].answers}


@pytest.mark.requirement("KN-74", "FM-30")
def test_each_requirement_has_its_answer_and_no_score_is_shown(
    cast: Cast, enrolment: Enrolment, asta: Any, laundry: Opening, sign_in: Any
) -> None:
    wanted = {"p_met": "met", "p_soft": "trained", "p_hard": "not_met", "p_dark": "unknown"}
    assert states(enrolment, laundry, cast.on) == wanted
    page = sign_in(cast["asta"]).get(reverse("opening_fit", args=[enrolment.person_id, laundry.pk]))
    for words in ("1 uppfyllt", "1 tränas där", "1 inte uppfyllt", "1 inte prövat"):
        assert words in page.text
    assert "%" not in page.text.split("<main")[1].split("</main")[0]
    adapted = {"by": asta, "kind": "adapt", "words": "Sittpall"}
    actions.adjust(enrolment, laundry, "p_hard", **adapted)
    assert states(enrolment, laundry, cast.on)["p_hard"] == "adapted"
    actions.adjust(enrolment, laundry, "p_dark", by=asta, kind="unwanted", words="Vill inte")
    assert states(enrolment, laundry, cast.on)["p_dark"] == "unwanted"
    assert Adjustment.objects.filter(enrolment=enrolment).count() == 2


@pytest.mark.requirement("KN-74")
def test_a_limit_agreed_with_the_person_speaks_against_what_was_seen(
    cast: Cast, enrolment: Enrolment, asta: Any, laundry: Opening, monkeypatch: Any
) -> None:
    limit = Limit("p_met", 1)
    monkeypatch.setattr(
        "stegvis.journey.placements.facts.fitting.LIMITS",
        [lambda keys, on: {key: [limit] for key in keys}],
    )
    assert states(enrolment, laundry, cast.on)["p_met"] == "not_met"


def test_the_limits_of_the_room_of_work_are_asked() -> None:
    import stegvis.config.urls  # noqa: F401 -- lays out

    assert [one.__module__ for one in LIMITS] == ["stegvis.journey.work.facts.fits"]


@pytest.mark.requirement("JI-45", "FM-30")
def test_the_own_goal_stands_first_and_openings_are_searched_by_interest(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    first = an_opening(enrolment.tenant_id, "Arkiv")
    last = an_opening(enrolment.tenant_id, "Odlingen", tasks="Trädgårdsarbete ute")
    goal(enrolment, cast, "Trädgård")
    found = fits_for(enrolment, open_openings(on=cast.on), on=cast.on)
    names = [one.opening.pk for one in found]
    assert names.index(last.pk) < names.index(first.pk)
    assert {one.opening.pk: one.wanted for one in found}[last.pk] == "Trädgård"
    address = reverse("openings_for", args=[enrolment.person_id])
    page = sign_in(cast["asta"]).get(address, {"q": "trädgårdsarbete"}).text
    assert "Odlingen" in page
    assert "Arkiv" not in page


@pytest.mark.requirement("JI-30", "JI-45")
def test_example_companies_with_room_and_where_one_can_come_in_are_found(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    """Everybody at Bageriet has the module; at Kiosken nobody; only at Kiosken one comes in."""
    tenant = enrolment.tenant_id
    bakery, kiosk = an_opening(tenant, "Bageri", places=1), an_opening(tenant, "Kiosk", places=1)
    module = AmbassadorModule(tenant_id=tenant, name="Bemötande", selected=True)
    module.save(force_insert=True)
    for opening, trained in ((bakery, True), (kiosk, False)):
        worker = Employee(tenant_id=tenant, site=opening.site, name=f"Vid {opening.name}")
        worker.save(force_insert=True)
        if trained:
            for one in AmbassadorModule.modules.order_by("id"):
                done = Completed(tenant_id=tenant, employee=worker, module=one, on=cast.on)
                done.save(force_insert=True)
    kiosk.site.physical = "yes"
    kiosk.site.save()
    visitor = sign_in(cast["asta"])
    address = reverse("openings_for", args=[enrolment.person_id])
    shown = {
        asked: [name for name in ("Bageristället", "Kioskstället") if name in page]
        for asked in ("example", "reach", "free")
        for page in [visitor.get(address, {asked: "1"}).text]
    }
    assert shown["example"] == ["Bageristället"]
    assert shown["reach"] == ["Kioskstället"]
    assert shown["free"] == ["Bageristället", "Kioskstället"]
    actions.place(enrolment, practice(bakery.site, cast.on, opening=bakery), by=asta)
    assert Placement.placements.get(opening=bakery).grade == "example"
    page = visitor.get(address, {"free": "1", "example": "1"}).text
    assert "Bageristället" not in page


@pytest.mark.requirement("FM-30")
def test_one_yes_stays_proposed_and_two_make_a_match(
    cast: Cast, enrolment: Enrolment, asta: Any, at_work: Any
) -> None:
    opening = an_opening(enrolment.tenant_id, "Lager", can_grow_into="Truck")
    contact = a_contact(opening.site)
    row = actions.propose_match(enrolment, NewMatch(opening.site, opening), by=asta)
    assert (row.state, row.can_grow_into, told(row, "match")) == ("proposed", "Truck", None)
    actions.answer_for_company(row, by=asta, said="yes", contact=contact, seen=row.version)
    assert (row.state, told(row, "match")) == ("proposed", {"accepted_by": ["employer"]})
    with at_work(cast["olle"]):
        actions.answer_match(row, by=cast["olle"].actor, said="yes", seen=row.version)
    assert row.state == "accepted"
    assert told(row, "match") == {"accepted_by": ["participant", "employer"]}
    with pytest.raises(NotNow, match="answered"):
        actions.answer_match(row, by=asta, said="no", seen=row.version)


@pytest.mark.requirement("FM-30")
def test_one_no_ends_it_and_nothing_is_told(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    opening = an_opening(enrolment.tenant_id, "Kök")
    row = actions.propose_match(enrolment, NewMatch(opening.site, opening), by=asta)
    actions.answer_match(row, by=asta, said="yes", seen=row.version)
    actions.answer_for_company(row, by=asta, said="no", contact=None, seen=row.version)
    assert (row.state, told(row, "match")) == ("declined", None)
    assert actions.propose_match(enrolment, NewMatch(opening.site, opening), by=asta).pk != row.pk


@pytest.mark.requirement("FM-30")
def test_against_what_is_known_only_with_a_reason_that_is_kept(
    cast: Cast, enrolment: Enrolment, asta: Any, laundry: Opening
) -> None:
    with pytest.raises(NotNow, match="against_missing"):
        actions.propose_match(enrolment, NewMatch(laundry.site, laundry), by=asta)
    new = NewMatch(laundry.site, laundry, despite="Tränas de första veckorna")
    row = actions.propose_match(enrolment, new, by=asta)
    assert (row.despite, row.despite_why) == (["p_hard"], "Tränas de första veckorna")
    with pytest.raises(NotNow, match="matched_before"):
        actions.propose_match(enrolment, new, by=asta)


def test_set_aside_says_why(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    opening = an_opening(enrolment.tenant_id, "Natt")
    with pytest.raises(NotNow, match="why_missing"):
        actions.set_aside(enrolment, opening, " ", by=asta)
    assert actions.set_aside(enrolment, opening, "Nätter går inte", by=asta).state == "set_aside"
    assert not Match.matches.going().filter(enrolment=enrolment, opening=opening).exists()


def test_whoever_may_only_read_writes_nothing(
    cast: Cast, enrolment: Enrolment, asta: Any, at_work: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    with at_work(cast["mona"]), pytest.raises(Hidden):
        actions.plan_visit(enrolment, NewVisit(site, "visit", cast.on), by=cast["mona"].actor)


@pytest.mark.requirement("JI-26")
def test_the_placement_shows_the_ambassadors_there(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    tenant, opening = enrolment.tenant_id, an_opening(enrolment.tenant_id, "Bageri")
    for name, whole in (("Leila Ambassadör", True), ("Bo Bredvid", False)):
        worker = Employee(tenant_id=tenant, site=opening.site, name=name)
        worker.save(force_insert=True)
        for module in AmbassadorModule.modules.order_by("id") if whole else ():
            Completed(tenant_id=tenant, employee=worker, module=module).save(force_insert=True)
    actions.place(enrolment, practice(opening.site, cast.on, opening=opening), by=asta)
    page = sign_in(cast["asta"]).get(reverse("placements", args=[enrolment.person_id])).text
    assert "Leila Ambassadör" in page
    assert "Bo Bredvid" not in page
    Employee.employees.filter(name="Leila Ambassadör").update(until=cast.on)
    page = sign_in(cast["asta"]).get(reverse("placements", args=[enrolment.person_id])).text
    assert "Leila Ambassadör" not in page


def lives(enrolment: Enrolment, address: str) -> None:
    row = Contact.objects.filter(person=enrolment.person_id).first() or Contact(
        tenant_id=enrolment.tenant_id, person_id=enrolment.person_id
    )
    row.address = address
    row.save()


@pytest.mark.requirement("JI-30")
def test_places_near_home_are_found_from_the_postal_area_and_no_address_is_shown(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    """The middle of 11122 lies at 59, 18: one site 6 km from it, one 60, one nobody knows where."""
    sites = (("Bageri", "59.05396"), ("Kiosk", "59.53960"), ("Lager", None))
    for name, north in sites:
        opening = an_opening(enrolment.tenant_id, name)
        opening.site.latitude, opening.site.longitude = north, north and "18"
        opening.site.save()
    visitor, address = sign_in(cast["asta"]), reverse("openings_for", args=[enrolment.person_id])
    lives(enrolment, "Okänd väg 1")
    assert 'name="km"' not in visitor.get(address).text  # where home is, nobody knows
    lives(enrolment, "Hemliga gränd 7, 111 22 Ekdala")
    page = visitor.get(address, {"km": "10"}).text
    assert "Bageristället" in page
    assert "ungefär 6 km" in page
    assert "Kioskstället" not in page
    assert "Lagerstället" not in page
    assert "Kioskstället" in visitor.get(address, {"km": "nonsense"}).text
    assert "Hemliga gränd" not in page


@pytest.mark.requirement("JI-30")
def test_how_far_a_protected_person_lives_is_told_nobody(
    cast: Cast, asta: Any, sign_in: Any
) -> None:
    """Not even those who may know where they work: of their address only a few may know anything,
    and a distance is a part of it."""
    one = cast.person("protected_named")
    row = Enrolment.enrolments.get(pk=one.enrolment)
    opening = an_opening(row.tenant_id, "Bageri")
    opening.site.latitude, opening.site.longitude = "59.05396", "18"
    opening.site.save()
    lives(row, "Hemliga gränd 7, 111 22 Ekdala")
    address = reverse("openings_for", args=[one.person])
    for asked in ({}, {"km": "5"}, {"km": "40"}):
        page = sign_in(cast["asta"]).get(address, asked).text
        assert "Bageristället" in page, asked  # nothing is left out, so nothing is told
        assert "fågelvägen" not in page
        assert 'name="km"' not in page
