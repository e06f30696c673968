"""What the road into companies puts on paper, in the language of the municipality whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stegvis.core.values import paid
from stegvis.journey.agreements import actions
from stegvis.journey.hours.actions import NewHours, state_hours
from stegvis.journey.placements.models import Placement
from tests.cast.people import Cast
from tests.journey.agreements.conftest import SINCE, place, written
from tests.platform.documents.test_typesetting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-07")]
Sign = Callable[..., Any]


@dataclass(frozen=True)
class Town:
    slug: str
    worker: str
    person: str


TOWNS = {"sv": Town("ekdala", "asta", "own"), "da": Town("birkeso", "mads", "abroad")}
SAYS = {
    "agreement": {
        "sv": (
            "Överenskommelse om arbete och uppföljning", "Uppgifter", "Vande, Potte om",
            "Praktik: 12 timmar", "Fast kontaktperson", "Bente Fuglsang",
        ),
        "da": (
            "Arbejds- og opfølgningsaftale", "Opgaver", "Vande, Potte om", "Praktik: 12 timer",
            "Fast kontaktperson", "Bente Fuglsang",
        ),
    },
    "form": {
        "sv": ("Uppföljningsformulär", "Solbakken"),
        "da": ("Opfølgningsskema", "Solbakken"),
    },
    "statement": {
        "sv": ("Sammanställning av timmar", "31,5", "läggs aldrig ihop"),
        "da": ("Timeopgørelse", "31,5", "lægges aldrig sammen"),
    },
}  # fmt: skip


@pytest.fixture
def paper(cast: Cast, at_work: Callable[..., Any], sign_in: Sign) -> Callable[..., bytes]:
    def get(which: str, lang: str) -> bytes:
        town = TOWNS[lang]
        worker, one = cast[town.worker], cast.person(town.person)
        with at_work(worker):
            row = place(one)
            _filled(row, worker.actor)
        of = f"/people/{one.person}"
        at = {
            "agreement": f"{of}/agreement/{row.pk}/1.pdf",
            "form": f"{of}/agreement/{row.pk}/form.pdf",
            "statement": f"{of}/hours/statement/",
        }
        answer = sign_in(worker).get(at[which])
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert not [trace for trace in one.traces if trace in answer["Content-Disposition"]]
        made: bytes = answer.content
        return made

    return get


def _filled(row: Placement, by: Any) -> None:
    actions.lay_out(actions.save(row, written(row), by=by), by=by)
    hours = NewHours(SINCE, row.site.company.name, paid.parts("31.5"))
    state_hours(row.enrolment, hours, by=by)


@pytest.mark.parametrize("lang", TOWNS)
@pytest.mark.parametrize("which", SAYS)
def test_a_paper_says_in_its_readers_language_what_it_is_and_about_whom(
    cast: Cast, paper: Callable[..., bytes], tmp_path: Path, which: str, lang: str
) -> None:
    made = paper(which, lang)
    assert f"/Lang ({lang}".encode() in made or f"/Lang({lang}".encode() in made
    assert b"pdfuaid" in made  # can be read aloud
    words = text_of(made, tmp_path)
    for said in (cast.person(TOWNS[lang].person).name, *SAYS[which][lang]):
        assert said in words
