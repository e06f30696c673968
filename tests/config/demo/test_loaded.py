"""The demo in the tables: every constraint holds, every road is judged, and the walls stand."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from stegvis.config.demo.canaries import CANARIES
from stegvis.config.demo.load import load
from stegvis.config.demo.users import FIRST_TASKS, LEAVERS, PASSWORD, TOWNS, of_town
from stegvis.core.progression.judgement import judgement, to_json
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Identity, Person
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.facts import cases
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.sealing import unseal
from stegvis.platform.accounts.models import Member, User
from stegvis.platform.journal.chain import verify
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope
from tests.config.demo.towns import TODAY

Tenants = dict[str, Tenant]
SLUGS = [town.slug for town in TOWNS]


def _inside(tenant: Tenant, **who: Any) -> Any:
    return scope(tenant.pk, on=TODAY, **(who or {"service": "demo"}))


def _member(slug: str, key: str) -> Member:
    found: Member = Member.members.get(user__email=f"{key}@{slug}.example")
    return found


def test_a_second_load_does_nothing(tenants: Tenants) -> None:
    before = Tenant.objects.count(), User.objects.count()
    assert load(today=TODAY + dt.timedelta(days=1), seed=2) == []
    assert (Tenant.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize("slug", SLUGS)
def test_every_road_is_judged_as_it_was_told(tenants: Tenants, slug: str) -> None:
    with _inside(tenants[slug]):
        rows = list(Enrolment.enrolments.order_by("id"))
        models = programmes({row.programme_id for row in rows})
        known = cases([row.pk for row in rows])
        periods = StepPeriod.periods.standing().filter(until__isnull=True)
        standing = dict(periods.values_list("enrolment_id", "step"))
        for row in rows:
            model = models[row.programme_id]
            found = judgement(model, known[row.pk], TODAY)
            assert to_json(found)["standing"]["exited"] == (row.until and row.until.isoformat())
            current = found.road.current(model.primary.code)
            assert (current.step if current else None) == standing.get(row.pk)
            assert current is None or current.gap_days == 0


def test_somebody_is_clearly_due_for_a_decision(tenants: Tenants) -> None:
    with _inside(tenants["ekdala"]):
        rows = list(Enrolment.enrolments.open().order_by("id"))
        models = programmes({row.programme_id for row in rows})
        known = cases([row.pk for row in rows])
        judged = [judgement(models[row.programme_id], known[row.pk], TODAY) for row in rows]
        ready = [
            row.person.name
            for row, one in zip(rows, judged, strict=True)
            if any(move.kind == "forward" and not move.needs_reason for move in one.open_moves)
        ]
    assert 3 < len(ready) < len(rows) / 4
    assert "Rosa Vidfors" in ready, "Karin's first task"


@pytest.mark.requirement("X-03")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_protected_person_is_there_for_those_named_and_for_nobody_else(
    tenants: Tenants, slug: str
) -> None:
    tenant = tenants[slug]
    given = {one.given for one in CANARIES[tenant.country]}
    with _inside(tenant):
        canaries = Person.people.filter(given_name__in=given)
        assert canaries.count() == len(given)
        members = {user.key: _member(slug, user.key).pk for user in of_town(slug)}
        with connection.cursor() as cursor:
            cursor.execute("select member_id, person from access_relation where kind = 'named'")
            named = set(cursor.fetchall())
        keys = set(canaries.values_list("pk", flat=True))
    assert {person for _member_key, person in named} == keys
    for member in members.values():
        with _inside(tenant, member=member):
            seen = set(Person.people.values_list("pk", flat=True)) & keys
            assert {(member, person) for person in seen} <= named
    officers = {
        key for key, member in members.items() if keys <= {p for m, p in named if m == member}
    }
    assert len(officers) == 1


def test_karin_sees_her_own_and_the_referrals_of_her_unit_and_no_more(tenants: Tenants) -> None:
    with _inside(tenants["ekdala"]):
        karin = _member("ekdala", "karin").pk
    with _inside(tenants["ekdala"], member=karin):
        assert Enrolment.enrolments.open().count() == 31
        assert 31 < Person.people.count() < 45


@pytest.mark.parametrize("leaver", LEAVERS, ids=lambda user: user.email)
def test_a_leaver_has_a_session_that_opens_nothing(tenants: Tenants, leaver: Any) -> None:
    user = User.objects.get(email=leaver.email)
    sessions = [row.get_decoded() for row in Session.objects.order_by("pk")]
    assert str(user.pk) in {session.get(SESSION_KEY) for session in sessions}
    with connection.cursor() as cursor:
        cursor.execute("select stegvis_enter(%s, null, %s)", [user.pk, TODAY])
        assert cursor.fetchone() == (None,)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_journal_lists_every_row_and_its_chain_holds(tenants: Tenants, slug: str) -> None:
    with _inside(tenants[slug]):
        chain = verify()
        assert chain.broken_at is None
        batches = Event.events.filter(what="demo_written").order_by("seq")
        listed = {event.details["table"]: event.details["rows"] for event in batches}
        decided = {str(key) for key in StepDecision.objects.values_list("pk", flat=True)}
        assert set(listed["steps_stepdecision"]) == decided


def test_numbers_are_sealed(tenants: Tenants) -> None:
    with _inside(tenants["ekdala"]):
        row = Identity.objects.filter(kind="personal").order_by("id")[0]
        digits = unseal(tenants["ekdala"].pk, bytes(row.sealed))
        assert len(digits) == 12
        assert row.hint.startswith(digits[2:8])
        assert digits.encode() not in bytes(row.sealed)


def test_all_sign_in_with_the_one_password_and_the_command_tells_it(tenants: Tenants) -> None:
    out, err = StringIO(), StringIO()
    call_command("load_demo", stdout=out, stderr=err)
    assert PASSWORD in out.getvalue()
    assert [user.email for user in FIRST_TASKS if user.email not in out.getvalue()] == []
    assert "nothing was changed" in err.getvalue()
    assert User.objects.get(email="karin@ekdala.example").check_password(PASSWORD)


def test_production_is_never_filled_with_invented_people(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")


def test_nothing_is_thrown_away_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="--fresh needs"):
        call_command("load_demo", fresh=True)
