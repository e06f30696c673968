from __future__ import annotations

import pytest

from stegvis.core.progression.facts import Fact
from stegvis.core.progression.road import Road, Stay, UnknownStepError, history
from stegvis.core.progression.standing import standing
from tests.core.progression.made import climbed, day, fact, walked

ON = day("2026-06-01")
BEGUN = (fact("2026-01-07", "referral"), fact("2026-01-12", "enrolment"))


def road(*facts: Fact, on: str = "2026-06-01") -> Road:
    return history(climbed(), (*BEGUN, *facts), day(on))


def stays(*facts: Fact, on: str = "2026-06-01") -> tuple[Stay, ...]:
    return road(*facts, on=on).stays["stairs"]


@pytest.mark.requirement("AJ-02", "INV-1")
def test_a_step_ends_where_the_next_begins_so_that_there_is_neither_gap_nor_overlap() -> None:
    first, second, third = stays(
        fact("2026-01-12", "step", step="a1"),
        fact("2026-02-20", "step", step="a2"),
        fact("2026-04-01", "step", step="a3"),
    )
    assert (first.until, second.until, third.until) == (second.since, third.since, None)
    assert [stay.how for stay in (first, second, third)] == ["enter", "forward", "forward"]


@pytest.mark.requirement("AJ-03", "N-19")
def test_one_may_begin_on_any_step_and_the_steps_below_were_skipped() -> None:
    (only,) = stays(fact("2026-01-12", "step", step="a4"))
    assert only.how == "enter"
    assert only.skipped == ("a1", "a2", "a3")


@pytest.mark.requirement("AJ-04", "N-19")
def test_skipped_steps_are_skipped_and_not_stays_of_zero_days() -> None:
    facts = (fact("2026-01-12", "step", step="a2"), fact("2026-03-02", "step", step="a5"))
    found = road(*facts)
    assert [stay.step for stay in found.stays["stairs"]] == ["a2", "a5"]
    assert found.stays["stairs"][1].how == "skip"
    on = standing(climbed(), found).ladders[0]
    assert on.skipped == ("a1", "a3", "a4")
    assert on.passed == ("a2",)
    assert on.ahead == ()


def test_a_step_left_on_the_day_it_was_entered_is_kept_with_no_days() -> None:
    first, second = stays(
        fact("2026-03-02", "step", step="a2", nth=1), fact("2026-03-02", "step", step="a3", nth=2)
    )
    assert (first.since, first.until, first.days(ON)) == (day("2026-03-02"), day("2026-03-02"), 0)
    assert second.until is None


def test_a_stay_over_a_leap_day_counts_it() -> None:
    (only,) = stays(fact("2028-02-28", "step", step="a2"), on="2028-03-01")
    assert only.days(day("2028-03-01")) == 2


def test_a_step_back_and_up_again_is_a_second_attempt() -> None:
    found = stays(
        fact("2026-01-12", "step", step="a3"),
        fact("2026-02-02", "step", step="a2"),
        fact("2026-03-02", "step", step="a3"),
    )
    assert [(stay.how, stay.attempt) for stay in found] == [
        ("enter", 1),
        ("back", 1),
        ("forward", 2),
    ]


def test_imported_history_may_have_gaps_and_they_are_marked() -> None:
    found = road(
        fact("2026-01-12", "step", step="a2", until="2026-02-01", imported=True),
        fact("2026-02-11", "step", step="a3", imported=True),
    )
    second = found.stays["stairs"][1]
    assert (second.gap_days, second.imported) == (10, True)
    assert not [n for n in standing(climbed(), found).notices if n.code == "gap"]


@pytest.mark.requirement("INV-1")
def test_a_gap_that_was_not_imported_is_noticed() -> None:
    found = road(
        fact("2026-01-12", "step", step="a2", until="2026-02-01"),
        fact("2026-02-11", "step", step="a3"),
    )
    assert [n.values["days"] for n in standing(climbed(), found).notices if n.code == "gap"] == [10]


