"""Areas shown, offered, chosen and left out; and how many saw them all."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.work.actions import (
    NewChoice,
    NewReason,
    change_reason,
    choose_area,
    show_areas,
)
from stegvis.journey.work.facts import chosen_areas, offers, saw_all
from stegvis.journey.work.models import AreaChoice, Showing
from stegvis.journey.work.words import why_left_out
from stegvis.journey.workplaces.facts import areas_offered
from stegvis.journey.workplaces.models import WorkArea, Workplace
from stegvis.platform.access.authority import Hidden
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.made import an_enrolment
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
CHOSEN, LEFT_OUT, OFFERED = "chosen", "left_out", "offered"


@dataclass(frozen=True, slots=True)
class House:
    house: Workplace
    kitchen: WorkArea
    wood: WorkArea


@pytest.fixture
def house(cast: Cast, enrolment: Enrolment) -> House:
    here = {"tenant_id": cast.ekdala.tenant}
    place = Workplace(**here, unit_id=enrolment.unit_id, name="AME-huset")
    kitchen = WorkArea(**here, workplace=place, code="kok", name="Köket")
    wood = WorkArea(**here, workplace=place, code="snickeri", name="Snickeriet")
    for row in (place, kitchen, wood):
        row.save(force_insert=True)
    return House(place, kitchen, wood)


@pytest.mark.requirement("KN-97")
def test_one_press_shows_all_that_is_open_that_day_and_no_other(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House
) -> None:
    row = show_areas(enrolment, by=asta)
    open_now = {one.pk for one in areas_offered(enrolment.unit_id, on=cast.on)}
    assert {one.area_id for one in row.areas.all()} == open_now
    assert saw_all([enrolment.pk]) == {enrolment.pk: True}
    assert all(one.shown_on == cast.on for one in offers(enrolment, on=cast.on))


@pytest.mark.requirement("KN-97")
def test_what_all_was_is_what_was_open_then_and_two_showings_may_make_it_whole(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House
) -> None:
    assert saw_all([enrolment.pk]) == {}, "nothing is known of whom nothing is written"
    show_areas(enrolment, {house.wood.pk}, by=asta)
    assert saw_all([enrolment.pk]) == {enrolment.pk: False}
    rest = {one.pk for one in areas_offered(enrolment.unit_id, on=cast.on)} - {house.wood.pk}
    show_areas(enrolment, rest, by=asta)
    assert saw_all([enrolment.pk]) == {enrolment.pk: True}
    later = WorkArea(
        tenant_id=enrolment.tenant_id, workplace=house.house, code="tvatt", name="Tvätten"
    )
    later.save(force_insert=True)
    assert saw_all([enrolment.pk]) == {enrolment.pk: True}, "it was not there that day"


@pytest.mark.requirement("KN-97")
def test_a_unit_without_areas_of_its_own_offers_those_of_all(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House
) -> None:
    Workplace.objects.filter(unit=enrolment.unit_id).update(unit=cast.ekdala.units[1])
    show_areas(enrolment, by=asta)
    shown = {one.area.pk for one in offers(enrolment, on=cast.on) if one.shown_on}
    assert house.kitchen.pk in shown


def test_nothing_shown_is_no_showing(enrolment: Enrolment, asta: Any, house: House) -> None:
    with pytest.raises(NotNow, match="none_shown"):
        show_areas(enrolment, set(), by=asta)
    assert not Showing.objects.filter(enrolment=enrolment).exists()


@pytest.mark.requirement("KN-97")
def test_a_choice_says_whose_it_is_and_why_if_it_was_not_theirs(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House
) -> None:
    choose_area(enrolment, NewChoice(house.kitchen, OFFERED), by=asta)
    with pytest.raises(NotNow, match="why_missing"):
        choose_area(enrolment, NewChoice(house.kitchen, CHOSEN, by_person=False), by=asta)
    said = NewChoice(house.kitchen, CHOSEN, by_person=False, words="Enda platsen just nu.")
    choose_area(enrolment, said, by=asta)
    own = choose_area(enrolment, NewChoice(house.wood, CHOSEN), by=asta)
    assert own.by_person
    found = {one.area.pk: one for one in offers(enrolment, on=cast.on)}
    assert found[house.kitchen.pk].offered_on == cast.on
    assert not found[house.kitchen.pk].answer.by_person  # type: ignore[union-attr]
    assert chosen_areas(enrolment.pk) == {house.kitchen.pk, house.wood.pk}


@pytest.mark.requirement("KN-98")
def test_an_area_is_left_out_with_a_reason_of_the_list_and_the_latest_word_holds(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House
) -> None:
    for reason in ("", "no_such_reason"):
        with pytest.raises(NotNow, match="reason_missing"):
            choose_area(enrolment, NewChoice(house.wood, LEFT_OUT, reason=reason), by=asta)
    choose_area(enrolment, NewChoice(house.wood, CHOSEN), by=asta)
    choose_area(enrolment, NewChoice(house.wood, LEFT_OUT, reason="hours"), by=asta)
    assert chosen_areas(enrolment.pk) == frozenset()
    said = AreaChoice.objects.filter(enrolment=enrolment).order_by("created_at")
    assert [row.what for row in said] == [CHOSEN, LEFT_OUT], "what was said before stays"
    (answer,) = [o.answer for o in offers(enrolment, on=cast.on) if o.area.pk == house.wood.pk]
    assert answer is not None
    assert answer.reason == "hours"


@pytest.mark.requirement("KN-98")
def test_the_list_of_reasons_is_the_municipalitys_to_change(cast: Cast, asta: Any) -> None:
    with pytest.raises(NotNow, match="reason_twice"):
        change_reason(NewReason("språket", "x", "x", health=False))
    row = change_reason(NewReason("Hunden", "Hunden", "The dog", health=False))
    assert str(why_left_out()[row.code].texts["sv"]) == "Hunden"
    change_reason(NewReason("Hälsa", "Helbred", "Health", health=False, closed=True), code="health")
    known = why_left_out()["health"]
    assert (known.health, known.closed, known.ours) == (True, True, False)


@pytest.mark.requirement("KN-97", "KN-98")
def test_the_person_shows_and_chooses_on_their_own_page(
    cast: Cast, enrolment: Enrolment, house: House, sign_in: Any, as_job: Work
) -> None:
    visitor = sign_in(cast["olle"])
    address = reverse("my_areas")
    page = visitor.get(address).text
    assert "Köket" in page
    assert visitor.post(address, {"all": "1"}).status_code == 302
    assert visitor.post(address, {"area": str(house.kitchen.pk), "yes": "1"}).status_code == 302
    no = {"area": str(house.wood.pk), "no": "1"}
    assert "Välj varför" in visitor.post(address, no).text, "a reason is asked for"
    assert visitor.post(address, no | {"reason": "health"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        rows = {row.area_id: row for row in AreaChoice.objects.filter(enrolment=enrolment)}
        assert rows[house.kitchen.pk].by_person
        assert rows[house.kitchen.pk].by_id == cast["olle"].member
        assert rows[house.wood.pk].reason == "health"
        assert saw_all([enrolment.pk]) == {enrolment.pk: True}


@pytest.mark.requirement("KN-98", "N-15")
def test_that_health_is_why_is_read_by_those_alone_who_may_read_of_health(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House, sign_in: Any
) -> None:
    said = NewChoice(house.wood, LEFT_OUT, reason="health", words="Ryggen värker")
    choose_area(enrolment, said, by=asta)
    for name in ("area_offers", "area_choice"):
        keys = [enrolment.person_id, *([house.wood.pk] if name == "area_choice" else [])]
        page = text_of(sign_in(cast["asta"]).get(reverse(name, args=keys)))
        assert "Hälsan" in page
        assert "Ryggen värker" in page
        page = text_of(sign_in(cast["vera"]).get(reverse(name, args=keys)))
        assert "Annat" in page
        assert "Hälsan" not in page
        assert "Ryggen" not in page


@pytest.mark.requirement("KN-97")
def test_the_page_takes_one_press_and_twelve_questions(
    cast: Cast, enrolment: Enrolment, house: House, sign_in: Any, queries: Any
) -> None:
    visitor = sign_in(cast["vera"])
    address = reverse("area_offers", args=[enrolment.person_id])
    assert "Inget är skrivet" in visitor.get(address).text
    assert visitor.post(address, {"all": "1"}).status_code == 302
    with queries() as made:
        page = visitor.get(address)
    assert made.count <= 12
    assert "Har sett alla områden" in text_of(page)
    to = reverse("area_choice", args=[enrolment.person_id, house.wood.pk])
    typed = {"what": "chosen", "whose": "staff", "words": ""}
    assert "skriv varför" in visitor.post(to, typed).text
    assert visitor.post(to, typed | {"words": "Han frågade efter trä."}).status_code == 302
    assert "Bestämt av personal" in text_of(visitor.get(address))


def test_whoever_may_not_write_shows_and_chooses_nothing(
    cast: Cast, enrolment: Enrolment, house: House, at_work: Work, sign_in: Any
) -> None:
    with at_work(cast["mona"]), pytest.raises(Hidden):
        show_areas(enrolment, by=cast["mona"].actor)
    other = cast.person("same_unit")
    theirs = Enrolment(pk=other.enrolment, person_id=other.person)
    new = NewChoice(house.wood, CHOSEN)
    with at_work(cast["olle"]), pytest.raises(Hidden):
        choose_area(theirs, new, by=cast["olle"].actor)
    address = reverse("area_offers", args=[enrolment.person_id])
    assert sign_in(cast["mona"]).post(address, {"all": "1"}).status_code == 404


# In figures


def words_of(page: Any) -> str:
    """What is read on the page, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def _nine_women(cast: Cast) -> list[Enrolment]:
    """As in the source: seven of nine had seen every area."""
    rows = [an_enrolment(cast) for _one in range(9)]
    Person.people.update(sex="u")
    Person.people.filter(pk__in=[row.person_id for row in rows]).update(sex="f")
    areas = areas_offered(rows[0].unit_id, on=cast.on)
    for n, row in enumerate(rows):
        show_areas(row, None if n < 7 else {areas[0].pk}, by=None)
    return rows


