"""From the referral to the report: one person's road, as everybody on it does their part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from stegvis.journey.abilities.models import Observation
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.plans.models import PlanVersion
from stegvis.journey.reports.models import Link
from tests.cast.building import as_member, as_service
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.stage import Stage
from tests.platform.documents.test_typesetting import text_of

OWN_WORDS = "Jag gillar när det är bråttom."
COMMENT = "Jag vill att ni vet att köket passar mig."
HIDDEN = ("ångest", "sjukpenning", "handgemäng", "morgnarna")
"""Written down of her in the mapping, the intake, a talk and the plan; never the referrer's."""


def _referred(hands: Hands, stage: Stage) -> str:
    """The referral with its purpose, answered; the address of the person's pages."""
    hands.go("/referrals/new/").write("Förnamn", "Frida").write("Efternamn", "Framåt")
    hands.choose("Vem remitterar?", "Arbetsförmedlingen (AF)")
    hands.write("När kom den in?", stage.day(-61)).write("Kontaktperson där", "remiss@af.example")
    hands.choose("Vad efterfrågas?", "Träna").write("Vad, närmare bestämt?", "arbeta i kök")
    hands.write("Varför?", "Vill söka arbete i vår.").press("checkbox", "Matchning mot arbete")
    hands.send("Registrera remissen")
    came = hands.page.locator("tbody tr", has_text="Svaret är sent").last
    came.get_by_role("link").click()
    hands.page.wait_for_url("**/referrals/*/")
    hands.write("Inskriven från", stage.day(-50)).choose("Vad lever personen på?", "Sjukpenning")
    hands.write("Varför hör personen hemma här?", "Två år utan arbete.")
    hands.send("Ta emot och skriv in")
    assert hands.page.inner_text("h1") == "Frida Framåt"
    return hands.path


def _mapped(hands: Hands, at: str) -> None:
    """Resources before barriers, the goal, and the four answers."""
    hands.go(f"{at}mapping/").press("link", "Lägg till en resurs")
    hands.write("Med några ord", "Har arbetat i kök").write("Det deltagaren sa", OWN_WORDS)
    hands.send("Spara")
    hands.press("link", "Hitta en riktning").write("Målet, med deltagarens ord", "Köksbiträde")
    hands.send("Spara målet")
    hands.go(f"{at}mapping/").press("link", "Lägg till ett hinder")
    hands.choose("Livsområde", "Psykisk hälsa").write("Med några ord", "Ångest på morgonen")
    hands.send("Spara")
    text = hands.page.inner_text("main")
    assert text.index("Har arbetat i kök") < text.index("Köksbiträde") < text.index("Ångest på")
    hands.press("link", "Avsluta kartläggningen")
    hands.choose("Vilket steg", "2 Lättare arbetsträning").press("checkbox", "Arbetsträning")
    hands.press("radio", "Arbetsträning behövs").write("Sammanfatta", "Kan kök, vill i lag.")
    hands.send("Avsluta kartläggningen")
    assert hands.sees("2 Lättare arbetsträning")
    assert hands.sees(OWN_WORDS)


def _planned(hands: Hands, stage: Stage, at: str) -> None:
    hands.go(f"{at}plan/").press("link", "Skriv planen")
    hands.write("Resurser", "Kök, lagarbete.").write("Nuläge", "Två år utan arbete.")
    hands.choose("Huvudsyfte", "Arbete").write("Hinder", "Morgnarna.")
    hands.page.get_by_text("Lägg till ett mål").click()
    hands.write("Målet", "Arbeta i ett kök").write("Senast", stage.day(120))
    hands.page.get_by_text("Lägg till ett delmål").first.click()
    sub = hands.page.locator("fieldset.gf fieldset.gf").first
    sub.get_by_label("Delmålet").fill("I tid fyra dagar av fem")
    sub.get_by_label("Senast").first.fill(stage.day(30))
    sub.get_by_text("Lägg till något att göra").click()
    act = sub.get_by_role("group", name="Något att göra")
    act.get_by_label("Vad", exact=True).fill("Ställa två klockor")
    act.get_by_label("Senast").fill(stage.day(14))
    hands.send("Spara utkastet")
    assert hands.sees("Ställa två klockor")


def _followed_up(hands: Hands, stage: Stage, at: str, *, days: int, words: str) -> None:
    hands.go(f"{at}talks/")
    before = hands.presses + hands.texts
    hands.press("link", "Följ upp veckan")
    hands.page.get_by_text("En annan dag, vilka som var med").click()
    hands.presses += 1
    hands.write("Dag", stage.day(days)).write("Med egna ord", words)
    hands.write("Vad gör vi härnäst", "Prova en tidigare buss.")
    hands.write("Anteckning", "Ett handgemäng på bussen; sedan gick det bättre.")
    hands.send("Spara veckan")
    assert hands.presses + hands.texts - before <= 8
    assert hands.sees(words)


