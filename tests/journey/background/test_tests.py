"""Tests by need: consent, the provider's summary, few readers, short memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from stegvis.journey.background import actions
from stegvis.journey.background.facts import waiting_times
from stegvis.journey.background.models import TestOrder, TestOutcome
from stegvis.journey.background.tasks import forget_in
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.facts import case
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.background.made import a_test, road
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
CANARY = "Zyxvind-provsvar-7431"


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("tests", args=[cast.person("own").person])


def _order(cast: Cast, **more: Any) -> dict[str, Any]:
    day = cast.on.isoformat()
    return {
        "do": "order", "kind": "interest", "why": "Vet inte vad", "provider": "Vägledaren",
        "ordered_on": day, "consent": "oral", "consent_on": day, **more,
    }  # fmt: skip


@pytest.mark.requirement("JI-21")
def test_an_interest_test_is_ordered_with_consent_and_answered_with_a_summary(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    late = (cast.on + dt.timedelta(days=1)).isoformat()
    for wrong in ({"consent": ""}, {"consent_on": ""}, {"consent_on": late}):
        assert faults_of(text_of(asta.post(address, _order(cast, **wrong)))), wrong
    before = (cast.on - dt.timedelta(days=1)).isoformat()
    assert faults_of(text_of(asta.post(address, _order(cast, ordered_on=before))))
    assert asta.post(address, _order(cast)).status_code == 302
    with as_job(cast.ekdala.tenant):
        order = TestOrder.notes.get()
        assert order.delete_on is None
    sent = {"do": f"result:{order.pk}", "r0-came_on": cast.on.isoformat(), "r0-summary": "Ute."}
    assert asta.post(address, sent).status_code == 302
    assert "Ute." in text_of(asta.get(address))
    with as_job(cast.ekdala.tenant):
        kept = {field.name for field in TestOutcome._meta.local_fields}
        assert kept.isdisjoint({"questions", "answers", "protocol", "diagnosis"})
        told = [fact for fact in case(order.enrolment_id) if "test" in str(fact.values)]
        assert told == [], "health is never told"


@pytest.mark.requirement("JI-22")
def test_a_drug_test_needs_its_own_consent_and_gets_its_last_day(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        for lacking in ({"own_consent": False}, {"consent": "oral"}):
            with pytest.raises(NotNow, check=lambda fault: fault.code == "drug_consent_missing"):
                a_test(cast, "drug", on=cast.on, **lacking)
        order = a_test(cast, "drug", on=cast.on - dt.timedelta(days=10))
        assert order.delete_on == cast.on + dt.timedelta(days=80)
        actions.result_came(order, CANARY, by=None, on=cast.on)
        assert order.delete_on == cast.on + dt.timedelta(days=90)
        with pytest.raises(IntegrityError), transaction.atomic():
            TestOrder.notes.filter(pk=order.pk).update(delete_on=None)


@pytest.mark.requirement("JI-22")
@pytest.mark.parametrize("who", ["vera", "jonna", "mona", "petra", "loke", "ada", "aron"])
def test_only_the_assigned_case_worker_reads_a_drug_test(
    cast: Cast, sign_in: Signing, address: str, as_job: Work, who: str
) -> None:
    with as_job(cast.ekdala.tenant):
        actions.result_came(a_test(cast, "drug", on=cast.on), CANARY, by=None, on=cast.on)
    assert CANARY in text_of(sign_in(cast["asta"]).get(address))
    assert sign_in(cast[who]).get(address).status_code == 404


@pytest.fixture
def expired(cast: Cast, as_job: Work) -> TestOrder:
    """A drug test whose day has come, corrected once, beside one that stays and another kind."""
    long_ago = cast.on - dt.timedelta(days=200)
    with as_job(cast.ekdala.tenant):
        order = a_test(cast, "drug", on=long_ago, why=CANARY)
        outcome = actions.result_came(order, CANARY, by=None, on=long_ago)
        outcome.summary = f"{CANARY}-rättad"
        outcome.save_if_unchanged("summary")
        actions.result_came(a_test(cast, "drug", on=cast.on), "Stannar", by=None, on=cast.on)
        actions.result_came(a_test(cast, "interest", on=long_ago), "Ute", by=None, on=long_ago)
    return order


@pytest.mark.requirement("X-11", "JI-22")
def test_without_do_the_command_lists_and_deletes_nothing(
    cast: Cast, expired: TestOrder, as_job: Work
) -> None:
    out = StringIO()
    call_command("retention", tenant="cast-ekdala", stdout=out)
    assert str(expired.pk) in out.getvalue()
    assert CANARY not in out.getvalue()
    with as_job(cast.ekdala.tenant):
        assert TestOutcome.objects.count() == 3
        assert not Event.events.filter(what="deleted_by_rule", sort="batch").exists()


@pytest.mark.requirement("X-11", "JI-22")
def test_an_expired_drug_test_is_gone_from_every_table_and_the_journal_says_so(
    cast: Cast, expired: TestOrder, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        assert len(_tables_with(CANARY)) >= 3, "orders and outcomes, as they are and as they were"
    call_command("retention", "--do", tenant="cast-ekdala", stdout=StringIO())
    with as_job(cast.ekdala.tenant):
        assert _tables_with(CANARY) == []
        assert sorted(TestOutcome.objects.values_list("summary", flat=True)) == ["Stannar", "Ute"]
        event = Event.events.about(expired.person_id).get(what="deleted_by_rule")
        assert event.details == {"rule": "short_kept", "rows": [str(expired.pk)]}
    assert forget_in(cast.ekdala.tenant) == 0


def _tables_with(text: str) -> list[str]:
    """Every table that the product can read, histories too, in which the text stands."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relkind in ('r', 'p') "
            "and not c.relispartition and c.relnamespace = 'public'::regnamespace "
            "and has_table_privilege(c.oid, 'select') order by 1"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                f'select count(*) from "{name}" t where t::text like %s',  # noqa: S608
                [f"%{text}%"],
            )
            if cursor.fetchone() != (0,):
                found.append(name)
    return found