@pytest.mark.requirement("KN-97")
def test_the_manager_reads_seven_of_nine_with_what_is_not_known(
    cast: Cast, house: House, as_job: Work, sign_in: Any, queries: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        _nine_women(cast)
    visitor = sign_in(cast["mona"])
    address = reverse("equal_offers")
    visitor.get(address)
    with queries() as made:
        page = words_of(visitor.get(address))
    assert made.count <= 12
    assert "Kvinnor 7 av 9" in page
    assert "77,8 %" in page
    assert "45–94 %" in page
    with as_job(cast.ekdala.tenant):
        assert Event.events.filter(what="equal_offers_counted").exists()


@pytest.mark.requirement("KN-97")
def test_a_small_group_is_not_told_and_nobody_hidden_is_counted(
    cast: Cast, house: House, as_job: Work, sign_in: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        rows = _nine_women(cast)
        Person.people.filter(pk__in=[row.person_id for row in rows[:3]]).update(sex="m")
        for key in ("protected_hidden", "protected_named"):
            show_areas(Enrolment.enrolments.get(pk=cast.person(key).enrolment), by=None)
    page = words_of(sign_in(cast["mona"]).get(reverse("equal_offers")))
    assert "Män för få för att visas" in page
    assert "Alla 7 av 9" in page, "the protected are in no figure"
    assert "av 11" not in page


@pytest.mark.requirement("KN-98")
def test_reasons_are_counted_by_people_and_few_are_not_told(
    cast: Cast, house: House, as_job: Work, sign_in: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        for n in range(6):
            row = an_enrolment(cast)
            for area in (house.wood, house.kitchen):
                choose_area(row, NewChoice(area, LEFT_OUT, reason="hours"), by=None)
            if n < 2:
                choose_area(row, NewChoice(house.wood, LEFT_OUT, reason="health"), by=None)
            if n > 2:
                choose_area(row, NewChoice(house.wood, LEFT_OUT, reason="full"), by=None)
    page = words_of(sign_in(cast["mona"]).get(reverse("equal_offers")))
    assert "Tiderna passar inte 6" in page
    assert "Hälsan för få" in page
    assert "Det är fullt just nu för få" in page


def test_the_reasons_are_changed_in_the_browser(cast: Cast, sign_in: Any) -> None:
    visitor = sign_in(cast["ada"])
    address = reverse("left_out_reasons")
    assert "Vägen dit" in visitor.get(address).text
    typed = {"sv": "Bussen går inte", "da": "Bussen", "en": "No bus"}
    assert visitor.post(f"{address}?code=way_there", typed).status_code == 302
    page = visitor.get(address).text
    assert "Bussen går inte" in page
    assert "Vägen dit" not in page
    assert visitor.get(f"{address}?code=huh").status_code == 404


def test_an_area_that_is_closed_takes_no_answer(
    cast: Cast, enrolment: Enrolment, asta: Any, house: House, sign_in: Any
) -> None:
    WorkArea.areas.filter(pk=house.wood.pk).update(until=cast.on - dt.timedelta(days=1))
    to = reverse("area_choice", args=[enrolment.person_id, house.wood.pk])
    assert sign_in(cast["asta"]).get(to).status_code == 404
