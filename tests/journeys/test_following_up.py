"""The week with one person, a note and a contact, counted press by press."""

from __future__ import annotations

import pytest

from stegvis.journey.followups.models import ContactEvent, FollowUp, Note
from tests.cast.building import as_member
from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage


@pytest.mark.requirement("JI-15", "X-09")
def test_the_week_is_followed_up_in_at_most_eight_interactions(enter: Enter, stage: Stage) -> None:
    with enter("asta") as hands:
        hands.go(f"/people/{stage.people['rosa']}/talks/")
        hands.press("link", "Följ upp veckan")
        hands.write("Med egna ord", "Jag klarade resan.")
        hands.write("Vad gör vi härnäst", "Prova bussen själv.")
        hands.write("Anteckning", "Bytet är det svåra.")
        assert hands.look() == []
        hands.press("button", "Spara veckan")
        assert hands.presses + hands.texts <= 8 - 3, "three more for three goals"
        assert hands.sees("Jag klarade resan.")
        assert hands.look() == []
    with stage.backstage(), as_member(stage.cast["asta"]):
        row = FollowUp.follow_ups.get(person=stage.people["rosa"])
        assert row.next_on is not None, "the day that was already chosen"


def test_a_note_after_a_call_is_a_key_a_few_words_and_a_press(enter: Enter, stage: Stage) -> None:
    with enter("asta") as hands:
        at = f"/people/{stage.people['rosa']}/"
        hands.go(at)
        hands.page.keyboard.press("n")
        hands.page.wait_for_url("**/note/**")
        assert "Rosa Beslutsten" in hands.page.inner_text("h1")
        hands.page.keyboard.type("Ringde om torsdagen.")
        hands.press("button", "Spara")
        assert hands.presses == 1
        assert hands.path == at, "back where one was"
    with stage.backstage(), as_member(stage.cast["asta"]):
        assert Note.notes.filter(text="Ringde om torsdagen.").count() == 1


def test_a_mediator_s_contact_is_three_taps_on_a_telephone(enter: Enter, stage: Stage) -> None:
    with enter("mads") as hands:
        hands.page.set_viewport_size({"width": 390, "height": 844})
        hands.go("/people/")
        hands.press("link", "Mette Genstart").press("link", "Kontakt").press("button", "Telefon")
        assert hands.presses == 3
        assert hands.look() == []
    with stage.backstage(), as_member(stage.cast["mads"]):
        row = ContactEvent.events.get(person=stage.people["mette"])
        assert (row.party, row.way, row.part) == ("participant", "phone", "job_mediator")