def _rated(hands: Hands, stage: Stage, at: str) -> None:
    """What she says of herself, and that it is to be tried in work."""
    hands.go(f"{at}abilities/rate/").choose("Vad skattas?", "arbeta självständigt")
    hands.press("radio", "7").write("Med deltagarens egna ord", "Jag klarar köket själv.")
    hands.send("Spara")
    hands.press("link", "Pröva i arbete", "arbeta självständigt")
    hands.write("Vad ska göras?", "Öppna köket klockan sju").write("Senast när", stage.day(7))
    hands.choose("Vem är med och ser?", "Vera Ekdaladotter").send("Beställ")


def _observed(hands: Hands) -> None:
    """The supervisor's three taps, and what came of the trial."""
    hands.go("/observe/")
    hands.press("link", "Frida Framåt", "Inte sett än").press("radio", "Arbeta självständigt")
    hands.send("Fungerar med stöd")
    assert hands.presses == 3
    hands.press("link", "Frida Framåt: Öppna köket").press("radio", "Fungerar med stöd")
    hands.write("Vad gick att se?", "Öppnade själv fyra av fem dagar.").send("Spara")


def _judged(hands: Hands, at: str) -> None:
    """Both marks stand beside the criteria; a person judges, and says on what."""
    hands.go(f"{at}steps/new/?to=s3")
    assert hands.sees("Går isär")
    assert hands.sees("7 av 10")
    assert hands.sees("Öppnade själv fyra av fem dagar.")
    assert hands.look() == []
    for criterion in ("Är mer självgående", "Behöver mindre stöd"):
        hands.press("link", "Bedöm", criterion).press("radio", "Ja")
        hands.write("Vad bygger du det på", "Öppnade köket själv.").send("Spara bedömningen")


def _decided(hands: Hands) -> None:
    hands.go("/my-day/")
    hands.presses = hands.texts = 0
    hands.press("link", "Granska och besluta", "Frida").press("checkbox", "Är mer självgående")
    hands.write("Vad säger deltagaren", "Jag vill vidare.").send("Besluta")
    assert hands.presses <= 6
    assert hands.texts == 1
    assert hands.sees("alla 2 villkor är uppfyllda")


def _began(hands: Hands, stage: Stage, at: str) -> None:
    """On the step the mapping came to, with the supervisor who will see her at work."""
    hands.go(f"{at}steps/new/").page.get_by_text("Till ett annat steg").click()
    hands.press("radio", "Till steg 2 Lättare arbetsträning")
    hands.write("Motivering", "Som kartläggningen kom fram till.")
    hands.write("Vad säger deltagaren", "Jag vill börja i köket.")
    hands.write("Från vilken dag", stage.day(-21)).send("Besluta")
    hands.go(f"{at}assignments/").choose("Vem, och som vad?", "Vera Ekdaladotter, Arbetshandledare")
    hands.send("Tilldela")


def _fetched(hands: Hands, link: str, code: str) -> Path:
    hands.go(link).write("Kod", code)
    with hands.page.expect_download() as got:
        hands.press("button", "Hämta rapporten")
    return Path(got.value.path())


def _refused(enter: Enter, link: str, code: str) -> str:
    """What somebody sees for whom there is nothing."""
    with enter("", width=820) as other:
        other.go(link).write("Kod", code).send("Hämta rapporten")
        return str(other.page.inner_text("body"))


@contextmanager
def _expired(stage: Stage, at: str) -> Iterator[None]:
    """Inside, the link lies so far back that its days are over."""
    tenant, past = stage.cast.ekdala.tenant, dt.timedelta(days=40)
    for shift in (-past, past):
        with stage.backstage(), as_service(tenant):
            row = Link.objects.get(person=at.split("/")[2])
            Link.objects.filter(pk=row.pk).update(expires_at=row.expires_at + shift)
        if shift < dt.timedelta():
            yield


def _entered(asta: Hands, frida: Hands, at: str) -> None:
    """The case worker makes the link and says the code; she opens her own page with them."""
    asta.go(f"{at}access/").send("Gör länk och kod")
    where = asta.page.input_value("#address").removeprefix(asta.stage.address)
    frida.go(where).write("Dina 6 siffror", asta.page.inner_text(".way-code"))
    frida.send("Gå in")
    assert frida.path == "/my/"


