"""An example company in Swedish: a placement in at most fifteen presses, the agreement, the form
both answer, side by side, and the hours the company confirms, taken over in one press."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.out import Firm, open_firms, someone, train
from tests.journeys.stage import Stage

BAKERY = Firm("Exempelbagaren", "Eva Exempel", "Baka bröd")


def _placed(hands: Hands, stage: Stage, at: str) -> None:
    """From the person's page: at most fifteen presses and fields (§ 1.9)."""
    hands.go(at).press("link", "På företag")
    hands.press("link", "Registrera placering")
    hands.choose("Var?", f"{BAKERY.name}: {BAKERY.work}")
    hands.write("Vilka ordinarie timmar är målet?", "Fyra timmar från start")
    hands.write("Första dag", stage.day(-75)).write("Ordinarie timmar: timmar", "4")
    hands.write("Ordinarie timmar: i vilken", BAKERY.work)
    hands.page.locator("summary", has_text="Sista dag").click()
    hands.presses += 1
    hands.choose("Fast kontaktperson", f"{BAKERY.name}: {BAKERY.contact}")
    hands.send("Registrera placering")
    assert hands.sees("Placerad.")
    assert hands.presses + hands.texts <= 15
    assert hands.sees("Exempelföretag")
    assert hands.look() == []


def _agreed(hands: Hands, at: str) -> str:
    """Written, signed on paper by two and by the case worker; the company gets its link."""
    hands.go(f"{at}agreement/").press("link", "Gör överenskommelsen")
    hands.page.locator("label", has_text="Ja").first.click()
    hands.write("Delmål 1", "Klara morgonpasset själv").press("checkbox", "Vi har gått igenom det")
    hands.send("Klar att skriva under")
    for name in ("Underskrivet på papper, jag såg det",) * 2:
        hands.send(name)
    hands.press("button", "Skriv under")
    assert hands.sees("Underskriven av alla")
    hands.send("Gör en länk")
    return str(hands.page.input_value("#address")).removeprefix(hands.stage.address)


def _company(company: Hands, where: str, code: str) -> None:
    company.go(where).write("Kod", code).send("Öppna").send("Ja, timmarna stämmer")
    assert company.sees("Tack. Timmarna är skickade.")
    _answers(company, "För det mesta")
    assert company.sees("Tack för svaren.")
    assert company.look() == []


def _answers(hands: Hands, came: str) -> None:
    """The same questions of both: six taps and a word."""
    for n, group in enumerate(hands.page.locator("fieldset.qs").all()):
        fits = group.get_by_role("radio", name="Passar")
        words = came if n == 0 else "Passar" if fits.count() else "Ja"
        group.get_by_role("radio", name=words, exact=True).check()
    hands.write("Vad går bra?", "Bröden.").send("Skicka svaren")


@pytest.mark.requirement("JI-16", "JI-26", "FM-44", "FM-47")
def test_from_an_example_company_to_both_answers_side_by_side(enter: Enter, stage: Stage) -> None:
    open_firms(stage, stage.cast.ekdala, (BAKERY,))
    train(stage, stage.cast.ekdala, BAKERY)
    at = someone(stage, "asta", "Embla", (("s1", 250), ("s5", 200)))
    with enter("asta") as asta, enter("", width=390) as embla:
        _placed(asta, stage, at)
        where = _agreed(asta, at)
        code = asta.page.inner_text("b.code")
        with enter("", width=390) as company:
            _company(company, where, code)
        asta.go(f"{at}access/").send("Gör länk och kod")
        door = asta.page.input_value("#address").removeprefix(stage.address)
        embla.go(door).write("Dina 6 siffror", asta.page.inner_text(".way-code")).send("Gå in")
        embla.go("/my/job/")
        _answers(embla, "Ja")
        assert embla.look() == []
        asta.go(f"{at}agreement/answers/")
        assert asta.sees("inte samma svar")
        assert asta.look() == []
        asta.go(f"{at}hours/").send("För in timmarna")
        assert asta.sees("17,5") or asta.sees("18")
        assert not asta.sees("inte bland timmarna än")
        assert asta.look() == []
