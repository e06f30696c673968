"""A messy list, from the file to a step on the road: handed in, mended, stored, decided about."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality's list, whose second row has an impossible day, and the words on its pages."""

    language: str
    manager: str
    worker: str
    rows: tuple[str, ...]
    read: str
    keep: str
    store: str
    people: str
    assign: str
    new: str
    to: str
    decision: tuple[str, str, str]
    stands: str


TOWNS = [
    Town(
        language="sv", manager="mona", worker="asta",
        rows=(
            "Personnummer;Efternamn;Förnamn;Inskriven;Steg;Remittent",
            "19890406-9856;Hellström;Robin;2026-03-02;Lättare arbetsträning;Arbetsförmedlingen",
            "19591221-9978;Strandås;Samuel;2025-11-31;Lättare arbetsträning;Socialtjänsten",
        ),
        read="Läs och visa", keep="Spara svaren", store="Läs in de", people="Strandås",
        assign="Tilldela",
        new="Nytt stegbeslut", to="Till steg 3",
        decision=("Motivering", "Vad säger deltagaren", "Besluta"), stands="Steg 3 av 6",
    ),
    Town(
        language="da", manager="mette", worker="inge",
        rows=(
            "CPR-nummer;Efternavn;Fornavn;Indskrevet;Trin;Henviser",
            "010185-9001;Hansen;Ida;2026-03-02;1;Jobcenter",
            "020286-9002;Strandvang;Søren;2025-11-31;1;Jobcenter",
        ),
        read="Læs og vis", keep="Gem svarene", store="Læs de", people="Strandvang",
        assign="Tildel",
        new="Ny trinbeslutning", to="Til trin 2",
        decision=("Begrundelse", "Hvad siger borgeren", "Beslut"), stands="Trin 2 af 3",
    ),
]  # fmt: skip


@pytest.mark.requirement("X-12", "X-08")
@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.language)
def test_a_held_row_is_mended_stored_and_decided_about(
    enter: Enter, stage: Stage, town: Town
) -> None:
    with enter(town.manager, language=town.language) as hands:
        hands.go("/imports/")
        file = {"name": "lista.csv", "mimeType": "text/csv"}
        hands.page.locator("input[type=file]").set_input_files(
            {**file, "buffer": "\n".join(town.rows).encode()}
        )
        hands.press("button", town.read)
        held = hands.page.locator("article.hold")
        assert held.count() == 1
        assert "2025-11-31" in held.inner_text()
        held.locator("input.in").first.fill("2025-11-30")
        assert hands.look() == []
        hands.press("button", town.keep).press("button", town.store)
        assert held.count() == 0
        hands.go(f"/people/?q={town.people}").press("link", town.people)
        person = hands.path
        hands.go(f"{person}assignments/")
        name = hands.page.locator("aside select option", has_text=town.worker.title()).first
        hands.page.locator("aside select").first.select_option(label=name.inner_text())
        hands.press("button", town.assign)
    with enter(town.worker, language=town.language) as hands:
        why, own, decide = town.decision
        hands.go(person).press("link", town.new).press("radio", town.to)
        hands.write(why, "Ja.").write(own, "Ja!").press("button", decide)
        assert hands.go(person).sees(town.stands)
