"""What is asked before an agreement is signed, and what it is to be signed by all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import agreed_minutes, shares, told_now, versions_of
from stegvis.journey.agreements.models import AgreementVersion, FollowUpDate, Signature
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.agreements.conftest import adapt, sign_all, written

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def _laid_out(cast: Cast, placement: Placement, at_work: Work, **more: Any) -> AgreementVersion:
    with at_work(cast["mads"]):
        row = actions.save(placement, written(placement, **more), by=cast["mads"].actor)
        return actions.lay_out(row, by=cast["mads"].actor)


@pytest.mark.requirement("FM-31")
@pytest.mark.parametrize(
    "more",
    [{"sub_goals": ()}, {"tasks": ()}, {"considered": False}, {"contact_id": None},
     {"topics": ()}, {"ordinary_minutes": 0, "practice_minutes": 0}],
    ids=str,
)  # fmt: skip
def test_nobody_can_sign_before_all_parts_are_answered(
    cast: Cast, placement: Placement, at_work: Work, more: dict[str, Any]
) -> None:
    with pytest.raises(NotNow, match="lacking"):
        _laid_out(cast, placement, at_work, **more)
    act = actions.Signing("municipality", "signed_in", "")
    with at_work(cast["mads"]):
        row = actions.save(placement, written(placement, **more), by=cast["mads"].actor)
        with pytest.raises(NotNow, match="not_ready"):
            actions.sign(row, act, by=cast["mads"].actor)


@pytest.mark.requirement("FM-32", "FM-56")
def test_pay_and_practice_are_two_lines_that_are_never_added(
    cast: Cast, ready: AgreementVersion
) -> None:
    said = ready.document
    assert (said["ordinary"]["minutes"], said["practice"]["minutes"]) == (240, 720)
    assert said["ordinary"]["function"] != said["practice"]["function"]


@pytest.mark.requirement("FM-56")
def test_practice_in_the_function_one_is_paid_for_is_refused(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    with pytest.raises(NotNow, match="same_function"):
        _laid_out(cast, placement, at_work, practice_function="  pakke  ORDRER ")


@pytest.mark.requirement("FM-33")
def test_without_paid_hours_whether_and_when_is_said(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    none = {"ordinary_minutes": 0, "ordinary_function": ""}
    with pytest.raises(NotNow, match="lacking"):
        _laid_out(cast, placement, at_work, **none)
    talked = none | {"discussed_on": localdate(), "ordinary_if": "når truckkortet er taget"}
    with at_work(cast["mads"]):
        row = actions.save(placement, written(placement, **talked), by=cast["mads"].actor)
        row = actions.lay_out(row, by=cast["mads"].actor)
    done = sign_all(cast, row, at_work)
    with at_work(cast["mads"]):
        fact = DatedFact.objects.get(source=done.pk, kind="agreement")
    assert fact.values["ordinary_hours_from_start"] is False
    assert fact.values["ordinary_when"] == "on_condition"


@pytest.mark.requirement("FM-34")
def test_signed_by_three_the_core_is_told_of_agreement_and_plan(
    cast: Cast, ready: AgreementVersion, at_work: Work
) -> None:
    with at_work(cast["mads"]):
        for side, how in (("participant", "beside"), ("employer", "paper")):
            actions.sign(ready, actions.Signing(side, how, ready.digest), by=cast["mads"].actor)
        assert not DatedFact.objects.filter(source=ready.pk).exists()
    done = sign_all(cast, ready, at_work)
    assert (done.state, done.signed_on) == ("signed", localdate())
    with at_work(cast["mads"]):
        facts = {row.kind: row.values for row in DatedFact.objects.filter(source=done.pk)}
    everybody = {"participant", "employer", "job_mediator"}
    assert set(facts["agreement"]["signed_by"]) == everybody
    assert set(facts["follow_up_plan"]["signed_by"]) == everybody


@pytest.mark.requirement("FM-36")
def test_the_plan_is_close_at_first_and_then_less_often(
    cast: Cast, ready: AgreementVersion, at_work: Work
) -> None:
    done = sign_all(cast, ready, at_work)
    with at_work(cast["mads"]):
        days = list(FollowUpDate.objects.filter(of=done).values_list("on", "phase"))
    gaps = [(b - a).days for (a, _), (b, _) in pairwise(days[:8])]
    assert [phase for _on, phase in days[:8]] == [0] * 4 + [1] * 4
    assert gaps[:3] == [7, 7, 7]
    assert set(gaps[4:]) == {14}
    assert {phase for _on, phase in days[8:]} == {2}


@pytest.mark.requirement("FM-45", "X-05")
def test_a_change_is_a_version_that_counts_from_its_first_day(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    first = {"ordinary_minutes": 360, "practice_minutes": 0, "practice_function": ""}
    sign_all(cast, _laid_out(cast, placement, at_work, **first), at_work)
    later = placement.since + dt.timedelta(days=400)
    new = first | {"ordinary_minutes": 480, "since": later.replace(day=1), "change_note": "Mer"}
    sign_all(cast, _laid_out(cast, placement, at_work, **new), at_work)
    with at_work(cast["mads"]):
        versions = versions_of(placement.pk)
    assert [(v.number, v.ordinary_minutes) for v in versions] == [(2, 480), (1, 360)]
    month = f"{later:%Y-%m}"
    before = agreed_minutes(versions, f"{later.replace(day=1) - dt.timedelta(days=1):%Y-%m}")
    after = agreed_minutes(versions, month)
    assert after["ordinary"] % 96 == 0  # 480 minutes on five weekdays
    assert before["ordinary"] % 72 == 0
    assert after["practice"] == before["practice"] == 0


def test_a_change_without_a_reason_is_not_laid_out(
    cast: Cast, placement: Placement, ready: AgreementVersion, at_work: Work
) -> None:
    sign_all(cast, ready, at_work)
    with pytest.raises(NotNow, match="why_missing"):
        _laid_out(cast, placement, at_work)


def test_what_has_changed_since_it_was_read_is_not_signed(
    cast: Cast, placement: Placement, ready: AgreementVersion, at_work: Work
) -> None:
    mads, old = cast["mads"], ready.digest
    with at_work(mads):
        actions.sign(ready, actions.Signing("participant", "beside", old), by=mads.actor)
        row = actions.save(
            placement, written(placement, tasks=("Køre truck",)), by=mads.actor, seen=1
        )
        row = actions.lay_out(row, by=mads.actor)
        with pytest.raises(StaleRow):
            actions.sign(row, actions.Signing("employer", "paper", old), by=mads.actor)
        for side, how in (("employer", "paper"), ("municipality", "signed_in")):
            actions.sign(row, actions.Signing(side, how, row.digest), by=mads.actor)
        row.refresh_from_db()
    assert row.state == "ready", "the person signed another wording"


def test_pressed_twice_it_is_signed_once(
    cast: Cast, ready: AgreementVersion, at_work: Work
) -> None:
    with at_work(cast["mads"]):
        for _turn in range(2):
            act = actions.Signing("participant", "beside", ready.digest)
            actions.sign(ready, act, by=cast["mads"].actor)
        assert Signature.objects.filter(of=ready).count() == 1


def test_what_all_have_signed_is_never_changed(
    cast: Cast, ready: AgreementVersion, at_work: Work
) -> None:
    done = sign_all(cast, ready, at_work)
    with at_work(cast["mads"]), pytest.raises(DatabaseError), transaction.atomic():
        AgreementVersion.versions.filter(pk=done.pk).update(tasks=["Noget andet"])


def test_staff_cannot_sign_as_if_from_the_persons_own_page(
    cast: Cast, ready: AgreementVersion, at_work: Work
) -> None:
    act = actions.Signing("participant", "own_page", ready.digest)
    with at_work(cast["mads"]), pytest.raises(Hidden):
        actions.sign(ready, act, by=cast["mads"].actor)


def test_only_what_the_person_said_yes_to_stands_in_the_document(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    mads = cast["mads"]
    with at_work(cast["inge"]):
        yes, no = adapt(placement, "Ingen løft over 8 kilo"), adapt(placement, "Fast pause")
    with at_work(mads):
        actions.answer_share(placement, yes.pk, shared=True, by=mads.actor)
        row = actions.save(placement, written(placement), by=mads.actor)
        with pytest.raises(NotNow, match="lacking"):
            actions.lay_out(row, by=mads.actor)  # nobody has asked about the other
        actions.answer_share(placement, no.pk, shared=False, by=mads.actor)
        row = actions.lay_out(AgreementVersion.versions.get(pk=row.pk), by=mads.actor)
    assert [one["what"] for one in row.document["considerations"]] == ["Ingen løft over 8 kilo"]
    assert "Fast pause" not in str(row.document)


def test_a_yes_that_is_taken_back_is_told_no_more_and_is_signed_anew(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    mads = cast["mads"]
    with at_work(cast["inge"]):
        what = adapt(placement, "Møder kl. 9")
    with at_work(mads):
        actions.answer_share(placement, what.pk, shared=True, by=mads.actor)
        row = actions.save(placement, written(placement), by=mads.actor)
        row = actions.lay_out(row, by=mads.actor)
        actions.answer_share(placement, what.pk, shared=False, by=mads.actor)
        row.refresh_from_db()
        assert (row.state, row.document) == ("draft", {})
        assert told_now(placement.person_id, placement.pk) == set()
        assert [one.shared for one in shares(placement.person_id, placement.pk)] == [False]


def test_two_who_write_at_once_lose_nothing(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    with at_work(cast["mads"]):
        actions.save(placement, written(placement), by=cast["mads"].actor)
    late = replace(written(placement), tasks=("Kasse",))
    with at_work(cast["inge"]), pytest.raises(StaleRow):
        actions.save(placement, late, by=cast["inge"].actor, seen=0)


@pytest.mark.requirement("FM-38")
def test_whom_the_agreement_names_is_the_placements_contact_and_gets_the_link(
    cast: Cast, placement: Placement, at_work: Work
) -> None:
    mads = cast["mads"]
    with at_work(mads):
        named = placement.contact
        Placement.placements.filter(pk=placement.pk).update(contact=None)
        placement.refresh_from_db()
        said = replace(written(placement), contact_id=named.pk if named else None)
        with pytest.raises(NotNow, match="no_contact"):
            actions.give_link(placement, by=mads.actor)
        actions.lay_out(actions.save(placement, said, by=mads.actor), by=mads.actor)
        placement.refresh_from_db()
        assert placement.contact == named
        assert actions.give_link(placement, by=mads.actor).link.contact == named
        told = DatedFact.objects.filter(source=placement.pk, kind="contact_person", struck=False)
        assert told.count() == 1
