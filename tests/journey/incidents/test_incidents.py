"""What goes wrong is written down in four touches, read by few, and followed until it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from stegvis.journey.attendance.models import Attendance
from stegvis.journey.incidents import actions, facts
from stegvis.journey.incidents.models import (
    CompensationNotice,
    Incident,
    Involved,
    Measured,
    SafetyNote,
    WrittenWarning,
)
from stegvis.journey.incidents.tasks import forget_in
from stegvis.journey.intake.actions import NotNow, assign
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.facts import case
from stegvis.platform.access.authority import Hidden
from stegvis.platform.access.models import Kind
from stegvis.platform.access.relations import untie
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
SEEN = "Zyx-höjda-röster-8812"


@pytest.fixture
def two(cast: Cast, as_job: Work) -> list[Enrolment]:
    """Two of Vera's; the second is another case worker's."""
    with as_job(cast.ekdala.tenant):
        keys = [cast.person("own").enrolment, cast.person("same_unit").enrolment]
        rows = [Enrolment.enrolments.get(pk=key) for key in keys]
        assign(rows[1], by=None, member=cast["vera"].member,
               part=Assignment.Part.WORK_SUPERVISOR, since=cast.on)  # fmt: skip
    return rows


def _new(cast: Cast, kind: str = "quarrel", **more: Any) -> actions.NewIncident:
    return actions.NewIncident(kind, cast.on, text=SEEN, **more)


def _part(cast: Cast, at_work: Work, rows: list[Enrolment], **more: Any) -> list[Involved]:
    with at_work(cast["vera"]):
        return actions.note(rows, _new(cast, **more), by=cast["vera"].actor)


def _home(cast: Cast, at_work: Work, rows: list[Enrolment]) -> Involved:
    (part,) = _part(cast, at_work, rows[:1], kind="intoxication")
    with at_work(cast["asta"]):
        row = Involved.parts.get(pk=part.pk)
        actions.note_test(row, "positive", value=Decimal("0.51"), by=cast["asta"].actor)
        actions.send_home(row, by=cast["asta"].actor)
    return row


@pytest.mark.requirement("KN-54")
def test_a_quarrel_is_linked_to_both_and_neither_page_names_the_other(
    cast: Cast, at_work: Work, sign_in: Signing, two: list[Enrolment]
) -> None:
    parts = _part(cast, at_work, two)
    assert [part.person_id for part in parts] == [row.person_id for row in two]
    own, other = cast.person("own"), cast.person("same_unit")
    vera, mona = sign_in(cast["vera"]), sign_in(cast["mona"])
    for reader in (vera, mona):
        for part, another in zip(parts, (other, own), strict=True):
            said = text_of(reader.get(reverse("incident", args=[part.person_id, part.pk])))
            assert SEEN in said
            assert another.family not in said
    asta = sign_in(cast["asta"])
    at = reverse("incident", args=[own.person, parts[0].pk])
    said = text_of(asta.get(at))
    assert "Gräl" in said
    assert SEEN not in said
    assert asta.get(reverse("incident", args=[other.person, parts[1].pk])).status_code == 404
    for key in ("jonna", "evert", "marta", "olle"):
        assert sign_in(cast[key]).get(at).status_code in {403, 404}, key


@pytest.mark.requirement("KN-54")
def test_the_database_gives_a_text_about_two_only_to_who_reaches_both(
    cast: Cast, at_work: Work, as_job: Work, two: list[Enrolment]
) -> None:
    parts = _part(cast, at_work, two)
    with at_work(cast["asta"]):
        assert Involved.parts.filter(pk=parts[0].pk).exists()
        assert not Incident.objects.filter(pk=parts[0].incident_id).exists()
    with as_job(cast.ekdala.tenant):
        untie(two[1].person_id, Kind.WORK_SUPERVISOR, until=cast.on, member=cast["vera"].member)
    with at_work(cast["vera"]):
        assert facts.shared(Involved.parts.get(pk=parts[0].pk)) is None


@pytest.mark.requirement("KN-54")
def test_a_deviation_takes_four_touches(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    """The deviation in the rail, the person, the kind, save."""
    vera, own = sign_in(cast["vera"]), cast.person("own")
    to = reverse("new_incident")
    with queries() as made:
        assert vera.get(to).status_code == 200
    assert made.count <= 12
    sent = {"persons": str(own.person), "kind": "refusal", "on": cast.on.isoformat()}
    assert vera.post(to, sent).status_code == 302
    with queries() as made:
        said = text_of(vera.get(reverse("incidents")))
    assert made.count <= 12
    assert "Vägrade en uppgift" in said


def test_somebody_elses_person_cannot_be_written_about(
    cast: Cast, sign_in: Signing, at_work: Work, as_job: Work
) -> None:
    stranger = cast.person("other_unit")
    sent = {"persons": str(stranger.person), "kind": "refusal", "on": cast.on.isoformat()}
    assert sign_in(cast["vera"]).post(reverse("new_incident"), sent).status_code == 200
    with as_job(cast.ekdala.tenant):
        row = Enrolment.enrolments.get(pk=stranger.enrolment)
    with at_work(cast["vera"]), pytest.raises(Hidden):
        actions.note([row], _new(cast), by=cast["vera"].actor)


@pytest.mark.requirement("KN-54")
def test_it_is_followed_until_closed_and_two_hands_lose_nothing(
    cast: Cast, at_work: Work, two: list[Enrolment]
) -> None:
    (part, _other) = _part(cast, at_work, two)
    vera = cast["vera"]
    with at_work(vera):
        mine, stale = (Involved.parts.get(pk=part.pk) for _ in range(2))
        actions.follow(mine, own="Lugn nu", measures=["talk"], due=cast.on, by=vera.actor)
        with pytest.raises(StaleRow):
            actions.follow(stale, own="Annat", measures=[], due=None, by=vera.actor)
        assert part.pk in {row.pk for row in facts.open_parts(vera.actor, on=cast.on)}
        with pytest.raises(NotNow, match="outcome_missing"):
            actions.close(mine, "", "", by=vera.actor)
        actions.close(mine, "solved", "Missförstånd.", by=vera.actor)
        assert part.pk not in {row.pk for row in facts.open_parts(vera.actor, on=cast.on)}
        with pytest.raises(NotNow, match="closed"):
            actions.close(mine, "solved", "", by=vera.actor)


@pytest.mark.requirement("KN-53", "X-07")
def test_a_value_gives_a_warning_a_drafted_notice_and_a_kept_place(
    cast: Cast, at_work: Work, sign_in: Signing, two: list[Enrolment], as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        before = list(case(two[0].pk))
    part = _home(cast, at_work, two)
    assert {"written_warning", "sent_home"} <= set(part.measures)
    assert part.back_on
    assert part.back_on > cast.on
    assert part.back_on.isoweekday() < 6
    with at_work(cast["asta"]):
        warning = WrittenWarning.objects.get(part=part)
        notice = CompensationNotice.objects.get(part=part)
        assert warning.number == 2, "the cast's was the first"
        assert (notice.day, notice.handed_on) == (cast.on, None), "drafted, and not sent"
    with as_job(cast.ekdala.tenant):
        after = [fact for fact in case(two[0].pk) if fact not in before]
        assert [(fact.kind, fact.values["status"]) for fact in after] == [
            ("attendance", "sent_home")
        ], "of it all the core hears that the day was cut short"
    own = cast.person("own")
    asta, olle = sign_in(cast["asta"]), sign_in(cast["olle"])
    paper = asta.get(reverse("warning_pdf", args=[own.person, 2]))
    assert paper.content.startswith(b"%PDF")
    assert olle.get(reverse("my_warning"), {"n": 2}).content.startswith(b"%PDF")
    assert olle.get(reverse("my_warning"), {"n": 9}).status_code == 404
    assert asta.get(reverse("notice_pdf", args=[own.person, part.pk])).status_code == 200
    vera = sign_in(cast["vera"])
    assert vera.get(reverse("notice_pdf", args=[own.person, part.pk])).status_code in {403, 404}


@pytest.mark.requirement("KN-53")
def test_the_way_back_steps_over_closed_days_and_holidays(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        friday, monday = dt.date(2026, 12, 18), dt.date(2026, 12, 21)
        assert facts.next_working_day("SE", None, friday) == monday
        assert facts.next_working_day("SE", None, dt.date(2026, 12, 23)) == dt.date(2026, 12, 28)
        unit, since = cast.ekdala.units[1], cast.on + dt.timedelta(days=60)
        back = facts.next_working_day("SE", unit, since - dt.timedelta(days=1))
        assert back >= since + dt.timedelta(days=7)


@pytest.mark.requirement("KN-53")
def test_who_is_sober_is_not_warned_and_a_test_comes_first(
    cast: Cast, at_work: Work, two: list[Enrolment]
) -> None:
    (part,) = _part(cast, at_work, two[:1], kind="intoxication")
    asta = cast["asta"].actor
    with at_work(cast["asta"]):
        row = Involved.parts.get(pk=part.pk)
        with pytest.raises(NotNow, match="not_tested"):
            actions.send_home(row, by=asta)
        actions.note_test(row, "negative", by=asta)
        with pytest.raises(NotNow, match="sober"):
            actions.send_home(row, by=asta)
    with at_work(cast["vera"]), pytest.raises(NotNow, match="one_alone"):
        actions.note(two, _new(cast, "intoxication"), by=cast["vera"].actor)


@pytest.mark.requirement("INV-23")
def test_the_value_is_sealed_read_by_few_and_goes_before_the_warning(
    cast: Cast, at_work: Work, as_job: Work, sign_in: Signing, two: list[Enrolment]
) -> None:
    part = _home(cast, at_work, two)
    at = reverse("incident", args=[part.person_id, part.pk])
    assert "0.51" in text_of(sign_in(cast["asta"]).get(at)).replace(",", ".")
    assert "0.51" not in text_of(sign_in(cast["vera"]).get(at)).replace(",", ".")
    assert "0.51" not in text_of(sign_in(cast["mona"]).get(at)).replace(",", ".")
    with at_work(cast["vera"]), pytest.raises(Hidden):
        facts.value_of(part, by=cast["vera"].actor)
    with as_job(cast.ekdala.tenant):
        row = Measured.objects.get(part=part)
        assert b"0.51" not in bytes(row.sealed)
        assert row.delete_on == cast.on + dt.timedelta(days=30)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from incidents_forget(%s)", [[row.pk]])
            assert cursor.fetchone() == (0,), "not before its day"
    assert forget_in(cast.ekdala.tenant) == 0
    with as_job(cast.ekdala.tenant), connection.cursor() as cursor:
        cursor.execute("select set_config('stegvis.on', %s, true)", [str(row.delete_on)])
        cursor.execute("select count(*) from incidents_forget(%s)", [[row.pk]])
        assert cursor.fetchone() == (1,)
        assert not Measured.objects.filter(part=part).exists()
        assert WrittenWarning.objects.filter(part=part).exists()


@pytest.mark.requirement("KN-55", "N-15")
def test_first_aid_is_what_to_do_with_consent_until_it_is_taken_back(
    cast: Cast, at_work: Work, sign_in: Signing
) -> None:
    own, vera = cast.person("own"), sign_in(cast["vera"])
    at = reverse("first_aid", args=[own.person])
    day = cast.on.isoformat()
    sent = {"do": "add", "todo": "Får saft, sitt kvar.", "consent": "written", "consent_on": day}
    assert vera.post(at, sent | {"todo": "Har diabetes."}).status_code == 200
    assert vera.post(at, sent | {"consent": ""}).status_code == 200
    assert vera.post(at, sent).status_code == 302
    assert "Får saft" in text_of(vera.get(at))
    for key in ("asta", "jonna", "mona", "evert", "ada"):
        assert sign_in(cast[key]).get(at).status_code in {403, 404}, key
    with at_work(cast["asta"]), pytest.raises(Hidden):
        actions.note_first_aid(
            own.person, actions.NewSafetyNote("X", "oral", cast.on), by=cast["asta"].actor
        )
    olle = sign_in(cast["olle"])
    assert "Får saft" in text_of(olle.get(reverse("my_incidents")))
    with at_work(cast["olle"]):
        row = SafetyNote.notes.get(todo__startswith="Får")
    assert olle.post(reverse("my_incidents"), {"note": str(row.pk)}).status_code == 302
    assert "Får saft" not in text_of(vera.get(at))
    assert "Får saft" not in text_of(olle.get(reverse("my_incidents")))


@pytest.mark.requirement("KN-54")
def test_the_list_of_kinds_is_the_municipalitys(cast: Cast, sign_in: Signing) -> None:
    ada, at = sign_in(cast["ada"]), reverse("incident_kinds")
    assert ada.post(at, {"do": "add", "name": "Tappad nyckel"}).status_code == 302
    assert ada.post(at, {"do": "hide:quarrel"}).status_code == 302
    assert ada.post(at, {"do": "hide:intoxication"}).status_code == 200
    said = text_of(sign_in(cast["vera"]).get(reverse("new_incident")))
    assert "Tappad nyckel" in said
    assert "Gräl" not in said


@pytest.mark.requirement("KN-53")
def test_the_day_says_sent_home_and_never_why(
    cast: Cast, at_work: Work, two: list[Enrolment]
) -> None:
    part = _home(cast, at_work, two)
    with at_work(cast["asta"]):
        day = Attendance.attendances.get(person=part.person_id, on=cast.on)
        assert (day.status, day.reason) == ("sent_home", "")
