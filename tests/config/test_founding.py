"""A municipality made from nothing: what it has, what it refuses, and that nobody else sees it."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from stegvis.config.founding import AlreadyFounded, Unfoundable, found
from stegvis.config.shelf import shelf
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import LicensedService, ProgrammeVersion, Scheme, Term
from stegvis.platform.access.decision import Purpose
from stegvis.platform.accounts.models import Grant
from stegvis.platform.journal.chain import verify
from stegvis.platform.journal.models import Event
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant, Unit
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

DAY = dt.date(2026, 11, 17)


@pytest.fixture
def granby(db: None) -> Tenant:
    return found("granby", "Granby kommun", "SE", on=DAY)


@pytest.mark.requirement("FM-01", "AJ-02")
def test_a_new_municipality_has_every_standard_programme_published(granby: Tenant) -> None:
    with scope(granby.pk, service="test"):
        versions = list(ProgrammeVersion.versions.in_force())
        assert {one.key for one in versions} == set(shelf())
        assert {one.number for one in versions} == {1}
        assert {one.published_on for one in versions} == {DAY}
        assert all(programme(one).primary.steps for one in versions)


@pytest.mark.requirement("KN-03", "KN-60", "N-01")
def test_a_new_municipality_has_schemes_terms_and_licensed_services(granby: Tenant) -> None:
    with scope(granby.pk, service="test"):
        old = Scheme.objects.filter(valid_to__lt=DAY).values_list("code", flat=True)
        assert "fas_3" in old
        assert Term.objects.get(term="arbetsprövning").definition
        assert set(Term.objects.values_list("language", flat=True)) == {"sv"}
        assert not LicensedService.objects.get(code="work_ability_assessment").deliverable
        assert Unit.objects.get().track == "ame"


def test_a_danish_municipality_gets_danish_words(db: None) -> None:
    tenant = found("lillesund", "Lillesund Kommune", "DK")
    with scope(tenant.pk, service="test"):
        assert Scheme.objects.filter(code="fleksjob").exists()
        assert set(Term.objects.values_list("language", flat=True)) == {"da"}
        assert tenant.timezone == "Europe/Copenhagen"


def test_founding_is_in_the_journal_and_the_chain_holds(granby: Tenant) -> None:
    with scope(granby.pk, service="test"):
        said = list(Event.events.values_list("what", flat=True).order_by("seq"))
        assert said[0] == "tenant_founded"
        assert said.count("programme_published") == len(shelf())
        assert verify().broken_at is None


@pytest.mark.requirement("INV-3")
def test_one_municipality_sees_nothing_of_another(granby: Tenant) -> None:
    other = found("lillesund", "Lillesund Kommune", "DK")
    with scope(other.pk, service="test"), keeping(Page(what="look", purpose=Purpose.JOB)):
        assert Unit.objects.count() == 1
        assert not Scheme.objects.filter(tenant=granby).exists()


def test_a_taken_slug_is_said_and_changes_nothing(granby: Tenant) -> None:
    with pytest.raises(AlreadyFounded) as there:
        found("granby", "Another", "DK")
    assert there.value.tenant == granby
    assert Tenant.objects.filter(slug="granby").count() == 1
    assert not Tenant.objects.filter(name="Another").exists()


@pytest.mark.parametrize(
    ("slug", "name", "country"),
    [
        ("Ekdala", "Ekdala", "SE"),
        ("-a", "Ekdala", "SE"),
        ("a" * 41, "Ekdala", "SE"),
        ("granby", " ", "SE"),
        ("granby", "Two\nlines", "SE"),
        ("granby", "Granby", "NO"),
    ],
)
def test_what_cannot_be_a_municipality_is_refused(
    db: None, slug: str, name: str, country: str
) -> None:
    before = Tenant.objects.count()
    with pytest.raises(Unfoundable):
        found(slug, name, country)
    assert Tenant.objects.count() == before


def _create(*words: str) -> tuple[int, dict[str, Any]]:
    out, code = StringIO(), 0
    try:
        call_command("tenant", "create", *words, "--json", stdout=out, stderr=StringIO())
    except SystemExit as left:
        code = int(str(left.code))
    lines = out.getvalue().splitlines()
    assert len(lines) == 1, "one JSON object and nothing else"
    return code, json.loads(lines[0])


def test_the_command_prints_one_json_object_and_the_second_time_says_it_is_there(db: None) -> None:
    words = ("granby", "--name", "Granby kommun", "--country", "SE")
    code, told = _create(*words)
    assert (code, told["created"], told["tenant"]["slug"]) == (0, True, "granby")
    assert {one["key"] for one in told["programmes"]} == set(shelf())
    code, again = _create(*words)
    assert (code, again["created"]) == (1, False)
    assert again["tenant"] == told["tenant"]


def test_the_command_refuses_in_one_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="single hyphens"):
        call_command("tenant", "create", "Ek dala", "--name", "x", "--country", "SE")


def test_the_first_administrator_gets_a_link_and_can_then_give_others_roles(
    db: None, client: Client, static_files: None
) -> None:
    words = ("granby", "--name", "Granby kommun", "--country", "SE")
    code, told = _create(*words, "--administrator", "Maj@granby.example")
    assert code == 0
    assert client.get(told["first_link"]).status_code == 302, "on to choosing a password"
    tenant = Tenant.objects.get(slug="granby")
    with scope(tenant.pk, service="test"):
        grant = Grant.grants.select_related("member__user").get()
        assert (grant.role, grant.unit, grant.until) == ("administrator", None, None)
        assert grant.member.user.email == "maj@granby.example"
        assert not grant.member.user.has_usable_password()
        assert verify().broken_at is None


def test_an_address_that_signs_in_elsewhere_founds_nothing(cast: Cast, db: None) -> None:
    """Its password may be in the hands of whoever made it there."""
    words = ("granby", "--name", "x", "--country", "SE", "--administrator", "Ada@ekdala.example")
    with pytest.raises(CommandError, match="another municipality"):
        _create(*words)
    assert not Tenant.objects.filter(slug="granby").exists()


def test_an_address_that_is_none_founds_nothing(db: None) -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        _create("granby", "--name", "x", "--country", "SE", "--administrator", "maj")
    assert not Tenant.objects.filter(slug="granby").exists()
