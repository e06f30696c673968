"""Flere skal med to its end, in Danish: three tasters, a match, an agreement that three parties
sign on three devices, ordinary hours, a drop-out, another attempt, thirty hours, after-care."""

from __future__ import annotations

import pytest

from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.hours.models import AfterCare
from stegvis.journey.standing.models import StepPeriod
from tests.cast.building import as_service
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.out import Firm, matched, open_firms, travel, tried
from tests.journeys.stage import Stage
from tests.journeys.test_the_danish_road import agreed, planned, referred, screened

BAKERY = Firm("Bageriet Kringlen", "Karla Kringle", "Pakke brød")
SCHOOL = Firm("Skolen ved Åen", "Per Pedel", "Pedelopgaver")
GARDEN = Firm("Gartneriet Grøn", "Grete Gartner", "Vande planter")
FIRMS = (BAKERY, SCHOOL, GARDEN)
ROAD = [("t1", 1), ("t2", 1), ("t3", 1), ("t2", 2), ("t3", 2)]


def _placed(hands: Hands, stage: Stage, at: str, firm: Firm, days: int) -> None:
    """At most fifteen presses and fields from the match (§ 1.9)."""
    before = hands.presses + hands.texts
    hands.press("link", "Registrér placering")
    hands.press("radio", "Ordinære timer")
    hands.write("Hvilke ordinære timer er målet?", "Otte timer om ugen")
    hands.write("Første dag", stage.day(-days)).write("Ordinære timer: timer om ugen", "8")
    hands.write("Ordinære timer: i hvilken funktion?", firm.work)
    hands.write("Hvem vejleder dag for dag?", "Ove")
    hands.send("Registrér placering")
    assert hands.sees("Placeret.")
    assert hands.presses + hands.texts - before <= 15


def _written(hands: Hands, at: str) -> None:
    hands.go(f"{at}agreement/").press("link", "Lav aftalen")
    hands.page.wait_for_load_state()
    hands.page.locator("label", has_text="Ja").first.click()
    hands.write("Delmål 1", "Klarer morgenholdet alene")
    hands.press("checkbox", "Vi har gennemgået det")
    hands.send("Klar til underskrift")
    assert hands.sees("ligger klar til underskrift")
    assert hands.look() == []


def _decided(hands: Hands, stage: Stage, at: str, step: str, days: int, *lacking: str) -> None:
    """A step decided from a day that has been; `lacking`: what the page must say is missing."""
    hands.go(f"{at}steps/new/?to={step}")
    assert not [word for word in lacking if not hands.sees(word)]
    hands.press("radio", f"Til trin {step[1]}").write("Begrundelse", "Talt igennem med alle.")
    hands.write("Hvad siger borgeren", "Det vil jeg.").write("Fra hvilken dag", stage.day(-days))
    hands.send("Beslut")
    assert hands.sees("Det vil jeg.")


def _own_page(inge: Hands, own: Hands, at: str) -> None:
    inge.go(f"{at}access/").send("Lav link og kode")
    where = inge.page.input_value("#address").removeprefix(inge.stage.address)
    own.go(where).write("Dine 6 tal", inge.page.inner_text(".way-code")).send("Gå ind")
    assert own.path == "/my/"


def _signed(mads: Hands, own: Hands, company: Hands, at: str) -> None:
    """Each on a device of their own; the company's browser has no account."""
    mads.go(f"{at}agreement/").send("Lav et link")
    where = mads.page.input_value("#address").removeprefix(mads.stage.address)
    code = mads.page.inner_text("b.code")
    company.go(where).write("Kode", code).send("Åbn")
    company.send("Jeg skriver under for virksomheden")
    assert company.sees("Tak. Du har skrevet under.")
    assert company.look() == []
    own.go("/my/job/").send("Ja, jeg skriver under")
    assert own.sees("Du har skrevet under")
    assert own.look() == []
    mads.go(f"{at}agreement/").send("Skriv under")
    assert mads.sees("Underskrevet af alle")
    assert mads.look() == []


def _hours(hands: Hands, at: str, month: str, said: str) -> None:
    """A month by hand: the number, and the month where it is not the last one."""
    hands.go(f"{at}hours/enter/?month={month}").write("Timer i måneden", said).send("Gem")
    assert hands.sees(said)


def _broken_off(hands: Hands, stage: Stage, at: str, firm: Firm, days: int) -> None:
    hands.go(f"{at}placements/")
    card = hands.page.locator("article", has_text=firm.name).first
    card.get_by_role("link", name="Registrér frafald").click()
    hands.write("Hvilken dag blev det afbrudt?", stage.day(-days))
    hands.choose("Hvorfor?", "opgaverne passede ikke").press("radio", "Alle sammen")
    hands.send("Gem")
    assert hands.sees("opgaverne passede ikke")