@pytest.mark.requirement("X-11")
def test_nobody_deletes_before_the_day_or_by_hand(cast: Cast, as_job: Work, at_work: Work) -> None:
    with as_job(cast.ekdala.tenant):
        order = a_test(cast, "drug", on=cast.on)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from background_forget(%s)", [[order.pk]])
            assert cursor.fetchone() == (0,)
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.connection.execute("delete from background_testorder")
        TestOrder.notes.filter(pk=order.pk).update(delete_on=cast.on)
    with at_work(cast["asta"]), connection.cursor() as cursor:
        cursor.execute("select count(*) from background_forget(%s)", [[order.pk]])
        assert cursor.fetchone() == (0,), "a member is no job"


@pytest.mark.requirement("X-11")
def test_the_municipality_may_keep_for_fewer_days_but_not_for_more_than_a_year(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    ada, at = sign_in(cast["ada"]), reverse("retention")
    assert "Vår standard" in text_of(ada.get(at))
    assert faults_of(text_of(ada.post(at, {"days": "366"})))
    assert ada.post(at, {"days": "30"}).status_code == 302
    assert "Vår standard" not in text_of(ada.get(at))
    with as_job(cast.ekdala.tenant):
        assert a_test(cast, "drug", on=cast.on).delete_on == cast.on + dt.timedelta(days=30)


@pytest.mark.requirement("JI-23")
def test_the_median_of_days_stands_where_enough_results_lie_behind_it() -> None:
    day = dt.date(2026, 9, 1)
    came = [("interest", day, day + dt.timedelta(days=n)) for n in (3, 4, 9, 12, 40)]
    few = [("drug", day, day + dt.timedelta(days=2))] * 4
    found = {one.kind: one for one in waiting_times([*came, ("interest", day, None), *few])}
    assert (found["interest"].days, found["interest"].answered, found["interest"].ordered) == (
        9.0,
        5,
        6,
    )
    assert found["drug"].days is None


@pytest.mark.requirement("JI-23")
def test_the_manager_sees_the_median_and_nobody_in_it(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    with as_job(cast.ekdala.tenant):
        for days in (3, 4, 9, 12, 40):
            ordered = cast.on - dt.timedelta(days=days)
            order = a_test(cast, "interest", on=ordered)
            actions.result_came(order, CANARY, by=None, on=cast.on)
        a_test(cast, "drug", on=cast.on)
    page = text_of(sign_in(cast["mona"]).get(reverse("test_times")))
    assert "5 av 5" in page
    assert ">9<" in page
    assert page.count("för få") == 2
    assert CANARY not in page
    assert "Ekstrand" not in page
    assert "5 av 5" not in text_of(sign_in(cast["marta"]).get(reverse("test_times")))


def test_a_second_result_is_refused(cast: Cast, as_job: Work) -> None:
    with as_job(cast.ekdala.tenant):
        order = a_test(cast, "interest", on=cast.on)
        actions.result_came(order, "Ute", by=None, on=cast.on)
        with pytest.raises(NotNow, check=lambda fault: fault.code == "already_answered"):
            actions.result_came(order, "Inne", by=None, on=cast.on)
        other = a_test(cast, "interest", on=cast.on)
        with pytest.raises(NotNow, check=lambda fault: fault.code == "before_the_order"):
            actions.result_came(other, "Ute", by=None, on=cast.on - dt.timedelta(days=1))
        assert road(cast).pk == order.enrolment_id
