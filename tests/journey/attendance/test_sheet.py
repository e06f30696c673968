"""The list of a day: everybody is here but the few who are not."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.attendance.models import Attendance, DayMark, Statement
from stegvis.journey.followups.models import Note
from stegvis.journey.intake.models import Assignment
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.work.actions import DayHours, NewHours, set_hours
from tests.cast.building import as_service
from tests.cast.people import Cast
from tests.journey.attendance.conftest import join, sent, touch

pytestmark = pytest.mark.django_db
SLOT = re.compile(r'data-slot="([0-9a-f]{20})"')


def url(day: dt.date, what: str = "work") -> str:
    return f"/attendance/{day}/{what}/"


def slots(page: Any) -> list[str]:
    return SLOT.findall(page.content.decode())


@pytest.mark.requirement("KN-43", "KN-44")
def test_fourteen_are_here_and_one_is_three_quarters_late(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    join(cast, 13)
    vera = sign_in(cast["vera"])
    found = slots(vera.get(url(day)))
    assert len(found) == 14
    form = {f"s-{found[3]}": "l", f"m-{found[3]}": "45", "all": "1", "done": "1"}
    vera.post(url(day), form)
    with as_service(cast.ekdala.tenant):
        rows = Attendance.attendances.filter(on=day)
        assert rows.count() == 14
        assert rows.get(status="late").minutes == 45
        assert rows.filter(status="present").count() == 13
        assert DayMark.objects.filter(on=day, member=cast["vera"].member).count() == 1


@pytest.mark.requirement("KN-44")
def test_who_is_late_leads_to_a_note_of_the_talk_and_back_to_the_list(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    """A case worker writes notes of talks; a supervisor may not, and is not sent there."""
    vera, asta = sign_in(cast["vera"]), sign_in(cast["asta"])
    (slot,) = slots(vera.get(url(day)))
    vera.post(url(day), {f"s-{slot}": "l", f"m-{slot}": "45", "all": "1", "done": "1"})
    own = cast.person("own").person
    link = f"{reverse('note', args=[own])}?next={url(day)}"
    assert link not in vera.get(url(day)).content.decode()
    page = asta.get(url(day)).content.decode()
    assert f'href="{link}"' in page
    sent_ = {"text": "Om morgonen och rutinen.", "on": day.isoformat(), "next": url(day)}
    assert asta.post(link, sent_).url == url(day)
    with as_service(cast.ekdala.tenant):
        assert Note.notes.filter(person=own, on=day).exists()


@pytest.mark.requirement("KN-43")
def test_one_post_for_twenty_takes_as_many_statements_as_for_one(
    cast: Cast, sign_in: Any, queries: Any, day: dt.date
) -> None:
    join(cast, 19)
    vera = sign_in(cast["vera"])
    found = slots(vera.get(url(day)))
    with queries() as one:
        vera.post(url(day), sent([touch(found[0], "h")]))
    with queries() as many:
        vera.post(url(day), sent([touch(slot, "h", n) for n, slot in enumerate(found)]))
    assert len(found) == 20
    assert many.count <= one.count + 1
    assert many.count <= 20, many.statements


def test_the_page_keeps_to_its_budget(cast: Cast, sign_in: Any, queries: Any, day: dt.date) -> None:
    join(cast, 21)
    vera = sign_in(cast["vera"])
    vera.get(url(day))
    with queries() as made:
        assert len(slots(vera.get(url(day)))) == 22
    assert made.count <= 12, made.statements


@pytest.mark.requirement("KN-43")
def test_the_same_touch_sent_twice_is_one(cast: Cast, sign_in: Any, day: dt.date) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day)))
    mark = touch(slot, "s")
    for _again in range(2):
        assert vera.post(url(day), sent([mark]), follow=True).json()["marks"] == {slot: "s"}
    with as_service(cast.ekdala.tenant):
        assert Statement.objects.filter(on=day).count() == 1
        assert Attendance.attendances.filter(on=day).count() == 1


@pytest.mark.requirement("KN-44")
def test_two_tablets_keep_both_marks_the_later_holds_and_a_page_shows_it(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day)))
    vera.post(url(day), sent([touch(slot, "h", ago=1_000)]))
    told = vera.post(
        url(day), sent([touch(slot, "s", ago=7_200_000)], device="two"), follow=True
    ).json()
    assert told["marks"] == {slot: "h"}
    assert told["disputed"] == [slot]
    page = vera.get("/attendance/two-tablets/")
    assert cast.person("own").name in page.content.decode()
    with as_service(cast.ekdala.tenant):
        row = Attendance.attendances.get(on=day)
        assert Statement.objects.filter(on=day).count() == 2
    vera.post("/attendance/two-tablets/", {"row": str(row.pk)})
    assert cast.person("own").name not in vera.get("/attendance/two-tablets/").content.decode()


@pytest.mark.requirement("KN-58")
def test_the_list_is_in_the_order_in_which_they_begin(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    with as_service(cast.ekdala.tenant):
        for row, start in zip(join(cast, 3), (9, 7, 8), strict=True):
            days = tuple(DayHours(n, dt.time(start), dt.time(15)) for n in range(1, 6))
            set_hours(row, NewHours(day - dt.timedelta(days=30), days), by=None)
    text = sign_in(cast["vera"]).get(url(day)).content.decode()
    if "09.00" in text:  # no list on a holiday
        assert [text.index(name) for name in ("Nya1 ", "Nya2 ", "Nya0 ")] == sorted(
            text.index(name) for name in ("Nya0 ", "Nya1 ", "Nya2 ")
        )


@pytest.mark.requirement("JI-13")
def test_breakfast_is_counted_apart(cast: Cast, sign_in: Any, day: dt.date) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day, "breakfast")))
    vera.post(url(day, "breakfast"), sent([touch(slot, "h")]))
    with as_service(cast.ekdala.tenant):
        person = cast.person("own").person
        told = DatedFact.objects.filter(person=person, on=day, kind__in=("attendance", "activity"))
        assert [(row.kind, row.values) for row in told] == [("activity", {"what": "breakfast"})]
    page = vera.get(f"/people/{cast.person('own').person}/attendance/").content.decode()
    assert "räknat för sig" in page


@pytest.mark.requirement("KN-117")
def test_each_sees_their_own_days(cast: Cast, sign_in: Any, day: dt.date) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day)))
    vera.post(url(day), sent([touch(slot, "l20")]))
    assert "20 min" in sign_in(cast["olle"]).get("/my/plan/how/").content.decode()


def test_a_correction_of_what_one_saw_is_no_dispute(cast: Cast, sign_in: Any, day: dt.date) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day)))
    vera.post(url(day), sent([touch(slot, "l15", ago=5_000)]))
    fixed = sent([touch(slot, "h", over="l15")], device="two")
    assert vera.post(url(day), fixed, follow=True).json()["disputed"] == []


def test_somebody_elses_slot_is_not_taken_and_nothing_is_stored_half(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    vera = sign_in(cast["vera"])
    (slot,) = slots(vera.get(url(day)))
    answer = vera.post(url(day), sent([touch("0" * 20, "h", 2)]))
    assert answer.status_code == 409
    assert answer.json()["touches"] == ["not_in_the_list"]
    for bad in ("x", "l99999", "a77", ""):
        assert vera.post(url(day), sent([touch(slot, bad)])).status_code == 409
    assert vera.post(url(day), {"marks": "{", "device": ""}).status_code == 409
    deep = {"marks": "[" * 100_000, "device": ""}
    assert vera.post(url(day), deep).status_code == 409
    with as_service(cast.ekdala.tenant):
        assert not Attendance.attendances.filter(on=day).exists()


@pytest.mark.requirement("KN-44")
def test_a_touch_that_is_refused_takes_none_of_the_others_with_it(
    cast: Cast, sign_in: Any, day: dt.date
) -> None:
    join(cast, 2)
    vera = sign_in(cast["vera"])
    one, two, three = slots(vera.get(url(day)))
    with as_service(cast.ekdala.tenant):  # meanwhile another colleague has taken over
        gone = cast.person("own").person
        mine = Assignment.assignments.filter(enrolment__person=gone, member=cast["vera"].member)
        assert mine.update(until=day) == 1
    left = next(slot for slot in (one, two, three) if slot not in slots(vera.get(url(day))))
    stays = [slot for slot in (one, two, three) if slot != left]
    burst = [touch(stays[0], "h"), touch(left, "s", 2), touch(stays[1], "x", 3), {"slot": 1}]
    told = vera.post(url(day), sent([*burst, touch(stays[1], "l15", 5)]), follow=True).json()
    wanted = ["stored", "not_in_the_list", "code_unknown", "code_unknown", "stored"]
    assert told["touches"] == wanted
    assert set(told["words"]) == {"not_in_the_list", "code_unknown"}
    assert told["marks"] == {stays[0]: "h", stays[1]: "l15"}
    with as_service(cast.ekdala.tenant):
        assert Attendance.attendances.filter(on=day).count() == 2
        assert not Statement.objects.filter(on=day, person=gone).exists()


def test_what_a_state_is_asked_with_leads_nowhere(cast: Cast, sign_in: Any, day: dt.date) -> None:
    vera = sign_in(cast["vera"])
    for asked in ("n=x", "n=2&not_in_the_list=7.-1.x", "n=-1&code_unknown=0", "n=1&other=0"):
        told = vera.get(f"{url(day)}state/?{asked}").json()
        assert (set(told["touches"]) <= {"stored"}, told["words"]) == (True, {})


def test_a_day_ahead_is_not_marked(cast: Cast, sign_in: Any) -> None:
    vera = sign_in(cast["vera"])
    ahead = cast.on + dt.timedelta(days=1)
    while ahead.isoweekday() > 5:
        ahead += dt.timedelta(days=1)
    found = slots(vera.get(url(ahead)))
    assert all(vera.post(url(ahead), sent([touch(slot, "h")])).status_code == 409 for slot in found)


def test_the_shell_and_the_worker_name_nobody(cast: Cast, sign_in: Any) -> None:
    vera = sign_in(cast["vera"])
    for path in ("/attendance/without-network/", "/attendance/worker.js"):
        text = vera.get(path).content.decode()
        assert not any(trace in text for trace in (cast.person("own").given, "Nya"))