def _monthly(mads: Hands) -> None:
    """The month's hours on a telephone: two taps and a number (FM-44)."""
    mads.go("/my-day/")
    row = mads.page.locator("li", has_text="Vigdis Fremad").filter(has_text="timer for").first
    row.get_by_role("link", name="Registrér timer").click()
    mads.presses = 1
    mads.write("Timer i måneden", "31,5").send("Gem")
    assert mads.presses == 2
    assert mads.sees("31,5")
    assert mads.look() == []


def _cared(mads: Hands, at: str) -> None:
    mads.go(f"{at}hours/").press("link", "Planlæg efterværn")
    mads.press("checkbox", "Borgeren ønsker efterværn").send("Planlæg")
    assert mads.sees("Planlagt.")
    assert mads.look() == []


def _left(inge: Hands, at: str) -> None:
    """Thirty hours are proposed as met; a case worker decides."""
    inge.go(f"{at}hours/")
    assert inge.sees("Mindst 30 ordinære timer")
    inge.press("link", "Se på det og beslut")
    inge.choose("Hvad kom der ud af det?", "Delvis nået")
    for one in inge.page.get_by_role("radio", name="Ja").all():
        one.check()
    inge.choose("Hvorfor stopper borgeren?", "Arbejde").choose("Hvad lever borgeren", "Løn")
    inge.write("Begrundelse", "31,5 ordinære timer på en måned.")
    inge.write("Hvad siger borgeren med egne", "Jeg har fået job.").send("Beslut")
    assert inge.path == "/people/"


def _kept(stage: Stage, at: str) -> None:
    whose = {"person": at.split("/")[2]}
    with stage.backstage(), as_service(stage.cast.birkeso.tenant):
        rows = StepPeriod.periods.standing().filter(**whose).order_by("since")
        assert [(row.step, row.attempt) for row in rows] == ROAD
        signed = AgreementVersion.versions.signed().filter(**whose)
        assert [row.signatures.count() for row in signed] == [3, 3]
        assert AfterCare.objects.get(**whose).contacts.count() == 6


def _to_step_2(inge: Hands, own: Hands, stage: Stage) -> str:
    at = referred(inge, stage, "Vigdis", since=220)
    screened(inge, stage, at, since=210)
    planned(inge, stage, at)
    agreed(inge, at)
    _own_page(inge, own, at)
    _decided(inge, stage, at, "t2", 190)
    return at


def _tasters(mads: Hands, stage: Stage, at: str) -> None:
    for n, (firm, rating) in enumerate(zip(FIRMS, "352", strict=True)):
        fit = "Passer godt" if firm is SCHOOL else "Passer delvist"
        tried(mads, at, firm, stage.day(-180 + n), rating=rating, fit=fit)
    assert mads.look() == []


def _out(mads: Hands, own: Hands, enter: Enter, at: str, chosen: tuple[Firm, int]) -> None:
    """Matched, placed, and agreed on three devices."""
    firm, days = chosen
    matched(mads, at, firm)
    _placed(mads, mads.stage, at, firm, days)
    _written(mads, at)
    with enter("inge", language="da") as inge:
        inge.go(f"{at}steps/new/?to=t3")
        assert inge.sees("1 af 3"), "the contact person is there; nobody has signed"
        assert inge.sees("2 ting mangler")
    with enter("", language="da", width=390) as company:
        _signed(mads, own, company, at)


@pytest.mark.night
@pytest.mark.requirement("FM-30", "FM-34", "FM-42", "FM-44", "FM-48", "FM-49", "FM-50")
def test_from_screening_to_after_care(enter: Enter, stage: Stage) -> None:
    open_firms(stage, stage.cast.birkeso, FIRMS)
    with (
        enter("inge", language="da") as inge,
        enter("mads", language="da", width=820) as mads,
        enter("", language="da", width=390) as own,
    ):
        at = _to_step_2(inge, own, stage)
        _tasters(mads, stage, at)
        _out(mads, own, enter, at, (SCHOOL, 150))
        travel(stage, at, ("agreement", "follow_up_plan"), 145)
        _decided(inge, stage, at, "t3", 140, "3 af 3")
        _hours(mads, at, stage.day(-110)[:7], "12,5")
        _broken_off(mads, stage, at, SCHOOL, 75)
        _decided(inge, stage, at, "t2", 74)
        inge.go(f"{at}steps/new/?to=t3")
        assert inge.sees("0 af 3"), "what was agreed the first time counts no more"
        tried(mads, at, BAKERY, stage.day(-72), rating="5", fit="Passer godt")
        _out(mads, own, enter, at, (BAKERY, 65))
        _decided(inge, stage, at, "t3", 64, "3 af 3")
        with enter("mads", language="da", width=390) as phone:
            _monthly(phone)
        _cared(mads, at)
        _left(inge, at)
        mads.go(f"{at}after-care/")
        assert mads.sees("Vigdis Fremad"), "whoever planned it goes on with it"
    _kept(stage, at)
