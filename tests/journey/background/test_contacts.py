"""Who takes time, the invitation to work together, and what the parties agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from stegvis.journey.background import actions
from stegvis.journey.background.facts import contact_picture
from stegvis.journey.background.models import (
    ContactSurface,
    CooperationInvite,
    CoordinationMeeting,
)
from stegvis.journey.background.pages.surfaces import surfaces
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.facts import case
from stegvis.journey.waivers.actions import give, withdraw
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.background.made import a_contact, road
from tests.journey.waivers.made import new
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
AGREED = {
    "counterpart_kind": "ENFORCEMENT",
    "counterpart_name": "Kronofogden",
    "purpose": "planning",
}
NINE = [
    ("PRIMARY_CARE", "Vårdcentralen", "6,5"), ("PHYSIOTHERAPIST", "Smärtmottagningen", "6,5"),
    ("FK", "Försäkringskassan", "2"), ("SOC", "Ekonomiskt bistånd", "4"),
    ("ENFORCEMENT", "Kronofogden", ""), ("SCHOOL", "Skolan", "6,5"), ("FAMILY", "Mamma", "4,5"),
    ("LAWYER", "Advokaten", ""), ("COUNSELLOR", "Kuratorn", "2"),
]  # fmt: skip


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("contact_surfaces", args=[cast.person("own").person])


@pytest.mark.requirement("JI-06")
def test_nine_contacts_are_summed_and_what_nobody_knows_is_said(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    at = reverse("new_note", args=[cast.person("own").person, "contact"])
    for kind, name, hours in NINE:
        asta.post(at, {"kind": kind, "name": name, "hours_month": hours, "do": "again"})
    page = text_of(asta.get(address))
    assert "9 kontakter, minst 32 timmar i månaden" in page
    assert "7,4 timmar i veckan, 18 procent av en hel arbetsvecka" in page
    assert "För 2 kontakter vet ingen timmarna" in page
    with as_job(cast.ekdala.tenant):
        assert ContactSurface.notes.filter(hours_month__isnull=True).count() == 2


@pytest.mark.requirement("JI-07")
def test_the_person_and_the_mentor_get_the_same_picture(cast: Cast, as_job: Work) -> None:
    own = cast.person("own").person
    with as_job(cast.ekdala.tenant):
        a_contact(own)
        a_contact(own, "Skolan", kind="SCHOOL", hours_month=None)
        seen = [
            surfaces(contact_picture(own, by=cast[who].actor, on=cast.on))
            for who in ("asta", "olle")
        ]
        assert seen[0] == seen[1]
        assert "2 kontakter" in seen[0]["sum"] or "2 contacts" in seen[0]["sum"]
        for who in ("vera", "jonna", "mona", "aron"):
            with pytest.raises(Hidden):
                contact_picture(own, by=cast[who].actor, on=cast.on)


@pytest.mark.requirement("JI-08")
def test_a_contact_is_invited_on_a_waiver_and_never_without(cast: Cast, as_job: Work) -> None:
    own = cast.person("own").person
    with as_job(cast.ekdala.tenant):
        contact = a_contact(own)
        elsewhere = {"counterpart_kind": "LAWYER", "counterpart_name": "Kronofogden"}
        for waiver in (None, AGREED | elsewhere, AGREED | {"purpose": "report"}):
            if waiver:
                give(own, new(timezone.now(), **waiver), by=None)
            with pytest.raises(NotNow, check=lambda fault: fault.code == "waiver_missing"):
                actions.invite(contact, road(cast), by=None)
        row = give(own, new(timezone.now(), **AGREED), by=None)
        invited = actions.invite(contact, road(cast), by=None)
        assert invited.waiver_id == row.pk
        actions.invited_answered(invited, "yes", by=None)
        assert ContactSurface.notes.get(pk=contact.pk).cooperates == "yes"
        withdraw(row, by=None)
        other = a_contact(own, "Kronofogden")
        with pytest.raises(NotNow, check=lambda fault: fault.code == "waiver_missing"):
            actions.invite(other, road(cast), by=None)


@pytest.mark.requirement("JI-08")
def test_the_page_offers_the_invitation_only_when_there_is_a_waiver(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    own, asta = cast.person("own").person, sign_in(cast["asta"])
    with as_job(cast.ekdala.tenant):
        contact = a_contact(own)
    assert "Först ett medgivande" in text_of(asta.get(address))
    asta.post(address, {"do": f"invite:{contact.pk}"})
    with as_job(cast.ekdala.tenant):
        assert not CooperationInvite.objects.exists()
        give(own, new(timezone.now(), **AGREED), by=None)
    assert f"invite:{contact.pk}" in text_of(asta.get(address))
    for _ in range(2):
        asta.post(address, {"do": f"invite:{contact.pk}"})
    asta.post(address, {"do": f"no:{contact.pk}"})
    with as_job(cast.ekdala.tenant):
        assert CooperationInvite.objects.get().result == "no"


def test_an_invitation_refused_halfway_leaves_nothing(
    cast: Cast, sign_in: Signing, address: str, as_job: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague changed the contact between the two rows that are written."""
    own = cast.person("own").person
    with as_job(cast.ekdala.tenant):
        contact = a_contact(own)
        give(own, new(timezone.now(), **AGREED), by=None)

    def stale(*_: Any) -> None:
        raise StaleRow

    monkeypatch.setattr(actions, "_cooperates", stale)
    sign_in(cast["asta"]).post(address, {"do": f"invite:{contact.pk}"})
    with as_job(cast.ekdala.tenant):
        assert not CooperationInvite.objects.exists()


@pytest.mark.requirement("JI-09")
def test_a_meeting_keeps_the_shared_picture_and_who_does_what(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    own, asta = cast.person("own"), sign_in(cast["asta"])
    at = reverse("new_note", args=[own.person, "meeting"])
    sent = {
        "on": cast.on.isoformat(), "parties": ["SOC", "PRIMARY_CARE"], "person_was_there": "on",
        "picture": "Smärtan styr morgnarna.", "differs": "", "agreed": "Besöken flyttas.",
    }  # fmt: skip
    assert faults_of(text_of(asta.post(at, sent | {"picture": ""})))
    assert asta.post(at, sent).status_code == 302
    page = text_of(asta.get(address))
    for said in ("Smärtan styr morgnarna.", "Besöken flyttas.", "Primärvård"):
        assert said in page
    with as_job(cast.ekdala.tenant):
        assert CoordinationMeeting.notes.get().parties == ["SOC", "PRIMARY_CARE"]
        told = [f.values for f in case(own.enrolment) if f.kind == "event"]  # type: ignore[arg-type]
    assert told == [{"what": "coordination_meeting"}]
