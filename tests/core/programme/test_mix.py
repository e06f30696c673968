"""A mix of measures, as workplaces elsewhere have tried it, is a file and no change of code."""

from __future__ import annotations

from pathlib import Path

import pytest

from stegvis.core.programme.explain import binder
from stegvis.core.programme.load import load

NAMES = {
    "education": "Uddannelse",
    "coaching": "Coaching",
    "guidance": "Vejledning",
    "practice": "Praktik",
    "networking": "Netværk",
    "completion_bonus": "Bonus for at gennemføre",
}


def mixed() -> str:
    """The invented programme with the six as its elements."""
    text = Path(__file__).with_name("sixth.yaml").read_text("utf-8")
    lines = [
        f"  - {{code: {code}, step: b2, mandatory: false, evidence: [chosen], "
        f'texts: {{da: "{name}", sv: "{name} (sv)", en: "{code}"}}}}'
        for code, name in NAMES.items()
    ]
    named = f"        elements: [{', '.join(NAMES)}]\n        duration_weeks: [2, 6]"
    text = text.replace("        duration_weeks: [2, 6]", named)
    return text.replace("milestones:", "\n".join(["elements:", *lines, "", "milestones:"]))


@pytest.mark.requirement("KN-110")
def test_a_mix_of_measures_is_loaded_and_explains_itself_without_code() -> None:
    model = load(mixed(), file="mix.yaml")
    assert [one.code for one in model.elements] == list(NAMES)
    assert not any(one.mandatory for one in model.elements)
    page = binder(model).ladders[0].pages[1]
    assert [one.texts["da"] for one in page.elements] == list(NAMES.values())
