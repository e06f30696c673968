"""Cars: used, checked, mended; and only whoever has the licence drives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.days import actions
from stegvis.journey.days.models import Booking, Fault, Hand, Vehicle, VehicleCheck
from stegvis.journey.days.words import OURS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions import CredentialText, note_credential
from stegvis.journey.week.actions import NewSlot, copy_week, plan
from stegvis.journey.week.models import Slot
from stegvis.journey.workplaces.models import WorkArea
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
type Signing = Callable[..., Any]
type Job = Callable[..., Any]
DAY = dt.timedelta(days=1)


@pytest.fixture
def address(cast: Cast, car: Vehicle) -> str:
    return reverse("vehicle", args=[car.pk, cast.on])


def _check(way: str = "out", **bad: str) -> dict[str, str]:
    return {"do": f"check:{way}"} | {f"{way}-p-{code}": bad.get(code, "good") for code in OURS[way]}


def _seen(olle: Enrolment, until: dt.date, classes: tuple[str, ...] = ("B",)) -> None:
    text = CredentialText("licence", "Körkort", "yes", classes=classes, valid_to=until)
    note_credential(olle, text, by=None)


@pytest.mark.requirement("KN-46")
def test_a_car_that_is_used_without_a_check_is_warned_of_until_it_is_checked(
    cast: Cast, address: str, day: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    warning = "Bilen används i dag och är inte kontrollerad."
    assert warning not in text_of(visitor.get(day))
    assert visitor.post(address, {"do": "book", "part": "day"}).status_code == 302
    assert warning in text_of(visitor.get(day))
    assert visitor.post(address, _check()).status_code == 302
    assert warning not in text_of(visitor.get(day))
    with as_job(cast.ekdala.tenant):
        (row,) = VehicleCheck.objects.all()
        assert row.good == ["oil", "washer", "fuel", "lights", "clean"]


@pytest.mark.requirement("KN-46")
def test_every_point_is_answered_and_the_second_press_is_no_second_check(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    lacking = {key: value for key, value in _check().items() if key != "out-p-oil"}
    assert faults_of(text_of(visitor.post(address, lacking)))
    for _again in range(2):
        assert visitor.post(address, _check()).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert VehicleCheck.objects.count() == 1


@pytest.mark.requirement("KN-46")
def test_a_defect_is_somebodys_task_until_it_is_mended(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    visitor.post(address, _check(lights="bad"))
    with as_job(cast.ekdala.tenant):
        row = Fault.objects.get()
        assert (row.code, row.owner_id) == ("lights", cast["vera"].member)
    visitor.post(address, {"do": f"owner:{row.pk}", "to": str(cast["mona"].member)})
    with as_job(cast.ekdala.tenant):
        assert Fault.objects.get().owner_id == cast["mona"].member
    for _again in range(2):
        assert visitor.post(address, {"do": f"mend:{row.pk}"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Fault.objects.get().mended_on == cast.on
    assert f"mend:{row.pk}" not in text_of(visitor.get(address))


@pytest.mark.requirement("KN-46")
def test_a_participants_hand_did_it_and_a_colleague_answers(
    cast: Cast, address: str, olle: Enrolment, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    said = _check("back", wash="bad") | {"back-hand": str(olle.person_id)}
    assert visitor.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert VehicleCheck.objects.get().by_id == cast["vera"].member
        assert Hand.objects.get().person_id == olle.person_id
    assert olle.person.name in text_of(visitor.get(address))
    # Whoever does not work with them sees the check and not whose hand it was.
    other = text_of(sign_in(cast["mona"]).get(address))
    assert "Tvätt" in other


@pytest.mark.requirement("KN-51")
def test_whoever_has_no_licence_is_refused_as_driver_with_a_sentence(
    cast: Cast, address: str, olle: Enrolment, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    said = {"do": "book", "part": "day", "driver": f"p:{olle.person_id}", "errand": "Möbler"}
    page = text_of(visitor.post(address, said))
    assert f"{olle.person.name} har inte visat något körkort med behörighet B" in page
    assert 'value="Möbler"' in page
    with as_job(cast.ekdala.tenant):
        assert not Booking.objects.exists()
        _seen(olle, cast.on - DAY)  # it ran out yesterday
    assert faults_of(text_of(visitor.post(address, said)))
    with as_job(cast.ekdala.tenant):
        _seen(olle, cast.on)
    assert visitor.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Hand.objects.get().person_id == olle.person_id
    assert f"{olle.person.name} kör" in text_of(visitor.get(address))


@pytest.mark.requirement("KN-51")
def test_a_colleague_drives_once_the_licence_has_been_seen(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor, vera = sign_in(cast["vera"]), cast["vera"]
    said = {"do": "book", "part": "am", "driver": f"m:{vera.member}"}
    assert faults_of(text_of(visitor.post(address, said)))
    seen = {"do": "licence", "member": str(vera.member), "classes": ["B"]}
    assert faults_of(text_of(visitor.post(reverse("vehicles"), seen)))
    seen["valid_to"] = (cast.on + DAY).isoformat()
    assert visitor.post(reverse("vehicles"), seen).status_code == 302
    assert visitor.post(address, said).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Booking.objects.get().driver_id == vera.member


def test_a_car_is_in_one_place_at_a_time(
    cast: Cast, address: str, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["vera"])
    for part, taken in (("am", False), ("pm", False), ("am", True), ("day", True)):
        answer = visitor.post(address, {"do": "book", "part": part})
        assert (answer.status_code == 200) is taken, part
    with as_job(cast.ekdala.tenant):
        row = Booking.objects.get(part="am")
    visitor.post(address, {"do": f"off:{row.pk}"})
    assert visitor.post(address, {"do": "book", "part": "am"}).status_code == 302


@pytest.mark.requirement("KN-51")
def test_a_half_day_where_one_drives_is_refused_without_a_licence(
    cast: Cast, olle: Enrolment, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        area = WorkArea.areas.get(pk=cast.ekdala.work["area"])
        area.licence = "B"
        area.save_if_unchanged("licence")
        on = cast.on + DAY * (7 - cast.on.weekday())
        with pytest.raises(NotNow, match="no_licence"):
            plan(olle, [NewSlot(on, "am", area.pk)], by=None)
        _seen(olle, on)
        assert plan(olle, [NewSlot(on, "am", area.pk)], by=None) == 1
        # The week after it does not hold any longer: it is not copied.
        assert copy_week([olle], on + 7 * DAY, by=None) == 0  # type: ignore[arg-type]
        assert Slot.slots.filter(person=olle.person_id, day__gt=on).count() == 0


@pytest.mark.requirement("KN-51")
def test_a_licence_is_there_once_classes_and_last_day_are_written(
    cast: Cast, olle: Enrolment, sign_in: Signing, as_job: Job
) -> None:
    visitor = sign_in(cast["asta"])
    address = reverse("new_credential", args=[olle.person_id])
    said: dict[str, Any] = {"kind": "licence", "what": "Körkort", "exists": "yes", "version": "0"}
    assert faults_of(text_of(visitor.post(address, said)))
    said |= {"classes": ["B", "BE"], "valid_to": "2031-05-01"}
    assert visitor.post(address, said).status_code == 302
    page = text_of(visitor.get(reverse("papers", args=[olle.person_id])))
    assert "B, BE" in page
    assert "gäller till 1 maj 2031" in page


@pytest.mark.requirement("KN-51")
def test_a_driver_one_does_not_work_with_is_not_shown(
    cast: Cast, address: str, car: Vehicle, as_job: Job, sign_in: Signing
) -> None:
    hidden = cast.person("protected_hidden")
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.select_related("person").get(pk=hidden.enrolment)
        _seen(row, cast.on)
        made = Booking(tenant_id=car.tenant_id, vehicle=car, on=cast.on, by_id=cast["vera"].member)
        made.save(force_insert=True)
        Hand(
            tenant_id=car.tenant_id, person_id=row.person_id, enrolment=row, on=cast.on,
            booking=made,
        ).save(force_insert=True)  # fmt: skip
    page = text_of(sign_in(cast["vera"]).get(address))
    assert hidden.family not in page
    assert "ingen förare visas" in page


def test_another_units_car_is_as_if_it_were_not(cast: Cast, sign_in: Signing) -> None:
    address = reverse("vehicle", args=[cast.ekdala.work_too["vehicle"], cast.on])
    assert sign_in(cast["vera"]).get(address).status_code == 404


def test_the_page_of_a_car_asks_few_questions(
    cast: Cast, address: str, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["vera"])
    visitor.get(address)
    with queries() as made:
        text_of(visitor.get(address))
    assert made.count <= 14, "\n".join(made.statements)


def test_a_check_belongs_to_its_day(cast: Cast, car: Vehicle, at_work: Any) -> None:
    vera = cast["vera"]
    said = dict.fromkeys(OURS["out"], True)
    with at_work(vera), pytest.raises(NotNow, match="other_day"):
        actions.check(car, actions.NewCheck(cast.on - DAY, "out", said), by=vera.actor)
