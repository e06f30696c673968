"""What is due: on My day, on the road, on the manager's list; let pass, never twice in a row."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing import actions
from stegvis.journey.standing.models import DatedFact, Exemption, NextDue
from stegvis.journey.steps.actions import plan_dues
from stegvis.journey.steps.tasks import plan_town
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Leave
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.made import an_enrolment
from tests.portals.caseworker.reading import faults_of, rows_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Working = Callable[..., Any]


def followed_up(cast: Cast, on: dt.date, *, kind: str = "follow_up", who: str = "own") -> None:
    """What the room of follow-ups tells the core. Call it inside a scope."""
    row = Enrolment.enrolments.get(pk=cast.person(who).enrolment)
    more = {"to": "referrer"} if kind == "report" else {}
    actions.tell(row, kind, source=uuid7(), on=on, **more)


def _part(html: str, name: str) -> str:
    return html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def _address(cast: Cast, cadence: str = "s2_follow_up") -> str:
    return reverse("exempt", args=[cast.person("own").person, cadence])


@pytest.mark.requirement("AJ-19", "X-06")
def test_after_eight_days_someone_on_step_two_is_on_the_list_with_the_reason(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    with as_job(cast.ekdala.tenant):
        followed_up(cast, cast.on - dt.timedelta(days=14))
        for kind in ("mapping_closed", "report"):  # the most pressing of a person stands first
            followed_up(cast, cast.on - dt.timedelta(days=14), kind=kind)
    listed = _part(text_of(sign_in(cast["asta"]).get(reverse("my_day"))), "follow-ups")
    assert cast.person("own").name in listed
    assert "dagar sedan förra gången" in listed
    assert "sen" in listed
    managed = text_of(sign_in(cast["mona"]).get(reverse("overdue")))
    assert cast.person("own").name in managed


@pytest.mark.requirement("AJ-19")
def test_whoever_was_followed_up_today_is_not_late(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    with as_job(cast.ekdala.tenant):
        followed_up(cast, cast.on)
    listed = _part(text_of(sign_in(cast["asta"]).get(reverse("my_day"))), "follow-ups")
    late = [row for row in rows_of(listed) if any("dag" in cell and "sen" in cell for cell in row)]
    assert not [row for row in late if "lättare arbetsträning" in " ".join(row)]


@pytest.mark.requirement("X-06")
def test_what_nobody_can_write_down_yet_is_not_asked_for(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    """The schedule of the week has no room yet: a list that is late whatever one does is noise."""
    for who, name in (("asta", "my_day"), ("mona", "overdue")):
        assert "Schema för veckan" not in text_of(sign_in(cast[who]).get(reverse(name)))
    road = text_of(sign_in(cast["asta"]).get(reverse("person", args=[cast.person("own").person])))
    assert "Schema för veckan" not in _part(road, "coming")


@pytest.mark.requirement("X-06")
def test_what_is_let_pass_is_gone_from_the_road_and_kept_with_its_reason(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["asta"])
    road = reverse("person", args=[cast.person("own").person])
    assert _address(cast) in _part(text_of(visitor.get(road)), "coming")
    sent = {"reason": "agreed", "submission": str(uuid.uuid4())}
    for _twice in range(2):  # a double click
        assert visitor.post(_address(cast), sent).status_code == 302
    with as_job(cast.ekdala.tenant):
        row = Exemption.objects.get(enrolment=cast.person("own").enrolment)
        assert (row.cadence, row.reason) == ("s2_follow_up", "agreed")
        assert row.by_id == cast["asta"].member
        assert row.since <= cast.on < row.until
        told = DatedFact.objects.get(source=row.pk)
        assert (told.kind, told.until) == ("exemption", row.until)
        event = Event.events.filter(what="let_pass").get()
        assert event.details == {"cadence": "s2_follow_up", "reason": "agreed"}
    listed = _part(text_of(visitor.get(reverse("my_day"))), "follow-ups")
    assert "lättare arbetsträning" not in listed


@pytest.mark.requirement("X-06")
def test_the_same_reason_twice_in_a_row_is_refused_in_a_sentence(
    cast: Cast, sign_in: Signing, at_work: Working, as_job: Working
) -> None:
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        first = Exemption(
            tenant_id=row.tenant_id, enrolment=row, person_id=row.person_id, reason="agreed",
            cadence="s2_follow_up", since=cast.on - dt.timedelta(days=30),
            until=cast.on - dt.timedelta(days=15),
        )  # fmt: skip
        first.save(force_insert=True)
        actions.tell(row, "exemption", source=first.pk, on=first.since, until=first.until,
                     cadence="s2_follow_up", reason="agreed")  # fmt: skip
    visitor = sign_in(cast["asta"])
    html = text_of(visitor.post(_address(cast), {"reason": "agreed"}))
    assert "Det senaste undantaget hade samma skäl" in " ".join(faults_of(html))
    assert 'value="agreed"' in html
    assert visitor.post(_address(cast), {"reason": "absent"}).status_code == 302


def test_nothing_is_let_pass_without_a_reason_or_where_nothing_is_due(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["asta"])
    assert faults_of(text_of(visitor.post(_address(cast), {"reason": ""})))
    assert faults_of(text_of(visitor.post(_address(cast), {"reason": "because"})))
    assert "Inget av det slaget" in text_of(visitor.get(_address(cast, "s5_follow_up")))
    late = visitor.post(_address(cast, "s5_follow_up"), {"reason": "absent"})
    assert "Inget av det slaget" in text_of(late)
    assert visitor.get(_address(cast, "invented")).status_code == 404
    with as_job(cast.ekdala.tenant):
        assert not Exemption.objects.filter(person=cast.person("own").person).exists()


@pytest.mark.parametrize("who", ["vera", "jonna", "mona"])
def test_who_may_not_let_pass_is_not_led_there(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    road = text_of(visitor.get(reverse("person", args=[cast.person("own").person])))
    assert "/exempt/" not in road
    assert visitor.get(_address(cast)).status_code == 404


@pytest.mark.requirement("JI-15")
def test_on_a_pause_nothing_is_asked_for(cast: Cast, sign_in: Signing, as_job: Working) -> None:
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        actions.begin_pause(row, by=None, since=cast.on, reason="illness")
    html = text_of(sign_in(cast["asta"]).get(reverse("my_day")))
    assert cast.person("own").name not in _part(html, "follow-ups")
    assert cast.person("own").name not in text_of(sign_in(cast["mona"]).get(reverse("overdue")))


@pytest.mark.requirement("INV-2", "N-03", "N-13")
def test_however_late_it_is_nothing_moves_by_itself(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    """A year of nights, of lists that are opened: the step, the road and the decisions stand."""
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=own.enrolment)
        before = (row.version, row.until, row.decisions.count(), list(row.periods.values()))
    for days in (0, 90, 365):
        plan_town(cast.ekdala.tenant, "SE", on=cast.on + dt.timedelta(days=days))
    sign_in(cast["asta"]).get(reverse("my_day"))
    sign_in(cast["mona"]).get(reverse("overdue"))
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=own.enrolment)
        after = (row.version, row.until, row.decisions.count(), list(row.periods.values()))
    assert after == before


def test_the_manager_sees_who_waits_of_how_many_and_never_whose_colleague_is_slow(
    cast: Cast, sign_in: Signing
) -> None:
    html = text_of(sign_in(cast["mona"]).get(reverse("overdue")))
    assert " av " in html.partition('class="lede">')[2].partition("<")[0]
    assert cast.person("own").name in html
    for key in ("other_unit", "protected_hidden", "protected_named", "left", "intake"):
        assert cast.person(key).family not in html, key
    for colleague in ("asta", "aron", "edvin"):
        assert f"{colleague.title()} Ekdaladotter" not in html.partition("<main")[2]


def test_what_the_manager_was_shown_is_logged(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    sign_in(cast["mona"]).get(reverse("overdue"))
    with as_job(cast.ekdala.tenant):
        event = Event.events.filter(what="overdue").latest("seq")
    assert str(cast.person("own").person) in [str(one) for one in event.persons]
    assert str(cast.person("protected_hidden").person) not in [str(one) for one in event.persons]


def test_what_was_worked_out_is_worked_out_anew_once_something_is_written(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    """No stale answer: the list is as of now for whoever something was written about."""
    visitor = sign_in(cast["mona"])
    assert cast.person("own").name in text_of(visitor.get(reverse("overdue")))
    with as_job(cast.ekdala.tenant):
        for kind in ("follow_up", "report", "goal_review", "mapping_closed"):
            followed_up(cast, cast.on, kind=kind)
        assert NextDue.objects.get(enrolment=cast.person("own").enrolment).stale
    assert cast.person("own").name not in text_of(visitor.get(reverse("overdue")))


@pytest.mark.requirement("AJ-48")
def test_goals_that_nobody_looked_at_twice_over_are_flagged(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        since = cast.on - dt.timedelta(days=4 * 7 + 10)
        agreed = uuid7()
        actions.tell(row, "plan_agreed", source=agreed, on=since)
    once = text_of(sign_in(cast["mona"]).get(reverse("overdue")))
    mine = [row for row in rows_of(once) if row and cast.person("own").name in row[0]]
    assert "Genomgång av mål och delmål sen sedan" in mine[0][2]
    goals = mine[0][2].partition("Genomgång")[2]
    assert "gånger utan" not in goals.partition("sen sedan")[2].split("  ")[0][:25]
    with as_job(cast.ekdala.tenant):
        since = cast.on - dt.timedelta(days=2 * 4 * 7 + 10)
        actions.tell(row, "plan_agreed", source=agreed, on=since)
    twice = text_of(sign_in(cast["mona"]).get(reverse("overdue")))
    mine = [row for row in rows_of(twice) if row and cast.person("own").name in row[0]]
    assert "2 gånger utan" in mine[0][2].partition("Genomgång")[2]


def test_leave_and_closed_days_move_what_is_due(cast: Cast, as_job: Working) -> None:
    asta = cast["asta"].member
    with as_job(cast.ekdala.tenant):
        away = cast.on + dt.timedelta(days=10)
        Leave(tenant_id=cast.ekdala.tenant, member_id=asta, since=away,
              until=away + dt.timedelta(days=7)).save(force_insert=True)  # fmt: skip
        days = calendar("SE", cast.on)
    hers, his = days.of(asta, cast.ekdala.units[0]), days.of(cast["aron"].member, None)
    assert any(away in leave for leave in hers.away)
    assert not his.away
    shut = cast.on + dt.timedelta(days=60)
    assert not days.of(None, cast.ekdala.units[1]).is_open(shut)
    weekday = next(
        shut + dt.timedelta(n) for n in range(7) if (shut + dt.timedelta(n)).weekday() < 4
    )
    known = {dt.date(weekday.year, 1, 6)}
    assert weekday in known or days.of(None, cast.ekdala.units[0]).is_open(weekday)


@pytest.mark.parametrize(
    ("country", "free"), [("SE", (6, 19)), ("SE", (12, 24)), ("DK", (6, 5)), ("DK", (4, 2))]
)
def test_eves_and_danish_holidays_are_days_off(
    cast: Cast, as_job: Working, country: str, free: tuple[int, int]
) -> None:
    with as_job(cast.ekdala.tenant):
        assert (
            not calendar(country, dt.date(2026, 6, 1)).of(None, None).is_open(dt.date(2026, *free))
        )


def test_the_list_asks_no_more_of_the_database_for_more_people(
    cast: Cast, sign_in: Signing, as_job: Working, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["mona"])
    visitor.get(reverse("overdue"))
    with queries() as few:
        visitor.get(reverse("overdue"))
    with as_job(cast.ekdala.tenant):
        for _more in range(30):
            an_enrolment(cast)
    visitor.get(reverse("overdue"))
    with queries() as many:
        text_of(visitor.get(reverse("overdue")))
    assert few.count == many.count <= 12, "\n".join(many.statements)


@pytest.mark.parametrize("people", [3, 31])
def test_my_day_asks_no_more_of_the_database_for_more_people(
    cast: Cast, sign_in: Signing, as_job: Working, queries: Callable[[], Any], people: int
) -> None:
    with as_job(cast.ekdala.tenant):
        for _more in range(people - 2):
            an_enrolment(cast)
    visitor = sign_in(cast["asta"])
    visitor.get(reverse("my_day"))
    with queries() as made:
        html = text_of(visitor.get(reverse("my_day")))
    assert f"Alla dina {people} deltagare" in html
    assert made.count <= 12, "\n".join(made.statements)


def test_planning_at_night_asks_as_often_for_many_as_for_few(
    cast: Cast, as_job: Working, queries: Callable[[], Any]
) -> None:
    counts = []
    with as_job(cast.ekdala.tenant):
        for more in (0, 20):
            for _more in range(more):
                an_enrolment(cast)
            rows = list(Enrolment.enrolments.open().order_by("id"))
            days = calendar("SE", cast.on)
            with queries() as made:
                plan_dues(rows, days, on=cast.on)
            counts.append(made.count)
    assert counts[0] == counts[1]


def test_the_mediator_sees_first_with_whom_there_was_no_contact_this_month(
    cast: Cast, sign_in: Signing, as_job: Working
) -> None:
    visitor = sign_in(cast["mads"])
    html = text_of(visitor.get(reverse("my_day")))
    assert html.index('id="silent"') < html.index('id="needs"')
    assert cast.person("abroad").name in _part(html, "silent")
    with as_job(cast.birkeso.tenant):
        row = Enrolment.enrolments.get(pk=cast.person("abroad").enrolment)
        actions.tell(row, "contact", source=uuid7(), on=cast.on, by="job_mediator")
    assert cast.person("abroad").name not in _part(
        text_of(visitor.get(reverse("my_day"))), "silent"
    )


def test_a_quiet_list_says_what_comes_next(cast: Cast, sign_in: Signing, at_work: Working) -> None:
    with at_work(cast["asta"]):
        followed_up(cast, cast.on)
        followed_up(cast, cast.on, who="protected_named")
    html = _part(text_of(sign_in(cast["asta"]).get(reverse("my_day"))), "needs")
    assert "Inget väntar." in html