def _agreed(asta: Hands, frida: Hands, at: str) -> None:
    """On two devices: she reads it on her own page and says yes, the case worker decides."""
    frida.go("/my/plan/").press("link", "En plan väntar på ditt svar")
    assert frida.sees("Ställa två klockor")
    frida.send("Ja, jag är med på det")
    asta.go(f"{at}plan/agree/")
    assert asta.sees("Har sagt ja")
    asta.send("Besluta att detta är planen")
    assert asta.sees("Version 1 gäller.")
    frida.go("/my/plan/read/")
    assert frida.sees("Ni sa ja båda två")


def _reported(asta: Hands, frida: Hands, at: str) -> str:
    """A press for the draft, the review, and the sending; the code that is told by telephone."""
    asta.go(f"{at}reports/")
    before = asta.presses
    asta.send("Skriv den ur det som är antecknat")
    assert asta.sees("Vi har följt upp tillsammans 2 gånger.")
    assert not [word for word in HIDDEN if word in asta.page.inner_text("article").casefold()]
    asta.send("Visa den på den egna sidan")
    frida.go("/my/reports/").send("Läs den")
    assert frida.sees("Vi har följt upp tillsammans 2 gånger.")
    frida.write("Vad vill du säga om den?", COMMENT).send("Spara mina ord")
    asta.page.reload()
    assert asta.sees(COMMENT)
    asta.send("Skicka rapporten")
    assert asta.presses - before == 3
    assert asta.look() == []
    return str(asta.page.inner_text("[aria-labelledby=way] b"))


def _nobody_is_named(enter: Enter, letter: EmailMessage, link: str) -> None:
    """Neither in the mail nor on the page before the code."""
    with enter("", width=820) as referrer:
        page = referrer.go(link).page.inner_text("body")
        assert referrer.look() == []
    said = f"{letter.subject} {letter.body} {page}".casefold()
    assert not [w for w in ("frida", "framåt", "asta", "ame-kontoret", *HIDDEN) if w in said]


def _is_kept(stage: Stage, at: str) -> None:
    with stage.backstage(), as_member(stage.cast["asta"]):
        whose = {"person": at.split("/")[2]}
        assert FollowUp.follow_ups.filter(**whose).count() == 2
        assert Observation.observations.filter(**whose).count() == 2
        assert PlanVersion.versions.get(**whose).state == PlanVersion.State.AGREED
        assert Link.objects.get(**whose).opened_at is not None


def _opened_once(enter: Enter, stage: Stage, at: str, code: str) -> bytes:
    """By the link and the code, in a browser that knows nobody; every other way is one page."""
    letter = stage.posted()
    link = next(line for line in letter.body.splitlines() if "/l/" in line)
    link = link.removeprefix(stage.address)
    _nobody_is_named(enter, letter, link)
    wrong = {_refused(enter, link, "00000000"), _refused(enter, f"{link[:-5]}gues/", code)}
    with _expired(stage, at):
        wrong.add(_refused(enter, link, code))
    with enter("", width=820) as referrer:
        made = _fetched(referrer, link, code).read_bytes()
    wrong.add(_refused(enter, link, code))  # used, by another
    assert len(wrong) == 1
    assert "Här finns inget att hämta" in wrong.pop()
    return made


def _is_right(paper: str) -> None:
    assert COMMENT in paper
    assert "Vi har följt upp tillsammans 2 gånger." in paper
    assert not [word for word in HIDDEN if word in paper.casefold()]


@pytest.mark.requirement(
    "AJ-07", "AJ-08", "AJ-09", "AJ-15", "AJ-23", "AJ-47", "FM-09", "JI-15", "KN-34", "KN-69",
    "X-09", "N-07",
)  # fmt: skip
def test_the_whole_road_from_the_referral_to_the_report(
    enter: Enter, stage: Stage, tmp_path: Path
) -> None:
    with ExitStack() as open_browsers:
        asta = open_browsers.enter_context(enter("asta"))
        at = _referred(asta, stage)
        _mapped(asta, at)
        _began(asta, stage, at)
        _planned(asta, stage, at)
        frida = open_browsers.enter_context(enter("", width=390))
        _entered(asta, frida, at)
        _agreed(asta, frida, at)
        _followed_up(asta, stage, at, days=-14, words="Jag kom i tid tre dagar.")
        _followed_up(asta, stage, at, days=-7, words="Fyra dagar i tid.")
        _rated(asta, stage, at)
        with enter("vera", width=390) as vera:
            _observed(vera)
        _judged(asta, at)
        _decided(asta)
        code = _reported(asta, frida, at)
    _is_right(text_of(_opened_once(enter, stage, at, code), tmp_path))
    _is_kept(stage, at)
