"""The simple form back to whoever enrolled: one page, nothing the waiver does not cover."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.attendance.models import Attendance, Reason
from stegvis.journey.attendance.words import reasons
from stegvis.journey.followups.actions import NewJobSearch, log_job_search
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.reports import actions
from stegvis.journey.reports.actions import Sending
from stegvis.journey.reports.actions.sending import Unfit, paper_of
from stegvis.journey.reports.facts import owed, unfit_word
from stegvis.journey.reports.facts.feedback import Noted, filled, last_month
from stegvis.journey.reports.facts.owed import Owed
from stegvis.journey.reports.models import Dispatch, Report
from stegvis.journey.standing.models import DatedFact
from tests.cast.people import Cast
from tests.journey.made import decide
from tests.journey.plans.writing import enrolment_of
from tests.platform.documents.test_typesetting import PAGES, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("JI-19")]
PAPER = Sending(way="paper", sender="Ekdala kommun, AME-kontoret", on=localdate())
ALL = ("attendance", "absence_reasons", "job_seeking")
TITLES = {"sv": "Återkoppling", "da": "Tilbagemelding"}
DAYS = (
    ("present", ""), ("present", ""), ("late", ""), ("sent_home", ""), ("sick", ""), ("sick", ""),
    ("absent", ""), ("absent", "care_visit"), ("absent", "job_interview"), ("unknown", ""),
)  # fmt: skip


@pytest.fixture
def days(cast: Cast, as_job: Callable[..., Any]) -> None:
    """Ten marked days within a month."""
    with as_job(cast.ekdala.tenant):
        row = enrolment_of(cast)
        for ago, (status, reason) in enumerate(DAYS, start=70):
            Attendance(
                tenant_id=row.tenant_id, enrolment=row, person_id=row.person_id, status=status,
                reason=reason, on=cast.on - dt.timedelta(days=ago), at=timezone.now(),
            ).save(force_insert=True)  # fmt: skip


@pytest.fixture
def seeking(cast: Cast, asta: Any) -> None:
    decide(cast, cast["asta"], "own", "s5", effective_on=cast.on - dt.timedelta(days=100))
    for kind in ("application", "application", "call"):
        day = cast.on - dt.timedelta(days=70)
        log_job_search(enrolment_of(cast), NewJobSearch(kind, day), by=asta)


@pytest.fixture
def covered(cast: Cast, days: None, asta: Any, waive: Any) -> None:
    """A waiver covers all three rows."""
    waive(categories=ALL)


def _form(cast: Cast, by: Any, language: str = "sv") -> Report:
    return actions.draft(
        enrolment_of(cast), by=by, since=cast.on - dt.timedelta(days=90),
        until=cast.on - dt.timedelta(days=60), occasion="period", kind="form", language=language,
    )  # fmt: skip


def _lines(row: Report) -> dict[str, str]:
    return {line.section: line.text for line in row.lines.all()}


def test_it_is_filled_from_what_is_recorded(
    cast: Cast, days: None, asta: Any, seeking: Any
) -> None:
    assert _lines(_form(cast, asta)) == {
        "attendance": "På plats 4 av 9 dagar.\n1 dag är inte markerad.",
        "absence": "Anmält sjuk: 2 dagar\nAnnan orsak: 1 dag\nIngen orsak antecknad: 1 dag\n"
        "Jobbintervju: 1 dag",
        "job_seeking": "2 sökta jobb.",
    }


def test_where_nothing_is_noted_it_says_so(cast: Cast, asta: Any) -> None:
    assert _lines(_form(cast, asta)) == {
        "attendance": "",
        "absence": "",
        "job_seeking": "Inga sökta jobb är antecknade de här dagarna.",
    }


def test_it_is_the_same_form_on_the_first_step_and_in_practice(
    cast: Cast, days: None, asta: Any
) -> None:
    first = [line.section for line in _form(cast, asta).lines.all()]
    decide(cast, cast["asta"], "own", "s5", effective_on=cast.on - dt.timedelta(days=40))
    assert [line.section for line in _form(cast, asta).lines.all()] == first


@pytest.mark.requirement("INV-6", "INV-7", "N-07")
def test_it_goes_when_it_has_been_seen_and_only_what_the_waiver_covers(
    cast: Cast, days: None, asta: Any, waive: Any, tmp_path: Path
) -> None:
    waive(categories=("attendance",))
    row = _form(cast, asta)
    with pytest.raises(NotNow, match="not_seen"):
        actions.send(row, PAPER, by=asta)
    actions.note_seen(row, "together", by=asta)
    sent = actions.send(row, PAPER, by=asta)
    assert set(sent.grounds) == {"attendance"}
    assert sent.struck == {"absence": "no_waiver", "job_seeking": "no_waiver"}
    words = text_of(paper_of(sent), tmp_path)
    assert "På plats 4 av 9 dagar." in words
    assert "sjuk" not in words.casefold()
    assert "sökta" not in words


@pytest.mark.parametrize("language", TITLES)
def test_with_the_longest_comment_it_is_still_one_page(
    cast: Cast, covered: None, asta: Any, tmp_path: Path, language: str
) -> None:
    row = _form(cast, asta, language)
    actions.comment(row, "Jag tycker att det gick bra. " * 68, by=asta)
    for line in row.lines.all():
        actions.rewrite(row, line, "Ordet är fritt här. " * 20, by=asta)
    actions.note_seen(row, "paper", by=asta)
    made = paper_of(actions.send(row, PAPER, by=asta))
    words = text_of(made, tmp_path)
    assert words.endswith(PAGES[language])
    assert TITLES[language] in words
    assert b"pdfuaid:part" in made, "it calls itself PDF/UA"


def test_what_would_be_two_pages_is_not_sent_and_says_why(
    cast: Cast, covered: None, asta: Any
) -> None:
    row = _form(cast, asta)
    actions.comment(row, "rad\n" * 400, by=asta)
    actions.note_seen(row, "paper", by=asta)
    with pytest.raises(NotNow, match="over_a_page"):
        actions.send(row, PAPER, by=asta)
    assert not Dispatch.objects.exists()


@pytest.mark.requirement("N-07")
@pytest.mark.parametrize("words", ["Depression.", "Var på vårdcentralen.", "Sjukskriven."])
def test_a_word_of_health_among_the_reasons_stops_it(
    cast: Cast, covered: None, asta: Any, words: str
) -> None:
    row = _form(cast, asta)
    actions.rewrite(row, row.lines.get(section="absence"), words, by=asta)
    actions.note_seen(row, "paper", by=asta)
    with pytest.raises(Unfit, match="unfit_word"):
        actions.send(row, PAPER, by=asta)


@pytest.mark.requirement("N-07")
@given(
    days=st.lists(
        st.builds(
            Noted,
            on=st.just(dt.date(2026, 11, 2)),
            status=st.sampled_from(["present", "late", "absent", "sick", "sent_home", "unknown"]),
            reason=st.sampled_from(["", "care_visit", "care_of_child", "studies", "own"]),
            leave=st.booleans(),
        ),
        max_size=30,
    ),
    sought=st.integers(0, 40),
    language=st.sampled_from(["sv", "da"]),
)
def test_no_reason_of_any_municipality_puts_health_or_being_sent_home_in_it(
    days: list[Noted], sought: int, language: str
) -> None:
    own = Reason(code="own", mark=40, sv="Värk i ryggen", da="Smerter i ryggen", en="Back pain")
    with translation.override(language):
        known = reasons([own])
        rows = filled(days, sought, known)
        home = filled([Noted(one.on, "sent_home") for one in days], sought, known)
    for row in rows:
        assert not unfit_word(row.text)
        assert "läkare" not in row.text.casefold()
        assert "læge" not in row.text.casefold()
    assert home[1].text == ""
    said = sum(int(n) for n in re.findall(r": (\d+) dag", rows[1].text))
    assert said == sum(one.status in ("absent", "sick") for one in days)


def test_sent_it_is_feedback_to_who_enrolled_and_settles_no_report(
    cast: Cast, days: None, asta: Any, waive: Any
) -> None:
    before = owed([enrolment_of(cast)], on=cast.on)
    waive(categories=ALL)
    row = _form(cast, asta)
    actions.note_seen(row, "together", by=asta)
    actions.send(row, PAPER, by=asta)
    told = DatedFact.objects.filter(source=row.pk, kind="report").get()
    assert told.values["to"] == "enrolling_agency"
    assert [_key(one) for one in owed([enrolment_of(cast)], on=cast.on)] == [
        _key(one) for one in before
    ]


def _key(one: Owed) -> tuple[Any, ...]:
    return (one.step, one.since, one.until)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (dt.date(2026, 3, 9), (dt.date(2026, 2, 1), dt.date(2026, 2, 28))),
        (dt.date(2027, 1, 1), (dt.date(2026, 12, 1), dt.date(2026, 12, 31))),
    ],
)
def test_it_tells_of_the_month_before(on: dt.date, days: tuple[dt.date, dt.date]) -> None:
    assert last_month(on) == days


def test_two_presses_fill_it_and_it_lies_among_the_reports(
    cast: Cast, days: None, sign_in: Callable[..., Any], queries: Any
) -> None:
    browser, own = sign_in(cast["asta"]), cast.person("own").person
    address = f"/people/{own}/reports/"
    since, until = cast.on - dt.timedelta(days=20), cast.on
    answer = browser.post(
        address, {"do": "form", "form-since": f"{since}", "form-until": f"{until}"}
    )
    assert answer.status_code == 302
    said = browser.get(answer["Location"]).content.decode()
    assert "Återkoppling: " in said
    with queries() as made:
        listed = browser.get(address).content.decode()
    assert "Blankett för en period" in listed
    assert made.count <= 12


def test_days_that_cannot_be_are_said_at_the_field(cast: Cast, sign_in: Any) -> None:
    browser, own = sign_in(cast["asta"]), cast.person("own").person
    on = cast.on + dt.timedelta(days=3)
    said = browser.post(
        f"/people/{own}/reports/", {"do": "form", "form-since": f"{cast.on}", "form-until": f"{on}"}
    ).content.decode()
    assert "id_form-until" in said
    assert 'aria-invalid="true"' in said
