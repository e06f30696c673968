"""The same road in a Danish jobcentre: Min Plan, the job mediator, and the paper."""

from __future__ import annotations

import pytest

from stegvis.journey.followups.models import ContactEvent
from stegvis.journey.plans.models import PlanVersion
from tests.cast.building import as_member
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.stage import Stage


def referred(hands: Hands, stage: Stage, given: str = "Dagny", *, since: int = 50) -> str:
    hands.go("/referrals/new/").write("Fornavn", given).write("Efternavn", "Fremad")
    hands.choose("Hvad bliver der bedt om?", "Træne").write("Hvad mere præcist?", "mødetider")
    hands.write("Hvorfor?", "Vil i arbejde.").press("checkbox", "Jobmatch")
    hands.write("Hvornår kom den ind?", stage.day(-since - 11)).send("Registrér henvisningen")
    came = hands.page.locator("tbody tr", has_text="Svaret er forsinket").last
    came.get_by_role("link").click()
    hands.page.wait_for_url("**/referrals/*/")
    hands.write("Indskrevet fra", stage.day(-since))
    hands.write("Hvorfor hører borgeren til her?", "Fire år uden arbejde.")
    hands.send("Modtag og indskriv")
    return hands.path


def _mediated(hands: Hands, at: str) -> None:
    """Offered, answered, and Mads becomes the personal job mediator."""
    hands.go(f"{at}mediator/").send("Tilbudt")
    hands.press("radio", "Sagde ja").send("Gem")
    assert hands.sees("Mads Birkesodotter"), "the one there is"
    hands.send("Tildel")


def screened(hands: Hands, stage: Stage, at: str, *, since: int = 21) -> None:
    """The first step, the person's own goal, a CV, and the screening."""
    hands.go(f"{at}steps/new/").press("radio", "Til trin 1").write("Begrundelse", "Vi begynder.")
    hands.write("Hvad siger borgeren", "Det er fint.").write("Fra hvilken dag", stage.day(-since))
    hands.send("Beslut")
    hands.go(f"{at}mapping/goal/").write("Målet, med borgerens ord", "Pedelmedhjælper")
    hands.send("Gem målet")
    hands.go(f"{at}papers/cv/").press("radio", "Det skrives her")
    hands.write("Arbejde", "Lager, to år.").send("Gem en version")
    hands.go(f"{at}screening/").press("radio", "Projektindsats med personlig jobformidler")
    hands.write("Grundlag", "Vil ud og arbejde.").write("Hvad siger borgeren", "Jeg er klar.")
    hands.send("Sæt gruppen")
    _mediated(hands, at)
    hands.go(f"{at}mapping/close/").choose("Hvilket trin bør", "1 Startafklaring")
    hands.press("checkbox", "Støtte til at søge job").press("radio", "Der er brug for")
    hands.write("Sammenfat", "Kan pedelarbejde, vil ud.").send("Afslut kortlægningen")
    assert hands.sees("Pedelmedhjælper")


def planned(hands: Hands, stage: Stage, at: str) -> None:
    hands.go(f"{at}plan/").press("link", "Skriv planen")
    hands.write("Ressourcer", "Håndelag.").write("Situationen nu", "Fire år uden arbejde.")
    hands.choose("Hovedformål", "Arbejde").press("checkbox", "Spurgt: ingen nævnt")
    hands.page.get_by_text("Tilføj et mål").click()
    hands.write("Målet", "Pedelmedhjælper på en skole").write("Senest", stage.day(120))
    hands.page.get_by_text("Tilføj et delmål").first.click()
    sub = hands.page.locator("fieldset.gf fieldset.gf").first
    sub.get_by_label("Delmålet").fill("Besøge to skoler")
    sub.get_by_label("Senest").first.fill(stage.day(30))
    hands.send("Gem udkastet")


def agreed(hands: Hands, at: str) -> None:
    hands.go(f"{at}plan/agree/").press("radio", "På papir").send("Notér, at borgeren har sagt ja")
    hands.go(f"{at}plan/agree/").send("Beslut, at dette er planen")
    hands.go(f"{at}plan/1/paper/")
    assert hands.page.inner_text("h1") == "Min plan"
    text = hands.page.inner_text("body")
    assert text.index("Håndelag.") < text.index("Pedelmedhjælper på en skole")


def _met(hands: Hands, at: str) -> None:
    """The mediator's contact is three taps from the list, on a telephone."""
    hands.go("/people/")
    hands.press("link", "Dagny Fremad").press("link", "Kontakt").send("Telefon")
    assert hands.presses == 3
    assert hands.look() == []


def _followed_up(hands: Hands, at: str) -> None:
    hands.go(f"{at}talks/")
    before = hands.presses + hands.texts
    hands.press("link", "Følg op på ugen").write("Med egne ord", "Jeg har ringet til en skole.")
    hands.write("Hvad gør vi nu?", "Besøge den.").send("Gem ugen")
    assert hands.presses + hands.texts - before <= 8
    assert hands.sees("Jeg har ringet til en skole.")


@pytest.mark.requirement("FM-01", "FM-08", "FM-09", "FM-10", "X-12")
def test_the_road_in_danish_with_min_plan_to_the_report_on_paper(
    enter: Enter, stage: Stage
) -> None:
    with enter("inge", language="da") as inge:
        at = referred(inge, stage)
        screened(inge, stage, at)
        planned(inge, stage, at)
        agreed(inge, at)
        with enter("mads", language="da", width=390) as mads:
            _met(mads, at)
        _followed_up(inge, at)
        inge.go(f"{at}steps/new/?to=t2")
        assert inge.sees("5 af 5 kriterier"), "each of them from what was written down"
        inge.press("checkbox", "Borgeren har udarbejdet et cv")
        inge.write("Hvad siger borgeren", "Nu vil jeg ud.").send("Beslut")
        assert inge.sees("Nu vil jeg ud.")
        inge.go(f"{at}reports/").send("Skriv den ud fra det noterede")
        inge.send("Borgeren vil ikke se den")
        inge.press("radio", "På papir").send("Send rapporten")
        assert inge.sees("På papir")
        assert inge.look() == []
    with stage.backstage(), as_member(stage.cast["inge"]):
        whose = {"person": at.split("/")[2]}
        assert PlanVersion.versions.get(**whose).state == PlanVersion.State.AGREED
        assert ContactEvent.events.get(**whose).part == "job_mediator"
