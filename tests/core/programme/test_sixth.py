"""A programme nobody here has seen is a file, not a change of code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stegvis.core.programme.difference import differences
from stegvis.core.programme.draw.ladder import ladder
from stegvis.core.programme.explain import binder
from stegvis.core.programme.load import load
from stegvis.core.programme.model import LadderKind
from stegvis.core.programme.wording import tell
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import judgement

TEXT = Path(__file__).with_name("sixth.yaml").read_text("utf-8")
SIXTH = load(TEXT, file="sixth.yaml")


def test_it_is_read_as_it_is_written() -> None:
    assert SIXTH.language == "da"
    assert [step.code for step in SIXTH.primary.steps] == ["b1", "b2", "b3"]
    assert SIXTH.step("b2").duration_weeks == (2, 6)
    assert SIXTH.ladder("mod").kind is LadderKind.SCALE
    assert SIXTH.step("b1").duties[0].word == "ofte"


def test_it_is_judged() -> None:
    facts = [
        Fact(date(2026, 1, 5), "enrolment"),
        Fact(date(2026, 1, 5), "step", {"ladder": "bro", "step": "b1"}),
        Fact(date(2026, 1, 5), "contact", {"with": "participant"}),
        Fact(date(2026, 2, 2), "step", {"ladder": "bro", "step": "b3"}),
    ]
    found = judgement(SIXTH, facts, date(2026, 2, 3))
    stays = found.road.stays["bro"]
    assert [(stay.step, stay.since) for stay in stays] == [
        ("b1", date(2026, 1, 5)),
        ("b3", date(2026, 2, 2)),
    ]
    assert [one.code for one in found.milestones] == ["M1", "M10"]
    early = judgement(SIXTH, facts, date(2026, 1, 20))
    assert [(due.what, due.by) for due in early.due] == [("talk", date(2026, 1, 19))]
    assert {one.criterion for one in early.lacking} == {"wants_to"}


def test_it_is_drawn_and_explained() -> None:
    picture = ladder(SIXTH, "skole", "da", standalone=True)
    for name in ("Mødes", "Brobygning", "Optaget"):
        assert name in picture
    pages = binder(SIXTH).ladders[0].pages
    (talk,) = pages[0].rhythms
    assert tell(talk.how, "da") == "med højst 2 uger imellem (kilden siger »ofte«)"
    assert talk.ours


@pytest.mark.requirement("X-05")
def test_its_second_version_is_told_from_its_first() -> None:
    second = load(
        TEXT.replace("version: 1", "version: 2").replace("value: 0.75", "value: 0.8"), file="sixth"
    )
    (change,) = differences(SIXTH, second)
    assert change.where == "settings › attendance_needed › value"
    assert change.sentence("da") == (
        "indstillingen »Fremmøde på brobygningen«: værdien er ændret fra 75 % til 80 %"
    )
