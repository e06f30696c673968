"""The person has the report before them before it goes, and says what they think of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.reports import actions
from stegvis.journey.reports.actions import Sending
from stegvis.journey.reports.facts import for_person, passages
from stegvis.journey.reports.models import Dispatch, Report, ReportLine
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-34", "INV-7", "N-08")]
PAPER = Sending(way="paper", sender="Ekdala kommun", on=localdate())
Work = Callable[..., Any]


def _line(report: Report, section: str) -> ReportLine:
    row: ReportLine = ReportLine.objects.get(report=report, section=section)
    return row


def test_it_does_not_go_before_the_person_has_seen_it(report: Report, asta: Any) -> None:
    with pytest.raises(NotNow, match="not_seen"):
        actions.send(report, PAPER, by=asta)
    actions.show(report, by=asta)  # that it lies there is not that they have seen it
    with pytest.raises(NotNow, match="not_seen"):
        actions.send(report, PAPER, by=asta)
    actions.note_seen(report, "together", by=asta)
    assert actions.send(report, PAPER, by=asta).seen


def test_what_was_changed_after_they_saw_it_is_shown_anew(report: Report, asta: Any) -> None:
    actions.note_seen(report, "paper", by=asta)
    actions.rewrite(report, _line(report, "done"), "Har provat disk.", by=asta)
    with pytest.raises(NotNow, match="not_seen"):
        actions.send(report, PAPER, by=asta)


def test_to_take_a_passage_away_needs_no_new_look_and_to_put_one_in_does(
    report: Report, asta: Any
) -> None:
    actions.note_seen(report, "together", by=asta)
    actions.leave_out(report, _line(report, "progress"), out=True, by=asta)
    assert report.may_leave
    actions.leave_out(report, _line(report, "progress"), out=False, by=asta)
    assert not report.may_leave


def test_it_goes_when_the_person_was_asked_and_did_not_want_to_see_it(
    report: Report, asta: Any
) -> None:
    actions.refuse(report, by=asta)
    assert actions.send(report, PAPER, by=asta).seen is False


def test_a_refusal_is_of_the_text_that_was_offered(report: Report, asta: Any) -> None:
    actions.refuse(report, by=asta)
    actions.rewrite(report, _line(report, "done"), "Något annat.", by=asta)
    assert not report.may_leave


def test_the_database_keeps_no_report_as_sent_that_nobody_was_shown(
    report: Report, asta: Any
) -> None:
    with pytest.raises(IntegrityError, match="sent_when_seen"), transaction.atomic():
        Report.reports.filter(pk=report.pk).update(state="sent")


def test_the_person_reads_it_comments_it_and_the_words_go_along(
    cast: Cast, used: None, at_work: Work
) -> None:
    own, olle = cast.person("own"), cast["olle"]
    with at_work(cast["asta"]):
        actions.show(Report.reports.get(pk=own.rows["report"]), by=cast["asta"].actor)
    with at_work(olle):
        row = for_person(own.person)[0]
        assert [line.section for line in passages(row, at=timezone.now())] == ["done"]
        actions.saw(row, by=olle.actor)
        actions.comment(row, "Jag bad själv om fler timmar.", by=olle.actor)
    with at_work(cast["asta"]):
        sent = actions.send(Report.reports.get(pk=own.rows["report"]), PAPER, by=cast["asta"].actor)
        assert sent.commented
        assert Dispatch.objects.get(report=own.rows["report"]).seen


@pytest.mark.requirement("N-18")
def test_what_the_person_wrote_of_it_is_written_over_by_nobody(
    cast: Cast, used: None, at_work: Work
) -> None:
    own, olle, asta = cast.person("own"), cast["olle"], cast["asta"]
    with at_work(asta):
        row = Report.reports.get(pk=own.rows["report"])
        actions.show(row, by=asta.actor)
        actions.comment(row, "Sagt i telefon.", by=asta.actor)
        actions.comment(row, "Sagt i telefon, en gång till.", by=asta.actor)
    with at_work(olle):
        actions.comment(for_person(own.person)[0], "Så här säger jag.", by=olle.actor)
    with at_work(asta):
        row = Report.reports.get(pk=own.rows["report"])
        with pytest.raises(NotNow, match="their_own_words"):
            actions.comment(row, "Hon håller med.", by=asta.actor)
        assert Report.reports.get(pk=row.pk).comment == "Så här säger jag."


def test_a_draft_that_was_not_laid_out_is_not_on_the_persons_page(
    cast: Cast, used: None, at_work: Work
) -> None:
    with at_work(cast["olle"]):
        assert for_person(cast.person("own").person) == []


@pytest.mark.parametrize("verb", ["send", "show", "refuse", "rewrite", "leave_out", "drop"])
def test_what_is_the_case_workers_to_do_is_not_the_persons(
    cast: Cast, used: None, at_work: Work, verb: str
) -> None:
    olle = cast["olle"].actor
    with at_work(cast["olle"]):
        row = Report.reports.get(pk=cast.person("own").rows["report"])
        line = _line(row, "done")
        calls: dict[str, Callable[[], Any]] = {
            "send": lambda: actions.send(row, PAPER, by=olle),
            "show": lambda: actions.show(row, by=olle),
            "refuse": lambda: actions.refuse(row, by=olle),
            "rewrite": lambda: actions.rewrite(row, line, "x", by=olle),
            "leave_out": lambda: actions.leave_out(row, line, out=True, by=olle),
            "drop": lambda: actions.drop(row, by=olle),
        }
        with pytest.raises(Hidden):
            calls[verb]()


def test_a_sent_report_is_commented_and_changed_no_more(report: Report, asta: Any) -> None:
    actions.note_seen(report, "together", by=asta)
    actions.send(report, PAPER, by=asta)
    for again in (
        lambda: actions.comment(report, "Sent", by=asta),
        lambda: actions.rewrite(report, _line(report, "done"), "x", by=asta),
        lambda: actions.send(report, PAPER, by=asta),
    ):
        with pytest.raises(NotNow, match="already_sent"):
            again()
