"""Notes and contacts: written in a few presses, read in order, shown to nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import af_contact
from stegvis.journey.followups.models import ContactEvent, Note
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.memory import earlier
from tests.cast.people import Cast
from tests.journey.followups.made import road, told

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def url(cast: Cast, name: str, key: str = "own") -> str:
    return reverse(name, args=[cast.person(key).person])


def contacted(cast: Cast, party: str, **said: Any) -> ContactEvent:
    new = actions.NewContact(**{"party": party, "way": "phone", "on": cast.on, **said})
    one = road(cast)
    return actions.contact(one.person_id, new, by=cast["asta"].actor, enrolment=one)


@pytest.mark.requirement("AJ-42")
def test_the_timeline_filtered_by_an_authority_lists_every_contact_with_it(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        contacted(cast, "FK", outcome="Intyget är framme.", accompanied=True)
        contacted(cast, "FK", outcome="Ny tid i mars.", on=cast.on - dt.timedelta(days=9))
        contacted(cast, "AF", outcome="Inget om FK.")
    page = sign_in(cast["asta"]).get(url(cast, "talks") + "?with=FK").content.decode()
    assert "Intyget är framme." in page
    assert "Ny tid i mars." in page
    assert "Inget om FK." not in page
    assert cast.person("own").traces[13] not in page, "a note is with nobody"
    assert "Var med deltagaren" in page


@pytest.mark.requirement("AJ-43")
def test_contact_with_the_employment_service_is_due_until_the_exit(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        contacted(cast, "AF", on=cast.on - dt.timedelta(days=4))
        contacted(cast, "AF", reached=False)
        found = af_contact(road(cast), on=cast.on)
        assert found is not None
        assert found.days == 4, "trying in vain is no contact"
        one = road(cast)
        one.until = cast.on
        assert af_contact(one, on=cast.on) is None
    page = sign_in(cast["asta"]).get(url(cast, "talks"))
    assert page.context["af"].days == 4


def test_what_the_core_hears_of_a_contact_says_nothing_of_health(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        with_person = contacted(cast, "participant")
        assert told(with_person) == {
            "contact": {"with": "participant", "way": "phone", "by": "case_worker"}
        }
        psychiatry = contacted(cast, "PSYCHIATRY", outcome="Om medicinen.")
        assert told(psychiatry) == {"event": {"what": "other_contact", "by": "case_worker"}}
        assert told(contacted(cast, "participant", reached=False)) == {}


@pytest.mark.requirement("FM-35")
def test_a_mediator_s_contact_counts_as_the_mediator_s(cast: Cast, at_work: Work) -> None:
    with at_work(cast["jonna"]):
        new = actions.NewContact(party="participant", way="meeting", on=cast.on)
        one = road(cast)
        row = actions.contact(one.person_id, new, by=cast["jonna"].actor, enrolment=one)
        assert told(row)["contact"]["by"] == "job_mediator"


@pytest.mark.requirement("KN-79")
def test_a_trait_is_asked_back_and_the_note_stays_as_it_was_written(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    visitor = sign_in(cast["asta"])
    sent = {"text": "Olle är omotiverad.", "on": cast.on.isoformat(), "about": ""}
    page = visitor.post(url(cast, "note"), sent, follow=True)
    assert "omotiverad" in str([str(one) for one in page.context["messages"]])
    with at_work(cast["asta"]):
        assert Note.notes.filter(text="Olle är omotiverad.").count() == 1


def test_a_note_goes_back_to_the_page_it_was_written_from(cast: Cast, sign_in: Work) -> None:
    visitor = sign_in(cast["asta"])
    at = url(cast, "person")
    shown = visitor.get(at).content.decode()
    assert f"{url(cast, 'note')}?next=" in shown
    assert 'data-key="n"' in shown
    sent = {"text": "Ringde.", "on": cast.on.isoformat(), "next": at}
    assert visitor.post(url(cast, "note"), sent).url == at
    sent = {"text": "Ringde igen.", "on": cast.on.isoformat(), "next": "https://evil.example/"}
    assert visitor.post(url(cast, "note"), sent).url == url(cast, "talks")


def test_a_contact_is_three_taps_from_the_landing_page(cast: Cast, sign_in: Work) -> None:
    """Person, "Contact", and the way it was: the last press saves it."""
    visitor = sign_in(cast["jonna"])
    listed = visitor.get(reverse("participants")).content.decode()
    assert f'href="{url(cast, "person")}"' in listed, "first tap"
    road_page = visitor.get(url(cast, "person")).content.decode()
    assert f'href="{url(cast, "contact")}?next=' in road_page, "second tap"
    form = visitor.get(url(cast, "contact"))
    usual = {name: form.context["form"].initial.get(name, "") for name in ("party", "on")}
    assert visitor.post(url(cast, "contact"), {**usual, "way": "phone"}).status_code == 302


def test_one_s_own_note_is_corrected_and_the_earlier_kept(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    visitor = sign_in(cast["asta"])
    own = cast.person("own")
    at = reverse("correct_note", args=[own.person, own.rows["note"]])
    assert visitor.get(at).status_code == 200
    sent = {"text": "Rättat.", "about": "week", "seen": "1"}
    assert visitor.post(at, sent).status_code == 302
    stale = visitor.post(at, {**sent, "text": "Skrivet samtidigt."})
    assert "Rättat." in stale.content.decode(), "the colleague's text"
    assert "Skrivet samtidigt." in stale.content.decode(), "and one's own"
    with at_work(cast["asta"]):
        assert [row.text for row in earlier(Note, id=own.rows["note"])] == [own.traces[13]]


def test_a_colleague_s_note_is_not_one_s_own(cast: Cast, sign_in: Work, at_work: Work) -> None:
    own = cast.person("own")
    at = reverse("correct_note", args=[own.person, own.rows["note"]])
    assert sign_in(cast["jonna"]).post(at, {"text": "Bättre så."}).status_code == 302
    with at_work(cast["asta"]):
        assert Note.notes.get(pk=own.rows["note"]).text == own.traces[13]


@pytest.mark.parametrize("who", ["vera", "mona", "aron", "olle"])
def test_talks_are_for_those_who_have_them(cast: Cast, sign_in: Work, who: str) -> None:
    visitor = sign_in(cast[who])
    for name in ("talks", "note", "contact", "week", "review"):
        assert visitor.get(url(cast, name)).status_code == 404


def test_an_empty_note_is_refused_with_a_sentence(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        person = cast.person("own").person
        with pytest.raises(NotNow, match="text_missing"):
            actions.note(person, "  ", by=cast["asta"].actor, on=cast.on)
        with pytest.raises(Hidden):
            actions.note(cast.person("same_unit").person, "x", by=cast["asta"].actor, on=cast.on)


def test_the_timeline_asks_the_database_a_fixed_number_of_times(
    cast: Cast, sign_in: Work, at_work: Work, queries: Work
) -> None:
    with at_work(cast["asta"]):
        for day in range(12):
            contacted(cast, "participant", on=cast.on - dt.timedelta(days=day))
    visitor = sign_in(cast["asta"])
    with queries() as made:
        assert visitor.get(url(cast, "talks")).status_code == 200
    assert made.count <= 12, made.statements
