"""From a referral without a purpose to the first step."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Enter


@pytest.mark.requirement("AJ-01", "AJ-38", "AJ-62", "KN-03")
def test_a_referral_without_purpose_is_asked_back_answered_and_leads_to_a_first_step(
    enter: Enter,
) -> None:
    with enter("asta") as hands:
        hands.go("/my-day/").press("link", "Ny remiss")
        hands.write("Förnamn", "Yusuf").write("Efternamn", "Frågström")
        hands.choose("Vem remitterar?", "Arbetsförmedlingen (AF)")
        hands.press("button", "Registrera remissen")
        row = hands.page.locator("tbody tr", has_text="Syfte saknas").last
        row.get_by_role("link").click()
        assert hands.sees("Yusuf Frågström")
        hands.write("Din fråga", "Vad ska tränas, och varför?").press("button", "Ställ frågan")
        assert hands.sees("Vad ska tränas, och varför?")
        assert hands.look() == []
        hands.choose("Vad efterfrågas?", "Träna").write("Vad, närmare bestämt?", "passa tider")
        hands.write("Varför?", "Vill söka arbete i vår.")
        hands.press("checkbox", "Matchning mot arbete")
        hands.press("button", "Ta upp den igen")
        hands.choose("Program", "AME:s Jobbtrappa")
        hands.write("Varför hör personen hemma här?", "Två år utan arbete.")
        hands.press("button", "Ta emot och skriv in")
        assert hands.page.inner_text("h1") == "Yusuf Frågström"
        hands.press("link", "Nytt stegbeslut")
        hands.press("radio", "Till steg 1")
        hands.write("Motivering", "Vi börjar med att kartlägga.")
        hands.write("Vad säger deltagaren", "Bra, jag vill börja.")
        hands.press("button", "Besluta").press("link", "Yusuf Frågström")
        assert hands.sees("Steg 1 av 6")
        assert hands.sees("Bra, jag vill börja.")
