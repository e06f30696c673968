"""Out to a company with the hands: companies on the stage, tasters, the match, the agreement signed
on three devices, hours. The words come from the journey, in its language."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Opening,
    Site,
)
from stegvis.journey.people.actions import NewPerson
from stegvis.journey.standing.models import DatedFact
from tests.cast.building import as_service
from tests.cast.people import Town
from tests.journeys.hands import Hands
from tests.journeys.stage import Stage, decided, enrolled


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    contact: str
    work: str


def open_firms(stage: Stage, town: Town, firms: tuple[Firm, ...]) -> None:
    """Companies that offer work, each with somebody who answers there."""
    with stage.backstage(), as_service(town.tenant):
        for firm in firms:
            key = {"tenant_id": town.tenant}
            company = Company(**key, name=firm.name)
            site = Site(**key, company=company, name=firm.name)
            contact = ContactPerson(**key, site=site, name=firm.contact, title="leder")
            opening = Opening(**key, site=site, name=firm.work, tasks=firm.work, state="open")
            for row in (company, site, contact, opening):
                row.save(force_insert=True)


def travel(stage: Stage, at: str, kinds: tuple[str, ...], days: int) -> None:
    """What was told today of a road was told so many days ago: the browser cannot wait."""
    on = stage.cast.on
    with stage.backstage(), as_service(stage.cast.birkeso.tenant):
        rows = DatedFact.objects.filter(person=uuid.UUID(at.split("/")[2]), kind__in=kinds)
        rows.filter(on__gte=on - dt.timedelta(days=1)).update(on=on - dt.timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of the pages, and what a journey writes."""

    where: str = "Hvor?"
    when: str = "Hvornår?"
    along: str = "Hvem går med?"
    save: str = "Gem"
    seen: str = "Hvordan det var"
    rating: str = "Hvordan var det"
    own: str = "Med borgerens egne ord"
    choose: str = "Vælg som match"
    propose: str = "Foreslå til"
    said: str = "Hvad er svaret?"
    yes: str = "Ja"
    who: str = "Hvem i virksomheden sagde det?"
    person_said: str = "Gem borgerens svar"
    company_said: str = "Gem virksomhedens svar"


def tried(hands: Hands, at: str, firm: Firm, day: str, *, rating: str, fit: str) -> None:
    """A taster, with the person's own rating and how the mediator sees it."""
    words = Words()
    hands.go(f"{at}placements/visits/").choose(words.where, f"{firm.name}: {firm.work}")
    hands.write(words.when, day).send(words.save)
    shown = hands.page.locator("li.panel", has_text=firm.name).first
    shown.get_by_role("link", name=words.seen).click()
    mine = hands.page.locator("form", has_text="Som borgeren siger")
    mine.get_by_text(rating, exact=True).click()
    mine.get_by_label(words.own).fill("Det gik fint.")
    with hands.page.expect_navigation():
        mine.get_by_role("button", name=words.save).click()
    shown = hands.page.locator("li.panel", has_text=firm.name).first
    shown.get_by_role("link", name=words.seen).click()
    hands.press("radio", fit).write("Hvorfor?", "Opgaverne.").send(words.save)


def matched(hands: Hands, at: str, firm: Firm) -> None:
    """Proposed from the taster, and both say yes: with one yes it stays proposed (FM-30)."""
    words = Words()
    hands.go(f"{at}placements/")
    shown = hands.page.locator("li.panel", has_text=firm.name).first
    shown.get_by_role("link", name=words.choose).click()
    hands.write("Hvorfor netop den?", "Det ligner målet.").send(words.propose)
    _answers(hands, words.person_said, words.yes)
    assert hands.sees("Foreslået")
    form = hands.page.locator("form", has_text=words.company_said)
    form.get_by_label(words.who).select_option(label=firm.contact)
    _answers(hands, words.company_said, words.yes)
    assert hands.sees("Begge har sagt ja")


def _answers(hands: Hands, button: str, yes: str) -> None:
    form = hands.page.locator("form", has_text=button)
    form.get_by_role("radio", name=yes).check()
    with hands.page.expect_navigation():
        form.get_by_role("button", name=button).click()


def train(stage: Stage, town: Town, firm: Firm) -> None:
    """Everybody there has gone through all there is to learn: it is an example company (JI-26)."""
    with stage.backstage(), as_service(town.tenant):
        site = Site.sites.get(name=firm.name)
        key = {"tenant_id": town.tenant}
        AmbassadorModule(**key, name="För alla", selected=True).save(force_insert=True)
        taught = Employee(**key, site=site, name="Anställd Ett")
        taught.save(force_insert=True)
        for module in AmbassadorModule.modules.order_by("id"):
            Completed(**key, employee=taught, module=module).save(force_insert=True)


def someone(stage: Stage, who: str, given: str, steps: tuple[tuple[str, int], ...]) -> str:
    """A road that has come some way already; the address of its person's pages."""
    with stage.backstage():
        row = enrolled(stage.cast[who], NewPerson(given=given, family="Utväg"), stage.cast.on, 13)
        for step, days in steps:
            decided(row, stage.cast[who], step, days=days)
    return f"/people/{row.person_id}/"