def test_a_stay_said_to_last_longer_is_cut_where_the_next_begins() -> None:
    first, second = stays(
        fact("2026-01-12", "step", step="a2", until="2026-03-01"),
        fact("2026-02-11", "step", step="a3"),
    )
    assert (first.until, first.cut) == (second.since, True)


@pytest.mark.requirement("INV-1")
def test_an_end_that_lies_ahead_is_still_open() -> None:
    (only,) = stays(fact("2026-01-12", "step", step="a2", until="2026-03-01"), on="2026-02-28")
    assert only.until is None


def test_an_end_is_no_longer_open_on_its_own_day() -> None:
    (only,) = stays(fact("2026-01-12", "step", step="a2", until="2026-03-01"), on="2026-03-01")
    assert only.until == day("2026-03-01")


def test_the_exit_ends_every_stay_and_pause() -> None:
    found = road(
        fact("2026-01-12", "step", step="a2"),
        fact("2026-04-01", "pause"),
        fact("2026-05-04", "exit", reason="work"),
    )
    assert found.stays["stairs"][-1].until == day("2026-05-04")
    assert not found.paused
    assert found.current("stairs") is None


def test_a_second_enrolment_begins_a_road_of_its_own() -> None:
    found = road(
        fact("2026-01-12", "step", step="a2"),
        fact("2026-03-02", "exit", reason="moved"),
        fact("2026-03-20", "outcome_check", status="work"),
        fact("2026-04-01", "referral"),
        fact("2026-04-07", "enrolment"),
        fact("2026-04-07", "step", step="a2"),
    )
    assert found.enrolled == day("2026-04-07")
    assert found.exited is None
    assert found.stays["stairs"][0].attempt == 1
    assert [(s.since, s.until) for s in found.earlier] == [(day("2026-01-12"), day("2026-03-02"))]
    assert not found.of("outcome_check")


def test_pauses_that_touch_become_one() -> None:
    found = road(
        fact("2026-02-02", "pause", until="2026-02-16"),
        fact("2026-02-16", "pause", until="2026-03-02"),
    )
    assert [(p.since, p.until) for p in found.pauses] == [(day("2026-02-02"), day("2026-03-02"))]


@pytest.mark.requirement("INV-5")
def test_step_scale_and_category_are_kept_apart() -> None:
    found = road(
        fact("2026-01-12", "step", step="a2"),
        fact("2026-02-02", "scale_reading", ladder="scale", level=4),
        fact("2026-02-02", "category", set="need", code="AM1"),
    )
    assert found.standing_on == {"a2"}
    assert found.readings["scale"][-1].level == 4
    assert found.categories["need"][-1].code == "AM1"


@pytest.mark.requirement("JI-32")
def test_a_scale_is_read_up_and_down_with_dates() -> None:
    found = road(
        fact("2026-02-02", "scale_reading", ladder="scale", level=3, by="coach", person_level=4),
        fact("2026-04-02", "scale_reading", ladder="scale", level=2, by="coach"),
    )
    first, last = found.readings["scale"]
    assert (first.level, first.person_level, last.level) == (3, 4, 2)


def test_a_screening_is_filed_in_the_set_that_has_its_group() -> None:
    found = history(walked(), [fact("2026-01-12", "screening", group="2")], ON)
    assert found.categories["group"][0].code == "2"


def test_a_step_the_programme_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownStepError, match="climbed has no step 'a9'"):
        road(fact("2026-01-12", "step", step="a9"))


def test_a_referral_only_sent_or_declined_has_not_come_in() -> None:
    for state in ("sent", "declined", "returned"):
        only = fact("2026-01-07", "referral", state=state)
        assert history(climbed(), [only], ON).referred is None


def test_the_track_of_the_enrolment_is_kept() -> None:
    found = history(climbed(), [fact("2026-01-12", "enrolment", track="hall")], ON)
    assert found.track == "hall"
