"""What goes, on what grounds, and what is kept of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import OrderLine
from stegvis.journey.people.actions import protect
from stegvis.journey.reports import actions
from stegvis.journey.reports.actions import Sending
from stegvis.journey.reports.actions.sending import Unfit, paper_of
from stegvis.journey.reports.facts import grounds_of, unfit_word
from stegvis.journey.reports.models import Dispatch, Link, Report, ReportLine
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.waivers import actions as waivers
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.access.models import Shield
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.reports.conftest import jobs
from tests.platform.documents.test_typesetting import text_of

pytestmark = pytest.mark.django_db
PAPER = Sending(way="paper", sender="Ekdala kommun, AME-kontoret", on=localdate())
LINK = Sending(
    way="link",
    sender="Ekdala kommun",
    on=localdate(),
    address="handlaggare@af.example",
    base="https://x.example/",
)
Waive = Callable[..., Waiver]


@pytest.fixture
def shown(report: Report, asta: Any) -> Report:
    actions.note_seen(report, "together", by=asta)
    return report


@pytest.mark.requirement("INV-6", "N-07", "AJ-47")
def test_what_no_waiver_covers_stays_here_and_what_one_covers_goes(
    shown: Report, asta: Any, waive: Waive, tmp_path: Path
) -> None:
    other = waive(counterpart_kind="FK", counterpart_name="Försäkringskassan")
    sent = actions.send(shown, PAPER, by=asta)
    assert sent.grounds == {"done": "referral"}
    assert sent.struck["progress"] == "other_office"
    assert other.pk not in sent.waivers
    words = text_of(paper_of(sent), tmp_path)
    assert "Har provat disk och kallskänk." in words
    assert "Frågar om hjälp." not in words


@pytest.mark.requirement("INV-6", "AJ-47", "KN-72")
def test_with_a_waiver_it_goes_and_the_waiver_is_kept_with_it(
    report: Report, asta: Any, waive: Waive, tmp_path: Path
) -> None:
    given = waive()
    actions.note_seen(report, "together", by=asta)
    sent = actions.send(report, PAPER, by=asta)
    assert sent.waivers == [given.pk]
    assert sent.grounds["progress"] == str(given.pk)
    words = text_of(paper_of(sent), tmp_path)
    assert "Frågar om hjälp." in words
    assert "ingen arbetsförmågebedömning" in words


@pytest.mark.requirement("INV-7")
def test_what_a_later_waiver_lets_out_is_seen_before_it_goes(
    shown: Report, asta: Any, waive: Waive
) -> None:
    given = waive()
    with pytest.raises(NotNow, match="not_seen"):
        actions.send(shown, PAPER, by=asta)
    actions.note_seen(shown, "together", by=asta)
    assert actions.send(shown, PAPER, by=asta).waivers == [given.pk]


@pytest.mark.requirement("INV-6", "AJ-41")
def test_a_waiver_withdrawn_between_the_review_and_the_sending_covers_nothing(
    shown: Report, asta: Any, waive: Waive, cast: Cast
) -> None:
    OrderLine.objects.filter(referral=cast.person("own").referral).update(uses=[])
    given = waive()
    waivers.withdraw(given, by=asta)
    with pytest.raises(NotNow, match="nothing_covered"):
        actions.send(shown, PAPER, by=asta)
    assert not Dispatch.objects.exists()


def test_without_what_it_is_used_for_the_referral_itself_covers_nothing(
    shown: Report, asta: Any, cast: Cast
) -> None:
    OrderLine.objects.filter(referral=cast.person("own").referral).update(uses=[])
    with pytest.raises(NotNow, match="nothing_covered"):
        actions.send(shown, PAPER, by=asta)


@pytest.mark.parametrize(
    "words",
    [
        "Har fått diagnos.", "Omotiverad just nu.", "Kom med 0,51 promille.",
        "Lever på sjukpenning.", "Er sygemeldt.", "Depression i höstas.",
    ],
)  # fmt: skip
def test_a_word_of_health_stage_incident_or_income_stops_it(
    report: Report, asta: Any, words: str
) -> None:
    line = ReportLine.objects.get(report=report, section="done")
    actions.rewrite(report, line, words, by=asta)
    actions.note_seen(report, "together", by=asta)
    with pytest.raises(Unfit, match="unfit_word") as fault:
        actions.send(report, PAPER, by=asta)
    assert fault.value.word in words


@pytest.mark.parametrize(
    "words",
    [
        "Drog igång kaffet och diskade.", "Beroende på väder arbetar hon ute.",
        "Afhængig af vejret.", "Verkade nöjd.", "Kan bruge begrundelser.", "",
    ],
)  # fmt: skip
def test_words_that_only_look_like_it_do_not(words: str) -> None:
    assert unfit_word(words) == ""


@pytest.mark.requirement("AJ-47")
def test_what_went_to_whom_is_kept_as_it_was_and_by_nobody_changed(
    shown: Report, asta: Any
) -> None:
    sent = actions.send(shown, PAPER, by=asta)
    made = paper_of(sent)
    assert hashlib.sha256(made).hexdigest() == sent.digest
    assert made not in bytes(sent.sealed)
    for attempt in (
        lambda: Dispatch.objects.filter(pk=sent.pk).update(recipient_name="En annan"),
        lambda: Dispatch.objects.filter(pk=sent.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert paper_of(Dispatch.objects.get(pk=sent.pk)) == made


@pytest.mark.requirement("AJ-47")
def test_the_programme_is_told_that_the_report_has_gone(shown: Report, asta: Any) -> None:
    actions.send(shown, PAPER, by=asta)
    told = DatedFact.objects.filter(source=shown.pk, kind="report").get()
    assert told.values == {"to": "referrer", "seen_by_participant": True}


def test_for_somebody_protected_no_link_goes_out(cast: Cast, shown: Report, asta: Any) -> None:
    protect(shown.person_id, Shield.Grade.MARKED, on=cast.on, source="staff", by=asta)
    with pytest.raises(NotNow, match="protected"):
        actions.send(shown, LINK, by=asta)
    assert actions.send(shown, PAPER, by=asta).way == "paper"


def test_what_waits_for_the_worker_holds_no_token_and_nobody(
    cast: Cast, shown: Report, asta: Any
) -> None:
    actions.send(shown, LINK, by=asta)
    link = Link.objects.get()
    assert link.token_hash == ""
    assert jobs() == [
        {
            "tenant": str(cast.ekdala.tenant),
            "link": str(link.pk),
            "round": 1,
            "base": "https://x.example/",
        }
    ]
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs")
        assert not [
            t for (args,) in cursor.fetchall() for t in cast.person("own").traces if t in args
        ]


def test_the_journal_says_what_went_to_whom_in_codes(
    cast: Cast, sign_in: Callable[..., Any], used: None, as_job: Callable[..., Any]
) -> None:
    own = cast.person("own")
    browser = sign_in(cast["asta"])
    report = own.rows["report"]
    address = f"/people/{own.person}/reports/{report}/"
    browser.post(address, {"do": "seen-together"})
    browser.post(address, {"do": "send", "way": "paper"})
    with as_job(cast.ekdala.tenant):
        event = Event.events.about(own.person).filter(what="report_sent").get()
    assert event.details["sections"] == ["done"]
    assert event.details["to"] == "AF"
    assert own.family not in str(event.details)


@pytest.mark.requirement("AJ-41")
def test_the_end_of_a_waiver_is_asked_to_the_minute(
    shown: Report, asta: Any, waive: Waive, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    ends = now + dt.timedelta(minutes=7)
    waive(valid_to=ends)
    lines = list(ReportLine.objects.filter(report=shown))
    before = grounds_of(shown, lines, at=ends - dt.timedelta(minutes=1))
    assert "progress" in before.kept
    assert grounds_of(shown, lines, at=ends).struck["progress"] == "ended"
