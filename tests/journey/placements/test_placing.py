"""A placement: what must be said, what the law refuses, what is told, how it ends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.actions import LawRefuses, NewLine, NewTurn
from stegvis.journey.placements.facts.fitting import open_openings
from stegvis.journey.placements.facts.site import placed_at
from stegvis.journey.placements.models import Placement, PlacementDecision, PlacementLine, Visit
from stegvis.journey.placements.words import kinds
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.placements.conftest import (
    ORDINARY,
    PRACTICE,
    a_contact,
    a_site,
    an_opening,
    practice,
)
from tests.journey.placements.test_going_out import told

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.mark.requirement("FM-27")
def test_without_its_aim_of_ordinary_hours_nobody_is_placed(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    with pytest.raises(NotNow, match="aim_missing"):
        actions.place(enrolment, practice(site, cast.on, aim=" "), by=asta)
    row = actions.place(enrolment, practice(site, cast.on), by=asta)
    assert row.aim == "Fem ordinarie timmar efter tre månader"
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.placements.filter(pk=row.pk).update(aim="")


@pytest.mark.requirement("FM-27", "AJ-24", "JI-50")
def test_what_is_told_is_the_kind_and_the_kind_of_place_and_never_where(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = practice(a_site(enrolment.tenant_id, "Hemliga stället"), cast.on, kind="work_trial")
    row = actions.place(enrolment, new, by=asta)
    assert told(row, "placement") == {
        "site": "external_employer", "form": "work_trial", "early": row.early,
    }  # fmt: skip


@pytest.mark.requirement("JI-50")
def test_practice_and_work_trial_are_two_kinds_and_each_country_has_its_own() -> None:
    assert {"practice", "work_trial"} <= kinds("SE").keys()
    assert "work_trial" not in kinds("DK")
    assert "benefit_work" in kinds("DK")


@pytest.mark.requirement("AJ-24")
def test_the_kind_of_place_hangs_on_no_step(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    """They stand on step 2; a place outside is valid and so is the work centre."""
    outside = actions.place(
        enrolment, practice(a_site(enrolment.tenant_id, "Ute"), cast.on), by=asta
    )
    inside = practice(a_site(enrolment.tenant_id, "Inne"), cast.on, site_kind="arbetscentrum")
    row = actions.place(enrolment, inside, by=asta)
    assert {outside.site_kind, row.site_kind} == {"external_employer", "arbetscentrum"}
    assert outside.site.placements.count() == 1  # visible from the register of companies
    with pytest.raises(NotNow, match="no_such_kind"):
        actions.place(enrolment, practice(outside.site, cast.on, site_kind="moon"), by=asta)


@pytest.mark.requirement("FM-56")
def test_ordinary_hours_and_practice_are_two_lines_in_different_functions(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    lines = (NewLine(ORDINARY, "Kassa", Decimal(3)), NewLine(PRACTICE, "Lager", Decimal(9)))
    same = (lines[0], NewLine(PRACTICE, " kassa", Decimal(9)))
    with pytest.raises(NotNow, match="same_function"):
        actions.place(enrolment, practice(site, cast.on, lines=same), by=asta)
    row = actions.place(enrolment, practice(site, cast.on, lines=lines), by=asta)
    kept = {one.pay: one.hours_week for one in row.lines.all()}
    assert kept == {"ordinary": 3, "practice": 9}
    again = PlacementLine(
        tenant_id=row.tenant_id, placement=row, person_id=row.person_id, pay="subsidised",
        function="KASSA", hours_week=1,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.requirement("FM-38", "JI-52")
def test_a_fixed_contact_person_is_told_and_one_who_has_left_cannot_be_chosen(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    gone = a_contact(site, "Har Slutat", until=cast.on)
    other = a_contact(a_site(enrolment.tenant_id, "Annat"))
    for wrong in (gone, other):
        with pytest.raises(NotNow, match="no_contact"):
            actions.place(enrolment, practice(site, cast.on, contact=wrong), by=asta)
    row = actions.place(enrolment, practice(site, cast.on, guide="Siv"), by=asta)
    assert (told(row, "contact_person"), row.guide) == (None, "Siv")
    actions.deciding.change_contact(row, a_contact(site), "Siv", by=asta, seen=row.version)
    assert told(row, "contact_person") == {"at": "external_employer"}


@pytest.mark.requirement("FM-38", "FM-42")
def test_the_step_asks_for_the_contact_person_until_there_is_one(
    cast: Cast, danish: Enrolment, inge: Any
) -> None:
    site = a_site(danish.tenant_id)
    row = actions.place(danish, practice(site, cast.on, group=2, ends=cast.on + 3 * WEEK), by=inge)
    facts = judged(danish, on=cast.on).judged.road
    assert not facts.of("contact_person")
    actions.deciding.change_contact(row, a_contact(site), "", by=inge, seen=row.version)
    assert judged(danish, on=cast.on).judged.road.of("contact_person")


@pytest.mark.requirement("KN-137")
def test_a_place_outside_brings_an_accompanied_first_day_and_a_contact_so_that_it_lasts(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    since = cast.on + WEEK
    actions.place(enrolment, practice(a_site(enrolment.tenant_id), since), by=asta)
    planned = {one.kind: one for one in Visit.visits.planned().filter(enrolment=enrolment)}
    assert planned["start"].on == since
    assert planned["start"].company_id == cast["asta"].member
    assert planned["keep"].on == since + 4 * WEEK


@pytest.mark.requirement("JI-10")
def test_the_planned_first_day_stays_beside_the_one_it_began(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    site = a_site(enrolment.tenant_id)
    row = actions.place(enrolment, practice(site, cast.on + WEEK), by=asta)
    early = actions.NewMeasures("Fyra timmar i trädgården", cast.on - WEEK)
    actions.plan_first(enrolment, early, by=asta)
    actions.begin_placement(row, NewTurn(cast.on, row.version), by=asta)
    assert (row.planned, row.since, row.begun_on) == (cast.on + WEEK, cast.on, cast.on)
    with pytest.raises(NotNow, match="begun"):
        actions.begin_placement(row, NewTurn(cast.on, row.version), by=asta)
    page = sign_in(cast["asta"]).get(reverse("placements", args=[enrolment.person_id])).text
    assert "Fyra timmar i trädgården" in page
    assert "planerat till" in page


@pytest.mark.requirement("JI-10")
def test_what_it_takes_of_the_body_is_read_by_the_case_worker_and_not_by_the_mediator(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any, at_work: Any
) -> None:
    new = actions.NewMeasures("Korta pass", cast.on, condition="Vila varje timme")
    actions.plan_first(enrolment, new, by=asta)
    address = reverse("placements", args=[enrolment.person_id])
    assert "Vila varje timme" in sign_in(cast["asta"]).get(address).text
    page = sign_in(cast["jonna"]).get(address).text
    assert "Korta pass" in page
    assert "Vila varje timme" not in page
    with at_work(cast["jonna"]), pytest.raises(Hidden):
        actions.plan_first(enrolment, new, by=cast["jonna"].actor)


@pytest.mark.requirement("JI-31", "JI-30")
def test_early_is_what_was_fixed_before(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    new = actions.NewTrial("Tidig plats", 30, cast.on + WEEK, cast.on + 20 * WEEK)
    trial = actions.register_trial(new, by=asta)
    assert trial.registered_on < trial.since
    with pytest.raises(NotNow, match="trial_begun"):
        actions.register_trial(actions.NewTrial("Sent", 30, cast.on, cast.on + WEEK), by=asta)
    with pytest.raises(NotNow, match="trial_named"):
        actions.register_trial(new, by=asta)
    later = practice(a_site(enrolment.tenant_id), cast.on)
    assert actions.place(enrolment, later, by=asta).early_days is None  # enrolled before it


@pytest.mark.requirement("AJ-33", "INV-15")
def test_a_longer_time_is_decided_with_grounds_and_no_day_ends_it(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    new = practice(a_site(enrolment.tenant_id), cast.on - WEEK, ends=cast.on - dt.timedelta(days=1))
    row = actions.place(enrolment, new, by=asta)
    assert Placement.placements.held(cast.on).filter(pk=row.pk).exists()
    with pytest.raises(NotNow, match="grounds_missing"):
        actions.extend_placement(row, NewTurn(cast.on + WEEK, row.version), by=asta)
    longer = NewTurn(cast.on + WEEK, row.version, "Går bra, behöver mer tid")
    actions.extend_placement(row, longer, by=asta)
    assert row.ends == cast.on + WEEK
    actions.end_placement(row, NewTurn(cast.on, row.version, "Anställd"), by=asta)
    assert row.until == cast.on + dt.timedelta(days=1)
    assert PlacementDecision.objects.filter(placement=row).count() == 2
    with pytest.raises(NotNow, match="placement_over"):
        actions.end_placement(row, NewTurn(cast.on, row.version, "Igen"), by=asta)


# Danish law


def test_a_practice_longer_than_the_group_may_is_refused_with_its_paragraph(
    cast: Cast, danish: Enrolment, inge: Any, sign_in: Any
) -> None:
    site = a_site(danish.tenant_id)
    ends = cast.on + 5 * WEEK
    with pytest.raises(LawRefuses) as refused:
        actions.place(danish, practice(site, cast.on, group=1, ends=ends), by=inge)
    assert refused.value.faults[0].paragraph.startswith("LAB § 61")
    assert not Placement.placements.filter(site=site).exists()
    sent = {
        "where": f"site:{site.pk}", "kind": "practice", "aim": "Fem timer", "site_kind":
        "external_employer", "since": cast.on.isoformat(), "ends": ends.isoformat(),
        "hours_practice": "12", "function_practice": "Vask", "group": "1",
    }  # fmt: skip
    page = sign_in(cast["inge"]).post(reverse("place", args=[danish.person_id]), sent)
    assert page.status_code == 200
    assert "LAB § 61" in page.text
    assert "Fem timer" in page.text


def test_longer_only_with_a_paragraph_and_a_look_at_the_case(
    cast: Cast, danish: Enrolment, inge: Any
) -> None:
    site = a_site(danish.tenant_id)
    row = actions.place(danish, practice(site, cast.on, group=3, ends=cast.on + 12 * WEEK), by=inge)
    day = cast.on + 20 * WEEK
    with pytest.raises(NotNow, match="paragraph_missing"):
        actions.extend_placement(row, NewTurn(day, row.version, "Mere tid"), by=inge)
    new = NewTurn(day, row.version, "Mere tid", paragraph="§ 61", talked_on=cast.on)
    with pytest.raises(LawRefuses):
        actions.extend_placement(row, new, by=inge)
    row.refresh_from_db()
    new = NewTurn(
        day, row.version, "Mere tid", assessed=True, paragraph="LAB § 61, stk. 2",
        talked_on=cast.on,
    )  # fmt: skip
    actions.extend_placement(row, new, by=inge)
    assert row.ends == day


def test_more_than_the_site_may_have_is_refused_when_its_employees_are_known(
    cast: Cast, danish: Enrolment, inge: Any
) -> None:
    """Four employees allow one full-time person in practice."""
    site = a_site(danish.tenant_id)
    lines = (NewLine(PRACTICE, "Vask", Decimal(37)),)
    ends = cast.on + WEEK
    new = practice(site, cast.on, group=2, ends=ends, lines=lines, fte=Decimal(4))
    actions.place(danish, new, by=inge)
    other = Enrolment.enrolments.get(pk=cast.person("protected_abroad").enrolment)
    again = practice(site, cast.on, group=2, ends=ends, lines=lines)
    with pytest.raises(LawRefuses) as refused:
        actions.place(other, again, by=inge)
    (fault,) = refused.value.faults
    assert fault.code == "too_many_there"
    assert "§ 65" in fault.paragraph


def test_the_law_counts_all_units_and_nobody_protected(
    cast: Cast, danish: Enrolment, inge: Any, as_job: Any
) -> None:
    site = a_site(danish.tenant_id)
    actions.place(danish, practice(site, cast.on, group=2, ends=cast.on + WEEK), by=inge)
    share = Decimal(12) / 37
    assert placed_at(site, on=cast.on) == share
    hidden = cast.person("protected_abroad")
    row = Enrolment.enrolments.get(pk=hidden.enrolment)
    actions.place(row, practice(site, cast.on, group=2, ends=cast.on + WEEK), by=inge)
    assert placed_at(site, on=cast.on) == share


def test_an_opening_is_full_when_as_many_are_there_as_it_offers_and_nobody_is_named(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    one = an_opening(enrolment.tenant_id, "Ett", places=1)
    two = an_opening(enrolment.tenant_id, "Två", places=2)
    none = an_opening(enrolment.tenant_id, "Okänt")
    for opening in (one, two, none):
        new = practice(opening.site, cast.on, opening=opening)
        actions.place(enrolment, new, by=asta)
    found = {row.pk: row.full for row in open_openings(on=cast.on)}
    assert (found[one.pk], found[two.pk], found[none.pk]) == (True, False, False)


# Who may know where


@pytest.mark.requirement("FM-27")
def test_where_somebody_protected_is_placed_is_not_for_a_mediator_to_read_or_write(
    cast: Cast, asta: Any, sign_in: Any
) -> None:
    hidden = cast.person("protected_named")
    row = Enrolment.enrolments.get(pk=hidden.enrolment)
    place = a_site(row.tenant_id, "Skyddade stället")
    actions.place(row, practice(place, cast.on), by=asta)
    assert place.name in sign_in(cast["asta"]).get(reverse("placements", args=[hidden.person])).text


@pytest.mark.requirement("FM-27")
def test_placed_from_the_persons_page_in_at_most_fifteen_presses_and_fields(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any
) -> None:
    """Opens the tab, presses Place, fills in what is asked, saves. What stands there already is no
    press: the first day, the kind of place. One press opens the folded part."""
    opening = an_opening(enrolment.tenant_id, "Tvätt")
    contact = a_contact(opening.site)
    visitor, presses = sign_in(cast["asta"]), 0
    person = visitor.get(reverse("person", args=[enrolment.person_id])).text
    group = reverse("work", args=[enrolment.person_id])
    assert group in person
    tab = reverse("placements", args=[enrolment.person_id])
    assert tab in visitor.get(group).text
    presses += 2
    form = reverse("place", args=[enrolment.person_id])
    assert form in visitor.get(tab).text
    presses += 1
    page = visitor.get(form).text
    filled = {
        "where": f"opening:{opening.pk}", "kind": "work_trial", "aim": "8 timmar i månaden",
        "ends": (cast.on + 12 * WEEK).isoformat(), "hours_ordinary": "2",
        "function_ordinary": "Vikning", "hours_practice": "10", "function_practice": "Tvätt",
        "contact": str(contact.pk), "guide": "Siv",
    }  # fmt: skip
    there = {"since": cast.on.isoformat(), "site_kind": "external_employer"}
    assert f'value="{there["since"]}"' in page
    presses += len(filled) + 2  # the fold, and the button
    sent = visitor.post(form, {**filled, **there})
    assert sent.status_code == 302
    assert presses <= 15
    assert Placement.placements.get(opening=opening).lines.count() == 2


def test_what_the_law_asks_is_folded_until_something_in_it_is_wrong(
    cast: Cast, danish: Enrolment, sign_in: Any
) -> None:
    visitor, form = sign_in(cast["inge"]), reverse("place", args=[danish.person_id])
    page = visitor.get(form).text
    assert 'name="fte"' in page
    assert page.count('<details class="more">') == 2
    wrong = visitor.post(form, {"fte": "-1"}).text
    assert wrong.count('<details class="more" open>') == 1
    wrong = visitor.post(form, {"fte": "-1", "guide": "Siv"}).text
    assert wrong.count('<details class="more" open>') == 2
    assert 'value="Siv"' in wrong, "what was typed is kept"


def test_the_pages_ask_at_most_twelve_times(
    cast: Cast, enrolment: Enrolment, asta: Any, sign_in: Any, queries: Any
) -> None:
    opening = an_opening(enrolment.tenant_id, "Tvätt", ("punctuality", 2, False))
    actions.place(enrolment, practice(opening.site, cast.on, opening=opening), by=asta)
    visitor = sign_in(cast["asta"])
    person = enrolment.person_id
    placed = Placement.placements.get(opening=opening)
    addresses = [
        reverse("placements", args=[person]), reverse("openings_for", args=[person]),
        reverse("opening_fit", args=[person, opening.pk]), reverse("place", args=[person]),
        reverse("placement", args=[person, placed.pk]), reverse("needing_place"),
    ]  # fmt: skip
    over = {}
    for address in addresses:
        visitor.get(address)
        with queries() as made:
            visitor.get(address)
        over |= {address: made.count} if made.count > 12 else {}
    assert not over
